"""Checks between records of which some are faulty, so that all faults come in one error."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from pydantic import TypeAdapter, ValidationError

from matchkit.errors import LISTED, Complaint
from matchkit.model.references import check_references
from matchkit.model.text import normal

if TYPE_CHECKING:
    from matchkit.model.problem import Problem


def _id_of(entry: object) -> str | None:
    found = (
        entry.get("id") if isinstance(entry, Mapping) else getattr(entry, "id", None)
    )
    try:
        return normal(found) if isinstance(found, str) else None
    except ValueError:
        return None


def _stand_in(entry: object, path: str) -> SimpleNamespace:
    """In place of a faulty record: its id, so that what names it is not blamed, and nothing to complain
    about.
    """
    roles = entry.get("requirements") if isinstance(entry, Mapping) else ()
    requirements = (
        [_stand_in(role, f"{path}.{number}") for number, role in enumerate(roles)]
        if isinstance(roles, list | tuple)
        else []
    )
    nothing: dict[str, Any] = {
        "resources": (),
        "aliases": (),
        "parents": (),
    } | dict.fromkeys(
        (
            "name",
            "parent",
            "unit",
            "home",
            "community",
            "resource",
            "requirement",
            "demand",
            "person",
            "channel",
            "by",
            "places",
            "nominations",
        )
    )
    identity = _id_of(entry) or f"\0{path}"  # no id can be this one
    return SimpleNamespace(
        id=identity, familiar=(), preferences=(), requirements=requirements, **nothing
    )


def _partly(
    kind: type[Problem],
    field: str,
    entries: Sequence[object],
    faulty: set[object],
    *,
    from_json: bool,
) -> list[Any]:
    sound = {
        number: entry for number, entry in enumerate(entries) if number not in faulty
    }
    records: TypeAdapter[tuple[Any, ...]] = TypeAdapter(
        cast("Any", kind.model_fields[field].annotation)
    )
    values = list(sound.values())
    checked = (
        records.validate_json(json.dumps(values))
        if from_json
        else records.validate_python(values)
    )
    by_number = dict(zip(sound, checked, strict=True))
    # What scores call requirements are ids, not records that have one.
    faulty_entries = {
        number: {} if field == "scores" else entries[number]
        for number in range(len(entries))
        if number in faulty
    }
    faulty_ones = {
        number: _stand_in(entry, f"{field}.{number}")
        for number, entry in faulty_entries.items()
    }
    return [
        by_number.get(number) or faulty_ones[number] for number in range(len(entries))
    ]


def faults_between(
    kind: type[Problem], error: ValidationError, data: object, *, from_json: bool
) -> tuple[list[Complaint], int]:
    """The faults between the records that are sound, given the error that the others caused: the first, and
    how many more.
    """
    if (
        not isinstance(data, Mapping) or error.error_count() > LISTED
    ):  # a flood is no slip of somebody who reads all this
        return [], 0
    faulty: dict[str, set[object]] = {}
    for fault in error.errors(
        include_url=False, include_context=False, include_input=False
    ):
        if not fault["loc"] or fault["type"] == "json_invalid":
            return [], 0
        faulty.setdefault(str(fault["loc"][0]), set()).add(
            fault["loc"][1] if len(fault["loc"]) > 1 else None
        )
    parts: dict[str, list[Any]] = {}
    for field in (
        "units",
        "communities",
        "resources",
        "demands",
        "skills",
        "rules",
        "previous",
        "scores",
        "rankings",
        "nominations",
        "channels",
    ):
        entries = data.get(field, ())
        whole = isinstance(entries, list | tuple) and None not in faulty.get(field, ())
        if not whole and field in ("units", "communities", "resources", "demands"):
            return (
                [],
                0,
            )  # what is in the list is unknown, so nothing that names it can be judged
        try:
            parts[field] = (
                _partly(
                    kind, field, entries, faulty.get(field, set()), from_json=from_json
                )
                if whole
                else []
            )
        except ValidationError:
            return [], 0
    return check_references(cast("Problem", SimpleNamespace(**parts)))
