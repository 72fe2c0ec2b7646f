"""ProblemLottery: odds over the plans of a problem, and the plans that public seeds draw from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from matchkit.answers.lottery import OddsGoal, OddsShortage, PairOdds, PublishedLottery
from matchkit.arguments import is_whole
from matchkit.arrays import Int64, Intp
from matchkit.compile.compiler import Compiled, compile_problem
from matchkit.compile.decode import decode, goal_values
from matchkit.compile.instance import Instance
from matchkit.compile.ragged import found_in
from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.plan import Plan, StoredMessage
from matchkit.plan.arguments import no_problem
from matchkit.solvers.lottery.halving import Circulation
from matchkit.solvers.lottery.seed import DrawLine
from matchkit.solving.digest import digest
from matchkit.solving.outcome import outcome_of
from matchkit.solving.request import Budget, Request
from matchkit.verification.checks import verify

NO_SEARCH = Request("auto", 0, 0.0, Budget(), 0.0, limited=False)


@dataclass(frozen=True, eq=False)
class ProblemLottery:
    """Odds over the plans of a problem, which are equally likely and as many as there are parts.

    ``published`` is the record of the odds: who has them, what they reach, and what caps keep empty. ``text``
    is what is to be published before the seed is known, ``digest`` its SHA-256.
    """

    problem: Problem
    published: PublishedLottery
    text: str = field(init=False, repr=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.published.published)
        object.__setattr__(self, "digest", self.published.digest)

    @classmethod
    def read(cls, problem: Problem, text: str) -> ProblemLottery:
        """The lottery of a published text. Raises InputError for a text that is none, or of another
        problem.
        """
        InputError.raise_if(no_problem(problem))
        record = PublishedLottery.read(text)
        own = digest(problem)
        if record.problem != own:
            raise InputError.of(
                "lottery",
                "lottery.problem_other",
                digest=record.problem,
                own=own,
            )
        return cls(problem, record)

    @property
    def parts(self) -> int:
        """Parts of a unit."""
        return self.published.parts

    @property
    def pairs(self) -> tuple[PairOdds, ...]:
        """The odds of all pairs that have any, by ids."""
        return self.published.pairs

    @property
    def goals(self) -> tuple[OddsGoal, ...]:
        """What the odds reach on average, and the bound, in parts."""
        return self.published.goals

    @property
    def shortage(self) -> OddsShortage | None:
        """What caps on odds keep empty, with its proof."""
        return self.published.shortage

    def probability(self, resource: str, requirement: str) -> float:
        """The units that a pair has on average; 0 where it has no odds."""
        return self._odds.get((resource, requirement), 0) / self.parts

    def draw(self, seed: str, draw: int = 0) -> Plan:
        """The plan that a public seed draws, verified; of several draws with one seed, that of this number.

        ``seed`` is a text of 1 to 200 printable characters, to be fixed after ``digest`` is published. The
        plan's ``outcome.drawn`` is the line that was hashed (docs/draws.md), so the same lottery and seed
        give the same plan everywhere. Raises InputError for what no line can hold, and for odds of pairs that
        are not eligible, or of plans that break the problem: the text was changed.
        """
        return self._drawn(DrawLine.of(self.digest, draw, seed))

    def replay(self, text: str) -> Plan:
        """The draw again from its line. Raises InputError as ``draw``, for a line of another lottery, and for
        any other text.
        """
        return self._drawn(DrawLine.read(text, self.digest))

    def plan(self, number: int) -> dict[tuple[str, str], int]:
        """The plan of this number, 0 to ``parts - 1``: units by resource and requirement. Together they add
        up to the odds. Raises InputError for another number.
        """
        if not is_whole(number, 0, self.parts - 1):
            raise InputError.of("number", "lottery.plan", most=self.parts - 1)
        units = self._arcs.plan(int(number), self._bits)[: len(self.pairs)].tolist()
        return {
            (pair.resource, pair.requirement): amount
            for pair, amount in zip(self.pairs, units, strict=True)
            if amount
        }

    def _drawn(self, line: DrawLine) -> Plan:
        compiled, (left, right, locked) = self._compiled, self._numbered
        units = self._arcs.plan(line.number(self._bits), self._bits)
        amount = units[: len(left)] - locked
        assignments, shortfalls = decode(compiled, left, right, amount)
        outcome = outcome_of(
            compiled.goals.names,
            goal_values(compiled, left, right, amount),
            None,
            NO_SEARCH,
            stopped="no_proof",
            engine="lottery",
            reason=StoredMessage.of(Message("engine.reason.drawn")),
            digest=self.published.problem,
            drawn=line.text,
        )
        plan = Plan(
            assignments=assignments,
            shortfalls=shortfalls,
            outcome=outcome,
            certificate=None,
        )
        if broken := verify(self.problem, plan).violations:
            raise InputError.of(
                "lottery",
                "lottery.unsound",
                "lottery.text",
                count=len(broken),
                first=broken[0].message,
            )
        return plan

    @property
    def _bits(self) -> int:
        return self.parts.bit_length() - 1

    @cached_property
    def _odds(self) -> dict[tuple[str, str], int]:
        return {(one.resource, one.requirement): one.odds for one in self.pairs}

    @cached_property
    def _instance(self) -> Instance:
        return Instance(self.problem)

    @cached_property
    def _compiled(self) -> Compiled:
        return compile_problem(self._instance)

    @cached_property
    def _numbered(self) -> tuple[Intp, Intp, Int64]:
        """Resource and requirement of every pair with odds by number, and what is locked of it: intp, intp
        and int64 (pairs,). Raises InputError where one is no eligible pair of the problem.
        """
        instance, columns = self._instance, max(1, len(self._compiled.requirement_ids))
        ends = [
            (
                instance.left_of.get(one.resource, -1),
                instance.right_of.get(one.requirement, -1),
            )
            for one in self.pairs
        ]
        left, right = np.array(ends, np.intp).reshape(-1, 2).T
        codes, eligible = left * columns + right, np.zeros(len(left), np.bool_)
        for pairs, _ in self._compiled.candidates.all_pairs():
            eligible |= found_in(pairs.left * columns + pairs.right, codes)[1]
        if not (eligible & (right >= 0)).all():
            raise InputError.of("lottery", "lottery.text")
        return left, right, instance.locked_of(left, right)

    @cached_property
    def _arcs(self) -> Circulation:
        """Odds of pairs, then loads of the entries of both sides, as arcs from the root to the root."""
        record = self.published
        lefts, root = len(record.left), len(record.left) + len(record.right)
        tail, head = record.ends
        head = [lefts + place for place in head]
        tail += [root if one.above < 0 else one.above for one in record.left]
        head += range(lefts)
        tail += range(lefts, root)
        head += [root if one.above < 0 else lefts + one.above for one in record.right]
        units = [one.odds for one in record.pairs]
        units += [one.load for one in (*record.left, *record.right)]
        return Circulation.of(
            np.array(tail, np.int32),
            np.array(head, np.int32),
            np.array(units, np.int64),
        )
