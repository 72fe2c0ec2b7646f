"""Hard caps over the two trees, and what a plan uses of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matchkit.compile.numbering import Numbering
from matchkit.compile.rules import community_cap, reserve_share, unit_cap
from matchkit.compile.rules.trees import CappedNodes, totals
from matchkit.explain.plan_state import PlanState
from matchkit.model import CommunityCap, ReserveShare, UnitCap

Cap = UnitCap | CommunityCap | ReserveShare


class Caps:
    """The capped nodes of one tree, by number, with what is used below each. ``of`` is the nearest at or
    above each leaf, or -1.
    """

    def __init__(self, capped: CappedNodes, at: Sequence[str], used: Iterable[tuple[str, int]]) -> None:
        self.ids = capped.ids
        self.of = [capped.of(node) for node in at]
        self.parent = capped.tree([], [0] * len(capped.ids)).parent.tolist()
        self.most = [capped.most[node] for node in capped.ids]
        self.used = capped.used(used)

    def above(self, node: int) -> Iterator[int]:
        """A capped node and all above it; of -1, none."""
        while node >= 0:
            yield node
            node = self.parent[node]

    def full(self, node: int) -> list[int]:
        """The capped nodes at or above one that take no further unit, the nearest first."""
        return [here for here in self.above(node) if self.used[here] >= self.most[here]]


def unit_caps(state: PlanState) -> Caps:
    """Caps and reserves of units, over the resources."""
    lists = state.lists
    parents = {unit.id: unit.parent for unit in state.problem.units}
    at = [resource.unit for resource in lists.resources]
    capped = CappedNodes(parents, (*unit_cap.caps(lists), *reserve_share.caps(lists)))
    return Caps(capped, at, zip(at, state.given.tolist(), strict=True))


def community_caps(state: PlanState) -> Caps:
    """Caps of communities, over the requirements."""
    parents = {community.id: community.parent for community in state.problem.communities}
    at = [demand.community for demand in state.demands]
    capped = CappedNodes(parents, community_cap.caps(state.lists))
    return Caps(capped, at, zip(at, state.taken.tolist(), strict=True))


def cap_rules(lists: Numbering) -> dict[tuple[str, str], list[tuple[Cap, int]]]:
    """By tree ("unit" or "community") and node, its hard caps and reserves with the most that each leaves, in
    a fixed order.
    """
    found: dict[tuple[str, str], list[tuple[Cap, int]]] = {}
    total: dict[str, int] | None = None
    for rule in sorted(
        (rule for rule in lists.problem.rules if rule.soft is None), key=lambda rule: (rule.rule, rule.label)
    ):
        if isinstance(rule, CommunityCap):
            found.setdefault(("community", rule.community), []).append((rule, rule.most))
        elif isinstance(rule, UnitCap):
            found.setdefault(("unit", rule.unit), []).append((rule, rule.most))
        elif isinstance(rule, ReserveShare):
            total = _capacities(lists) if total is None else total
            found.setdefault(("unit", rule.unit), []).append(
                (rule, total[rule.unit] * (100 - rule.percent) // 100)
            )
    return found


def _capacities(lists: Numbering) -> dict[str, int]:
    own: dict[str, int] = {}
    for resource in lists.resources:
        own[resource.unit] = own.get(resource.unit, 0) + resource.capacity
    return totals({unit.id: unit.parent for unit in lists.problem.units}, own)
