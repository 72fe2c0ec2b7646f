"""A large case's first plan: among the best pairs of every slot, whom few can serve first, by those who can serve few."""

from __future__ import annotations

import importlib
import time
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from rule_problems import rule_problem

import matchkit.model as m
from matchkit import verify
from matchkit.compile.general import near
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.near import near_pairs
from matchkit.compile.general.packing import locked, packing_of
from matchkit.matching.search.clock import Clock
from matchkit.matching.search.packed import packed
from matchkit.matching.search.tactics import NONE
from matchkit.solve.budget import Budget
from matchkit.solve.conductor import conduct
from matchkit.solve.request import Course, Request

PAIRS = 10**6


def two_jobs() -> m.Problem:
    """W1 can do both jobs, which are at one time, and is the better one for J1; W2 can do J1 only."""
    window = m.Window(start=datetime(2026, 5, 1, 8, tzinfo=UTC), end=datetime(2026, 5, 1, 9, tzinfo=UTC))
    jobs = {"J1": "any", "J2": "rare"}
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(id="W1", unit="U", skills=[m.SkillLevel(skill="any"), m.SkillLevel(skill="rare")]),
            m.Resource(id="W2", unit="U", skills=[m.SkillLevel(skill="any", level=3)]),
        ],
        demands=[
            m.Demand(id=name, community="C", windows=[window], requirements=[m.Requirement(id=name, skills=[m.SkillLevel(skill=skill)])])
            for name, skill in jobs.items()
        ],
    )


def test_whom_few_can_serve_is_served_first() -> None:
    case = compile_case(two_jobs(), PAIRS)
    packing = packing_of(case)
    assert packing is not None
    assert case.left.tolist() == [0, 0, 1]  # W1: J1 and J2; W2: J1
    assert packed(packing, Clock(), scarce=True).tolist() == [0, 1, 1]


@pytest.mark.parametrize("seed", [70020, 70021, 70022])
def test_near_pairs_are_the_best_of_every_slot(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "NEAR", 1)
    monkeypatch.setattr(near, "TIMES", 1)
    monkeypatch.setattr(near, "AMONG", 10**6)
    case = compile_case(rule_problem(seed, large=True), PAIRS)
    wanted = case.needs[0][case.facts.requirement]
    people = int(case.left.max()) + 1
    expected = set(np.flatnonzero(locked(case)).tolist())

    def key(pair: int) -> tuple[int, int]:
        """The greatest weight first; of equal ones each slot begins with another resource."""
        return -int(case.weight[pair]), int(case.left[pair] + case.right[pair] * near.TURN) % people

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
        resources=[m.Resource(id=f"P{number:03}", unit="U", capacity=2) for number in range(people)],
        demands=[
            m.Demand(id=f"D{number:03}", community="C", windows=[window], requirements=[m.Requirement(id=f"Q{number:03}")])
            for number in range(slots)
        ],
        rules=rules,
    )


def test_slots_that_want_the_same_people_are_packed_from_different_ones() -> None:
    case = compile_case(alike(), 10**6)
    packing = packing_of(case.part(near_pairs(case)))
    assert packing is not None
    assert int(packed(packing, Clock()).sum()) == 150


def test_what_is_locked_is_among_the_few_pairs() -> None:
    case = compile_case(alike(m.Lock(resource="P299", requirement="Q000")), 10**6)
    [pair] = np.flatnonzero(locked(case))
    assert (case.left[pair], case.right[pair]) == (299, 0)
    found = near_pairs(case)
    assert pair in found
    packing = packing_of(case.part(found))
    assert packing is not None
    plan = packed(packing, Clock())
    assert plan[np.searchsorted(found, pair)] == 1
    assert plan.sum() == 150


def test_of_far_too_many_pairs_of_a_slot_only_some_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    case = compile_case(rule_problem(70020, large=True), PAIRS)
    monkeypatch.setattr(near, "AMONG", 1)
    monkeypatch.setattr(near, "NEAR", 1)
    monkeypatch.setattr(near, "TIMES", 0)
    found = near_pairs(case)
    counts = np.bincount(case.right[np.setdiff1d(found, np.flatnonzero(locked(case)))], minlength=len(case.facts.requirement))
    assert counts.max() == 1
    assert set(found.tolist()) <= set(range(len(case.left)))


@pytest.mark.parametrize("seed", [70020, 70022, 70023])
def test_a_large_case_is_solved_from_few_pairs_and_keeps_its_rules(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    general = importlib.import_module("matchkit.solve.general")
    monkeypatch.setattr(general, "WHOLE", 0)
    monkeypatch.setattr(near, "NEAR", 2)
    monkeypatch.setattr(near, "TIMES", 0)
    problem = rule_problem(seed, large=True)
    now = time.monotonic()
    plan = conduct(problem, Request("cpsat", 0, 0.0, Budget(), 3600.0, limited=False), Course(now, now + 3600))
    whole = conduct(problem, Request("cpsat", 0, 0.0, Budget(), 3600.0, limited=False, tactics=NONE), Course(now, now + 3600))
    assert verify(problem, plan).ok
    assert [goal.value for goal in plan.outcome.goals] == [goal.value for goal in whole.outcome.goals]
