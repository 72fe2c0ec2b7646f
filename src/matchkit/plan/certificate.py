"""Prices that prove how good a plan is. docs/architecture.md states the theorem; verify checks it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from matchkit.model.base import Many, Record
from matchkit.model.text import Id


class Price(Record):
    """The price of one id: one whole number a goal, to be compared in the order of the goals."""

    id: Id
    price: Many[int]


class Certificate(Record):
    """Dual prices, one whole number a goal: fill tier 1 at its minimums, tier 1, ..., and last the weight.

    ``resources`` and ``requirements`` price a resource's unit of capacity and a requirement's slot so that no
    eligible pair left out is worth more than its two prices; ``units`` and ``communities`` are the prices at
    the capped nodes of the two trees. ``bound`` is what no plan can exceed, compared as a vector in the order
    of the goals: a number in it bounds its own goal only for plans whose earlier goals all equal the numbers
    before it.
    """

    goals: Many[str]
    bound: Many[int]
    resources: Many[Price]
    requirements: Many[Price]
    units: Many[Price] = ()
    communities: Many[Price] = ()


class BlockPrice(Record):
    """The price of one id: one whole number, in parts of a unit of what blocks earn."""

    id: Id
    price: int


class BlockCertificate(Record):
    """Prices of the requirements' slots where a resource's pairs hang together by time: they hold block by
    block.

    All goals stand in one number: one of goal g counts ``digits[g]`` units (0: the goal is left out), and
    prices are in parts of a unit, ``scale`` parts each. ``requirements`` prices a slot; at these prices the
    best set of pairs that a resource's own time, budget of hours and capacity allow is worth at most its
    price in ``resources``: the most its time is worth. No plan's goals (the weight without costs) lie outside
    ``floors`` and ``ceilings``. ``bound`` is what no plan can exceed, compared as a vector in the order of
    the goals, as in a ``Certificate``; after a goal with a tolerance, numbers hold for every plan that keeps
    within it.
    """

    goals: Many[str]
    bound: Many[int]
    digits: Many[Annotated[int, Field(ge=0)]]
    floors: Many[int]
    ceilings: Many[int]
    scale: Annotated[int, Field(ge=1)]
    resources: Many[BlockPrice]
    requirements: Many[BlockPrice]


def _form(given: Any) -> str:
    """Which of the two a record or its data is: only one of them has digits."""
    if isinstance(given, dict):
        return "blocks" if "digits" in given else "pairs"
    return "blocks" if isinstance(given, BlockCertificate) else "pairs"


AnyCertificate = Annotated[
    Annotated[Certificate, Tag("pairs")] | Annotated[BlockCertificate, Tag("blocks")],
    Discriminator(_form),
]
"""Prices that hold pair by pair, or block by block; data with ``digits`` is the latter."""
