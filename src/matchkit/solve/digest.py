"""A fingerprint of a problem that does not depend on the order of its records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from matchkit.model import Demand, Problem
from matchkit.model.base import Record

LISTS = ("units", "communities", "resources", "demands", "skills", "rules", "previous")


def digest(problem: Problem) -> str:
    """SHA-256 (hexadecimal) of the problem as JSON with every list of records sorted by its text, requirements by their ids."""
    seal = hashlib.sha256()
    for name in LISTS:
        seal.update(f"\n{name}\n".encode())
        for text in sorted(_texts(getattr(problem, name))):
            seal.update(text.encode() + b"\n")
    rest = problem.model_dump(mode="json", exclude=set(LISTS))
    seal.update(json.dumps(rest, sort_keys=True).encode())
    return seal.hexdigest()


def _texts(records: Iterable[Record]) -> Iterable[str]:
    for record in records:
        if isinstance(record, Demand) and len(record.requirements) > 1:
            record = record.model_copy(update={"requirements": tuple(sorted(record.requirements, key=lambda need: need.id))})
        yield record.model_dump_json()
