"""The goals of a problem: the tiers' minimums and rests, in order, and last the weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matchkit.compile.numbering import RequirementAtStart
from matchkit.graph.network import Goals


def goals_of(slots: Sequence[RequirementAtStart], left_count: int) -> Goals:
    """Goals by name, and which of them every requirement's units count for; before the locks, as names must
    stand.
    """
    minimum = {slot.demand.tier for slot in slots if slot.requirement.minimum > 0}
    rest = {
        slot.demand.tier for slot in slots if slot.requirement.wanted > slot.requirement.minimum
    }
    names = [
        name
        for tier in sorted(minimum | rest)
        for name, there in (
            (f"tier {tier} minimum", tier in minimum),
            (f"tier {tier}", tier in rest),
        )
        if there
    ]
    number = {name: place for place, name in enumerate(names)}
    right_minimum = [
        number[f"tier {slot.demand.tier} minimum"] if slot.requirement.minimum > 0 else -1
        for slot in slots
    ]
    right_rest = [
        number[f"tier {slot.demand.tier}"]
        if slot.requirement.wanted > slot.requirement.minimum
        else -1
        for slot in slots
    ]
    return Goals(
        names=(*names, "weight"),
        left_minimum=np.full(left_count, -1, np.int32),
        right_minimum=np.array(right_minimum, np.int32),
        right_rest=np.array(right_rest, np.int32),
        weight=True,
    )
