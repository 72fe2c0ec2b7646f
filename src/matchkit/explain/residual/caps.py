"""Hard caps over the two trees, and what a plan uses of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matchkit.compile.numbering import Numbering
from matchkit.compile.rules.trees import CappedNodes, capacities
from matchkit.explain.plan_state import PlanState
from matchkit.model.rules import Cap


class Caps:
    """The capped nodes of one tree, by number, with what is used below each. ``of`` is the nearest at or
    above each leaf, or -1.
    """

    def __init__(
        self, capped: CappedNodes, at: Sequence[str], used: Iterable[tuple[str, int]]
    ) -> None:
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
    at = [resource.unit for resource in state.lists.resources]
    return Caps(state.unit_caps, at, zip(at, state.given.tolist(), strict=True))


def community_caps(state: PlanState) -> Caps:
    """Caps of communities, over the requirements."""
    at = [demand.community for demand in state.demands]
    return Caps(state.community_caps, at, zip(at, state.taken.tolist(), strict=True))


def cap_rules(lists: Numbering) -> dict[tuple[str, str], list[tuple[Cap, int]]]:
    """By tree ("unit" or "community") and node, its hard caps and reserves with the most that each leaves, in
    a fixed order.
    """
    found: dict[tuple[str, str], list[tuple[Cap, int]]] = {}
    hard = [rule for rule in lists.problem.rules if isinstance(rule, Cap) and rule.soft is None]
    total = capacities(lists) if hard else {}
    for rule in sorted(hard, key=lambda rule: (rule.rule, rule.label)):
        most = rule.limit(total.get(rule.node, 0))
        found.setdefault((rule.side, rule.node), []).append((rule, most))
    return found
