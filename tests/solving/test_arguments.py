"""Arguments of another type, and more pairs than can be looked at, are refused in words before anything is
built.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import pinned
import pytest

import matchkit as mk
from matchkit.engines.cpsat import CpSatEngine
from matchkit.errors import BudgetError, InputError

EMPTY = mk.Problem()
PROBLEM, PLAN, ID = (
    pinned.text("argument.problem.do"),
    pinned.text("argument.plan.do"),
    pinned.text("argument.id.do"),
)

REFUSED: dict[str, tuple[Callable[[Any], Any], list[str]]] = {
    "solve(None)": (
        lambda _: mk.solve(None),
        [f"problem: is of type NoneType. {PROBLEM}."],
    ),  # type: ignore[arg-type]
    "solve a dict": (
        lambda _: mk.solve({"units": []}),
        [f"problem: is of type dict. {PROBLEM}."],
    ),  # type: ignore[arg-type]
    "solve a path": (
        lambda _: mk.solve("city.json", gap=-1),  # type: ignore[arg-type]
        [
            f"problem: is of type str. {PROBLEM}.",
            pinned.line("gap", "limit.gap", "limit.gap.do"),
        ],
    ),
    "more than a float holds": (
        lambda _: mk.solve(EMPTY, gap=10**400),
        [pinned.line("gap", "limit.gap", "limit.gap.do")],
    ),
    "progress": (
        lambda _: mk.solve(EMPTY, progress=5),  # type: ignore[arg-type]
        [pinned.line("progress", "option.progress", "option.progress.do")],
    ),
    "verify text": (
        lambda _: mk.verify(EMPTY, "x"),
        [f"plan: is of type str. {PLAN}."],
    ),  # type: ignore[arg-type]
    "verify turned round": (
        lambda plan: mk.verify(plan, EMPTY),  # type: ignore[arg-type]
        [f"problem: is of type Plan. {PROBLEM}.", f"plan: is of type Problem. {PLAN}."],
    ),
    "check_certificate": (
        lambda _: mk.check_certificate(None, None),  # type: ignore[arg-type]
        [
            f"problem: is of type NoneType. {PROBLEM}.",
            f"plan: is of type NoneType. {PLAN}.",
        ],
    ),
    "why_not a number": (
        lambda _: mk.why_ineligible(EMPTY, 5, "a"),
        [f"resource: is of type int. {ID}."],
    ),  # type: ignore[arg-type]
    "why_not records": (
        lambda _: mk.why_ineligible("x", [], {}),  # type: ignore[arg-type]
        [
            f"problem: is of type str. {PROBLEM}.",
            f"resource: is of type list. {ID}.",
            f"requirement: is of type dict. {ID}.",
        ],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_argument_of_another_type_is_an_input_error_that_says_what_to_give(
    case: str,
) -> None:
    call, told = REFUSED[case]
    plan = mk.solve(EMPTY)
    with pytest.raises(InputError) as caught:
        call(plan)
    assert [str(complaint) for complaint in caught.value.complaints] == told


def test_more_than_twenty_thousand_million_pairs_are_refused_soon() -> None:
    """142,000 people, each of whom could fill each of 142,000 requirements: 20,164,000,000 pairs."""
    demands = [
        mk.Demand(
            id=f"D{n}",
            community="C",
            requirements=[mk.Requirement(id=f"Q{n}.{k}") for k in range(1_000)],
        )
        for n in range(142)
    ]
    people = [mk.Resource(id=f"R{n}", unit="U") for n in range(142_000)]
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=people,
        demands=demands,
    )
    started = perf_counter()
    with pytest.raises(BudgetError) as caught:
        mk.solve(problem)
    assert perf_counter() - started < 20
    assert str(caught.value) == pinned.text(
        "budget.pairs_left", pairs=20_164_000_000, most=20_000_000_000
    )


def test_limits_are_refused_in_chinese_too() -> None:
    with pytest.raises(InputError) as caught:
        mk.solve(EMPTY, gap=5, time_limit=-1)
    assert caught.value.text("zh").splitlines()[1:] == [
        pinned.line(
            "  time_limit", "limit.time_limit", "limit.time_limit.do", lang="zh"
        ),
        pinned.line("  gap", "limit.gap", "limit.gap.do", lang="zh"),
    ]


@pytest.mark.parametrize("module", ["test_arguments", "__main__"])
def test_an_engine_that_another_process_cannot_make_is_refused_where_one_is_asked(
    module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A class of a function, and one of the program that was started, are in no module to import."""

    class Local(CpSatEngine):
        pass

    if module == "__main__":
        Local.__module__, Local.__qualname__ = module, "Local"
        monkeypatch.setattr(sys.modules[module], "Local", Local, raising=False)
    assert mk.solve(EMPTY, engine=Local()).outcome.status == "optimal"
    with pytest.raises(InputError) as caught:
        mk.solve(EMPTY, engine=Local(), isolated=True)
    [complaint] = caught.value.complaints
    assert str(complaint) == pinned.line("engine", "option.engine", "option.engine.do")


@pytest.mark.parametrize("engine", ["cpsat", CpSatEngine()])
def test_an_engine_by_name_or_of_a_module_works_in_another_process(
    engine: str | CpSatEngine,
) -> None:
    assert mk.solve(EMPTY, engine=engine, isolated=True).outcome.status == "optimal"
