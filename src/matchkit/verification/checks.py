"""The questions asked of the checker: does a plan keep its problem, does its proof hold, and what does a
table of pairs break and reach?
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from matchkit.answers.modes import Mode
from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.model.fault import A_PLAN, A_PROBLEM, of_another_type
from matchkit.plan import BlockCertificate, FloorCertificate, Payment, Plan
from matchkit.verification import ledger, outcome, ranked_plan
from matchkit.verification.assignments import OF_PAIRS, not_eligible
from matchkit.verification.block_certificate import BlockProof, blocks_feasible
from matchkit.verification.case import (
    Assigned,
    AssignmentLike,
    Case,
    Check,
    RuleFinding,
)
from matchkit.verification.certificate import PriceProof
from matchkit.verification.feasible import pairs_feasible
from matchkit.verification.floors import FloorPriceProof
from matchkit.verification.goals import GoalOrder, Vector
from matchkit.verification.pulls import pulled
from matchkit.verification.report import Report, Violation, fact
from matchkit.verification.touched import touched_part, touched_records
from matchkit.verification.trees import summed
from matchkit.verification.world import World
from matchkit.verification.worth import TERMS

A_MODE = Message("switch.mode.do")
CHECKS: tuple[Check, ...] = (
    *OF_PAIRS,
    ledger.payments,
    ledger.weight,
    ledger.ledger,
    outcome.goals,
    outcome.kept,
    outcome.value,
    outcome.proof,
    outcome.bound,
    outcome.gap,
    outcome.status,
    outcome.closed,
    ranked_plan.chosen,
)
"""Checks of a whole plan, in the order of a report. Those of single pairs are eligibility.ELIGIBILITY, those
of rule records rules.AMOUNTS; a violation carries the name of the check or of the rule.
"""


OF_ENTRIES: tuple[Check, ...] = (*OF_PAIRS, ledger.weight, ledger.ledger)
"""Those that find the same in any part of a plan that has all assignments of whom they look at."""


def _named(rule: str, findings: Iterable[RuleFinding]) -> Iterator[Violation]:
    """The findings of a check as violations of its name."""
    return (Violation(rule, ids, finding) for ids, finding in findings)


def refuse_other_types(problem: object, plan: object, *also: Complaint) -> None:
    """Raises InputError for what is no Problem or no Plan, with what else is wrong."""
    found = of_another_type("problem", problem, Problem, A_PROBLEM) + of_another_type(
        "plan", plan, Plan, A_PLAN
    )
    if found or also:
        raise InputError([*found, *also])


def verify(problem: Problem, plan: Plan, *, mode: Mode | None = None) -> Report:
    """Whether a plan keeps every rule of its problem, and whether its numbers are those of its assignments.

    Checked are ids, eligibility of each assignment, quantities, loads, starts and overlaps; by how much each
    rule record is broken (docs/rules.md), that this is 0 where the rule is hard, not more than before where
    it may be no worse, and that ``payments`` lists all that is broken and every activation cost; weights by
    term; and the ledger of what is missing: its numbers, and that ``eligible`` is 0 exactly where the reason
    is "nobody_eligible". Of the outcome: names, values and tolerances of the goals, the value, what the bound
    rests on, the bounds, the gap, and that status and ``stopped`` fit them (matchkit.verification.outcome
    says how they hang together). Of the certificate: goals, ids and lengths of its prices, and that its bound
    is what they give. All this takes time in proportion to the records.

    With a certificate, "optimal" passes only if its bound equals the plan's goals; it is *proved* only if
    ``check_certificate`` passes too, which adds that the prices hold at every eligible pair. Where the bound
    rests on a search, "optimal" is the engine's word: only that it fits the numbers stated is checked.

    Where ranks choose the plan, that it says how, takes nobody who is not wanted and nobody beyond the places
    of a channel, and that the pairs that block it are as many as it says and those it lists: all eligible
    pairs are looked at for that, which takes time in proportion to them. That no other plan has fewer is an
    engine's word; a rule of choice is followed again, with the seed that the outcome names.

    With a mode, also that nobody was pulled from what the problem's reference plan fills but as the mode
    allows, requirement by requirement (docs/rules.md, Modes).

    Neither of the two checks how many resources are eligible for what is short and whether it is "contended"
    or "too_few_eligible", why solving stopped where it was not proved (gap, time limit, interrupted or no
    proof), nor what the outcome says about how the plan was made: ``digest`` (so nothing says that the plan
    was made for this very problem, only that it is right for it), ``engine``, ``reason``, ``seed`` and
    ``versions``. Nor is the order of the lists looked at.

    Returns a Report with every violation found, named by its rule. Raises InputError for what is no Problem
    or no Plan, and nothing else, whatever the plan holds.
    """
    return Verifier().verify(problem, plan, mode=mode)


class Verifier:
    """Verifies a plan again and again while events change it and its problem.

    What stands in the last plan in which nothing was wrong, and is the same now, is not looked at again:
    the assignments and shortfalls that differ are, those of records that are others, and all assignments of
    whom these concern. Rule records, goals, the outcome and the certificate are counted of the whole plan,
    by weights that are known. The report is that of ``verify``.
    """

    def __init__(self) -> None:
        self._right: Case | None = None

    @collector_at_rest()
    def verify(
        self, problem: Problem, plan: Plan, *, mode: Mode | None = None
    ) -> Report:
        """What ``verify`` returns and raises."""
        wrong = [] if mode is None else of_another_type("mode", mode, Mode, A_MODE)
        refuse_other_types(problem, plan, *wrong)
        case, part = self._read(problem, plan)
        found = [
            violation
            for pair in part.chosen()
            for violation in not_eligible(part, *pair)
        ]
        found.extend(ledger.broken_rules(case))
        for check in CHECKS:
            of = part if check in OF_ENTRIES else case
            found.extend(_named(check.__name__, check(of)))
        found.extend(_of_certificate(case))
        if not found:
            self._right = case
        if mode is not None:
            found.extend(_named("pulled", pulled(case, mode.may_pull)))
        return Report(tuple(found))

    def _read(self, problem: Problem, plan: Plan) -> tuple[Case, Case]:
        """The plan, and the part of it to be looked at entry by entry."""
        before = self._right
        if before is not None:
            touched = touched_records(before.world.problem, problem)
            if touched is not None:
                case = Case(World(problem, before.world, touched), plan)
                return case, touched_part(case, before, touched)
        case = Case(World(problem), plan)
        return case, case


def check_pulls(problem: Problem, plan: Plan, mode: Mode) -> Report:
    """What ``verify`` adds with a mode, of a plan that is verified otherwise."""
    found = pulled(Case(World(problem), plan), mode.may_pull)
    return Report(tuple(_named("pulled", found)))


def _of_certificate(case: Case, *, every_pair: bool = False) -> Iterator[Violation]:
    """What is wrong with the prices, the bound they give and, where asked, with what they say of every
    eligible pair.
    """
    stated = case.plan.certificate
    if stated is None:
        return
    proof: BlockProof | FloorPriceProof | PriceProof
    if isinstance(stated, FloorCertificate):
        proof = floors = FloorPriceProof(case, stated)
        feasible = floors.feasible()
    elif isinstance(stated, BlockCertificate):
        proof = blocks = BlockProof(case, stated)
        feasible = blocks_feasible(blocks)
    else:
        proof = prices = PriceProof(case, stated)
        feasible = pairs_feasible(prices)
    yield from _named("certificate", proof.faults)
    if proof.faults:
        return
    for message in proof.wrong():
        yield Violation("certificate_bound", (), message)
    if every_pair:
        yield from _named("certificate_feasible", feasible)


def check_certificate(problem: Problem, plan: Plan) -> Report:
    """Whether a plan's certificate proves its bound, over all eligible pairs (docs/architecture.md, The
    certificate).

    What it adds to ``verify``: every eligible pair is looked at, also those that are not in the plan. Checked
    are goals, ids and lengths of the prices, the bound they give, and that no eligible pair below its own
    capacity in the plan is worth more than its two prices; where the prices hold block by block, that no
    resource's best block is worth more than its price. If all hold, no plan that keeps the rules is worth
    more than ``plan.certificate.bound``, compared as a vector (weak duality). Whether *this* plan reaches the
    bound, and what it may claim for that, is ``verify``'s part: a plan for which both reports are ok and that
    is called optimal is optimal. What neither checks stands there too.

    Returns a Report; a plan without a certificate proves nothing, which is a violation. At most 100 pairs (or
    resources) are listed. Raises InputError for what is no Problem or no Plan.
    """
    refuse_other_types(problem, plan)
    if plan.certificate is None:
        return Report((Violation("certificate", (), fact("certificate_missing")),))
    return Report(tuple(_of_certificate(Case(World(problem), plan), every_pair=True)))


class TallyEntry(NamedTuple):
    """One line of a table: so much of a resource for a requirement, and when it starts where the demand is
    flexible.
    """

    resource: str
    requirement: str
    quantity: int
    start: datetime | None = None


class Tally(NamedTuple):
    """What a table breaks, and what it would be worth as a plan: goals in order, terms by name, soft rules
    and activation costs paid.

    What it is worth counts every pair of known ids, also those that break a rule; a pair that lacks a skill
    has no skill fit to compare, and counts as if it held.
    """

    violations: tuple[Violation, ...]
    values: Vector
    terms: dict[str, int]
    payments: tuple[Payment, ...]


class Tallies:
    """Counts tables of pairs of one problem by the checks and sums of ``verify``; what is known of single
    pairs is kept from one table to the next.
    """

    def __init__(self, problem: Problem, stated: Collection[str] = ()) -> None:
        """``stated`` are names of goals: where they name levels, these are its goals."""
        self.world = World(problem)
        self.goals = GoalOrder(self.world, stated)
        self._pairs: dict[tuple[str, str, int, object], tuple[Violation, ...]] = {}

    def case(self, entries: Iterable[AssignmentLike]) -> Assigned:
        """The table as the checks see it."""
        found = Assigned(self.world, entries)
        found.goals = self.goals
        return found

    def violations(self, entries: Iterable[AssignmentLike]) -> tuple[Violation, ...]:
        """Every violation, in the order of ``verify``."""
        return self._violations(self.case(entries))

    def of(self, entries: Iterable[AssignmentLike]) -> Tally:
        """Violations and worth of a table."""
        case = self.case(entries)
        terms = dict.fromkeys(TERMS, 0) | summed(
            (name, quantity * points)
            for resource, role, quantity in case.chosen()
            for name, points in case.terms(resource, role).items()
        )
        paid = sorted(
            case.payments, key=lambda entry: (entry.rule, entry.amount, entry.paid)
        )
        return Tally(self._violations(case), case.values, terms, tuple(paid))

    def _violations(self, case: Assigned) -> tuple[Violation, ...]:
        found: list[Violation] = []
        for resource, role, quantity in case.chosen():
            times = case.times(role.demand) if role.demand.minutes is not None else None
            known = (resource.id, role.id, quantity, times)
            if known not in self._pairs:
                self._pairs[known] = tuple(not_eligible(case, resource, role, quantity))
            found.extend(self._pairs[known])
        found.extend(ledger.broken_rules(case))
        for check in OF_PAIRS:
            found.extend(_named(check.__name__, check(case)))
        return tuple(found)
