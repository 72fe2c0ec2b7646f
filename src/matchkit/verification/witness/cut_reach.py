"""Whether a cut names nobody without need: from those who lack a unit everybody named is reached, by steps by
which one of their units could be passed on to them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from matchkit.verification.witness.face import CutSum


class CutReach:
    """Breadth-first search within what a cut names, which goes on as the cut grows."""

    def __init__(self, total: CutSum) -> None:
        self._total, self._view = total, total.face.view
        self.sharers: set[str] = set()
        self.requirements: set[str] = set()
        self.units: set[str] = set()
        self._resources: set[str] = set()
        self._before: set[str] = set()
        self._searched: set[str] = set()
        self._new: set[str] = set()

    def go_on(self, lacking: Iterable[str]) -> str | None:
        """Search on from these sharers; the id of somebody named who is not reached, where there is one."""
        named, members = self._total.named, self._total.members
        queue = deque[tuple[str, str]]()
        self._new = named.resources - self._searched

        def visit(kind: str, name: str, seen: set[str], among: set[str]) -> None:
            if name in among and name not in seen:
                seen.add(name)
                queue.append((kind, name))

        # What was reached before may reach more, as more is named.
        again = [("requirement", name) for name in self.requirements]
        queue.extend(again + [("resource", name) for name in self._resources])
        for name in lacking:
            visit("sharer", name, self.sharers, named.sharers)
        while queue:
            kind, name = queue.popleft()
            if kind == "sharer":
                for one in members[name]:
                    if self._taken(one) < self._total.face.high[one]:
                        visit("requirement", one, self.requirements, named.requirements)
            elif kind == "requirement":
                if self._taken(name) > self._total.face.low[name]:
                    group = self._total.group.get(name, "")
                    visit("sharer", group, self.sharers, named.sharers)
                old = name in self._before
                for one in self._open(name, self._new if old else named.resources):
                    visit("resource", one, self._resources, named.resources)
            else:
                for one in self._passes_on(name):
                    visit("requirement", one, self.requirements, named.requirements)
                for one in self._below_units(name):
                    visit("resource", one, self._resources, named.resources)
        self._searched = set(named.resources)
        self._before = set(self.requirements)
        beyond = (
            named.sharers - self.sharers
            | named.requirements - self.requirements
            | named.units - self.units
        )
        return min(beyond | self._idle(), default=None)

    def _idle(self) -> set[str]:
        """Resources that are named, not reached, and give nothing to a requirement that is named."""
        named, gives = self._total.named, self._view.case.by_resource
        return {
            name
            for name in named.resources - self._resources - self._total.below
            if named.requirements.isdisjoint(gives.get(name, {}))
        }

    def _taken(self, requirement: str) -> int:
        return self._view.case.taken.get(requirement, 0)

    def _open(self, requirement: str, among: set[str]) -> Iterable[str]:
        """Resources that could give the requirement one unit more by the pair's own capacity."""
        view, face = self._view, self._total.face
        need = view.world.roles[requirement].requirement
        has = view.case.by_requirement.get(requirement, {})
        for name in (view.eligible[requirement] & among) - self._resources:
            own = view.world.most(view.world.resources[name], need)
            if has.get(name, 0) < own and not face.is_fixed(name, requirement):
                yield name

    def _passes_on(self, resource: str) -> Iterable[str]:
        """Requirements that the resource gives a unit which nothing holds there."""
        face = self._total.face
        for requirement in self._view.movable(resource):
            if not face.is_fixed(resource, requirement):
                yield requirement

    def _below_units(self, resource: str) -> Iterable[str]:
        """Where the resource has capacity left, all below the nearest unit above it that is full."""
        view = self._view
        given = view.case.given.get(resource, 0)
        record = view.world.resources[resource]
        if given >= record.capacity:
            return
        for unit in view.world.units.upward(record.unit):
            if unit in view.leaves and view.case.by_unit[unit] >= view.leaves[unit]:
                if unit in self._total.named.units:
                    self.units.add(unit)
                    yield from self._total.face.below(unit)
                return
