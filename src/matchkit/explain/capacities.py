"""What units have to give, with all below them."""

from __future__ import annotations

from matchkit.model import Problem


def capacity_below(problem: Problem, top: str) -> int:
    """The capacity of all resources of a unit and of those below it."""
    parents = {unit.id: unit.parent for unit in problem.units}

    def inside(unit: str | None) -> bool:
        while unit is not None and unit != top:
            unit = parents[unit]
        return unit == top

    return sum(resource.capacity for resource in problem.resources if inside(resource.unit))
