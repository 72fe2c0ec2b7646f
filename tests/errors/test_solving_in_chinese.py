"""Errors of solving and explaining are in Chinese as a whole: no English sentence is left in them."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from typing import Any

import pytest

import matchkit as mk
from matchkit.compile.why_not import why_ineligible
from matchkit.errors import (
    BrokenPlanError,
    BudgetError,
    ContradictionError,
    InputError,
    MatchkitError,
    OutOfMemoryError,
    UnsupportedError,
    WorkerError,
)
from matchkit.explain.advice.pooling import pooling
from matchkit.explain.advice.recruit_k import recruit_k
from matchkit.solving.supervisor import exit_reason

LOCK = mk.rules.Lock(resource="R1", requirement="Q1")


def problem(*rules: Any, name: str = "R1", **more: Any) -> mk.Problem:
    return mk.Problem(
        units=(mk.Unit(id="U"),),
        communities=(mk.Community(id="C"),),
        resources=(mk.Resource(id=name, unit="U", **more),),
        demands=(
            mk.Demand(id="D", community="C", requirements=(mk.Requirement(id="Q1"),)),
        ),
        rules=rules,
    )


def solved(**more: Any) -> tuple[mk.Problem, mk.Plan]:
    return problem(**more), mk.solve(problem(**more))


def broken() -> None:
    plan = mk.solve(problem())
    twice = plan.model_copy(update={"assignments": plan.assignments * 2})
    mk.verify(problem(), twice).raise_if_broken()


def ended(code: int, *, memory: bool = False) -> Callable[[], None]:
    def call() -> None:
        raise exit_reason(code, "", memory, 500, mk.solve(problem()))

    return call


CALLS: dict[str, tuple[type[MatchkitError], Callable[[], object]]] = {
    "options": (
        InputError,
        lambda: mk.solve(problem(), seed=-1, progress=1, isolated=2),
    ),  # type: ignore[arg-type]
    "contradiction": (
        ContradictionError,
        lambda: mk.solve(problem(LOCK, mk.rules.UnitCap(unit="U", most=0))),
    ),
    "not eligible": (ContradictionError, lambda: mk.solve(problem(LOCK, capacity=0))),
    "no flow": (
        UnsupportedError,
        lambda: mk.solve(problem(activation=1), engine="flow"),
    ),
    "records": (BudgetError, lambda: mk.solve(problem(), budget=mk.Budget(records=1))),
    "unknown ids": (InputError, lambda: why_ineligible(problem(), "R2", "\n")),
    "broken plan": (BrokenPlanError, broken),
    "killed": (WorkerError, ended(-9)),
    "unknown signal": (WorkerError, ended(-200)),
    "not in the plan": (
        InputError,
        lambda: mk.Explainer(*solved(capacity=0)).why("R1", "Q1"),
    ),
    "nothing missing": (InputError, lambda: mk.Explainer(*solved()).shortage("Q1")),
    "plan of another problem": (
        InputError,
        lambda: mk.compare(problem(name="R2"), solved()[1], solved()[1]),
    ),
    "term": (InputError, lambda: mk.weight_range(*solved(), "distances")),
    "goals": (
        InputError,
        lambda: mk.trade_off(problem(), "weight", "nothing", points=1),
    ),
    "time limit": (InputError, lambda: mk.conflicts(problem(), time_limit=0)),
    "repairs": (
        InputError,
        lambda: mk.repairs(*solved(), "D", most=0, to="all", time_limit=0),
    ),  # type: ignore[arg-type]
    "plan of another problem again": (
        InputError,
        lambda: mk.Explainer(problem(name="R2"), solved()[1]),
    ),
    "advice": (InputError, lambda: recruit_k(*solved(), k=0, time_limit=-1.0)),
    "pooling": (UnsupportedError, lambda: pooling(problem(activation=1))),
    "table": (InputError, lambda: mk.audit(problem(), 1)),  # type: ignore[arg-type]
    "memory": (OutOfMemoryError, ended(1, memory=True)),
}


@pytest.mark.parametrize("name", CALLS)
def test_no_english_sentence_is_left_in_the_chinese_text_of_an_error(name: str) -> None:
    kind, call = CALLS[name]
    with pytest.raises(kind) as caught:
        call()
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - its own, as from a worker process
    assert str(error) == error.text() == str(caught.value)
    assert not re.search("[\u4e00-\u9fff]", error.text())
    lines = error.text("zh").splitlines()
    assert len(lines) == len(error.text().splitlines())
    assert all(re.search("[\u4e00-\u9fff]", line) for line in lines)
    assert not re.search("[A-Za-z]+ [a-z]+", error.text("zh"))
