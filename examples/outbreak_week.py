"""An outbreak in one district: the week after each of three waves, as a normal week and as an emergency.

Everything is generated: people, units, communities and demands are those of
``matchkit.datasets.city("district")`` (its parameters and their sources are in ``matchkit.datasets.STATED``).
The dates of the waves are reported ones. What an emergency changes is this example's own assumption: urgent
head-counts double, what gathers people is put off, advice and counselling go online.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Any

import matchkit as mk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WAVES = {date(2021, 10, 21): 1, date(2022, 3, 12): 2, date(2022, 7, 9): 3}
"""First day of each wave (Lanzhou, as reported by the city's civilisation office site), and the seed of the
district used for it.
"""
CHINA = timezone(timedelta(hours=8))
BASE_MONDAY = date(2022, 7, 11)
URGENT = ("应急值守", "医疗健康", "物资配送")
PUT_OFF = ("文体活动", "政策宣讲", "急救培训")
ONLINE = ("心理疏导", "法律服务", "就业帮扶", "课业辅导")
TIERS = {1: "urgent", 2: "ordinary", 3: "can wait"}
ENGLISH = {
    "应急值守": "emergency watch",
    "医疗健康": "health care",
    "物资配送": "deliveries",
}


def moved(record: Any, name: str, by: timedelta) -> Any:
    """A record with its windows so much later."""
    windows = [
        mk.Window(start=window.start + by, end=window.end + by)
        for window in getattr(record, name)
    ]
    return record.model_copy(update={name: tuple(windows)})


def in_emergency(demand: mk.Demand) -> mk.Demand | None:
    """The demand as it is in an emergency, or None where it is put off."""
    if demand.category in PUT_OFF:
        return None
    if demand.category in URGENT:
        doubled = [
            need.model_copy(
                update={"wanted": 2 * need.wanted, "minimum": 2 * need.minimum}
            )
            for need in demand.requirements
        ]
        return demand.model_copy(update={"requirements": tuple(doubled)})
    if demand.category in ONLINE:
        people = [need for need in demand.requirements if need.kind == "person"]
        return (
            demand.model_copy(update={"mode": "online", "requirements": tuple(people)})
            if people
            else None
        )
    return demand


@cache
def district(wave: date) -> mk.Problem:
    """The invented district that a wave meets."""
    return mk.datasets.city("district", seed=WAVES[wave])


def build(wave: date, *, emergency: bool) -> mk.Problem:
    """The week that starts on the Monday after the first day of a wave."""
    normal = district(wave)
    monday = wave + timedelta(days=7 - wave.weekday())
    by = monday - BASE_MONDAY
    demands = [
        found
        for demand in normal.demands
        if (found := in_emergency(demand) if emergency else demand)
    ]
    kept = {need.id for demand in demands for need in demand.requirements}
    asked = {demand.id for demand in demands}
    # A cap on what a community takes at once is for normal weeks; a rule about what is put off goes with it.
    rules = [
        rule
        for rule in normal.rules
        if not (emergency and isinstance(rule, mk.rules.CommunityCap))
        and (getattr(rule, "requirement", None) is None or rule.requirement in kept)
        and (getattr(rule, "demand", None) is None or rule.demand in asked)
    ]
    return normal.model_copy(
        update={
            "resources": tuple(
                moved(resource, "available", by) for resource in normal.resources
            ),
            "demands": tuple(moved(demand, "windows", by) for demand in demands),
            "rules": tuple(rules),
        }
    )


def week(wave: date, *, emergency: bool) -> dict[str, Any]:
    """What was asked for and what was filled, by tier, and the urgent categories that lack most."""
    problem = build(wave, emergency=emergency)
    plan = mk.solve(problem)
    tier = {
        need.id: demand.tier
        for demand in problem.demands
        for need in demand.requirements
    }
    category = {
        need.id: demand.category
        for demand in problem.demands
        for need in demand.requirements
    }
    asked: Counter[int] = Counter()
    for demand in problem.demands:
        asked[demand.tier] += sum(need.wanted for need in demand.requirements)
    lacks: Counter[int] = Counter()
    urgent: Counter[str] = Counter()
    for lack in plan.shortfalls:
        lacks[tier[lack.requirement]] += lack.missing
        if category[lack.requirement] in URGENT:
            urgent[ENGLISH[category[lack.requirement]]] += lack.missing
    found = {
        "asked": {TIERS[number]: asked[number] for number in TIERS},
        "filled": {TIERS[number]: asked[number] - lacks[number] for number in TIERS},
        "urgent lacks": dict(sorted(urgent.items())),
        "status": plan.outcome.status,
    }
    if emergency and wave == max(WAVES):
        found |= questioned(problem, plan)
    return found


def questioned(problem: mk.Problem, plan: mk.Plan) -> dict[str, Any]:
    """Why units are missing, what it would bring if offices held nobody back, and whom the prices say to
    recruit.
    """
    asked = mk.Explainer(problem, plan)
    shortages = asked.shortages()
    assert mk.check_witness(problem, plan, next(shortages.whole())).ok
    free = mk.solve(
        problem.model_copy(
            update={
                "rules": tuple(
                    rule
                    for rule in problem.rules
                    if not isinstance(rule, mk.rules.UnitCap)
                )
            }
        )
    )
    recruits = mk.advice(problem, plan, verified=0).recruit.recruits
    skills = Counter(
        f"{skill.skill} {skill.level}"
        for recruit in recruits
        for skill in recruit.change.resource.skills
    )
    return {
        "shortages": shortages.line(),
        "without caps": [
            sum(lack.missing for lack in before.shortfalls) for before in (plan, free)
        ],
        "recruit": recruits[0].line(),
        "recruited skills": dict(skills.most_common()),
    }


def figures() -> dict[str, Any]:
    """Every wave as a normal week and as an emergency."""
    return {
        wave.isoformat(): {
            mode: week(wave, emergency=mode == "emergency")
            for mode in ("normal", "emergency")
        }
        for wave in sorted(WAVES)
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as text."""
    printed = []
    for wave, modes in found.items():
        for mode, week in modes.items():
            parts = [
                f"{name} {week['filled'][name]:,} of {asked:,}"
                for name, asked in week["asked"].items()
            ]
            printed.append(f"{wave} {mode}: {', '.join(parts)}; {week['status']}")
    last = found[max(found)]["emergency"]
    lacks = ", ".join(f"{name} {count}" for name, count in last["urgent lacks"].items())
    printed.append(f"urgent units missing in the last emergency: {lacks}")
    before, after = last["without caps"]
    printed.append(f"why: {last['shortages']}")
    printed.append(
        f"if offices held nobody back: {before:,} missing before, {after:,} after"
    )
    printed.append(f"first to recruit: {last['recruit']}")
    skills = ", ".join(
        f"{skill} ({count})" for skill, count in last["recruited skills"].items()
    )
    printed.append(f"skills of the ten to recruit first: {skills}")
    return printed


def picture(found: dict[str, Any]) -> Figure:
    """One panel a tier, one pair of bars a wave: what was filled, and what was missing on top of it."""
    from pictures import BLUE, ORANGE, blank

    drawn = blank(9.6, 3.6)
    panels = drawn.subplots(1, len(TIERS), sharey=True)
    for panel, tier in zip(panels, TIERS.values(), strict=True):
        for number, modes in enumerate(found.values()):
            for side, (mode, week) in enumerate(modes.items()):
                at, filled, asked = (
                    number + 0.4 * side - 0.2,
                    week["filled"][tier],
                    week["asked"][tier],
                )
                panel.bar(
                    at,
                    filled,
                    0.36,
                    color=BLUE,
                    alpha=1 if mode == "emergency" else 0.55,
                )
                panel.bar(
                    at,
                    asked - filled,
                    0.36,
                    bottom=filled,
                    color=ORANGE,
                    alpha=1 if mode == "emergency" else 0.55,
                )
        panel.set_title(tier)
        panel.set_xticks(
            range(len(found)), [f"wave of\n{wave}" for wave in found], fontsize=8
        )
        panel.spines[["top", "right"]].set_visible(False)
    panels[0].set_ylabel("units of people and goods")
    drawn.suptitle(
        "An invented district: filled (blue) and missing (orange); pale: a normal week, full: an emergency",
        fontsize=10,
    )
    return drawn


def main() -> None:
    """Print the figures."""
    print("\n".join(lines(figures())))


if __name__ == "__main__":
    main()
