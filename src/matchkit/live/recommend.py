"""Whom a requirement, or what a resource, of a live plan could have, from its arrays."""

from __future__ import annotations

from functools import partial

import numpy as np

from matchkit.answers.effects import effect
from matchkit.answers.pairs import Move
from matchkit.answers.recommend import Recommendation, Recommendations
from matchkit.arguments import is_whole
from matchkit.compile.why_not import unknown
from matchkit.errors import Complaint, InputError
from matchkit.live.arrays import LiveArrays
from matchkit.messages.message import Message
from matchkit.model.fault import AN_ID, not_among, of_another_type
from matchkit.solvers.live.cycles import PairCycle, cheapest_cycles
from matchkit.solvers.live.search import FlowMending, perform

MOST = 1_000
"""Most recommendations at once."""
PASSED: dict[str, int | None] = {"all": None, "one": 1, "free": 0}
"""Resources that may move besides the pair's own."""


def recommended(
    arrays: LiveArrays,
    what: str,
    name: str,
    count: int,
    movers: str,
    *,
    together: bool,
) -> Recommendations:
    """The best pairs of a requirement or resource that may have a unit more. Raises InputError."""
    wrong = not_among("what", what, ("requirement", "resource"))
    wrong += not_among("movers", movers, tuple(PASSED))
    if not is_whole(count, 1, MOST):
        fact = Message.of("argument.whole", least=1, most=MOST)
        wrong.append(Complaint("count", fact, Message("recommend.count.do")))
    wrong += of_another_type("name", name, str, AN_ID)
    if not wrong and (what, name) not in arrays.node:
        known = (key[-1] for key in arrays.node if key[0] == what)
        wrong.append(unknown(what, name, known))
    if wrong:
        raise InputError(wrong)
    node, find = arrays.node[what, name], _together if together else _cycles
    found = find(arrays, node, int(count), movers)
    return Recommendations.model_validate(
        {
            what: name,
            "movers": movers,
            "together": together,
            "options": tuple(_recommendation(arrays, one) for one in found),
        }
    )


def _together(
    arrays: LiveArrays, node: int, count: int, movers: str
) -> list[PairCycle]:
    """So many units more of a node, as far as there are any: each the best after those before it, so that all
    are the best together (successive shortest paths). The arrays are as before then.
    """
    net = arrays.net
    mark, found = net.mark(), list[PairCycle]()
    held = np.array(net.held[node], np.int64)
    net.set_pairs("least", held, net.units[held])
    while len(found) < count and (best := _cycles(arrays, node, 1, movers)):
        found += best
        pair = np.array([best[0].pair])
        net.set_pairs("least", pair, net.units[pair] + 1)
        perform(net, partial(FlowMending.pair, place=best[0].pair))
    net.undo(mark)
    return found


def _cycles(arrays: LiveArrays, node: int, count: int, movers: str) -> list[PairCycle]:
    net, pairs = arrays.net, arrays.open_pairs(node)
    pairs = pairs[net.units[pairs] < net.most[pairs]]
    if movers == "free":
        left = net.tail[pairs]
        pairs = pairs[net.carried[left] < net.capacity[left]]
    return cheapest_cycles(net, node, pairs, count, PASSED[movers])


def _recommendation(arrays: LiveArrays, cycle: PairCycle) -> Recommendation:
    ids = arrays.ids
    moves = tuple(
        Move(
            resource=ids[one.left],
            to=ids[one.to] if one.to >= 0 else None,
            away_from=ids[one.away] if one.away >= 0 else None,
        )
        for one in cycle.moves
    )
    return Recommendation(
        resource=moves[0].resource,
        requirement=ids[cycle.moves[0].to],
        goals=effect(arrays.goals, cycle.gain),
        moves=moves,
    )
