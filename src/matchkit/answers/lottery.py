"""A lottery over the plans of a problem as it is published: odds by ids, loads, caps and prices."""

from __future__ import annotations

import hashlib
import json
import operator
from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated, Final, Literal

from pydantic import Field

from matchkit.answers.base import Answer, table
from matchkit.errors import InputError
from matchkit.messages.message import Lang, number, text_of
from matchkit.model.base import Many, Record
from matchkit.model.text import Id

LOTTERY_SCHEMA_VERSION: Final = "2"
Parts = Annotated[int, Field(ge=0, le=2**60)]
Points = Annotated[int, Field(ge=-(10**40), le=10**40)]
"""What a goal counts: weights times parts, with a perturbation times these and 1024 once more."""
Kind = Literal["unit", "resource", "requirement", "community"]
GroupName = Annotated[str, Field(max_length=200)]


def _absent(name: object) -> bool:
    return name is None


class OddsEntry(Record):
    """Who carries units in a lottery: a resource or requirement, a group of its partners, or a unit or
    community that a cap binds. All in parts of a unit.
    """

    kind: Kind
    """What it is."""
    id: Id
    """Its id."""
    partners: Annotated[GroupName | None, Field(exclude_if=_absent)] = None
    """Where the entry is of a group of its partners: the name of that group."""
    group: Annotated[GroupName | None, Field(exclude_if=_absent)] = None
    """The group in which it counts at its partners, where they have such entries."""
    above: Annotated[int, Field(ge=-1, le=2**31)]
    """The place, from 0, of the entry that this one is part of; -1: of none."""
    most: Parts
    """The parts that it may carry."""
    load: Parts
    """The parts that it carries: the sum of the odds below it."""
    price: Annotated[Many[Points], Field(exclude_if=operator.not_)] = ()
    """Its price, one whole number a goal; empty where nothing is proved."""

    @property
    def is_record(self) -> bool:
        """Whether it is a resource or a requirement, and no cap above such and no group below."""
        return self.partners is None and self.kind in ("resource", "requirement")


class PairCap(Record):
    """The cap on the odds of one pair."""

    resource: Id
    """Id of the resource."""
    requirement: Id
    """Id of the requirement."""
    most: Parts
    """The most parts of each unit that it may carry."""


class PairOdds(Record):
    """A pair with any odds."""

    resource: Id
    """Id of the resource."""
    requirement: Id
    """Id of the requirement."""
    most: Parts
    """The most parts that it may carry: its cap, or what is locked."""
    odds: Annotated[Parts, Field(ge=1)]
    """The parts that it carries."""


class OddsGoal(Record):
    """One goal, on average over all draws, in parts: value, and what no such lottery exceeds that has as much
    in all goals before (None: not known).
    """

    name: str
    """The goal, as a plan calls it."""
    value: Points
    """What the odds reach."""
    bound: Points | None
    """What no odds exceed."""


class OddsShortage(Record):
    """The proof that caps on odds keep slots empty which could be filled: a Hall set, in parts."""

    tier: Annotated[int, Field(ge=1, le=20)]
    """It is about the slots of this tier and those before it."""
    kind: Literal["resource", "requirement"]
    """What ``ids`` are; ``partners`` are the others."""
    ids: Many[Id]
    """Those who want ``wanted`` together."""
    wanted: Parts
    """Parts that they could carry."""
    partners: Many[Id]
    """Those of the other list who are used up whole."""
    room: Parts
    """The parts that can reach ``ids``: all of ``partners``, and what caps let through of the others."""
    possible: Parts
    """Units that could be had in all without caps on odds."""

    def text(self, lang: Lang = "en") -> str:
        """The proof in words."""
        return text_of(
            "lottery.shortage_ids" if self.partners else "lottery.shortage_ids.caps",
            lang,
            kind=text_of(f"lottery.kind.{self.kind}", lang),
            ids=tuple(self.ids),
            wanted=self.wanted,
            room=self.room,
            partners=len(self.partners),
            missing=self.wanted - self.room,
        )


class PublishedLottery(Answer):
    """Odds over the plans of a problem, which are equally likely and as many as there are ``parts``.

    ``text`` is what is published before a seed is known: whoever has it and the line of a draw can repeat
    that draw (docs/draws.md).
    """

    schema_version: Literal["2"] = LOTTERY_SCHEMA_VERSION
    """The version of this form; version 1 is that of graphs."""
    problem: str
    """Digest of the problem."""
    parts: Annotated[int, Field(ge=1, le=2**20)]
    """Parts of a unit: a power of two."""
    perturbation: Annotated[int, Field(ge=0, le=512, exclude_if=operator.not_)] = 0
    """B in parts of 1 / 1024: a pair of odds x counts its weight times x - B x^2."""
    cap: Parts
    """The most parts of each of its units that a pair may carry."""
    caps: Many[PairCap] = ()
    """The pairs with another cap."""
    goals: Many[OddsGoal]
    """Every goal in order; with a perturbation the weight is in parts of 1 / (1024 parts)."""
    left: Many[OddsEntry]
    """Capped units, then resources, then groups of their partners."""
    right: Many[OddsEntry]
    """Capped communities, then requirements, then groups of their partners."""
    pairs: Many[PairOdds]
    """All pairs with odds, by ids."""
    shortage: Annotated[OddsShortage | None, Field(exclude_if=operator.not_)] = None
    """What caps on odds keep empty, with its proof; None where nothing is."""

    @classmethod
    def read(cls, text: object) -> PublishedLottery:
        """The lottery of a text that was published. Raises InputError for every other text, also where it
        says the same in other letters, as the digest is that of the letters.
        """
        record = None
        if isinstance(text, str) and text.isascii():
            with suppress(ValueError, RecursionError, InputError):
                record = cls.model_validate_json(text)
        if record is None or record.published != text or not record.is_whole:
            raise InputError.of("lottery", "lottery.text")
        return record

    @property
    def is_whole(self) -> bool:
        """Whether parts are a power of two, entries are parts of earlier ones, no two are of the same, and
        all pairs end at some, none twice.
        """
        if self.parts & (self.parts - 1):
            return False
        for entries in (self.left, self.right):
            names = {(one.kind, one.id, one.partners) for one in entries}
            placed = all(one.above < place for place, one in enumerate(entries))
            if len(names) < len(entries) or not placed:
                return False
        if len({(one.resource, one.requirement) for one in self.pairs}) < len(
            self.pairs
        ):
            return False
        try:
            left, right = self.ends
        except KeyError:
            return False
        return len(left) == len(right)

    @property
    def ends(self) -> tuple[list[int], list[int]]:
        """The places of the entries of either side that every pair ends at: of the group of its partner
        where it has one, else its own. Raises KeyError where there is none.
        """
        places = [
            {
                (one.id, one.partners): place
                for place, one in enumerate(entries)
                if one.is_record or one.partners is not None
            }
            for entries in (self.left, self.right)
        ]
        groups = [
            {one.id: one.group for one in entries if one.is_record}
            for entries in (self.left, self.right)
        ]
        left = [
            places[0][one.resource, groups[1][one.requirement]] for one in self.pairs
        ]
        right = [
            places[1][one.requirement, groups[0][one.resource]] for one in self.pairs
        ]
        return left, right

    @property
    def published(self) -> str:
        """The text that is hashed: JSON in ASCII without spaces, fields in the order of the records."""
        return json.dumps(self.model_dump(mode="json"), separators=(",", ":"))

    @property
    def digest(self) -> str:
        """The SHA-256 of the published text, hexadecimal."""
        return hashlib.sha256(self.published.encode("ascii")).hexdigest()

    def line(self, lang: Lang = "en") -> str:
        """How many pairs have odds, and the digest."""
        return text_of(
            "lottery.published",
            lang,
            pairs=len(self.pairs),
            parts=self.parts,
            digest=self.digest,
        )

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        rows = [
            (
                pair.resource,
                pair.requirement,
                number(pair.odds, lang),
                percent(pair.odds / self.parts, lang),
            )
            for pair in self.pairs
        ]
        if rows:
            yield from table(rows, left=2)
        if self.shortage is not None:
            yield self.shortage.text(lang)


def percent(share: float, lang: Lang) -> str:
    """A share in percent."""
    return text_of("lottery.percent", lang, share=100 * share)
