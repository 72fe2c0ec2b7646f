"""What all plans have in common that reach as much in some goals of filling as a plan does, and what a cut
says that any of them can have. docs/explanations.md (Nested Hall sets) defines both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from matchkit.verification.rules.pairs import limits
from matchkit.verification.trees import summed
from matchkit.verification.witness.view import WitnessView


@dataclass
class Named:
    """Those whom a cut names, each with all that the cuts before it in a chain name."""

    sharers: set[str] = field(default_factory=set)
    requirements: set[str] = field(default_factory=set)
    resources: set[str] = field(default_factory=set)
    """Also those at or below a unit that is named."""
    units: set[str] = field(default_factory=set)


class PlanFace:
    """Bounds on what every requirement gets, and what pairs are bound to, in all of these plans."""

    def __init__(self, view: WitnessView) -> None:
        self.view, world = view, view.world
        self.low = dict.fromkeys(world.roles, 0)
        self.high = {
            name: role.requirement.wanted for name, role in world.roles.items()
        }
        self.bound: dict[str, dict[str, int]] = {}
        """What a resource gives to requirements in any case: locks, and pairs that are full in all plans."""
        for (resource, requirement), units in world.locked.items():
            self.bound.setdefault(resource, {})[requirement] = units
        self._cuts: list[Named] = []
        self._spent: set[str] = set()
        self._full_units: set[str] = set()
        self._below: dict[str, set[str]] = {}
        self._firm: dict[frozenset[str], int] = {}
        self._caps: list[tuple[frozenset[str], int]] = []
        below: dict[str, list[str]] = {}
        caps = limits(world, "community")
        for name, role in world.roles.items():
            if role.requirement.wanted:
                for node in world.communities.upward(role.demand.community):
                    if node in caps:
                        below.setdefault(node, []).append(name)
        for node, names in below.items():
            self._caps.append((frozenset(names), caps[node]))
            if len(names) == 1:
                self.high[names[0]] = min(self.high[names[0]], caps[node])

    def most_of(self, members: Mapping[str, Iterable[str]]) -> dict[str, int]:
        """What each group of requirements gets at most, in any of the plans."""
        most = {
            name: sum(self.high[one] for one in group)
            for name, group in members.items()
        }
        whole = {frozenset(group): name for name, group in members.items()}
        for names, cap in self._caps:
            if names in whole:
                most[whole[names]] = min(most[whole[names]], cap)
        return most

    def least_of(self, group: Iterable[str]) -> int:
        """What a group of requirements gets at least."""
        names = frozenset(group)
        return max(sum(self.low[one] for one in names), self._firm.get(names, 0))

    def below(self, unit: str) -> set[str]:
        """The resources whose sum alone a unit's cap bounds: at or below it, but not those who give all that
        they have in all of these plans, nor those of a unit below that does.
        """
        if unit not in self._below:
            found = set(self.view.below(unit)) - self._spent
            full = map(self.view.below, self._full_below(unit))
            self._below[unit] = found.difference(*full)
        return self._below[unit]

    def left_by(self, unit: str) -> int:
        """What a unit's cap leaves for these."""
        full = self._full_below(unit)
        inside = {one for name in full for one in self.view.below(name)}
        spent = self._spent & set(self.view.below(unit)) - inside
        upward = self.view.world.units.upward
        tops = [
            name
            for name in full
            if not any(above in full for above in upward(name) if above != name)
        ]
        return (
            self.view.leaves[unit]
            - sum(self.view.leaves[name] for name in tops)
            - sum(self.view.world.resources[name].capacity for name in spent)
        )

    def covers(self, above: str, unit: str) -> bool:
        """Whether what is below a unit counts as below another one, above it."""
        path = list(self.view.world.units.upward(unit))
        return above in path[1:] and self._full_units.isdisjoint(
            path[: path.index(above)]
        )

    def _full_below(self, unit: str) -> set[str]:
        """Units below this one that give all that their caps leave in all of these plans."""
        upward = self.view.world.units.upward
        return {name for name in self._full_units - {unit} if unit in upward(name)}

    def is_apart(self, resource: str, requirement: str) -> bool:
        """Whether the resource gives the requirement nothing beyond a lock: a cut names the one, and no cut
        before it the other alone.
        """
        for cut in self._cuts:
            gives, takes = resource in cut.resources, requirement in cut.requirements
            if gives != takes:
                return gives
        return False

    def is_fixed(self, resource: str, requirement: str) -> bool:
        """Whether the resource gives the requirement the same in all of these plans."""
        return any(
            (resource in cut.resources) != (requirement in cut.requirements)
            for cut in self._cuts
        )

    def hold(self, cut: CutSum, asked: Mapping[str, int]) -> None:
        """From now on only plans that reach as much of what is asked as the cut allows."""
        named = cut.named
        of_group: set[str] = set()
        for name, group in cut.members.items():
            needs = min(asked[name], cut.most[name])
            alone = len(group) == 1
            if name in named.sharers:
                of_group.update(group)
                if alone:
                    most = max(asked[name], self.low[group[0]])
                    self.high[group[0]] = min(self.high[group[0]], most)
                for one in group:
                    if one not in named.requirements:
                        self.low[one] = self.high[one]
            elif alone:
                self.low[group[0]] = max(self.low[group[0]], needs)
            elif needs == sum(self.high[one] for one in group):
                self.low.update({one: self.high[one] for one in group})
            else:
                self._firm[frozenset(group)] = needs
        for one in named.requirements - of_group:
            self.high[one] = self.low[one]
        for resource, requirement, units in cut.full_pairs():
            self.bound.setdefault(resource, {})[requirement] = units
        self._spent |= named.resources - cut.below
        self._full_units |= named.units
        self._below.clear()
        self._cuts.append(named)


class CutSum:
    """What those whom a cut names can have at most, added up while the cut grows."""

    def __init__(self, face: PlanFace, members: Mapping[str, list[str]]) -> None:
        self.face, self.members = face, members
        self.named, self.most = Named(), face.most_of(members)
        self.group = {one: name for name, group in members.items() for one in group}
        self.below: set[str] = set()
        """Resources at or below a unit that is named."""
        self._pairs: dict[str, dict[str, int]] = {}
        """What pairs of resources that are not named could give to requirements that are."""

    def grow(self, more: Named) -> None:
        """Name these too; resources below a unit that is named are named with it."""
        view, named = self.face.view, self.named
        named.sharers |= more.sharers
        named.units |= more.units
        below = {one for unit in more.units for one in self.face.below(unit)}
        self.below |= below
        named.resources |= more.resources | below
        for resource in more.resources | below:
            self._pairs.pop(resource, None)
        for requirement in more.requirements - named.requirements:
            named.requirements.add(requirement)
            need = view.world.roles[requirement].requirement
            for resource in view.eligible[requirement] - named.resources:
                locked = self.face.bound.get(resource, {}).get(requirement, 0)
                apart = self.face.is_apart(resource, requirement)
                own = view.world.most(view.world.resources[resource], need)
                units = locked if apart else own
                if units:
                    self._pairs.setdefault(resource, {})[requirement] = units

    def unnamed(self) -> list[str]:
        """Resources that are not named although pairs with them could take all that they have left."""
        resources = self.face.view.world.resources
        return [
            name
            for name, pairs in self._pairs.items()
            if sum(pairs.values()) >= resources[name].capacity - self._elsewhere(name)
        ]

    def _elsewhere(self, resource: str) -> int:
        """What a resource gives in any case to requirements that are not named."""
        return sum(
            units
            for requirement, units in self.face.bound.get(resource, {}).items()
            if requirement not in self.named.requirements
        )

    def full_pairs(self) -> Iterable[tuple[str, str, int]]:
        """Pairs of which a tight cut takes all: resource, requirement and units."""
        for resource, pairs in self._pairs.items():
            for requirement, units in pairs.items():
                yield resource, requirement, units

    def supply(self) -> int:
        """What can come to the requirements that are named, in all."""
        face, named = self.face, self.named
        tops = [
            unit
            for unit in named.units
            if not any(face.covers(above, unit) for above in named.units)
        ]
        single = named.resources - self.below
        resources = face.view.world.resources
        return (
            sum(map(face.left_by, tops))
            + sum(resources[one].capacity for one in single)
            - sum(map(self._elsewhere, named.resources))
            + sum(sum(pairs.values()) for pairs in self._pairs.values())
        )

    def inside(self) -> int:
        """What the groups that are named can have: what can come, what their other requirements have at most,
        less what requirements of others must have of it.
        """
        named, face = self.named, self.face
        others = sum(
            face.high[one]
            for name in named.sharers
            for one in self.members[name]
            if one not in named.requirements
        )
        must = sum(
            face.low[one]
            for one in named.requirements
            if self.group.get(one) not in named.sharers
        )
        return self.supply() + others - must

    def bound(self, asked: Mapping[str, int]) -> int:
        """The most that any plan has of so many units of each group."""
        named = self.named
        beyond = (
            max(0, self.face.least_of(self.members[name]) - asked[name])
            for name in named.sharers
        )
        outside = sum(
            min(asked[name], self.most[name])
            for name in self.members
            if name not in named.sharers
        )
        return outside + self.inside() - sum(beyond)


def members_of(owner: Mapping[str, str]) -> dict[str, list[str]]:
    """The requirements of every group."""
    found: dict[str, list[str]] = {}
    for requirement, name in owner.items():
        found.setdefault(name, []).append(requirement)
    return found


def has_of(view: WitnessView, owner: Mapping[str, str]) -> dict[str, int]:
    """What every group gets in the plan."""
    taken = view.case.taken
    return summed((name, taken.get(one, 0)) for one, name in owner.items())
