"""The outcome of a solve, whatever solved it: what the plan is worth, what is proved of it, and why solving
ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matchkit.plan import Goal, Outcome
from matchkit.solvers.flow.solution import stated_bounds
from matchkit.solving.request import Request
from matchkit.solving.versions import versions


def outcome_of(
    names: Sequence[str],
    values: tuple[int, ...],
    bounds: tuple[int, ...] | None,
    request: Request,
    *,
    tolerances: Sequence[int] = (),
    stopped: str,
    **known: Any,
) -> Outcome:
    """The outcome of a plan with these values by goal (None: nothing was proved), ``tolerances`` being what
    each goal may cost for those after it (empty: nothing).

    ``stopped`` is why solving ended where the plan is not proved optimal; ``known`` are the other fields.
    """
    tolerances = tuple(tolerances) or (0,) * len(values)
    stated, gap = stated_bounds(values, bounds, tolerances)
    optimal = gap == 0 and stated[-1] is not None
    return Outcome.model_validate(
        {
            "status": "optimal" if optimal else "feasible",
            "stopped": "proved" if optimal else stopped,
            "goals": tuple(
                Goal(name=name, value=value, bound=bound, tolerance=tolerance)
                for name, value, bound, tolerance in zip(
                    names, values, stated, tolerances, strict=True
                )
            ),
            "value": values[-1],
            "bound": stated[-1],
            "gap": gap,
            "seed": request.seed,
            "versions": versions(),
            **known,
        }
    )
