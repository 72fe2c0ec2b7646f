"""Checks of a whole problem: records that are valid, but unlikely beside the others (docs/input_check.md)."""

from matchkit.tables.checks.check import check_input

__all__ = ["check_input"]
