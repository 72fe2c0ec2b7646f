"""The nested Hall sets that prove how fairly a plan shares, found in its residual network.

Coverage is fairest where of all units in the order of their keys the plan has as many of the first ones as
any plan, for every number of first ones (Rado 1957; Edmonds 1971). For each of these the units that those who
are still short could come by are a cut (Ford and Fulkerson 1956), and the cuts grow with the number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict

import numpy as np

from matchkit.answers.hall_chain import FillCut, HallChain, LevelCut
from matchkit.arrays import Int64, Mask
from matchkit.compile.goals import of_tier
from matchkit.compile.levels import caps_above
from matchkit.compile.shares import coverage_of, coverage_part
from matchkit.explain.face import FlowFace, GrowingCut, Sharers
from matchkit.explain.plan_state import PlanState
from matchkit.model import Aim, Part
from matchkit.model.objective import FairBetween


class _Added(TypedDict):
    sharers: tuple[str, ...]
    requirements: tuple[str, ...]
    resources: tuple[str, ...]
    units: tuple[str, ...]


def hall_chain(state: PlanState, of: FairBetween, tier: int | None) -> HallChain:
    """The chain for coverage between these in a tier (None: across all), as far as it is proven. Raises
    BudgetError where there are too many units.
    """
    part = coverage_part(state.aims, of, tier)
    face, fills = FlowFace(state), list[FillCut]()
    unproven = list[str]()
    for aim in _before(state, part):
        ids, sharers, asked = _filling(face, aim.parts[0], of)
        cut, has = GrowingCut(face, sharers), sharers.has
        beyond = has > np.maximum(asked, sharers.least)
        short = np.flatnonzero(has < np.minimum(asked, sharers.most))
        if not cut.grow(short) or bool((cut.groups & beyond).any()):
            unproven.append(aim.name)
            continue
        reached = sum(np.minimum(has, asked).tolist())
        added = _added(cut, None, ids)
        fills.append(FillCut(**added, reached=reached, goal=aim.name))
        face.hold(cut, asked)
    levels, keys, proven = _levels(face, part)
    caps = caps_above(state.problem, part)
    return HallChain(
        of=of,
        tier=tier,
        rule=part.rule,
        kind=part.kind,
        fills=tuple(fills),
        levels=tuple(levels),
        keys=keys,
        proven=proven,
        unproven=tuple(unproven),
        cap=min(rule.label for rule in caps) if caps and proven < keys else None,
    )


def _before(state: PlanState, part: Part) -> Iterator[Aim]:
    """The goals of filling before this coverage; all, where it is no goal. What is filled beyond a minimum
    counts only behind a goal of filling that counts its tier: both together are all that is filled.
    """
    counted: set[int | None] = set()
    tiers = set(state.tier[state.minimum > 0].tolist())
    for aim in state.aims:
        first = aim.parts[0]
        if (first.measure, first.of, first.tier) == ("coverage", part.of, part.tier):
            return
        if len(aim.parts) > 1 or first.measure not in ("minimum", "filled"):
            continue
        mine = tiers if first.tier is None else tiers & {first.tier}
        if first.measure == "minimum" or None in counted or mine <= counted:
            counted.add(first.tier)
            yield aim


def _filling(
    face: FlowFace, part: Part, of: FairBetween
) -> tuple[Sequence[str], Sharers, Int64]:
    """Whom a goal of filling counts, by id, and how many units of each at most."""
    state = face.state
    if part.measure == "filled":
        between = Part(measure="coverage", of=of, tier=part.tier)
        shares = coverage_of(state.lists, between)
        sharers = face.sharers(shares.of.astype(np.intp))
        return shares.ids, sharers, sharers.most
    counted = (state.minimum > 0) & of_tier(state.tier, part)
    alone = np.where(counted, np.arange(len(counted)), -1)
    sharers = face.sharers(alone)
    return state.requirement_ids, sharers, state.minimum[: len(sharers.most)]


def _levels(face: FlowFace, part: Part) -> tuple[list[LevelCut], int, int]:
    """The cuts, how many keys there are, and for how many of them it is proven."""
    shares = coverage_of(face.state.lists, part)
    node, gain = shares.steps.node, shares.steps.gain[:, 0]
    keys = int(gain.max(initial=0))
    # The place of every unit's key, those of one sharer one after another, and one more behind all.
    place = np.append(keys - gain, keys)
    sharers = face.sharers(shares.of.astype(np.intp))
    first, end = (
        np.searchsorted(node, np.arange(len(shares.ids)), side)
        for side in ("left", "right")
    )
    next_at, has = first + sharers.has, sharers.has
    lacks = (next_at < end) & (has < sharers.most)
    next_key = np.where(lacks, place[next_at], keys)
    last_key = np.where(has > sharers.least, place[next_at - 1], -1)
    held = np.arange(len(node)) < next_at[node]
    reached = np.cumsum(np.bincount(place[:-1][held], minlength=keys))
    cut, found = GrowingCut(face, sharers), list[LevelCut]()
    # In the order of keys: whoever lacks a unit of this key, and all who could give way to them.
    for key in np.unique(next_key[lacks & (next_key < keys)]).tolist():
        was = _masks(cut)
        begun = np.flatnonzero((next_key == key) & ~cut.groups)
        if not cut.grow(begun) or bool((last_key[cut.groups] > key).any()):
            return found, keys, key
        added = _added(cut, was, shares.ids)
        if any(added.values()):
            found.append(LevelCut(**added, reached=int(reached[key]), first=key))
    return found, keys, keys


_Masks = tuple[Mask, Mask, Mask, frozenset[int]]


def _masks(cut: GrowingCut) -> _Masks:
    """What is in a cut: groups, requirements, resources by themselves, and capped units."""
    return cut.groups.copy(), cut.rights.copy(), cut.alone(), frozenset(cut.units)


def _added(cut: GrowingCut, was: _Masks | None, ids: Sequence[str]) -> _Added:
    """The ids of what is in a cut and was not before. ``ids`` are those of the groups."""
    state, now = cut.face.state, _masks(cut)
    before = was or tuple(np.zeros_like(mask) for mask in now[:3])
    names = (ids, state.requirement_ids, state.resource_ids)
    new = [
        tuple(name[place] for place in np.flatnonzero(mask & ~old).tolist())
        for name, mask, old in zip(names, now[:3], before[:3], strict=True)
    ]
    units = now[3] - (frozenset() if was is None else was[3])
    named = tuple(sorted(state.units.ids[node] for node in units))
    return {
        "sharers": new[0],
        "requirements": new[1],
        "resources": new[2],
        "units": named,
    }
