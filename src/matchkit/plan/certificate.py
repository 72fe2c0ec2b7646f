"""Prices that prove how good a plan is. docs/architecture.md states the theorem; verify checks it."""

from __future__ import annotations

import operator
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from matchkit.model.base import Many, Record
from matchkit.model.text import Id


class Price(Record):
    """The price of one id: one whole number a goal, to be compared in the order of the goals."""

    id: Id
    """Id of what is priced."""
    price: Many[int]
    """One whole number a goal, in the order of the goals."""


class SharePrice(Record):
    """The price of a unit of one whose coverage or loads count: one whole number a goal, as in ``Price``."""

    goal: str
    """The goal of coverage or loads; where levels are goals, the first of them."""
    id: Id
    """Id of the community, demand or unit."""
    price: Many[int]
    """One whole number a goal, in the order of the goals."""


class Certificate(Record):
    """Dual prices, one whole number a goal: fill tier 1 at its minimums, tier 1, ..., and last the weight.

    ``resources`` and ``requirements`` price a resource's unit of capacity and a requirement's slot so that no
    eligible pair left out is worth more than its two prices; ``units`` and ``communities`` are the prices at
    the capped nodes of the two trees. ``bound`` is what no plan can exceed, compared as a vector in the order
    of the goals: a number in it bounds its own goal only for plans whose earlier goals all equal the numbers
    before it.
    """

    goals: Many[str]
    """Names of the goals, in order."""
    bound: Many[int]
    """What no plan can exceed, one whole number a goal."""
    resources: Many[Price]
    """Price of a resource's unit of capacity."""
    requirements: Many[Price]
    """Price of a requirement's slot."""
    units: Many[Price] = ()
    """Prices at the units that a hard cap or reserve binds."""
    communities: Many[Price] = ()
    """Prices at the communities that a hard cap binds."""
    shares: Annotated[Many[SharePrice], Field(exclude_if=operator.not_)] = ()
    """Prices at communities, demands or units whose coverage or loads are goals."""


class BlockPrice(Record):
    """The price of one id: one whole number, in parts of a unit of what blocks earn."""

    id: Id
    """Id of what is priced."""
    price: int
    """Parts of a unit of what blocks earn."""


class BlockCut(Record):
    """What no plan exceeds in a weighted sum of its goals, and the prices that prove it block by block.

    One of goal g counts ``digits[g]`` units (0: the goal is left out), and no plan counts more than ``most``.
    Prices are in parts of a unit, ``scale`` parts each. ``requirements`` prices a slot, ``units`` and
    ``communities`` a unit at every node that a hard cap binds; at these prices the best set of pairs that a
    resource's own time, budget of hours, loads, capacity and rules on its days allow is worth at most its
    price in ``resources``, less what using it costs: the most its time is worth.
    """

    digits: Many[Annotated[int, Field(ge=0)]]
    """Units that one of each goal counts; 0 leaves the goal out."""
    most: int
    """No plan counts more units."""
    scale: Annotated[int, Field(ge=1)]
    """Parts of a unit in which prices are."""
    resources: Many[BlockPrice]
    """What the best block of each resource is worth at most."""
    requirements: Many[BlockPrice]
    """Price of a requirement's slot."""
    units: Many[BlockPrice] = ()
    """Prices at the units that a hard cap or reserve binds."""
    communities: Many[BlockPrice] = ()
    """Prices at the communities that a hard cap binds."""


class BlockCertificate(Record):
    """Cuts that bound a plan's goals where a resource's pairs hang together by time.

    No plan's goals (the weight without costs) lie outside ``lower_bounds`` and ``upper_bounds``, nor beyond
    any of the ``cuts``. ``bound`` is what no plan can exceed, compared as a vector in the order of the goals,
    as in a ``Certificate``; after a goal with a tolerance, numbers hold for every plan that keeps within it.
    The goals of an outcome state what follows from the cuts for plans that have at least as much as that plan
    in all goals before.
    """

    goals: Many[str]
    """Names of the goals, in order."""
    bound: Many[int]
    """What no plan can exceed, one whole number a goal."""
    lower_bounds: Many[int]
    """No plan has less of a goal, costs left out."""
    upper_bounds: Many[int]
    """No plan has more of a goal, costs left out."""
    cuts: Many[BlockCut]
    """What no plan exceeds in weighted sums of goals."""


class PairId(Record):
    """A pair by ids."""

    resource: Id
    """Id of the resource."""
    requirement: Id
    """Id of the requirement."""


class FloorProof(Record):
    """Prices that bound the worst score, or the weight of all plans in which nobody has less than a floor.

    ``scale`` parts make one: a pair counts its weight times ``scale`` and the price of the floor of its
    requirement's owner, in parts, and with these weights the prices of resources and requirements bound every
    plan that has as much in all goals before. With a ``scale`` of 0 it bounds the worst score.
    """

    scale: Annotated[int, Field(ge=0)]
    """Parts of one; 0 where the worst score is bounded."""
    least: int
    """The floor: no score is below it."""
    floors: Many[BlockPrice]
    """The prices of floors, in parts; those that are not listed have none."""
    resources: Many[Price]
    """Price of a resource's unit of capacity, one whole number a goal but for the worst score."""
    requirements: Many[Price]
    """Price of a requirement's slot."""
    pairs: Many[PairId]
    """Pairs that are worth more than their two prices: each counts what it is worth beyond them."""
    most: int
    """What is bounded is no more than this."""


class FloorCertificate(Record):
    """Prices of floors that prove the greatest worst score and the greatest weight there.

    docs/mathematics.md (Floors) has the theorem. ``bound`` is one number a goal: what no plan exceeds in it
    that has at least as much in all goals before.
    """

    goals: Many[str]
    """Names of the goals, in order."""
    bound: Many[int]
    """What no plan can exceed that has as much in all goals before."""
    worst: FloorProof | None
    """What bounds the worst score; None where it is 0 because nobody wants anything."""
    total: FloorProof
    """What bounds the weight."""


def _form(given: Any) -> str:
    """Which of the three a record or its data is: only one has cuts, only one floors."""
    if isinstance(given, dict):
        return (
            "blocks" if "cuts" in given else "floors" if "total" in given else "pairs"
        )
    if isinstance(given, FloorCertificate):
        return "floors"
    return "blocks" if isinstance(given, BlockCertificate) else "pairs"


AnyCertificate = Annotated[
    Annotated[Certificate, Tag("pairs")]
    | Annotated[BlockCertificate, Tag("blocks")]
    | Annotated[FloorCertificate, Tag("floors")],
    Discriminator(_form),
]
"""Prices that hold pair by pair, block by block (data with ``cuts``), or with floors (with ``total``)."""
