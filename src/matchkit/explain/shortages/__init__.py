"""Causes of shortages: one a requirement, with a witness that ``check_witness`` can check."""

from matchkit.explain.shortages.causes import Causes

__all__ = ["Causes"]
