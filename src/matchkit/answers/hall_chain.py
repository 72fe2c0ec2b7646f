"""What proves that no plan shares slots more fairly: a chain of Hall sets, one inside the next.

docs/explanations.md (Nested Hall sets) says what a chain claims; ``matchkit.check_witness`` follows that page
alone.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from matchkit.answers.base import Answer
from matchkit.answers.wording import sharing_text
from matchkit.messages.message import Lang, text_of
from matchkit.model.base import Many, Record
from matchkit.model.objective import CoverageRule, FairBetween
from matchkit.model.text import Id, Label, Name
from matchkit.plan.plan import Count


class HallCut(Record):
    """A Hall set as a cut: the ``requirements`` have all that can come to them, through ``resources``, below
    ``units`` (as much as their caps leave) or on pairs that are full.
    """

    sharers: Many[Id]
    """Those who share and lack something, and those who could give way to them."""
    requirements: Many[Id]
    resources: Many[Id]
    units: Many[Id] = ()
    reached: Count
    """What the plan has of the units that count here, and no plan has more."""


class FillCut(HallCut):
    """The cut of a goal that fills slots. Its sharers are requirements where the goal counts minimums."""

    goal: Label


class LevelCut(HallCut):
    """What the chain has from unit ``first`` on in the order of keys (counted from 0), beside the cut before
    it: each cut holds all that those before it name.
    """

    first: Count


class HallChain(Answer):
    """Why no plan that fills as much shares more fairly: of all units that share, in the order of their keys,
    the plan has as many of the first ones as any plan can have, for every number of first ones.

    ``fills`` prove goals of filling, one after another: what these bind, binds all plans that fill as much.
    ``levels`` are the nested Hall sets of those who share, the lowest first.
    """

    of: FairBetween
    tier: Annotated[int, Field(ge=1, le=20)] | None
    """None: across all tiers."""
    rule: CoverageRule
    kind: Annotated[Name | None, Field(exclude_if=operator.not_)] = None
    """Only requirements for this kind of resource count; None: all."""
    fills: Many[FillCut]
    levels: Many[LevelCut]
    keys: Count
    """How many different keys there are."""
    proven: Count
    """For the first so many of them it is proven; all, where this is ``keys``."""
    unproven: Many[Label] = ()
    """Goals of filling that no cut proves, as where a cap lies above several. They are left out: what is
    proven holds for all plans that fill as much in the others.
    """
    cap: Label | None = None
    """A cap above several who share, where something is not proven and there is one."""

    @property
    def complete(self) -> bool:
        """Whether all of it is proven."""
        return self.proven == self.keys

    def line(self, lang: Lang = "en") -> str:
        """How much is proven, by how many Hall sets."""
        found = {
            "of": sharing_text(self.of, lang),
            "sets": len(self.levels),
            "proven": self.proven,
            "keys": self.keys,
        }
        where = (
            text_of("hall_chain.across", lang)
            if self.tier is None
            else text_of("hall_chain.tier", lang, tier=self.tier)
        )
        if self.complete and not self.levels:
            return text_of("hall_chain.nobody", lang, where=where)
        if self.complete:
            return text_of("hall_chain.line", lang, where=where, **found)
        if self.cap is not None:
            return text_of("hall_chain.cap", lang, where=where, cap=self.cap, **found)
        return text_of("hall_chain.open", lang, where=where, **found)

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        for place, cut in enumerate(self.levels, 1):
            through = (*cut.resources, *cut.units)
            key = "hall_chain.cut" if through else "hall_chain.cut_nobody"
            yield "  " + text_of(
                key,
                lang,
                place=place,
                sharers=cut.sharers,
                through=through,
            )
