"""Who could serve a demand with training, with more free time, or from farther away: for each the ladders of
what it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from matchkit.answers.changes import FreeAt, Train
from matchkit.answers.repairs import RepairCosts
from matchkit.compile.eligibility import broken
from matchkit.compile.eligibility.distance import limit, metres
from matchkit.compile.lexicon import alternatives
from matchkit.compile.numbering import Numbering, RequirementAtStart
from matchkit.compile.start_times import moment, united
from matchkit.explain.repairs.change_options import ChangeOption, Level
from matchkit.model import Demand, MaxDistance, Resource, Window

MOST_STARTS = 12
"""Of a flexible demand, so many starts for which a resource is made free: those for which it takes least."""

MOST_LOOKS = 2_000_000
"""So many pairs of a resource and a requirement at a start are looked at; of more, starts and requirements
are left out evenly.
"""

Asked = dict[tuple[str, str], set[int]]
"""By resource and skill, the levels asked."""


@dataclass
class Near:
    """What would make resources eligible for a demand that are not."""

    lists: Numbering
    demand: Demand
    prices: RepairCosts
    over: Callable[[], bool] = lambda: False
    """Whether the time for looking is up: who has not been looked at by then is not."""
    skills: Asked = field(default_factory=dict)
    times: dict[tuple[str, int], tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """By resource and start (0 where the demand is not flexible), the spans in which it is not free."""
    far: dict[MaxDistance, set[int]] = field(default_factory=dict)
    """By rule, the metres of those whom it keeps out."""
    able: set[str] = field(default_factory=set)
    """Who is eligible for a requirement of the demand, at some start."""
    mendable: set[str] = field(default_factory=set)
    """Who could be made so by changes that have a price."""
    partial: bool = False
    """Whether some were not looked at."""

    def __post_init__(self) -> None:
        """Look at every resource for every requirement of the demand."""
        self._mended = {
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
        places = places[:: -(-len(places) // most)]
        kinds = {self.lists.lexicon.key(self.lists.slots[place].requirement.kind) for place in places}
        for resource in self.lists.resources:
            if self.over():
                self.partial = True
                break
            if self.lists.lexicon.key(resource.kind) in kinds:
                for place in places:
                    self._look(resource, self.lists.slots[place])

    def _look(self, resource: Resource, slot: RequirementAtStart) -> None:
        failed = {reason.rule for reason in broken(self.lists, resource, slot)}
        if not failed:
            self.able.add(resource.id)
        if not failed or not failed <= self._mended or slot.never:
            return
        self.mendable.add(resource.id)
        if "skill" in failed:
            lexicon = self.lists.lexicon
            held = lexicon.held(lexicon.declared(resource))
            for need in slot.requirement.skills:
                wants = alternatives(need)
                if not any(held.get(lexicon.word(want.skill), 0) >= want.level for want in wants):
                    for want in wants:
                        self.skills.setdefault((resource.id, lexicon.word(want.skill)), set()).add(want.level)
        if "time" in failed:
            self.times[resource.id, slot.start or 0] = _not_free(resource, slot)
        if "distance" in failed:
            site = self.lists.site(slot.demand)
            if site is not None and resource.place is not None:
                far = metres(resource.place, site)
                for rule in self.lists.farthest:
                    concerned = rule.resource in (None, resource.id) and rule.demand in (None, self.demand.id)
                    if concerned and far > limit(rule):
                        self.far.setdefault(rule, set()).add(far)

    def ladders(self) -> Iterator[ChangeOption]:
        """Training and free time, by resource."""
        if self.prices.train is not None:
            yield from self._training(self.prices.train)
        if self.prices.free is not None:
            yield from self._free(self.prices.free)

    def costs(self) -> dict[str, int]:
        """About what it costs to make each eligible who could be made so."""
        found = dict.fromkeys(sorted(self.mendable), 0)
        for ladder in self.ladders():
            found[ladder.name[1]] += ladder.rungs[0].price if ladder.rungs else 0
        return found

    def _training(self, price: int) -> Iterator[ChangeOption]:
        lexicon = self.lists.lexicon
        for (name, word), levels in sorted(self.skills.items()):
            resource = self.lists.resources[self.lists.left[name]]
            now = lexicon.held(lexicon.declared(resource)).get(word, 0)
            rungs = (
                Level(price * (level - now), (Train(resource=name, skill=word, level=level),))
                for level in sorted(levels)
                if level > now
            )
            yield ChangeOption.of(("train", name, word), rungs)

    def _free(self, price: int) -> Iterator[ChangeOption]:
        zone = self.lists.problem.zone
        by_resource: dict[str, list[tuple[int, int, tuple[tuple[int, int], ...]]]] = {}
        for (name, start), spans in self.times.items():
            by_resource.setdefault(name, []).append((sum(end - begin for begin, end in spans), start, spans))
        for name, starts in sorted(by_resource.items()):
            for seconds, start, spans in sorted(starts)[:MOST_STARTS]:
                changes = tuple(
                    FreeAt(resource=name, time=Window(start=moment(begin), end=moment(end)), zone=zone)
                    for begin, end in spans
                )
                yield ChangeOption.of(
                    ("free", name, f"{start:012}"), [Level(price * -(-seconds // 3600), changes)]
                )


def _not_free(resource: Resource, slot: RequirementAtStart) -> tuple[tuple[int, int], ...]:
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
