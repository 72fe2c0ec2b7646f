"""What a simulation gives back: the value of each policy in each round beside hindsight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as day
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from matchkit.answers.base import Answer, table
from matchkit.messages.message import Lang, number, text_of
from matchkit.model.base import Many, Record
from matchkit.plan.plan import Count

PricesFrom: TypeAlias = Literal["rates", "earlier rounds"]
Value = Annotated[int, Field(ge=-(2**60), le=2**60)]
Seconds = Annotated[Annotated[float, Field(ge=0)] | None, Field(exclude=True)]


class PolicyFigures(Record):
    """How a policy answered a round: the sum of weights and worths, seats filled and unmet, how often
    somebody who was asked refused, and how often prices were made.
    """

    value: Value
    filled: Count
    unmet: Count
    refusals: Count = 0
    renewals: Count = 0


class RoundFigures(Record):
    """A round: its calls, the seats that these asked for and the people who dropped out, and what each policy
    made of them.
    """

    number: Count
    date: day | None
    calls: Count
    seats: Count
    dropouts: Count
    greedy: PolicyFigures
    hold_back: PolicyFigures
    hindsight: PolicyFigures

    def name(self, lang: Lang) -> str:
        """The day of the round, or its number."""
        return number(self.number, lang) if self.date is None else str(self.date)

    def share(self, policy: PolicyFigures) -> float | None:
        """The share of hindsight's value that a policy reaches; None where hindsight has none."""
        best = self.hindsight.value
        return policy.value / best if best > 0 else None


class Simulation(Answer):
    """Rounds of calls, answered greedily, with hold-backs and in hindsight.

    ``answer_seconds``, the median of an answer with hold-backs, and ``renewal_seconds``, all that prices
    took, are measured and differ from run to run: they stand in no JSON and no text.
    """

    seed: Count
    prices_from: PricesFrom
    rounds: Annotated[Many[RoundFigures], Field(min_length=1)]
    answer_seconds: Seconds = None
    renewal_seconds: Seconds = None

    def line(self, lang: Lang = "en") -> str:
        """The shares of hindsight over all rounds, in a line."""
        best = sum(one.hindsight.value for one in self.rounds)
        greedy, held = (
            _share(sum(values) / best if best > 0 else None, lang)
            for values in (
                [one.greedy.value for one in self.rounds],
                [one.hold_back.value for one in self.rounds],
            )
        )
        return text_of(
            "simulation.line",
            lang,
            rounds=len(self.rounds),
            calls=sum(one.calls for one in self.rounds),
            seats=sum(one.seats for one in self.rounds),
            greedy=greedy,
            held=held,
        )

    def text(self, lang: Lang = "en") -> str:
        """The line, and a table with a row for every policy of every round."""
        return "\n".join(self._lines(lang))

    def measured(self, lang: Lang = "en") -> str:
        """What answers and prices took, in a line; "" where it is not known, as after a reading of JSON."""
        if self.answer_seconds is None or self.renewal_seconds is None:
            return ""
        return text_of(
            "simulation.measured",
            lang,
            micros=f"{1e6 * self.answer_seconds:.1f}",
            renewals=sum(one.hold_back.renewals for one in self.rounds),
            seconds=f"{self.renewal_seconds:.2f}",
        )

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        heads = (
            "round",
            "policy",
            "value",
            "share",
            "filled",
            "unmet",
            "refusals",
            "renewals",
        )
        rows = [[text_of(f"simulation.head.{head}", lang) for head in heads]]
        for one in self.rounds:
            name = one.name(lang)
            for policy in ("greedy", "hold_back", "hindsight"):
                figures: PolicyFigures = getattr(one, policy)
                counts = (
                    figures.filled,
                    figures.unmet,
                    figures.refusals,
                    figures.renewals,
                )
                rows.append(
                    [
                        name,
                        text_of(f"simulation.policy.{policy}", lang),
                        number(figures.value, lang),
                        _share(one.share(figures), lang),
                        *(number(count, lang) for count in counts),
                    ]
                )
        yield from table(rows, left=2)
        for one in self.rounds:
            values = {"calls": one.calls, "seats": one.seats, "dropouts": one.dropouts}
            name = one.name(lang)
            yield text_of("simulation.round", lang, round=name, **values)


def _share(share: float | None, lang: Lang) -> str:
    if share is None:
        return text_of("number.absent", lang)
    return text_of("fairness_price.share", lang, share=f"{100 * share:.2f}")
