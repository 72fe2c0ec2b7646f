"""The goals of a problem, and what a plan reaches in them. docs/rules.md (Costs and aims) defines both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from matchkit.model import Aim, Part
from matchkit.verification.processing import orders_of
from matchkit.verification.sharers import MEASURES, worst_score
from matchkit.verification.shares import Shares, levels_of, shares_of
from matchkit.verification.trees import summed
from matchkit.verification.world import World

Measure = Literal["minimum", "filled", "broken"]
Vector = tuple[int, ...]
"""One whole number a goal; compared in order, as Python compares tuples."""


@dataclass(frozen=True, slots=True)
class GoalAmounts:
    """What goals measure: quantity by requirement and by resource, the weight with everything paid, resources
    used, amounts broken by tier, and the weight of units by requirement.
    """

    taken: Mapping[str, int]
    given: Mapping[str, int]
    weight: int
    used: int = 0
    broken: Mapping[int, int] = field(default_factory=dict)
    ordered: Mapping[int, int] = field(default_factory=dict)
    """The weight by the order at which places are processed."""
    earned: Mapping[str, int] = field(default_factory=dict)
    """The weight of units by requirement."""
    kept: int = 0
    """What units shared with the reference plan count."""


class GoalOrder:
    """Names in order, how much of each may be given up to later ones, and what a filling is worth.

    Each goal is a sum of parts, a factor times a measure. Unless the problem gives aims they are, by tier,
    the minimums, the rest and what is broken, and last the weight. ``tolerances`` are those of the aims and
    otherwise 0; that of the last goal is 0 for every claim about it, as nothing comes after it (``slack``).
    """

    def __init__(self, world: World, stated: Collection[str] = ()) -> None:
        """``stated`` are the names of goals that a plan states: where it names levels, they are its goals."""
        self._world = world

        def by_level(aim: Aim) -> Iterable[Aim]:
            # Levels are as exact as what they stand for, whatever ties pairs together.
            if any(name.startswith(f"{aim.name} at ") for name in stated):
                levels = tuple(_by_level(world, aim, always=True))
                if all(one.name in stated for one in levels):
                    return levels
            return _by_level(world, aim, always=False)

        given = world.problem.objective.aims
        self.aims: tuple[Aim, ...] = (
            tuple(one for aim in given for one in by_level(aim))
            if given
            else self._by_tier(world, by_level)
        )
        self.in_order = any(
            part.order is not None for aim in self.aims for part in aim.parts
        )
        """Whether goals count the weight by the order at which places are processed."""
        self.by_flow = (not given and not self.in_order) or _priced(self.aims)
        """Whether prices of a flow can prove these goals."""
        self.by_floors = _scored(self.aims)
        """Whether prices of floors can."""
        self.names = tuple(aim.name for aim in self.aims)
        together: dict[Part, dict[Part, None]] = {}
        for aim in self.aims:
            for part in aim.parts:
                if part.measure in MEASURES:
                    together.setdefault(part.whole, {})[part] = None
        self.shares: tuple[Shares, ...] = tuple(
            shares_of(world, tuple(parts)) for parts in together.values()
        )
        """Who shares in the goals of coverage and loads."""
        self.tolerances: Vector = tuple(aim.tolerance for aim in self.aims)
        self.slack: Vector = (*self.tolerances[:-1], 0)

    @staticmethod
    def _by_tier(
        world: World, levels_of_aim: Callable[[Aim], Iterable[Aim]]
    ) -> tuple[Aim, ...]:
        """The goals where the problem gives no aims: of each tier those in which there is something to
        count.
        """
        needs = [(role.demand.tier, role.requirement) for role in world.roles.values()]
        soft = (rule.soft.tier for rule in world.problem.rules if rule.soft is not None)
        counted: tuple[tuple[Measure, str, set[int]], ...] = (
            ("minimum", " minimum", {tier for tier, need in needs if need.minimum > 0}),
            (
                "filled",
                "",
                {tier for tier, need in needs if need.wanted > need.minimum},
            ),
            ("broken", " broken", {tier for tier in soft if tier is not None}),
        )
        aims = (
            Aim(name=f"tier {tier}{ending}", parts=(Part(measure=measure, tier=tier),))
            for tier in sorted(set().union(*(tiers for _, _, tiers in counted)))
            for measure, ending, tiers in counted
            if tier in tiers
        )
        objective = world.problem.objective
        kept = [Aim(name="kept", parts=(Part(measure="kept"),))]
        levels = sorted({role.demand.tier for role in world.roles.values()})
        shared = [
            (
                f"tier {tier} coverage",
                Part(measure="coverage", tier=tier, of=objective.fair),
            )
            for tier in levels
            if objective.fair is not None
            and any(tier in tiers for _, _, tiers in counted[:2])
        ]
        if objective.even is not None:
            shared.append(("loads", Part(measure="loads", of=objective.even)))
        by_level = (
            one
            for name, part in shared
            for one in levels_of_aim(Aim(name=name, parts=(part,)))
        )
        ordered = (
            Aim(
                name=f"order {order} weight",
                parts=(Part(measure="order_weight", order=order),),
            )
            for order in orders_of(world)[:-1]
        )
        return (
            *aims,
            *(kept if world.problem.reference else ()),
            *by_level,
            *ordered,
            Aim(name="weight", parts=(Part(measure="weight"),)),
        )

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

    def values(self, counted: GoalAmounts) -> Vector:
        """What a plan reaches in every goal."""
        taken = [
            (self._world.roles[name], units) for name, units in counted.taken.items()
        ]
        tiers = [role.demand.tier for role, _ in taken]
        minimum = [min(units, role.requirement.minimum) for role, units in taken]
        filled = [max(0, units - role.requirement.minimum) for role, units in taken]
        by_tier = {
            "minimum": summed(zip(tiers, minimum, strict=True)),
            "filled": summed(zip(tiers, filled, strict=True)),
            "broken": {tier: -amount for tier, amount in counted.broken.items()},
        }

        shared = {
            part: value
            for one in self.shares
            for part, value in one.values(
                counted.taken if one.is_coverage else counted.given
            ).items()
        }

        def measured(part: Part) -> int:
            if part.measure == "weight":
                return counted.weight
            if part.measure == "resources_used":
                return -counted.used
            if part.measure == "kept":
                return counted.kept
            if part.order is not None:
                return counted.ordered.get(part.order, 0)
            if part.measure in MEASURES:
                return shared[part]
            if part.measure == "worst_score":
                return worst_score(self._world, part, counted.earned)
            amounts = by_tier[part.measure]
            return (
                sum(amounts.values())
                if part.tier is None
                else amounts.get(part.tier, 0)
            )

        return tuple(
            sum(part.factor * measured(part) for part in aim.parts) for aim in self.aims
        )


def is_tied(world: World) -> bool:
    """Whether a record ties pairs together by more than capacities and nested caps: a rule that is soft or of
    another kind, a flexible demand, what a requirement uses, what it costs to use a resource at all.

    A resource that could be at two places at one time does so too; a plan of such a problem names levels.
    """
    problem = world.problem
    return (
        any(rule.soft is not None or not rule.in_flow for rule in problem.rules)
        or any(demand.minutes is not None for demand in problem.demands)
        or any(role.requirement.uses for role in world.roles.values())
        or any(resource.activation for resource in problem.resources)
    )


def _by_level(world: World, aim: Aim, *, always: bool) -> Iterable[Aim]:
    """An aim, or one for each level where these are goals of their own, or ``always``."""
    part = aim.parts[0]
    alone = len(aim.parts) == 1 and part.measure in MEASURES and part.level is None
    leximin = alone and part.rule == "leximin"
    if not leximin:
        return (aim,)
    levels = levels_of(world, part, always=always or is_tied(world))
    if not levels:
        return (aim,)
    return (
        Aim(
            name=f"{aim.name} at {level}",
            parts=(part.model_copy(update={"level": level}),),
            tolerance=aim.tolerance,
        )
        for level in levels
    )


def _scored(aims: Sequence[Aim]) -> bool:
    """Whether the worst score stands before the weight, after fills that a flow counts; each goal is one
    measure that costs nothing later.
    """
    parts = [part for aim in aims for part in aim.parts]
    return (
        len(parts) == len(aims)
        and [part.measure for part in parts[-2:]] == ["worst_score", "weight"]
        and all(part.measure in ("minimum", "filled") for part in parts[:-2])
        and all(part.factor == 1 for part in parts)
        and not any(aim.tolerance for aim in aims)
    )


def _priced(aims: Sequence[Aim]) -> bool:
    """Whether aims are one measure each, the weight the last, and coverage, loads or what is kept among
    them.
    """
    measures = [part.measure for aim in aims for part in aim.parts]
    return (
        len(measures) == len(aims)
        and all(aim.parts[0].factor == 1 and not aim.tolerance for aim in aims)
        and not {"broken", "resources_used", "order_weight"} & set(measures)
        and bool({*MEASURES, "kept"} & set(measures))
        and measures.index("weight") == len(measures) - 1
        if "weight" in measures
        else False
    )
