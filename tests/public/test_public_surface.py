"""The names that matchkit promises: what they are, that they are documented, and that each is shown in
use.
"""

from __future__ import annotations

import inspect
import os
import pydoc
import re
import subprocess
import sys
from importlib import metadata
from operator import attrgetter
from pathlib import Path
from typing import get_type_hints

import pytest

import matchkit as mk
from matchkit.solving.solve import SolveOptions

ROOT = Path(__file__).resolve().parents[2]
RECORDS = [
    "Aim",
    "AnyOf",
    "ArrivalRate",
    "Arrivals",
    "Call",
    "Channel",
    "Community",
    "Demand",
    "History",
    "Load",
    "Mode",
    "Nomination",
    "Objective",
    "Part",
    "Place",
    "Preference",
    "PreviousPair",
    "Problem",
    "Ranking",
    "ReferencePair",
    "Requirement",
    "Resource",
    "Scores",
    "Skill",
    "SkillLevel",
    "Unit",
    "Weekly",
    "Window",
]
FUNCTIONS = [
    "advice",
    "audit",
    "backups",
    "check_certificate",
    "check_draw",
    "check_witness",
    "compare",
    "conflicts",
    "fairness_price",
    "invitations",
    "losses",
    "lottery",
    "match",
    "read_plan",
    "read_problem",
    "repairs",
    "replan",
    "report",
    "respond",
    "set_aside_orders",
    "simulate",
    "solve",
    "switch",
    "trade_off",
    "verify",
    "weight_range",
    "what_if",
    "why_ineligible",
    "write_pictures",
    "write_plan",
    "write_problem",
]
CLASSES = ["BipartiteGraph", "Budget", "Explainer", "Live", "Plan", "Preferences"]
MODULES = ["calendars", "changes", "datasets", "errors", "results", "rules", "tables"]
TABLES = [
    "Pseudonyms",
    "check_input",
    "moves_grid",
    "notice_grid",
    "plan_frames",
    "plan_graph",
    "plan_grids",
    "pseudonymize",
    "read_tables",
    "write_template",
]
SHOWN = [
    *mk.__all__,
    *(f"tables.{name}" for name in TABLES),
    *(f"rules.{name}" for name in mk.rules.__all__ if name != "Rule"),
    *("changes.apply_changes", "changes.RepairCosts"),
]


def named(name: str) -> object:
    """What ``mk.NAME`` is."""
    return attrgetter(name)(mk)


def test_the_public_names_are_these_and_no_others() -> None:
    """A name added or taken away is a decision: it is made here, in the changelog and in the docs."""
    assert sorted(mk.__all__) == sorted((*RECORDS, *FUNCTIONS, *CLASSES, *MODULES))
    assert len(mk.__all__) <= 72
    assert mk.tables.__all__ == TABLES
    assert list(mk.__all__) == sorted(mk.__all__)
    assert dir(mk) == sorted(mk.__all__)
    assert all(hasattr(mk, name) for name in mk.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'solver'"):
        mk.solver  # noqa: B018 - it is asked for


@pytest.mark.parametrize("name", SHOWN)
def test_a_public_name_is_documented(name: str) -> None:
    text = inspect.getdoc(named(name))
    assert text and len(text.split()) >= 5
    assert text.splitlines()[0].rstrip()[-1] in ".,;:)" or len(text.splitlines()) > 1


@pytest.mark.parametrize("name", SHOWN)
def test_a_public_name_is_used_in_readme_or_an_example(name: str) -> None:
    """Code in README and the examples is run by the tests; what is used nowhere is not shown to work."""
    code = "\n".join(
        re.findall(
            r"^```python\n(.*?)^```$",
            (ROOT / "README.md").read_text(encoding="utf-8"),
            re.DOTALL | re.MULTILINE,
        )
    )
    code += "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "examples").glob("*.py"))
    )
    last = name.rpartition(".")[2]
    assert re.search(rf"\bmk\.{re.escape(name)}\b", code) or re.search(
        rf"^(?:from matchkit[\w.]* )?import .*\b{last}\b", code, re.MULTILINE
    )


PROBLEM_FIRST = {
    "advice": ["problem", "plan"],
    "audit": ["problem", "table"],
    "backups": ["problem", "plan", "demands"],
    "check_certificate": ["problem", "plan"],
    "check_draw": ["lottery", "line", "pairs"],
    "check_witness": ["problem", "plan", "shortage"],
    "compare": ["problem", "before", "after"],
    "conflicts": ["problem"],
    "fairness_price": ["problem", "of"],
    "invitations": ["wanted", "order"],
    "losses": ["problem", "plan", "resource"],
    "lottery": ["graph"],
    "match": ["graph", "objective"],
    "read_plan": ["path"],
    "read_problem": ["source"],
    "repairs": ["problem", "plan", "demand"],
    "replan": ["problem", "previous_plan"],
    "report": ["problem", "plan", "path"],
    "respond": ["problem", "plan", "calls"],
    "set_aside_orders": ["problem", "rule"],
    "simulate": ["problem", "arrivals"],
    "solve": ["problem"],
    "switch": ["problem", "plan", "mode"],
    "trade_off": ["problem", "first", "second"],
    "verify": ["problem", "plan"],
    "weight_range": ["problem", "plan", "term"],
    "what_if": ["problem", "plan", "changes"],
    "why_ineligible": ["problem", "resource", "requirement"],
    "write_pictures": ["problem", "plan", "folder"],
    "write_plan": ["problem", "plan", "path"],
    "write_problem": ["problem", "path"],
    "tables.check_input": ["problem"],
    "tables.moves_grid": ["comparison", "lang"],
    "tables.notice_grid": ["problem", "plan"],
    "tables.plan_frames": ["problem", "plan", "like"],
    "tables.plan_graph": ["problem", "plan"],
    "tables.plan_grids": ["problem", "plan"],
    "tables.pseudonymize": ["problem", "plan", "pseudonyms"],
    "tables.read_tables": ["source"],
    "tables.write_template": ["folder"],
}


def test_arguments_are_the_problem_the_plan_and_what_is_asked_and_options_are_keywords() -> (
    None
):
    assert {*FUNCTIONS} == {name for name in PROBLEM_FIRST if "." not in name}
    for name, positional in PROBLEM_FIRST.items():
        parameters = inspect.signature(named(name)).parameters.values()  # type: ignore[arg-type]
        assert [
            entry.name
            for entry in parameters
            if entry.kind is entry.POSITIONAL_OR_KEYWORD
        ] == positional
        assert all(
            entry.kind in (entry.POSITIONAL_OR_KEYWORD, entry.KEYWORD_ONLY)
            for entry in parameters
        )
    for name in RECORDS:
        with pytest.raises(TypeError):
            getattr(mk, name)("by place")


def test_nothing_has_a_time_limit_unless_one_is_given() -> None:
    asked = [getattr(mk.Explainer, name) for name in ("pair", "repairs", "why_not")]
    limits = {
        function.__name__: parameters["time_limit"].default
        for function in (*map(named, PROBLEM_FIRST), *asked)
        if "time_limit" in (parameters := inspect.signature(function).parameters)  # type: ignore[arg-type]
    }
    assert len(limits) >= 11
    assert set(limits.values()) == {None}


def test_a_question_takes_the_same_options_of_a_plan_and_of_its_explainer() -> None:
    options = [
        [
            entry
            for entry in inspect.signature(function).parameters.values()
            if entry.kind is entry.KEYWORD_ONLY
        ]
        for function in (mk.repairs, mk.Explainer.repairs)
    ]
    assert options[0] == options[1]
    street = mk.datasets.city("street")
    plan = mk.solve(street)
    found = mk.Explainer(street, plan).repairs("D0002", to="minimum")
    assert (found.to, found) == (
        "minimum",
        mk.repairs(street, plan, "D0002", to="minimum"),
    )


def test_what_solves_more_than_once_takes_the_options_of_solve() -> None:
    options = [
        entry
        for entry in inspect.signature(mk.solve).parameters.values()
        if entry.name != "problem"
    ]
    types = get_type_hints(mk.solve)
    assert {entry.name: types[entry.name] for entry in options} == get_type_hints(
        SolveOptions
    )
    for function in (mk.what_if, mk.trade_off, mk.weight_range):
        parameters = inspect.signature(function).parameters
        assert [parameters[entry.name] for entry in options] == options
        with pytest.raises(
            TypeError, match=rf"^{function.__name__}\(\) .* 'time_limits'$"
        ):
            function(mk.Problem(), None, None, time_limits=1)  # type: ignore[call-arg,arg-type]


def test_type_checkers_know_every_name_and_its_type(tmp_path: Path) -> None:
    (tmp_path / "user.py").write_text(
        f"import matchkit as mk\nfrom matchkit import {', '.join(mk.__all__)}\n"
        "def f(problem: mk.Problem) -> mk.results.Shortages:\n"
        "    plan: mk.Plan = mk.solve(problem)\n"
        "    rest: mk.rules.Rest = mk.rules.Rest(minutes=1)\n"
        "    more: mk.Problem = mk.changes.apply_changes(problem, [mk.changes.AddRule(rule=rest)])\n"
        "    frames: dict[str, object] = more.to_frames()\n"
        "    reveal_type(mk.solve)\n"
        "    mk.what_if(problem, plan, [], seed=1).plan_after\n"
        "    mk.weight_range(problem, plan, 'distance', seed='1')\n"
        "    mk.trade_off(problem, 'tier 1', 'weight', time_limits=1)\n"
        "    return mk.Explainer(more, plan).shortages()\n"
        "mk.unknown\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", tmp_path / "user.py"],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": str(ROOT / "src")},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert (
        'Revealed type is "def (problem: matchkit.model.problem.Problem, '
        in done.stdout
    )
    wrong = [
        line.partition(" error: ")[2]
        for line in done.stdout.splitlines()
        if ": error: " in line
    ]
    assert wrong == [
        'Argument "seed" to "weight_range" has incompatible type "str"; expected "int"  [arg-type]',
        'Unexpected keyword argument "time_limits" for "trade_off"; did you mean "time_limit"?  [call-arg]',
        'Module has no attribute "unknown"  [attr-defined]',
    ], done.stdout + done.stderr


def test_help_lists_every_public_name() -> None:
    text = pydoc.render_doc(mk, renderer=pydoc.plaintext)
    assert [name for name in mk.__all__ if not re.search(rf"\b{name}\b", text)] == []
    for module in (mk.rules, mk.results, mk.changes, mk.tables):
        text = pydoc.render_doc(module, renderer=pydoc.plaintext)
        assert [
            name for name in module.__all__ if not re.search(rf"\b{name}\b", text)
        ] == []


def test_importing_loads_no_solver_and_raises_no_warning() -> None:
    program = "import matchkit, sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    loaded = set(done.stdout.split())
    assert "matchkit" in loaded
    heavy = {
        "ortools",
        "networkx",
        "scipy",
        "pandas",
        "polars",
        "narwhals",
        "pyarrow",
        "xlsxwriter",
        "matplotlib",
        "jinja2",
    }
    assert not loaded & {*heavy, "typer", "rich"}


def test_errors_have_one_base_and_are_what_python_calls_them() -> None:
    kinds = {
        name: kind
        for name, kind in vars(mk.errors).items()
        if inspect.isclass(kind) and issubclass(kind, Exception)
    }
    assert all(issubclass(kind, mk.errors.MatchkitError) for kind in kinds.values())
    for name, base in (
        ("InputError", ValueError),
        ("ContradictionError", ValueError),
        ("BudgetError", ValueError),
        ("UnsupportedError", NotImplementedError),
        ("StorageError", OSError),
        ("EngineError", RuntimeError),
        ("StoppedError", RuntimeError),
    ):
        assert issubclass(kinds[name], base)


def test_a_plan_read_a_problem_read_and_their_json_are_the_same_again() -> None:
    problem = mk.datasets.city("street", 2)
    assert mk.Problem.from_json(problem.model_dump_json()) == problem
    plan = mk.solve(problem)
    assert mk.Plan.from_json(plan.to_json()).to_json() == plan.to_json()


def test_the_version_is_that_of_the_installed_distribution() -> None:
    assert mk.__version__ == metadata.version("matchkit")
