"""Changes of the problem that a repair may choose, as options: new resources set aside, hard rules
relaxed, and a demand that asks less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from matchkit.answers.changes import AddResource, ChangeRule, RemoveRule, SetWanted
from matchkit.answers.repairs import RepairCosts
from matchkit.compile.eligibility.distance import limit
from matchkit.compile.numbering import alternatives
from matchkit.explain.new_records import FreshIds
from matchkit.explain.repairs.change_options import (
    MOST_STEPS,
    ChangeOption,
    OptionStep,
    step_sizes,
)
from matchkit.model import (
    Demand,
    Load,
    Lock,
    MaxDistance,
    Problem,
    Requirement,
    Resource,
    SkillLevel,
    Unit,
)
from matchkit.model.resource import SHARED_KINDS
from matchkit.model.rules import Cap, ReserveShare, Rule, RuleRecord
from matchkit.model.text import key


def added(
    problem: Problem, demand: Demand, lacking: dict[str, int], price: int
) -> Iterator[ChangeOption]:
    """For each requirement that lacks units an option: one more unit a step, from new resources in a unit of
    their own.

    Where more than MOST_STEPS people are missing there is none: that many are no repair, but another problem.
    """
    units = FreshIds(unit.id for unit in problem.units)
    people = FreshIds(resource.id for resource in problem.resources)
    for need in sorted(demand.requirements, key=lambda need: need.id):
        missing = lacking.get(need.id, 0)
        shared = key(need.kind) in SHARED_KINDS
        if not missing or (missing > MOST_STEPS and not shared):
            continue
        unit = Unit(id=units.unused(f"more for {need.id}"))
        names = [
            people.unused(f"more for {need.id}")
            for _ in range(1 if shared else missing)
        ]
        yield ChangeOption.of(
            ("add", need.id),
            (
                _step(
                    price * count,
                    demand,
                    need,
                    unit,
                    names[:count],
                    count if shared else 1,
                )
                for count in step_sizes(missing)
            ),
        )


def _step(
    price: int,
    demand: Demand,
    need: Requirement,
    unit: Unit,
    names: list[str],
    capacity: int,
) -> OptionStep:
    made = [
        Resource(
            id=name,
            unit=unit.id,
            kind=need.kind,
            skills=tuple(alternatives(asked)[0] for asked in need.skills),
            capacity=capacity,
            divisible=key(need.kind) in SHARED_KINDS,
            available=demand.windows,
            home=demand.community,
            loads=tuple(
                Load(dimension=use.dimension, amount=min(use.amount * capacity, 10**9))
                for use in need.uses
            ),
        )
        for name in names
    ]
    changes = [
        AddResource(resource=one, unit=None if place else unit)
        for place, one in enumerate(made)
    ]
    return OptionStep(
        price,
        tuple(changes),
        tuple(
            Lock(resource=one.id, requirement=need.id, quantity=capacity)
            for one in made
        ),
    )


def others_of_kind(problem: Problem, demand: Demand) -> dict[str, tuple[str, ...]]:
    """By requirement of a demand, all other requirements of its kind in the problem, by id."""
    kinds: dict[str, list[str]] = {}
    for entry in problem.demands:
        for need in entry.requirements:
            kinds.setdefault(key(need.kind), []).append(need.id)
    return {
        need.id: tuple(
            sorted(name for name in kinds[key(need.kind)] if name != need.id)
        )
        for need in demand.requirements
    }


MOST_WIDER = 12
"""A distance limit is widened to so many resources at most, the nearest: farther ones come with the rule
dropped.
"""


def relaxed(
    problem: Problem,
    part: Problem,
    capacity: Mapping[str, int],
    missing: int,
    far: Mapping[MaxDistance, set[int]],
    prices: RepairCosts,
) -> Iterator[ChangeOption]:
    """An option for every label of hard rules that is in the part looked at, too; ``missing`` units are what
    caps are raised by at most, ``capacity`` is that of every unit with those below it.

    A label that soft rules share is left alone: dropping it would change what plans are worth.
    """
    by_label: dict[str, list[RuleRecord]] = {}
    here = {rule.label for rule in part.rules}
    for rule in problem.rules:
        if rule.label in here:
            by_label.setdefault(rule.label, []).append(rule)
    for label, rules in sorted(by_label.items()):
        if any(rule.soft is not None for rule in rules):
            continue
        steps: list[OptionStep] = []
        if len(rules) == 1:
            steps += _loosened(rules[0], capacity, missing, far, prices)
        if prices.drop_rule is not None:
            steps.append(OptionStep(prices.drop_rule, (RemoveRule(label=label),)))
        if steps:
            yield ChangeOption.of(("rule", label), steps)


def _loosened(
    rule: RuleRecord,
    capacity: Mapping[str, int],
    missing: int,
    far: Mapping[MaxDistance, set[int]],
    prices: RepairCosts,
) -> Iterator[OptionStep]:
    if isinstance(rule, Cap) and prices.raise_cap is not None:
        for more, changed in _raised(rule, capacity.get(rule.node, 0), missing):
            yield OptionStep(
                prices.raise_cap * more, (ChangeRule(label=rule.label, rule=changed),)
            )
    elif isinstance(rule, MaxDistance) and prices.widen is not None:
        for metres in sorted(far.get(rule, ()))[:MOST_WIDER]:
            wider = rule.model_copy(update={"km": metres / 1000})
            yield OptionStep(
                prices.widen * -(-(metres - limit(rule)) // 1000),
                (ChangeRule(label=rule.label, rule=wider),),
            )


def _raised(rule: Cap, total: int, missing: int) -> Iterator[tuple[int, Rule]]:
    """A cap raised by one unit, by two, and so on; a reserve by as few percent as leave a unit more."""
    now = reached = rule.limit(total)
    for more in (
        range(1, missing + 1) if isinstance(rule, ReserveShare) else step_sizes(missing)
    ):
        if now + more > reached:
            changed = rule.raised(now + more, total)
            if changed.limit(total) <= reached:
                return
            reached = changed.limit(total)
            yield reached - now, cast("Rule", changed)


def asked_less(
    demand: Demand, lacking: Mapping[str, int], prices: RepairCosts
) -> Iterator[ChangeOption]:
    """Requirements that want fewer units, or ask for a lower level of one skill."""
    for need in sorted(demand.requirements, key=lambda need: need.id):
        if prices.ask_less is not None:
            for place, asked in enumerate(need.skills):
                if isinstance(asked, SkillLevel) and asked.level > 1:
                    steps = (
                        OptionStep(
                            prices.ask_less * less,
                            demand=_Lower(need.id, place, asked.level - less),
                        )
                        for less in range(1, asked.level)
                    )
                    yield ChangeOption.of(("ask", need.id, f"{place:03}"), steps)
        if prices.want_less is not None:
            most = min(lacking.get(need.id, 0), need.wanted - 1)
            yield ChangeOption.of(
                ("want", need.id),
                (
                    _fewer(prices.want_less, need.id, need.wanted, need.minimum, less)
                    for less in step_sizes(most)
                ),
            )


def _fewer(price: int, name: str, wanted: int, minimum: int, less: int) -> OptionStep:
    return OptionStep(
        price * less,
        (
            SetWanted(
                requirement=name,
                wanted=wanted - less,
                minimum=min(minimum, wanted - less),
            ),
        ),
    )


class _Lower:
    """A demand with a lower level in one skill that a requirement asks for."""

    def __init__(self, requirement: str, place: int, level: int) -> None:
        self._requirement, self._place, self._level = requirement, place, level

    def __call__(self, demand: Demand) -> Demand:
        needs = []
        for need in demand.requirements:
            if need.id == self._requirement:
                asked = need.skills[self._place]
                skills = (
                    *need.skills[: self._place],
                    asked.model_copy(update={"level": self._level}),
                    *need.skills[self._place + 1 :],
                )
                need = need.model_copy(update={"skills": skills})
            needs.append(need)
        return demand.model_copy(update={"requirements": tuple(needs)})
