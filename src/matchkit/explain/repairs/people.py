"""Who could serve a demand with training, with more free time, or from farther away: for each the options of
what it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from matchkit.answers.changes import FreeAt, Train
from matchkit.answers.repairs import RepairCosts
from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.eligibility.distance import limit, metres
from matchkit.compile.instance import Instance
from matchkit.compile.numbering import RequirementAtStart, alternatives
from matchkit.compile.times import moment, united
from matchkit.explain.repairs.change_options import ChangeOption, OptionStep
from matchkit.model import Demand, MaxDistance, Resource, Window

MOST_STARTS = 12
"""Of a flexible demand, so many starts for which a resource is made free: those for which it takes least."""

MOST_LOOKS = 2_000_000
"""So many pairs of a resource and a requirement at a start are looked at; of more, starts and requirements
are left out evenly.
"""

NO_PRICE = 10**12
"""What stands for a price where there is none."""

LevelsAsked = dict[tuple[str, str], set[int]]
"""By resource and skill, the levels asked."""


class Open(NamedTuple):
    """Who could be made eligible at one slot of the demand (resources by number, ascending), and which rules
    each fails.
    """

    rows: Intp
    failed: dict[str, Mask]
    """By rule, one answer a resource of the problem."""


@dataclass
class Near:
    """What would make resources eligible for a demand that are not: ``look`` works it out, one by one."""

    instance: Instance
    demand: Demand
    prices: RepairCosts
    skills: LevelsAsked = field(default_factory=dict)
    times: dict[tuple[str, int], tuple[tuple[int, int], ...]] = field(
        default_factory=dict
    )
    """By resource and start (0 where the demand is not flexible), the spans in which it is not free."""
    far: dict[MaxDistance, set[int]] = field(default_factory=dict)
    """By rule, the metres of those whom it keeps out."""
    able: set[str] = field(default_factory=set)
    """Who is eligible for a requirement of the demand, at some start."""
    fixable: set[str] = field(default_factory=set)
    """Who could be made so by changes that have a price, of those looked at."""
    partial: bool = False
    """Whether some were not looked at."""

    def __post_init__(self) -> None:
        """Find out who fails what, for every requirement of the demand."""
        self.lists, self._funnels = self.instance.lists, self.instance.funnels
        fixed = {
            rule
            for rule, price in (
                ("skill", self.prices.train if self.prices.ask_less is None else 0),
                ("time", self.prices.free),
                ("distance", self.prices.widen if self.prices.drop_rule is None else 0),
                ("forbid", self.prices.drop_rule),
            )
            if price is not None
        }
        places = [
            place
            for need in sorted(self.demand.requirements, key=lambda need: need.id)
            for place in self.lists.places[need.id]
        ]
        most = max(1, MOST_LOOKS // max(1, len(self.lists.resources)))
        self.partial = len(places) > most
        self.open = {
            place: self._open(place, fixed)
            for place in places[:: -(-len(places) // most)]
        }

    def _open(self, place: int, fixed: set[str]) -> Open:
        slot, count = self.lists.slots[place], len(self.lists.resources)
        failed = {
            rule: ~holds
            for rule, holds in self._funnels.holds_at(
                slot.requirement.id, [place]
            ).items()
        }
        beyond = np.logical_or.reduce(
            [
                np.zeros(count, np.bool_),
                *(fails for rule, fails in failed.items() if rule not in fixed),
            ]
        )
        some = np.logical_or.reduce(list(failed.values()))
        self.able.update(
            self.lists.resources[row].id for row in np.flatnonzero(~some).tolist()
        )
        return Open(np.flatnonzero(some & ~beyond & (not slot.never)), failed)

    def many(self, most: int) -> bool:
        """Whether more resources than this could be made eligible by training or free time."""
        found = np.zeros(len(self.lists.resources), np.bool_)
        for here in self.open.values():
            for rule, price in (
                ("skill", self.prices.train),
                ("time", self.prices.free),
            ):
                if price is not None:
                    found[here.rows[here.failed[rule][here.rows]]] = True
        return int(np.count_nonzero(found)) > most

    def estimate(self, place: int) -> Int64:
        """About what it costs to make each of the resources open at this slot eligible there (int64)."""
        here, prices = self.open[place], self.prices
        levels, seconds, metres = (
            amounts[here.rows] for amounts in self._funnels.missing(place)
        )
        dropping = NO_PRICE if prices.drop_rule is None else prices.drop_rule
        wider = (
            dropping
            if prices.widen is None
            else np.minimum(dropping, prices.widen * -(-metres // 1000))
        )
        found: Int64 = (
            levels * (NO_PRICE if prices.train is None else prices.train)
            + -(-seconds // 3600) * (NO_PRICE if prices.free is None else prices.free)
            + here.failed["distance"][here.rows] * wider
            + here.failed["forbid"][here.rows] * dropping
        )
        return found

    def look(
        self,
        rows: Iterable[int] | None = None,
        over: Callable[[], bool] = lambda: False,
    ) -> None:
        """Look at these resources (None: all) for every requirement of the demand, until ``over``."""
        places: dict[int, list[int]] = {}
        for place, here in self.open.items():
            for row in here.rows.tolist():
                places.setdefault(row, []).append(place)
        for row in sorted(places if rows is None else places.keys() & set(rows)):
            if over():
                self.partial = True
                break
            for place in places[row]:
                self._look(row, place)

    def _look(self, row: int, place: int) -> None:
        resource, slot, failed = (
            self.lists.resources[row],
            self.lists.slots[place],
            self.open[place].failed,
        )
        self.fixable.add(resource.id)
        if failed["skill"][row]:
            for wants in self.lacking(row, place):
                for word, level in wants:
                    self.skills.setdefault((resource.id, word), set()).add(level)
        if failed["time"][row]:
            self.times[resource.id, slot.start or 0] = _not_free(resource, slot)
        if failed["distance"][row]:
            for rule, far in self.exceeded(row, place):
                self.far.setdefault(rule, set()).add(far)

    def lacking(self, row: int, place: int) -> Iterator[list[tuple[str, int]]]:
        """Every need that a resource does not meet at a slot: the words and levels of which one is enough."""
        lexicon = self.lists.lexicon
        held = lexicon.held(lexicon.declared(self.lists.resources[row]))
        for need in self.lists.slots[place].requirement.skills:
            wants = [
                (lexicon.word(want.skill), want.level) for want in alternatives(need)
            ]
            if not any(held.get(word, 0) >= level for word, level in wants):
                yield wants

    def exceeded(self, row: int, place: int) -> Iterator[tuple[MaxDistance, int]]:
        """Every limit of distance that keeps a resource from a slot, with its distance in metres."""
        resource, slot = self.lists.resources[row], self.lists.slots[place]
        site = self.lists.site(slot.demand)
        if site is not None and resource.place is not None:
            far = metres(resource.place, site)
            for rule in self.lists.farthest:
                concerned = rule.resource in (None, resource.id) and rule.demand in (
                    None,
                    self.demand.id,
                )
                if concerned and far > limit(rule):
                    yield rule, far

    def options(self) -> Iterator[ChangeOption]:
        """Training and free time, by resource."""
        if self.prices.train is not None:
            yield from self._training(self.prices.train)
        if self.prices.free is not None:
            yield from self._free(self.prices.free)

    def costs(self) -> dict[str, int]:
        """About what it costs to make each eligible who could be made so."""
        found = dict.fromkeys(sorted(self.fixable), 0)
        for option in self.options():
            found[option.name[1]] += option.steps[0].price if option.steps else 0
        return found

    def _training(self, price: int) -> Iterator[ChangeOption]:
        lexicon = self.lists.lexicon
        for (name, word), levels in sorted(self.skills.items()):
            resource = self.lists.resources[self.lists.left[name]]
            now = lexicon.held(lexicon.declared(resource)).get(word, 0)
            steps = (
                OptionStep(
                    price * (level - now),
                    (Train(resource=name, skill=word, level=level),),
                )
                for level in sorted(levels)
                if level > now
            )
            yield ChangeOption.of(("train", name, word), steps)

    def _free(self, price: int) -> Iterator[ChangeOption]:
        zone = self.lists.problem.zone
        by_resource: dict[str, list[tuple[int, int, tuple[tuple[int, int], ...]]]] = {}
        for (name, start), spans in self.times.items():
            by_resource.setdefault(name, []).append(
                (sum(end - begin for begin, end in spans), start, spans)
            )
        for name, starts in sorted(by_resource.items()):
            for seconds, start, spans in sorted(starts)[:MOST_STARTS]:
                changes = tuple(
                    FreeAt(
                        resource=name,
                        time=Window(start=moment(begin), end=moment(end)),
                        zone=zone,
                    )
                    for begin, end in spans
                )
                yield ChangeOption.of(
                    ("free", name, f"{start:012}"),
                    [OptionStep(price * -(-seconds // 3600), changes)],
                )


def _not_free(
    resource: Resource, slot: RequirementAtStart
) -> tuple[tuple[int, int], ...]:
    """The spans of a demand's times in which a resource is not free."""
    free, found = united(resource.free), []
    for start, end in united(slot.demand.times):
        at = start
        for since, until in free:
            if until > at and since < end:
                if since > at:
                    found.append((at, since))
                at = max(at, until)
        if at < end:
            found.append((at, end))
    return tuple(found)
