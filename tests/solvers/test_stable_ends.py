"""What a search for stable matchings hands out when time ends, when an engine lies, and on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pinned
import pytest

import matchkit as mk
from matchkit.engines.program import MipResult, Program
from matchkit.errors import EngineError, StoppedError
from matchkit.solvers.stable import solve
from matchkit.solvers.stable.search import Found

TWO = mk.BipartiteGraph.from_arrays(
    ["ana", "ana", "ben"], ["x", "y", "x"], [6, 3, 2], right_capacity=[1, 1]
)
"""Both want x, and x likes them alike: two places are filled where ben gets it."""
RANKS = mk.Preferences([1, 2, 1], [1, 1, 1])


@dataclass
class Scripted:
    """An engine whose answers are told before."""

    answers: list[Callable[[Program], MipResult]]
    name: str = "scripted"
    levels: tuple[int, ...] = (1,)

    def model(self, program: Program) -> Any:
        engine = self

        class Model:
            def then(self, gain: Any, least: int) -> None:
                pass

            def solve(self, **_: Any) -> MipResult:
                return engine.answers.pop(0)(program)

        return Model()


def unknown(_: Program) -> MipResult:
    return MipResult("unknown", None, None, None, interrupted=True)


def infeasible(_: Program) -> MipResult:
    return MipResult("infeasible", None, None, None)


def values(*units: int, bound: int | None = None) -> Callable[[Program], MipResult]:
    def answer(program: Program) -> MipResult:
        value = np.zeros(program.size, np.int64)
        value[: len(units)] = units
        objective = program.objective(value)
        most = objective if bound is None else bound
        status: Any = "optimal" if objective == most else "feasible"
        return MipResult(status, value, objective, most)

    return answer


def test_two_places_by_hand() -> None:
    for seed in range(4):
        found = mk.match(TWO, "cardinality", preferences=RANKS, seed=seed)
        assert found.pairs.left.tolist() == ["ana", "ben"]
        assert found.pairs.right.tolist() == ["y", "x"]
        assert found.engine == "deferred acceptance+highs"
    heavy = mk.match(TWO, "weight", preferences=RANKS)
    assert (heavy.value, heavy.bound, heavy.flow.tolist()) == (6, 6, [1, 0, 0])


def test_a_search_that_ends_early_hands_out_the_start_and_what_is_known() -> None:
    found = mk.match(TWO, "weight", preferences=RANKS, engine=Scripted([unknown]))
    assert (found.status, found.stopped, found.proof) == (
        "feasible",
        "time_limit",
        "search",
    )
    assert found.goals[0] == ("blocking", 0, 0)
    assert found.goals[1].bound is None
    assert found.bound is None


def test_a_goal_that_is_left_open_has_its_bound() -> None:
    engine = Scripted([values(1, 0, 0, bound=7)])
    found = mk.match(TWO, "weight", preferences=RANKS, engine=engine)
    assert found.goals == (("blocking", 0, 0), ("weight", 6, 7))
    assert (found.value, found.bound, found.gap) == (6, 7, pytest.approx(1 / 7))


def test_an_engine_that_calls_a_blocked_matching_stable_is_refused() -> None:
    engine = Scripted([values(0, 0, 0)])
    with pytest.raises(EngineError) as raised:
        mk.match(TWO, "cardinality", preferences=RANKS, engine=engine)
    assert str(raised.value) == pinned.text("matching.search_broken")


def test_fewer_blocking_pairs_than_an_engine_proved_are_a_contradiction() -> None:
    engine = Scripted([infeasible, values(1, 0, 0)])
    with pytest.raises(EngineError):
        mk.match(TWO, "cardinality", preferences=RANKS, engine=engine)


def test_a_couple_torn_apart_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = mk.BipartiteGraph.from_arrays([0, 1], [0, 1])
    ranks = mk.Preferences([1, 1], [1, 1], couples=[(0, 1, [(0, 1)])])
    units = np.array([1, 0])

    class Torn:
        def __init__(self, *_: Any) -> None:
            pass

        def found(self) -> Any:
            return Found(units, (), 1)

    monkeypatch.setattr(solve, "StableSearch", Torn)
    with pytest.raises(EngineError) as raised:
        mk.match(graph, preferences=ranks)
    told = pinned.message("preferences.wrong.couple")
    assert str(raised.value) == pinned.text("matching.proof_of_matching", wrong=told)


def test_minimums_that_no_time_was_left_for_end_without_an_answer() -> None:
    graph = mk.BipartiteGraph.from_arrays([0, 0], [0, 1], right_minimum=[0, 1])
    ranks = mk.Preferences([1, 2], [1, 1])
    with pytest.raises(StoppedError):
        mk.match(graph, preferences=ranks, engine=Scripted([unknown]))


def test_where_each_place_must_be_filled_one_pair_blocks() -> None:
    """By hand: the only left node wants 0, but 1 needs it."""
    graph = mk.BipartiteGraph.from_arrays([0, 0], [0, 1], right_minimum=[0, 1])
    told: list[int] = []
    found = mk.match(
        graph,
        preferences=mk.Preferences([1, 2], [1, 1]),
        progress=lambda one: told.append(one.round),
    )
    assert found.pairs.right.tolist() == [1]
    assert found.goals == (("minimum", 1, 1), ("blocking", 1, 1))
    assert (found.blocking.left.tolist(), found.blocking.right.tolist()) == ([0], [0])
    assert found.blocking.quantity.tolist() == [1]
    assert told == [1, 2]


def test_a_couple_by_hand() -> None:
    """Place x likes ana, cho, ben; y likes ben and nobody else. The couple ana and ben wants (x, y); cho wants x.
    With one place each at x and y the couple goes there. Where y has no place, cho does.
    """
    left, right = ["ana", "ben", "cho"], ["x", "y", "x"]
    couple = ("ana", "ben", [("x", "y")])
    for places, plan in ((1, ["ana", "ben"]), (0, ["cho"])):
        graph = mk.BipartiteGraph.from_arrays(left, right, right_capacity=[1, places])
        ranks = mk.Preferences([1, 1, 1], [1, 1, 2], couples=[couple])
        found = mk.match(graph, preferences=ranks)
        assert found.pairs.left.tolist() == plan
        assert found.goals == (("blocking", 0, 0),)
