"""The published JSON Schemas of problem, plan and lottery, one file a version, and how records make them.

``scripts/schemas`` writes the files anew after a record has changed; a test tells when that is due.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from matchkit.answers.lottery import LOTTERY_SCHEMA_VERSION, PublishedLottery
from matchkit.errors import InputError
from matchkit.model import SCHEMA_VERSION, Problem
from matchkit.plan import PLAN_SCHEMA_VERSION, Plan

What = Literal["problem", "plan", "lottery"]

_RECORDS: dict[str, tuple[type[Problem | Plan | PublishedLottery], str]] = {
    "problem": (Problem, SCHEMA_VERSION),
    "plan": (Plan, PLAN_SCHEMA_VERSION),
    "lottery": (PublishedLottery, LOTTERY_SCHEMA_VERSION),
}


def schema(what: What = "problem") -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12) of a problem, plan or lottery; its ``$id`` holds the version.

    It judges structure: fields, types, ranges and lengths. What lies between records (ids that name nothing,
    circles of parents) only ``Problem.from_json`` sees. JSON Schema takes 3.0 for a whole number; the records
    do not. Raises InputError for another word than "problem", "plan" or "lottery".
    """
    if what not in _RECORDS:
        raise InputError.of("schema", "schema.unknown")
    found: dict[str, Any] = json.loads(
        (files("matchkit") / "schemas" / _file_name(what)).read_text(encoding="utf-8")
    )
    return found


def _file_name(what: str) -> str:
    return f"{what}-{_RECORDS[what][1]}.json"


def schema_text(schema: dict[str, Any]) -> str:
    """A schema as the published files spell it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def generated(what: What) -> dict[str, Any]:
    """The JSON Schema that the records give now."""
    record, version = _RECORDS[what]
    # The schema describes what is read: fields with a default may be left out.
    body = record.model_json_schema(mode="validation")
    for definition in body["$defs"].values():
        if "const" in definition["properties"].get("rule", {}):
            # A rule has a default for who builds it in code; in a file it must say which rule it is.
            definition["required"] = ["rule", *definition.get("required", ())]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:matchkit:{what}:{version}",
        **body,
    }


def publish() -> None:
    """Write the published files anew, in the source tree that is installed."""
    folder = Path(str(files("matchkit") / "schemas"))
    whats: tuple[What, ...] = ("problem", "plan", "lottery")
    for what in whats:
        (folder / _file_name(what)).write_text(
            schema_text(generated(what)), encoding="utf-8"
        )
