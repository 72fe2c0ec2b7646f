"""The page: template, style and script put together under a policy that lets a browser load and run nothing
else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from importlib import metadata, resources
from typing import Any

from matchkit.answers.effects import goals_told
from matchkit.messages.message import Lang, Unshortened, number, text_of
from matchkit.plan import BlockCertificate
from matchkit.plan.goals import goal_told, printable
from matchkit.reporting.charts.flows import inner_pictures
from matchkit.reporting.charts.named import places_named
from matchkit.reporting.charts.picture import Picture
from matchkit.reporting.charts.timetable import day_told
from matchkit.reporting.charts.vector import possible, written
from matchkit.reporting.embedded import embedded
from matchkit.reporting.facts import Facts
from matchkit.reporting.hours import hours
from matchkit.reporting.lacking import Lacking
from matchkit.reporting.worth import SHOWN, Asked, Worth

SCRIPTS = ("list.js", "drill.js", "flows.js", "lists.js", "start.js")
SKILLS = 30
"""Kinds with skills that are told by what they are worth, before the rest is counted."""
CHECK = "matchkit check problem.json plan.json"


def part(name: str) -> str:
    """A file of the page."""
    return resources.files("matchkit.reporting.page").joinpath(name).read_text(encoding="utf-8")


def sha256(text: str) -> str:
    """The hash of a style or script as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def page(
    facts: Facts,
    lacking: Lacking,
    worth: Worth,
    charts: Mapping[str, Picture | None],
    lang: Lang,
    *,
    names: bool,
    seconds: float | None,
) -> str:
    """The whole page as text."""
    from jinja2 import BaseLoader, Environment, StrictUndefined
    from markupsafe import Markup

    def told(key: str, **values: Any) -> str:
        return text_of(f"report.{key}", lang, **values)

    def instead(demand: str) -> list[str]:
        return [entry.text(lang) for entry in lacking.shortages if entry.demand == demand]

    style = part("style.css")
    script = '"use strict";\n(() => {\n' + "".join(part(name) for name in SCRIPTS) + "})();\n"
    timetable = hours(facts)
    inner = inner_pictures(facts, lang)
    days = [day_told(timetable, row, lang) for row in range(len(timetable.days))]
    environment = Environment(
        loader=BaseLoader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.from_string(part("page.html"))
    text = template.render(
        lang=told("language"),
        t=told,
        say=lambda key, **values: text_of(key, lang, **values),
        lines=lambda answer: answer.text(lang).split("\n"),
        line=lambda answer: answer.line(lang),
        printable=printable,
        whole=lambda value: number(value, lang),
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - files of this package
        style_hash=sha256(style),
        script_hash=sha256(script),
        data=Markup(embedded(facts, lacking, timetable, lang, names=names)),  # noqa: S704 - escaped for a script element
        charts=charts,
        drawn={
            name: Markup(written(chart.element()))  # noqa: S704 - ElementTree escapes
            for name, chart in charts.items()
            if chart
        },
        facts=facts,
        outcome=facts.plan.outcome,
        busy=sum(1 for given in facts.given if given),
        lacking=lacking,
        worth=worth,
        seconds=None if seconds is None else f"{seconds:g}",
        names=names,
        day_options=list(enumerate(days)),
        tier_options=[(tier, told("tier", tier=tier)) for tier in facts.by_tier],
        unit_options=list(enumerate(places_named(facts.units, facts.unit_level, lang))),
        community_options=list(_community_options(facts, lang)),
        inner=inner,
        inner_drawn={place: Markup(written(chart.element())) for place, chart in inner.items()},  # noqa: S704 - ElementTree escapes
        first_best=SHOWN,
        instead=instead,
        cause_options=[
            (text_of(f"cause.name.{cause}", lang),) * 2 for cause in lacking.by_cause
        ],
        cause_rows=[
            (text_of(f"cause.name.{cause}", lang), units)
            for cause, units in lacking.by_cause.items()
        ],
        skill_rows=[
            (_asked(entry.asked, lang), entry.helped, goals_told(entry.most, lang))
            for entry in worth.by_skill[:SKILLS]
        ],
        skills_more=max(0, len(worth.by_skill) - SKILLS),
        goal_rows=[
            (
                goal_told(goal.name, lang),
                goal.value,
                told("proof.open") if goal.bound is None else goal.bound,
                goal.tolerance,
            )
            for goal in facts.plan.outcome.goals
        ],
        proof="blocks"
        if isinstance(facts.plan.certificate, BlockCertificate)
        else facts.plan.outcome.proof or "nothing",
        version=metadata.version("matchkit"),
        check=CHECK,
    )
    return possible(text)


def _community_options(facts: Facts, lang: Lang) -> Iterator[tuple[str, str]]:
    """Places of the community level, each followed by what it consists of, where that has a picture of its
    own.
    """
    for place, name in enumerate(places_named(facts.communities, facts.community_level, lang)):
        yield str(place), name
        level = facts.inner_levels.get(place)
        if level is not None:
            for number, inner in enumerate(places_named(facts.communities, level, lang)):
                yield f"{place}.{number}", f"\u2003{inner}"


def _asked(asked: Asked, lang: Lang) -> str:
    kind, skills = asked
    told = [text_of("change.skill", lang, skill=skill, level=level) for skill, level in skills]
    return text_of("report.asked", lang, kind=kind, skills=Unshortened(told)) if told else kind
