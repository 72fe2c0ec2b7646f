"""A live plan after events of every kind, against full solves."""

from __future__ import annotations

from live_events import campaign
from live_problems import drawn

import matchkit as mk
from matchkit import changes as c


def test_every_event_leaves_a_best_plan_with_its_proof_and_undo_gives_back_the_bytes() -> (
    None
):
    seen = campaign(0, 16, 7)
    made = sum(
        many for kind, many in seen.items() if " " not in kind and kind.islower()
    )
    assert made >= 60, seen
    assert seen["anew"] <= made // 2, seen
    assert seen["undo"] >= 8, seen
    for kind in ("remove_resource", "add_resource", "change_resource", "set_capacity"):
        assert seen[kind] > seen[f"anew {kind}"], seen
    for kind in (
        "add_demand",
        "change_demand",
        "set_wanted",
        "add_rule",
        "remove_rule",
    ):
        assert seen[kind] > seen[f"anew {kind}"], seen


def test_the_same_holds_where_a_rule_ties_pairs_together() -> None:
    seen = campaign(0, 8, 5, tied=True)
    assert seen["tied"] >= 15, seen
    assert seen["undo"] >= 2, seen


def test_several_changes_of_one_event_meet_each_other() -> None:
    """A person changes and a demand is new, or a lock goes with its person, in one event."""
    assert campaign(3000, 3004, 8, several=True)["several"] >= 1


def test_who_leaves_without_any_capacity_may_change_the_goals() -> None:
    """Who has none still shares: without them, loads of those who are left are one sum and no levels."""
    live = mk.Live(drawn(242))
    names = [goal.name for goal in live.plan.outcome.goals]
    assert live.problem.resources[4].capacity == 0
    assert "loads at 3" in names
    assert live.apply(c.RemoveResource(resource="P4")).anew
    assert "loads" in [goal.name for goal in live.plan.outcome.goals]
