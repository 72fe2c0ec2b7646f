"""A plan as tables: which there are, with which columns, and which of them an export holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, TypedDict

from matchkit.answers.lottery import PublishedLottery
from matchkit.arguments import Arguments, Returned, with_keywords_of
from matchkit.errors import Complaint, InputError
from matchkit.messages.message import LANGUAGES, Lang, Message, text_of
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.model.fault import no_language, of_another_type
from matchkit.model.personal import without_personal
from matchkit.plan import Plan
from matchkit.solving.rounds import history_after
from matchkit.tables.export.listing import Listing, lacks_zone
from matchkit.tables.export.pairs import (
    TERMS,
    assignment_rows,
    community_rows,
    notice_rows,
    project_rows,
    unit_rows,
)
from matchkit.tables.export.pseudonyms import Pseudonyms, pseudonymize
from matchkit.tables.export.summary import (
    causes_of,
    chains_of,
    coverage_rows,
    goal_rows,
    payment_rows,
    shortfall_rows,
    summary_rows,
)
from matchkit.tables.formats.grid import Grid
from matchkit.tables.importer.writing import history_grid
from matchkit.verification.checks import verify
from matchkit.verification.draws import check_draw

COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "summary": ("item", "value", "text"),
    "goals": ("goal", "value", "bound", "tolerance"),
    # The last three are empty: to be filled in as the work goes on.
    "projects": (
        "number",
        "demand",
        "tier",
        "category",
        "content",
        "community",
        "community_name",
        "unit",
        "unit_name",
        "in_charge",
        "quantity",
        "members",
        "begins",
        "ends",
        "progress",
        "effect",
        "evaluation",
    ),
    "assignments": (
        "resource",
        "requirement",
        "quantity",
        "start",
        "name",
        "kind",
        "unit",
        "unit_name",
        "demand",
        "content",
        "tier",
        "community",
        "community_name",
        "when",
        "weight",
        "points",
        *TERMS,
    ),
    "by_unit": (
        "unit",
        "unit_name",
        "resource",
        "name",
        "kind",
        "capacity",
        "requirement",
        "demand",
        "content",
        "community",
        "community_name",
        "when",
        "quantity",
        "unit_quantity",
        "unit_busy",
        "unit_resources",
        "unit_capacity",
    ),
    "by_community": (
        "community",
        "community_name",
        "tier",
        "demand",
        "content",
        "requirement",
        "kind",
        "when",
        "wanted",
        "assigned",
        "missing",
        "resource",
        "name",
        "unit",
        "unit_name",
        "quantity",
        "community_wanted",
        "community_assigned",
        "community_missing",
    ),
    "coverage": (
        "tier",
        "community",
        "community_name",
        "wanted",
        "assigned",
        "missing",
        "share",
        "hall_set",
        "through",
    ),
    "shortfalls": (
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
        "missing",
        "below_minimum",
        "eligible",
        "reason",
        "cause",
        "why",
        "remedy",
    ),
    "payments": ("rule", "amount", "paid", "tier"),
    "notice": (
        "number",
        "community_name",
        "demand",
        "category",
        "content",
        "unit_name",
        "resource",
        "kind",
        "quantity",
        "when",
        "odds",
    ),
    # As in hand-made tables, which matchkit.tables.pair_table reads.
    "pairs": ("resource", "requirement", "quantity", "start"),
    # The table of a problem by that name, for the next round.
    "history": (),
}
"""The columns of each table of a plan, by English names."""
ON_REQUEST: Final = ("pairs", "history")
"""Tables that are made only where ``sheets`` names them: nobody reads them who has the others."""
SHEETS: Final = tuple(sheet for sheet in COLUMNS if sheet not in ON_REQUEST)
"""The other tables of a plan, in the order of a workbook."""
CAUSES: Final = ("cause", "why", "remedy", "hall_set", "through")
"""Columns of what is missing, and of coverage, that tell why it is."""
OF_A_UNIT: Final = ("projects", "assignments", "by_unit", "notice")
"""What a single unit is given: nothing of what others give, nor of the plan as a whole."""
OF_A_COMMUNITY: Final = (
    "projects",
    "assignments",
    "by_community",
    "shortfalls",
    "notice",
)

_ROWS: Mapping[str, Callable[[Listing], Iterable[Mapping[str, Any]]]] = {
    "goals": goal_rows,
    "projects": project_rows,
    "assignments": assignment_rows,
    "by_unit": unit_rows,
    "by_community": community_rows,
    "payments": payment_rows,
    "pairs": assignment_rows,
}


class PlanTableOptions(TypedDict, total=False):
    """The options of ``plan_grids``, which says what they mean, for functions that hand its tables on."""

    lang: Lang
    tz: str | None
    explained: bool
    pseudonyms: Pseudonyms | None
    unit: str | None
    community: str | None
    sheets: Collection[str] | None
    lottery: str | None


def plan_tables() -> set[str]:
    """The names of all tables of a plan in all languages."""
    return {
        text_of(f"ledger.sheet.{name}", lang) for name in COLUMNS for lang in LANGUAGES
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
    lottery: str | None = None,
) -> list[Grid]:
    """The plan as tables, their names and headers in a language ("en" or "zh"), times by the clocks of
    ``tz`` or of ``problem.zone``.

    Where there is neither and the problem has times, heads of columns with times name UTC, and there is no
    notice, which the summary says: nobody chose whose clocks it should go by.

    ``unit`` or ``community`` gives the tables of one of them alone, with what lies below it. ``sheets`` picks
    tables by their English names (``SHEETS``; "pairs": a bare table that ``audit`` reads back; "history":
    what this and earlier rounds gave, for the problem of the next one); where it is None, all but these two.
    ``explained`` adds to what is missing why it is missing and what would help, and to coverage the
    Hall set that proves it: some seconds for a city. With ``pseudonyms`` all tables are those of the
    ``pseudonymize`` copy. Names of people stand in the tables for those who work with them, never in
    ``notice``, which is for everybody.
    With the text of the ``lottery`` that the plan was drawn from, ``notice`` has all pairs with any odds, and
    these beside the result; the line of a drawn plan stands below.

    The plan is verified first: BrokenPlanError where it breaks its problem. InputError for an unknown name of
    a table, language, zone, unit or community, and where ``sheets`` names the notice of a problem with times
    and there is no zone; for a text that is no lottery of a problem, and for one beside pseudonyms, as it
    holds ids. BrokenPlanError too where the plan is not what its line draws from the lottery.
    """
    asked = _asked(lang, unit, community, sheets)
    published = None
    if lottery is not None:
        published = _published(problem, plan, lottery, pseudonyms)
    if pseudonyms is not None:
        problem, plan = pseudonymize(problem, plan, pseudonyms)
    else:
        verify(problem, plan).raise_if_broken()
    problem = problem.in_zone(tz)
    if "notice" in asked and lacks_zone(problem):
        if sheets is not None:
            raise InputError.of("notice", "ledger.no_zone")
        asked = tuple(sheet for sheet in asked if sheet != "notice")
    listing = Listing(problem, plan, lang, unit=unit, community=community)
    found = []
    for sheet in asked:
        if sheet == "history":
            found.append(history_grid(history_after(problem, plan), lang))
            continue
        of, columns = listing, COLUMNS[sheet]
        if not explained:
            columns = [one for one in columns if one not in CAUSES]
        rows: Iterable[Mapping[str, Any]]
        if sheet == "summary":
            rows = summary_rows(of, pseudonymous=pseudonyms is not None)
        elif sheet == "shortfalls":
            rows = shortfall_rows(
                of, causes_of(of) if explained and plan.shortfalls else None
            )
        elif sheet == "coverage":
            rows = coverage_rows(of, chains_of(of) if explained else ())
        elif (
            sheet == "notice"
        ):  # for everybody: what makes it never sees a personal field
            of = Listing(
                without_personal(problem), plan, lang, unit=unit, community=community
            )
            rows = notice_rows(of, published)
            columns = [one for one in columns if one != "odds" or published]
        else:
            rows = _ROWS[sheet](of)
        found.append(of.grid(sheet, columns, rows))
        if (
            sheet == "pairs"
        ):  # ``audit`` reads it back: its headers are English in any language
            found[-1].rows[0] = list(columns)
    return found


def with_table_options(
    function: Callable[Arguments, Returned],
) -> Callable[Arguments, Returned]:
    """The function with its ``**options: Unpack[PlanTableOptions]`` as keywords like those of
    ``plan_grids``.
    """
    return with_keywords_of(plan_grids, function)


def notice_grid(
    problem: Problem,
    plan: Plan,
    *,
    lang: Lang = "en",
    tz: str | None = None,
    pseudonyms: Pseudonyms | None = None,
    community: str | None = None,
    lottery: str | None = None,
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
        lottery=lottery,
    )[0]


def _published(
    problem: Problem, plan: Plan, text: str, pseudonyms: Pseudonyms | None
) -> PublishedLottery:
    """The lottery of a text, which the plan was drawn from."""
    if pseudonyms is not None:
        raise InputError.of("lottery", "lottery.pseudonyms")
    record = PublishedLottery.read(text)
    line = plan.outcome.drawn or ""
    check_draw(text, line, plan, problem=problem).raise_if_broken()
    return record


def _asked(
    lang: str, unit: str | None, community: str | None, sheets: Collection[str] | None
) -> tuple[str, ...]:
    """The tables to make, in the order of a workbook."""
    faults = no_language(lang)
    if unit is not None and community is not None:
        faults.append(Complaint.of(Message("ledger.both.where"), "ledger.both"))
    usual = SHEETS if community is None else OF_A_COMMUNITY
    if unit is not None:
        usual = OF_A_UNIT
    whole = unit is None and community is None
    known = (*usual, *(ON_REQUEST if whole else ("pairs",)))
    if sheets is not None and (
        isinstance(sheets, str) or not isinstance(sheets, Collection)
    ):
        faults += of_another_type("sheets", sheets, list, Message("ledger.sheets.do"))
    elif sheets is not None and not sheets:
        faults.append(Complaint.of("sheets", "ledger.no_sheets", known=known))
    else:
        faults += [
            _unknown(number, name, known)
            for number, name in enumerate(sheets or ())
            if name not in known
        ]
    InputError.raise_if(faults)
    return (
        usual if sheets is None else tuple(sheet for sheet in known if sheet in sheets)
    )


def _unknown(number: int, name: object, known: tuple[str, ...]) -> Complaint:
    near = (
        get_close_matches(name, known, 1)
        if isinstance(name, str) and len(name) <= 40
        else []
    )
    advice = (
        Message.of("record.unlisted.near.do", near=near[0])
        if near
        else Message.of("ledger.no_sheet.do", known=known)
    )
    return Complaint(f"sheets[{number}]", Message("ledger.no_sheet"), advice)
