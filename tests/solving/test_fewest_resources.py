"""All that is asked for first, then as few resources as can be: the bound by hand, and plans no worse than a
greedy's.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from random_problems import seeded

import matchkit as mk
import matchkit.model as m
from matchkit.compile.general.bounds import HeldBounds
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.fewest import fewest, with_fewest
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.packing import costs as packing_costs
from matchkit.compile.general.packing import packing_of
from matchkit.compile.general.scheduling import steps
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.engines.program import FREE, Program
from matchkit.solvers.mip import regain
from matchkit.solvers.mip.exchange import replaced, without
from matchkit.solvers.mip.lexicographic import PLAIN
from matchkit.solvers.mip.packed import packed
from matchkit.solvers.mip.packing import PlainRows
from matchkit.solvers.mip.starts import FirstPlans
from matchkit.solvers.mip.state import Relaxed, SearchState, SearchTask
from matchkit.solvers.mip.trials import PlanTrials
from matchkit.solving import relaxations
from matchkit.solving.request import Budget, Request

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
Jobs = list[tuple[int, int]]
JOBS, WORKERS = (
    m.Aim(name="jobs", parts=(m.Part(measure="minimum"),)),
    m.Aim(name="workers", parts=(m.Part(measure="resources_used"),)),
)


@pytest.mark.parametrize(
    ("aims", "costs"), [((JOBS,), [3, 0]), ((JOBS, WORKERS), [1, 1])]
)
def test_using_a_resource_costs_its_activation_or_where_resources_are_counted_one(
    aims: tuple[m.Aim, ...], costs: list[int]
) -> None:
    problem = jobs_and_workers([(0, 60)], [{0}, {0}], aims=aims)
    dear = problem.resources[0].model_copy(update={"activation": 3})
    problem = problem.model_copy(update={"resources": (dear, problem.resources[1])})
    assert packing_costs(compile_case(Instance(problem), 10)).tolist() == costs


def jobs_and_workers(
    jobs: Jobs,
    can: list[set[int]],
    *rules: m.Rule,
    aims: tuple[m.Aim, ...] = (JOBS, WORKERS),
) -> m.Problem:
    """Jobs as (start, end) in minutes; a worker can do the jobs of a set, every job has a skill of its
    own.
    """
    windows = [
        m.Window(
            start=EPOCH + timedelta(minutes=start), end=EPOCH + timedelta(minutes=end)
        )
        for start, end in jobs
    ]
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(
                id=f"W{w:03}",
                unit="U",
                capacity=len(jobs),
                skills=[m.SkillLevel(skill=f"job {j}") for j in sorted(mine)],
            )
            for w, mine in enumerate(can)
        ],
        demands=[
            m.Demand(
                id=f"J{j:03}",
                community="C",
                windows=[window],
                requirements=[
                    m.Requirement(
                        id=f"J{j:03}",
                        minimum=1,
                        skills=[m.SkillLevel(skill=f"job {j}")],
                    )
                ],
            )
            for j, window in enumerate(windows)
        ],
        rules=rules,
        objective=m.Objective(aims=aims),
    )


def rosters(
    count: int, workers: int, seed: int, share: float = 0.66
) -> tuple[Jobs, list[set[int]]]:
    """Jobs cut from hidden rosters, so that as many workers can do them all; every worker can do this share
    of the others.
    """
    draw, jobs, own = seeded(seed), Jobs(), list[int]()
    for roster in range(count):
        at = draw.randrange(120)
        while at < 900:
            lasts = draw.randrange(120, 360)
            jobs.append((at, at + lasts))
            own.append(roster)
            at += lasts + draw.randrange(30)
    return jobs, [
        {j for j in range(len(jobs)) if own[j] == w or draw.random() < share}
        for w in range(workers)
    ]


def best_fit(jobs: Jobs, can: list[set[int]]) -> tuple[int, int]:
    """Jobs done and workers used where jobs go by start to the worker, used before if any is free, who became
    free last.
    """
    free, used, done = [-1] * len(can), set[int](), 0
    for job in sorted(range(len(jobs)), key=lambda job: jobs[job]):
        able = [w for w in range(len(can)) if job in can[w] and free[w] <= jobs[job][0]]
        if able:
            worker = max(able, key=lambda w: (w in used, free[w]))
            free[worker], done = jobs[job][1], done + 1
            used.add(worker)
    return done, len(used)


def bound(problem: m.Problem, before: int) -> int:
    return fewest(compile_case(Instance(problem), 10_000), (before,))


EVERYBODY = [{0, 1, 2, 3}] * 4
IN_A_ROW: Jobs = [(0, 60), (60, 120), (120, 180), (180, 240)]


def test_the_busiest_moment_bounds_the_resources_less_what_may_be_missing() -> None:
    """At minute 50 three of the four jobs go on; with one job missing two resources might do, and any job
    needs one.
    """
    problem = jobs_and_workers([(0, 60), (40, 90), (50, 120), (90, 150)], EVERYBODY)
    assert [bound(problem, done) for done in (4, 3, 1, 0)] == [3, 2, 1, 0]


def test_jobs_in_a_row_need_one_resource_and_two_where_all_must_rest_between() -> None:
    assert bound(jobs_and_workers(IN_A_ROW, EVERYBODY), 4) == 1
    assert bound(jobs_and_workers(IN_A_ROW, EVERYBODY, m.Rest(minutes=30)), 4) == 2


def test_a_rest_between_two_times_of_one_job_and_after_them_keeps_a_resource() -> None:
    """Job 0 takes 0 to 60 and 80 to 120, with the rest until 150: at 140 job 1 needs another."""
    problem = jobs_and_workers([(0, 60), (140, 200)], [{0, 1}] * 2, m.Rest(minutes=30))
    again = m.Window(
        start=EPOCH + timedelta(minutes=80), end=EPOCH + timedelta(minutes=120)
    )
    first, second = problem.demands
    first = first.model_copy(update={"windows": (*first.windows, again)})
    assert bound(problem, 2) == 1
    assert bound(problem.model_copy(update={"demands": (first, second)}), 2) == 2


def test_after_a_rest_to_the_minute_a_resource_is_free_again() -> None:
    """The blocks' time of the first job ends at the moment when the second begins."""
    case = compile_case(
        Instance(jobs_and_workers([(0, 60), (90, 150)], [{0, 1}], m.Rest(minutes=30))),
        10,
    )
    begin, end, _ = steps(case, case.left, case.facts.requirement[case.right])
    assert end[0] == begin[1]


@pytest.mark.parametrize(
    ("reached", "bounds", "looked"),
    [
        (
            (2, -1),
            (2, -1),
            False,
        ),  # all is proven, and blocks do not prove how few are used
        ((1, -1), (2, -1), True),
        ((2, -2), (2, -1), False),  # of workers blocks say nothing
        (None, None, True),
    ],
)
def test_blocks_are_priced_where_they_count_the_goal_that_is_open(
    reached: tuple[int, int] | None,
    bounds: tuple[int, int] | None,
    looked: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, asked = (
        compile_case(Instance(jobs_and_workers([(0, 60), (60, 120)], [{0, 1}])), 9),
        [],
    )
    monkeypatch.setattr(relaxations, "SMALL", 0)
    monkeypatch.setattr(
        relaxations, "solve_scheduling", lambda *given: asked.append(given)
    )
    request = Request("cpsat", 0, 0.0, Budget(), 3600.0, limited=False)
    assert (
        relaxations.block_relaxation(case, reached, bounds, Deadline(), request) is None
    )
    assert bool(asked) is looked


def test_a_rest_of_one_resource_alone_says_nothing() -> None:
    assert (
        bound(
            jobs_and_workers(IN_A_ROW, EVERYBODY, m.Rest(minutes=30, resource="W000")),
            4,
        )
        == 1
    )


def test_hours_and_capacities_bound_the_resources_too() -> None:
    """Four hours in all, two each: two resources; at one job each: four."""
    assert (
        bound(
            jobs_and_workers(
                IN_A_ROW, EVERYBODY, m.HoursBudget(minutes=120, per="all")
            ),
            4,
        )
        == 2
    )
    single = jobs_and_workers(IN_A_ROW, EVERYBODY)
    single = single.model_copy(
        update={
            "resources": tuple(
                one.model_copy(update={"capacity": 1}) for one in single.resources
            )
        }
    )
    assert bound(single, 4) == 4
    case = compile_case(Instance(single), 100)
    assert HeldBounds(case).of((4, 0), 1, Deadline()) == -4


def test_a_job_that_is_missing_takes_its_hours_with_it() -> None:
    """Two jobs of an hour, an hour each: one resource does one of them, two do both."""
    hour = m.HoursBudget(minutes=60, per="all")
    problem = jobs_and_workers([(0, 60), (100, 160)], [{0, 1}] * 2, hour)
    assert [bound(problem, done) for done in (2, 1)] == [2, 1]


def test_a_job_that_nobody_can_do_needs_nobody() -> None:
    problem = jobs_and_workers([(0, 60), (0, 60)], [{0}, {0}])
    assert with_fewest(compile_case(Instance(problem), 100), (1, 0)) == (1, -1)
    later = jobs_and_workers([(0, 60), (0, 60), (100, 160)], [{0, 1}] * 2)
    assert bound(later, 2) == 2  # both jobs that can be done begin together


@pytest.mark.parametrize("time_limit", [None, 20.0])
def test_a_tolerance_is_counted_from_what_can_be_reached_and_not_from_its_bound(
    time_limit: float | None,
) -> None:
    """One worker can do either of two jobs that overlap: one job at most, which a tolerance of one gives up
    for nobody at work.

    The flow's bound is two jobs; that one of two cannot be done without a worker bounds nothing here.
    """
    problem = jobs_and_workers(
        [(0, 60), (30, 90)],
        [{0, 1}],
        aims=(JOBS.model_copy(update={"tolerance": 1}), WORKERS),
    )
    plan = mk.solve(problem, time_limit=time_limit)
    assert [goal.value for goal in plan.outcome.goals] == [0, 0]
    assert plan.outcome.status == "optimal"


def test_rows_count_other_variables_as_they_leave_most_room() -> None:
    """x0 + x1 - u <= 0 with u at most 1 lets one of two pairs carry something; x0 - u <= 0 binds nothing."""
    program = Program(
        lower=np.zeros(3, np.int64),
        upper=np.ones(3, np.int64),
        gain=np.zeros(3, np.int64),
        first=np.array([0, 3, 5], np.int64),
        column=np.array([0, 1, 2, 0, 2], np.int32),
        coefficient=np.array([1, 1, -1, 1, -1], np.int64),
        low=np.full(2, -FREE),
        high=np.zeros(2, np.int64),
    )
    rows = PlainRows.of(program, 2)
    assert (
        rows.first.tolist(),
        rows.row.tolist(),
        rows.use.tolist(),
        rows.high.tolist(),
    ) == (
        [0, 1, 2],
        [0, 0],
        [1, 1],
        [1],
    )


def test_a_unit_pushes_out_another_that_finds_its_own_place() -> None:
    """Only W0 can do job 0 and is busy with job 1, which W1 can do too."""
    packing = packing_of(
        compile_case(Instance(jobs_and_workers([(0, 60), (30, 90)], [{0, 1}, {1}])), 10)
    )
    assert packing is not None
    start, missing = np.array([0, 1, 0], np.int64), np.array([1, 0], np.int64)
    found, left = replaced(
        packing,
        start,
        missing,
        np.ones(3, np.bool_),
        Deadline(),
        np.random.default_rng(0),
    )
    assert (found.tolist(), left) == ([1, 0, 1], 0)


def test_only_whom_a_travel_rule_names_is_kept_from_jobs_that_lie_too_far_apart() -> (
    None
):
    """11 km in ten minutes; W0 moves at 5 km an hour, of W1 nothing is said."""
    problem = jobs_and_workers(
        [(0, 60), (70, 130)], [{0, 1}] * 2, m.Travel(resource="W000", kmh=5)
    )
    places = m.Place(lat=30, lon=100), m.Place(lat=30.1, lon=100)
    demands = [
        demand.model_copy(update={"place": place})
        for demand, place in zip(problem.demands, places, strict=True)
    ]
    packing = packing_of(
        compile_case(
            Instance(problem.model_copy(update={"demands": tuple(demands)})), 10
        )
    )
    assert packing is not None
    assert [bool(packing.meets[level][0, 1]) for level in packing.level] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("rule", "units", "workers"),
    [
        (None, 4, 1),
        (m.Rest(minutes=30), 4, 2),
        (m.HoursBudget(minutes=120, per="all"), 4, 2),
        (m.CountBudget(most=1, per="all"), 4, 4),
        (m.UnitCap(unit="U", most=3), 3, 1),
        (m.Lock(resource="W002", requirement="J001"), 4, 1),
    ],
    ids=["no rule", "rest", "hours", "count", "cap", "lock"],
)
def test_a_packed_plan_keeps_hard_rules_and_uses_few(
    rule: m.Rule | None, units: int, workers: int
) -> None:
    """Four jobs in a row, four workers who can do each: by hand."""
    problem = jobs_and_workers(IN_A_ROW, EVERYBODY, *([rule] if rule else []))
    case = compile_case(Instance(problem), 100)
    packing = packing_of(case)
    assert packing is not None
    for backward in (False, True):
        quantity = packed(packing, Deadline(), backward=backward)
        chosen = np.flatnonzero(quantity)
        assert (
            PlanTrials(case, PLAIN).as_it_is(quantity, Deadline()) is not None
        )  # it breaks no rule
        assert (int(quantity.sum()), len(np.unique(case.left[chosen]))) == (
            units,
            workers,
        )
        if isinstance(rule, m.Lock):
            assert case.left[chosen].tolist() == [2] * 4


@pytest.mark.parametrize("seed", range(4))
def test_all_jobs_are_done_by_no_more_workers_than_a_greedy_uses(seed: int) -> None:
    jobs, can = rosters(14, 17, seed)
    problem = jobs_and_workers(jobs, can)
    plan = mk.solve(problem, time_limit=6)
    done, used = best_fit(jobs, can)
    assert mk.verify(problem, plan).ok
    assert len(plan.assignments) == len(jobs) >= done
    assert len({pair.resource for pair in plan.assignments}) <= used


def test_a_lower_goal_costs_a_higher_one_nothing() -> None:
    """Two workers can do all five jobs by hand; whatever comes after the jobs, all are done."""
    jobs, can = (
        [(0, 50), (0, 70), (50, 90), (70, 120), (90, 130)],
        [{0, 2, 4}, {1, 3}, {0, 1}, {2, 3}],
    )
    for later in (
        (),
        (WORKERS,),
        (WORKERS, m.Aim(name="weight", parts=(m.Part(measure="weight"),))),
    ):
        plan = mk.solve(jobs_and_workers(jobs, can, aims=(JOBS, *later)), time_limit=20)
        assert plan.outcome.goals[0].value == plan.outcome.goals[0].bound == 5
        assert (
            not later
            or plan.outcome.goals[1].value == plan.outcome.goals[1].bound == -2
        )


def test_left_nodes_are_emptied_one_by_one_down_to_what_the_busiest_moment_takes() -> (
    None
):
    """From a plan that gives every job a worker of its own: 12 rosters, so no moment has more than 12
    jobs.
    """
    jobs, can = rosters(12, 60, 5, share=1.0)
    most = max(sum(start <= moment < end for start, end in jobs) for moment, _ in jobs)
    packing = packing_of(compile_case(Instance(jobs_and_workers(jobs, can)), 10_000))
    assert packing is not None
    quantity = np.zeros(len(packing.left), np.int64)
    quantity[packing.left == packing.right] = 1
    used = [len(jobs)]
    generator = np.random.default_rng(0)
    while used[-1] > most:
        found = without(packing, quantity, 1, 0, generator)
        assert found is not None, used
        rest, missing, stays = found
        quantity, left = replaced(packing, rest, missing, stays, Deadline(), generator)
        assert left == 0, used
        assert np.bincount(
            packing.right[quantity > 0], minlength=len(jobs)
        ).tolist() == [1] * len(jobs)
        used.append(len(np.unique(packing.left[quantity > 0])))
    assert used == list(range(len(jobs), most - 1, -1))


@pytest.mark.parametrize("at_once", [0, 10_000])
@pytest.mark.parametrize("seed", [0, 1])
def test_what_exchanges_leave_undone_is_done_by_neighbourhoods_in_time(
    at_once: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """14 rosters, and 14 jobs at the busiest moment: exchanges alone end at 15 workers. Twice the same."""
    monkeypatch.setattr(regain, "AT_ONCE", at_once)
    jobs, can = rosters(14, 17, seed, share=0.5)
    case = compile_case(Instance(jobs_and_workers(jobs, can)), 10_000)
    found = []
    for _ in range(2):
        state, first = _begun(case, (len(jobs), -14))
        assert (state.goals, first.costs_are_next()) == ((len(jobs), -15), True)
        first.regain(Deadline())
        assert state.goals == (len(jobs), -14)
        found.append(state.quantity)
    assert np.array_equal(*found)


def test_fewer_resources_with_an_activation_are_used() -> None:
    """The same where every worker costs 1000 in the weight, and nothing else counts there."""
    jobs, can = rosters(14, 17, 0, share=0.5)
    weight = m.Aim(name="weight", parts=(m.Part(measure="weight"),))
    problem = jobs_and_workers(jobs, can, aims=(JOBS, weight))
    costly = [one.model_copy(update={"activation": 1000}) for one in problem.resources]
    problem = problem.model_copy(update={"resources": tuple(costly)})
    case = compile_case(Instance(problem), 10_000)
    worth = len(jobs) * int(case.weight[0])
    assert (case.weight == case.weight[0]).all()
    state, first = _begun(case, (len(jobs), worth - 14_000))
    assert state.goals == (len(jobs), worth - 15_000)
    first.regain(Deadline())
    assert state.goals == (len(jobs), worth - 14_000)


def _begun(
    case: IntegerModel, bounds: tuple[int, int]
) -> tuple[SearchState, FirstPlans]:
    """A search after its first plans and exchanges."""
    task = SearchTask(
        case, Deadline(), relaxed=Relaxed(bounds, None), packing=packing_of(case)
    )
    state = SearchState(task)
    first = FirstPlans(state)
    first.begin()
    first.exchange(Deadline())
    return state, first


@pytest.mark.parametrize("time_limit", [None, 60.0])
def test_no_pair_of_a_better_plan_is_left_out_for_the_bound_of_the_resources_used(
    time_limit: float | None,
) -> None:
    """By hand: of three jobs at 8 that only A can do one is done, so five jobs in all; A does three of them,
    two others one each.

    The flow fills six, and what a pair loses is measured from there: A must be left the job that is worth
    most with A.
    """
    hours = {"a": 8, "b": 8, "c": 8, "d": 10, "x": 12, "y": 14, "z": 16}

    def skilled(name: str, capacity: int, jobs: str) -> m.Resource:
        return m.Resource(
            id=name,
            unit="U",
            capacity=capacity,
            skills=[m.SkillLevel(skill=job) for job in jobs],
        )

    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            skilled("A", 3, "abcdxyz"),
            *(skilled(f"{job}{n}", n, job) for job in "xyz" for n in (1, 2)),
        ],
        demands=[
            m.Demand(
                id=job,
                community="C",
                windows=[
                    m.Window(
                        start=EPOCH + timedelta(hours=hour),
                        end=EPOCH + timedelta(hours=hour + 1),
                    )
                ],
                requirements=[m.Requirement(id=job, skills=[m.SkillLevel(skill=job)])],
            )
            for job, hour in hours.items()
        ],
        scores=[
            m.Scores(resource="A", requirements=["x", "y", "z"], points=[0, 5000, 0])
        ],
        objective=m.Objective(
            aims=tuple(
                m.Aim(name=measure, parts=(m.Part(measure=measure),))
                for measure in ("filled", "resources_used", "weight")
            )  # type: ignore[arg-type]
        ),
    )
    plan = mk.solve(problem, time_limit=time_limit)
    assert [goal.value for goal in plan.outcome.goals][:2] == [5, -3]
    assert ("A", "y") in {
        (entry.resource, entry.requirement) for entry in plan.assignments
    }
    assert plan.outcome.status == "optimal"
