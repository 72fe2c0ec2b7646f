"""Which engine solves a flow problem, and why."""

from __future__ import annotations

from matchkit.engines import ENGINES
from matchkit.errors import Complaint, InputError
from matchkit.matching.stages import Engine

NAMES = ("auto", *ENGINES)


def reason_for(name: str) -> str:
    """Why the engine of that name solves, in a sentence."""
    if name == "auto":
        return "flow: no rule ties one resource's pairs together beyond capacities and nested caps, so a flow is exact"
    return f"{name}: asked for by name"


def chosen_engine(name: str) -> Engine:
    """The engine of that name. Raises InputError, which lists the known ones."""
    if name not in NAMES:
        raise InputError([Complaint("engine", f"is {str(name)[:40]!r}", f"Use one of {', '.join(NAMES)}")])
    return ENGINES["flow" if name == "auto" else name]
