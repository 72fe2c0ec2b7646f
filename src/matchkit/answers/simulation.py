"""What a simulation gives back: the value of each policy in each round beside hindsight."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from matchkit.answers.base import Answer, table
from matchkit.messages.message import Lang, number, text_of
from matchkit.model.base import Many, Record
from matchkit.plan.plan import Count

PricesFrom: TypeAlias = Literal["rates", "earlier rounds"]
Policy: TypeAlias = Literal["greedy", "hold_back", "hindsight"]
COUNTS = "value", "filled", "unmet", "refusals", "renewals", "calls", "dropouts"
Value = Annotated[int, Field(ge=-(2**60), le=2**60)]
Seconds = Annotated[float, Field(ge=0, exclude=True)]


class SimulatedRun(Record):
    """One policy in one round: ``value``, the sum of weights and worths, of ``best``, that of hindsight; how
    many calls there were, seats ``filled`` and ``unmet``, and people who dropped out; how often somebody who
    was asked refused, and how often prices were made.
    """

    round: Count
    day: date | None
    policy: Policy
    value: Value
    best: Value
    calls: Count
    dropouts: Count
    filled: Count
    unmet: Count
    refusals: Count = 0
    renewals: Count = 0


class Simulation(Answer):
    """Rounds of calls, answered greedily, with hold-backs and in hindsight.

    ``answer_seconds``, the median of an answer with hold-backs, and ``renewal_seconds``, all that prices
    took, are measured and differ from run to run: they stand in no JSON and in no text but ``measured``.
    """

    seed: Count
    prices_from: PricesFrom
    runs: Annotated[Many[SimulatedRun], Field(min_length=1)]
    answer_seconds: Seconds = 0.0
    renewal_seconds: Seconds = 0.0

    def share(self, policy: Policy) -> float | None:
        """The share of hindsight's value that a policy reaches over all rounds; None where that has none."""
        runs = [one for one in self.runs if one.policy == policy]
        best = sum(one.best for one in runs)
        return sum(one.value for one in runs) / best if best > 0 else None

    def line(self, lang: Lang = "en") -> str:
        """The shares of hindsight over all rounds, in a line."""
        last = [one for one in self.runs if one.policy == "hindsight"]
        return text_of(
            "simulation.line",
            lang,
            rounds=len(last),
            calls=sum(one.calls for one in last),
            greedy=_share(self.share("greedy"), lang),
            held=_share(self.share("hold_back"), lang),
        )

    def _lines(self, lang: Lang) -> list[str]:
        heads = "round", "policy", "share", *COUNTS
        rows = [[text_of(f"simulation.head.{head}", lang) for head in heads]]
        for one in self.runs:
            policy = text_of(f"simulation.policy.{one.policy}", lang)
            share = _share(one.value / one.best if one.best > 0 else None, lang)
            count = {name: number(getattr(one, name), lang) for name in COUNTS}
            name = number(one.round, lang) if one.day is None else str(one.day)
            rows.append([name, policy, share, *count.values()])
        return [self.line(lang), *table(rows, left=2)]

    def measured(self, lang: Lang = "en") -> str:
        """What answers and prices took, in a line."""
        values = {"micros": 1e6 * self.answer_seconds, "seconds": self.renewal_seconds}
        renewals = sum(one.renewals for one in self.runs)
        return text_of("simulation.measured", lang, renewals=renewals, **values)


def _share(share: float | None, lang: Lang) -> str:
    if share is None:
        return "–"
    return text_of("fairness_price.share", lang, share=f"{100 * share:.2f}")
