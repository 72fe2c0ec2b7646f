"""What no single ranking, nomination or channel can see: ids that name nothing, records given twice, and more
than a channel allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from matchkit.errors import Complaint
from matchkit.model.fault import complaint
from matchkit.model.ranking import CHANNELS, Channel
from matchkit.model.rules.base import LISTS

if TYPE_CHECKING:
    from matchkit.model.problem import Problem


class KnownIds(Protocol):
    """The ids of one list, and the complaint about one that is not among them."""

    ids: frozenset[str]

    def check(self, where: str, wanted: str | None) -> Iterator[Complaint]:
        """The complaint about an id that is none of them."""


def rank_faults(
    problem: Problem, by_field: Mapping[str, KnownIds]
) -> Iterator[Complaint]:
    """The faults between rankings, nominations, channels and the lists that they name. A faulty record is one
    whose fields are None.
    """
    yield from _of_rankings(problem, by_field)
    yield from _of_nominations(problem, by_field)
    if problem.channels:
        yield from _of_channels(problem, by_field["demand"])


def _of_rankings(
    problem: Problem, by_field: Mapping[str, KnownIds]
) -> Iterator[Complaint]:
    seen: set[tuple[str, str, str]] = set()
    for number, record in enumerate(problem.rankings):
        if record.by is None:
            continue
        where = f"rankings[{number}]"
        yield from by_field[record.by].check(f"{where}.id", record.id)
        name = (record.by, record.id, record.of)
        if name in seen:
            yield complaint(f"{where}.id", "ranked_twice", id=record.id, of=record.of)
        seen.add(name)
        known = by_field[LISTS[record.of]]
        for place, one in enumerate(record.ids):
            if one not in known.ids:
                yield from known.check(f"{where}.ids[{place}]", one)


def _of_nominations(
    problem: Problem, by_field: Mapping[str, KnownIds]
) -> Iterator[Complaint]:
    seen: set[tuple[str | None, ...]] = set()
    for number, record in enumerate(problem.nominations):
        if record.channel is None:
            continue
        where = f"nominations[{number}]"
        yield from by_field["resource"].check(f"{where}.person", record.person)
        yield from by_field["demand"].check(f"{where}.demand", record.demand)
        if record.channel in by_field:
            yield from by_field[record.channel].check(f"{where}.by", record.by)
        name = (record.person, record.demand, record.channel, record.by)
        if name in seen:
            yield complaint(where, "nominated_twice")
        seen.add(name)


def _of_channels(problem: Problem, demands: KnownIds) -> Iterator[Complaint]:
    stated: dict[tuple[str, str | None], Channel] = {}
    for number, record in enumerate(problem.channels):
        if record.channel is None:
            continue
        where = f"channels[{number}]"
        yield from demands.check(f"{where}.demand", record.demand)
        name = (record.channel, record.demand)
        if name in stated:
            yield complaint(where, "channel_twice", channel=record.channel)
        stated[name] = record

    def limits(channel: str, demand: str) -> Channel | None:
        return stated.get((channel, demand), stated.get((channel, None)))

    made: dict[tuple[str, str, str], list[int]] = {}
    for number, one in enumerate(problem.nominations):
        by = one.person if one.channel == "self" else one.by
        if by is not None:
            made.setdefault((one.channel, one.demand, by), []).append(number)
    for (channel, demand, _), several in made.items():
        limit = limits(channel, demand)
        most = None if limit is None else limit.nominations
        if most is not None and len(several) > most:
            yield complaint(
                f"nominations[{several[most]}]",
                "nominations_many",
                count=len(several),
                demand=demand,
                channel=channel,
                most=most,
            )
    nominated = {one.demand for one in problem.nominations}
    for asked in (one for one in problem.demands if one.id in nominated):
        known = [limits(name, asked.id) for name in CHANNELS]
        kept = sum(one.places or 0 for one in known if one is not None)
        for need in asked.requirements:
            wanted = getattr(need, "wanted", kept)  # a faulty one wants nothing
            if kept > wanted:
                yield complaint(
                    "channels",
                    "channel_places",
                    places=kept,
                    id=need.id,
                    wanted=wanted,
                )
