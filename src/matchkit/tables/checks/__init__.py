"""The check of a whole problem: what is sound in each record, and hardly meant beside the others.
docs/input_check.md defines it.
"""

from matchkit.tables.checks.check import check_input

__all__ = ["check_input"]
