"""What ``scripts/house`` counts, by hand on a package of a few lines, and on the package of matchkit."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MOST_NODES_A_LINE = 4.4
"""Nodes of the syntax trees, without contexts and operators, a line of the source."""
SOURCES = {
    "__init__.py": """
        from toy import rules
        from toy.solve import solve

        __all__ = ["lazy", "rules", "solve"]
    """,
    "arrays.py": """
        import numpy.typing as npt

        Whole = npt.NDArray[int]


        def sums(weight: Whole) -> int:
            'The sum of ``weight``: int64 (pairs,).'


        def most(weight: "Whole | None") -> int:
            'The greatest weight (int64) of a plan.'


        def _own(weight: Whole) -> None: ...


        def plain(name: str) -> None: ...
    """,
    "lazy.py": """
        def lazy() -> None: ...
    """,
    "rules.py": """
        # What rules are called.
        LONG = "longest_run"
        Clock = str  # a type
    """,
    "solve/__init__.py": """
        from toy.solve.solve import solve
    """,
    "solve/solve.py": """
        'Knows longest_run.'

        from toy.rules import LONG


        class Clock:
            'Time.'


        def solve() -> str:
            return LONG
    """,
    "use.py": """
        from toy import rules, solve
        from toy.arrays import Whole

        Clock = rules.Clock
        _Own = Whole
        solve()
    """,
    "messages/names.py": """
        NAMES = ["longest_run"]
    """,
}


@pytest.fixture(autouse=True)
def _benchmarks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


@pytest.fixture
def toy(tmp_path: Path) -> Any:
    from benchmarks.source import read_package

    for name, text in SOURCES.items():
        path = tmp_path / "toy" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
    return read_package(tmp_path / "toy")


@cache
def _package() -> Any:
    from benchmarks.source import read_package

    return read_package(ROOT / "src" / "matchkit")


@pytest.fixture
def matchkit() -> Any:
    return _package()


def test_nodes_are_counted_without_contexts_and_operators() -> None:
    import ast

    from benchmarks.source import nodes

    # Module, Assign, Name, BinOp, Name, Constant: neither Store nor Load nor Add.
    assert nodes(ast.parse("total = amount + 1")) == 6


def test_a_comment_line_holds_nothing_but_a_comment() -> None:
    from benchmarks.source import comment_lines

    text = "# one\nx = 1  # beside code\nif x:\n    # two\n    y = '''\n# text\n'''\n"
    assert comment_lines(text) == 2


def test_modules_are_counted_without_init_and_lines_with_it(toy: Any) -> None:
    from benchmarks.house import size

    sizes = size(toy)
    assert sizes["modules"] == 6
    assert sizes["lines"] == 4 + 17 + 1 + 3 + 1 + 11 + 6 + 1
    assert sizes["comment_lines"] == 1


def test_a_name_that_init_hands_on_is_imported_from_where_it_is_defined(
    toy: Any,
) -> None:
    from benchmarks.house import single_importers

    assert single_importers(toy) == {
        "toy.arrays": "toy.use",
        "toy.solve.solve": "toy.use",
    }


def test_a_module_is_hidden_by_a_function_and_not_by_its_own_import(toy: Any) -> None:
    from benchmarks.house import hidden_modules

    assert hidden_modules(toy) == ["toy.lazy", "toy.solve", "toy.solve.solve"]


def test_a_name_has_several_meanings_where_several_modules_define_it(toy: Any) -> None:
    from benchmarks.house import several_meanings

    assert several_meanings(toy) == {
        "Clock": ["toy.rules", "toy.solve.solve", "toy.use"]
    }


def test_a_rule_is_named_in_code_and_neither_in_docstrings_nor_in_messages(
    toy: Any,
) -> None:
    from benchmarks.house import files_naming

    assert files_naming(toy, r"\blongest_run\b") == ["rules.py"]
    assert files_naming(toy, r"\bsolve\b") == [
        "__init__.py",
        "solve/__init__.py",
        "solve/solve.py",
        "use.py",
    ]


def test_a_docstring_says_dtype_and_axes_of_arrays(toy: Any) -> None:
    from benchmarks.house import array_functions

    assert array_functions(toy) == {"toy.arrays.sums": True, "toy.arrays.most": False}


def test_a_literal_counts_once_where_it_holds_a_piece_of_a_message_and_no_docstring_or_name_does(
    tmp_path: Path,
) -> None:
    from benchmarks.house import message_literals

    locale, tests = tmp_path / "locale", tmp_path / "tests"
    locale.mkdir()
    (tests / "inner").mkdir(parents=True)
    (locale / "en.toml").write_text(
        '"a" = "sings {id}, in a red coat"\n"b" = "is blue"\n', encoding="utf-8"
    )
    (locale / "zh.toml").write_text(
        '"a" = "穿着红色外衣唱 {id} 歌"\n', encoding="utf-8"
    )
    (tests / "inner" / "test_a.py").write_text(
        dedent(
            """
            'sings A, in a red coat'
            A = "he sings A, in a red coat, and once more in a red coat"
            B = f"sings {A} in a red {A} coat: is blue"
            D = {"in a red coat": 1}
            C = [f"{A}, in a red coat", "in a red", "他穿着红色外衣", "穿着红色"]
            """
        ),
        encoding="utf-8",
    )
    assert message_literals(tests, locale) == {
        "en": ["inner/test_a.py:3", "inner/test_a.py:6"],
        "zh": ["inner/test_a.py:6"],
    }


def test_the_hidden_modules_of_matchkit_are_those_of_a_running_program(
    matchkit: Any,
) -> None:
    """The parent's attribute is no module, once everything is imported."""
    import importlib
    import sys
    import types

    from benchmarks.house import hidden_modules

    found = set()
    for module in matchkit.trees:
        importlib.import_module(module)
    for module in matchkit.trees.keys() - {"matchkit"}:
        parent, _, name = module.rpartition(".")
        if not isinstance(getattr(sys.modules[parent], name), types.ModuleType):
            found.add(module)
    assert set(hidden_modules(matchkit)) == found


def test_no_module_of_matchkit_is_hidden_and_no_name_has_several_meanings(
    matchkit: Any,
) -> None:
    from benchmarks.house import hidden_modules, several_meanings

    assert hidden_modules(matchkit) == []
    assert several_meanings(matchkit) == {}


@pytest.mark.parametrize(
    ("kind", "name", "most"),
    [
        ("rule", "least", 4),
        (
            "rule",
            "longest_run",
            6,
        ),  # and in what a resource's block keeps, on either side
        ("rule", "not_both", 4),
        ("weight term", "skill_fit", 3),
        ("weight term", "familiarity", 3),
        ("MIP engine", "cpsat", 1),
    ],
)
def test_a_rule_a_term_and_an_engine_are_named_in_few_files(
    matchkit: Any, kind: str, name: str, most: int
) -> None:
    from benchmarks.house import SAMPLES, files_naming

    files = files_naming(matchkit, SAMPLES[kind][name])
    assert 1 <= len(files) <= most, files


def test_no_code_names_a_language(matchkit: Any) -> None:
    from benchmarks.house import SAMPLES, files_naming

    files = files_naming(matchkit, SAMPLES["language"]["zh"])
    assert [file for file in files if file.endswith(".py")] == []


def test_every_public_array_function_says_dtype_and_axes(matchkit: Any) -> None:
    from benchmarks.house import array_functions

    functions = array_functions(matchkit)
    assert functions
    assert [name for name, documented in functions.items() if not documented] == []


def test_lines_hold_few_nodes(matchkit: Any) -> None:
    from benchmarks.house import size

    sizes = size(matchkit)
    assert sizes["nodes"] <= MOST_NODES_A_LINE * sizes["lines"]


def test_the_committed_result_can_be_shown_with_every_goal() -> None:
    from benchmarks.house import show

    result = json.loads(
        (ROOT / "benchmarks" / "results" / "house.json").read_text(encoding="utf-8")
    )
    lines = show(result["figures"]).splitlines()
    assert lines[0] == "| measured | today | goal |"
    assert (
        f"| AST nodes a line | {result['figures']['nodes_a_line']:.2f} | at most 4.4 |"
        in lines
    )
