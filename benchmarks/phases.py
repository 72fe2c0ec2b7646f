"""What a solve tells: the seconds of every phase, each from its first word, and how far its goals are
proven.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import matchkit as mk
from matchkit.solvers.flow.solution import Progress

GENERAL = ("compile", "relax", "search", "decode", "verify")
"""The phases of a problem that no flow can express; relax is its bound, which leaves things out."""


def solved(
    solve: Callable[[Callable[[Progress], None]], mk.Plan],
    phases: Sequence[str] = GENERAL,
) -> tuple[mk.Plan, dict[str, Any]]:
    """The plan of ``solve(listener)``, with ``seconds`` from its call to its answer, and ``phases``: those of
    each phase told.

    A phase that was not told has none. ``pairs`` is the most pairs that the search told of, None where it
    never did.
    """
    moments: dict[str, float] = {}
    pairs = 0

    def listen(step: Progress) -> None:
        nonlocal pairs
        moments.setdefault(step.phase, perf_counter())
        pairs = max(pairs, step.pairs)

    began = perf_counter()
    plan = solve(listen)
    until = perf_counter()
    told = [phase for phase in phases if phase in moments]
    ends = [*(moments[phase] for phase in told[1:]), until]
    return plan, {
        "seconds": round(until - began, 3),
        "phases": {
            phase: round(end - moments[phase], 3)
            for phase, end in zip(told, ends, strict=True)
        },
        "pairs": pairs or None,
    }


def outcome(plan: mk.Plan) -> dict[str, Any]:
    """What the plan says of itself: gap, and the goal in which it lies; why it stopped; goals; slots filled
    and missing.
    """
    found = plan.outcome
    short = [
        goal.name
        for goal in found.goals
        if goal.bound is not None and goal.value < goal.bound - goal.tolerance
    ]
    return {
        "status": found.status,
        "stopped": found.stopped,
        "engine": found.engine,
        "proof": found.proof,
        "gap": found.gap,
        "gap_in": short[0] if short else None,
        "goals": [[goal.name, goal.value, goal.bound] for goal in found.goals],
        "filled": sum(pair.quantity for pair in plan.assignments),
        "missing": sum(short.missing for short in plan.shortfalls),
    }


def percent(gap: float | None) -> str | None:
    """A relative gap in percent; 0 where the plan is proven optimal, None where nothing was proven."""
    return None if gap is None else "0" if gap == 0 else f"{100 * gap:.2f} %"
