"""Whom to take: a part of the campaign, and what is refused."""

from __future__ import annotations

import pytest
from live_problems import drawn
from recommend_campaign import campaign

import matchkit as mk
from matchkit.errors import InputError
from matchkit.solvers.live import cycles


def test_every_recommendation_gains_what_a_full_solve_with_the_lock_gains() -> None:
    seen = campaign(0, 20)
    assert seen["gains"] >= 25, seen
    assert seen["displacing"] >= 10, seen
    assert seen["none"] >= 20, seen
    assert seen["movers one"] >= 20, seen
    for kind in ("force", "force refused", "forbid", "swap", "unlock"):
        assert seen[kind] >= 2, seen


def test_numbers_that_may_carry_are_found_again_in_large_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    live = mk.Live(drawn(5))
    asked = [one.id for one in live.problem.resources]
    found = [live.recommend("resource", name).to_json() for name in asked]
    assert any("goals" in one for one in found)
    monkeypatch.setattr(cycles.CycleSearch, "proves", lambda _: False)
    assert [live.recommend("resource", name).to_json() for name in asked] == found


def test_a_proposal_before_other_events_is_proposed_again() -> None:
    live = mk.Live(drawn(5))
    one, other = live.plan.assignments[:2]
    rules = [mk.rules.Forbid(resource=each.resource, requirement=each.requirement) for each in (one, other)]  # fmt: skip
    proposal = live.propose(mk.changes.AddRule(rule=rules[0]), who="desk")
    live.apply(mk.changes.AddRule(rule=rules[1]))
    with pytest.raises(InputError, match="other events"):
        live.apply(proposal)
    live.undo()
    live.apply(proposal)
    assert [event.who for event in live.events] == ["desk"]
    assert mk.results.Proposal.model_validate_json(proposal.to_json()) == proposal
    assert proposal.text("zh").count("\n") == proposal.text().count("\n")


def test_what_is_asked_wrongly_is_refused_at_once() -> None:
    live = mk.Live(drawn(5))
    with pytest.raises(InputError) as refused:
        live.recommend("demand", 3, 0, movers="some")  # type: ignore[arg-type]
    assert len(refused.value.complaints) == 4
    with pytest.raises(InputError, match="P0"):
        live.recommend("resource", "P00")
