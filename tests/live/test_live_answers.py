"""What a live plan says and refuses, by hand."""

from __future__ import annotations

import pytest
from live_problems import drawn

import matchkit as mk
import matchkit.model as m
from matchkit import changes as c
from matchkit.arrays import Int64
from matchkit.errors import (
    BrokenPlanError,
    ContradictionError,
    InputError,
    UnsupportedError,
)
from matchkit.live.arrays import LiveArrays
from matchkit.solvers.mip.starts import FirstPlans


def problem(**fields: object) -> m.Problem:
    """Two people who may serve lunch and tea, of which each wants one; ana drives, which tea asks for."""
    base = {
        "units": [m.Unit(id="U")],
        "communities": [m.Community(id="C")],
        "resources": [
            m.Resource(id="ana", unit="U", skills=[m.SkillLevel(skill="drive")]),
            m.Resource(id="bo", unit="U"),
        ],
        "demands": [
            m.Demand(id="lunch", community="C", requirements=[m.Requirement(id="L", wanted=1)]),
            m.Demand(
                id="tea",
                community="C",
                tier=2,
                requirements=[m.Requirement(id="T", wanted=1, skills=[m.SkillLevel(skill="drive")])],
            ),
        ],
    }  # fmt: skip
    return m.Problem(**{**base, **fields})


def pairs(plan: mk.Plan) -> list[tuple[str, str]]:
    return [(one.resource, one.requirement) for one in plan.assignments]


def test_a_plan_at_its_opening_is_the_one_given() -> None:
    plan = mk.solve(problem())
    live = mk.Live(problem(), plan)
    assert live.plan.assignments == plan.assignments
    assert not live.undo()


def test_moves_say_who_came_and_went_in_both_languages() -> None:
    live = mk.Live(problem())
    assert pairs(live.plan) == [("ana", "T"), ("bo", "L")]
    moves = live.apply(c.RemoveResource(resource="bo"))
    assert [(one.resource, one.requirement, one.units) for one in moves.moves] == [
        ("ana", "L", 1),
        ("ana", "T", -1),
        ("bo", "L", -1),
    ]
    assert not moves.anew
    assert moves.text("en").count("\n") == moves.text("zh").count("\n") == 3
    assert mk.results.LiveMoves.model_validate_json(moves.to_json()) == moves


def test_several_changes_are_one_event() -> None:
    live = mk.Live(problem())
    before = live.plan.to_json()
    live.apply(
        [c.RemoveResource(resource="bo"), c.SetWanted(requirement="T", wanted=2)]
    )
    assert len(live.problem.resources) == 1
    assert live.undo()
    assert live.plan.to_json() == before


def test_only_so_many_events_can_be_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchkit.live.live.MOST_UNDONE", 2)
    live = mk.Live(problem())
    plans = [live.plan.to_json()]
    for wanted in (2, 3, 2, 1):
        live.apply(c.SetWanted(requirement="T", wanted=wanted))
        plans.append(live.plan.to_json())
    assert live.undo()
    assert live.plan.to_json() == plans[3]
    assert live.undo()
    assert live.plan.to_json() == plans[2]
    assert not live.undo()


def test_the_same_events_give_the_same_bytes() -> None:
    def lived() -> str:
        live = mk.Live(drawn(3))
        for one in live.plan.assignments[:3]:
            rule = m.Forbid(resource=one.resource, requirement=one.requirement)
            live.apply(c.AddRule(rule=rule))
        return live.plan.to_json()

    assert lived() == lived()


def test_the_rarity_of_skills_stays_until_the_plan_is_published() -> None:
    """Drive is asked for once and held once: rarity 10. Held twice it would be 5."""
    live = mk.Live(problem())
    assert live.problem.objective.rarity == (("drive", 10),)
    more = m.Resource(id="cy", unit="U", skills=[m.SkillLevel(skill="drive")])
    live.apply(c.AddResource(resource=more))
    assert live.problem.objective.rarity == (("drive", 10),)
    kept = pairs(live.plan)
    assert live.report().line()
    plan = live.publish()
    assert live.problem.objective.rarity == (("drive", 5),)
    assert pairs(plan) == pairs(live.plan) == kept
    assert plan.outcome.kept is not None
    assert plan.outcome.kept.moves == 0
    assert not live.undo()


def test_a_stated_rarity_is_counted_by_solver_and_checker() -> None:
    """Serving lunch, ana leaves drive idle; a skill that is not stated costs nothing."""
    for rarity, worth in (((("Drive", 7),), 93), ((("teach", 7),), 100)):
        objective = m.Objective(rarity=rarity)
        one = problem(objective=objective, demands=problem().demands[:1], resources=problem().resources[:1])  # fmt: skip
        plan = mk.solve(one)
        assert plan.assignments[0].terms.skill_fit == worth
        assert mk.verify(one, plan).ok
        assert mk.check_certificate(one, plan).ok


def test_what_is_refused_changes_nothing() -> None:
    live = mk.Live(problem())
    before = live.plan.to_json()
    for change, error in (
        (c.RemoveResource(resource="dee"), InputError),
        ("lunch", InputError),
        (c.AddDemand(demand=problem().demands[0]), InputError),
        (c.AddRule(rule=m.Lock(resource="bo", requirement="T")), ContradictionError),
    ):
        with pytest.raises(error):
            live.apply(change)  # type: ignore[arg-type]
        assert live.plan.to_json() == before
        assert live.problem == mk.Live(problem()).problem


def test_ranks_and_worst_scores_are_refused_at_the_opening() -> None:
    worst = m.Objective(
        aims=[
            m.Aim(name="all", parts=[m.Part(measure="filled")]),
            m.Aim(name="least", parts=[m.Part(measure="worst_score", of="requirements")]),
            m.Aim(name="weight", parts=[m.Part(measure="weight")]),
        ]
    )  # fmt: skip
    for fields in (
        {"objective": worst},
        {"objective": m.Objective(stable="weak")},
    ):
        with pytest.raises(UnsupportedError):
            mk.Live(problem(**fields))
    plan = mk.solve(problem())
    wrong = plan.model_copy(update={"assignments": plan.assignments[:1]})
    with pytest.raises(BrokenPlanError):
        mk.Live(problem(), wrong)


def test_without_the_repair_a_plan_is_no_longer_proven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A mutation: what lacks is not brought from the root."""
    live = mk.Live(problem())
    monkeypatch.setattr(
        "matchkit.solvers.live.search.FlowMending.balance", lambda _: None
    )
    live.apply(c.RemoveResource(resource="bo"))
    with pytest.raises((mk.errors.EngineError, BrokenPlanError, InputError)):
        assert isinstance(live._session.arrays, LiveArrays)
        _ = live.plan


def test_events_of_a_plan_that_no_flow_expresses_are_searches_with_a_bound() -> None:
    """A rule of hours comes and goes between events of a flow; options hold for every search."""
    heard = []
    live = mk.Live(problem(), progress=lambda step: heard.append(step.phase))
    hours = mk.rules.HoursBudget(id="hours", minutes=60)
    assert live.apply(c.AddRule(rule=hours)).anew
    with_hours = live.plan
    assert (with_hours.certificate is None, with_hours.outcome.gap) == (True, 0)
    heard.clear()
    moves = live.apply(c.RemoveResource(resource="bo"))
    assert moves.anew
    assert "search" in heard
    assert pairs(live.plan) == [("ana", "L")]
    assert mk.verify(live.problem, live.plan).ok
    live.undo()
    assert live.plan is with_hours
    assert live.apply(c.RemoveRule(label="hours")).anew
    assert not live.apply(c.RemoveResource(resource="bo")).anew
    assert mk.check_certificate(live.problem, live.plan).ok


def test_a_search_begins_with_the_plan_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pairs of the plan before are the first that are looked at."""
    begun = []
    begin_with = FirstPlans.begin_with

    def listen(first: FirstPlans, wishes: list[Int64]) -> bool:
        begun.append([wish.tolist() for wish in wishes])
        return begin_with(first, wishes)

    live = mk.Live(problem(rules=[mk.rules.HoursBudget(minutes=60)]))
    before = pairs(live.plan)
    monkeypatch.setattr(FirstPlans, "begin_with", listen)
    live.apply(c.AddResource(resource=m.Resource(id="cy", unit="U")))
    assert begun[0] == [[0, 1, 1, 0]]
    assert pairs(live.plan) == before


def test_who_returns_is_kept_though_all_were_gone_at_a_new_start() -> None:
    """Bo would rather be at the stall, but lunch is where bo was."""
    ana, bo = problem().resources
    likes = m.Preference(category="stalls", points=50)
    bo = bo.model_copy(update={"preferences": (likes,)})
    live = mk.Live(problem(resources=[ana, bo]))
    assert pairs(live.plan) == [("ana", "T"), ("bo", "L")]
    for name in ("ana", "bo"):
        live.apply(c.RemoveResource(resource=name))
    needs = [m.Requirement(id="S"), m.Requirement(id="M", minimum=1)]
    demands = [
        m.Demand(
            id=need.id, community="C", tier=tier, category="stalls", requirements=[need]
        )
        for tier, need in zip((1, 3), needs, strict=True)
    ]
    assert live.apply([c.AddDemand(demand=one) for one in demands]).anew
    live.apply(c.AddResource(resource=bo))
    assert pairs(live.plan) == [("bo", "L")]
    assert mk.check_certificate(live.problem, live.plan).ok
