"""A large case's first plan: among the best pairs of every slot, whom few can serve first, by those who can
serve few.
"""

from __future__ import annotations

import importlib
import time
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from rule_problems import rule_problem

import matchkit.model as m
from matchkit import verify
from matchkit.compile.general import packing
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.packing import locked, near_pairs, packing_of
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.solvers.mip.exchange import replaced
from matchkit.solvers.mip.packed import packed
from matchkit.solvers.mip.state import NONE, SearchTask
from matchkit.solving.conductor import conduct
from matchkit.solving.request import Budget, Request, SolveContext

PAIRS = 10**6


def two_jobs() -> m.Problem:
    """W1 can do both jobs, which are at one time, and is the better one for J1; W2 can do J1 only."""
    window = m.Window(
        start=datetime(2026, 5, 1, 8, tzinfo=UTC),
        end=datetime(2026, 5, 1, 9, tzinfo=UTC),
    )
    jobs = {"J1": "any", "J2": "rare"}
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(
                id="W1",
                unit="U",
                skills=[m.SkillLevel(skill="any"), m.SkillLevel(skill="rare")],
            ),
            m.Resource(id="W2", unit="U", skills=[m.SkillLevel(skill="any", level=3)]),
        ],
        demands=[
            m.Demand(
                id=name,
                community="C",
                windows=[window],
                requirements=[
                    m.Requirement(id=name, skills=[m.SkillLevel(skill=skill)])
                ],
            )
            for name, skill in jobs.items()
        ],
    )


def test_whom_few_can_serve_is_served_first() -> None:
    case = compile_case(Instance(two_jobs()), PAIRS)
    packing = packing_of(case)
    assert packing is not None
    assert case.left.tolist() == [0, 0, 1]  # W1: J1 and J2; W2: J1
    assert packed(packing, Deadline(), scarce=True).tolist() == [0, 1, 1]


@pytest.mark.parametrize("seed", [70020, 70021, 70022])
def test_near_pairs_are_the_best_of_every_slot(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "ALL", 0)
    monkeypatch.setattr(packing, "NEAR", 1)
    monkeypatch.setattr(packing, "TIMES", 1)
    monkeypatch.setattr(packing, "AMONG", 10**6)
    case = compile_case(Instance(rule_problem(seed, large=True)), PAIRS)
    wanted = case.needs[0][case.facts.requirement]
    people = int(case.left.max()) + 1
    expected = set(np.flatnonzero(locked(case)).tolist())

    def key(pair: int) -> tuple[int, int]:
        """The greatest weight first; of equal ones each slot begins with another resource."""
        return -int(case.weight[pair]), int(
            case.left[pair] + case.right[pair] * packing.TURN
        ) % people

    for slot in np.unique(case.right).tolist():
        mine = np.flatnonzero(case.right == slot).tolist()
        expected |= set(sorted(mine, key=key)[: 1 + int(wanted[slot])])
    assert near_pairs(case).tolist() == sorted(expected)


def alike(*rules: m.Rule, people: int = 300, slots: int = 150) -> m.Problem:
    """People who are all alike, and slots all at one time."""
    start = datetime(2026, 5, 4, 8, tzinfo=UTC)
    window = m.Window(start=start, end=start + timedelta(hours=1))
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(id=f"P{number:03}", unit="U", capacity=2)
            for number in range(people)
        ],
        demands=[
            m.Demand(
                id=f"D{number:03}",
                community="C",
                windows=[window],
                requirements=[m.Requirement(id=f"Q{number:03}")],
            )
            for number in range(slots)
        ],
        rules=rules,
    )


@pytest.mark.parametrize("people", [300, 360])
def test_slots_that_want_the_same_people_are_packed_from_different_ones(
    people: int,
) -> None:
    case = compile_case(Instance(alike(people=people)), 10**6)
    packing = packing_of(case.part(near_pairs(case)))
    assert packing is not None
    assert int(packed(packing, Deadline()).sum()) == 150


def test_what_is_locked_is_among_the_few_pairs() -> None:
    case = compile_case(
        Instance(alike(m.Lock(resource="P299", requirement="Q000"))), 10**6
    )
    [pair] = np.flatnonzero(locked(case))
    assert (case.left[pair], case.right[pair]) == (299, 0)
    found = near_pairs(case)
    assert pair in found
    packing = packing_of(case.part(found))
    assert packing is not None
    plan = packed(packing, Deadline())
    assert plan[np.searchsorted(found, pair)] == 1
    assert plan.sum() == 150


def test_where_using_people_costs_all_pairs_are_near() -> None:
    """150 jobs one after another: one person can do them all, whom no few pairs of each slot would hold."""
    start = datetime(2026, 5, 4, tzinfo=UTC)
    made = alike()
    problem = m.Problem(
        units=made.units,
        communities=made.communities,
        resources=[
            m.Resource(id=one.id, unit="U", capacity=150) for one in made.resources
        ],
        demands=[
            m.Demand(
                id=one.id,
                community="C",
                windows=[
                    m.Window(
                        start=start + timedelta(hours=number),
                        end=start + timedelta(hours=number + 1),
                    )
                ],
                requirements=one.requirements,
            )
            for number, one in enumerate(made.demands)
        ],
        objective=m.Objective(
            aims=(
                m.Aim(name="jobs", parts=(m.Part(measure="filled"),)),
                m.Aim(name="people", parts=(m.Part(measure="resources_used"),)),
            )
        ),
    )
    case = compile_case(Instance(problem), PAIRS)
    chosen = near_pairs(case)
    packing = packing_of(case.part(chosen))
    assert packing is not None
    quantity = packed(packing, Deadline())
    assert (quantity.sum(), len(np.unique(packing.left[quantity > 0]))) == (150, 1)


def hours(
    *demands: tuple[str, int, int, bool],
    people: tuple[str, ...],
    rules: tuple[m.Rule, ...] = (),
) -> m.Problem:
    """Jobs by id and the hours from when to when they may be, of one hour, flexible or not; whom ids name can
    do all of them.
    """
    start = datetime(2026, 5, 4, tzinfo=UTC)
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[m.Resource(id=name, unit="U", capacity=9) for name in people],
        demands=[
            m.Demand(
                id=name,
                community="C",
                windows=[
                    m.Window(
                        start=start + timedelta(hours=begin),
                        end=start + timedelta(hours=end),
                    )
                ],
                requirements=[m.Requirement(id=name)],
                **({"minutes": 60} if flexible else {}),
            )
            for name, begin, end, flexible in demands
        ],
        rules=rules,
    )


def test_locks_of_flexible_demands_take_starts_that_fit_together() -> None:
    """F and G may begin at 8 or 9 and at 8, 9 or 10; A has to do both, and J at 8: only F at 9 and G at 10
    are left.
    """
    locks = tuple(m.Lock(resource="A", requirement=name) for name in ("G", "F", "J"))
    case = compile_case(
        Instance(
            hours(
                ("G", 8, 11, True),
                ("F", 8, 10, True),
                ("J", 8, 9, False),
                people=("A",),
                rules=locks,
            )
        ),
        PAIRS,
    )
    packing = packing_of(case)
    assert packing is not None
    chosen = packing.right[packed(packing, Deadline()) > 0]
    begins = {
        case.lists.slots[slot].requirement.id: int(packing.begin[slot]) // 3600 % 24
        for slot in chosen.tolist()
    }
    assert begins == {"G": 10, "F": 9, "J": 8}


def test_what_is_locked_is_carried_at_one_start_alone() -> None:
    """Two are wanted, A is locked to be one of them, and would have time at 8 and at 9."""
    made = hours(
        ("F", 8, 10, True),
        people=("A",),
        rules=(m.Lock(resource="A", requirement="F"),),
    )
    wanted = m.Requirement(id="F", wanted=2)
    one = made.demands[0].model_copy(update={"requirements": (wanted,)})
    case = compile_case(Instance(made.model_copy(update={"demands": (one,)})), PAIRS)
    packing = packing_of(case)
    assert packing is not None
    assert packed(packing, Deadline()).tolist() == [1, 0]


def test_a_case_with_too_many_matrices_of_slots_is_not_packed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One matrix of 2 slots where all travel alike, two where B is slower."""
    packer = importlib.import_module("matchkit.compile.general.packing")
    monkeypatch.setattr(packer, "MOST_CELLS", 7)
    alike, slower = m.Travel(kmh=40), m.Travel(kmh=4, resource="B")
    for rules, packs in (((alike,), True), ((alike, slower), False)):
        made = hours(
            ("F", 8, 9, False), ("J", 9, 10, False), people=("A", "B"), rules=rules
        )
        assert (packing_of(compile_case(Instance(made), PAIRS)) is not None) is packs


def test_exchanges_begin_a_flexible_demand() -> None:
    """A does J and could do F, which is at the same time; B can do J alone: B takes J over, and A
    begins F.
    """
    case = compile_case(
        Instance(hours(("F", 8, 9, True), ("J", 8, 9, False), people=("A", "B"))), PAIRS
    )
    assert (case.left.tolist(), case.right.tolist()) == ([0, 0, 1, 1], [0, 1, 0, 1])
    packing = packing_of(case.part(np.array([0, 1, 3])))
    assert packing is not None
    missing = packing.missing(np.array([0, 1, 0]), packing.wishes[-1])
    assert missing.tolist() == [1, 0]
    better, left = replaced(
        packing,
        np.array([0, 1, 0]),
        missing,
        np.ones(3, np.bool_),
        Deadline(),
        np.random.default_rng(0),
    )
    assert (better.tolist(), left) == ([1, 0, 1], 0)


def test_of_an_event_units_lack_at_the_start_that_it_has() -> None:
    """F begun at 9 lacks its second unit at 9; not begun, at the start with most pairs."""
    case = compile_case(Instance(hours(("F", 8, 11, True), people=("A", "B"))), PAIRS)
    packing = packing_of(case)
    assert packing is not None
    wish = np.array([2])
    assert packing.right.tolist() == [0, 1, 2, 0, 1, 2]
    assert packing.missing(np.array([0, 1, 0, 0, 0, 0]), wish).tolist() == [0, 1, 0]
    fewer = packing_of(case.part(np.array([0, 2, 5])))
    assert fewer is not None
    assert fewer.missing(np.zeros(3, np.int64), wish).tolist() == [0, 0, 2]


@pytest.mark.parametrize(("each", "programs"), [(1e9, [0]), (0.0, [0, 6])])
def test_a_program_of_all_pairs_is_begun_only_with_time_for_it(
    each: float, programs: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No pairs keep no lock, so all six would be next."""
    module = importlib.import_module("matchkit.solvers.mip.search")
    monkeypatch.setattr(module, "EACH", each)
    case, begun = (
        compile_case(
            Instance(
                alike(m.Lock(resource="P002", requirement="Q000"), people=3, slots=2)
            ),
            PAIRS,
        ),
        [],
    )
    write = case.formulation
    monkeypatch.setattr(
        case,
        "formulation",
        lambda pairs, fixed: (begun.append(len(pairs)), write(pairs, fixed))[1],
    )
    search = module._Search(
        SearchTask(case, Deadline(time.monotonic() + 3600), options=NONE)
    )
    assert not search._nothing()  # nothing says that the rules cannot be kept
    assert begun == programs
    assert (search._state.quantity is None) == (len(programs) == 1)


def test_of_far_too_many_pairs_of_a_slot_only_some_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = compile_case(Instance(rule_problem(70020, large=True)), PAIRS)
    monkeypatch.setattr(packing, "AMONG", 1)
    monkeypatch.setattr(packing, "ALL", 0)
    monkeypatch.setattr(packing, "NEAR", 1)
    monkeypatch.setattr(packing, "TIMES", 0)
    found = near_pairs(case)
    counts = np.bincount(
        case.right[np.setdiff1d(found, np.flatnonzero(locked(case)))],
        minlength=len(case.facts.requirement),
    )
    assert counts.max() == 1
    assert set(found.tolist()) <= set(range(len(case.left)))


@pytest.mark.parametrize("seed", [70020, 70022, 70023])
def test_a_large_case_is_solved_from_few_pairs_and_keeps_its_rules(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("matchkit.solving.general", "matchkit.solving.relaxations"):
        monkeypatch.setattr(importlib.import_module(name), "WHOLE", 0)
    monkeypatch.setattr(packing, "ALL", 0)
    monkeypatch.setattr(packing, "NEAR", 2)
    monkeypatch.setattr(packing, "TIMES", 0)
    problem = rule_problem(seed, large=True)
    general, looked = importlib.import_module("matchkit.solving.general"), []
    monkeypatch.setattr(
        general, "near_pairs", lambda case: looked.append(case) or near_pairs(case)
    )
    now = time.monotonic()
    plan = conduct(
        problem,
        Request("cpsat", 0, 0.0, Budget(), 3600.0, limited=False),
        SolveContext(now, now + 3600),
    )
    whole = conduct(
        problem,
        Request("cpsat", 0, 0.0, Budget(), 3600.0, limited=False, search_options=NONE),
        SolveContext(now, now + 3600),
    )
    assert looked
    assert verify(problem, plan).ok
    assert [goal.value for goal in plan.outcome.goals] == [
        goal.value for goal in whole.outcome.goals
    ]
