"""Caps that a plan has used up, by resource and by requirement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from matchkit.answers.changes import ChangeRule
from matchkit.compile.rules.trees import totals
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual.caps import cap_rules
from matchkit.model.rules import Cap, Rule


class FullCap(NamedTuple):
    """A hard cap with nothing left, and what would let one unit more pass (None: nothing short of dropping
    it).
    """

    label: str
    change: ChangeRule | None


class FullCaps:
    """The full caps above every unit and every community."""

    def __init__(self, state: PlanState) -> None:
        problem, resources = state.problem, state.lists.resources
        self._parents: dict[str, dict[str, str | None]] = {
            "unit": {unit.id: unit.parent for unit in problem.units},
            "community": {community.id: community.parent for community in problem.communities},
        }
        whole = self._below(
            "unit", ((resource.unit, resource.capacity) for resource in resources)
        )
        used = {
            "unit": self._below(
                "unit",
                zip(
                    (resource.unit for resource in resources), state.given.tolist(), strict=True
                ),
            ),
            "community": self._below(
                "community",
                zip(
                    (demand.community for demand in state.demands),
                    state.taken.tolist(),
                    strict=True,
                ),
            ),
        }
        self._full: dict[tuple[str, str], list[FullCap]] = {}
        for (tree, node), rules in cap_rules(state.lists).items():
            full = [
                FullCap(rule.label, _raised(rule, most, whole.get(node, 0)))
                for rule, most in rules
                if used[tree][node] >= most
            ]
            if full:
                self._full[tree, node] = full

    def above_unit(self, unit: str) -> list[FullCap]:
        """The full caps of a unit and of those above it."""
        return self._above("unit", unit)

    def above_community(self, community: str) -> list[FullCap]:
        """The full caps of a community and of those above it."""
        return self._above("community", community)

    def _above(self, tree: str, node: str | None) -> list[FullCap]:
        found: list[FullCap] = []
        while node is not None:
            found += self._full.get((tree, node), ())
            node = self._parents[tree][node]
        return found

    def _below(self, tree: str, amounts: Iterable[tuple[str, int]]) -> Mapping[str, int]:
        """The sum of amounts at and below every node."""
        own: dict[str, int] = {}
        for node, amount in amounts:
            own[node] = own.get(node, 0) + amount
        return totals(self._parents[tree], own)


def _raised(rule: Cap, most: int, whole: int) -> ChangeRule | None:
    """The rule with room for one unit more than ``most``; of a reserve by the fewest percent of the whole
    capacity.
    """
    changed = rule.raised(most + 1, whole)
    if changed.limit(whole) <= most:
        return None
    return ChangeRule(label=rule.label, rule=cast("Rule", changed))
