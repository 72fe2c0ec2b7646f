"""Rows of places that are kept for a group of resources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from matchkit.arrays import Intp, Mask
from matchkit.compile.rules.constraint_data import ConstraintData
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import SetAside


def set_aside(rule: SetAside, scope: PairVariables, slack: Slack) -> None:
    """The group carries at most ``most``. For the rule together with any of the other hard set-asides of its
    places: whoever is in none of their groups carries at most what they leave (Hall 1935).
    """
    facts, there = scope.facts, pairs_at(rule, scope)
    mine = there[facts.of_group(rule.group)[scope.left[there]]]
    slack.cap(scope, mine, rule.most)
    if not rule.least:
        return
    wanted = places_wanted(rule, facts)
    taken = slack.variables(int(scope.most[there].sum()), 1)
    for groups, kept in _together(rule, facts):
        left, pairs = max(0, wanted - kept), there
        for group in groups:
            pairs = pairs[~facts.of_group(group)[scope.left[pairs]]]
        if int(scope.most[pairs].sum()) <= left:
            continue
        ones = np.ones(len(pairs), np.int64)
        if taken is None:
            scope.builder.row(pairs, ones, high=left)
        else:
            columns = np.append(pairs, taken)
            scope.builder.row(columns, np.append(ones, -1), high=left)


def _together(
    rule: SetAside, facts: ConstraintData
) -> Iterator[tuple[tuple[str, ...], int]]:
    """The rule's group alone and with each choice of the other groups that hard set-asides keep some of its
    places for, with the places kept for all of them.
    """
    key = facts.lists.lexicon.key
    others = {
        group: one.least
        for group, one in hard_at(rule, facts).items()
        if group != key(rule.group)
    }
    for many in range(len(others) + 1):
        for chosen in combinations(sorted(others), many):
            kept = rule.least + sum(others[group] for group in chosen)
            yield (key(rule.group), *chosen), kept


def hard_at(rule: SetAside, facts: ConstraintData) -> Mapping[str, SetAside]:
    """The hard set-asides that keep some of the places that a rule names, by the key of their group; of
    several for one group the one that keeps most.
    """
    return facts.kept_places.get(rule.places, {})


def places_of(rule: SetAside, facts: ConstraintData) -> Mask:
    """Slots whose places the rule is about (bool, one a slot)."""
    lists = facts.lists
    found = np.ones(len(lists.slots), np.bool_)
    if rule.requirement is not None:
        found[:] = False
        found[lists.places[rule.requirement]] = True
    if rule.demand is not None:
        found &= facts.demand == facts.demand_number[rule.demand]
    if rule.community is not None:
        found &= facts.of_community(rule.community)
    if rule.kind is not None:
        kind, key = lists.lexicon.key(rule.kind), lists.lexicon.key
        for slot in np.flatnonzero(found).tolist():
            found[slot] = key(lists.slots[slot].requirement.kind) == kind
    return found


def pairs_at(rule: SetAside, scope: PairVariables) -> Intp:
    """The pairs at the places that a rule is about, ascending: intp (pairs,)."""
    facts = scope.facts
    mask, demand = places_of(rule, facts), rule.demand
    if rule.requirement is not None:
        slot = facts.lists.places[rule.requirement][0]
        demand = facts.demand_ids[int(facts.demand[slot])]
    if demand is None:
        return scope.within(mask[scope.right])
    pairs = scope.of_demand(facts.demand_number[demand])
    found: Intp = pairs[mask[scope.right[pairs]]]
    return found


def places_wanted(rule: SetAside, facts: ConstraintData) -> int:
    """How many places there are: what their requirements want together."""
    requirements = np.unique(facts.requirement[places_of(rule, facts)])
    return int(facts.needs[0][requirements].sum())
