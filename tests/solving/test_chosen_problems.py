"""Plans that ranks choose, against every plan there is; and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from chosen_problems import Words, check, drawn, pairs_of

import matchkit as mk
import matchkit.model as m

SEEDS = range(40)


def problem(*wanted: int, people: int = 3, **fields: Any) -> m.Problem:
    """People P0, P1, ... and a demand D0, D1, ... with one requirement Q0, Q1, ... for every number wanted."""
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="A")],
        resources=[m.Resource(id=f"P{k}", unit="U") for k in range(people)],
        demands=[
            m.Demand(
                id=f"D{k}",
                community="A",
                requirements=[m.Requirement(id=f"Q{k}", wanted=many)],
            )
            for k, many in enumerate(wanted)
        ],
        **fields,
    )


def ranks(by: str, name: str, of: str, **given: int) -> m.Ranking:
    """A ranking of ids as keywords."""
    return m.Ranking(by=by, id=name, of=of, ids=list(given), ranks=list(given.values()))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", SEEDS)
def test_stable_plans_of_every_kind_are_those_of_all_plans(seed: int) -> None:
    check(seed)


@pytest.mark.parametrize("seed", range(30))
def test_every_pair_that_blocks_a_plan_is_found_by_the_checker(seed: int) -> None:
    """Any plan that takes only who is wanted, with the claim that nothing blocks it."""
    given = drawn(seed)
    words = Words(given)
    plans = list(words.every())
    any_plan = plans[seed * 7919 % len(plans)]
    stated = _claiming(given, any_plan, "weak")
    right = words.blocking(any_plan)
    report = mk.verify(*stated)
    found = {one.ids for one in report.violations if one.message.key == "blocking"}
    assert found == right
    assert {one.rule for one in report.violations} <= {"chosen"}
    assert report.ok == (not right)


def _claiming(
    given: m.Problem, pairs: dict[tuple[str, str], int], rule: str
) -> tuple[m.Problem, mk.Plan]:
    """The problem that asks for stability, and these pairs as a plan that claims it."""
    locks = [
        m.Lock(resource=one, requirement=other)
        for one, other in pairs
        if m.Lock(resource=one, requirement=other) not in given.rules
    ]
    forbids = [
        m.Forbid(resource=one.id, requirement=need.id)
        for one in given.resources
        for demand in given.demands
        for need in demand.requirements
        if (one.id, need.id) not in pairs
    ]
    rules = [*(one for one in given.rules if one.rule == "lock"), *locks, *forbids]
    plain = given.model_copy(update={"rules": tuple(rules), "objective": m.Objective()})
    plan = mk.solve(plain)
    assert pairs_of(plan) == pairs
    asking = given.model_copy(update={"objective": m.Objective(stable=rule)})  # type: ignore[arg-type]
    chosen = mk.solve(asking).outcome
    assert chosen.chosen is not None
    claim = chosen.chosen.model_copy(update={"blocking": 0, "fewest": 0, "pairs": ()})
    bare = {"bound": None, "gap": None, "status": "feasible", "stopped": "no_proof"}
    goals = tuple(one.model_copy(update={"bound": None}) for one in plan.outcome.goals)
    more = {"chosen": claim, "goals": goals, "proof": None}
    outcome = plan.outcome.model_copy(update={**bare, **more})
    return asking, plan.model_copy(update={"outcome": outcome, "certificate": None})


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("side", ["resources", "requirements"])
def test_a_plan_is_what_match_makes_of_the_same_arrays(seed: int, side: str) -> None:
    given = drawn(seed, channels=False)
    if any(rule.rule == "lock" for rule in given.rules):
        return
    words = Words(given)
    pairs = sorted(words.ranks)
    graph = mk.BipartiteGraph.from_arrays(
        [one for one, _ in pairs],
        [other for _, other in pairs],
        [0] * len(pairs),
        left_capacity=[one.capacity for one in given.resources],
        right_capacity=[one.requirements[0].wanted for one in given.demands],
        left_ids=[one.id for one in given.resources],
        right_ids=[one.requirements[0].id for one in given.demands],
    )
    given_ranks = [[min(words.ranks[pair][k], 9) for pair in pairs] for k in (0, 1)]
    for by in ("stable", "dictatorship", "immediate"):
        ranked = mk.Preferences(
            *given_ranks,
            by=by,
            proposing="left" if side == "resources" else "right",
        )
        found = mk.match(graph, preferences=ranked, seed=3)
        asked = {"stable": "weak"} if by == "stable" else {"choice": by}
        objective = m.Objective(**asked, proposing=side)  # type: ignore[arg-type]
        plan = mk.solve(given.model_copy(update={"objective": objective}), seed=3)
        mine = found.pairs
        assert pairs_of(plan) == {
            (str(a), str(b)): int(q)
            for a, b, q in zip(mine.left, mine.right, mine.quantity, strict=True)
        }
