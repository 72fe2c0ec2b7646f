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
    """How far numbers lie apart: the least and the greatest, the quartiles, and Gini's coefficient, 0 where
    all are equal and near 1 where one has everything.

    A quartile is the least number that at least a quarter (half, three quarters) of all do not exceed.
    """

    least: float
    lower_quartile: float
    median: float
    upper_quartile: float
    most: float
    gini: float


class CoverageFigures(Record):
    """How slots are shared, in figures: how many share, how many of them get nothing and how many all that
    they want, and how far their coverage lies apart (None where nobody shares).
    """

    sharing: Count
    with_nothing: Count
    full: Count
    coverage: Spread | None


class CoveredChange(Record):
    """What one who shares wants and gets before and after; None where it wants nothing."""

    id: Id
    before: Covered | None
    after: Covered | None


class CoverageChange(Record):
    """How slots are shared between communities before and after, and those whose coverage is another,
    ascending by id.
    """

    before: CoverageFigures
    after: CoverageFigures
    changed: Many[CoveredChange]


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
    envy: Count | None
    """How many pairs there are of one who envies another: a unit that the other has, neither locked nor of a
    minimum, could serve the one, and the other would still stand higher without it, in the coverage of a
    tier. A fair plan has none, unless a cap lies above several who share. None: too many units to count.
    """
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
            gini=decimal(self.coverage.gini, lang),
        )

    def _lines(self, lang: Lang) -> list[str]:
        lowest = table(coverage_rows(self.lowest, lang)) if self.lowest else []
        return self.sums(lang) + lowest

    def sums(self, lang: Lang = "en") -> list[str]:
        """The figures in lines: how many share and get what, how far they lie apart, envy, loads."""
        return list(self._sums(lang))

    def _sums(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        if self.coverage is not None:
            yield spread_text(self.coverage, lang)
            if self.envy is not None:
                yield text_of("fairness.envy", lang, envy=self.envy)
        if self.loads is not None:
            yield text_of(
                "fairness.loads",
                lang,
                giving=self.giving,
                idle=self.idle,
                most=int(self.loads.most),
                gini=decimal(self.loads.gini, lang),
            )


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
    """A share in whole percent: only nothing is 0, and only all is 100."""
    whole = round(100 * share)
    shown = min(max(whole, 1), 99) if 0 < share < 1 else whole
    return text_of("fairness.percent", lang, share=shown)


def spread_text(spread: Spread, lang: Lang) -> str:
    """Where a quarter, half and three quarters of all stand."""
    names = ("lower_quartile", "median", "upper_quartile", "most")
    shown = {name: percent(getattr(spread, name), lang) for name in names}
    return text_of("fairness.spread", lang, **shown)


def decimal(value: float, lang: Lang) -> str:
    """A coefficient with three decimals."""
    return text_of("fairness.decimal", lang, value=f"{value:.3f}")
