"""A plan in arrays: its goals are those that the outcome states, and its caps those of the records."""

from __future__ import annotations

import pytest
from random_problems import random_problem, seeded
from rule_problems import rule_problem

import matchkit as mk
from matchkit.explain.plan_state import PlanState
from matchkit.model.rules import Cap


@pytest.mark.parametrize("seed", range(12))
def test_goals_counted_from_the_pairs_are_those_of_the_outcome(seed: int) -> None:
    given = rule_problem(seed) if seed % 2 else random_problem(seeded(seed), 8, 4)
    try:
        plan = mk.solve(given)
    except mk.MatchkitError:
        pytest.skip("hard rules contradict each other")
    assert PlanState(given, plan).values == tuple(
        goal.value for goal in plan.outcome.goals
    )


def test_caps_are_those_at_and_above_each_leaf_with_what_the_plan_uses_below() -> None:
    seen = 0
    for seed in range(30):
        given = random_problem(seeded(seed), 8, 4, flow_only=True)
        try:
            state = PlanState(given, mk.solve(given))
        except mk.MatchkitError:
            continue
        hard = [
            rule for rule in given.rules if isinstance(rule, Cap) and rule.soft is None
        ]
        sides = (
            (
                "unit",
                state.units,
                given.units,
                [one.unit for one in state.lists.resources],
            ),
            (
                "community",
                state.communities,
                given.communities,
                [demand.community for demand in state.demands],
            ),
        )
        for side, caps, nodes, at in sides:
            parent = {node.id: node.parent for node in nodes}
            amounts = (state.given if side == "unit" else state.taken).tolist()
            used = dict.fromkeys(caps.ids, 0)
            for leaf, home in enumerate(at):
                above: list[str] = []
                node: str | None = home
                while node is not None:
                    above += [node] if node in used else []
                    node = parent[node]
                assert [caps.ids[number] for number in caps.over(leaf)] == above
                for name in above:
                    used[name] += amounts[leaf]
            assert dict(zip(caps.ids, caps.used, strict=True)) == used
            rules = [rule for listed in caps.rules for rule, _ in listed]
            mine = [rule for rule in hard if rule.side == side]
            assert sorted(map(repr, rules)) == sorted(map(repr, mine))
            seen += len(caps.ids)
    assert seen > 20
