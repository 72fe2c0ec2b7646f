"""Why one who shares stands below others: what it lacks, who holds all that could come to it, and where these
stand.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from matchkit.answers.base import SHOWN, Answer, more_than_shown, table
from matchkit.answers.fairness import Covered, coverage_rows, percent
from matchkit.answers.shortages import Shortages
from matchkit.messages.message import Lang, text_of
from matchkit.model.base import Many, Record
from matchkit.model.objective import FairBetween
from matchkit.model.text import Id
from matchkit.plan.plan import Count


class TierCoverage(Record):
    """What one who shares wants and gets in a tier, and how many others there have a higher or a lower
    coverage, what earlier rounds gave included.

    ``shortages`` say why it lacks what it lacks, as shortages do, with one difference: where a Hall set is
    the witness, none of its members counts in a later goal, nor would one of this coverage who gave up a unit
    stand higher than the one asked about does now. Where that is not so, the steps are the witness by which
    somebody who stands higher could give way. ``holders`` are the other members of the Hall sets, those of
    this coverage.
    """

    tier: int
    wanted: Count
    filled: Count
    higher: Count
    lower: Count
    shortages: Shortages
    holders: Many[Covered]
    past: Annotated[Count, Field(exclude_if=operator.not_)] = 0
    """How many of those who share have a history that counts here."""


class WhyBelow(Answer):
    """Why one who shares stands where it does, tier by tier."""

    of: FairBetween
    id: Id
    tiers: Many[TierCoverage]

    def line(self, lang: Lang = "en") -> str:
        """What it gets, and how many stand higher, of the first tier in which it lacks anything."""
        for one in self.tiers:
            if one.filled < one.wanted:
                return self._tier(one, lang)
        key = "why_below.full" if self.tiers else "why_below.nothing"
        return text_of(key, lang, id=self.id)

    def _tier(self, one: TierCoverage, lang: Lang) -> str:
        share = Covered(id=self.id, wanted=one.wanted, filled=one.filled).share
        return text_of(
            "why_below.line",
            lang,
            id=self.id,
            tier=one.tier,
            wanted=one.wanted,
            filled=one.filled,
            share=percent(share, lang),
            higher=one.higher,
            lower=one.lower,
        )

    def _lines(self, lang: Lang) -> Iterator[str]:
        lacking = [one for one in self.tiers if one.filled < one.wanted]
        if not lacking:
            yield self.line(lang)
        for one in lacking:
            yield self._tier(one, lang)
            if one.past:
                yield "  " + text_of("why_below.past", lang)
            for shortage in one.shortages.whole():
                yield from (f"  {line}" for line in shortage.text(lang).splitlines())
            if one.holders:
                yield "  " + text_of("why_below.holders", lang, id=self.id)
                shown = one.holders[:SHOWN]
                yield from table(coverage_rows(shown, lang), indent="    ")
                for more in more_than_shown(len(one.holders), lang):
                    yield f"  {more}"
