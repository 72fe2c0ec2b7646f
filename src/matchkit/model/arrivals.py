"""A stated arrival model: one dated round of periods in which demands call, with refusals and drop-outs."""

from __future__ import annotations

import operator
from datetime import date
from fractions import Fraction
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.history import Ratio
from matchkit.model.text import Id

MOST_PERIODS = 1_000


def _at_most_one(text: str) -> str:
    if Fraction(text) > 1:
        raise RecordFault("probability")
    return text


Probability = Annotated[
    Ratio, AfterValidator(_at_most_one), Field(exclude_if=lambda share: share == "0")
]
"""A number from 0 to 1 as a fraction or a decimal, kept as a fraction in lowest terms."""


class ArrivalRate(Record):
    """How often a demand calls, in every period of a round, and what it counts."""

    demand: Id
    """Id of the demand: each call asks for all that its requirements want."""
    worth: Annotated[int, Field(ge=0, le=1_000_000_000)]
    """Points that every filled seat counts, beside the weight of its pair. Tiers do not count here: a seat
    now is weighed against one that may be asked for later, which takes a number.
    """
    calls: Annotated[Many[Ratio], Field(min_length=1, max_length=MOST_PERIODS)]
    """The mean number of calls in every period (Poisson)."""


class Arrivals(Record):
    """A round of calls: rates by period and demand, and how people answer. Calls are independent of each
    other, and a person's capacity is how many they can answer in the round.
    """

    day: Annotated[date | None, Field(exclude_if=operator.not_)] = None
    """The day on which the round begins: a name, no more."""
    rates: Annotated[Many[ArrivalRate], Field(min_length=1, max_length=100_000)]
    """One record a demand; what is not listed does not call."""
    calls: Annotated[
        Many[Annotated[Many[Id], Field(max_length=1_000_000)]] | None,
        Field(exclude_if=lambda calls: calls is None),
    ] = None
    """Of a round that was, the ids of the demands that called, by period and in their order: they are
    replayed in place of a draw, and rates say what was expected.
    """
    refusal: Probability = "0"
    """The probability that a person who is asked refuses a call."""
    dropout: Probability = "0"
    """The probability that a person drops out within the round, at any moment of it alike. What was answered
    before is served.
    """

    @model_validator(mode="after")
    def _of_one_round(self) -> Self:
        demands = {rate.demand for rate in self.rates}
        lists = [
            *(rate.calls for rate in self.rates),
            *([self.calls] if self.calls is not None else []),
        ]
        if len({len(one) for one in lists}) > 1:
            raise RecordFault("periods")
        if len(demands) < len(self.rates):
            raise RecordFault("rated_twice")
        for name in (name for called in self.calls or () for name in called):
            if name not in demands:
                raise RecordFault("call_unrated", id=name)
        return self

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The round that a JSON text (UTF-8) describes. Raises InputError."""
        return cls._of_json(text)

    def to_json(self) -> str:
        """The round as JSON; the same round gives the same text."""
        return self.model_dump_json(indent=1) + "\n"
