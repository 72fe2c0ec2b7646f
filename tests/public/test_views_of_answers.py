"""What a notebook, a terminal, ``help`` and a log show: short, escaped, without a personal field."""

from __future__ import annotations

import inspect
import logging
import pydoc
from typing import Any, get_args

import pytest

import matchkit as mk
from matchkit.model.base import Record

LONGEST = 400
NAME = "虚构甲"


@pytest.fixture(scope="module")
def solved() -> tuple[mk.Problem, mk.Plan]:
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=[
            mk.Resource(id=f"R{n}", unit="U", name=NAME, contact="000-0001")
            for n in range(40)
        ],
        demands=[
            mk.Demand(
                id=f"D{n}",
                community="C",
                requirements=[mk.Requirement(id=f"<Q{n}>", wanted=9)],
            )
            for n in range(9)
        ],
    )
    return problem, mk.solve(problem)


@pytest.fixture(scope="module")
def answers(solved: tuple[mk.Problem, mk.Plan]) -> list[Any]:
    problem, plan = solved
    asked = mk.Explainer(problem, plan)
    graph = mk.BipartiteGraph.from_arrays(["<a>"], ["b"], [1])
    return [
        *solved,
        asked.shortages(),
        asked.why("R0", plan.assignments[0].requirement),
        asked.why_not("R0", "<Q8>"),
        mk.what_if(problem, plan, [mk.changes.SetCapacity(resource="R1", capacity=2)]),
        mk.compare(problem, plan, plan),
        mk.audit(problem, plan),
        mk.verify(problem, plan),
        mk.verify(
            problem, plan.model_copy(update={"assignments": plan.assignments[1:]})
        ),
        mk.tables.check_input(problem),
        mk.match(graph),
    ]


def test_repr_is_short_and_shows_nothing_personal(
    solved: tuple[mk.Problem, mk.Plan], answers: list[Any]
) -> None:
    for answer in (*answers, solved[0].resources[0], answers[-1].pairs):
        assert len(repr(answer)) <= LONGEST, repr(answer)
        assert repr(answer).startswith(type(answer).__name__)
        assert NAME not in repr(answer) and "000-0001" not in repr(answer)
    assert (
        repr(solved[0])
        == "Problem(units=<1>, communities=<1>, resources=<40>, demands=<9>)"
    )
    assert (
        repr(solved[0].resources[0])
        == "Resource(id='R0', unit='U', name=..., contact=...)"
    )
    assert (
        repr(answers[-1]) == "Matching(status='optimal', value=1, bound=1, pairs=<1>)"
    )


def test_every_answer_shows_itself_in_a_notebook_escaped(answers: list[Any]) -> None:
    for answer in answers:
        shown = answer._repr_html_()
        assert shown.startswith("<div>") and shown.endswith("</div>")
        assert "<Q" not in shown and "<a>" not in shown and NAME not in shown
    assert "&lt;Q" in answers[2]._repr_html_()


RESULTS = [getattr(mk.results, name) for name in mk.results.__all__]
RULES = list(get_args(get_args(mk.rules.Rule)[0]))
RECORDS = [
    one
    for name in mk.__all__
    if isinstance(one := getattr(mk, name), type) and issubclass(one, Record)
]


@pytest.mark.parametrize(
    "kind", [*RESULTS, *RULES, *RECORDS], ids=lambda kind: kind.__name__
)
def test_help_names_every_field(kind: type) -> None:
    text = pydoc.render_doc(kind, renderer=pydoc.plaintext)
    for name in getattr(
        kind, "model_fields", getattr(kind, "__dataclass_fields__", {})
    ):
        assert name in text, name
    if issubclass(kind, Record):
        told = (inspect.getdoc(kind) or "").partition("Attributes:")[2]
        assert all(f"\n    {name}: " in told for name in kind.model_fields)


def test_solving_logs_its_phases_and_nothing_personal(
    solved: tuple[mk.Problem, mk.Plan], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="matchkit"):
        mk.solve(solved[0])
    told = [(entry.levelname, entry.getMessage()) for entry in caplog.records]
    assert told[0] == ("INFO", "solve: 40 resources, 9 demands")
    phases = [text.split()[2] for level, text in told if level == "DEBUG"]
    assert phases == ["compile", "decode", "verify"]
    assert told[-1][0] == "INFO" and told[-1][1].startswith(
        "solve: optimal by flow, stopped: proved, gap 0.0, "
    )
    assert all(
        isinstance(handler, logging.NullHandler)
        for handler in logging.getLogger("matchkit").handlers
    )
    assert NAME not in caplog.text
