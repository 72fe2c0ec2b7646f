"""Several searches of one program by CP-SAT: one model, no work past the deadline, and no answer where they
contradict each other.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from matchkit.deadline import Deadline
from matchkit.engines import cpsat
from matchkit.engines.program import FREE, MipResult, Program
from matchkit.errors import EngineError
from matchkit.solvers.mip import lexicographic
from matchkit.solvers.mip.formulation import Formulation, GoalRow

Patch = pytest.MonkeyPatch


def stable_set(nodes: int = 30) -> Program:
    """The largest set of nodes of a ring with chords no two of which are joined: a row for every edge."""
    edges = [(node, (node + step) % nodes) for node in range(nodes) for step in (1, 7)]
    return Program(
        np.zeros(nodes, np.int64),
        np.ones(nodes, np.int64),
        np.ones(nodes, np.int64),
        np.arange(0, 2 * len(edges) + 1, 2),
        np.array(edges, np.int32).ravel(),
        np.ones(2 * len(edges), np.int64),
        np.full(len(edges), -FREE),
        np.ones(len(edges), np.int64),
    )


VALUES = np.ones(1, np.int64)
BETTER = MipResult("feasible", VALUES, 3, 5, interrupted=True)


def test_a_model_is_built_once_however_often_it_is_searched(monkeypatch: Patch) -> None:
    built, searched = [], []
    build, solve = cpsat._model, cpsat._solved
    monkeypatch.setattr(
        cpsat, "_model", lambda *given: (built.append(1), build(*given))[1]
    )
    monkeypatch.setattr(
        cpsat, "_solved", lambda *given: (searched.append(1), solve(*given))[1]
    )
    monkeypatch.setattr(lexicographic, "ROUND", 1e-4)
    found = lexicographic._by_levels(
        stable_set(), Deadline(), lexicographic.PLAIN, None
    )
    # Nodes 0, 2, ..., 28 of an even ring, chords of odd length: 15 of 30, and no more as the ring has 15
    # edges that share no node.
    assert (found.status, found.objective, found.bound) == ("optimal", 15, 15)
    assert len(searched) > 1
    assert len(built) == 1


def test_a_search_ends_at_an_objective_that_is_enough() -> None:
    """Any plan of at least 3 of the 15 nodes ends it, before anything is proved."""
    found = cpsat.Model(stable_set()).solve(enough=3, presolve=False)
    assert found.objective is not None
    assert found.objective >= 3
    assert found.bound is not None and found.bound >= 15


def test_what_is_enough_ends_the_rounds(monkeypatch: Patch) -> None:
    said = MipResult("feasible", VALUES, 3, 5, interrupted=True)
    monkeypatch.setattr(lexicographic, "_engine", lambda *_: said)
    found = lexicographic._by_levels(
        stable_set(), Deadline(), lexicographic.PLAIN, None, 3
    )
    assert (found.objective, found.bound) == (3, 5)


@pytest.mark.parametrize(
    ("bounds", "asked"),
    [
        ({2: 7, 1: 9}, [2, 1, 2, 2]),
        ({2: 9, 1: 7}, [2, 1, 1, 1]),
        ({2: 7, 1: 7}, [2, 1, 2, 1, 2, 1]),
        ({2: None, 1: 7}, [2, 1, 1, 1]),
        ({2: None, 1: None}, [2, 1, 2, 1, 2, 1]),
    ],
)
def test_a_level_whose_bound_is_not_as_close_as_anothers_is_left_out(
    bounds: dict[int, int | None], asked: list[int], monkeypatch: Patch
) -> None:
    levels: list[int] = []

    def said(*given: object) -> MipResult:
        level = given[5]
        assert isinstance(level, int)
        levels.append(level)
        return MipResult("feasible", VALUES, 3, bounds[level], interrupted=True)

    monkeypatch.setattr(lexicographic, "_engine", said)
    effort = lexicographic.Effort(rounds=3)
    lexicographic._by_levels(stable_set(), Deadline(), effort, None)
    assert levels == asked


def test_hints_of_one_search_are_not_those_of_the_next() -> None:
    program, model = stable_set(), cpsat.Model(stable_set())
    for hint in (np.ones(30, np.int64), np.arange(30) % 2, None):
        found = model.solve(hint=hint)
        assert found.objective == 15
        assert found.value is not None and program.keeps(found.value)


def test_a_gain_that_was_reached_is_held_while_the_next_is_raised(
    monkeypatch: Patch,
) -> None:
    """15 nodes are the most, which only the even ones or the odd ones are; node 1 is worth more than node 0
    then.
    """
    model = cpsat.Model(stable_set())
    assert model.solve().objective == 15
    build = cpsat._model
    monkeypatch.setattr(cpsat, "_model", lambda *_: pytest.fail("it was built again"))
    model.then(np.array([2, 3] + [0] * 28), 15)
    found = model.solve()
    assert found.value is not None
    assert (found.objective, found.value.tolist()) == (3, [0, 1] * 15)
    monkeypatch.setattr(cpsat, "_model", build)
    later = cpsat.Model(stable_set())
    later.then(np.array([2, 3] + [0] * 28), 15)  # before it is built
    assert later.solve().objective == 3


def test_no_model_is_built_past_the_deadline_and_none_half_built_is_searched(
    monkeypatch: Patch,
) -> None:
    monkeypatch.setattr(cpsat, "LOOK", 1)
    monkeypatch.setattr(cpsat, "_solved", lambda *_: pytest.fail("it was searched"))
    looks = []

    def late() -> bool:
        looks.append(1)
        return len(looks) > 10

    found = cpsat.Model(stable_set()).solve(stop=late)
    assert (found.status, found.value, found.interrupted) == ("unknown", None, True)
    assert len(looks) == 11  # of 60 rows, each of which is looked at
    monkeypatch.setattr(cpsat, "_model", lambda *_: pytest.fail("it was built"))
    assert cpsat.Model(stable_set()).solve(seconds=0.0).status == "unknown"


@pytest.mark.parametrize(
    "other",
    [
        MipResult("infeasible", None, None, None),
        MipResult("feasible", VALUES, 2, 2),
        MipResult("unknown", None, None, 2),
    ],
)
def test_two_searches_of_which_one_contradicts_the_other_are_no_answer(
    other: MipResult,
) -> None:
    with pytest.raises(EngineError, match=lexicographic.CONTRADICTION.text()):
        lexicographic._joined(BETTER, other)


@pytest.mark.parametrize(
    ("other", "status", "objective", "bound"),
    [
        (MipResult("feasible", VALUES, 2, 3), "optimal", 3, 3),
        (MipResult("unknown", None, None, 4, interrupted=True), "feasible", 3, 4),
        (MipResult("feasible", VALUES, 4, 6, interrupted=True), "feasible", 4, 5),
    ],
)
def test_two_searches_that_agree_give_the_better_values_and_the_closer_bound(
    other: MipResult, status: str, objective: int, bound: int
) -> None:
    found = lexicographic._joined(BETTER, other)
    assert (found.status, found.objective, found.bound) == (status, objective, bound)


@pytest.mark.parametrize(
    "said",
    [
        lambda: MipResult("infeasible", None, None, None),
        lambda: MipResult("unknown", None, None, 1, interrupted=True),
    ],
)
def test_an_engine_that_contradicts_the_plan_it_began_with_gives_no_answer(
    said: Callable[[], MipResult], monkeypatch: Patch
) -> None:
    """The plan has 2 of the goal; the engine says that nothing keeps the program, or that nothing has more
    than 1.
    """
    program = stable_set()
    goal = GoalRow("nodes", program.gain, 0, 30)
    start = np.isin(np.arange(30), (0, 2)).astype(np.int64)
    monkeypatch.setattr(lexicographic, "_solved", lambda *_: said())
    with pytest.raises(EngineError, match=lexicographic.CONTRADICTION.text()):
        lexicographic.lexicographic_solve(
            Formulation(program, (goal,), 30),
            Deadline(time.monotonic() + 3600),
            start=start,
            reached=(2,),
        )


class Beside:
    """An engine of another kind that gives one answer, and how often it was asked for how many seconds."""

    name, levels = "beside", (None,)

    def __init__(self, answer: MipResult) -> None:
        self.answer, self.seconds = answer, list[float]()

    def model(self, _: Program) -> Beside:
        return self

    def solve(self, *, seconds: float, **_: object) -> MipResult:
        self.seconds.append(seconds)
        return self.answer


SETS = np.arange(30) % 2 == 0
PROVED = MipResult("optimal", SETS.astype(np.int64), 15, 15)
OPEN = MipResult("feasible", SETS.astype(np.int64), 15, 16)
"""As a bound in floating point may be, though the engine has ended."""


@pytest.mark.parametrize(
    ("answer", "limit", "turns"), [(PROVED, 60, 1), (OPEN, 60, 1), (PROVED, None, 0)]
)
def test_an_engine_of_another_kind_has_one_turn_where_time_is_limited(
    monkeypatch: Patch, answer: MipResult, limit: float | None, turns: int
) -> None:
    """What it leaves open the exact engine proves."""
    monkeypatch.setattr(lexicographic, "LARGE", 30)
    monkeypatch.setattr(lexicographic, "ROUND", 1e-6)
    beside = Beside(answer)
    effort = lexicographic.Effort(beside=beside)  # type: ignore[arg-type]
    deadline = Deadline.within(limit)
    found = lexicographic._by_levels(stable_set(), deadline, effort, None)
    assert (found.status, found.objective, found.bound) == ("optimal", 15, 15)
    assert len(beside.seconds) == turns
    most = lexicographic.TURN * 60
    assert all(seconds <= most for seconds in beside.seconds)


def test_programs_beyond_a_size_have_no_other_engine(monkeypatch: Patch) -> None:
    monkeypatch.setattr(lexicographic, "LARGE", 30)
    monkeypatch.setattr(lexicographic, "LARGEST", 29)
    beside = Beside(PROVED)
    effort = lexicographic.Effort(beside=beside)  # type: ignore[arg-type]
    lexicographic._by_levels(stable_set(), Deadline.within(60), effort, None)
    assert beside.seconds == []
