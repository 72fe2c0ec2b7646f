"""The check of a chain of Hall sets: every cut added up from the records, for every number of first units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matchkit.answers.hall_chain import HallChain, HallCut
from matchkit.model import Aim, Part
from matchkit.verification.report import Fact, fact
from matchkit.verification.sharers import caps_above, coverage_part, owners_of
from matchkit.verification.shares import shares_of
from matchkit.verification.witness.cut_reach import CutReach
from matchkit.verification.witness.face import (
    CutSum,
    Named,
    PlanFace,
    has_of,
    members_of,
)
from matchkit.verification.witness.view import WitnessView


def hall_chain(view: WitnessView, answer: HallChain) -> Iterator[Fact]:
    """Every claim that is wrong; after the first cut that is, nothing else is looked at."""
    part = coverage_part(view.case.goals.aims, answer.of, answer.tier)
    if (answer.rule, answer.kind) != (part.rule, part.kind):
        yield fact("chain_rule", right=part.rule)
        return
    face = PlanFace(view)
    wrong = _fills(view, face, answer, part) or _levels(view, face, answer, part)
    if wrong is not None:
        yield wrong
    yield from _cap(view, answer, part)


def _before(view: WitnessView, part: Part) -> list[Aim]:
    """The goals of filling before this coverage; all, where it is no goal. What is filled beyond a minimum
    counts only behind a goal of filling that counts its tier: both together are all that is filled.
    """
    found: list[Aim] = []
    for aim in view.case.goals.aims:
        first = aim.parts[0]
        if (first.measure, first.of, first.tier) == ("coverage", part.of, part.tier):
            break
        if len(aim.parts) == 1 and first.measure in ("minimum", "filled"):
            counted = {one.parts[0].tier for one in found}
            rest = first.measure == "filled" and any(
                role.requirement.minimum
                and first.tier in (None, role.demand.tier)
                and counted.isdisjoint({None, role.demand.tier})
                for role in view.world.roles.values()
            )
            if not rest:
                found.append(aim)
    return found


def _fills(
    view: WitnessView, face: PlanFace, answer: HallChain, part: Part
) -> Fact | None:
    """Every goal of filling has a cut, which is as much as the plan has."""
    before = _before(view, part)
    goals = [aim for aim in before if aim.name not in answer.unproven]
    left_out = [aim.name for aim in before if aim.name in answer.unproven]
    if list(answer.unproven) != left_out:
        return fact("chain_goals")
    if [cut.goal for cut in answer.fills] != [aim.name for aim in goals]:
        return fact("chain_goals")
    for aim, cut in zip(goals, answer.fills, strict=True):
        owner, asked = _filling(view, aim.parts[0], part)
        members = members_of(owner)
        total, has = CutSum(face, members), has_of(view, owner)
        if asked is None:
            asked = total.most
        short = [
            name
            for name, units in has.items()
            if units < min(asked[name], total.most[name])
        ]
        reach = CutReach(total)
        wrong = _named(view, cut, members) or _grown(reach, total, cut, aim.name, short)
        if wrong is not None:
            return wrong
        reached = sum(min(units, asked[name]) for name, units in has.items())
        wrong = _sum(cut, reached, total.bound(asked), aim.name)
        if wrong is not None:
            return wrong
        face.hold(total, asked)
    return None


def _filling(
    view: WitnessView, goal: Part, part: Part
) -> tuple[dict[str, str], dict[str, int] | None]:
    """The group of every requirement that a goal of filling counts, and how many units of each at most (None:
    all that it can get).
    """
    if goal.measure == "filled":
        between = Part(measure="coverage", of=part.of, tier=goal.tier)
        return owners_of(view.world, between).of, None
    asked = {
        name: role.requirement.minimum
        for name, role in view.world.roles.items()
        if role.requirement.minimum and goal.tier in (None, role.demand.tier)
    }
    return {name: name for name in asked}, asked


def _levels(
    view: WitnessView, face: PlanFace, answer: HallChain, part: Part
) -> Fact | None:
    """For every number of first units that is said to be proven, the cut is as much as the plan has."""
    shares = shares_of(view.world, (part,))
    most = max((gain[0][0] for gain in shares.gains.values()), default=0)
    by_key: list[list[str]] = [[] for _ in range(most)]
    for name, gains in shares.gains.items():
        for (gain,) in (one for one in gains if one[0]):
            by_key[most - gain].append(name)
    if answer.keys != most or not 0 <= answer.proven <= most:
        return fact("chain_keys", right=most)
    firsts = [cut.first for cut in answer.levels]
    if firsts != sorted(set(firsts)) or any(
        not 0 <= first < answer.proven for first in firsts
    ):
        return fact("chain_levels")
    members, has = members_of(shares.owner), has_of(view, shares.owner)
    total, cuts = CutSum(face, members), {cut.first: cut for cut in answer.levels}
    reach = CutReach(total)
    asked, reached, inside, outside = dict.fromkeys(members, 0), 0, 0, 0
    beyond: dict[str, int] = {}
    for key in range(answer.proven):
        for name in by_key[key]:
            asked[name] += 1
            reached += has[name] >= asked[name]
            if name in total.named.sharers:
                beyond[name] = beyond.get(name, 0) - 1
            else:
                outside += asked[name] <= total.most[name]
        cut = cuts.get(key)
        if cut is not None:
            short = [name for name in by_key[key] if has[name] < asked[name]]
            short = [name for name in short if has[name] < total.most[name]]
            wrong = _named(view, cut, members) or _grown(
                reach, total, cut, str(key), short
            )
            if wrong is not None:
                return wrong
            if set(short).isdisjoint(cut.sharers):
                return fact("chain_early", where=str(key))
            inside = total.inside()
            for name in cut.sharers:
                outside -= min(asked[name], total.most[name])
                beyond[name] = face.least_of(members[name]) - asked[name]
        bound = outside + inside - sum(max(0, one) for one in beyond.values())
        stated = reached if cut is None else cut.reached
        if (bound, stated) != (reached, reached):
            return fact(
                "chain_sum", where=str(key), stated=stated, has=reached, most=bound
            )
    return None


def _sum(cut: HallCut, reached: int, bound: int, where: str) -> Fact | None:
    """Whether the plan has what is stated, and no plan more."""
    if (bound, cut.reached) == (reached, reached):
        return None
    return fact("chain_sum", where=where, stated=cut.reached, has=reached, most=bound)


def _named(
    view: WitnessView, cut: HallCut, members: Mapping[str, Sequence[str]]
) -> Fact | None:
    """Whether every name is of the problem, and stands there once."""
    lists = (
        ("sharers", cut.sharers, members),
        ("requirements", cut.requirements, view.world.roles),
        ("resources", cut.resources, view.world.resources),
        ("units", cut.units, view.leaves),
    )
    for what, names, known in lists:
        if len(set(names)) < len(names):
            return fact("hall_set_twice", what=what)
        if not all(name in known for name in names):
            return fact("hall_set_unknown", what=what)
    return None


def _grown(
    reach: CutReach, total: CutSum, cut: HallCut, where: str, short: Sequence[str]
) -> Fact | None:
    """Add what a cut names; it must name nothing that was named before, everybody who has nothing left for
    others, and nobody who is not reached from those who are short.
    """
    more = Named(
        set(cut.sharers), set(cut.requirements), set(cut.resources), set(cut.units)
    )
    named = total.named
    if (
        named.sharers & more.sharers
        or named.requirements & more.requirements
        or named.resources & more.resources
        or named.units & more.units
    ):
        return fact("chain_again", where=where)
    total.grow(more)
    if total.below & more.resources:
        return fact("chain_again", where=where)
    unnamed = total.unnamed()
    if unnamed:
        return fact("chain_unnamed", where=where, who=min(unnamed))
    beyond = reach.go_on(short)
    return None if beyond is None else fact("chain_beyond", where=where, who=beyond)


def _cap(view: WitnessView, answer: HallChain, part: Part) -> Iterator[Fact]:
    """A cap is named exactly where something is not proven and one lies above several who share."""
    caps = [] if answer.complete else caps_above(view.world, part)
    right = min(caps, default=None)
    if answer.cap != right:
        yield fact("chain_cap", right=right)
