"""Calls answered by level: by hand, and against a second implementation of docs/calls.md."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from by_hand import demand, need, resource
from call_oracle import SIX, differences

import matchkit as mk
from matchkit.errors import BrokenPlanError, InputError
from matchkit.explain.drop_outs import answered


def at(minutes: int) -> datetime:
    return SIX + timedelta(minutes=minutes)


def town(*rules: Any) -> mk.Problem:
    """A lane in a street in a district in a city, one person at each, and one of the school nowhere known."""
    places = ("city", "district", "street", "lane")
    return mk.Problem(
        units=[mk.Unit(id="club"), mk.Unit(id="school", parent="club")],
        communities=[
            mk.Community(id=name, parent=above)
            for name, above in zip(places, (None, *places), strict=False)
        ],
        resources=[
            *(resource(f"at {name}", unit="club", home=name) for name in places),
            resource("teacher", unit="school"),
        ],
        demands=[demand("flood", need("hands", wanted=2), community="lane")],
        rules=rules,
    )


def nobody(problem: mk.Problem) -> mk.Plan:
    return mk.solve(mk.changes.apply_changes(problem, [mk.changes.RemoveDemand(demand="flood")]))  # fmt: skip


def call(**fields: Any) -> mk.Call:
    return mk.Call(**{"id": "K1", "demand": "flood", "at": SIX, "minutes": [10, 20], **fields})  # fmt: skip


def steps(answer: mk.results.CallAnswer) -> list[tuple[str, str, int]]:
    return [(one.area, one.ended, int((one.left - one.entered).total_seconds()) // 60) for one in answer.steps if one.left]  # fmt: skip


def test_silence_widens_by_minutes_up_to_the_root() -> None:
    """The lane has one of two, so it is left at once; 20 minutes at each step above; at the city the call
    ends.
    """
    lists = town()
    [found] = mk.respond(lists, nobody(lists), [call()]).calls
    assert steps(found) == [("lane", "proof", 0), ("street", "minutes", 20), ("district", "proof", 0), ("city", "minutes", 20)]  # fmt: skip
    assert (found.status, found.missing, found.minutes, found.lead) == ("short", 2, 40, "lane")  # fmt: skip
    asked = [one.asked for one in found.steps]
    assert asked == [(), ("at lane", "at street"), (), ("at city", "at district")]


@pytest.mark.parametrize(
    ("level", "first"), [(4, "lane"), (3, "street"), (2, "district"), (1, "city")]
)
def test_a_level_is_where_a_call_begins(level: int, first: str) -> None:
    lists = town()
    [found] = mk.respond(lists, nobody(lists), [call(level=level)]).calls
    assert found.steps[0].area == first


def test_a_no_is_answered_at_once_and_the_first_to_receive_leads() -> None:
    """At 5 the one of the lane declines: the street cannot any more, the district can."""
    lists = town()
    asked = call(
        declined=[("at lane", at(5))],
        accepted=[("at street", at(7)), ("at district", at(12))],
        received_by="school",
    )
    again = call(id="K2", at=at(3), received_by="club")
    found, second = mk.respond(lists, nobody(lists), [again, asked]).calls
    assert steps(found) == [("lane", "proof", 0), ("street", "proof", 5), ("district", "filled", 7)]  # fmt: skip
    assert found.steps[1].most == 1
    assert [one.resource for one in found.team] == ["at street", "at district"]
    assert (found.lead, found.units) == ("school", ("club",))
    assert (second.status, second.joined, second.lead) == ("joined", "K1", "school")
    assert second.minutes is None


def test_who_is_asked_stays_asked_where_others_can_fill_the_rest() -> None:
    """Xi declines role A. Yu was asked for B, and keeps it, though he would be worth more at A now."""
    points = {"xi": (100, 0), "yu": (60, 50), "zoe": (10, 10)}
    lists = mk.Problem(
        units=[mk.Unit(id="club")],
        communities=[mk.Community(id="lane")],
        resources=[resource(name, unit="club") for name in points],
        demands=[demand("flood", need("A"), need("B"), community="lane")],
        scores=[
            mk.Scores(resource=name, requirements=["A", "B"], points=worth)
            for name, worth in points.items()
        ],
    )
    said = call(
        declined=[("xi", at(2))], accepted=[("yu", at(3)), ("zoe", at(4))], minutes=[9]
    )
    [found] = mk.respond(lists, nobody(lists), [said]).calls
    team = [(one.resource, one.requirement) for one in found.team]
    assert team == [("yu", "B"), ("zoe", "A")]


def test_units_without_a_home_stand_where_their_unit_is_placed() -> None:
    lists = town()
    plan = nobody(lists)
    said = call(accepted=[("at lane", at(1)), ("teacher", at(2))])
    [placed] = mk.respond(lists, plan, [said], areas={"club": "lane"}).calls
    assert steps(placed) == [("lane", "filled", 2)]
    [unheard] = mk.respond(lists, plan, [said]).calls
    assert (unheard.unheard, unheard.status) == (("teacher",), "short")


def test_a_deadline_ends_a_call_and_until_leaves_it_open() -> None:
    lists = town()
    plan = nobody(lists)
    [late] = mk.respond(lists, plan, [call(deadline=7)]).calls
    assert (steps(late)[-1], late.status) == (("street", "deadline", 7), "short")
    [now] = mk.respond(lists, plan, [call()], until=at(19)).calls
    assert (now.status, now.missing, now.steps[-1].left) == ("open", 2, None)
    assert mk.respond(lists, plan, [call(at=at(20))], until=at(19)).calls == ()


def test_what_a_plan_gives_is_not_asked_again() -> None:
    lists = town()
    plan = mk.solve(lists)
    [found] = mk.respond(lists, plan, [call()]).calls
    assert (found.status, found.minutes, found.team) == ("filled", 0, ())


def test_without_a_proof_the_pool_widens_by_minutes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Time is over before any solve says something."""
    lists = town()
    plan = nobody(lists)
    monkeypatch.setattr(answered, "solved_in", lambda *_: (None, False))
    [found] = mk.respond(lists, plan, [call()], time_limit=0).calls
    assert steps(found)[0] == ("lane", "minutes", 10)
    assert not found.steps[0].proven


def test_wrong_calls_are_refused() -> None:
    lists = town()
    plan = nobody(lists)
    for wrong in (
        [call(demand="fire")],
        [call(received_by="fire")],
        [call(), call()],
        ["K1"],
        None,
    ):
        with pytest.raises(InputError):
            mk.respond(lists, plan, wrong)  # type: ignore[arg-type]
    for fields in ({"areas": {"club": "sea"}}, {"areas": {"sea": "city"}}, {"until": datetime(2026, 5, 4)}):  # noqa: DTZ001  # fmt: skip
        with pytest.raises(InputError):
            mk.respond(lists, plan, [call()], **fields)  # type: ignore[arg-type]
    for fields in (
        {"minutes": []},
        {"level": 0},
        {"accepted": [("at lane", SIX)]},
        {"accepted": [("at lane", at(1))], "declined": [("at lane", at(2))]},
    ):
        with pytest.raises(InputError):
            call(**fields)
    with pytest.raises(BrokenPlanError):
        mk.respond(lists, plan.model_copy(update={"assignments": mk.solve(lists).assignments}), [call()])  # fmt: skip


def test_random_trees_deadlines_and_answers_agree_with_a_second_implementation() -> (
    None
):
    seen = Counter[str]()
    for seed in range(1_000, 1_060):
        differ, told = differences(seed)
        assert differ == ""
        seen.update(one["status"] for one in told)
        seen.update(step["ended"] for one in told for step in one["steps"])
    assert min(seen[name] for name in ("filled", "short", "joined", "proof", "minutes", "deadline")) > 5  # fmt: skip
