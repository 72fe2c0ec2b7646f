"""Every check by name, and the two questions asked of a plan: does it keep its problem, does its proof
hold?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matchkit.errors import InputError
from matchkit.model import Problem, Resource
from matchkit.model.fault import A_PLAN, A_PROBLEM, of_another_type
from matchkit.plan import BlockCertificate, Plan
from matchkit.verification import amounts, ledger, outcome
from matchkit.verification.block_certificate import BlockProof, block_bound, blocks_feasible
from matchkit.verification.case import BY_PAIR, Case, Check, RuleFinding
from matchkit.verification.certificate import PriceProof, certificate, certificate_bound
from matchkit.verification.eligibility import broken
from matchkit.verification.feasible import certificate_feasible
from matchkit.verification.ledger import broken_rules, payments
from matchkit.verification.report import Report, Violation, fact
from matchkit.verification.windows import shown, uncovered
from matchkit.verification.world import RequirementFacts, World

OF_PAIRS: tuple[Check, ...] = (
    amounts.unknown_id,
    amounts.duplicate,
    amounts.pair_quantity,
    amounts.resource_capacity,
    amounts.requirement_wanted,
    amounts.load,
    amounts.start,
    amounts.overlap,
)
"""Checks that look at nothing of a plan but its assignments."""

CHECKS: tuple[Check, ...] = (
    *OF_PAIRS,
    payments,
    ledger.weight,
    ledger.ledger,
    outcome.goals,
    outcome.value,
    outcome.proof,
    outcome.bound,
    outcome.gap,
    outcome.status,
    outcome.closed,
)
"""Checks of a whole plan, in the order of a report. Those of single pairs are eligibility.ELIGIBILITY, those
of rule records rules.AMOUNTS; a violation carries the name of the check or of the rule.
"""


def named(rule: str, findings: Iterable[RuleFinding]) -> Iterator[Violation]:
    """The findings of a check as violations of its name."""
    return (Violation(rule, ids, said) for ids, said in findings)


def not_eligible(
    case: Case, resource: Resource, role: RequirementFacts, quantity: int
) -> Iterator[Violation]:
    """Every rule on single pairs that this pair of the plan breaks."""
    world = case.world
    found = dict(broken(world, resource, role))
    times = case.served.times(role.demand)
    if role.demand.minutes is not None and times and resource.available and "time" not in found:
        missing = uncovered(times, world.free(resource))
        found |= (
            {}
            if missing is None
            else {"time": fact("not_free", time=shown(missing, world.problem.zone))}
        )
    for rule, said in found.items():
        label, ids = None, (resource.id, role.id)
        if rule in BY_PAIR:  # the amount is that of one unit so far
            label, said = (
                world.pair_label(rule, *ids),
                said._replace(amount=said.amount * max(1, quantity)),
            )
        yield Violation(rule, ids, fact("of", said.amount, who=resource.id, told=said), label)


def _refuse_other_types(problem: object, plan: object) -> None:
    found = of_another_type("problem", problem, Problem, A_PROBLEM) + of_another_type(
        "plan", plan, Plan, A_PLAN
    )
    if found:
        raise InputError(found)


def verify(problem: Problem, plan: Plan) -> Report:
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

    Neither of the two checks how many resources are eligible for what is short and whether it is "contended"
    or "too_few_eligible", why solving stopped where it was not proved (gap, time limit, interrupted or no
    proof), nor what the outcome says about how the plan was made: ``digest`` (so nothing says that the plan
    was made for this very problem, only that it is right for it), ``engine``, ``reason``, ``seed`` and
    ``versions``. Nor is the order of the lists looked at.

    Returns a Report with every violation found, named by its rule. Raises InputError for what is no Problem
    or no Plan, and nothing else, whatever the plan holds.
    """
    _refuse_other_types(problem, plan)
    case = Case(World(problem), plan)
    found = [violation for pair in case.chosen() for violation in not_eligible(case, *pair)]
    found.extend(broken_rules(case))
    for check in CHECKS:
        found.extend(named(check.__name__, check(case)))
    found.extend(_of_certificate(case))
    return Report(tuple(found))


def _of_certificate(case: Case, *, every_pair: bool = False) -> Iterator[Violation]:
    """What is wrong with the prices, the bound they give and, where asked, with what they say of every
    eligible pair.
    """
    stated = case.plan.certificate
    if isinstance(stated, BlockCertificate):
        blocks = BlockProof(case, stated)
        findings = (
            iter(blocks.faults),
            block_bound(blocks),
            blocks_feasible(blocks) if every_pair else (),
        )
    elif stated is not None:
        proof = PriceProof(case)
        findings = (
            certificate(proof),
            certificate_bound(proof),
            certificate_feasible(proof) if every_pair else (),
        )
    else:
        return
    for name, found in zip(
        ("certificate", "certificate_bound", "certificate_feasible"), findings, strict=True
    ):
        yield from named(name, found)


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
    _refuse_other_types(problem, plan)
    if plan.certificate is None:
        return Report((Violation("certificate", (), fact("certificate_missing")),))
    return Report(tuple(_of_certificate(Case(World(problem), plan), every_pair=True)))
