"""Caps that a plan has used up, by resource and by requirement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from matchkit.answers.changes import ChangeRule
from matchkit.explain.standing import Standing
from matchkit.model import CommunityCap, ReserveShare, UnitCap


class FullCap(NamedTuple):
    """A hard cap with nothing left, and what would let one unit more pass (None: nothing short of dropping it)."""

    label: str
    change: ChangeRule | None


class FullCaps:
    """The full caps above every unit and every community."""

    def __init__(self, standing: Standing) -> None:
        problem = standing.problem
        self._units = {unit.id: unit.parent for unit in problem.units}
        self._communities = {community.id: community.parent for community in problem.communities}
        resources = standing.lists.resources
        total = _totals(self._units, ((resource.unit, resource.capacity) for resource in resources))
        given = _totals(self._units, ((resource.unit, int(standing.given[r])) for r, resource in enumerate(resources)))
        taken = _totals(self._communities, ((demand.community, int(standing.taken[q])) for q, demand in enumerate(standing.demands)))
        self._at_unit: dict[str, list[FullCap]] = {}
        self._at_community: dict[str, list[FullCap]] = {}
        for rule in problem.rules:
            if rule.soft is not None:
                continue
            if isinstance(rule, UnitCap) and given.get(rule.unit, 0) >= rule.most:
                change = ChangeRule(label=rule.label, rule=rule.model_copy(update={"most": rule.most + 1}))
                self._at_unit.setdefault(rule.unit, []).append(FullCap(rule.label, change))
            elif isinstance(rule, CommunityCap) and taken.get(rule.community, 0) >= rule.most:
                change = ChangeRule(label=rule.label, rule=rule.model_copy(update={"most": rule.most + 1}))
                self._at_community.setdefault(rule.community, []).append(FullCap(rule.label, change))
            elif isinstance(rule, ReserveShare):
                whole, used = total.get(rule.unit, 0), given.get(rule.unit, 0)
                if used >= whole * (100 - rule.percent) // 100:
                    fits = next((p for p in range(rule.percent - 1, -1, -1) if whole * (100 - p) // 100 > used), None)
                    change_ = None if fits is None else ChangeRule(label=rule.label, rule=rule.model_copy(update={"percent": fits}))
                    self._at_unit.setdefault(rule.unit, []).append(FullCap(rule.label, change_))

    def above_unit(self, unit: str) -> list[FullCap]:
        """The full caps of a unit and of those above it."""
        return _above(self._units, self._at_unit, unit)

    def above_community(self, community: str) -> list[FullCap]:
        """The full caps of a community and of those above it."""
        return _above(self._communities, self._at_community, community)


def _above(parent: Mapping[str, str | None], at: Mapping[str, list[FullCap]], node: str | None) -> list[FullCap]:
    found: list[FullCap] = []
    while node is not None:
        found += at.get(node, ())
        node = parent[node]
    return found


def _totals(parent: Mapping[str, str | None], amounts: object) -> dict[str, int]:
    found: dict[str, int] = {}
    for start, amount in amounts:  # type: ignore[attr-defined]
        node: str | None = start
        while node is not None and amount:
            found[node] = found.get(node, 0) + amount
            node = parent[node]
    return found
