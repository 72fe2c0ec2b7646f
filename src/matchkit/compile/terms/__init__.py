"""What a pair is worth: one module a term, named as the factor of its term."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from matchkit.model import FACTORS

if TYPE_CHECKING:
    from matchkit.compile.eligible import EligiblePairs
    from matchkit.compile.equivalence import EquivalenceClasses
    from matchkit.compile.numbering import Numbering
    from matchkit.compile.terms.pairs import ClassPoints, Term


@cache
def _modules() -> dict[str, Any]:
    return {name: import_module(f"matchkit.compile.terms.{name}") for name in FACTORS}


def terms(lists: Numbering, eligible: EligiblePairs) -> dict[str, Term]:
    """Every term of the weight, by name, for a problem."""
    return {name: module.TERM(lists, eligible) for name, module in _modules().items()}


def class_points(sides: EquivalenceClasses) -> ClassPoints:
    """The points of the one term that depends on the classes of resource and requirement alone."""
    [made] = [
        module.CLASS_POINTS for module in _modules().values() if hasattr(module, "CLASS_POINTS")
    ]
    found: ClassPoints = made(sides)
    return found
