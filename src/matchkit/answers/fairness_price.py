"""What fairness costs: the best weight at every stage between the best plan by weight and the fairest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from matchkit.answers.base import Answer, signed, table
from matchkit.answers.fairness import CoverageFigures, decimal, percent
from matchkit.answers.wording import sharing_text
from matchkit.messages.message import Lang, number, text_of
from matchkit.model import Objective
from matchkit.model.base import Many, Record
from matchkit.model.objective import FairBetween
from matchkit.plan import Plan
from matchkit.plan.plan import Count


class PricePoint(Record):
    """The best weight of all plans that fill as much and of those are fairest in the first so many steps.

    ``plan`` is a plan of the problem with ``objective``, and can be verified as such; ``proven`` says that
    it is the best.
    """

    steps: Count
    weight: int
    shared: CoverageFigures
    proven: bool
    objective: Objective
    plan: Plan


class FairnessPrice(Answer):
    """The curve of weight against fairness: from no step, the best plan by weight, to all ``steps``, the
    fairest. More steps never have a greater weight.

    A step is a key of units, tier after tier (where levels are goals, a level). ``complete`` says that the
    weight is known at every step: between two points that lie apart it is that of both.
    """

    of: FairBetween
    steps: Count
    points: Annotated[Many[PricePoint], Field(min_length=1)]
    complete: bool

    def line(self, lang: Lang = "en") -> str:
        """Both ends, and what fairness costs."""
        first, last = self.points[0], self.points[-1]
        lost = first.weight - last.weight
        share = lost / abs(first.weight) if first.weight else 0.0
        return text_of(
            "fairness_price.line",
            lang,
            of=sharing_text(self.of, lang),
            count=len(self.points),
            first=number(first.weight, lang),
            last=number(last.weight, lang),
            lost=number(lost, lang),
            share=text_of("fairness_price.share", lang, share=f"{100 * share:.2f}"),
            before=first.shared.with_nothing,
            after=last.shared.with_nothing,
        )

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        names = ("steps", "weight", "cost", "nothing", "lowest", "gini")
        rows = [[text_of(f"fairness_price.head.{name}", lang) for name in names] + [""]]
        for point in self.points:
            spread = point.shared.coverage
            rows.append(
                [
                    number(point.steps, lang),
                    number(point.weight, lang),
                    signed(point.weight - self.points[0].weight, lang),
                    number(point.shared.with_nothing, lang),
                    "" if spread is None else percent(spread.least, lang),
                    "" if spread is None else decimal(spread.gini, lang),
                    "" if point.proven else text_of("trade_off.unproven", lang),
                ]
            )
        yield from table(rows, left=0)
        if not self.complete:
            yield text_of("fairness_price.between", lang)
