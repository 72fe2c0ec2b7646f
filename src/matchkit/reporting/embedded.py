"""The JSON data of the page's script: records as columns of numbers, each text once; no personal field unless
names are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from matchkit.messages.message import Lang, joined, text_of
from matchkit.reporting.charts.timetable import day_text
from matchkit.reporting.facts import Facts
from matchkit.reporting.hours import HourlyDemand, days_of, times_text
from matchkit.reporting.sections import ShortageSection
from matchkit.reporting.tree import PlaceLevel, PlaceTree

SCRIPT_MESSAGES = (
    "tier",
    "count",
    "count.rows",
    "pages",
    "pages.none",
    "drill.top",
    "more",
)
"""Messages whose fields the script fills."""


class Texts:
    """Texts by number, each kept once."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        """The number of a text."""
        return self.number.setdefault(text, len(self.number))


def embedded(
    facts: Facts,
    shortages: ShortageSection,
    timetable: HourlyDemand,
    lang: Lang,
    *,
    names: bool,
) -> str:
    """The data as JSON that may stand within a script element: nothing in it ends one, begins one or begins a
    comment.
    """
    text = Texts()
    resources: dict[str, Any] = {
        "id": [entry.id for entry in facts.resources],
        "unit": facts.unit_of,
        "kind": [text(entry.kind) for entry in facts.resources],
        "given": facts.given,
        "capacity": [entry.capacity for entry in facts.resources],
    }
    if names:
        resources["name"] = [entry.name or "" for entry in facts.resources]
    needs = facts.requirements
    entries = facts.plan.assignments
    data = {
        "words": {key: _template(key, lang) for key in SCRIPT_MESSAGES},
        "days": [day_text(timetable, row, lang) for row in range(len(timetable.days))],
        "units": _tree(facts.units, facts.unit_level, facts.of_units),
        "communities": _tree(
            facts.communities, facts.community_level, facts.of_communities
        ),
        "inner": {str(place): level.of for place, level in facts.inner_levels.items()},
        "resources": resources,
        "demands": {
            "id": [entry.id for entry in facts.demands],
            "name": [entry.name or "" for entry in facts.demands],
            "category": [text(entry.category or "") for entry in facts.demands],
            "community": facts.community_of,
            "tier": [entry.tier for entry in facts.demands],
            "when": [
                text(times_text(facts, number, lang))
                for number in range(len(facts.demands))
            ],
            "days": days_of(facts, timetable),
        },
        "requirements": {
            "id": [entry.id for entry in needs],
            "demand": facts.demand_of,
            "skills": [text(_skills(entry.skills, lang)) for entry in needs],
            "wanted": [entry.wanted for entry in needs],
            "minimum": [entry.minimum for entry in needs],
            "filled": facts.filled,
        },
        "assignments": {
            "resource": [facts.resource_number[entry.resource] for entry in entries],
            "requirement": [
                facts.requirement_number[entry.requirement] for entry in entries
            ],
            "quantity": [entry.quantity for entry in entries],
        },
        "shortages": {
            "requirement": [
                facts.requirement_number[entry.requirement]
                for entry in shortages.shortages
            ],
            "missing": [entry.missing for entry in shortages.shortages],
            "cause": [
                text(text_of(f"cause.name.{entry.cause}", lang))
                for entry in shortages.shortages
            ],
            "why": [entry.text(lang).split("\n") for entry in shortages.shortages],
        },
        "texts": list(text.number),
    }
    return safe_json(data)


def safe_json(data: Any) -> str:
    """JSON for a script element: ``<``, ``>`` and ``&`` and what ends a line in scripts stand as escapes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _template(key: str, lang: Lang) -> str:
    """A message with its fields left open, for the script to fill."""
    return text_of(
        f"report.{key}",
        lang,
        **{
            name: "{" + name + "}"
            for name in ("tier", "shown", "all", "sum", "first", "last")
        },
    )


def _tree(
    tree: PlaceTree, level: PlaceLevel, columns: Sequence[list[int]]
) -> dict[str, Any]:
    return {
        "id": tree.ids,
        "name": [name or "" for name in tree.names],
        "parent": tree.parent,
        "place": level.of,
        "own": columns,
        "all": [tree.rolled(column) for column in columns],
    }


def _skills(needs: Sequence[Any], lang: Lang) -> str:
    texts = []
    for need in needs:
        options = need.any_of if hasattr(need, "any_of") else (need,)
        texts.append(" / ".join(f"{option.skill} {option.level}" for option in options))
    return joined(texts, lang) if texts else ""
