"""Rosters of nurses at the least penalty, against the least known: shifts asked for and wished for, under
rules on every nurse's runs of days, minutes and weekends.

Curtois and Qu, "Computational results on new staff scheduling benchmark instances" (2014).
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import matchkit as mk
from benchmarks.process import in_process
from benchmarks.public_data import folder, records
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.rosters import Cover, Instance, Nurse, Roster, instance_of, penalty
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError
from matchkit.model import Aim, Part, Rule, Soft

TIME_LIMIT = 300
START = datetime(2026, 1, 5, tzinfo=UTC)
"""Midnight of the first day, a Monday. All shifts of a day begin then: nobody can work two of them."""
ZONE = "UTC"
FREE = Cover(0, 0, 0)
"""Of shifts that nobody asks for, any number costs nothing."""


def known() -> dict[str, int]:
    """The least penalty by number of the instance, as published."""
    rows = records(folder("nrp", "known.csv") / "known.csv")
    return {row["instance"]: int(row["best_known"]) for row in rows}


def instance(number: str) -> Instance:
    """The instance of that number. Raises SkippedError where it is not there."""
    path = folder("nrp", "known.csv") / f"Instance{number}.txt"
    return instance_of(path.read_text(encoding="utf-8"))


def problem(given: Instance) -> mk.Problem:
    """As records: a shift on a day is a demand, and a nurse who may work it has its skill.

    A demand takes as many nurses as there are, and each earns what one too few costs; a team of more than
    are asked for pays that for each one too many, and what one too many costs. So the weight of a plan is
    ``constant`` less its penalty.
    """
    return mk.Problem(
        units=(mk.Unit(id="ward"),),
        communities=(mk.Community(id="hospital"),),
        resources=tuple(
            mk.Resource(
                id=who,
                unit="ward",
                capacity=given.days,
                skills=tuple(
                    mk.SkillLevel(skill=shift)
                    for shift, most in nurse.most.items()
                    if most
                ),
                available=_available(given, nurse),
            )
            for who, nurse in given.nurses.items()
        ),
        demands=tuple(
            mk.Demand(
                id=_place(day, shift),
                community="hospital",
                category=shift,
                windows=(_window(day, minutes),),
                requirements=(
                    mk.Requirement(
                        id=_place(day, shift),
                        wanted=len(given.nurses),
                        skills=(mk.SkillLevel(skill=shift),),
                    ),
                ),
            )
            for day in range(given.days)
            for shift, minutes in given.minutes.items()
        ),
        rules=(*_of_cover(given), *_of_shifts(given), *_of_nurses(given)),
        scores=tuple(
            mk.Scores(
                resource=who, requirements=tuple(worth), points=tuple(worth.values())
            )
            for who, worth in _worth(given).items()
        ),
        objective=mk.Objective(
            importance=0,
            skill_fit=0,
            aims=(Aim(name="rosters", parts=(Part(measure="weight"),)),),
        ),
    )


def constant(given: Instance) -> int:
    """The penalty where nobody works: what a plan without weight costs."""
    under = sum(cover.asked * cover.under for cover in given.cover.values())
    return under + sum(given.wishes_on.values())


def _place(day: int, shift: str) -> str:
    return f"day {day} {shift}"


def _window(day: int, minutes: int) -> mk.Window:
    start = START + timedelta(days=day)
    return mk.Window(start=start, end=start + timedelta(minutes=minutes))


def _available(given: Instance, nurse: Nurse) -> tuple[mk.Window, ...]:
    day = 24 * 60
    return (
        tuple(_window(k, day) for k in range(given.days) if k not in nurse.off)
        if nurse.off
        else ()
    )


def _worth(given: Instance) -> dict[str, dict[str, int]]:
    """By nurse and shift of a day what one more who works it saves, as long as no more than asked for do."""
    found: dict[str, dict[str, int]] = {}
    for who, nurse in given.nurses.items():
        for day in range(given.days):
            for shift in given.minutes:
                if not nurse.most[shift]:
                    continue
                place, cover = (who, day, shift), given.cover.get((day, shift), FREE)
                found.setdefault(who, {})[_place(day, shift)] = (
                    (cover.under if cover.asked else -cover.over)
                    + given.wishes_on.get(place, 0)
                    - given.wishes_off.get(place, 0)
                )
    return found


def _of_cover(given: Instance) -> Iterator[Rule]:
    for (day, shift), cover in given.cover.items():
        if cover.asked:
            yield mk.rules.Team(
                demand=_place(day, shift),
                least=1,
                most=cover.asked,
                soft=Soft(price=cover.under + cover.over),
            )


def _of_shifts(given: Instance) -> Iterator[Rule]:
    for after, others in given.not_after.items():
        for shift in others:
            yield mk.rules.NotAfter(category=shift, after=after, zone=ZONE)


def _of_nurses(given: Instance) -> Iterator[Rule]:
    rules = mk.rules
    for who, nurse in given.nurses.items():
        if nurse.most_minutes < sum(given.minutes.values()) * given.days:
            yield rules.HoursBudget(resource=who, minutes=nurse.most_minutes)
        if nurse.least_minutes:
            yield rules.Least(resource=who, minutes=nurse.least_minutes)
        yield rules.LongestRun(resource=who, days=nurse.longest_run, zone=ZONE)
        if nurse.shortest_run > 1:
            yield rules.ShortestRun(resource=who, days=nurse.shortest_run, zone=ZONE)
        if nurse.shortest_break > 1:
            yield rules.ShortestBreak(
                resource=who, days=nurse.shortest_break, zone=ZONE
            )
        yield rules.WeekendBudget(resource=who, most=nurse.most_weekends, zone=ZONE)
        for shift, most in nurse.most.items():
            if 0 < most < given.days:
                yield rules.CountBudget(resource=who, category=shift, most=most)


Found = tuple[int | None, int | None]
"""The penalty of the roster (None without one), and what none is below (None: nothing is known)."""


def matchkit(given: Instance, time_limit: float = TIME_LIMIT) -> Found:
    """Penalty and bound of matchkit's plan, from the records. Raises UnequalError where its weight is not
    what its roster costs.
    """
    plan = mk.solve(problem(given), time_limit=time_limit)
    [goal] = plan.outcome.goals
    spent = penalty(given, roster_of(plan))
    if spent != constant(given) - goal.value:
        raise UnequalError(
            f"a roster costs {spent}, and its weight says {constant(given) - goal.value}"
        )
    return spent, None if goal.bound is None else constant(given) - goal.bound


def roster_of(plan: mk.Plan) -> Roster:
    """Who works what on which day."""
    found: dict[tuple[str, int], str] = {}
    for pair in plan.assignments:
        _, day, shift = pair.requirement.split(" ")
        found[pair.resource, int(day)] = shift
    return found


def by_hand(given: Instance) -> Found:
    """The same for CP-SAT with two workers, as people write it: a binary for every nurse, day and shift, and
    what is lacking and beyond of every cover.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    works = {
        (who, day, shift): model.new_bool_var("")
        for who, nurse in given.nurses.items()
        for day in range(given.days)
        for shift in given.minutes
        if nurse.most[shift] and day not in nurse.off
    }
    cost = []
    for (day, shift), cover in given.cover.items():
        there = [
            works[who, day, shift] for who in given.nurses if (who, day, shift) in works
        ]
        under = model.new_int_var(0, cover.asked, "")
        over = model.new_int_var(0, len(there), "")
        model.add(sum(there) + under - over == cover.asked)
        cost += [cover.under * under, cover.over * over]
    for place, weight in given.wishes_on.items():
        cost.append(weight * (1 - works[place]) if place in works else weight)
    cost += [
        weight * works[place]
        for place, weight in given.wishes_off.items()
        if place in works
    ]
    for who, nurse in given.nurses.items():
        _nurse_by_hand(model, given, who, nurse, works)
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.catch_sigint_signal = False  # else Ctrl-C is lost for good
    solver.parameters.max_time_in_seconds = TIME_LIMIT
    found = solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    spent = None
    if found:
        roster = {
            (who, day): shift
            for (who, day, shift), one in works.items()
            if solver.value(one)
        }
        spent = penalty(given, roster)
    return spent, math.ceil(solver.best_objective_bound - 1e-6)


def _nurse_by_hand(
    model: Any, given: Instance, who: str, nurse: Nurse, works: dict[Any, Any]
) -> None:
    days, day_of = range(given.days), []
    for day in days:
        here = [
            works[who, day, shift]
            for shift in given.minutes
            if (who, day, shift) in works
        ]
        at_work = model.new_bool_var("")
        model.add(sum(here) == at_work)
        day_of.append(at_work)
    for day in days[:-1]:
        for shift, others in given.not_after.items():
            for other in others:
                if (who, day, shift) in works and (who, day + 1, other) in works:
                    model.add_bool_or(
                        ~works[who, day, shift], ~works[who, day + 1, other]
                    )
    mine = {place: one for place, one in works.items() if place[0] == who}
    for shift, most in nurse.most.items():
        model.add(
            sum(one for (_, _, kind), one in mine.items() if kind == shift) <= most
        )
    minutes = sum(given.minutes[kind] * one for (_, _, kind), one in mine.items())
    model.add_linear_constraint(minutes, nurse.least_minutes, nurse.most_minutes)
    for first in range(given.days - nurse.longest_run):
        model.add(
            sum(day_of[first : first + nurse.longest_run + 1]) <= nurse.longest_run
        )
    for first in days[1:]:
        # A run of so many days, of work or without, has the other on both sides.
        for long in range(1, nurse.shortest_run):
            if first + long < given.days:
                inside = day_of[first : first + long]
                model.add_bool_or(
                    day_of[first - 1], day_of[first + long], *(~one for one in inside)
                )
        for long in range(1, nurse.shortest_break):
            if first + long < given.days:
                model.add_bool_or(
                    ~day_of[first - 1],
                    ~day_of[first + long],
                    *day_of[first : first + long],
                )
    weekends = []
    for saturday in range(5, given.days, 7):
        weekends.append(model.new_bool_var(""))
        for day in day_of[saturday : saturday + 2]:
            model.add_implication(day, weekends[-1])
    model.add(sum(weekends) <= nurse.most_weekends)


def compare(number: str) -> dict[str, Any]:
    """One instance, every solver once. Raises UnequalError where one contradicts what is known."""
    given, best = instance(number), known()[number]
    figures: dict[str, Any] = {
        "instance": number,
        "nurses": len(given.nurses),
        "days": given.days,
        "known": best,
    }
    for solver, solve in (("matchkit", matchkit), ("cp_sat", by_hand)):
        began = time.perf_counter()
        spent, bound = solve(given)
        seconds = time.perf_counter() - began
        proven = spent is not None and spent == bound
        # All that are known are proven, so no roster costs less, and no bound is above.
        if (spent is not None and spent < best) or (bound or 0) > best:
            raise UnequalError(
                f"nrp, {number}: {solver} found {spent} and bound {bound}; known is {best}"
            )
        figures[solver] = {
            "penalty": spent,
            "bound": bound,
            "proven": proven,
            "seconds": round(seconds, 1),
        }
    return figures


def run(quick: bool) -> Figures:
    """Every instance in a process of its own. Raises SkippedError without the data."""
    kept = ("instance", "nurses", "days", "known", "matchkit", "cp_sat")
    found = [
        in_process(compare, number) for number in list(known())[: 1 if quick else None]
    ]
    return {
        "time_limit": TIME_LIMIT,
        "instances": [{key: one[key] for key in kept} for one in found],
    }


def _rows(figures: Figures) -> str:
    head = (
        "instance",
        "nurses",
        "days",
        "least known",
        "matchkit",
        "bound",
        "s",
        "CP-SAT by hand",
        "bound",
        "s",
    )
    rows = []
    for one in figures["instances"]:
        cells = [one["instance"], one["nurses"], one["days"], whole(one["known"])]
        for solver in ("matchkit", "cp_sat"):
            found = one[solver]
            cells += [
                None if found[key] is None else whole(found[key])
                for key in ("penalty", "bound")
            ]
            cells.append(found["seconds"])
        rows.append(cells)
    return table(head, rows)


register(
    Benchmark(
        name="nrp",
        claim="Rosters of nurses at the least penalty, against the least known",
        peers=(),
        seeds={},
        run=run,
        tables={"nrp": _rows},
    )
)
