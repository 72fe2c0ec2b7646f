"""The goals of a problem, and what a plan reaches in them. docs/rules.md (Costs and aims) defines both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from matchkit.model import Aim, Part
from matchkit.verification.world import World

Vector = tuple[int, ...]
"""One whole number a goal; compared in order, as Python compares tuples."""


@dataclass(frozen=True, slots=True)
class GoalAmounts:
    """What goals measure: quantity by requirement, the weight with everything paid, resources used, amounts
    broken by tier.
    """

    taken: Mapping[str, int]
    weight: int
    used: int = 0
    broken: Mapping[int, int] = field(default_factory=dict)


class GoalOrder:
    """Names in order, how much of each may be given up to later ones, and what a filling is worth.

    Each goal is a sum of parts, a factor times a measure. Unless the problem gives aims they are, by tier,
    the minimums, the rest and what is broken, and last the weight. ``tolerances`` are those of the aims and
    otherwise 0; that of the last goal is 0 for every claim about it, as nothing comes after it (``slack``).
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.aims: tuple[Aim, ...] = world.problem.objective.aims or self._by_tier(world)
        self.given = bool(world.problem.objective.aims)
        self.names = tuple(aim.name for aim in self.aims)
        self.tolerances: Vector = tuple(aim.tolerance for aim in self.aims)
        self.slack: Vector = (*self.tolerances[:-1], 0)

    @staticmethod
    def _by_tier(world: World) -> tuple[Aim, ...]:
        roles = world.roles.values()
        with_minimum = {role.demand.tier for role in roles if role.requirement.minimum > 0}
        with_rest = {
            role.demand.tier
            for role in roles
            if role.requirement.wanted > role.requirement.minimum
        }
        with_soft = {
            rule.soft.tier
            for rule in world.problem.rules
            if rule.soft is not None and rule.soft.tier is not None
        }
        aims: list[Aim] = []
        for tier in sorted(with_minimum | with_rest | with_soft):
            if tier in with_minimum:
                aims.append(
                    Aim(
                        name=f"tier {tier} minimum", parts=(Part(measure="minimum", tier=tier),)
                    )
                )
            if tier in with_rest:
                aims.append(
                    Aim(name=f"tier {tier}", parts=(Part(measure="filled", tier=tier),))
                )
            if tier in with_soft:
                aims.append(
                    Aim(name=f"tier {tier} broken", parts=(Part(measure="broken", tier=tier),))
                )
        return (*aims, Aim(name="weight", parts=(Part(measure="weight"),)))

    def unit(self, tier: int, *, minimum: bool) -> Vector:
        """What one more slot of a tier counts in every goal, up to the minimum or beyond it."""
        measure = "minimum" if minimum else "filled"
        return tuple(
            sum(
                part.factor
                for part in aim.parts
                if part.measure == measure and part.tier in (None, tier)
            )
            for aim in self.aims
        )

    def values(self, standing: GoalAmounts) -> Vector:
        """What a plan reaches in every goal."""
        minimum: dict[int, int] = {}
        filled: dict[int, int] = {}
        for requirement, quantity in standing.taken.items():
            role = self._world.roles[requirement]
            least, tier = role.requirement.minimum, role.demand.tier
            minimum[tier] = minimum.get(tier, 0) + min(quantity, least)
            filled[tier] = filled.get(tier, 0) + max(0, quantity - least)
        by_tier = {
            "minimum": minimum,
            "filled": filled,
            "broken": {tier: -amount for tier, amount in standing.broken.items()},
        }

        def measured(part: Part) -> int:
            if part.measure == "weight":
                return standing.weight
            if part.measure == "resources_used":
                return -standing.used
            amounts = by_tier[part.measure]
            return sum(amounts.values()) if part.tier is None else amounts.get(part.tier, 0)

        return tuple(
            sum(part.factor * measured(part) for part in aim.parts) for aim in self.aims
        )
