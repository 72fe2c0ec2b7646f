"""Lottery: what lottery() returns, the odds of every pair with their proof; and Draw, one plan of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from matchkit.arguments import is_whole
from matchkit.arrays import Float64, Int32, Int64
from matchkit.errors import InputError
from matchkit.graph.matched import Ids
from matchkit.solvers.flow.solution import Stopped
from matchkit.solvers.lottery.halving import Circulation
from matchkit.solvers.lottery.seed import DrawLine
from matchkit.solvers.lottery.witness import CapWitness
from matchkit.solvers.matching import MatchedGoal, MatchedPairs


@dataclass(frozen=True, slots=True)
class LotteryPairs:
    """The pairs with any odds, sorted: node ids (or numbers) of either side; ``odds``, the parts of a unit
    that each carries on average, and ``most``, the cap on them that was used (int64 both); and the entries of
    ``Lottery.left`` and ``Lottery.right`` that each ends at (int32 both).
    """

    left: npt.NDArray[Any]
    right: npt.NDArray[Any]
    odds: Int64
    most: Int64
    left_entry: Int32
    right_entry: Int32

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.odds)

    def __repr__(self) -> str:
        return f"LotteryPairs(<{len(self)}>)"


@dataclass(frozen=True, slots=True)
class LotterySide:
    """One side of a lottery, an entry a node and, after all nodes, one for each group of partners of a node
    that has a cap: ``node`` and ``group``, int32 (entries,), the number of the node in ``ids`` and that of
    the group, -1 for a node itself. ``most`` and ``load``, int64 (entries,), are the parts that an entry may
    carry and carries; ``price``, (entries, goals), is its price, None without proof.
    """

    ids: Ids
    node: Int32
    group: Int32
    most: Int64
    load: Int64
    price: npt.NDArray[Any] | None

    @property
    def above(self) -> Int32:
        """The entry that an entry is part of: int32 (entries,), -1 where it is a node."""
        found: Int32 = np.where(self.group >= 0, self.node, np.int32(-1))
        return found

    def __repr__(self) -> str:
        return f"LotterySide(<{len(self.node)}>)"


@dataclass(frozen=True, slots=True)
class Draw:
    """One plan of a lottery: ``pairs`` that are drawn, ``plan``, its number among the plans from 0 on, and
    ``text``, the line that was hashed and from which ``Lottery.replay`` makes the same draw.
    """

    pairs: MatchedPairs
    plan: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Lottery:
    """Odds over matchings, which are equally likely and as many as there are ``parts``.

    ``pairs`` and their odds, in whole numbers of 1 / parts. ``quality`` is the expected weight of a draw.
    ``value`` is what was maximised, each unit counted as a whole: the quality (units for the objective
    "cardinality"), less the perturbation where there is one; ``bound``: what no lottery with these caps and
    equally good earlier goals exceeds (for ``minimize``: falls below), None without proof. ``goals``: every
    goal in order, as whole numbers of parts, or of 1 / (1024 parts^2) with a perturbation, as a MatchedGoal.
    ``left`` and ``right``: loads, limits and prices of nodes and groups, one row an entry and one column a
    goal; no pair below its cap is worth more than its two prices, in steps of the weight. ``shortage`` is
    None, or the proof that caps leave units out that could be had without them. ``entropy`` is the sum of -p
    ln p and ``l2_norm`` the root of the sum of p^2 over the odds p of all pairs; ``perturbation`` is as it
    was used. ``digest`` is the SHA-256 of ``text``, which is to be published before the seed is known.
    """

    pairs: LotteryPairs
    parts: int
    quality: float
    value: float
    bound: float | None
    gap: float | None
    status: Literal["optimal", "feasible"]
    stopped: Stopped
    goals: tuple[MatchedGoal, ...]
    left: LotterySide
    right: LotterySide
    shortage: CapWitness | None
    perturbation: float
    engine: str
    rounds: int
    engine_pairs: int
    text: str = field(init=False, repr=False)
    digest: str = field(init=False)
    _arcs: Circulation = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", _published(self))
        digest = hashlib.sha256(self.text.encode("ascii")).hexdigest()
        object.__setattr__(self, "digest", digest)
        object.__setattr__(self, "_arcs", _circulation(self))

    @property
    def probability(self) -> Float64:
        """The odds as floats: float64 (pairs,)."""
        found: Float64 = self.pairs.odds / self.parts
        return found

    @property
    def entropy(self) -> float:
        """The sum of -p ln p over the odds p of all pairs, in nats."""
        return float(-(self.probability * np.log(self.probability)).sum())

    @property
    def l2_norm(self) -> float:
        """The root of the sum of squares of all odds."""
        return float(np.sqrt((self.probability**2).sum()))

    def draw(self, seed: str, draw: int = 0) -> Draw:
        """The plan that a public seed draws; of several draws with one seed, that of this number.

        ``seed`` is a text of 1 to 200 printable characters, to be fixed after ``digest`` is published:
        numbers that nobody can know before. The plan's number is the first bits of the SHA-256 of the line
        ``text`` of the draw (docs/draws.md), so the same lottery and seed give the same plan everywhere.
        Raises InputError for what no line can hold.
        """
        return self._drawn(DrawLine.of(self.digest, draw, seed))

    def replay(self, text: str) -> Draw:
        """The draw again from its line. Raises InputError for a line of another lottery, and for any other
        text.
        """
        return self._drawn(DrawLine.read(text, self.digest))

    def plan(self, number: int) -> MatchedPairs:
        """The plan of this number, 0 to ``parts - 1``: the pairs with their units (int64). All of them keep
        all capacities, minimums and whole caps of groups, and add up to the odds. Raises InputError for
        another number.
        """
        if not is_whole(number, 0, self.parts - 1):
            raise InputError.of("number", "lottery.plan", most=self.parts - 1)
        bits = self.parts.bit_length() - 1
        units = self._arcs.plan(int(number), bits)[: len(self.pairs)]
        drawn = np.flatnonzero(units)
        return MatchedPairs(
            self.pairs.left[drawn], self.pairs.right[drawn], units[drawn]
        )

    def _drawn(self, line: DrawLine) -> Draw:
        number = line.number(self.parts.bit_length() - 1)
        return Draw(self.plan(number), number, line.text)

    def __repr__(self) -> str:
        good = f"status={self.status!r}, quality={self.quality}, parts={self.parts}"
        return f"Lottery({good}, pairs=<{len(self.pairs)}>)"


def _published(lottery: Lottery) -> str:
    """All that a draw depends on and a checker needs, as JSON in ASCII without spaces (docs/draws.md)."""
    sides = [
        [
            [ids[node], None if group < 0 else group, above, most, load]
            for node, group, above, most, load in zip(
                *(
                    part.tolist()
                    for part in (
                        side.node,
                        side.group,
                        side.above,
                        side.most,
                        side.load,
                    )
                ),
                strict=True,
            )
        ]
        for side in (lottery.left, lottery.right)
        for ids in (list(side.ids),)
    ]
    pairs = lottery.pairs
    rows = np.stack([pairs.left_entry, pairs.right_entry, pairs.most, pairs.odds])
    content = {
        "matchkit lottery": 1,
        "parts": lottery.parts,
        "left": sides[0],
        "right": sides[1],
        "pairs": rows.T.tolist(),
    }
    return json.dumps(content, separators=(",", ":"))


def _circulation(lottery: Lottery) -> Circulation:
    """Odds of pairs, then loads of left and of right entries, as arcs: root, entries of the left from the
    top, entries of the right from the bottom, root.
    """
    pairs, left, right = lottery.pairs, lottery.left, lottery.right
    lefts, rights = len(left.node), len(right.node)
    root = np.int32(lefts + rights)
    over_left = np.where(left.group >= 0, left.node, root)
    over_right = np.where(right.group >= 0, right.node + lefts, root)
    mine = np.arange(lefts + rights, dtype=np.int32)
    tail = np.concatenate([pairs.left_entry, over_left, mine[lefts:]])
    head = np.concatenate([pairs.right_entry + lefts, mine[:lefts], over_right])
    units = np.concatenate([pairs.odds, left.load, right.load])
    return Circulation.of(tail.astype(np.int32), head.astype(np.int32), units)
