"""``python -m benchmarks.house``: size and structure of the source as figures, each beside its goal.

All but the time of the import is read from syntax trees, so any checkout can be measured (``--src``).
``--lists`` prints the names behind the counts.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.process import ROOT
from benchmarks.record import result_of
from benchmarks.registry import Benchmark, Figures
from benchmarks.source import (
    Package,
    array_names,
    code_words,
    comment_lines,
    imported_modules,
    is_object,
    names,
    nodes,
    read_package,
    type_name,
)
from benchmarks.table import table, whole

CLAIM = "size and structure of the source, and the processor time of its import"
ONE_MEANING = ("Pairs", "Goals", "Prices", "Place", "Case", "Clock", "Network")
"""Names that are to have one meaning each."""
MESSAGES = ("messages/", "schemas/")
"""Folders of messages and schema: what files there name is not counted.

The words that tables are read by are counted: ``tables/vocabulary`` holds one file a language, which is to be
the only one that names it.
"""
SAMPLES = {
    "rule": {
        "community_cap": r"\b(community_cap|CommunityCap)\b",
        "least": r"\bLeast\b",
        "longest_run": r"\b(longest_run|LongestRun)\b",
        "not_both": r"\b(not_both|NotBoth)\b",
    },
    "weight term": {"skill_fit": r"\bskill_fit\b", "familiarity": r"\bfamiliarity\b"},
    "MIP engine": {"cpsat": r"\bcpsat\b"},
    "language": {"zh": r"\bzh\b|[Cc]hinese", "Chinese characters": "[\u4e00-\u9fff]"},
}
"""What stands for any rule, weight term, engine or language, and the pattern that names it in code.

A rule that flows keep (``community_cap``) is named in more files than one of the general engine alone: the
checker has a network of its own, and the generator of cities makes records of it. ``least`` and ``not_both``
were each added by one commit, whose files ``git show --stat`` counts; the name ``least`` by itself is also
a field of other rules. Chinese characters also stand where data and not the reading of a language is Chinese:
the invented city of ``datasets``. The choice of samples is free; what counts as naming is said at
``files_naming``.
"""
DTYPE = re.compile(r"\b(u?int\d+|intp|float\d+|bool|dtype|integers)\b")
AXES = re.compile(
    r"\b(shape|ax[ei]s|(one an?|every|each|per) \w+|\w+ x \w+)\b"  # in words: "one a pair", "pairs x goals"
    r"|# an? \w+"  # after a dtype, which # stands for: "int64 a pair"
    r"|\(\w+,( ?\w+(, ?\w+)*)?\)"  # as a tuple of names: "(pairs,)"
)
STRETCH = re.compile(r"[A-Za-z']+(?:[,;:]? [A-Za-z']+)*|[\u3400-\u9fff]+")
"""Words that follow each other, or Chinese characters that do."""
PIECE = {"words": 4, "characters": 5}
"""So many words or Chinese characters in a row make a piece of a sentence."""
RUNS = 5
"""Fresh processes in which the import is timed."""


def size(package: Package) -> dict[str, int]:
    """Modules without ``__init__``; lines, comment lines and nodes of all files, ``__init__`` included."""
    return {
        "modules": len(package.modules),
        "lines": sum(len(text.splitlines()) for text in package.texts.values()),
        "comment_lines": sum(map(comment_lines, package.texts.values())),
        "nodes": sum(map(nodes, package.trees.values())),
    }


def single_importers(package: Package) -> dict[str, str]:
    """Modules that one other module imports, with that module.

    An ``__init__`` is no importer: a name that it hands on is imported from the module that defines it.
    """
    importers: dict[str, list[str]] = defaultdict(list)
    for importer in package.modules:
        for source in imported_modules(package, importer):
            importers[source].append(importer)
    return {
        name: importers[name][0]
        for name in package.modules
        if len(importers[name]) == 1
    }


def hidden_modules(package: Package) -> list[str]:
    """Modules and packages whose parent exports something else (a function, a class) by the same name."""
    found = []
    for module in package.trees:
        parent, _, name = module.rpartition(".")
        if parent in package.packages and is_object(package, parent, name):
            found.append(module)
    return sorted(found)


def several_meanings(package: Package) -> dict[str, list[str]]:
    """Public names of top-level classes, type aliases and type variables in several modules, with these.

    Equal definitions in two modules count as two: nothing holds them equal.
    """
    places = defaultdict(list)
    for module, tree in package.trees.items():
        for name in {type_name(node) for node in tree.body} - {None}:
            places[str(name)].append(module)
    return {name: places[name] for name in sorted(places) if len(places[name]) > 1}


def files_naming(package: Package, pattern: str) -> list[str]:
    """Files outside MESSAGES that name the pattern, as paths.

    A Python file does so in its path, an identifier, an import or a string that is no docstring; another file
    anywhere. So a file that treats a rule by its properties alone does not count, nor does a comment.
    """
    found = [file for file, text in package.others.items() if re.search(pattern, text)]
    for name, tree in package.trees.items():
        words = [*name.split("."), *code_words(tree)]
        if re.search(pattern, "\n".join(words)):
            found.append(package.path(name))
    return sorted(file for file in found if not file.startswith(MESSAGES))


def array_functions(package: Package) -> dict[str, bool]:
    """Public top-level functions with an array in their signature: whether the docstring says dtype and axes.

    An annotation has an array if it names ``NDArray``, ``ndarray`` or an alias of one. Methods and records of
    arrays do not count.
    """
    arrays = array_names(package)
    functions = {}
    for module, tree in package.trees.items():
        for node in tree.body:
            if not isinstance(
                node, ast.FunctionDef | ast.AsyncFunctionDef
            ) or node.name.startswith("_"):
                continue
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            annotations = filter(
                None, [node.returns, *(argument.annotation for argument in arguments)]
            )
            if any(names(annotation) & arrays[module] for annotation in annotations):
                text = ast.get_docstring(node) or ""
                has_dtype, has_axes = (
                    DTYPE.search(text),
                    AXES.search(DTYPE.sub("#", text)),
                )
                functions[f"{module}.{node.name}"] = bool(has_dtype and has_axes)
    return functions


def pieces(text: str) -> set[tuple[str, ...]]:
    """All pieces of sentences in a text: four words in a row, or five Chinese characters."""
    found = set()
    for stretch in STRETCH.findall(text):
        words = re.findall(r"[A-Za-z']+", stretch)
        units, size = (
            (words, PIECE["words"]) if words else (stretch, PIECE["characters"])
        )
        found |= {
            tuple(units[start : start + size]) for start in range(len(units) - size + 1)
        }
    return found


def literals(tree: ast.Module) -> list[tuple[int, str]]:
    """Line and text of every literal but docstrings and keys of dicts, which are names of cases.

    Of an f-string the fixed parts are one literal.
    """
    within = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    within |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    within |= {
        key
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
    }
    found = []
    for node in ast.walk(tree):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        texts = [
            part.value if isinstance(part, ast.Constant) else "{}"
            for part in parts
            if isinstance(part, ast.Constant | ast.FormattedValue)
        ]
        if (
            texts
            and node not in within
            and all(isinstance(text, str) for text in texts)
        ):
            found.append((node.lineno, "".join(texts)))
    return found


def message_literals(tests: Path, locale: Path) -> dict[str, list[str]]:
    """Literals in tests that hold a sentence of a message, by language: files and lines.

    A literal (``literals``) counts for a language, once however long it is, where four words in a row of it
    (of Chinese five characters) stand so in one template of that language. So invented data and the reasons
    of assertions do not count, nor do messages of three words and labels.
    """
    known = {
        file.stem: set().union(
            *(
                pieces(re.sub(r"\{[^{}]*\}", "{}", template))
                for template in tomllib.loads(file.read_text(encoding="utf-8")).values()
            )
        )
        for file in sorted(locale.glob("*.toml"))
    }
    found: dict[str, list[str]] = {lang: [] for lang in known}
    for path in sorted(tests.rglob("*.py")):
        for line, text in literals(ast.parse(path.read_text(encoding="utf-8"))):
            for lang, sentences in known.items():
                if pieces(text) & sentences:
                    found[lang].append(f"{path.relative_to(tests).as_posix()}:{line}")
    return found


def import_seconds(src: Path) -> float:
    """Least processor time of ``import matchkit`` from this folder in fresh processes.

    One more process before them compiles everything to bytecode, which is kept outside the folder.
    """
    program = "from time import process_time as t; began = t(); import matchkit; print(t() - began)"
    command = [sys.executable, "-c", program]
    with TemporaryDirectory() as bytecode:
        environment = {
            **os.environ,
            "PYTHONPATH": str(src),
            "PYTHONPYCACHEPREFIX": bytecode,
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        times = []
        for _ in range(1 + RUNS):
            output = subprocess.check_output(command, env=environment, encoding="utf-8")  # noqa: S603
            times.append(float(output))
    return min(times[1:])


def measure(src: Path) -> tuple[Figures, dict[str, Any]]:
    """The figures of ``src/matchkit``, and the lists of names behind them."""
    package = read_package(src / "matchkit")
    sizes, functions = size(package), array_functions(package)
    single, hidden, several = (
        single_importers(package),
        hidden_modules(package),
        several_meanings(package),
    )
    naming: dict[str, dict[str, int]] = {}
    sentences = message_literals(
        src.parent / "tests", src / "matchkit" / "messages" / "locale"
    )
    lists: dict[str, Any] = {
        "single importer": single,
        "hidden modules": hidden,
        "several meanings": several,
        "array functions without dtype and axes": [
            name for name, full in functions.items() if not full
        ],
    }
    for lang, places in sentences.items():
        lists[f"messages that are literals in tests: {lang}"] = places
    for kind, samples in SAMPLES.items():
        for name, pattern in samples.items():
            files = files_naming(package, pattern)
            naming.setdefault(kind, {})[name] = len(files)
            lists[f"{kind}: {name}"] = files
    figures = {
        **sizes,
        "nodes_a_line": round(sizes["nodes"] / sizes["lines"], 3),
        "comment_percent": round(100 * sizes["comment_lines"] / sizes["lines"], 3),
        "single_importer": len(single),
        "hidden_modules": len(hidden),
        "several_meanings": len(several),
        "several_meanings_of_the_chosen": sum(name in several for name in ONE_MEANING),
        "files_naming": naming,
        "array_functions": len(functions),
        "array_functions_documented": sum(functions.values()),
        "message_literals": {lang: len(places) for lang, places in sentences.items()},
        "import_seconds": round(import_seconds(src), 3),
    }
    return figures, lists


def show(figures: Figures) -> str:
    """The figures as a table: measured, today, goal."""
    part = f"{100 * figures['single_importer'] / figures['modules']:.0f} %"
    documented = (
        f"{figures['array_functions_documented']} of {figures['array_functions']}"
    )
    rows = [
        ("modules without `__init__`", whole(figures["modules"]), "at most 380"),
        (
            "AST nodes (contexts and operators left out)",
            whole(figures["nodes"]),
            "at most 225,000",
        ),
        ("lines", whole(figures["lines"]), None),
        ("AST nodes a line", f"{figures['nodes_a_line']:.2f}", "at most 4.4"),
        (
            "comment lines",
            f"{figures['comment_percent']:.2f} %",
            "where an algorithm turns",
        ),
        (
            "modules with a single importer",
            f"{figures['single_importer']}, {part}",
            "merged where one check",
        ),
        (
            "modules hidden by a function of the same name",
            whole(figures["hidden_modules"]),
            "0",
        ),
        (
            "class or alias names with several meanings",
            whole(figures["several_meanings"]),
            None,
        ),
        (
            f"of these {', '.join(ONE_MEANING)}",
            whole(figures["several_meanings_of_the_chosen"]),
            "0",
        ),
    ]
    goals = {"rule": "4", "weight term": "3", "MIP engine": "1", "language": "1"}
    for kind, samples in figures["files_naming"].items():
        counts = ", ".join(f"{name} {count}" for name, count in samples.items())
        rows.append((f"files in src that name a {kind}", counts, goals[kind]))
    rows.append(
        (
            "public array functions whose docstring says dtype and axes",
            documented,
            "all",
        )
    )
    if "message_literals" in figures:
        counts = ", ".join(
            f"{lang} {count}" for lang, count in figures["message_literals"].items()
        )
        rows.append(
            ("sentences of messages that are literals in tests", counts, "prose once")
        )
    rows.append(
        (
            "`import matchkit`, processor time",
            f"{figures['import_seconds']:.2f} s",
            "0.35 s",
        )
    )
    return table(("measured", "today", "goal"), rows)


def main() -> int:
    """Measure, print the table, and write what was asked for."""
    parser = argparse.ArgumentParser(
        prog="scripts/house", description="Size and structure of the source."
    )
    parser.add_argument(
        "--src", type=Path, default=ROOT / "src", help="the folder that matchkit is in"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write figures, versions and machine"
    )
    parser.add_argument(
        "--lists", action="store_true", help="print the names behind the counts too"
    )
    asked = parser.parse_args()
    figures, lists = measure(asked.src.resolve())
    print(show(figures))
    for title, found in lists.items() if asked.lists else ():
        _print_list(title, found)
    if asked.json is not None:
        result = result_of(
            Benchmark("house", CLAIM, (), {}, lambda _: figures, {}), figures
        )
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


def _print_list(title: str, found: list[str] | Mapping[str, str | list[str]]) -> None:
    """A title and below it one name a line, followed by where it was found."""
    print(f"\n{title}: {len(found)}")
    for name in found:
        where = found[name] if isinstance(found, Mapping) else ""
        print(
            f"  {name} {where if isinstance(where, str) else ', '.join(where)}".rstrip()
        )


if __name__ == "__main__":
    sys.exit(main())
