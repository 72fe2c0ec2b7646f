"""What the plan lacks, why, and what would help: the plan's own account, with the causes that explain
found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matchkit.answers.shortages import Shortage
from matchkit.explain.explainer import Explainer
from matchkit.messages.message import text_of
from matchkit.model.personal import without_personal
from matchkit.tables.export.listing import Listing
from matchkit.tables.formats.grid import Grid

COLUMNS = (
    *(
        "tier",
        "requirement",
        "demand",
        "content",
        "community",
        "community_name",
        "when",
        "kind",
        "wanted",
        "minimum",
        "assigned",
    ),
    *("missing", "below_minimum", "eligible", "reason"),
)
CAUSES = ("cause", "why", "remedy")


def shortfalls_grid(listing: Listing, causes: Mapping[str, Shortage] | None = None) -> Grid:
    """By tier and requirement; with ``causes``, as ``causes_of`` finds them, also why, and what would fill
    one unit more.
    """
    columns = COLUMNS if causes is None else (*COLUMNS, *CAUSES)
    return listing.grid("shortfalls", columns, _rows(listing, causes))


def causes_of(listing: Listing) -> dict[str, Shortage]:
    """The cause of every shortage by requirement: a second or two for a city. What finds them never sees a
    personal field.
    """
    asked = Explainer(without_personal(listing.problem), listing.plan)
    return {shortage.requirement: shortage for shortage in asked.shortages().whole()}


def _rows(listing: Listing, causes: Mapping[str, Shortage] | None) -> Iterator[dict[str, Any]]:
    for lack in sorted(listing.plan.shortfalls, key=lambda lack: (lack.tier, lack.requirement)):
        role = listing.roles[lack.requirement]
        if not listing.has_community(role.demand.community):
            continue
        yield {
            **lack.model_dump(exclude={"reason"}),
            "content": listing.content(role.demand),
            "community": role.demand.community,
            "community_name": listing.community_name(role.demand.community),
            "when": listing.when(role.demand),
            "kind": role.requirement.kind,
            "reason": text_of(f"ledger.reason.{lack.reason}", listing.lang),
            **({} if causes is None else _cause(listing, causes[lack.requirement])),
        }


def _cause(listing: Listing, shortage: Shortage) -> dict[str, Any]:
    lang = listing.lang
    return {
        "cause": text_of(f"cause.name.{shortage.cause}", lang),
        "why": shortage.line(lang),
        "remedy": shortage.remedies_line(lang) or None,
    }
