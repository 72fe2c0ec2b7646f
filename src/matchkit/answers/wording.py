"""How the records that changes bring are told: what matters of a resource, a demand, a rule, a time and an
objective, in a few words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from matchkit.messages.message import Lang, text_of
from matchkit.messages.spans import local
from matchkit.model import FACTORS, Demand, Objective, Resource, SkillLevel, Window
from matchkit.model.rules import RuleRecord
from matchkit.model.rules.base import LARGEST
from matchkit.model.weekly import Weekly


def skill_text(held: SkillLevel, lang: Lang) -> str:
    """A skill with its level."""
    return text_of("change.skill", lang, skill=held.skill, level=held.level)


def resource_text(resource: Resource, lang: Lang) -> str:
    """A resource's kind, skills and capacity; never its name."""
    skills = [skill_text(held, lang) for held in resource.skills]
    key = "change.text_resource" if skills else "change.text_resource_unskilled"
    return text_of(
        key, lang, kind=resource.kind, skills=skills, capacity=resource.capacity
    )


def demand_text(demand: Demand, lang: Lang) -> str:
    """A demand's tier, and how many its requirements want."""
    needs = [
        text_of(
            f"change.need{'_at_least' if need.minimum else ''}",
            lang,
            requirement=need.id,
            wanted=need.wanted,
            minimum=need.minimum,
        )
        for need in demand.requirements
    ]
    return text_of("change.text_demand", lang, tier=demand.tier, needs=needs)


def objective_text(objective: Objective, lang: Lang) -> str:
    """The factors that are not the usual ones, the names of aims, and what is to be fair."""
    factors = {name: getattr(objective, name) for name in FACTORS}
    texts = [
        text_of(
            "change.factor", lang, term=text_of(f"term.{name}", lang), factor=factor
        )
        for name, factor in factors.items()
        if factor != 1
    ]
    if objective.aims:
        texts.append(
            text_of("change.aims", lang, aims=[aim.name for aim in objective.aims])
        )
    texts += [
        text_of(f"change.{name}", lang, of=sharing_text(of, lang))
        for name, of in (("fair", objective.fair), ("even", objective.even))
        if of is not None
    ]
    return (
        text_of("change.text_objective", lang, text=texts)
        if texts
        else text_of("change.usual_objective", lang)
    )


def sharing_text(of: str, lang: Lang) -> str:
    """Between whom something is shared."""
    depth = of.removeprefix("depth ")
    if depth != of:
        return text_of("sharing.depth", lang, depth=int(depth))
    return text_of(f"sharing.{of}", lang)


def rule_text(rule: RuleRecord, lang: Lang) -> str:
    """A rule's label, its limits, and what breaking it costs."""
    limits = list(_limits(rule, lang))
    return (
        text_of("change.text_rule", lang, rule=rule.label, limits=limits)
        if limits
        else rule.label
    )


def _limits(rule: Any, lang: Lang) -> Iterator[str]:
    fields = type(rule).model_fields
    for name in fields:
        value = getattr(rule, name)
        per_days = name == "days" and "per" in fields  # told with its period
        if (
            isinstance(value, int | float)
            and value is not False
            and not per_days
            and not (name == "most" and value == LARGEST)
            and not (name == "order" and value == 0)
        ):
            yield text_of(f"change.rule.{name}", lang, value=value)
    if "per" in fields:
        yield text_of(f"change.per.{rule.per}", lang, days=rule.days, zone=rule.zone)
    if "after" in fields:
        yield text_of(
            "change.rule.after", lang, category=rule.category, after=rule.after
        )
    elif getattr(rule, "category", None) is not None:
        yield text_of("change.rule.category", lang, category=rule.category)
    if "senior" in fields:
        yield text_of("change.rule.senior", lang, skill=skill_text(rule.senior, lang))
    if "skills" in fields:
        yield text_of(
            "change.rule.skills",
            lang,
            skills=[
                text_of(
                    "change.skill_count", lang, skill=skill_text(s, lang), count=s.count
                )
                for s in rule.skills
            ],
        )
    if rule.soft is not None:
        kind = (
            "no_worse"
            if rule.soft.no_worse
            else "tier"
            if rule.soft.tier is not None
            else "price"
        )
        yield text_of(
            f"change.soft.{kind}", lang, price=rule.soft.price, tier=rule.soft.tier
        )


def time_text(time: Window | Weekly, lang: Lang, zone: str | None = None) -> str:
    """A window by the clocks of ``zone`` (None: UTC), or a weekly pattern by the clocks of its own zone."""
    if isinstance(time, Window):
        first, end = (local(moment, zone) for moment in (time.start, time.end))
        key = "change.window" if first.date() == end.date() else "change.window_days"
        return text_of(
            key,
            lang,
            day=_day(first, lang),
            start=_clock(first),
            last=_day(end, lang),
            end=_clock(end),
            zone=zone or "UTC",
        )
    overnight = time.end <= time.start
    texts = text_of(
        f"change.weekly{'_night' if overnight else ''}",
        lang,
        days=_weekdays(tuple(sorted(set(time.days))), lang),
        start=time.start,
        end=time.end,
        first=str(time.first),
        last=str(time.last),
        zone=time.zone,
    )
    for name in ("off", "also"):
        dates = sorted(set(getattr(time, name)))
        if dates:
            texts = text_of(
                f"change.weekly_{name}",
                lang,
                text=texts,
                dates=[str(date) for date in dates],
            )
    return texts


def _day(moment: datetime, lang: Lang) -> str:
    return text_of(
        "change.day",
        lang,
        weekday=text_of(f"change.weekday.{moment.isoweekday()}", lang),
        date=str(moment.date()),
    )


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _weekdays(days: tuple[int, ...], lang: Lang) -> str:
    """Days of the week, those in a row as one."""
    if len(days) == 7:
        return text_of("change.weekday.all", lang)
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [
        [text_of(f"change.weekday.{run[at]}", lang) for at in (0, -1)] for run in runs
    ]
    texts = [
        first
        if first == last
        else text_of("change.weekday.run", lang, first=first, last=last)
        for first, last in names
    ]
    return text_of("change.weekdays", lang, days=texts)
