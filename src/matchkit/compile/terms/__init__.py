"""What a pair is worth: one module a term, named as the factor of its term."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from matchkit.model import FACTORS, Objective

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
    found: ClassPoints = _modules()[_class_term()].CLASS_POINTS(sides)
    return found


def class_factor(objective: Objective) -> int:
    """The factor of that term: where it is not 0, pairs are worth less the more skills are left idle."""
    factor: int = getattr(objective, _class_term())
    return factor


def _class_term() -> str:
    [name] = [
        name for name, module in _modules().items() if hasattr(module, "CLASS_POINTS")
    ]
    return name
