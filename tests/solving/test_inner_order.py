"""The order of every list within the records changes nothing: not the digest, not a byte of the plan."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

import matchkit as mk
from matchkit.model.base import Record
from matchkit.solving.digest import digest

HOURS = [
    {"start": f"2026-05-0{day}T08:00:00Z", "end": f"2026-05-0{day}T12:00:00Z"}
    for day in (1, 2, 3)
]


def problem() -> mk.Problem:
    """A problem in which every list that a record can have has several entries."""
    return mk.Problem.model_validate(
        {
            "units": [{"id": "U"}],
            "communities": [
                {"id": "C"},
                {"id": "C1", "parent": "C"},
                {"id": "C2", "parent": "C"},
            ],
            "resources": [
                {
                    "id": f"R{number}",
                    "unit": "U",
                    "skills": [
                        {"skill": name, "level": level}
                        for level, name in enumerate(
                            ("medic", "driver", "cook"), number
                        )
                    ],
                    "available": HOURS,
                    "familiar": ["C1", "C2"],
                    "preferences": [
                        {"community": "C1", "points": 3},
                        {"category": "x", "points": -2},
                        {"community": "C2", "points": 3},
                    ],
                }
                for number in (1, 2, 3, 4)
            ],
            "demands": [
                {
                    "id": f"D{number}",
                    "community": f"C{number}",
                    "category": "x",
                    "windows": [HOURS[0], HOURS[2]],
                    "requirements": [
                        {
                            "id": f"Q{number}{role}",
                            "skills": [
                                {"skill": "doctor"},
                                {
                                    "any_of": [
                                        {"skill": "driver"},
                                        {"skill": "cook", "level": 3},
                                    ]
                                },
                            ],
                        }
                        for role in (1, 2)
                    ],
                }
                for number in (1, 2)
            ],
            "skills": [
                {
                    "name": "medic",
                    "aliases": ["doctor", "physician"],
                    "parents": ["carer", "helper"],
                },
                {"name": "cook", "parents": ["helper", "carer"]},
            ],
        },
        strict=False,
    )


def lists_of(record: Record, path: str = "") -> set[str]:
    """Paths (without numbers) of the lists of more than one entry in a record."""
    found = set()
    for name, value in record.__dict__.items():
        if isinstance(value, tuple):
            found |= {f"{path}{name}"} if len(value) > 1 else set()
            for entry in value:
                found |= (
                    lists_of(entry, f"{path}{name}.")
                    if isinstance(entry, Record)
                    else set()
                )
    return found


Change = Callable[[list[Any]], None]


def first_for_last(entries: list[Any]) -> None:
    """The last entry is lost, the first is there twice."""
    if len(entries) > 1:
        entries[-1] = entries[0]


def changed(record: Any, path: str, change: Change, here: str = "") -> Any:
    """The record with the lists at one path, or at all of them (""), changed."""
    if not isinstance(record, Record):
        return record
    moved = {}
    for name, value in record.__dict__.items():
        if isinstance(value, tuple):
            entries = [
                changed(entry, path, change, f"{here}{name}.") for entry in value
            ]
            if path in ("", f"{here}{name}"):
                change(entries)
            moved[name] = tuple(entries)
    return record.model_copy(update=moved)


PATHS = sorted(lists_of(problem()))


def test_the_problem_has_every_list_that_records_have() -> None:
    inner = {path for path in PATHS if "." in path}
    assert inner == {
        "demands.requirements",
        "demands.requirements.skills",
        "demands.requirements.skills.any_of",
        "demands.windows",
        "resources.available",
        "resources.familiar",
        "resources.preferences",
        "resources.skills",
        "skills.aliases",
        "skills.parents",
    }


@pytest.mark.parametrize("path", PATHS)
def test_a_list_turned_round_gives_the_same_digest_and_plan(path: str) -> None:
    given = problem()
    turned = changed(given, path, list.reverse)
    assert turned != given
    assert digest(turned) == digest(given)
    assert mk.solve(turned).to_json() == mk.solve(given).to_json()


@pytest.mark.parametrize("path", PATHS)
def test_an_entry_lost_from_a_list_gives_another_digest(path: str) -> None:
    given = problem()
    assert digest(changed(given, path, first_for_last)) != digest(given)


def test_all_lists_shuffled_at_once_give_the_same_plan() -> None:
    for given in (problem(), mk.datasets.city("street", 2)):
        text = mk.solve(given).to_json()
        for seed in range(3):
            order = random.Random(seed)  # noqa: S311 - the order of a test
            other = mk.Problem.from_json(
                changed(given, "", order.shuffle).model_dump_json()
            )
            assert mk.solve(other).to_json() == text


def test_another_entry_gives_another_digest() -> None:
    """Sorting must not make different problems alike: any change of one entry still shows."""
    given = problem()
    first, *rest = given.resources
    fewer = first.model_copy(update={"skills": first.skills[1:]})
    swapped = first.model_copy(update={"skills": given.resources[1].skills})
    found = {
        digest(given.model_copy(update={"resources": (other, *rest)}))
        for other in (first, fewer, swapped)
    }
    assert len(found) == 3
