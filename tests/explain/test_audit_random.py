"""Audits of random tables of random problems, compared with the checker's word, and with every part and every single change there is."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import product
from math import prod

import pytest
from random_problems import random_problem, seeded
from rule_problems import rule_problem
from solved_plans import solved_plans
from spoiling import moves, quantities, restated, told_again, with_other_assignments

import matchkit as mk
from matchkit.answers.audit import Audit, Improvement
from matchkit.errors import ContradictionError
from matchkit.explain.audit import audit
from matchkit.plan import Plan
from matchkit.verify import Violation
from matchkit.verify.eligibility import eligible
from matchkit.verify.starts import may_start
from matchkit.verify.tally import Entry, Tallies
from matchkit.verify.world import World

Pair = tuple[str, str]
MOST_PARTS = 3_000


def told(found: Audit) -> Counter[tuple[str, tuple[str, ...], str, int | None]]:
    return Counter((fault.rule, fault.ids, fault.fact(), fault.amount) for fault in found.faults)


def said(problem: mk.Problem, plan: Plan) -> Counter[tuple[str, tuple[str, ...], str, int | None]]:
    return Counter(
        (each.rule, each.ids, each.fact, each.amount if each.amount > 0 else None) for each in mk.verify(problem, plan).violations
    )


def amounts(violations: Iterable[Violation]) -> Counter[tuple[object, ...]]:
    found: Counter[tuple[object, ...]] = Counter()
    for each in violations:  # of hard records of these kinds each pair is told; overlaps name the requirements that come first in a table
        ids = each.ids[:1] if each.rule == "overlap" else each.ids if each.label is None or each.rule in ("forbid", "max_distance") else ()
        found[each.rule, each.label, ids] += each.amount
    return found


def table_of(problem: mk.Problem, rng: random.Random, most: int) -> list[Entry]:
    """Some pairs, eligible or not, at starts that may be."""
    world = World(problem)
    if not world.resources or not world.roles:
        return []
    starts = {}
    found = []
    for _ in range(rng.randint(0, most)):
        resource, role = rng.choice(sorted(world.resources)), world.roles[rng.choice(sorted(world.roles))]
        demand = role.demand
        if demand.minutes is not None and demand.id not in starts:
            grid = [span[0] for span in world.needed(demand) if may_start(demand, world.needed(demand), span[0])]
            starts[demand.id] = rng.choice(grid) if grid else None
        found.append(Entry(resource, role.id, rng.choice((1, 1, 1, 2)), starts.get(demand.id)))
    return found


def solvable(problem: mk.Problem) -> Plan | None:
    try:
        return mk.solve(problem)
    except ContradictionError:
        return None


def test_of_spoilt_plans_every_violation_is_told_and_the_score_is_that_of_the_checker() -> None:
    used = Counter[str]()
    for number, (stated, plan) in enumerate(solved_plans(16)):
        rng = seeded(number)
        spoilt = [told_again(plan, stated, after) for _, after in moves(stated, quantities(plan), rng)]
        spoilt += [with_other_assignments(plan, stated, after) for _, after in moves(stated, quantities(plan), rng)]
        spoilt += [false for _, false in restated(plan, rng)]
        for false in spoilt:
            found = audit(stated.problem, false, improvements=0, best=plan)
            # An id that nobody knows is told once, with all its rows; rows that are none are the table's own finding.
            assert {*told(found)} - {*said(stated.problem, false)} == {each for each in told(found) if each[0] == "row"}, number
            assert {*said(stated.problem, false)} <= {*told(found)}, number
            used.update(fault.rule for fault in found.faults)
            if all(entry.quantity > 0 for entry in false.assignments):
                tally = Tallies(stated.problem).of([Entry(a.resource, a.requirement, a.quantity, a.start) for a in false.assignments])
                assert tuple(goal.value for goal in found.score.goals) == tally.values
        for after in (quantities(plan), *(after for name, after in moves(stated, quantities(plan), rng) if name == "drop")):
            if "skill" in stated.breaks(after):
                continue
            found = audit(stated.problem, told_again(plan, stated, after), improvements=0, best=plan)
            assert tuple(goal.value for goal in found.score.goals) == stated.value(after)  # reckoned apart, in tests/solve
            assert sum(points for _, points in found.score.terms) == found.score.goals[-1].value + sum(p.paid for p in found.score.payments)
    assert {"skill", "forbid", "unit_cap", "resource_capacity", "requirement_wanted", "row", "unknown_id", "duplicate", "weight"} <= set(
        used
    )


def test_a_best_plan_audits_clean_and_nothing_is_better() -> None:
    for stated, plan in solved_plans(40):
        found = audit(stated.problem, plan)
        assert found.faults == () and found.sound and found.part is None
        assert found.distance is not None and [goal.difference for goal in found.distance.goals] == [0] * len(found.distance.goals)
        assert found.improvements == () and found.exhaustive
        assert found.line("en").startswith("The table keeps every rule")
        rows = [(entry.resource, entry.requirement, entry.quantity) for entry in plan.assignments]
        assert audit(stated.problem, rows, best=plan).model_dump(exclude={"tried"}) == found.model_dump(exclude={"tried"})


@pytest.fixture(scope="module")
def ruled() -> list[tuple[mk.Problem, list[Entry], Audit]]:
    """Tables of problems with every rule."""
    found = []
    for seed in range(130):
        problem, rng = rule_problem(seed), seeded(seed)
        table = table_of(problem, rng, 5)
        best = solvable(problem)
        if best is not None:
            found.append((problem, table, audit(problem, table, best=best)))
    return found


def test_a_sound_table_is_never_better_than_the_best_plan(ruled: list[tuple[mk.Problem, list[Entry], Audit]]) -> None:
    """In the order of the goals, each with the tolerance that later ones may use up."""
    sound = 0
    for _, _, found in ruled:
        if found.sound and found.distance is not None and not any(goal.tolerance for goal in found.distance.goals):
            sound += 1
            assert found.distance.comparable
            assert tuple(goal.best for goal in found.distance.goals) >= tuple(goal.table for goal in found.distance.goals)
    assert sound > 10


def test_the_largest_part_is_the_largest_of_all_parts(ruled: list[tuple[mk.Problem, list[Entry], Audit]]) -> None:
    """Every part of every small table is looked at by the checker: pairs of the table with what hard locks demand, no more."""
    seen = Counter[str]()
    for problem, table, found in ruled:
        if found.sound:
            continue
        most, starts = dict[Pair, int](), {}
        for entry in table:
            most[entry.resource, entry.requirement] = most.get((entry.resource, entry.requirement), 0) + entry.quantity
            starts[entry.requirement] = entry.start
        locks = {(r.resource, r.requirement): r.quantity for r in problem.rules if isinstance(r, mk.Lock) and r.soft is None}
        roles = World(problem).roles
        flexible = any(roles[q].demand.minutes is not None and starts.get(q) is None for _, q in {*most, *locks})
        ranges = {pair: range(max(most.get(pair, 0), locks.get(pair, 0)) + 1) for pair in sorted({*most, *locks})}
        if flexible or prod(len(each) for each in ranges.values()) > MOST_PARTS:
            seen["left out"] += 1
            continue
        tallies, best = Tallies(problem), -1
        for amounts_ in product(*ranges.values()):
            part = [Entry(*pair, amount, starts.get(pair[1])) for pair, amount in zip(ranges, amounts_, strict=True) if amount]
            kept = sum(min(entry.quantity, most.get((entry.resource, entry.requirement), 0)) for entry in part)
            if kept > best and not tallies.violations(part):
                best = kept
        if best < 0:
            assert found.part is None and found.part_unknown == "none"
            seen["none"] += 1
            continue
        assert found.part is not None
        assert found.part.proved and (found.part.units, found.part.most) == (best, best)
        assert sum(pair.units for pair in found.part.kept) == best
        seen["compared"] += 1
        seen["some lost"] += best < found.part.of
    assert seen["compared"] > 40 and seen["some lost"] > 30, seen


def after(table: list[Entry], change: Improvement) -> list[Entry]:
    """The table with the change made, by hand."""
    found = list(table)
    for pair in change.out:
        left = pair.units
        for place in reversed(range(len(found))):
            entry = found[place]
            if left and (entry.resource, entry.requirement) == (pair.resource, pair.requirement):
                less = min(left, entry.quantity)
                found[place], left = entry._replace(quantity=entry.quantity - less), left - less
        assert left == 0
    found = [entry for entry in found if entry.quantity]
    for place, pair in enumerate(change.put):
        start = change.starts[place] if change.starts else ""
        same = [n for n, entry in enumerate(found) if (entry.resource, entry.requirement) == (pair.resource, pair.requirement)]
        if same:
            found[same[0]] = found[same[0]]._replace(quantity=found[same[0]].quantity + pair.units)
        else:
            found.append(Entry(pair.resource, pair.requirement, pair.units, datetime.fromisoformat(start) if start else None))
    return found


def test_improvements_do_what_they_state_and_break_nothing_more(ruled: list[tuple[mk.Problem, list[Entry], Audit]]) -> None:
    kinds = Counter[str]()
    for problem, table, found in ruled:
        tallies = Tallies(problem)
        before = tallies.of(table)
        for change in found.improvements:
            now = tallies.of(after(table, change))
            assert tuple(goal.before for goal in change.goals) == before.values
            assert tuple(goal.after for goal in change.goals) == now.values
            had, has = amounts(before.violations), amounts(now.violations)
            assert all(has[key] <= had[key] for key in has)
            less = {key: (had[key], has[key]) for key in had if has[key] < had[key]}
            assert len(change.mended) == len(less) and {(m.before, m.after) for m in change.mended} == set(less.values())
            assert less or now.values > before.values
            kinds[change.kind] += 1
    assert {"add", "move", "replace", "drop"} <= set(kinds) and min(kinds.values()) >= 5, kinds


def every_change(problem: mk.Problem, table: list[Entry]) -> Iterator[list[Entry]]:
    """The table after every add, move, replacement, swap and drop, of any number of units (of a swap: one), that puts in eligible pairs."""
    units: dict[Pair, int] = {}
    for entry in table:
        units[entry.resource, entry.requirement] = units.get((entry.resource, entry.requirement), 0) + entry.quantity
    world = World(problem)
    fit = [(r, q) for r in world.resources for q in world.roles if eligible(world, world.resources[r], world.roles[q])]

    def made(change: Mapping[Pair, int]) -> list[Entry]:
        now = {pair: units.get(pair, 0) + change.get(pair, 0) for pair in {*units, *change}}
        return [Entry(*pair, amount) for pair, amount in now.items() if amount]

    for one in fit:
        for amount in (1, 2, 3):
            yield made({one: amount})
    for one, most in units.items():
        for amount in range(1, most + 1):
            yield made({one: -amount})
            for other in fit:
                if other != one and (other[0] == one[0] or other[1] == one[1]):
                    yield made({one: -amount, other: amount})
    for (r, q), (s, p) in product(units, units):
        if r < s and q != p and units[r, q] == units[s, p] == 1 and {(r, p), (s, q)} <= {*fit} - {*units}:
            yield made({(r, q): -1, (s, p): -1, (r, p): 1, (s, q): 1})


def test_the_first_improvement_is_the_best_of_all_single_changes() -> None:
    """Where every row is one of a pair of its own and no soft rule is paid, so that the audit says that it looked at all."""
    seen = Counter[str]()
    for seed in range(80):
        rng = seeded(seed)
        problem = random_problem(rng, 4, 3, flow_only=seed % 3 > 0)
        if any(resource.is_divisible and resource.capacity > 3 for resource in problem.resources):
            continue
        table = list({(entry.resource, entry.requirement): entry for entry in table_of(problem, rng, 4)}.values())
        best = solvable(problem)
        if best is None:
            continue
        found, tallies = audit(problem, table, best=best, improvements=1), Tallies(problem)
        before = tallies.of(table)
        had, gains = amounts(before.violations), []
        for changed in every_change(problem, table):
            now = tallies.of(changed)
            has = amounts(now.violations)
            if all(has[key] <= had[key] for key in has) and (now.values > before.values or has != had):
                gains.append(tuple(x - y for x, y in zip(now.values, before.values, strict=True)))
        assert found.exhaustive
        first = [tuple(goal.after - goal.before for goal in each.goals) for each in found.improvements]
        assert first == ([max(gains)] if gains else []), seed
        seen["some" if gains else "none"] += 1
    assert seen["some"] > 25 and seen["none"] >= 1, seen
