"""An outbreak night in one street: to emergency settings with a table of who may be pulled, calls answered by
level, and back in the morning.

Everything is generated: people, offices and grids are those of ``mk.datasets.city("street")``. The order of
work of a call (a grid finds, a community calls, levels respond, resources act together) and the day of the
wave are reported ones; what an emergency changes, the calls and who answers them are this example's own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import matchkit as mk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ZONE = "Asia/Shanghai"
NIGHT = datetime(2022, 7, 10, 14, tzinfo=UTC)
"""Ten in the evening of the day after the wave of 2022-07-09 began; the week planned begins at dawn."""
MONDAY = date(2022, 7, 11)
URGENT = ("应急值守", "医疗健康", "物资配送")
CAN_WAIT = ("急救培训", "课业辅导", "文体活动", "就业帮扶", "政策宣讲", "环境整治")
LIFTED = (mk.rules.UnitCap, mk.rules.CommunityCap, mk.rules.ReserveShare)
"""Rules that hold in an ordinary week only: caps, and what offices keep back."""
SAMPLING = 2
"""How many are wanted at every community's sampling point on Monday afternoon."""
NAMES = ("grid", "community", "street", "district", "city")
CALLS = {
    "IV": (4, "K1-01-001-0001", 2, "K1-01-001"),
    "III": (3, "K1-01-003-0022", 4, "K1-01-003"),
    "II": (2, "K1-01-005-0040", 6, "U00"),
    "I": (1, "K1-01-007-0060", 12, "K1"),
}
"""Level, grid, how many are wanted, and who received it first, of the call of each level."""
MINUTES = (10, 15, 20, 30, 30)
ACCEPTS = 0.9251
"""The share of those asked in a survey who would go on: used as the chance that somebody answers."""
ILL = 3
"""Whom the morning finds ill: of the people in the plan before, the one after so many."""


def street() -> mk.Problem:
    """The invented street in an ordinary week."""
    return mk.datasets.city("street")


def emergency(problem: mk.Problem) -> mk.Mode:
    """Urgent head-counts double, every community samples, Monday's working hours may be used and caps are
    lifted; only what can wait is pulled from, and nobody at less than twelve hours' notice.
    """
    changes: list[mk.changes.Change] = [
        mk.changes.SetWanted(requirement=need.id, wanted=2 * need.wanted)
        for demand in problem.demands
        if demand.category in URGENT
        for need in demand.requirements
        if need.kind == "person"
    ]
    changes += [
        mk.changes.RemoveRule(label=rule.label)
        for rule in problem.rules
        if isinstance(rule, LIFTED)
    ]
    begin = datetime.combine(MONDAY, time(6), UTC)  # two in the afternoon
    for community in sorted({one.community[:9] for one in problem.demands}):
        sampling = mk.Demand(
            id=f"sampling {community}",
            community=community,
            tier=1,
            windows=[mk.Window(start=begin, end=begin + timedelta(hours=4))],
            requirements=[
                mk.Requirement(id=f"sampling {community} hands", wanted=SAMPLING)
            ],
        )
        changes.append(mk.changes.AddDemand(demand=sampling))
    return mk.Mode(
        name="emergency",
        tiers=dict.fromkeys(CAN_WAIT, 3),
        free=[
            mk.Weekly(
                zone=ZONE,
                days=[1],
                start="09:00",
                end="18:00",
                first=MONDAY,
                last=MONDAY,
            )
        ],
        changes=changes,
        may_pull=[(3, 1)],
        notice=12 * 60,
    )


def by_tier(problem: mk.Problem, plan: mk.Plan) -> dict[str, list[int]]:
    """Filled and wanted of every tier."""
    tier, found = {}, {}
    for demand in problem.demands:
        for need in demand.requirements:
            tier[need.id] = str(demand.tier)
            found.setdefault(str(demand.tier), [0, 0])[1] += need.wanted
    for one in plan.assignments:
        found[tier[one.requirement]][0] += one.quantity
    return dict(sorted(found.items()))


def answered(
    problem: mk.Problem, plan: mk.Plan, areas: dict[str, str]
) -> mk.results.Responses:
    """What becomes of the calls: whoever is asked says yes some minutes later, or says nothing."""
    demands = [
        mk.Demand(
            id=f"call {level}",
            community=grid,
            requirements=[mk.Requirement(id=f"call {level} hands", wanted=wanted)],
        )
        for level, (_, grid, wanted, _) in CALLS.items()
    ]
    tonight = mk.changes.apply_changes(
        problem, [mk.changes.AddDemand(demand=one) for one in demands]
    )
    said: dict[str, dict[str, datetime | None]] = {level: {} for level in CALLS}
    while True:
        calls = [
            mk.Call(
                id=level,
                demand=f"call {level}",
                at=NIGHT + timedelta(minutes=5 * number),
                level=rank,
                minutes=MINUTES,
                deadline=120,
                received_by=first,
                accepted=[(name, at) for name, at in said[level].items() if at],
            )
            for number, (level, (rank, _, _, first)) in enumerate(CALLS.items())
        ]
        found = mk.respond(tonight, plan, calls, areas=areas)
        new = [
            (step.entered, call.call, step.asked)
            for call in found.calls
            for step in call.steps
            if set(step.asked) - set(said[call.call])
        ]
        if not new:
            return found
        entered = min(new)[0]
        for at, level, asked in new:
            for name in asked if at == entered else ():
                draw = Random(f"{level} {name}")  # noqa: S311 - an invented answer
                yes, after = draw.random() < ACCEPTS, draw.randint(2, 9)
                at_last = at + timedelta(minutes=after) if yes else None
                said[level].setdefault(name, at_last)


def figures() -> dict[str, Any]:
    """The plans before, in the emergency and after; who is pulled, and what becomes of calls."""
    ordinary = street()
    before = mk.solve(ordinary)
    mode = emergency(ordinary)
    switched = mk.switch(ordinary, before, mode, at=NIGHT)
    checked = mk.verify(switched.problem, switched.plan, mode=mode).ok
    # Who has no home in the lists is where the office is: in the street, the district or the city.
    places = ("K1-01", "K1", "K")
    areas = {
        unit.id: places[number % 3]
        for number, unit in enumerate(one for one in ordinary.units if one.parent)
    }
    found = answered(switched.problem, switched.plan, areas)
    people = {one.id for one in ordinary.resources if one.kind == "person"}
    ill = [one.resource for one in before.assignments if one.resource in people][ILL]
    back = switched.back([mk.changes.RemoveResource(resource=ill)])
    again = switched.back()
    calls = [
        {
            "call": one.call,
            "line": one.line(),
            "minutes": one.minutes,
            "unheard": list(one.unheard),
            "units": list(one.units),
            "steps": [
                {
                    "area": step.area,
                    "from": int((step.entered - NIGHT).total_seconds()) // 60,
                    "to": int(((step.left or step.entered) - NIGHT).total_seconds())
                    // 60,
                    "ended": step.ended,
                    "asked": len(step.asked),
                }
                for step in one.steps
            ],
            "text": one.text().splitlines(),
        }
        for one in found.calls
    ]
    return {
        "before": by_tier(ordinary, before),
        "emergency": by_tier(switched.problem, switched.plan),
        "morning": by_tier(back.problem, back.plan),
        "switch": switched.line(),
        "switch zh": switched.line("zh"),
        "pulled": [one.line() for one in switched.pulled],
        "checked": checked,
        "calls": calls,
        "calls line": found.line(),
        "ill": ill,
        "back": back.line(),
        "paths": [path.line() for path in back.comparison.paths or ()],
        "as before": again.plan.assignments == before.assignments,
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as text."""
    printed = []
    for name in ("before", "emergency"):
        told = ", ".join(
            f"tier {tier} {filled} of {wanted}"
            for tier, (filled, wanted) in found[name].items()
        )
        printed.append(f"{name}: {told}")
    printed += [found["switch"], found["switch zh"]]
    printed += [f"  {line}" for line in found["pulled"]]
    printed.append(f"nobody was pulled otherwise: {found['checked']}")
    printed.append(found["calls line"])
    for call in found["calls"]:
        printed += call["text"]
        printed.append(f"  act together: {', '.join(call['units'])}")
    printed.append(f"in the morning {found['ill']} is ill: {found['back']}")
    printed += [f"  {line}" for line in found["paths"]]
    printed.append(f"without that, the plan before to the byte: {found['as before']}")
    return printed


def picture(found: dict[str, Any]) -> Figure:
    """Filled and missing by tier before, in the emergency and after; where each call stood, and how long."""
    from pictures import BLUE, GREEN, GREY, ORANGE, blank

    drawn = blank(9.6, 3.6)
    bars, nights = drawn.subplots(1, 2, width_ratios=[2, 3])
    for place, name in enumerate(("before", "emergency", "morning")):
        for tier, (filled, wanted) in found[name].items():
            at = int(tier) + 0.27 * (place - 1)
            colour = (GREY, ORANGE, BLUE)[place]
            bars.bar(at, filled, 0.25, color=colour, label=name if tier == "1" else "")
            bars.bar(
                at, wanted - filled, 0.25, bottom=filled, color="none", edgecolor=colour
            )
    bars.set_xticks([1, 2, 3], ["tier 1", "tier 2", "tier 3"])
    bars.set(title="slots filled; outlined: missing")
    bars.legend(frameon=False, loc="upper right")
    colours = dict(zip(NAMES, (GREEN, BLUE, ORANGE, "#7d5ba6", "#555555"), strict=True))
    depth = {4: "grid", 3: "community", 2: "street", 1: "district", 0: "city"}
    shown = set[str]()
    for row, call in enumerate(found["calls"]):
        for step in call["steps"]:
            name = depth[step["area"].count("-") + (len(step["area"]) > 1)]
            label = name if name not in shown and step["to"] > step["from"] else ""
            shown.add(label)
            width = step["to"] - step["from"]
            nights.barh(row, width, 0.6, step["from"], color=colours[name], label=label)
    nights.set_yticks(
        range(len(found["calls"])), [f"call {one['call']}" for one in found["calls"]]
    )
    nights.invert_yaxis()
    nights.set(title="which area was asked, minutes after ten", xlabel="minutes")
    nights.legend(frameon=False, loc="best")
    for panel in (bars, nights):
        panel.spines[["top", "right"]].set_visible(False)
    return drawn


def main() -> None:
    """Print the figures."""
    print("\n".join(lines(figures())))


if __name__ == "__main__":
    main()
