"""A week of shifts as records: people with skills and twenty hours, and too few of them; beside it CP-SAT by
hand.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.instances import Whole
from benchmarks.phases import GENERAL, outcome, percent, solved
from benchmarks.process import in_process, peak_mb
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError
from matchkit.model import Aim, Objective, Part, Scores

SEED = 1
SKILLS, LEVELS, HELD = 30, 4, 3
"""Skills there are, levels of each, and how many of them each person holds."""
WEEK, HOURS, SCARCITY = 168, 20, 1.3
"""Hours of the week, hours of a person at most, and hours wanted for every hour there is."""
PEER_LIMIT = 120.0
MONDAY = datetime(2026, 5, 4, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Size:
    """How many people and events, and what matchkit is given: seconds, and the relative gap it may stop
    at.
    """

    people: int
    events: int
    time_limit: float
    gap: float


SIZES = (Size(500, 200, 60, 0.001), Size(5_000, 2_000, 110, 0.01))


@dataclass(frozen=True, slots=True)
class Week:
    """One shift an entry: its skill, least level, hours [begin, end) of the week, head-count; who can do it,
    and for what points.
    """

    level: Whole
    """Of every person (row) in every skill; 0: not held."""
    skill: Whole
    least: Whole
    begin: Whole
    end: Whole
    wanted: Whole
    who: tuple[Whole, ...]
    points: tuple[Whole, ...]


def drawn(people: int, events: int, seed: int = SEED) -> Week:
    """The week: an event has one to three shifts that begin together; 1,000 to 1,299 points for every pair
    that can be.
    """
    rng = np.random.default_rng(seed)
    level = np.zeros((people, SKILLS), np.int64)
    for person in range(people):
        levels = rng.integers(1, LEVELS + 1, HELD)
        level[person, rng.choice(SKILLS, HELD, replace=False)] = levels
    shifts = []
    for _ in range(events):
        begin = int(rng.integers(0, WEEK - 8))
        for _ in range(rng.integers(1, 4)):
            skill, least = rng.integers(SKILLS), rng.integers(1, LEVELS)
            shifts.append((skill, least, begin, begin + rng.integers(2, 8)))
    skill, least, begin, end = np.array(shifts, np.int64).T
    heads = rng.integers(1, 10, len(shifts))
    there = SCARCITY * people * HOURS
    wanted = np.maximum(
        1, np.round(heads * there / (heads * (end - begin)).sum())
    ).astype(np.int64)
    who = tuple(
        np.flatnonzero(level[:, s] >= at_least)
        for s, at_least in zip(skill, least, strict=True)
    )
    points = tuple(1_000 + rng.integers(0, 300, len(able)) for able in who)
    return Week(level, skill, least, begin, end, wanted, who, points)


def problem(week: Week) -> mk.Problem:
    """The week as records: a demand a shift, points as scores, and points in all the one goal."""
    skills = [
        mk.SkillLevel(skill=f"skill {s}", level=n)
        for s in range(SKILLS)
        for n in range(1, LEVELS + 1)
    ]
    scored: list[tuple[list[str], list[int]]] = [([], []) for _ in week.level]
    for shift, (able, points) in enumerate(zip(week.who, week.points, strict=True)):
        for person, worth in zip(able.tolist(), points.tolist(), strict=True):
            scored[person][0].append(f"shift {shift:04}")
            scored[person][1].append(worth)

    def at(hour: int) -> datetime:
        return MONDAY + timedelta(hours=hour)

    def asked(skill: int, least: int) -> mk.SkillLevel:
        return skills[skill * LEVELS + least - 1]

    return mk.Problem(
        units=(mk.Unit(id="unit"),),
        communities=(mk.Community(id="site"),),
        resources=tuple(
            mk.Resource(
                id=f"person {person:04}",
                unit="unit",
                capacity=HOURS,
                skills=tuple(
                    asked(s, int(row[s])) for s in np.flatnonzero(row).tolist()
                ),
            )
            for person, row in enumerate(week.level)
        ),
        demands=tuple(
            mk.Demand(
                id=f"shift {shift:04}",
                community="site",
                weight=0,
                windows=(mk.Window(start=at(begin), end=at(end)),),
                requirements=(
                    mk.Requirement(
                        id=f"shift {shift:04}",
                        wanted=wanted,
                        skills=(asked(skill, least),),
                    ),
                ),
            )
            for shift, (skill, least, begin, end, wanted) in enumerate(
                zip(
                    *(
                        each.tolist()
                        for each in (
                            week.skill,
                            week.least,
                            week.begin,
                            week.end,
                            week.wanted,
                        )
                    ),
                    strict=True,
                )
            )
        ),
        rules=(mk.rules.HoursBudget(minutes=60 * HOURS),),
        scores=tuple(
            Scores(
                resource=f"person {person:04}",
                requirements=tuple(shifts),
                points=tuple(points),
            )
            for person, (shifts, points) in enumerate(scored)
            if shifts
        ),
        objective=Objective(
            importance=0,
            skill_fit=0,
            distance=0,
            preference=0,
            familiarity=0,
            previous=0,
            aims=(Aim(name="weight", parts=(Part(measure="weight"),)),),
        ),
    )


def worth(week: Week, people: Whole, shifts: Whole) -> int:
    """The points of these pairs. Raises ValueError where they are no plan of the week."""
    if (
        len(np.unique(people * len(week.who) + shifts)) < len(people)
        or (np.bincount(shifts, minlength=len(week.who)) > week.wanted).any()
    ):
        raise ValueError("shifts: a pair twice, or more people than a shift wants")
    busy = np.zeros((len(week.level), WEEK), np.int64)
    for person, shift in zip(people, shifts, strict=True):
        busy[person, week.begin[shift] : week.end[shift]] += 1
    if busy.max(initial=0) > 1 or busy.sum(1).max(initial=0) > HOURS:
        raise ValueError(
            "shifts: a person is in two places at a time, or works too long"
        )
    value = 0
    for person, shift in zip(people, shifts, strict=True):
        place = np.flatnonzero(week.who[shift] == person)
        if len(place) != 1:
            raise ValueError("shifts: a person cannot do a shift")
        value += int(week.points[shift][place[0]])
    return value


def plan(people: int, events: int, time_limit: float, gap: float) -> dict[str, Any]:
    """matchkit, from the arrays to the verified plan, and how long each phase took."""
    week = drawn(people, events)
    began = time.perf_counter()
    records = problem(week)
    built = time.perf_counter() - began
    found, told = solved(
        lambda listen: mk.solve(
            records, time_limit=time_limit, gap=gap, progress=listen
        )
    )
    peak = peak_mb()  # what follows is not part of the plan's making
    mk.verify(records, found).raise_if_broken()
    began, checked = time.perf_counter(), None
    if found.certificate is not None:
        mk.check_certificate(records, found).raise_if_broken()
        checked = round(time.perf_counter() - began, 3)
    chosen = [
        (int(pair.resource.split()[1]), int(pair.requirement.split()[1]))
        for pair in found.assignments
    ]
    who, what = np.array(chosen, np.int64).reshape(-1, 2).T
    value = worth(week, who, what)
    if value != found.outcome.value:
        raise UnequalError(
            f"shifts: the plan says {found.outcome.value}, its pairs are worth {value}"
        )
    return {
        "requirements": len(week.who),
        "pairs": sum(map(len, week.who)),
        "hours_wanted": int((week.wanted * (week.end - week.begin)).sum()),
        "value": value,
        "bound": found.outcome.bound,
        "records_seconds": round(built, 3),
        "solve_peak_mb": peak,
        "check_certificate_seconds": checked,
        **{name: told[name] for name in ("seconds", "phases")},
        **{
            name: entry
            for name, entry in outcome(found).items()
            if name in ("gap", "stopped", "engine", "proof")
        },
    }


def by_hand(people: int, events: int, time_limit: float) -> dict[str, Any]:
    """CP-SAT as people write it: a binary a pair, heads a shift, hours a person, one shift at most in every
    hour of a person.

    The limit holds for solving alone; building the model comes on top. One worker, as matchkit has.
    """
    from ortools.sat.python import cp_model

    week = drawn(people, events)
    began = time.perf_counter()
    model, lasts = cp_model.CpModel(), week.end - week.begin
    pairs, goal = [], []
    of_person: list[list[tuple[int, Any]]] = [[] for _ in range(people)]
    for shift, (able, points) in enumerate(zip(week.who, week.points, strict=True)):
        chosen = [model.new_bool_var("") for _ in able]
        model.add(cp_model.LinearExpr.sum(chosen) <= int(week.wanted[shift]))
        for person, variable in zip(able.tolist(), chosen, strict=True):
            of_person[person].append((shift, variable))
            pairs.append((person, shift, variable))
        goal += points.tolist()
    for mine in of_person:
        model.add(
            cp_model.LinearExpr.weighted_sum(
                [v for _, v in mine], [int(lasts[s]) for s, _ in mine]
            )
            <= HOURS
        )
        going_on: list[list[Any]] = [[] for _ in range(WEEK)]
        for s, variable in mine:
            for hour in range(week.begin[s], week.end[s]):
                going_on[hour].append(variable)
        for variables in going_on:
            if len(variables) > 1:
                model.add_at_most_one(variables)
    model.maximize(
        cp_model.LinearExpr.weighted_sum([variable for *_, variable in pairs], goal)
    )
    built = time.perf_counter() - began
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = time_limit
    began = time.perf_counter()
    status = solver.solve(model)
    seconds = time.perf_counter() - began
    value = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        taken = np.array(
            [(p, s) for p, s, variable in pairs if solver.value(variable)], np.int64
        ).reshape(-1, 2)
        value = worth(week, taken[:, 0], taken[:, 1])
    best = solver.best_objective_bound
    bound = (
        int(np.floor(best + 1e-6)) if value is not None or 0 < best < np.inf else None
    )  # it says 0 where it has none yet
    return {
        "value": value,
        "bound": bound,
        "gap": None if not value or bound is None else (bound - value) / max(1, bound),
        "proven": status == cp_model.OPTIMAL,
        "build_seconds": round(built, 3),
        "seconds": round(seconds, 3),
    }


def run(quick: bool) -> Figures:
    """Every size, both contestants each in a process of its own. Raises UnequalError where one bound is below
    the other's plan.
    """
    sizes = []
    for size in (Size(300, 120, 5, 0.01),) if quick else SIZES:
        name = f"{size.people} x {size.events}"
        own = in_process(plan, size.people, size.events, size.time_limit, size.gap)
        peer = in_process(
            by_hand, size.people, size.events, 5.0 if quick else PEER_LIMIT
        )
        if own["bound"] is None or own["bound"] < max(own["value"], peer["value"] or 0):
            raise UnequalError(
                f"shifts, {name}: the bound is {own['bound']}, plans are worth {own['value']} and "
                f"{peer['value']}"
            )
        if peer["bound"] is not None and peer["bound"] < own["value"]:
            raise UnequalError(
                f"shifts, {name}: CP-SAT's bound {peer['bound']} is below a plan worth {own['value']}"
            )
        own["peak_mb"] = own.pop("solve_peak_mb")
        for found in (own, peer):
            found["process_seconds"], found["peak_mb"] = (
                round(found["process_seconds"], 2),
                round(found["peak_mb"], 1),
            )
        shared = {
            key: own.pop(key) for key in ("requirements", "pairs", "hours_wanted")
        }
        limits = {"time_limit": size.time_limit, "gap_asked": size.gap}
        sizes.append(
            {
                "people": size.people,
                "events": size.events,
                **limits,
                **shared,
                "matchkit": own,
                "cp_sat": peer,
            }
        )
    return {"peer_limit": PEER_LIMIT, "sizes": sizes}


def _rows(figures: Figures) -> str:
    head = (
        "people, requirements",
        "pairs",
        "solver",
        "value",
        "bound",
        "gap",
        "build, s",
        "solve, s",
        "peak, MB",
    )
    rows = []
    for size in figures["sizes"]:
        both = (
            ("matchkit", size["matchkit"], "records_seconds"),
            ("CP-SAT by hand", size["cp_sat"], "build_seconds"),
        )
        for name, found, build in both:
            value = "no plan" if found["value"] is None else whole(found["value"])
            bound = None if found["bound"] is None else whole(found["bound"])
            measured = (
                percent(found["gap"]),
                found[build],
                found["seconds"],
                found["peak_mb"],
            )
            rows.append(
                (
                    f"{whole(size['people'])}, {whole(size['requirements'])}",
                    whole(size["pairs"]),
                    name,
                    value,
                    bound,
                    *measured,
                )
            )
    return table(head, rows)


def _phases(figures: Figures) -> str:
    rows = []
    for size in figures["sizes"]:
        own = size["matchkit"]
        name = f"{whole(size['people'])}, {whole(size['requirements'])}"
        rows.append(
            (
                name,
                own["records_seconds"],
                *(own["phases"].get(phase) for phase in GENERAL),
                own["check_certificate_seconds"],
            )
        )
    return table(
        (
            "people, requirements",
            "records, s",
            *(f"{phase}, s" for phase in GENERAL),
            "`check_certificate`, s",
        ),
        rows,
    )


register(
    Benchmark(
        name="shifts",
        claim=(
            "A week of shifts with more hours wanted than there are: the plan, and a bound over all "
            "pairs beside it"
        ),
        peers=(),
        seeds={"week": SEED, "solve": 0},
        run=run,
        tables={"shifts": _rows, "shifts phases": _phases},
    )
)
