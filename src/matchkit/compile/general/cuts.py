"""Cuts: what no plan exceeds in weighted sums of goals, the bounds that follow from them, and the certificate
that anybody can check.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import mul

import numpy as np

from matchkit.arrays import Int64
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.trees import capped_nodes
from matchkit.graph.network import GoalValues
from matchkit.model import Part
from matchkit.plan import BlockCertificate, BlockCut, BlockPrice
from matchkit.solvers.lagrangian.blocks import BlockProblem, BlockSolution


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """What no plan exceeds in a weighted sum of the goals, by prices of blocks.

    Attributes:
        digits: what one of every goal counts for; at least 0.
        priced: prices of every requirement; no plan counts more than its ``bound``.
    """

    digits: tuple[int, ...]
    priced: BlockSolution

    @classmethod
    def of(
        cls, digits: tuple[int, ...], blocks: BlockProblem, priced: BlockSolution
    ) -> Cut:
        """The cut by prices of blocks in which goals count so much."""
        # What nobody can fill is left out of the blocks; it earns nothing at this price.
        unearned = -priced.scale * np.maximum(blocks.minimum_gain, blocks.rest_gain)
        price = np.where(blocks.right_capacity > 0, priced.price, unearned)
        return cls(digits, priced._replace(price=price))

    def record(self, case: IntegerModel) -> BlockCut:
        """The cut with its prices in the user's ids."""
        priced, lists = self.priced, case.lists
        units, communities = (
            capped_nodes(lists, side).ids for side in ("unit", "community")
        )
        return BlockCut(
            digits=self.digits,
            most=priced.bound,
            scale=priced.scale,
            resources=_prices((one.id for one in lists.resources), priced.best),
            requirements=_prices(case.facts.requirement_ids, priced.price),
            units=_prices(units, priced.caps.left),
            communities=_prices(communities, priced.caps.right),
        )


def bounds_by_cuts(
    cuts: Sequence[Cut],
    lower_bounds: Sequence[int],
    upper_bounds: Sequence[int],
    tolerances: Sequence[int],
    values: GoalValues | None = None,
) -> tuple[GoalValues, tuple[Cut | None, ...]]:
    """What follows from the cuts, goal by goal, and the cut that says it (None: the upper bound does).

    No plan has more of a goal that has at least as much of all goals before as their bounds less the
    tolerance, or as ``values`` where that is less; without values this is a bound in order.
    """
    found: list[int] = []
    least: list[int] = []
    by: list[Cut | None] = []
    for goal, (lower, upper) in enumerate(zip(lower_bounds, upper_bounds, strict=True)):
        others = [*least, 0, *lower_bounds[goal + 1 :]]
        most: tuple[int, Cut | None] = upper, None
        for cut in cuts:
            if cut.digits[goal]:
                left = cut.priced.bound - sum(map(mul, cut.digits, others))
                if left // cut.digits[goal] < most[0]:
                    most = left // cut.digits[goal], cut
        held = most[0] - tolerances[goal]
        if values is not None:
            held = min(held, values[goal])
        found.append(most[0])
        by.append(most[1])
        least.append(max(min(most[0], lower), held))
    return tuple(found), tuple(by)


def lower_bounds_of(case: IntegerModel, parts: Sequence[Part]) -> list[int]:
    """What goals of one part each reach at least, what soft rules take left out."""
    worst = -int(case.needs[0].sum()) * max(0, -int(case.weight.min(initial=0)))
    least = {
        "weight": worst - int(case.activation.sum()),
        "resources_used": -len(case.lists.resources),
    }
    return [part.factor * least.get(part.measure, 0) for part in parts]


def certificate_of(case: IntegerModel, cuts: Sequence[Cut]) -> BlockCertificate:
    """The cuts as a record that anybody can check."""
    lower_bounds = lower_bounds_of(case, [aim.parts[0] for aim in case.aims])
    tolerances = [aim.tolerance for aim in case.aims]
    bound, _ = bounds_by_cuts(cuts, lower_bounds, case.upper_bounds, tolerances)
    return BlockCertificate(
        goals=tuple(aim.name for aim in case.aims),
        bound=bound,
        lower_bounds=tuple(lower_bounds),
        upper_bounds=case.upper_bounds,
        cuts=tuple(cut.record(case) for cut in cuts),
    )


def _prices(ids: Iterable[str], prices: Int64) -> tuple[BlockPrice, ...]:
    return tuple(
        BlockPrice(id=name, price=price)
        for name, price in zip(ids, prices.tolist(), strict=True)
    )
