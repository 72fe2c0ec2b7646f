"""Relations between a problem's goals and those of a problem made from it, on random problems with every
rule.

Goals compare one after another. "Filling" is all goals but the weight. Rarity, a part of the term
``skill_fit``, depends on who else there is; where a relation adds or removes people, that term is switched
off.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from problem_campaign import case
from random_problems import RECORDS, seeded

import matchkit as mk
from matchkit.errors import ContradictionError
from matchkit.model import FACTORS
from matchkit.model.text import key
from matchkit.plan import Plan

SEEDS = range(200_000, 200_090)


def other(problem: mk.Problem, **fields: Any) -> mk.Problem:
    """The problem with some fields changed, validated again."""
    return mk.Problem(
        **{
            **{name: getattr(problem, name) for name in mk.Problem.model_fields},
            **fields,
        }
    )


def plain(seed: int) -> mk.Problem:
    """The problem of a seed without hours budgets, teams and a previous plan."""
    problem = case(seed)
    rules = tuple(
        rule
        for rule in problem.rules
        if not isinstance(rule, mk.rules.HoursBudget | mk.rules.Team)
    )
    return other(problem, rules=rules, previous=())


def unrare(problem: mk.Problem) -> mk.Problem:
    return other(
        problem, objective=problem.objective.model_copy(update={"skill_fit": 0})
    )


def solved(problem: mk.Problem) -> Plan | None:
    try:
        return mk.solve(problem)
    except ContradictionError:
        return None


def goals(plan: Plan) -> tuple[int, ...]:
    return tuple(goal.value for goal in plan.outcome.goals)


def by_name(plan: Plan, names: tuple[str, ...]) -> tuple[int, ...]:
    """Goals under these names; 0 for a goal that the plan's problem has not."""
    found = {goal.name: goal.value for goal in plan.outcome.goals}
    assert set(found) <= set(names)
    return tuple(found.get(name, 0) for name in names)


def names(plan: Plan) -> tuple[str, ...]:
    return tuple(goal.name for goal in plan.outcome.goals)


Change = Callable[[mk.Problem, Plan, random.Random], mk.Problem | None]


def compared(
    change: Change,
    prepare: Callable[[mk.Problem], mk.Problem] = lambda problem: problem,
) -> Iterator[tuple[Plan, Plan]]:
    """Plans of many problems and of what the change makes of them (None: it does not apply); at least a third
    must apply.
    """
    count = 0
    for seed in SEEDS:
        problem = prepare(plain(seed))
        before = solved(problem)
        if before is None:
            continue
        made = change(problem, before, seeded(seed))
        after = None if made is None else solved(made)
        if after is not None:
            count += 1
            yield before, after
    assert count >= len(SEEDS) / 3, f"only {count} problems are suited"


def test_one_more_resource_never_lowers_a_goal() -> None:
    def add(problem: mk.Problem, _plan: Plan, rng: random.Random) -> mk.Problem | None:
        if not problem.resources:
            return None
        twin = rng.choice(problem.resources).model_copy(
            update={"id": "newcomer", "capacity": 1}
        )
        return other(problem, resources=(*problem.resources, twin))

    grew = 0
    for before, after in compared(add, unrare):
        assert goals(after) >= goals(before)
        grew += goals(after) > goals(before)
    assert grew > 5


def test_a_resource_that_nobody_uses_can_go() -> None:
    """Where no unit keeps back a share: what it keeps back would shrink."""

    def drop(problem: mk.Problem, plan: Plan, _rng: random.Random) -> mk.Problem | None:
        used = {entry.resource for entry in plan.assignments}
        idle = sorted(
            resource.id for resource in problem.resources if resource.id not in used
        )
        if not idle or any(
            isinstance(rule, mk.rules.ReserveShare) for rule in problem.rules
        ):
            return None
        named = {resource.id for resource in problem.resources} - {idle[0]}
        return other(
            problem,
            resources=tuple(
                resource for resource in problem.resources if resource.id in named
            ),
            rules=tuple(
                rule
                for rule in problem.rules
                if getattr(rule, "resource", None) in (None, *named)
            ),
        )

    for before, after in compared(drop, unrare):
        assert goals(after) == goals(before)


def test_forbidding_a_chosen_pair_never_raises_and_any_other_pair_changes_nothing() -> (
    None
):
    def forbid(chosen: bool) -> Change:
        def change(
            problem: mk.Problem, plan: Plan, rng: random.Random
        ) -> mk.Problem | None:
            locked = {
                (rule.resource, rule.requirement)
                for rule in problem.rules
                if isinstance(rule, mk.rules.Lock)
            }
            taken = {(entry.resource, entry.requirement) for entry in plan.assignments}
            every = {
                (entry.id, need.id)
                for entry in problem.resources
                for demand in problem.demands
                for need in demand.requirements
            }
            pairs = sorted((taken if chosen else every - taken) - locked)
            if not pairs:
                return None
            one, of = rng.choice(pairs)
            return other(
                problem,
                rules=(*problem.rules, mk.rules.Forbid(resource=one, requirement=of)),
            )

        return change

    lowered = 0
    for before, after in compared(forbid(True)):
        assert goals(after) <= goals(before)
        lowered += goals(after) < goals(before)
    assert lowered > 5
    for before, after in compared(forbid(False)):
        assert goals(after) == goals(before)


def test_locking_the_best_plan_keeps_it_and_locking_anything_else_never_raises_a_goal() -> (
    None
):
    def keep(problem: mk.Problem, plan: Plan, _rng: random.Random) -> mk.Problem:
        locks = [
            mk.rules.Lock(
                resource=entry.resource,
                requirement=entry.requirement,
                quantity=entry.quantity,
            )
            for entry in plan.assignments
        ]
        return other(problem, rules=(*problem.rules, *locks))

    def one(problem: mk.Problem, plan: Plan, rng: random.Random) -> mk.Problem | None:
        if not plan.assignments:
            return None
        entry = rng.choice(plan.assignments)
        lock = mk.rules.Lock(
            resource=entry.resource,
            requirement=entry.requirement,
            quantity=entry.quantity,
        )
        return other(problem, rules=(*problem.rules, lock))

    def any_pair(
        problem: mk.Problem, _plan: Plan, rng: random.Random
    ) -> mk.Problem | None:
        every = [
            (entry.id, need.id)
            for entry in problem.resources
            for demand in problem.demands
            for need in demand.requirements
        ]
        fit = [pair for pair in every if not mk.why_ineligible(problem, *pair)]
        if not fit:
            return None
        first, second = rng.choice(fit)
        return other(
            problem,
            rules=(*problem.rules, mk.rules.Lock(resource=first, requirement=second)),
        )

    for change in (keep, one):
        for before, after in compared(change):
            assert goals(after) == goals(before)
    for before, after in compared(any_pair):
        assert goals(after) <= goals(before)


def test_a_plan_kept_as_the_previous_one_comes_out_again() -> None:
    """Where no pair carries more than one unit: the points for keeping pairs are then greatest at the plan
    itself alone.
    """

    def one_by_one(problem: mk.Problem) -> mk.Problem:
        resources = [
            resource.model_copy(update={"divisible": False})
            for resource in problem.resources
        ]
        return other(
            problem,
            resources=resources,
            objective=problem.objective.model_copy(update={"previous": 1}),
        )

    def again(problem: mk.Problem, plan: Plan, _rng: random.Random) -> mk.Problem:
        pairs = [
            mk.PreviousPair(resource=entry.resource, requirement=entry.requirement)
            for entry in plan.assignments
        ]
        return other(problem, previous=pairs)

    for before, after in compared(again, one_by_one):
        assert [(a.resource, a.requirement) for a in after.assignments] == [
            (a.resource, a.requirement) for a in before.assignments
        ]


def _wider(rule: Any) -> Any:
    if isinstance(rule, mk.rules.UnitCap | mk.rules.CommunityCap):
        return rule.model_copy(update={"most": rule.most + 1})
    return (
        rule.model_copy(update={"percent": rule.percent // 2})
        if isinstance(rule, mk.rules.ReserveShare)
        else rule
    )


@pytest.mark.parametrize(
    ("what", "change"),
    [
        (
            "wider caps",
            lambda problem, _plan, _rng: other(
                problem, rules=tuple(map(_wider, problem.rules))
            ),
        ),
        (
            "higher capacity",
            lambda problem, _plan, _rng: other(
                problem,
                resources=tuple(
                    resource.model_copy(update={"capacity": resource.capacity + 1})
                    if resource.is_divisible
                    else resource
                    for resource in problem.resources
                ),
            ),
        ),
        (
            "more wanted",
            lambda problem, _plan, _rng: other(
                problem,
                demands=tuple(
                    demand.model_copy(
                        update={
                            "requirements": tuple(
                                need.model_copy(update={"wanted": need.wanted + 1})
                                for need in demand.requirements
                            )
                        }
                    )
                    for demand in problem.demands
                ),
            ),
        ),
        (
            "no rule on distance",
            lambda problem, _plan, _rng: other(
                problem,
                rules=[
                    rule
                    for rule in problem.rules
                    if not isinstance(rule, mk.rules.MaxDistance)
                ],
            ),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_only_adds_freedom_never_lowers_a_goal(what: str, change: Change) -> None:
    for before, after in compared(change, unrare):
        assert goals(after) >= by_name(before, names(after)), what


def test_a_skill_by_another_name_and_a_skill_that_counts_as_another_change_nothing() -> (
    None
):
    """Every name is replaced by the skill's own or by an alias; asking for a parent adds whoever holds the
    child.
    """
    alias = {
        key(name): record.name
        for record in RECORDS
        for name in (record.name, *record.aliases)
    }
    back = {key(record.name): record.aliases[0] for record in RECORDS if record.aliases}

    def renamed(level: mk.SkillLevel) -> mk.SkillLevel:
        known = alias.get(key(level.skill), level.skill)
        return level.model_copy(
            update={
                "skill": known if known != level.skill else back.get(key(known), known)
            }
        )

    def change(problem: mk.Problem, _plan: Plan, _rng: random.Random) -> mk.Problem:
        resources = [
            entry.model_copy(update={"skills": tuple(map(renamed, entry.skills))})
            for entry in problem.resources
        ]
        return other(problem, resources=resources)

    def with_records(problem: mk.Problem) -> mk.Problem:
        return other(problem, skills=RECORDS)

    for before, after in compared(change, with_records):
        assert (after.assignments, after.shortfalls, goals(after)) == (
            before.assignments,
            before.shortfalls,
            goals(before),
        )

    def without_parents(problem: mk.Problem) -> mk.Problem:
        return unrare(
            other(
                problem,
                skills=[
                    record.model_copy(update={"parents": ()}) for record in RECORDS
                ],
            )
        )

    for before, after in compared(
        lambda problem, _plan, _rng: other(problem, skills=RECORDS), without_parents
    ):
        assert goals(after)[:-1] >= goals(before)[:-1]


def _copy(problem: mk.Problem, mark: str) -> dict[str, Any]:
    """The records under other ids and, so that no pair joins two copies, of other kinds."""
    data = problem.model_dump(
        mode="json", exclude={"schema_version", "note", "zone", "skills", "objective"}
    )

    def walk(entry: Any, field: str = "") -> Any:
        if isinstance(entry, dict):
            return {name: walk(value, name) for name, value in entry.items()}
        if isinstance(entry, list):
            return [walk(value, field) for value in entry]
        ids = field in (
            "id",
            "parent",
            "unit",
            "community",
            "home",
            "familiar",
            "resource",
            "requirement",
            "demand",
            "kind",
        )
        return f"{entry}{mark}" if ids and isinstance(entry, str) else entry

    for entry, resource in zip(data["resources"], problem.resources, strict=True):
        entry["divisible"] = resource.is_divisible
    return {name: walk(entries) for name, entries in data.items()}


def test_two_copies_that_share_nothing_are_worth_twice_as_much() -> None:
    def double(
        problem: mk.Problem, _plan: Plan, _rng: random.Random
    ) -> mk.Problem | None:
        if any(
            isinstance(rule, mk.rules.MaxDistance)
            and rule.resource is None
            and rule.demand is None
            for rule in problem.rules
        ):
            return None  # the rule for all would stand there twice; that is the same, but another problem
        first, second = (_copy(problem, mark) for mark in ("#1", "#2"))
        rest = problem.model_dump(mode="json", include={"skills", "objective"})
        return mk.Problem.model_validate_json(
            _text({**rest, **{name: first[name] + second[name] for name in first}})
        )

    for before, after in compared(double):
        assert goals(after) == tuple(2 * value for value in goals(before))


def _text(data: Any) -> str:
    return json.dumps(data)


def test_tiers_count_by_their_order_alone() -> None:
    """1, 2, 3 and 3, 11, 19 are the same to the plan."""

    def spread(problem: mk.Problem, _plan: Plan, _rng: random.Random) -> mk.Problem:
        return other(
            problem,
            demands=tuple(
                demand.model_copy(update={"tier": 8 * demand.tier - 5})
                for demand in problem.demands
            ),
        )

    for before, after in compared(spread):
        assert goals(after) == goals(before)
        assert after.assignments == before.assignments


def test_a_demand_moved_before_all_others_gets_no_less() -> None:
    """Its minimums first, then what is beyond them."""
    for seed in SEEDS:
        problem = plain(seed)
        before = solved(problem)
        if before is None:
            continue
        chosen = seeded(seed).choice(problem.demands).id
        later = [
            demand.model_copy(
                update={"tier": 1 if demand.id == chosen else demand.tier + 1}
            )
            for demand in problem.demands
        ]
        after = solved(other(problem, demands=later))
        assert after is not None
        assert _got(problem, after, chosen) >= _got(problem, before, chosen), seed


def _got(problem: mk.Problem, plan: Plan, demand: str) -> tuple[int, int]:
    least = {
        need.id: need.minimum
        for entry in problem.demands
        if entry.id == demand
        for need in entry.requirements
    }
    taken = {
        name: sum(a.quantity for a in plan.assignments if a.requirement == name)
        for name in least
    }
    return sum(min(taken[q], least[q]) for q in least), sum(
        max(0, taken[q] - least[q]) for q in least
    )


def test_all_factors_times_seven_make_the_weight_seven_times_as_much() -> None:
    def scaled(problem: mk.Problem, _plan: Plan, _rng: random.Random) -> mk.Problem:
        factors = {name: 7 * getattr(problem.objective, name) for name in FACTORS}
        return other(problem, objective=mk.Objective(**factors))

    for before, after in compared(scaled):
        assert goals(after) == (*goals(before)[:-1], 7 * goals(before)[-1])


def test_other_ids_change_no_goal() -> None:
    """Ids break ties between plans of the same goals; they never change the goals."""

    def renamed(problem: mk.Problem, _plan: Plan, rng: random.Random) -> mk.Problem:
        data = problem.model_dump(mode="json")
        new = [
            f"n{number}" for number in rng.sample(range(1000), len(problem.resources))
        ]
        to = dict(
            zip((resource.id for resource in problem.resources), new, strict=True)
        )
        for entry in data["resources"]:
            entry["id"] = to[entry["id"]]
        for entry in data["rules"]:
            if entry.get("resource") is not None:
                entry["resource"] = to[entry["resource"]]
        return mk.Problem.model_validate_json(_text(data))

    for before, after in compared(renamed):
        assert goals(after) == goals(before)
