"""The names that matchkit promises: what they are, that they are documented, and that each is shown in
use.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import matchkit as mk

ROOT = Path(__file__).resolve().parents[2]
RECORDS = (
    *(
        "Aim",
        "AllOrNothing",
        "AnyOf",
        "ChooseAtMost",
        "Community",
        "CommunityCap",
        "CountBudget",
        "Cover",
        "Demand",
        "Forbid",
    ),
    *(
        "HoursBudget",
        "KeepApart",
        "KeepTogether",
        "Load",
        "LocalMember",
        "Lock",
        "LongestRun",
        "MaxDistance",
        "Objective",
        "Part",
    ),
    *(
        "Place",
        "Preference",
        "PreviousPair",
        "Problem",
        "Requirement",
        "ReserveShare",
        "Resource",
        "Rest",
        "Scores",
        "Skill",
    ),
    *(
        "SkillCount",
        "SkillLevel",
        "Soft",
        "Team",
        "Trainees",
        "Travel",
        "Unit",
        "UnitCap",
        "UnitShare",
        "UnitsRepresented",
    ),
    *("Weekly", "Window"),
)
DOORS = (
    *(
        "BipartiteGraph",
        "Budget",
        "Explainer",
        "Plan",
        "Prices",
        "Pseudonyms",
        "advice",
        "audit",
        "calendars",
        "changed",
        "changes",
    ),
    *(
        "check_certificate",
        "check_input",
        "check_shortages",
        "check_witness",
        "compare",
        "conflicts",
        "datasets",
        "errors",
        "match",
    ),
    *(
        "pictures",
        "plan_frames",
        "plan_graph",
        "problem_frames",
        "pseudonymous",
        "read",
        "read_plan",
        "read_tables",
        "repairs",
        "report",
    ),
    *(
        "solve",
        "trade_off",
        "verify",
        "weight_range",
        "what_if",
        "why_not",
        "write_plan",
        "write_problem",
        "write_template",
    ),
)


def test_the_public_names_are_these_and_no_others() -> None:
    """A name added or taken away is a decision: it is made here, in the changelog and in the docs."""
    assert sorted(mk.__all__) == sorted((*RECORDS, *DOORS))
    assert list(mk.__all__) == sorted(mk.__all__)
    assert dir(mk) == sorted(mk.__all__)
    assert all(hasattr(mk, name) for name in mk.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'solver'"):
        mk.solver  # noqa: B018 - it is asked for


@pytest.mark.parametrize("name", sorted(mk.__all__))
def test_a_public_name_is_documented(name: str) -> None:
    text = inspect.getdoc(getattr(mk, name))
    assert text and len(text.split()) >= 5
    assert text.splitlines()[0].rstrip()[-1] in ".,;:)" or len(text.splitlines()) > 1


@pytest.mark.parametrize("name", sorted(mk.__all__))
def test_a_public_name_is_used_in_readme_or_an_example(name: str) -> None:
    """Code in README and the examples is run by the tests; what is used nowhere is not shown to work."""
    code = "\n".join(
        re.findall(
            r"^```python\n(.*?)^```$",
            (ROOT / "README.md").read_text(encoding="utf-8"),
            re.DOTALL | re.MULTILINE,
        )
    )
    code += "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.py")))
    assert re.search(rf"\bmk\.{name}\b", code) or re.search(
        rf"^(?:from matchkit[\w.]* )?import .*\b{name}\b", code, re.MULTILINE
    )


def test_every_field_of_every_record_and_every_parameter_of_the_doors_can_be_told_by_name() -> None:
    """What callers write stays: options are keywords, records take keywords alone."""
    for name, positional in (
        ("solve", ["problem"]),
        ("match", ["graph", "objective"]),
        ("verify", ["problem", "plan"]),
    ):
        parameters = inspect.signature(getattr(mk, name)).parameters.values()
        assert [entry.name for entry in parameters if entry.kind is entry.POSITIONAL_OR_KEYWORD] == positional
        assert all(entry.kind in (entry.POSITIONAL_OR_KEYWORD, entry.KEYWORD_ONLY) for entry in parameters)
    for name in RECORDS:
        with pytest.raises(TypeError):
            getattr(mk, name)("by place")


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
