"""A plan as tables: which there are, and which of them an export holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import Final

from matchkit.errors import Complaint, InputError
from matchkit.messages.message import LANGUAGES, Lang, Message, text_of
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.model.fault import of_another_type
from matchkit.model.personal import without_personal
from matchkit.plan import Plan
from matchkit.tables.export.clock import lacks_zone
from matchkit.tables.export.listing import Listing
from matchkit.tables.export.notice import notice_table
from matchkit.tables.export.pairs import (
    assignments_grid,
    by_community_grid,
    by_unit_grid,
    pairs_grid,
)
from matchkit.tables.export.projects import projects_grid
from matchkit.tables.export.pseudonymous import pseudonymize
from matchkit.tables.export.pseudonyms import Pseudonyms
from matchkit.tables.export.shortfalls import causes_of, shortfalls_grid
from matchkit.tables.export.summary import goals_grid, payments_grid, summary_grid
from matchkit.tables.formats.grid import Grid
from matchkit.tables.given import no_language
from matchkit.verification.checks import verify

SHEETS: Final = (
    "summary",
    "goals",
    "projects",
    "assignments",
    "by_unit",
    "by_community",
    "shortfalls",
    "payments",
    "notice",
)
"""The tables of a plan, by their English names and in the order of a workbook."""
ON_REQUEST: Final = ("pairs",)
"""Tables that are made only where ``sheets`` names them: nobody reads them who has the others."""
OF_A_UNIT: Final = ("projects", "assignments", "by_unit", "notice")
"""What a single unit is given: nothing of what others give, nor of the plan as a whole."""
OF_A_COMMUNITY: Final = ("projects", "assignments", "by_community", "shortfalls", "notice")

_MAKERS: Mapping[str, Callable[[Listing], Grid]] = {
    "goals": goals_grid,
    "projects": projects_grid,
    "assignments": assignments_grid,
    "by_unit": by_unit_grid,
    "by_community": by_community_grid,
    "payments": payments_grid,
    "pairs": pairs_grid,
}


def plan_tables() -> set[str]:
    """The names of all tables of a plan in all languages."""
    return {
        text_of(f"ledger.sheet.{name}", lang)
        for name in (*SHEETS, *ON_REQUEST)
        for lang in LANGUAGES
    }


@collector_at_rest()
def plan_grids(
    problem: Problem,
    plan: Plan,
    *,
    lang: Lang = "en",
    tz: str | None = None,
    explained: bool = True,
    pseudonyms: Pseudonyms | None = None,
    unit: str | None = None,
    community: str | None = None,
    sheets: Collection[str] | None = None,
) -> list[Grid]:
    """The plan as tables, their names and headers in a language ("en" or "zh"), times by the clocks of
    ``tz`` or of ``problem.zone``.

    Where there is neither and the problem has times, heads of columns with times name UTC, and there is no
    notice, which the summary says: nobody chose whose clocks it should go by.

    ``unit`` or ``community`` gives the tables of one of them alone, with what lies below it. ``sheets`` picks
    tables by their English names (``SHEETS``, and "pairs": a bare table that ``audit`` reads back); where it
    is None, all but that. ``explained`` adds to what is missing why it is missing and what would help: a
    second or two for a city. With ``pseudonyms`` all tables are those of the ``pseudonymize`` copy. Names
    of people stand in the tables for those who work with them, never in ``notice``, which is for everybody.

    The plan is verified first: BrokenPlanError where it breaks its problem. InputError for an unknown name of
    a table, language, zone, unit or community, and where ``sheets`` names the notice of a problem with times
    and there is no zone.
    """
    asked = _asked(lang, unit, community, sheets)
    if pseudonyms is not None:
        problem, plan = pseudonymize(problem, plan, pseudonyms)
    else:
        verify(problem, plan).raise_if_broken()
    problem = problem.in_zone(tz)
    if "notice" in asked and lacks_zone(problem):
        if sheets is not None:
            raise InputError(
                [Complaint("notice", Message("ledger.no_zone"), Message("ledger.no_zone.do"))]
            )
        asked = tuple(sheet for sheet in asked if sheet != "notice")
    listing = Listing(problem, plan, lang, unit=unit, community=community)
    found = []
    for sheet in asked:
        if sheet == "summary":
            found.append(summary_grid(listing, pseudonymous=pseudonyms is not None))
        elif sheet == "shortfalls":
            found.append(
                shortfalls_grid(
                    listing,
                    causes_of(listing)
                    if explained and plan.shortfalls
                    else {}
                    if explained
                    else None,
                )
            )
        elif sheet == "notice":
            found.append(
                notice_table(
                    Listing(
                        without_personal(problem), plan, lang, unit=unit, community=community
                    )
                )
            )
        else:
            found.append(_MAKERS[sheet](listing))
    return found


def notice_grid(
    problem: Problem,
    plan: Plan,
    *,
    lang: Lang = "en",
    tz: str | None = None,
    pseudonyms: Pseudonyms | None = None,
    community: str | None = None,
) -> Grid:
    """The public notice list alone: no personal field stands in it, and resources by their ids or
    (``pseudonyms``) tokens.

    Ids, and what demands are called, are shown as they are: where they name a person, take pseudonyms, and
    call demands otherwise. Errors as ``plan_grids``: without ``tz`` and ``problem.zone`` InputError.
    """
    return plan_grids(
        problem,
        plan,
        lang=lang,
        tz=tz,
        pseudonyms=pseudonyms,
        community=community,
        sheets=("notice",),
    )[0]


def _asked(
    lang: str, unit: str | None, community: str | None, sheets: Collection[str] | None
) -> tuple[str, ...]:
    """The tables to make, in the order of a workbook."""
    faults = no_language(lang)
    if unit is not None and community is not None:
        faults.append(
            Complaint(
                Message("ledger.both.where"), Message("ledger.both"), Message("ledger.both.do")
            )
        )
    usual = (
        SHEETS
        if unit is None and community is None
        else OF_A_UNIT
        if unit is not None
        else OF_A_COMMUNITY
    )
    known = (*usual, *ON_REQUEST)
    if sheets is not None and (isinstance(sheets, str) or not isinstance(sheets, Collection)):
        faults += of_another_type("sheets", sheets, list, Message("ledger.sheets.do"))
    elif sheets is not None and not sheets:
        faults.append(
            Complaint(
                "sheets",
                Message("ledger.no_sheets"),
                Message.of("ledger.no_sheets.do", known=known),
            )
        )
    else:
        faults += [
            _unknown(number, name, known)
            for number, name in enumerate(sheets or ())
            if name not in known
        ]
    if faults:
        raise InputError(faults)
    return usual if sheets is None else tuple(sheet for sheet in known if sheet in sheets)


def _unknown(number: int, name: object, known: tuple[str, ...]) -> Complaint:
    near = (
        get_close_matches(name, known, 1) if isinstance(name, str) and len(name) <= 40 else []
    )
    advice = (
        Message.of("record.unlisted.near.do", near=near[0])
        if near
        else Message.of("ledger.no_sheet.do", known=known)
    )
    return Complaint(f"sheets[{number}]", Message("ledger.no_sheet"), advice)
