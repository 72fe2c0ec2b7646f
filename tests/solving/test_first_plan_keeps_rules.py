"""A first plan keeps every hard rule, also of resources whose pairs all carry something, and is no worse than
a greedy's.
"""

import random
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from rule_problems import rule_problem

import matchkit.model as m
from matchkit import solve, verify
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.packing import packing_of
from matchkit.compile.instance import Instance
from matchkit.solvers.mip.search import _Search
from matchkit.solvers.mip.trials import PlanTrials
from matchkit.solving import request
from matchkit.solving.conductor import conduct
from matchkit.solving.request import Budget, Request, SolveContext


@pytest.mark.parametrize("seed", [70020])
def test_a_plan_without_time_keeps_all_hard_rules(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request, "LATE", 600.0)  # however busy the machine is
    problem = rule_problem(seed, large=True)
    now = time.monotonic()
    plan = conduct(
        problem,
        Request("cpsat", 0, 0.0, Budget(), 0.0, limited=True),
        SolveContext(now, now),
    )
    assert verify(problem, plan).ok


# ── No worse than a greedy that leaves alone what the rule names
# ──────────────────────────────────────────────────────

PEOPLE, JOBS = range(40), range(60)
KNOWN, SKILLED = range(0, 12, 2), range(1, 12, 2)
TWO = (m.SkillCount(skill="a", level=2),)
HELD = {
    "two together": ([m.KeepTogether(resources=("P2", "P3"))], range(2, 4), ()),
    "two of twelve": (
        [m.ChooseAtMost(resources=tuple(f"P{who}" for who in range(12)), most=2)],
        range(2, 12),
        (),
    ),
    "one who knows the place": (
        [m.LocalMember(demand=f"J{job}") for job in KNOWN],
        (),
        KNOWN,
    ),
    "a level in all": (
        [m.Cover(demand=f"J{job}", counting="several", skills=TWO) for job in SKILLED],
        (),
        SKILLED,
    ),
}
"""Rules, and the people and jobs that the greedy leaves alone, so that its plan keeps the rules."""


@cache
def people_and_jobs() -> tuple[tuple[m.Resource, ...], tuple[m.Demand, ...]]:
    """People with up to three skills, each for three jobs, and jobs of some hours in a week that want one to
    three of them.
    """
    draw, monday = random.Random(5), datetime(2026, 5, 4, tzinfo=UTC)  # noqa: S311 - no secret
    people = tuple(
        m.Resource(
            id=f"P{who}",
            unit="u",
            capacity=3,
            skills=tuple(
                m.SkillLevel(skill=name) for name in "abc" if draw.random() < 0.6
            ),
        )
        for who in PEOPLE
    )
    jobs = []
    for job in JOBS:
        start = monday + timedelta(minutes=30 * draw.randrange(2 * 24 * 6))
        needs = (m.SkillLevel(skill=draw.choice("abc")),) if draw.random() < 0.6 else ()
        asked = m.Requirement(id=f"Q{job}", wanted=draw.randint(1, 3), skills=needs)
        window = m.Window(
            start=start, end=start + timedelta(hours=draw.choice((2, 4, 8)))
        )
        jobs.append(
            m.Demand(
                id=f"J{job}", community="c", windows=(window,), requirements=(asked,)
            )
        )
    return people, tuple(jobs)


def greedy(people: Iterable[m.Resource], jobs: Iterable[m.Demand]) -> int:
    """The places filled when jobs in the order of their end take the first who are free."""
    busy: dict[str, list[m.Window]] = {}
    filled = 0
    for job in sorted(jobs, key=lambda job: job.windows[0].end):
        window, asked = job.windows[0], job.requirements[0]
        able = [
            who.id
            for who in people
            if {need.skill for need in asked.skills}
            <= {has.skill for has in who.skills}
            and len(busy.setdefault(who.id, [])) < who.capacity
            and not any(
                other.start < window.end and window.start < other.end
                for other in busy[who.id]
            )
        ]
        for who in able[: asked.wanted]:
            busy[who].append(window)
            filled += 1
    return filled


@pytest.mark.parametrize("fewest", [False, True])
@pytest.mark.parametrize("held", HELD)
def test_a_first_plan_that_breaks_a_rule_is_mended_to_no_less_than_a_greedy(
    held: str, fewest: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for later in ("_improve", "_whole", "_tighten"):
        monkeypatch.setattr(_Search, later, lambda *_, **__: None)
    monkeypatch.setattr(PlanTrials, "joined", lambda *_: None)  # as where time is short
    rules, people_left, jobs_left = HELD[held]
    people, jobs = people_and_jobs()
    least = greedy(
        [people[who] for who in PEOPLE if who not in people_left],
        [jobs[job] for job in JOBS if job not in jobs_left],
    )
    aims = [
        m.Aim(name="places", parts=(m.Part(measure="filled"),)),
        m.Aim(name="people", parts=(m.Part(measure="resources_used"),)),
    ]
    problem = m.Problem(
        units=(m.Unit(id="u"),), communities=(m.Community(id="c"),), resources=people, demands=jobs,
        rules=tuple(rules), objective=m.Objective(aims=tuple(aims) if fewest else ()),
    )  # fmt: skip
    plan = solve(problem, time_limit=600.0)
    assert verify(problem, plan).ok
    assert plan.outcome.goals[0].value >= least > 60


def test_a_packing_wishes_for_what_is_wanted_minimum_and_rest_together() -> None:
    """Three are wanted, one at least: one unit for the first goal, three from the second on."""
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[m.Resource(id=f"R{n}", unit="U", kind="person") for n in range(4)],
        demands=[
            m.Demand(
                id="D",
                community="C",
                requirements=[
                    m.Requirement(id="Q", kind="person", wanted=3, minimum=1)
                ],
            )
        ],
    )
    packing = packing_of(compile_case(Instance(problem), 100))
    assert packing is not None
    assert [wish.tolist() for wish in packing.wishes] == [[1], [3]]
