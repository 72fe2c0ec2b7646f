"""The certificate's prices as potentials of the network's nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from matchkit.errors import Complaint, InputError
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual.network import FlowNetwork
from matchkit.messages.message import Message
from matchkit.plan import Certificate, Price

Vectors = npt.NDArray[Any]
"""One vector a node; int64 where that holds what is added up of them, else Python's own integers."""
LARGEST = 2**40

_ADVICE = Message("certificate.do")


def potentials(state: PlanState, network: FlowNetwork, stated: Certificate) -> Vectors:
    """A vector for every node, so that an arc costs that of its head less that of its tail less its gain.

    Resources and capped units stand at minus their price, requirements and capped communities at theirs, the
    root at 0. Nodes that locks have used up may lack a price and stand at 0. Raises InputError where the
    certificate is not one of this problem.
    """
    goals = tuple(aim.name for aim in state.aims)
    wrong: list[Complaint] = []
    if stated.goals != goals:
        wrong.append(Complaint("certificate", Message("certificate.goals"), _ADVICE))
    groups = (
        (
            "resource",
            stated.resources,
            state.resource_ids,
            network.lefts,
            -1,
            network.spent_left,
        ),
        (
            "requirement",
            stated.requirements,
            state.requirement_ids,
            network.rights,
            1,
            network.spent_right,
        ),
        ("capped_unit", stated.units, network.units.ids, network.unit_nodes, -1, ()),
        (
            "capped_community",
            stated.communities,
            network.communities.ids,
            network.community_nodes,
            1,
            (),
        ),
    )
    rows: list[tuple[int, ...]] = [(0,) * len(goals)] * network.size
    for what, prices, ids, nodes, sign, spent in groups:
        wrong += _placed(what, prices, ids, nodes, sign, spent, len(goals), rows)
    if wrong:
        raise InputError(wrong[:1000], max(0, len(wrong) - 1000))
    large = any(abs(part) >= LARGEST for row in rows for part in row)
    return np.array(rows, object if large else np.int64).reshape(network.size, len(goals))


def _placed(
    what: str,
    prices: Sequence[Price],
    ids: Sequence[str],
    nodes: range,
    sign: int,
    spent: Any,
    goals: int,
    rows: list[tuple[int, ...]],
) -> Iterator[Complaint]:
    """Put the prices of one group into their rows; yield what is wrong with them."""
    number = {name: place for place, name in enumerate(ids)}
    seen: set[str] = set()
    for entry in prices:
        place = number.get(entry.id)
        if place is None:
            yield _wrong(what, entry.id, "certificate.unknown")
        elif entry.id in seen or len(entry.price) != goals:
            yield _wrong(what, entry.id, "certificate.price")
        else:
            rows[nodes[place]] = (
                entry.price if sign > 0 else tuple(-part for part in entry.price)
            )
        seen.add(entry.id)
    for place, name in enumerate(ids):
        if name not in seen and not (len(spent) and spent[place]):
            yield _wrong(what, name, "certificate.no_price")


def _wrong(what: str, name: str, key: str) -> Complaint:
    return Complaint(Message.of(f"where.{what}", id=name), Message(key), _ADVICE)
