"""Prices that prove how good a plan is. docs/architecture.md states the theorem; verify checks it."""

from __future__ import annotations

from matchkit.model.base import Many, Record
from matchkit.model.text import Id


class Price(Record):
    """The price of one id: one whole number a goal, to be compared in the order of the goals."""

    id: Id
    price: Many[int]


class Certificate(Record):
    """Dual prices, one whole number a goal: fill tier 1 at its minimums, tier 1, ..., and last the weight.

    ``resources`` and ``requirements`` price a resource's unit of capacity and a requirement's slot so that no
    eligible pair left out is worth more than its two prices; ``units`` and ``communities`` are the prices at the
    capped nodes of the two trees. ``bound`` is what no plan can exceed, compared as a vector in the order of the goals: a
    number in it bounds its own goal only for plans whose earlier goals all equal the numbers before it.
    """

    goals: Many[str]
    bound: Many[int]
    resources: Many[Price]
    requirements: Many[Price]
    units: Many[Price] = ()
    communities: Many[Price] = ()
