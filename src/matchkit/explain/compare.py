"""What changed from one plan to another: both added up, then term by term, goal by goal, tier by tier, and
for whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from matchkit.answers.comparison import (
    Comparison,
    GoalFigure,
    IdFigure,
    PairFigure,
    PaymentFigure,
    RequirementFigure,
    TermFigure,
    TierFigure,
    figure,
)
from matchkit.errors import Complaint, InputError
from matchkit.explain.blocking import blocking_figure
from matchkit.explain.events import PlanOnNetwork
from matchkit.explain.fairness import coverage_change, covered
from matchkit.explain.moves import paths_between
from matchkit.explain.plan_state import units_by
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.plan import Plan, Terms
from matchkit.plan.arguments import no_plan, no_problem

FILLED, MISSING = ("filled_minimum", "filled_rest"), ("missing_minimum", "missing_rest")
"""Slots of a tier, up to the minimum and beyond it."""


class PlanSums:
    """One plan, added up as far as its problem is known. What it says of itself is taken as said."""

    def __init__(self, plan: Plan, problem: Problem | None) -> None:
        self.plan, self.known = plan, problem is not None
        self.pairs, self.terms = (
            Counter[tuple[str, str]](),
            dict.fromkeys(Terms.model_fields, 0),
        )
        self.starts: dict[tuple[str, str], datetime] = {}
        self.given = units_by(plan.assignments, "resource")
        self.taken = units_by(plan.assignments, "requirement")
        for entry in plan.assignments:
            pair = (entry.resource, entry.requirement)
            self.pairs[pair] += entry.quantity
            if entry.start is not None:
                self.starts[pair] = min(entry.start, self.starts.get(pair, entry.start))
            for term, points in entry.terms:
                self.terms[term] += entry.quantity * points
        self.paid = sum(payment.paid for payment in plan.payments)
        self.weight = sum(self.terms.values()) - self.paid
        demands = () if problem is None else problem.demands
        self.places = {
            need.id: (demand, need)
            for demand in demands
            for need in demand.requirements
        }
        resources = () if problem is None else problem.resources
        self.unit_of = {resource.id: resource.unit for resource in resources}
        self.short = {lack.requirement: lack for lack in plan.shortfalls}

    def by_tier(self) -> dict[int, Counter[str]]:
        """Slots filled and missing, up to the minimum and beyond; without a problem what the shortfalls say
        is missing.
        """
        found: dict[int, Counter[str]] = {}
        for lack in () if self.known else self.short.values():
            sums = found.setdefault(lack.tier, Counter())
            sums["missing_minimum"] += lack.below_minimum
            sums["missing_rest"] += lack.missing - lack.below_minimum
        for name, (demand, need) in self.places.items():
            sums = found.setdefault(demand.tier, Counter())
            low = min(self.taken[name], need.minimum)
            high = max(0, self.taken[name] - need.minimum)
            sums["filled_minimum"] += low
            sums["filled_rest"] += high
            sums["missing_minimum"] += need.minimum - low
            sums["missing_rest"] += max(0, need.wanted - need.minimum - high)
        return found

    def about(self, requirement: str) -> tuple[str | None, int | None]:
        """A requirement's demand and tier, where problem or shortfall tell."""
        if requirement in self.places:
            demand, _ = self.places[requirement]
            return demand.id, demand.tier
        lack = self.short.get(requirement)
        return (None, None) if lack is None else (lack.demand, lack.tier)

    def taken_by(self, field: str) -> Counter[str]:
        """Units taken by a field of the demand."""
        found = Counter[str]()
        for name, amount in self.taken.items():
            found[getattr(self.places[name][0], field)] += amount
        return found

    def given_by_unit(self) -> Counter[str]:
        """Units given by unit, those below it left out."""
        found = Counter[str]()
        for name, amount in self.given.items():
            found[self.unit_of[name]] += amount
        return found

    def payments(self) -> dict[tuple[str, int | None], tuple[int, int]]:
        """Amount and points by label and tier."""
        found: dict[tuple[str, int | None], tuple[int, int]] = {}
        for payment in self.plan.payments:
            key = (payment.rule, payment.tier)
            amount, paid = found.get(key, (0, 0))
            found[key] = (amount + payment.amount, paid + payment.paid)
        return found


def compare(
    problem: Problem | None,
    before: Plan,
    after: Plan,
    *,
    problem_after: Problem | None = None,
    causes: bool = False,
) -> Comparison:
    """What changed from one plan to another; with None for the problem, what the plans say by themselves.

    ``problem`` is what ``before`` is a plan of, ``problem_after`` what ``after`` is a plan of (without it:
    the same problem). With them the comparison also says what each tier has filled, and what demands,
    communities and units gained and lost. Each plan's numbers are its own: ``verify`` says whether they are
    right. With ``causes`` (and a problem) the moves stand there as ``paths``, each with what caused it.
    Raises InputError where a plan names what its problem does not have, where an assignment's terms do
    not add up to its weight, for causes without a problem, and for other types.
    """
    wrong = no_plan(before, "before") + no_plan(after, "after")
    for name, given in (("problem", problem), ("problem_after", problem_after)):
        wrong += [] if given is None else no_problem(given, name)
    if problem is None and problem_after is not None:
        wrong.append(Complaint.of("problem", "compare.problem"))
    if not isinstance(causes, bool):
        wrong.append(Complaint.of("causes", "record.truth", "compare.causes"))
    elif causes and problem is None:
        wrong.append(Complaint.of("problem", "compare.causes_of"))
    InputError.raise_if(wrong)
    other = problem if problem_after is None else problem_after
    InputError.raise_if(
        [*_faults("before", before, problem), *_faults("after", after, other)]
    )
    zone = None if other is None else other.zone
    found = _compared(PlanSums(before, problem), PlanSums(after, other), zone)
    if problem is None or other is None:
        return found
    both = [
        covered(given, "communities", units_by(plan.assignments, "requirement"))
        for given, plan in ((problem, before), (other, after))
    ]
    update: dict[str, object] = {"coverage": coverage_change(*both)}
    if problem.is_ranked and other.is_ranked:
        update["blocking"] = blocking_figure((problem, before), (other, after))
    if causes:
        sides = PlanOnNetwork(problem, before), PlanOnNetwork(other, after)
        update["paths"] = paths_between(*sides)
    return found.model_copy(update=update)


def _faults(name: str, plan: Plan, problem: Problem | None) -> Iterator[Complaint]:
    for number, entry in enumerate(plan.assignments):
        if sum(points for _, points in entry.terms) != entry.weight:
            yield Complaint.of(f"{name}.assignments[{number}]", "compare.terms")
    if problem is None:
        return
    resources = {resource.id for resource in problem.resources}
    requirements = {
        need.id for demand in problem.demands for need in demand.requirements
    }
    for number, entry in enumerate(plan.assignments):
        for what, wanted, known in (
            ("resource", entry.resource, resources),
            ("requirement", entry.requirement, requirements),
        ):
            if wanted not in known:
                fact = Message.of(f"compare.not_in_problem.{what}", id=wanted)
                yield Complaint(
                    f"{name}.assignments[{number}]",
                    fact,
                    Message("plan.not_in_problem.do"),
                )


def _compared(one: PlanSums, two: PlanSums, zone: str | None) -> Comparison:
    pairs = [_pair(one, two, pair) for pair in sorted({*one.pairs, *two.pairs})]
    changed = [
        pair
        for pair in pairs
        if pair.difference or pair.start_before != pair.start_after
    ]

    def by(
        sums: Callable[[PlanSums], Mapping[str, int]],
    ) -> tuple[IdFigure, ...] | None:
        return tuple(_by_id(sums(one), sums(two))) if one.known and two.known else None

    return Comparison(
        weight=figure(one.weight, two.weight),
        terms=tuple(
            TermFigure(**_figures(one.terms[term], two.terms[term]), term=term)
            for term in one.terms
        ),
        paid=figure(one.paid, two.paid),
        slots=figure(sum(one.given.values()), sum(two.given.values())),
        goals=tuple(_goals(one.plan, two.plan)),
        tiers=tuple(_tiers(one, two)),
        gone=tuple(pair for pair in changed if pair.after == 0),
        new=tuple(pair for pair in changed if pair.before == 0),
        moved=tuple(pair for pair in changed if pair.before and pair.after),
        kept=len(pairs) - len(changed),
        requirements=tuple(_requirements(one, two)),
        demands=by(lambda side: side.taken_by("id")),
        communities=by(lambda side: side.taken_by("community")),
        units=by(PlanSums.given_by_unit),
        resources=tuple(_by_id(one.given, two.given)),
        payments=tuple(_payments(one, two)),
        zone=zone,
    )


def _figures(before: int, after: int) -> dict[str, int]:
    return {"before": before, "after": after, "difference": after - before}


def _pair(one: PlanSums, two: PlanSums, pair: tuple[str, str]) -> PairFigure:
    return PairFigure(
        **_figures(one.pairs[pair], two.pairs[pair]),
        resource=pair[0],
        requirement=pair[1],
        start_before=one.starts.get(pair),
        start_after=two.starts.get(pair),
    )


def _goals(before: Plan, after: Plan) -> Iterator[GoalFigure]:
    old = {goal.name: goal.value for goal in before.outcome.goals}
    new = {goal.name: goal.value for goal in after.outcome.goals}
    for name in merged(list(old), list(new)):
        values = old.get(name), new.get(name)
        difference = (
            None if values[0] is None or values[1] is None else values[1] - values[0]
        )
        yield GoalFigure(
            name=name, before=values[0], after=values[1], difference=difference
        )


def merged(old: list[str], new: list[str]) -> list[str]:
    """The new names in their order, each that is only in the old list behind the one that it stands behind
    there.
    """
    found = list(new)
    for place, name in enumerate(old):
        if name not in new:
            found.insert(found.index(old[place - 1]) + 1 if place else 0, name)
    return found


def _tiers(one: PlanSums, two: PlanSums) -> Iterator[TierFigure]:
    first, second = one.by_tier(), two.by_tier()
    for tier in sorted({*first, *second}):
        before, after = (tiers.get(tier, Counter()) for tiers in (first, second))
        parts = {
            name: figure(before[name], after[name]) for name in (*FILLED, *MISSING)
        }
        unknown = {} if one.known else dict.fromkeys(FILLED)
        yield TierFigure.model_validate({"tier": tier, **parts, **unknown})


def _requirements(one: PlanSums, two: PlanSums) -> Iterator[RequirementFigure]:
    for entry in _by_id(one.taken, two.taken):
        after, before = two.about(entry.id), one.about(entry.id)
        demand, tier = after if after[0] is not None else before
        yield RequirementFigure(
            **_figures(entry.before, entry.after), id=entry.id, demand=demand, tier=tier
        )


def _by_id(before: Mapping[str, int], after: Mapping[str, int]) -> Iterable[IdFigure]:
    for name in sorted({*before, *after}):
        figures = _figures(before.get(name, 0), after.get(name, 0))
        if figures["difference"]:
            yield IdFigure(**figures, id=name)


def _payments(one: PlanSums, two: PlanSums) -> Iterator[PaymentFigure]:
    before, after = one.payments(), two.payments()
    for key in sorted({*before, *after}, key=lambda key: (key[0], key[1] or 0)):
        first, second = before.get(key, (0, 0)), after.get(key, (0, 0))
        if first != second:
            yield PaymentFigure(
                rule=key[0],
                tier=key[1],
                amount=figure(first[0], second[0]),
                paid=figure(first[1], second[1]),
            )
