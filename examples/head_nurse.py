"""A head nurse plans four weeks: twelve nurses, three shifts a day, their wishes, and one of them falls ill.

Everything is invented: the nurses, the ward, the town and its fair, the numbers wanted. The rules are of the
kind that laws and agreements state: one shift a day, eleven hours of rest, bounds on hours, runs, breaks,
nights and weekends.
"""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import matchkit as mk

ZONE = "Europe/Berlin"
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
DAYS = [date(2026, 6, 1) + timedelta(days=number) for number in range(28)]
SHIFTS = {
    "early": ("06:00", "14:00", 3, 2),
    "late": ("14:00", "22:00", 2, 2),
    "night": ("22:00", "06:00", 1, 1),
}
"""When each shift begins and ends, and how many nurses it wants from Monday to Friday and at weekends."""
LIKES = {
    "ana": "early",
    "bo": "late",
    "cy": "early",
    "di": "night",
    "eve": "early",
    "finn": "late",
    "gus": "night",
    "hal": "early",
    "ivo": "late",
    "jo": "night",
    "kim": "late",
    "lea": "early",
}
"""The nurses, and the shift that each likes best."""
PART_TIME = ("jo", "kim", "lea")
FAIR = (date(2026, 6, 13), date(2026, 6, 14))
ASK = ("ana", "bo", "eve", "finn", "gus", "hal", "jo", "lea")
"""The town's fair, and those who ask to be off on both days."""
ILL, FROM, BACK = "hal", date(2026, 6, 15), date(2026, 6, 22)
"""Who falls ill, the first day of it, and the first day after it."""


def shift(day: date, name: str) -> mk.Demand:
    """A shift of a day. Its first nurse counts before the others of all shifts."""
    start, end, weekday, weekend = SHIFTS[name]
    wanted = weekend if day.weekday() > 4 else weekday
    return mk.Demand(
        id=f"{day} {name}",
        community="ward",
        category=name,
        windows=[
            mk.Weekly(
                zone=ZONE,
                days=[day.isoweekday()],
                start=start,
                end=end,
                first=day,
                last=day,
            )
        ],
        requirements=[mk.Requirement(id=f"{day} {name}", wanted=wanted, minimum=1)],
    )


def of_each_nurse() -> list[Any]:
    """Hours a week at most and in four weeks at least, by contract."""
    rules: list[Any] = []
    for name in LIKES:
        week, least = (24, 56) if name in PART_TIME else (40, 104)
        rules += [
            mk.rules.HoursBudget(
                resource=name, minutes=week * 60, per="week", zone=ZONE
            ),
            mk.rules.Least(resource=name, minutes=least * 60),
        ]
    return rules


def build() -> mk.Problem:
    """The four weeks from the first of June."""
    fair = [f"{day} {name}" for day in FAIR for name in SHIFTS]
    return mk.Problem(
        note="An invented ward: no nurse, hospital or town is meant.",
        zone=ZONE,
        units=[mk.Unit(id="nurses")],
        communities=[mk.Community(id="ward")],
        resources=[
            mk.Resource(
                id=name,
                unit="nurses",
                capacity=len(DAYS),
                preferences=[mk.Preference(category=liked, points=20)],
            )
            for name, liked in LIKES.items()
        ],
        demands=[shift(day, name) for day in DAYS for name in SHIFTS],
        rules=[
            mk.rules.CountBudget(most=1, per="day", zone=ZONE),
            mk.rules.Rest(minutes=11 * 60),
            mk.rules.NotAfter(category="early", after="night", zone=ZONE),
            mk.rules.LongestRun(days=6, zone=ZONE),
            mk.rules.ShortestRun(days=2, zone=ZONE),
            mk.rules.ShortestBreak(days=2, zone=ZONE),
            mk.rules.CountBudget(category="night", most=4),
            mk.rules.WeekendBudget(most=2, zone=ZONE),
            mk.rules.WeekendBudget(
                id="one weekend", most=1, zone=ZONE, soft=mk.rules.Soft(price=10)
            ),
            *of_each_nurse(),
        ],
        scores=[
            mk.Scores(resource=name, requirements=fair, points=[-50] * len(fair))
            for name in ASK
        ],
    )


@cache
def month() -> tuple[mk.Problem, mk.Plan]:
    """The ward and its best plan."""
    ward = build()
    return ward, mk.solve(ward)


def at_work(plan: mk.Plan, days: tuple[date, ...]) -> dict[str, list[str]]:
    """The shifts of each nurse on some days."""
    found: dict[str, list[str]] = {name: [] for name in LIKES}
    for entry in plan.assignments:
        if date.fromisoformat(entry.requirement[:10]) in days:
            found[entry.resource].append(entry.requirement)
    return {name: sorted(shifts) for name, shifts in found.items()}


def without_the_ill(ward: mk.Problem, plan: mk.Plan) -> mk.Problem:
    """The month on the first morning of the illness: what is past stands, all else is kept where that can be.

    The hours that the contract asks for become fewer by a week's.
    """
    free = [
        mk.Weekly(
            zone=ZONE,
            days=EVERY_DAY,
            start="00:00",
            end="24:00",
            first=first,
            last=last,
        )
        for first, last in (
            (DAYS[0], FROM - timedelta(days=1)),
            (BACK, DAYS[-1] + timedelta(days=1)),
        )
    ]
    nurse = next(one for one in ward.resources if one.id == ILL)
    past = [entry for entry in plan.assignments if entry.requirement < str(FROM)]
    changed = mk.changes.apply_changes(
        ward,
        [
            mk.changes.ChangeResource(
                resource=nurse.model_copy(update={"available": tuple(free)})
            ),
            mk.changes.ChangeRule(
                label=f"least {ILL}", rule=mk.rules.Least(resource=ILL, minutes=64 * 60)
            ),
            *(
                mk.changes.AddRule(
                    rule=mk.rules.Lock(
                        resource=entry.resource, requirement=entry.requirement
                    )
                )
                for entry in past
            ),
        ],
    )
    kept = [
        mk.PreviousPair(resource=entry.resource, requirement=entry.requirement)
        for entry in plan.assignments
    ]
    return changed.model_copy(update={"previous": tuple(kept)})


def figures() -> dict[str, Any]:
    """The month; the fair, and why not all who ask are off; what the soft rule takes; the illness."""
    ward, plan = month()
    fair = at_work(plan, FAIR)
    refused = [name for name in ASK if fair[name]]
    shift = fair[refused[0]][0]
    other = next(name for name in ASK if name not in refused)
    of_the_fair = [f"{day} {name}" for day in FAIR for name in SHIFTS]
    all_off = [
        mk.changes.AddRule(rule=mk.rules.Forbid(resource=name, requirement=need))
        for name in ASK
        for need in of_the_fair
    ]
    new = mk.solve(without_the_ill(ward, plan))
    before, after = (
        {(entry.requirement, entry.resource) for entry in one.assignments}
        for one in (plan, new)
    )
    liked = sum(
        entry.requirement.endswith(LIKES[entry.resource]) for entry in plan.assignments
    )
    return {
        "summary": plan.summary().splitlines()[0],
        "liked": liked,
        "work": at_work(plan, tuple(DAYS)),
        "refused": {name: fair[name] for name in refused},
        "all off": mk.what_if(ward, plan, all_off).line(),
        "another": mk.Explainer(ward, plan).why_not(other, shift).line(),
        "payments": [
            [payment.rule, payment.amount, payment.paid] for payment in plan.payments
        ],
        "ill": new.summary().splitlines()[0],
        "gone": sorted(before - after),
        "new": sorted(after - before),
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as text."""
    shifts = sum(len(work) for work in found["work"].values())
    printed = [
        found["summary"],
        f"{found['liked']} of {shifts} shifts are of the kind that their nurse likes best",
        f"ask to be off at the fair: {', '.join(ASK)}",
    ]
    printed += [
        f"{name} works all the same: {', '.join(work)}"
        for name, work in found["refused"].items()
    ]
    printed += [
        f"if all are off: {found['all off']}",
        f"if another works: {found['another']}",
    ]
    printed += [
        f"soft rule {rule}: broken by {amount}, {paid} points"
        for rule, amount, paid in found["payments"]
    ]
    printed.append(f"{ILL} is ill from {FROM} on: {found['ill']}")
    printed += [f"  before: {shift} {name}" for shift, name in found["gone"]]
    printed += [f"  now:    {shift} {name}" for shift, name in found["new"]]
    return printed


def picture(found: dict[str, Any]) -> str:
    """The roster of the month as SVG; the figures it stands for are those of the plan."""
    ward, plan = month()
    assert at_work(plan, tuple(DAYS)) == found["work"]
    with tempfile.TemporaryDirectory() as folder:
        mk.write_pictures(ward, plan, folder, format="svg")
        return (Path(folder) / "roster.svg").read_text(encoding="utf-8")


def main() -> None:
    """Print the figures."""
    print("\n".join(lines(figures())))


if __name__ == "__main__":
    main()
