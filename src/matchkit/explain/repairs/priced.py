"""Sets of changes that fill a demand of a proven flow: one unit after another from the supplier that costs
least on top of those chosen. Paths of several suppliers are combined as if they met at resources and caps
alone; what a set does is known once it is confirmed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from matchkit.answers.changes import Change, ChangeRule, FreeAt, RemoveRule, Train
from matchkit.compile.eligibility.distance import limit
from matchkit.explain.plan_state import Caps
from matchkit.explain.repairs.change_options import ChangeOptions, Levels
from matchkit.explain.repairs.supply import Needs, Supplier, Supply
from matchkit.model import Forbid, MaxDistance
from matchkit.model.rules import Cap

NEW, LESS = -1, -2
"""In place of a resource's number: one more resource, and wanting less."""


class Filling(NamedTuple):
    """A set of changes, and what it brings: units by requirement and resource (by number, or NEW or LESS)."""

    levels: Levels
    given: Counter[tuple[int, int]]


@dataclass
class _Chosen:
    """What suppliers chosen so far take up."""

    given: Counter[tuple[int, int]] = field(default_factory=Counter)
    moved: set[int] = field(default_factory=set)
    from_units: Counter[int] = field(default_factory=Counter)
    arrived: int = 0
    """Units more in the demand's community."""
    displaced: bool = False
    """Whether another demand of a full community has been served from elsewhere."""


class PricedSets:
    """Chooses suppliers by what they cost on top of one another."""

    def __init__(self, supply: Supply, options: ChangeOptions) -> None:
        self._supply, self._options = supply, options
        self._state, self._network = supply.state, supply.network
        self._at = {option.name: place for place, option in enumerate(options.options)}
        self._suppliers = {right: list(self._listed(right)) for right in supply.lacking}

    def cheapest(self) -> Iterator[Filling]:
        """The cheapest set as far as one unit after another finds it, then the cheapest of those that do
        without one of its suppliers; nothing can be left out of any.
        """
        first = self._minimal(None)
        if first is None:
            return
        yield first
        seen = [first.levels]
        others = [self._minimal(supplier) for supplier in sorted(first.given)]
        for other in sorted(
            (found for found in others if found is not None),
            key=lambda found: (
                self._options.price(found.levels),
                sum(found.levels),
                found.levels,
            ),
        ):
            if not any(
                _contains(other.levels, one) or _contains(one, other.levels)
                for one in seen
            ):
                seen.append(other.levels)
                yield other

    def _minimal(self, banned: tuple[int, int] | None) -> Filling | None:
        """A set of which nothing can be left out, without one supplier (requirement, resource)."""
        found = self._filling(None, banned)
        levels = () if found is None else found.levels
        for place in sorted(
            range(len(levels)),
            key=lambda place: (-self._price(place, levels[place]), place),
        ):
            for level in range(levels[place]):
                less = self._filling(
                    (*levels[:place], level, *levels[place + 1 :]), banned
                )
                if less is not None:
                    found, levels = less, less.levels
                    break
        return found

    def _filling(
        self, within: Levels | None, banned: tuple[int, int] | None
    ) -> Filling | None:
        levels, chosen = [0] * len(self._options.options), _Chosen()
        # Greedy: unit after unit, from the supplier that costs least on top of what is chosen.
        for right, missing in self._supply.lacking.items():
            for _ in range(missing):
                best: tuple[int, Supplier, Needs] | None = None
                for supplier in self._suppliers[right]:
                    if (right, supplier.left) == banned or self._used_up(
                        right, supplier, chosen
                    ):
                        continue
                    needs = self._needed(right, supplier, chosen)
                    if needs is None or (
                        within is not None
                        and any(level > within[place] for place, level in needs.items())
                    ):
                        continue
                    more = sum(
                        max(
                            0,
                            self._price(place, level)
                            - self._price(place, levels[place]),
                        )
                        for place, level in needs.items()
                    )
                    if best is None or more < best[0]:
                        best = more, supplier, needs
                if best is None:
                    return None
                for place, level in best[2].items():
                    levels[place] = max(levels[place], level)
                self._take(right, best[1], chosen)
        return Filling(tuple(levels), chosen.given)

    def _price(self, place: int, level: int) -> int:
        return self._options.options[place].steps[level - 1].price if level else 0

    @staticmethod
    def _used_up(right: int, supplier: Supplier, chosen: _Chosen) -> bool:
        if chosen.given[right, supplier.left] >= supplier.units:
            return True
        if supplier.left < 0:
            return False
        again = chosen.given[right, supplier.left] > 0 and not supplier.moves
        return bool(chosen.moved & supplier.moves) or (
            supplier.left in chosen.moved and not again
        )

    def _take(self, right: int, supplier: Supplier, chosen: _Chosen) -> None:
        chosen.given[right, supplier.left] += 1
        chosen.from_units.update(supplier.caps)
        if supplier.left >= 0:
            chosen.moved |= {supplier.left, *supplier.moves}
        if supplier.left != LESS:
            if self._displaces(chosen):
                chosen.displaced = True
                chosen.moved |= self._supply.displacing or set()
            else:
                chosen.arrived += 1

    def _displaces(self, chosen: _Chosen) -> bool:
        """Whether one more unit in the community takes the place of another, which is served elsewhere."""
        moves, caps = self._supply.displacing, self._network.communities
        full = any(
            caps.used[cap] + chosen.arrived >= caps.most[cap]
            for cap in self._supply.above
        )
        return (
            full
            and bool(moves)
            and not chosen.displaced
            and not (moves or set()) & chosen.moved
        )

    def _needed(self, right: int, supplier: Supplier, chosen: _Chosen) -> Needs | None:
        """All that one unit more of a supplier needs, caps included; None where a cap cannot be raised."""
        needs = dict(supplier.needs)
        if supplier.left < 0:
            [place] = needs
            needs[place] = chosen.given[right, supplier.left] + 1
        units, communities = self._network.units, self._network.communities
        for cap in supplier.caps:
            if not self._raised(units, cap, chosen.from_units[cap] + 1, needs):
                return None
        if supplier.left != LESS and not self._displaces(chosen):
            for cap in self._supply.above:
                if not self._raised(communities, cap, chosen.arrived + 1, needs):
                    return None
        return needs

    def _raised(self, caps: Caps, cap: int, more: int, needs: Needs) -> bool:
        """Put into ``needs`` what lets so many units more pass a cap; whether there is anything that does."""
        for rule, most in caps.rules[cap]:
            if most < caps.used[cap] + more and not self._needs(
                ("rule", rule.label),
                lambda change: self._leaves(change) >= caps.used[cap] + more,
                needs,
            ):
                return False
        return True

    def _leaves(self, change: Change) -> int:
        rule = change.rule if isinstance(change, ChangeRule) else None
        return (
            rule.limit(self._state.unit_capacity.get(rule.node, 0))
            if isinstance(rule, Cap)
            else -1
        )

    def _needs(
        self, name: tuple[str, ...], does: Callable[[Change], bool], needs: Needs
    ) -> bool:
        """Put the lowest level of an option that drops a rule or ``does`` in ``needs``; False where none."""
        place = self._at.get(name, -1)
        for level, step in enumerate(
            self._options.options[place].steps if place >= 0 else (), 1
        ):
            if any(
                isinstance(change, RemoveRule) or does(change)
                for change in step.changes
            ):
                needs[place] = max(level, needs.get(place, 0))
                return True
        return False

    def _listed(self, right: int) -> Iterator[Supplier]:
        """Every supplier of a requirement."""
        name = self._state.requirement_ids[right]
        [place] = self._state.lists.places[name]
        for kind, left in (("add", NEW), ("want", LESS)):
            at = self._at.get((kind, name), -1)
            if at >= 0:
                yield Supplier(left, {at: 0}, len(self._options.options[at].steps))
        yield from self._supply.ways(right, lambda left: self._eligible(left, place))

    def _eligible(self, left: int, place: int) -> Needs | None:
        """What makes a resource eligible at a slot; None where the options do not."""
        near, lists, needs = self._supply.near, self._state.lists, Needs()
        resource, slot, failed = (
            lists.resources[left],
            lists.slots[place],
            near.open[place].failed,
        )
        if failed["skill"][left]:
            held = lists.lexicon.held(lists.lexicon.declared(resource))
            for wants in near.lacking(left, place):
                word, level = min(
                    wants, key=lambda want: (want[1] - held.get(want[0], 0), want)
                )
                if not self._needs(("train", resource.id, word), _trains(level), needs):
                    return None
        if failed["time"][left]:
            name = ("free", resource.id, f"{slot.start or 0:012}")
            if not self._needs(name, lambda change: isinstance(change, FreeAt), needs):
                return None
        if failed["distance"][left]:
            for rule, far in near.exceeded(left, place):
                if not self._needs(("rule", rule.label), _reaches(far), needs):
                    return None
        if failed["forbid"][left]:
            for forbid in lists.problem.rules:
                if (
                    isinstance(forbid, Forbid)
                    and (forbid.resource, forbid.requirement)
                    == (resource.id, slot.requirement.id)
                    and not self._needs(("rule", forbid.label), lambda _: False, needs)
                ):
                    return None
        return needs


def _trains(level: int) -> Callable[[Change], bool]:
    return lambda change: isinstance(change, Train) and change.level >= level


def _reaches(far: int) -> Callable[[Change], bool]:
    def does(change: Change) -> bool:
        rule = change.rule if isinstance(change, ChangeRule) else None
        return isinstance(rule, MaxDistance) and limit(rule) >= far

    return does


def _contains(one: Levels, other: Levels) -> bool:
    return all(a >= b for a, b in zip(one, other, strict=True))
