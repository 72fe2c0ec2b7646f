"""Ids of a history that stand in no list: of those who have left, or mistyped."""

from __future__ import annotations

from collections.abc import Iterator, Set

from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.tables.checks.found import LISTED, CheckFinding, requirements_of
from matchkit.tables.checks.near import HAN, MOST_NEAR, bare, distance


def past_names(problem: Problem) -> Iterator[CheckFinding]:
    """One finding for every such id that is near to one of a list, and one a list for all others."""
    listed = {
        "community": {one.id for one in problem.communities},
        "demand": {one.id for one in problem.demands},
        "requirement": {one.id for _, one in requirements_of(problem)},
        "resource": {one.id for one in problem.resources},
        "unit": {one.id for one in problem.units},
    }
    for field, ids in listed.items() if problem.history else ():
        first = dict[str, int]()
        for at, record in enumerate(problem.history):
            if (name := getattr(record, field)) is not None:
                first.setdefault(name, at)
        unknown = [name for name in first if name not in ids]
        near = _near(unknown, ids, ids - first.keys())
        gone = [name for name in unknown if name not in near]
        what = Message(f"what.{field}")
        for name, others in near.items():
            message = Message.of("check.history_near", what=what, id=name, near=others)
            yield CheckFinding("odd", f"history[{first[name]}].{field}", name, message)
        if gone:
            path, values = f"history[{first[gone[0]]}].{field}", tuple(gone[:LISTED])
            message = Message.of(
                "check.history_gone", what=what, count=len(gone), ids=values
            )
            yield CheckFinding("note", path, gone[0], message)


def _near(
    unknown: list[str], ids: Set[str], without: Set[str]
) -> dict[str, tuple[str, ...]]:
    """Of the ids of no list those that are one of a list but for their form, or but for one letter where the
    one of the list has no history; with these.
    """
    holders: dict[str, set[str]] = {}
    for name in ids:
        for form in _forms(bare(name)):
            holders.setdefault(form, set()).add(name)
    found = {}
    for name in unknown:
        own = bare(name)
        likely = {one for form in _forms(own) for one in holders.get(form, ())}
        near = sorted(
            one for one in likely if distance(own, bare(one), 1) <= (one in without)
        )
        if near:
            found[name] = tuple(near[:MOST_NEAR])
    return found


def _forms(text: str) -> set[str]:
    """The text, and all that it is without one letter: of two texts that differ by a letter these meet. Not
    of short texts, of those with a digit and of Chinese ones, which differ by one where they mean two.
    """
    if len(text) < 4 or any(map(str.isdigit, text)) or HAN.search(text):
        return {text}
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}
