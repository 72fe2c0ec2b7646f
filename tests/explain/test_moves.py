"""The causes of moves: by hand, and over random repairs against sums written out in the campaign."""

from __future__ import annotations

import move_campaign
import pytest
from by_hand import demand, need, problem, resource

import matchkit as mk
from matchkit import changes as ch
from matchkit.errors import InputError
from matchkit.plan import Plan


def three_in_a_row(*rules: mk.rules.Rule) -> mk.Problem:
    """R0 may serve Q0 and Q1, R1 Q1 and Q2, R2 Q2 only; R3 everything, for less."""
    points = {
        "R0": (90, 80, -1),
        "R1": (-1, 90, 80),
        "R2": (-1, -1, 90),
        "R3": (1, 1, 1),
    }
    pairs = [
        mk.rules.Forbid(resource=name, requirement=f"Q{k}")
        for name, row in points.items()
        for k, worth in enumerate(row)
        if worth < 0
    ]
    return problem(
        [resource(name) for name in points],
        [demand(f"D{k}", need(f"Q{k}")) for k in range(3)],
        *pairs,
        *rules,
        scores=[
            mk.Scores(
                resource=name,
                requirements=[f"Q{k}" for k in range(3)],
                points=[max(0, worth) for worth in row],
            )
            for name, row in points.items()
        ],
        objective=mk.Objective(skill_fit=0),
    )


def paths_after(
    given: mk.Problem, *changes: ch.Change
) -> tuple[mk.results.MovePath, ...]:
    other = ch.apply_changes(given, changes)
    plans = mk.solve(given), mk.solve(other)
    found = mk.compare(given, *plans, problem_after=other, causes=True).paths
    assert found is not None
    return found


def told(
    path: mk.results.MovePath,
) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(one.resource, one.away_from, one.to, one.through) for one in path.moves]


def test_a_loss_is_followed_back_to_who_was_free() -> None:
    """Without R2, Q2 is R1's for 80 or R3's for 1; R1 leaves Q1 to R0, or stays: 90 + 90 + 1 is best."""
    [path] = paths_after(three_in_a_row(), ch.RemoveResource(resource="R2"))
    assert (path.kind, [one.kind for one in path.events]) == (
        "event",
        ["resource_gone"],
    )
    assert told(path) == [("R2", "Q2", None, None), ("R3", None, "Q2", "Q2")]
    assert path.filled == () and path.gain == ()


def test_moves_are_told_in_the_order_of_their_chain() -> None:
    """R3 may serve Q0 only: Q2 is then R1's, Q1 R0's and Q0 R3's."""
    bars = [mk.rules.Forbid(resource="R3", requirement=f"Q{k}") for k in (1, 2)]
    [path] = paths_after(three_in_a_row(*bars), ch.RemoveResource(resource="R2"))
    assert told(path) == [
        ("R2", "Q2", None, None),
        ("R1", "Q1", "Q2", "Q2"),
        ("R0", "Q0", "Q1", "Q1"),
        ("R3", None, "Q0", "Q0"),
    ]
    assert path.line() == (
        "R2 is gone: R2 leaves Q2 and goes nowhere else; R1 goes to Q2 instead of Q1; R0 goes to Q1 instead of "
        "Q0; R3, with something left to give, goes to Q0"
    )
    assert path.line("zh").startswith("R2 已退出：R2 退出 Q2")


def test_a_pair_that_is_forbidden_leads_both_ways() -> None:
    """R1 may not serve Q1: it goes to Q2, R2 has nothing left, and R3 takes Q1."""
    change = ch.AddRule(rule=mk.rules.Forbid(resource="R1", requirement="Q1"))
    paths = paths_after(three_in_a_row(), change)
    assert [one.kind for path in paths for one in path.events] == ["not_eligible"]
    assert paths[0].events[0].reasons[0].rule == "forbid"
    back = paths_after(
        three_in_a_row(change.rule), ch.RemoveRule(label=change.rule.label)
    )
    assert [one.kind for path in back for one in path.events] == ["eligible"]


def test_a_cap_ties_moves_of_different_requirements() -> None:
    """U1 gives two units. A worthier slot comes: the one of least worth is given up, through the full unit."""
    given = three_in_a_row(mk.rules.UnitCap(unit="U1", most=2))
    more = demand("D3", need("Q3"), tier=1, weight=1000)
    [path] = paths_after(given, ch.AddDemand(demand=more))
    assert [one.kind for one in path.events] == ["requirement_new"]
    assert {(one.link, one.through) for one in path.moves[1:]} <= {
        ("unit", "U1"),
        ("requirement", "Q0"),
        ("requirement", "Q1"),
        ("requirement", "Q2"),
    }
    assert sum(one.change for one in path.filled) == 0
    [raised] = paths_after(
        given,
        ch.ChangeRule(label="unit_cap U1", rule=mk.rules.UnitCap(unit="U1", most=3)),
    )
    assert [(one.kind, one.before, one.after) for one in raised.events] == [
        ("unit_more", 2, 3)
    ]


def test_a_plan_that_was_not_the_best_is_named_with_what_it_gains() -> None:
    given = three_in_a_row()
    best = mk.solve(given)
    poor = Plan.model_validate(
        {**dict(best), "assignments": best.assignments[:2], "certificate": None}
    )
    [path] = mk.compare(given, poor, best, causes=True).paths or ()
    assert path.kind == "better" and not path.events
    assert [(one.goal, one.change) for one in path.gain] == [
        ("tier 1", 1),
        ("weight", 190),
    ]
    [back] = mk.compare(given, best, poor, causes=True).paths or ()
    assert back.kind == "none"


def test_other_points_are_no_event_but_a_gain() -> None:
    given = three_in_a_row()
    other = given.model_copy(update={"scores": (), "objective": mk.Objective()})
    other = ch.apply_changes(other, [])
    one, two = mk.solve(given), mk.solve(other)
    found = mk.compare(given, two, one, problem_after=given, causes=True).paths
    assert {path.kind for path in found or ()} <= {"better"}
    changed = mk.compare(other, two, one, problem_after=given, causes=True).paths
    assert changed and {path.kind for path in changed} == {"worth"}


def test_an_unchanged_plan_has_no_moves_and_an_equal_one_moves_without_cause() -> None:
    given = problem([resource("A"), resource("B")], [demand("D1", need("Q1"))])
    plan = mk.solve(given)
    assert mk.compare(given, plan, plan, causes=True).paths == ()
    [entry] = plan.assignments
    other = "B" if entry.resource == "A" else "A"
    swapped = plan.model_copy(
        update={"assignments": (entry.model_copy(update={"resource": other}),)}
    )
    [path] = mk.compare(given, plan, swapped, causes=True).paths or ()
    assert path.kind == "none" and path.gain == ()


def test_causes_need_a_problem() -> None:
    plan = mk.solve(three_in_a_row())
    with pytest.raises(InputError, match=r"compare\.causes_of|problem"):
        mk.compare(None, plan, plan, causes=True)
    with pytest.raises(InputError, match="causes"):
        mk.compare(three_in_a_row(), plan, plan, causes=1)  # type: ignore[arg-type]


def test_random_repairs_have_a_cause_for_every_move_and_add_up() -> None:
    tally = move_campaign.campaign(0, 100)
    assert tally.wrong == []
    assert tally.seen["paths"] > 40 and tally.seen["link requirement"] > 5


def test_a_plan_solved_anew_moves_some_without_a_cause() -> None:
    """So the campaign above can fail."""
    street = mk.datasets.city("street")
    plan = mk.solve(street)
    bar = mk.rules.Forbid(
        resource=plan.assignments[0].resource,
        requirement=plan.assignments[0].requirement,
    )
    other = ch.apply_changes(street, [ch.AddRule(rule=bar)])
    after = mk.solve(other)
    found = mk.compare(street, plan, after, problem_after=other, causes=True)
    assert {path.kind for path in found.paths or ()} >= {"event", "none"}
    fault = move_campaign.wrong_with(plan, after, found)
    assert fault is not None and fault.startswith("no cause")


def test_the_table_has_a_row_a_move_with_its_cause() -> None:
    given = three_in_a_row()
    other = ch.apply_changes(given, [ch.RemoveResource(resource="R2")])
    plans = mk.solve(given), mk.solve(other)
    found = mk.compare(given, *plans, problem_after=other, causes=True)
    grid = mk.tables.moves_grid(found, "zh")
    assert grid.name == "变动" and len(grid.rows) == 3
    assert grid.rows[2][:3] == [1, "R2 已退出", "R3"] and grid.rows[2][5] == "Q2"
    plain = mk.compare(given, *plans, problem_after=other)
    with pytest.raises(InputError, match="comparison"):
        mk.tables.moves_grid(plain)
    with pytest.raises(InputError):
        mk.tables.moves_grid(None, "xx")  # type: ignore[arg-type]
