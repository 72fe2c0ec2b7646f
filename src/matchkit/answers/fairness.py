"""How slots are shared between communities, demands or requirements, and units between those who give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from matchkit.answers.base import Answer, table
from matchkit.answers.wording import sharing_text
from matchkit.messages.message import Lang, number, text_of
from matchkit.model.base import Many, Record
from matchkit.model.objective import FairBetween
from matchkit.model.text import Id
from matchkit.plan.plan import Count


class Covered(Record):
    """What one who shares wants and gets."""

    id: Id
    """Id of the community, demand or requirement."""
    wanted: Count
    """Units it wants."""
    filled: Count
    """Units it gets."""

    @property
    def share(self) -> float:
        """Filled of wanted, from 0 to 1."""
        return float(min(Fraction(1), Fraction(self.filled, max(1, self.wanted))))


class Spread(Record):
    """How far numbers lie apart: the least and the greatest, and Gini's coefficient, 0 where all are equal
    and near 1 where one has everything.
    """

    least: float
    most: float
    gini: float


class Fairness(Answer):
    """How slots are shared, and how evenly people give. Those who want nothing, divisible resources and those
    of capacity 0 are left out.
    """

    of: FairBetween
    """Between whom slots are shared."""
    sharing: Count
    """How many share."""
    with_nothing: Count
    """How many of them get nothing."""
    full: Count
    """How many get all that they want."""
    coverage: Spread | None
    """Of filled / wanted; None where nobody shares."""
    lowest: Many[Covered]
    """Those with the lowest coverage, the lowest first, then by id."""
    giving: Count
    """How many resources could give."""
    idle: Count
    """How many of them give nothing."""
    loads: Spread | None
    """Of units that they give; None where nobody could."""

    def line(self, lang: Lang = "en") -> str:
        """How many get nothing, all, and how far apart they are."""
        if self.coverage is None:
            return text_of("fairness.nobody", lang)
        return text_of(
            "fairness.line",
            lang,
            of=sharing_text(self.of, lang),
            sharing=self.sharing,
            nothing=self.with_nothing,
            full=self.full,
            least=percent(self.coverage.least, lang),
            gini=_decimal(self.coverage.gini, lang),
        )

    def text(self, lang: Lang = "en") -> str:
        """The same, the loads, and those with the lowest coverage."""
        return "\n".join(self._lines(lang))

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        if self.loads is not None:
            yield text_of(
                "fairness.loads",
                lang,
                giving=self.giving,
                idle=self.idle,
                most=int(self.loads.most),
                gini=_decimal(self.loads.gini, lang),
            )
        if not self.lowest:
            return
        yield from table(coverage_rows(self.lowest, lang))


def coverage_rows(listed: Iterable[Covered], lang: Lang) -> list[list[str]]:
    """A head, and a row for each: what it wants and gets, and its coverage."""
    head = ("id", "wanted", "filled", "coverage")
    rows = [[text_of(f"fairness.head.{name}", lang) for name in head]]
    rows += [
        [
            one.id,
            number(one.wanted, lang),
            number(one.filled, lang),
            percent(one.share, lang),
        ]
        for one in listed
    ]
    return rows


def percent(share: float, lang: Lang) -> str:
    """A share in whole percent."""
    return text_of("fairness.percent", lang, share=round(100 * share))


def _decimal(value: float, lang: Lang) -> str:
    return text_of("fairness.decimal", lang, value=f"{value:.3f}")
