"""Untidy spreadsheets: each is read rightly with all its findings, or refused with all its complaints."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "untidy"))

import case
import pinned
from case import Right, Wrong

from matchkit.errors import InputError
from matchkit.tables.importer.reading import read_tables

for kind in ("layouts", "files", "cells", "between", "offices"):
    importlib.import_module(kind)

RIGHT = [one for one in case.CASES if isinstance(one.expected, Right)]
WRONG = [one for one in case.CASES if isinstance(one.expected, Wrong)]


def test_there_are_at_least_sixty_and_every_one_has_a_name_of_its_own():
    assert len({one.name for one in case.CASES}) == len(case.CASES) >= 60


@pytest.mark.parametrize("one", RIGHT, ids=[one.name for one in RIGHT])
def test_it_is_read_rightly_and_every_guess_is_told(one, tmp_path):
    found = read_tables(one.write(tmp_path), **one.options)
    assert one.expected.of(found.problem) == one.expected.value
    guesses = found.guesses
    assert len(guesses) == len(one.expected.confirm), found.text()
    for place, said in one.expected.confirm:
        met = [
            guess
            for guess in guesses
            if place in guess.line() and pinned.has(guess, said)
        ]
        assert len(met) == 1, found.text()
    for place, said in one.expected.told:
        noted = [finding for finding in found.findings if place in finding.line()]
        assert pinned.has(noted, said), found.text()


@pytest.mark.parametrize("one", WRONG, ids=[one.name for one in WRONG])
def test_it_is_refused_with_every_place_and_what_would_be_accepted(one, tmp_path):
    with pytest.raises(InputError) as caught:
        read_tables(one.write(tmp_path), **one.options)
    complaints = caught.value.complaints
    assert len(complaints) == len(one.expected.complaints), str(caught.value)
    for complaint, (place, said) in zip(
        complaints, one.expected.complaints, strict=True
    ):
        assert place in complaint.where, complaint.line()
        assert (
            said in str(complaint)
            if isinstance(said, str)
            else pinned.has(complaint, said)
        )
        assert complaint.advice and complaint.line("zh") != complaint.line()
