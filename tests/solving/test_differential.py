"""solve() reaches what brute force, CP-SAT and HiGHS reach, goal by goal, on random problems with every
rule.
"""

from __future__ import annotations

import pytest
from problem_campaign import Tally, campaign, case

import matchkit as mk
from matchkit.errors import ContradictionError
from matchkit.solvers.flow import round_goals
from matchkit.solvers.flow.packed_goals import PackedGoals, pack_goals

COUNT, PARTS = 260, 2


@pytest.fixture(scope="module", params=range(PARTS))
def tally(request: pytest.FixtureRequest) -> Tally:
    return campaign(COUNT * request.param, COUNT)


def test_goals_proofs_and_refusals_agree_with_three_oracles(tally: Tally) -> None:
    assert tally.disagreements == []


def test_the_problems_hold_what_they_should_test(tally: Tally) -> None:
    kinds = (
        "forbid",
        "lock",
        "max_distance",
        "unit_cap",
        "community_cap",
        "reserve_share",
        "hours_budget",
        "team",
    )
    for wanted in (
        *(f"rule {kind}" for kind in kinds),
        "quantity above 1",
        "shortfalls",
        "ten pairs or more",
        "three goals or more",
    ):
        assert tally.seen[wanted] >= 4, wanted
    assert tally.seen["by brute force"] > COUNT / 2
    assert tally.seen["by CP-SAT"] > COUNT * 0.8
    assert tally.seen["by HiGHS"] > COUNT * 0.8
    assert tally.seen["contradictions"] and tally.seen["searched"]


def test_one_word_for_all_goals_and_a_word_for_every_goal_give_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The guessed radix, the safe radix and one goal after another: three ways, the same goals and a proof
    each time.
    """

    def values() -> dict[int, tuple[int, ...]]:
        found = {}
        for seed in range(1, 160):
            problem = case(seed)
            try:
                plan = mk.solve(problem)
            except ContradictionError:
                continue
            if plan.outcome.proof == "search":
                continue
            assert (
                plan.outcome.status == "optimal"
                and mk.check_certificate(problem, plan).ok
            ), seed
            found[seed] = tuple(goal.value for goal in plan.outcome.goals)
        return found

    by_guess, counts = values(), []

    def in_one_word(*given: object) -> tuple[PackedGoals, ...]:
        words = pack_goals(*given)
        counts.append(len(words))
        return words

    monkeypatch.setattr(round_goals, "guessed_word", lambda *_, **__: None)
    monkeypatch.setattr(round_goals, "pack_goals", in_one_word)
    by_safe_radix = values()
    assert set(counts) == {1}

    def a_word_a_goal(network: object, goals: object) -> tuple[PackedGoals, ...]:
        found = tuple(
            PackedGoals(k, k + 1, (1,), goals.weight and k + 1 == len(goals.names))
            for k in range(len(goals.names))
        )
        counts.append(len(found))
        return found

    counts.clear()
    monkeypatch.setattr(round_goals, "pack_goals", a_word_a_goal)
    assert by_guess == by_safe_radix == values()
    assert max(counts) >= 6
