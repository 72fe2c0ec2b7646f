"""What a plan says about itself: goals, value, what its bound rests on, bound, gap and status.

A goal is *reached* where its bound exceeds its value by no more than its tolerance. Without aims every
tolerance is 0. An aim's tolerance is what later goals may cost it: the bound of a later goal is over plans
that keep every earlier goal within its tolerance of its bound, so a plan with all goals reached is a best
one. Nothing comes after the last goal, which is therefore reached only where value and bound are equal,
whatever its tolerance.

A goal states a number as bound up to and including the first goal that is not reached, and may state one
after it: no plan that has at least as much in every goal before exceeds it. (Prices of pairs hold goals in
order, so such a certificate says nothing of those after it, and then they state none; cuts of blocks say it
of every goal.) The gap is 0.0 where every goal is
reached; otherwise it is ``(bound - value) / max(1, abs(bound))`` in the first one that is not (a number
without unit, as Python divides whole numbers: correctly rounded). Where no bound was proved it is None.

A bound rests on *prices*, exactly where there is a certificate: then it must be the certificate's. (Where
floors are proved a search may know better: then the bounds stated are no more than the certificate's.) Or it
rests on an engine's *search*: then it is the engine's word, of which only what has just been said can be
checked, and that no value exceeds its bound. A plan that says neither states no bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, isclose
from operator import gt

from matchkit.model import UnitShare
from matchkit.plan import BlockCertificate, FloorCertificate, KeptUnits
from matchkit.verification.block_certificate import bounds_by_cuts
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.eligibility import EligibleIds
from matchkit.verification.goals import Vector
from matchkit.verification.report import Fact, fact

GoalBounds = tuple[int | None, ...]


def closed(case: Case) -> Iterator[RuleFinding]:
    """The rules that close a community are those of which the unit can give too little, with both numbers, by
    label.
    """
    world, found = case.world, []
    shares = {
        (rule.label, rule.unit, rule.community, rule.least)
        for rule in world.hard(UnitShare)
        if rule.least
    }
    stated = [
        (one.label, one.unit, one.community, one.least, one.most)
        for one in case.plan.outcome.closed
    ]
    if not (shares or stated):
        return
    eligible = EligibleIds(world)
    for label, unit, community, least in shares:
        roles = [
            role
            for role in world.roles.values()
            if world.communities.below(role.demand.community, community)
        ]
        mine = {
            one.id
            for one in world.problem.resources
            if world.units.below(one.unit, unit)
        }
        gives, takes = dict.fromkeys(mine, 0), 0
        for role in roles:
            own = {
                name: world.most(world.resources[name], role.requirement)
                for name in eligible[role.id] & mine
            }
            takes += min(role.requirement.wanted, sum(own.values()))
            for name, most in own.items():
                gives[name] += most
        given = sum(
            min(units, world.resources[name].capacity) for name, units in gives.items()
        )
        if roles and min(takes, given) < least:
            found.append((label, unit, community, least, min(takes, given)))
    if stated != sorted(found):
        yield (), fact("closed")


def gap_between(
    values: Vector, bound: GoalBounds, slack: Vector | None = None
) -> float:
    """The gap as this module defines it; infinite where no float can hold it. ``slack`` is what goals may be
    short of.
    """
    for value, most, free in zip(
        values, bound, slack or (0,) * len(values), strict=True
    ):
        if most is not None and not 0 <= most - value <= free:
            try:
                return (most - value) / max(1, abs(most))
            except OverflowError:
                return inf
    return 0.0


def _proved(case: Case) -> Vector | None:
    """What the certificate proves of every goal, where there is one number a goal: of prices of pairs their
    bound, of cuts of blocks what follows from them for this plan.
    """
    proof, goals = case.plan.certificate, len(case.values)
    if isinstance(proof, FloorCertificate):
        return proof.bound if len(proof.bound) == goals else None
    if not isinstance(proof, BlockCertificate):
        return proof.bound if proof is not None and len(proof.bound) == goals else None
    vectors = [proof.lower_bounds, proof.upper_bounds]
    vectors += [cut.digits for cut in proof.cuts]
    if any(len(vector) != goals for vector in vectors):
        return None
    return bounds_by_cuts(case, proof, case.values)


def _beyond(case: Case, proved: Vector) -> bool:
    """Whether the plan is worth more than is proved: of cuts in any goal, of prices of pairs as a vector."""
    if isinstance(case.plan.certificate, BlockCertificate | FloorCertificate):
        return any(map(gt, case.values, proved))
    return case.values > proved


def _searched(case: Case) -> bool:
    """Whether the bounds rest on an engine's word."""
    proof = case.plan.certificate
    alone = proof is None or isinstance(proof, FloorCertificate)
    return alone and case.plan.outcome.proof == "search"


def _stated(case: Case) -> GoalBounds:
    return tuple(goal.bound for goal in case.plan.outcome.goals)


def _in_force(case: Case) -> GoalBounds | None:
    """The bounds that gap and status follow from; None where there are none, or not one for each goal, or a
    value exceeds one.
    """
    values, stated = case.values, _stated(case)
    if not _searched(case):
        proved = _proved(case)
        return None if proved is None or _beyond(case, proved) else proved
    if len(stated) != len(values) or stated[0] is None:
        return None
    beyond = (
        most is not None and most < value
        for value, most in zip(values, stated, strict=True)
    )
    return None if any(beyond) else stated


def _reached(case: Case, bound: GoalBounds) -> bool:
    return all(
        most is not None and 0 <= most - value <= slack
        for value, most, slack in zip(case.values, bound, case.goals.slack, strict=True)
    )


def goals(case: Case) -> Iterator[RuleFinding]:
    """The outcome lists the goals of the problem in order, each with what the plan reaches and the tolerance
    of its aim.
    """
    stated, names = case.plan.outcome.goals, case.goals.names
    objective, outcome = case.world.problem.objective, case.plan.outcome
    if (outcome.fair, outcome.even) != (objective.fair, objective.even):
        yield (), fact("fair_stated")
    if len(stated) != len(names):
        yield (
            (),
            fact(
                "goal_count",
                stated=len(stated),
                count=str(len(names)),
                names=", ".join(names),
            ),
        )
        return
    rows = zip(stated, names, case.values, case.goals.tolerances, strict=True)
    for place, (goal, name, value, tolerance) in enumerate(rows, 1):
        if (
            goal.name != name
        ):  # the stated name is free text from outside: it is not repeated
            yield (), fact("goal_name", place=str(place), name=name)
        if goal.value != value:
            yield (), fact("goal_value", name=name, stated=goal.value, right=value)
        if goal.tolerance != tolerance:
            yield (
                (),
                fact(
                    "goal_tolerance", name=name, stated=goal.tolerance, right=tolerance
                ),
            )


def kept(case: Case) -> Iterator[RuleFinding]:
    """Where there is a reference plan, what is kept of it and what is new is as stated."""
    world, reference = case.world, case.world.problem.reference
    right = None
    if reference:
        right = KeptUnits(
            reference=sum(entry.quantity for entry in reference),
            gone=sum(
                entry.quantity
                for entry in reference
                if entry.resource not in world.resources
                or entry.requirement not in world.roles
            ),
            kept=case.kept.units,
            moves=sum(case.pairs.values()) - case.kept.units,
            previous=world.problem.objective.previous,
        )
    if case.plan.outcome.kept != right:
        yield (), fact("kept_stated")


def value(case: Case) -> Iterator[RuleFinding]:
    """The value is that of the last goal: the weight, unless the problem gives aims."""
    stated, right = case.plan.outcome.value, case.values[-1]
    if stated != right:
        yield (), fact("value", stated=stated, right=right)


def proof(case: Case) -> Iterator[RuleFinding]:
    """A bound rests on prices exactly where there is a certificate; a search is named where there are bounds
    without one.
    """
    basis, held = case.plan.outcome.proof, case.plan.certificate is not None
    if isinstance(case.plan.certificate, FloorCertificate) and basis == "search":
        known = zip(_stated(case), case.plan.certificate.bound, strict=False)
        if any(most is not None and most > proved for most, proved in known):
            yield (), fact("search_above")
        return
    if held != (basis == "prices"):
        yield (
            (),
            fact(
                "proof_held" if held else "proof_absent",
                said=fact(f"on_{basis or 'nothing'}"),
            ),
        )
    elif basis == "search" and all(most is None for most in _stated(case)):
        yield (), fact("proof_without_bound")


def bound(case: Case) -> Iterator[RuleFinding]:
    """Each goal states its bound up to and including the first that is not reached; no value exceeds its
    bound.

    With a certificate the numbers are the certificate's; of pairs, whose bound is true as a vector, as the
    comparison is, none after that goal, and of blocks one of every goal. Without one, and unless a search is
    said to have found them, no bound is stated.
    """
    outcome, stated = case.plan.outcome, _stated(case)
    if _searched(case):
        yield from _bound_of_search(case, stated)
        return
    if case.plan.certificate is None:
        if outcome.bound is not None or any(most is not None for most in stated):
            yield (), fact("bound_unproved")
        return
    proved = _proved(case)
    if proved is None:
        return  # the check of the certificate reports it
    blocks = isinstance(case.plan.certificate, BlockCertificate | FloorCertificate)
    right = proved if blocks else _as_far_as_reached(case, proved)
    if stated != right:
        yield (), fact("bounds", stated=stated, right=right)
    if outcome.bound != right[-1]:
        yield (), fact("bound_last", stated=outcome.bound, right=right[-1])
    if _beyond(case, proved):
        yield (), fact("beyond_bound", reached=case.values, bound=proved)


def _as_far_as_reached(case: Case, proved: Vector) -> GoalBounds:
    right: list[int | None] = []
    reached = True
    for value, most, slack in zip(case.values, proved, case.goals.slack, strict=True):
        right.append(most if reached else None)
        reached = reached and 0 <= most - value <= slack
    return tuple(right)


def _bound_of_search(case: Case, stated: GoalBounds) -> Iterator[RuleFinding]:
    if len(stated) != len(case.values):
        return  # the check of the goals reports it
    reached = True
    for name, value, most, slack in zip(
        case.goals.names, case.values, stated, case.goals.slack, strict=True
    ):
        if reached and most is None:
            yield (
                (),
                fact("bound_of_goal", name=name, stated=most, why=fact("all_reached")),
            )
            break
        if most is not None and most < value:
            yield (), fact("goal_beyond_bound", reached=value, name=name, bound=most)
        reached = reached and most is not None and most - value <= slack
    if case.plan.outcome.bound != stated[-1]:
        yield (
            (),
            fact("bound_not_last", stated=case.plan.outcome.bound, right=stated[-1]),
        )


def gap(case: Case) -> Iterator[RuleFinding]:
    """The gap follows from values and bounds; there is none where no bound was proved."""
    stated = case.plan.outcome.gap
    if case.plan.certificate is None and not _searched(case):
        if stated is not None:
            yield (), fact("gap_unproved", stated=str(stated))
        return
    found = _in_force(case)
    if found is None:
        if (
            _searched(case)
            and stated is not None
            and not any(most is not None for most in _stated(case))
        ):
            yield (), fact("gap_without_bound", stated=str(stated))
        return  # the checks of goals, certificate and bound report it
    right = gap_between(case.values, found, case.goals.slack)
    if stated is None or not isclose(stated, right, rel_tol=1e-12):
        yield (), fact("gap", stated=str(stated), right=str(right))


def status(case: Case) -> Iterator[RuleFinding]:
    """A plan is called optimal, and solving is said to have proved it, exactly where every goal reaches its
    bound.
    """
    outcome, found = case.plan.outcome, _in_force(case)
    optimal = found is not None and _reached(case, found)
    if outcome.status == "optimal" and not optimal:
        if case.plan.certificate is not None and not _searched(case):
            why: Fact = fact("certificate_not_reached")
        else:
            why = fact("search_not_reached" if _searched(case) else "no_certificate")
        yield (), fact("not_optimal", why=why)
    elif outcome.status == "feasible" and optimal:
        yield (
            (),
            fact(
                "optimal_by_certificate"
                if case.plan.certificate is not None
                else "optimal_by_goals"
            ),
        )
    if (outcome.stopped == "proved") != (outcome.status == "optimal"):
        yield (), fact("status_stopped", status=outcome.status, stopped=outcome.stopped)
