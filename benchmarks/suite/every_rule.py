"""Every kind of rule in one problem, hard and soft: how far its goals are proven in a minute."""

from __future__ import annotations

from collections import Counter
from typing import Any

import matchkit as mk
from benchmarks.every_rule_problem import every_rule
from benchmarks.phases import GENERAL, outcome, percent, solved
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole

SEED = 0
PEOPLE, DEMANDS, TIME_LIMIT = 300, 100, 58.0


def plan(people: int, demands: int, time_limit: float) -> dict[str, Any]:
    """What is in the problem, and the verified plan's goals."""
    problem = every_rule(people, demands, SEED)
    hard = Counter(rule.rule for rule in problem.rules if rule.soft is None)
    soft = Counter(rule.rule for rule in problem.rules if rule.soft is not None)
    found, told = solved(
        lambda listen: mk.solve(problem, time_limit=time_limit, progress=listen)
    )
    mk.verify(problem, found).raise_if_broken()
    return {
        "resources": len(problem.resources),
        "requirements": sum(len(demand.requirements) for demand in problem.demands),
        "rules": [[kind, hard[kind], soft[kind]] for kind in sorted({*hard, *soft})],
        **told,
        **outcome(found),
    }


def run(quick: bool) -> Figures:
    """One plan in a process of its own."""
    found = in_process(
        plan, *((60, 20, 5.0) if quick else (PEOPLE, DEMANDS, TIME_LIMIT))
    )
    return {
        "time_limit": TIME_LIMIT,
        **{name: entry for name, entry in found.items() if name != "process_seconds"},
        "peak_mb": round(found["peak_mb"], 1),
    }


def _rows(figures: Figures) -> str:
    head = (
        "resources",
        "requirements",
        "rules",
        "kinds",
        "pairs",
        "slots filled",
        "missing",
        "gap",
        "in the goal",
        "s",
        "peak, MB",
    )
    rules = sum(hard + soft for _, hard, soft in figures["rules"])
    counts = [whole(figures[name]) for name in ("resources", "requirements")]
    slots = [whole(figures[name]) for name in ("filled", "missing")]
    pairs = None if figures["pairs"] is None else whole(figures["pairs"])
    last = (
        percent(figures["gap"]),
        figures["gap_in"],
        figures["seconds"],
        figures["peak_mb"],
    )
    return table(
        head,
        [(*counts, whole(rules), whole(len(figures["rules"])), pairs, *slots, *last)],
    )


def _kinds(figures: Figures) -> str:
    return table(
        ("rule", "hard", "soft"),
        [
            (f"`{kind}`", whole(hard), whole(soft))
            for kind, hard, soft in figures["rules"]
        ],
    )


def _goals(figures: Figures) -> str:
    rows = [
        (name, whole(value), None if bound is None else whole(bound))
        for name, value, bound in figures["goals"]
    ]
    return table(("goal", "value", "bound"), rows)


def _phases(figures: Figures) -> str:
    return table(
        [f"{phase}, s" for phase in GENERAL],
        [[figures["phases"].get(phase) for phase in GENERAL]],
    )


register(
    Benchmark(
        name="every_rule",
        claim="All kinds of rules at once, hard and soft: a verified plan, and how far each goal is proven",
        peers=(),
        seeds={"problem": SEED, "solve": 0},
        run=run,
        tables={
            "every_rule": _rows,
            "every_rule kinds": _kinds,
            "every_rule goals": _goals,
            "every_rule phases": _phases,
        },
    )
)
