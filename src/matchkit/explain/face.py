"""What all plans have in common that reach as much in some goals of filling as a plan does: bounds on what
every requirement gets, and pairs that are fixed.

A goal of filling is proven by a cut, and every plan that reaches as much meets it as tightly (complementary
slackness): who is named gives to those named alone, and whoever else could give to them gives all that the
pair carries. So the next cut is looked for in the residual network without these pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.ragged import grouped, spread
from matchkit.explain.plan_state import PlanState


@dataclass(frozen=True, slots=True)
class Sharers:
    """Groups of requirements: ``of``, intp (requirements,), the group of each or -1; ``most`` and ``least``,
    int64 (groups,), what a group gets in any plan; ``has`` what it gets in this one.
    """

    of: Intp
    most: Int64
    least: Int64
    has: Int64
    first: Intp
    members: Intp


class FlowFace:
    """The plans that reach as much as this one in the goals that were given to ``hold``.

    ``low`` and ``high``, int64 (requirements,), bound what each gets; ``fixed``, bool (pairs,), are pairs
    that have in all of them what they have in this one.
    """

    def __init__(self, state: PlanState) -> None:
        self.state = state
        self.low: Int64 = np.zeros(len(state.wanted), np.int64)
        self.high: Int64 = state.wanted.copy()
        self.fixed: Mask = np.zeros(len(state.left), np.bool_)
        own = state.own_capacity(np.arange(len(state.left)))
        self.is_open: Mask = state.carried < own
        self.loose: Mask = state.carried > state.locked
        self._firm: dict[bytes, int] = {}
        self._spent: Mask = np.zeros(len(state.capacity), np.bool_)
        self._full_units: set[int] = set()
        self._caps = self._below_caps()
        for members, most in self._caps:
            if len(members) == 1:
                self.high[members] = np.minimum(self.high[members], most)
        caps = state.units
        self.stop = caps.stops
        self._under: Mapping[int, Intp] = {
            node: np.flatnonzero(caps.under(node))
            for node in sorted({*caps.nearest_full} - {-1})
        }

    def _below_caps(self) -> list[tuple[Intp, int]]:
        """The requirements that want something below each capped community, and the most that it leaves."""
        caps, wanted = self.state.communities, self.state.wanted
        below: dict[int, list[int]] = {}
        for right in np.flatnonzero(wanted).tolist():
            for node in caps.over(right):
                below.setdefault(node, []).append(right)
        return [(np.array(of, np.intp), caps.most[node]) for node, of in below.items()]

    def under(self, node: int) -> Intp:
        """The resources whose sum alone a capped unit bounds: at or below it, but not those who give all that
        they have in all of these plans, nor those of a unit below that does.
        """
        caps, below = self.state.units, self._under[node]
        apart = self._spent[below]
        for full in self._full_units - {node}:
            if node in caps.above(full):
                apart |= np.isin(below, self._under[full])
        return below[~apart]

    def sharers(self, of: Intp) -> Sharers:
        """Groups of requirements, by the number of the group of each or -1, with what any plan gives them."""
        mine = np.flatnonzero((of >= 0) & (self.state.wanted > 0))
        count = int(of.max(initial=-1)) + 1
        first, order = grouped(of[mine], count)
        members = mine[order]
        sums = [np.zeros(count, np.int64) for _ in range(3)]
        for total, amounts in zip(
            sums, (self.high, self.low, self.state.taken), strict=True
        ):
            np.add.at(total, of[mine], amounts[mine])
        most, least, has = sums
        for inside, cap in self._caps:
            group = int(of[inside[0]])
            whole = group >= 0 and bool((of[inside] == group).all())
            if whole and len(inside) == first[group + 1] - first[group]:
                most[group] = min(most[group], cap)
        for group in range(count) if self._firm else ():
            key = members[first[group] : first[group + 1]].tobytes()
            least[group] = max(int(least[group]), self._firm.get(key, 0))
        return Sharers(of, most, least, has, first, members)

    def hold(self, cut: GrowingCut, asked: Int64) -> None:
        """From now on only plans that have as much of ``asked``, int64 (groups,), as this one, which a cut
        proves to be the most.
        """
        sharers = cut.sharers
        needs = np.minimum(asked, sharers.most)
        alone = np.diff(sharers.first) == 1
        for group in np.flatnonzero(np.diff(sharers.first)).tolist():
            mine = sharers.members[sharers.first[group] : sharers.first[group + 1]]
            if cut.groups[group]:
                if alone[group]:
                    most = max(int(asked[group]), int(self.low[mine[0]]))
                    self.high[mine] = np.minimum(self.high[mine], most)
                outside = mine[~cut.rights[mine]]
                self.low[outside] = self.high[outside]
            elif alone[group]:
                self.low[mine] = np.maximum(self.low[mine], needs[group])
            elif needs[group] == self.high[mine].sum():
                self.low[mine] = self.high[mine]
            else:
                self._firm[mine.tobytes()] = int(needs[group])
        in_group = sharers.of >= 0
        in_group[in_group] = cut.groups[sharers.of[in_group]]
        given_up = cut.rights & ~in_group
        self.high[given_up] = self.low[given_up]
        state = self.state
        self._spent |= cut.alone()
        self._full_units |= cut.units
        self.fixed |= cut.giving[state.left] != cut.rights[state.right]


@dataclass
class GrowingCut:
    """All from which a unit could be passed on to those of some groups that lack one: groups, requirements,
    resources and capped units, each found once.
    """

    face: FlowFace
    sharers: Sharers
    groups: Mask = field(init=False)
    rights: Mask = field(init=False)
    lefts: Mask = field(init=False)
    giving: Mask = field(init=False)
    """Resources that are named, or stand below a unit that is."""
    units: set[int] = field(init=False, default_factory=set)
    _loose_first: Intp = field(init=False)
    _loose: Intp = field(init=False)

    def __post_init__(self) -> None:
        state = self.face.state
        self.groups = np.zeros(len(self.sharers.most), np.bool_)
        self.rights = np.zeros(len(state.wanted), np.bool_)
        self.lefts = np.zeros(len(state.capacity), np.bool_)
        self.giving = np.zeros(len(state.capacity), np.bool_)
        loose = np.flatnonzero(self.face.loose & ~self.face.fixed)
        self._loose_first, order = grouped(state.left[loose], len(state.capacity))
        self._loose = loose[order]

    def grow(self, groups: Intp) -> bool:
        """Breadth-first search from these groups; whether it ended without a unit that is free to come, be it
        of a resource with capacity left or of a requirement that does not share.
        """
        face, state, sharers = self.face, self.face.state, self.sharers
        self.groups[groups] = True
        lefts = rights = np.zeros(0, np.intp)
        while len(groups) or len(rights) or len(lefts):
            # A group takes through whichever of its requirements has room.
            _, at = spread(sharers.first, groups)
            of_groups = sharers.members[at]
            roomy = of_groups[state.taken[of_groups] < face.high[of_groups]]
            _, at = spread(self._loose_first, lefts)
            taken = state.right[self._loose[at]]
            front = np.unique(np.concatenate([roomy, taken]))
            rights = front[~self.rights[front]]
            self.rights[rights] = True
            # What gives up a unit leaves its group one short.
            giving = rights[state.taken[rights] > face.low[rights]]
            if (sharers.of[giving] < 0).any():
                return False
            groups = np.unique(sharers.of[giving])
            groups = groups[~self.groups[groups]]
            self.groups[groups] = True
            _, at = spread(state.rfirst, rights)
            at = state.by_right[at]
            able = np.unique(state.left[at[face.is_open[at] & ~face.fixed[at]]])
            able = able[~self.lefts[able]]
            self.lefts[able] = True
            spare = able[state.given[able] < state.capacity[able]]
            stops = np.unique(face.stop[spare])
            if (stops < 0).any():
                return False
            new = [able]
            for node in stops.tolist():
                if node not in self.units:
                    self.units.add(node)
                    below = face.under(node)
                    self.giving[below] = True
                    new.append(below[~self.lefts[below]])
                    self.lefts[below] = True
            lefts = np.concatenate(new)
        self._name_spent()
        return True

    def alone(self) -> Mask:
        """Resources that are named, and not below a unit that is (bool (resources,))."""
        found = self.lefts.copy()
        for node in self.units:
            found[self.face.under(node)] = False
        return found

    def _name_spent(self) -> None:
        """Name also whoever gives all that it has to these requirements, by pairs that are full."""
        state, chosen = self.face.state, self.face.state.chosen
        spent = state.given == state.capacity
        spent[state.left[self._loose[~self.rights[state.right[self._loose]]]]] = False
        serving = np.zeros(len(spent), np.bool_)
        serving[state.left[chosen[self.rights[state.right[chosen]]]]] = True
        self.lefts |= spent & serving
        self.giving |= self.lefts
