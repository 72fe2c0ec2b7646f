"""Words that tables are read by: a file a language, and one more file is one more language."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import matchkit.tables
from matchkit.messages.message import LANGUAGES
from matchkit.tables.columns.schemas import TABLES
from matchkit.tables.vocabulary import words

FILES = {
    file.name: file.read_text("utf-8")
    for file in words.FOLDER.iterdir()
    if ".toml" in file.name
}
OPEN = (
    "digits", "year_digits", "words", "places", "factors", "colours", "days", "months", "hours",
    "sheets", "headers", "unused", "zones", "examples",
)  # fmt: skip
"""Tables whose keys are words, numbers, or names of tables and columns, which each language has of its own."""


def keys(table: dict[str, Any], path: str = "") -> Iterator[str]:
    """The dotted keys of a vocabulary, but for those of tables that are open."""
    for name, value in table.items():
        if isinstance(value, dict) and name not in OPEN:
            yield from keys(value, f"{path}{name}.")
        else:
            yield f"{path}{name}"


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_key_of_a_language_is_one_of_the_first_or_stands_for_a_part_within_its_file(
    name,
):
    parts = set(re.findall(r"<<([\w.]+)>>", FILES[name]))
    known = set(keys(tomllib.loads(FILES[f"{words.FIRST}.toml"])))
    assert set(keys(tomllib.loads(FILES[name]))) - known - parts == set()


def test_every_language_of_messages_has_words_and_examples_of_every_table() -> None:
    assert {f"{lang}.toml" for lang in LANGUAGES} <= FILES.keys()
    for lang in LANGUAGES:
        assert words.examples(lang).keys() == {table.name for table in TABLES}


def test_every_pattern_compiles_and_names_words_that_some_language_has() -> None:
    found = []
    for module in walk_packages(matchkit.tables.__path__, "matchkit.tables."):
        held = list(vars(import_module(module.name)).values())
        for value in held:
            held += value if isinstance(value, tuple) else ()
        found += [value for value in held if isinstance(value, words._Pattern)]
    assert len(found) > 60
    assert all(pattern.match("?") or True for pattern in found)


def test_a_pattern_of_words_that_no_language_has_is_a_key_error() -> None:
    with pytest.raises(KeyError, match=r"no\.such"):
        words.pattern("<<no.such>>").match("a")


GERMAN = """
[sheets]
resources = ["Helferliste"]
[headers.resources]
id = ["Kennung"]
unit = ["Träger"]
kind = ["Art"]
available = ["Zeiten"]
capacity = ["Anzahl"]
[choices.kind]
person = ["Person"]
[choices.yes_no]
yes = ["ja"]
[numbers]
about = ["etwa"]
[weekdays]
days = { mo = 1, di = 2, mi = 3, do = 4, fr = 5, sa = 6, so = 7 }
one = ['(?P<day>mo|di|mi|do|fr|sa|so)(?:ntag|enstag|ttwoch|nnerstag|eitag|mstag)?(?![a-z])']
[dates]
months = { mai = 5 }
named = ['(?P<day>\\d{1,2})\\. ?(?P<month>mai) (?P<year>\\d{4})']
[clock]
until_unspaced = ["bis"]
"""
PROGRAM = """
import sys
from importlib import resources
from pathlib import Path
files = resources.files
resources.files = lambda name: Path(sys.argv[1]) if name.endswith("vocabulary") else files(name)
import matchkit as mk
from matchkit.tables.cells import Context, read_cell
from matchkit.tables.formats.grid import Grid
from datetime import date
rows = [["Kennung", "Träger", "Art", "Zeiten", "Anzahl"], ["H1", "T1", "person", "Dienstag 18:00 bis 20:00", "etwa 3"]]
read = mk.tables.read_tables(
    [Grid(name="Helferliste", rows=rows)], tz="Europe/Berlin", first="2026-03-01", last="2026-06-30"
)
[resource] = read.problem.resources
print(resource.id, resource.unit, resource.kind, resource.capacity, resource.available[0].days)
context = Context(zone="Europe/Berlin")
print(read_cell("date", "2. Mai 2026", context).value, read_cell("yes_no", "ja", context).value)
"""


def test_a_table_in_a_third_language_is_read_by_one_more_file(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "de.toml").write_text(GERMAN, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "H1 T1 person 3 (2,)\n2026-05-02 True\n"
