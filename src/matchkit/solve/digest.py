"""A fingerprint of a problem that does not depend on the order of its records."""

from __future__ import annotations

import hashlib
import json

from matchkit.model import Problem

LISTS = ("units", "communities", "resources", "demands", "skills", "rules", "previous")


def digest(problem: Problem) -> str:
    """SHA-256 (hexadecimal) of the problem as JSON with every list of records sorted by its text."""
    seal = hashlib.sha256()
    for name in LISTS:
        seal.update(f"\n{name}\n".encode())
        for text in sorted(record.model_dump_json() for record in getattr(problem, name)):
            seal.update(text.encode() + b"\n")
    rest = problem.model_dump(mode="json", exclude=set(LISTS))
    seal.update(json.dumps(rest, sort_keys=True).encode())
    return seal.hexdigest()
