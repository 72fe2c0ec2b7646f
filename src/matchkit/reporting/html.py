"""The HTML page from its template, style, script and charts, under a content security policy that forbids all
else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from importlib import metadata, resources
from typing import Any

from matchkit.answers.comparison import Comparison
from matchkit.answers.effects import goals_text
from matchkit.messages.message import Lang, Unshortened, number, text_of
from matchkit.plan import BlockCertificate
from matchkit.plan.outcome import goal_text, printable
from matchkit.reporting.charts.flows import inner_pictures
from matchkit.reporting.charts.picture import Picture, svg_text, xml_safe
from matchkit.reporting.charts.timetable import day_text
from matchkit.reporting.embedded import embedded
from matchkit.reporting.facts import Facts
from matchkit.reporting.hours import hourly_demand
from matchkit.reporting.roster import roster
from matchkit.reporting.sections import (
    SHOWN,
    FairnessSection,
    KindAndSkills,
    RecruitSection,
    ShortageSection,
)
from matchkit.reporting.tree import places_named

SCRIPTS = ("list.js", "drill.js", "flows.js", "lists.js", "start.js")
MOST_CUTS = 12
"""Lines of a chain of Hall sets that are shown; of the rest the page says the number."""
MOST_PATHS = 200
"""Paths of moves that are shown; of the rest the page says the number."""
SKILLS = 30
"""Kinds with skills that are listed; of the rest the page says the number."""
CHECK = "matchkit check problem.json plan.json"


def part(name: str) -> str:
    """A file of the page."""
    return (
        resources.files("matchkit.reporting.page")
        .joinpath(name)
        .read_text(encoding="utf-8")
    )


def sha256(text: str) -> str:
    """The hash of a style or script as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def page(
    facts: Facts,
    fairness: FairnessSection,
    shortages: ShortageSection,
    recruits: RecruitSection,
    charts: Mapping[str, Picture | None],
    lang: Lang,
    *,
    names: bool,
    seconds: float | None,
    compared: Comparison | None = None,
) -> str:
    """The whole page as text."""
    from jinja2 import BaseLoader, Environment, StrictUndefined
    from markupsafe import Markup

    def text_at(key: str, **values: Any) -> str:
        return text_of(f"report.{key}", lang, **values)

    def instead(demand: str) -> list[str]:
        return [
            entry.text(lang) for entry in shortages.shortages if entry.demand == demand
        ]

    def drawn(chart: Picture) -> Markup:
        return Markup(svg_text(chart.element()))  # noqa: S704 - ElementTree escapes

    style = part("style.css")
    script = (
        '"use strict";\n(() => {\n'
        + "".join(part(name) for name in SCRIPTS)
        + "})();\n"
    )
    timetable = hourly_demand(facts)
    by_person = roster(facts)
    inner = inner_pictures(facts, lang)
    days = [day_text(timetable, row, lang) for row in range(len(timetable.days))]
    environment = Environment(
        loader=BaseLoader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.from_string(part("page.html"))
    text = template.render(
        lang=text_at("language"),
        code=lang,
        t=text_at,
        say=lambda key, **values: text_of(key, lang, **values),
        lines=lambda answer: answer.text(lang).split("\n"),
        line=lambda answer: answer.line(lang),
        line_of=lambda message: message.text(lang),
        printable=printable,
        whole=lambda value: number(value, lang),
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - files of this package
        style_hash=sha256(style),
        script_hash=sha256(script),
        data=Markup(embedded(facts, shortages, timetable, lang, names=names)),  # noqa: S704 - escaped for a script element
        charts=charts,
        drawn={name: drawn(chart) for name, chart in charts.items() if chart},
        facts=facts,
        outcome=facts.plan.outcome,
        busy=sum(1 for given in facts.given if given),
        fairness=fairness,
        fairness_lines=fairness.fairness.sums(lang) if fairness.fairness else [],
        most_cuts=MOST_CUTS,
        shortages=shortages,
        recruits=recruits,
        seconds=None if seconds is None else f"{seconds:g}",
        names=names,
        compared=compared,
        most_paths=MOST_PATHS,
        day_options=list(enumerate(days)),
        tier_options=[(tier, text_at("tier", tier=tier)) for tier in facts.by_tier],
        unit_options=list(enumerate(places_named(facts.units, facts.unit_level, lang))),
        community_options=list(_community_options(facts, lang)),
        everybody=by_person is not None and by_person.is_whole,
        inner=inner,
        inner_drawn={place: drawn(chart) for place, chart in inner.items()},
        first_best=SHOWN,
        instead=instead,
        cause_options=[
            (text_of(f"cause.name.{cause}", lang),) * 2 for cause in shortages.by_cause
        ],
        cause_rows=[
            (text_of(f"cause.name.{cause}", lang), units)
            for cause, units in shortages.by_cause.items()
        ],
        skill_rows=[
            (
                _kind_and_skills(entry.asked, lang),
                entry.helped,
                goals_text(entry.most, lang),
            )
            for entry in recruits.by_skill[:SKILLS]
        ],
        skills_more=max(0, len(recruits.by_skill) - SKILLS),
        goal_rows=[
            (
                goal_text(goal.name, lang),
                goal.value,
                text_at("proof.open") if goal.bound is None else goal.bound,
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
    return xml_safe(text)


def _community_options(facts: Facts, lang: Lang) -> Iterator[tuple[str, str]]:
    """Places of the community level, each followed by its parts where these have a picture of their own."""
    for place, name in enumerate(
        places_named(facts.communities, facts.community_level, lang)
    ):
        yield str(place), name
        level = facts.inner_levels.get(place)
        if level is not None:
            for number, inner in enumerate(
                places_named(facts.communities, level, lang)
            ):
                yield f"{place}.{number}", f"\u2003{inner}"


def _kind_and_skills(asked: KindAndSkills, lang: Lang) -> str:
    kind, skills = asked
    listed = [
        text_of("change.skill", lang, skill=skill, level=level)
        for skill, level in skills
    ]
    return (
        text_of("report.asked", lang, kind=kind, skills=Unshortened(listed))
        if listed
        else kind
    )
