"""A stated arrival model: one dated round of periods in which demands call, with refusals and drop-outs."""

from __future__ import annotations

import operator
from datetime import date as day
from fractions import Fraction
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from matchkit.model.base import Many, Record
from matchkit.model.complaints import input_error
from matchkit.model.fault import RecordFault
from matchkit.model.history import Ratio
from matchkit.model.json_text import decoded, parsed
from matchkit.model.text import Id

MOST_PERIODS = 1_000


def _at_most_one(text: str) -> str:
    if Fraction(text) > 1:
        raise RecordFault("probability")
    return text


Probability = Annotated[Ratio, AfterValidator(_at_most_one)]
"""A number from 0 to 1 as a fraction or a decimal, kept as a fraction in lowest terms."""


class ArrivalRate(Record):
    """How often a demand calls, in every period of a round, and what it counts."""

    demand: Id
    """Id of the demand: each call asks for all that its requirements want."""
    worth: Annotated[int, Field(ge=0, le=1_000_000_000)]
    """Points that every filled seat counts, beside the weight of its pair. Tiers do not count here: a seat
    now is weighed against one that may be asked for later, which takes a number.
    """
    calls: Annotated[Many[Ratio], Field(max_length=MOST_PERIODS)]
    """The mean number of calls in every period (Poisson)."""


class Arrivals(Record):
    """A round of calls: rates by period and demand, and how people answer.

    A period is one unit of time; calls come independently of each other. Where ``calls`` are given, it is a
    record of a round that was: these are replayed, and rates say what was expected of it.
    """

    date: Annotated[day | None, Field(exclude_if=operator.not_)] = None
    """The day on which the round begins: a name, no more."""
    rates: Annotated[Many[ArrivalRate], Field(min_length=1, max_length=100_000)]
    """One record a demand; what is not listed does not call."""
    calls: Annotated[
        Annotated[
            Many[Annotated[Many[Id], Field(max_length=1_000_000)]],
            Field(max_length=MOST_PERIODS),
        ]
        | None,
        Field(exclude_if=lambda calls: calls is None),
    ] = None
    """Ids of the demands that called, by period, in their order."""
    refusal: Annotated[Probability, Field(exclude_if=lambda share: share == "0")] = "0"
    """The probability that a person who is asked refuses a call."""
    dropout: Annotated[Probability, Field(exclude_if=lambda share: share == "0")] = "0"
    """The probability that a person drops out within the round, at any moment of it alike. What was answered
    before is served.
    """

    @model_validator(mode="after")
    def _of_one_round(self) -> Self:
        periods = {len(rate.calls) for rate in self.rates}
        if self.calls is not None:
            periods.add(len(self.calls))
        if len(periods) > 1 or periods == {0}:
            raise RecordFault("periods")
        demands = [rate.demand for rate in self.rates]
        if len(set(demands)) < len(demands):
            raise RecordFault("rated_twice")
        for called in self.calls or ():
            for demand in called:
                if demand not in demands:
                    raise RecordFault("call_unrated", id=demand)
        return self

    @property
    def periods(self) -> int:
        """Number of periods."""
        return len(self.rates[0].calls)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The round that a JSON text (UTF-8) describes. Raises InputError, also for a key given twice."""
        text = decoded(text)
        data = parsed(text)
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise input_error(error, data, cls.__name__) from None

    def to_json(self) -> str:
        """The round as JSON; the same round gives the same text."""
        return self.model_dump_json(indent=1) + "\n"
