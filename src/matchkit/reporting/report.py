"""A page of a problem and its plan, and its charts as files."""

from __future__ import annotations

import os
from typing import Any, get_args

from matchkit.arguments import is_number, is_whole
from matchkit.deadline import Deadline
from matchkit.errors import Complaint, InputError
from matchkit.explain.explainer import Explainer
from matchkit.messages.message import LANGUAGES, Lang, Message, Unshortened
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.model.fault import A_PLAN, A_PROBLEM, of_another_type
from matchkit.plan import Plan
from matchkit.reporting.charts.canvas import Form, drawing
from matchkit.reporting.charts.every import CHARTS
from matchkit.reporting.charts.vector import written
from matchkit.reporting.facts import Facts
from matchkit.reporting.html import page
from matchkit.reporting.lacking import lacking
from matchkit.reporting.needed import needed
from matchkit.reporting.worth import worth
from matchkit.tables.given import path_of
from matchkit.tables.writing import check_writable, make_folder, write_bytes
from matchkit.verification.checks import verify

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
) -> None:
    """Write one HTML file that shows a problem and its plan: it needs no network, and a browser lets it load
    nothing.

    Hours are those of ``tz``, else of ``problem.zone``, else of UTC. For the first ``repairs`` demands by
    tier that lack something, ways to fill them are looked for, for about ``time_limit`` seconds in all (None:
    no limit); where either is given and no flow expresses the problem, whom to recruit is tried by solving.
    ``names`` shows resources' names, which are personal data, and says so on top; contacts are never shown.
    The plan is verified first.

    Raises InputError for wrong arguments, a plan of another problem and where the extra ``report`` is not
    installed, BrokenPlanError for a plan that breaks its problem, and StorageError where the file cannot be
    written.
    """
    wrong = _wrong(problem, plan, lang) + _wrong_options(tz, repairs, names, time_limit)
    wrong = wrong or _strangers(problem, plan)
    if wrong:
        raise InputError(wrong)
    for name in ("matplotlib", "jinja2"):
        needed(name)
    path = check_writable(path_of(path))
    with collector_at_rest():
        verify(problem, plan).raise_if_broken()
        problem = problem.in_zone(tz)
        asked = Explainer(problem, plan)
        facts = Facts(problem, plan)
        deadline = Deadline.within(time_limit)
        found = lacking(facts, asked, repairs, deadline)
        prices = worth(facts, deadline, searched=repairs > 0 or time_limit is not None)
        with drawing("svg"):
            charts = {name: chart(facts, lang, "svg") for name, chart in CHARTS.items()}
            text = page(facts, found, prices, charts, lang, names=names, seconds=time_limit)
    write_bytes(path, text.encode())


def write_pictures(
    problem: Problem,
    plan: Plan,
    folder: str | os.PathLike[str],
    *,
    lang: Lang = "en",
    format: Form = "png",
    tz: str | None = None,
) -> list[str]:
    """Write each chart as a file of its own into ``folder``, which is made where it is missing; the names of
    the files written.

    The same problem and plan give the same bytes with the same versions and fonts. PNG needs installed fonts
    that have the letters of the names: InputError where there are none; SVG leaves that to the reader's
    program. Errors otherwise as of ``report``.
    """
    wrong = _wrong(problem, plan, lang) + _wrong_options(tz, 0, names=False, time_limit=None)
    if format not in get_args(Form):
        wrong.append(Complaint("format", Message("report.form"), Message("report.form.do")))
    wrong = wrong or _strangers(problem, plan)
    if wrong:
        raise InputError(wrong)
    needed("matplotlib")
    folder = path_of(folder)
    verify(problem, plan).raise_if_broken()
    facts = Facts(problem.in_zone(tz), plan)
    contents = _drawn(facts, lang, format)
    make_folder(folder)
    for name, content in contents.items():
        write_bytes(folder / name, content)
    return list(contents)


def _drawn(facts: Facts, lang: Lang, form: Form) -> dict[str, bytes]:
    with drawing("svg"):
        said = {name: chart(facts, lang, "svg") for name, chart in CHARTS.items()}
        shown = {name: picture for name, picture in said.items() if picture is not None}
        if form == "svg":
            head = '<?xml version="1.0" encoding="UTF-8"?>\n'
            return {
                f"{name}.svg": (head + written(picture.element()) + "\n").encode()
                for name, picture in shown.items()
            }
    letters = "".join(text for picture in shown.values() for text in picture.canvas.texts)
    with drawing("png", letters):
        drawn = {name: CHARTS[name](facts, lang, "png") for name in shown}
        return {
            f"{name}.png": picture.canvas.png()
            for name, picture in drawn.items()
            if picture is not None
        }


def _wrong(problem: object, plan: object, lang: object) -> list[Complaint]:
    wrong = of_another_type("problem", problem, Problem, A_PROBLEM) + of_another_type(
        "plan", plan, Plan, A_PLAN
    )
    if lang not in LANGUAGES:
        known = tuple(f'"{name}"' for name in LANGUAGES)
        wrong.append(
            Complaint(
                "lang",
                Message("report.lang"),
                Message.of("report.lang.do", languages=Unshortened(known)),
            )
        )
    return wrong


def _wrong_options(
    zone: Any, repairs: object, names: object, time_limit: object
) -> list[Complaint]:
    wrong = []
    try:
        Problem().in_zone(zone)
    except InputError:
        wrong.append(
            Complaint("tz", Message("record.zone.unknown"), Message("record.zone.unknown.do"))
        )
    if not is_whole(repairs, 0, MOST_REPAIRS):
        wrong.append(
            Complaint(
                "repairs",
                Message.of("argument.whole", least=0, most=MOST_REPAIRS),
                Message("report.repairs_count.do"),
            )
        )
    if not isinstance(names, bool):
        wrong.append(Complaint("names", Message("record.truth"), Message("report.names.do")))
    if time_limit is not None and not (is_number(time_limit, 0, 10**9) and time_limit > 0):
        wrong.append(
            Complaint("time_limit", Message("option.seconds"), Message("report.time_limit.do"))
        )
    return wrong


def _strangers(problem: Problem, plan: Plan) -> list[Complaint]:
    """Ids of the plan that the problem does not have."""
    known = (
        {entry.id for entry in problem.resources},
        {need.id for entry in problem.demands for need in entry.requirements},
    )
    named = (
        {entry.resource for entry in plan.assignments},
        {entry.requirement for entry in plan.assignments},
    )
    strange = [("resource", name) for name in sorted(named[0] - known[0])] + [
        ("requirement", name) for name in sorted(named[1] - known[1])
    ]
    fact, advice = Message("plan.not_in_problem"), Message("plan.not_in_problem.do")
    return [
        Complaint(Message.of(f"where.{what}", id=name), fact, advice)
        for what, name in strange[:1000]
    ]
