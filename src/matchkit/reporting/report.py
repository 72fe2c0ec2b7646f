"""``report`` and ``write_pictures``: a plan, verified first, as one HTML page or as chart files."""

from __future__ import annotations

import importlib
import os
from typing import Any, get_args

from matchkit.answers.comparison import Comparison
from matchkit.compile.why_not import not_in_problem
from matchkit.deadline import Deadline
from matchkit.errors import Complaint, InputError
from matchkit.explain.explainer import Explainer
from matchkit.messages.message import Lang, Message
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.model.fault import (
    no_language,
    not_among,
    of_another_type,
    path_of,
)
from matchkit.plan import Plan
from matchkit.plan.arguments import no_plan, no_problem, no_seconds, no_whole
from matchkit.reporting.charts.canvas import PictureFormat, drawing
from matchkit.reporting.charts.coverage import coverage_by_community, coverage_by_tier
from matchkit.reporting.charts.fairness import coverage_profile
from matchkit.reporting.charts.flows import flow_picture
from matchkit.reporting.charts.load import load_per_person, load_per_unit
from matchkit.reporting.charts.map import demand_map
from matchkit.reporting.charts.picture import Chart, svg_text
from matchkit.reporting.charts.roster import roster_chart
from matchkit.reporting.charts.timetable import timetable
from matchkit.reporting.facts import Facts
from matchkit.reporting.html import page
from matchkit.reporting.sections import (
    fairness_section,
    recruit_section,
    shortage_section,
)
from matchkit.tables.writing import check_writable, make_folder, write_bytes
from matchkit.verification.checks import verify

CHARTS: dict[str, Chart] = {
    "coverage_by_tier": coverage_by_tier,
    "coverage_by_community": coverage_by_community,
    "coverage_profile": coverage_profile,
    "load_per_person": load_per_person,
    "load_per_unit": load_per_unit,
    "demand_map": demand_map,
    "flows": flow_picture,
    "timetable": timetable,
    "roster": roster_chart,
}


MOST_REPAIRS = 20


def report(
    problem: Problem,
    plan: Plan,
    path: str | os.PathLike[str],
    *,
    lang: Lang = "en",
    tz: str | None = None,
    repairs: int = 0,
    names: bool = False,
    time_limit: float | None = None,
    compared: Comparison | None = None,
) -> None:
    """Write one HTML file that shows a problem and its plan: it needs no network, and a browser lets it load
    nothing.

    Hours are those of ``tz``, else of ``problem.zone``, else of UTC. For the first ``repairs`` demands by
    tier that lack something, ways to fill them are looked for, for about ``time_limit`` seconds in all (None:
    no limit); where either is given and no flow expresses the problem, whom to recruit is tried by solving.
    With what ``compare`` says of a plan before and this one, with causes, a section has the moves.
    ``names`` shows resources' names, which are personal data, and says so on top; contacts are never shown.
    The plan is verified first.

    Raises InputError for wrong arguments, a plan of another problem and where the extra ``report`` is not
    installed, BrokenPlanError for a plan that breaks its problem, and StorageError where the file cannot be
    written.
    """
    wrong = _option_errors(repairs, names, time_limit)
    if compared is not None:
        do = Message("report.compared.do")
        wrong += of_another_type("compared", compared, Comparison, do)
    _check(problem, plan, lang, tz, wrong)
    for library in ("matplotlib", "jinja2"):
        _require(library)
    path = check_writable(path_of(path))
    with collector_at_rest():
        verify(problem, plan).raise_if_broken()
        problem = problem.in_zone(tz)
        facts = Facts(problem, plan)
        deadline = Deadline.within(time_limit)
        explainer = Explainer(problem, plan)
        fairness = fairness_section(explainer)
        shortages = shortage_section(facts, explainer, repairs, deadline)
        searched = repairs > 0 or time_limit is not None
        recruits = recruit_section(facts, deadline, searched=searched)
        with drawing("svg"):
            charts = {name: chart(facts, lang, "svg") for name, chart in CHARTS.items()}
            text = page(
                facts,
                fairness,
                shortages,
                recruits,
                charts,
                lang,
                names=names,
                seconds=time_limit,
                compared=compared,
            )
    write_bytes(path, text.encode())


def write_pictures(
    problem: Problem,
    plan: Plan,
    folder: str | os.PathLike[str],
    *,
    lang: Lang = "en",
    format: PictureFormat = "png",
    tz: str | None = None,
) -> list[str]:
    """Write each chart as a file of its own into ``folder``, which is made where it is missing; the names of
    the files written.

    The same problem and plan give the same bytes with the same versions and fonts. PNG needs installed fonts
    that have the letters of the names: InputError where there are none; SVG leaves that to the reader's
    program. Errors otherwise as of ``report``.
    """
    _check(
        problem, plan, lang, tz, not_among("format", format, get_args(PictureFormat))
    )
    _require("matplotlib")
    folder = path_of(folder)
    verify(problem, plan).raise_if_broken()
    facts = Facts(problem.in_zone(tz), plan)
    contents = _drawn(facts, lang, format)
    make_folder(folder)
    for name, content in contents.items():
        write_bytes(folder / name, content)
    return list(contents)


def _drawn(facts: Facts, lang: Lang, form: PictureFormat) -> dict[str, bytes]:
    """The content of each file by name. For PNG all is drawn again, with fonts that have the letters used."""
    with drawing("svg"):
        pictures = {name: chart(facts, lang, "svg") for name, chart in CHARTS.items()}
        shown = {name: picture for name, picture in pictures.items() if picture}
        if form == "svg":
            head = '<?xml version="1.0" encoding="UTF-8"?>\n'
            return {
                f"{name}.svg": (head + svg_text(picture.element()) + "\n").encode()
                for name, picture in shown.items()
            }
    letters = "".join(
        text for picture in shown.values() for text in picture.canvas.texts
    )
    with drawing("png", letters):
        drawn = {name: CHARTS[name](facts, lang, "png") for name in shown}
        return {
            f"{name}.png": picture.canvas.png()
            for name, picture in drawn.items()
            if picture
        }


def _require(library: str) -> None:
    """Raise InputError, which names the extra ``report``, where a library is not installed."""
    try:
        importlib.import_module(library)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != library:
            raise
        raise InputError.of(
            "report", "fault.needs_extra", name=library, extra="report"
        ) from None


def _check(
    problem: object, plan: object, lang: object, zone: Any, options: list[Complaint]
) -> None:
    """Raise InputError with all wrong arguments, else with all ids of the plan that the problem lacks."""
    wrong = no_problem(problem) + no_plan(plan) + no_language(lang)
    try:
        Problem().in_zone(zone)
    except InputError:
        wrong.append(Complaint.of("tz", "record.zone.unknown"))
    wrong += options
    if not wrong and isinstance(problem, Problem) and isinstance(plan, Plan):
        wrong = _unknown_ids(problem, plan)
    InputError.raise_if(wrong)


def _option_errors(
    repairs: object, names: object, time_limit: object
) -> list[Complaint]:
    wrong = no_whole("repairs", repairs, 0, MOST_REPAIRS)
    if not isinstance(names, bool):
        wrong.append(Complaint.of("names", "record.truth", "report.names"))
    return wrong + no_seconds(time_limit, "report.time_limit")


def _unknown_ids(problem: Problem, plan: Plan) -> list[Complaint]:
    """Ids of the plan that the problem does not have, at most a thousand."""
    known = {
        "resource": {entry.id for entry in problem.resources},
        "requirement": {
            need.id for entry in problem.demands for need in entry.requirements
        },
    }
    unknown = [
        (what, name)
        for what, ids in known.items()
        for name in sorted({getattr(entry, what) for entry in plan.assignments} - ids)
    ]
    return [not_in_problem(what, name) for what, name in unknown[:1000]]
