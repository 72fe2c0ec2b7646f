"""What a rule is written in: the pairs of a problem as variables of an integer program, who serves and who is
used, and the amount by which a soft rule is broken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.ragged import grouped, spread
from matchkit.compile.rules.constraint_data import ConstraintData
from matchkit.engines.builder import Coefficients, ProgramBuilder, each
from matchkit.model.rules import RuleRecord

if TYPE_CHECKING:
    from matchkit.compile.rules.day_variables import WorkDays


class Members:
    """Who may serve a demand: resource ``left[k]`` does where the variables ``column[owner == k]`` add up to
    1.
    """

    def __init__(self, left: Intp, owner: Intp, column: Intp) -> None:
        self.left, self.owner, self.column = left, owner, column

    def among(self, mask: Mask) -> Intp:
        """The variables of those members whom a mask over resources names."""
        found: Intp = self.column[mask[self.left[self.owner]]]
        return found


class PairVariables:
    """Pairs in order of (left, right), variable k being the quantity of pair k, and the variables made on the
    way.
    """

    def __init__(
        self,
        facts: ConstraintData,
        left: Intp,
        right: Intp,
        lower: Int64,
        upper: Int64,
        *,
        apart: bool = True,
        rest: Int64 | None = None,
    ) -> None:
        """``apart`` says that rows keep a resource from being at two demands at one time, or within its
        ``rest`` (seconds, int64 (resources,)).
        """
        self.apart = apart
        self.rest = np.zeros(len(facts.divisible), np.int64) if rest is None else rest
        self.facts, self.left, self.right = facts, left, right
        self.most = upper
        self.builder = ProgramBuilder(lower, upper)
        self.demand = facts.demand[right]
        self.single = ~facts.divisible[left]
        """Pairs of resources that are not divisible (bool)."""
        self.timed = self.single & facts.timed[right]
        """Those of them whose demand has times."""
        free = lower < upper
        self.open_left: Mask = (
            np.bincount(left[free], minlength=len(facts.divisible)) > 0
            if free.any()
            else ~np.zeros_like(facts.divisible)
        )
        """Resources with a pair that is not fixed: where some are, the others keep every hard rule on one
        resource as they are. (Where nothing is free, whether the quantities keep all rules is the question.)
        """
        self.first_of_left, _ = grouped(left, len(facts.divisible))
        self._first_of_demand, self._of_demand = grouped(
            self.demand, len(facts.demand_ids)
        )
        self._served: dict[int, int] = {}
        self._members: dict[int, Members] = {}
        self._used: Intp | None = None
        self._kept: tuple[Intp, Intp] | None = None
        self.work_days: dict[tuple[str, bytes], WorkDays] = {}
        """Days with work that rules have asked for, by zone and pairs."""

    @property
    def count(self) -> int:
        """Number of pairs."""
        return len(self.left)

    def of_left(self, left: int) -> Intp:
        """The pairs of a resource."""
        return np.arange(self.first_of_left[left], self.first_of_left[left + 1])

    def of_demand(self, demand: int) -> Intp:
        """The pairs of a demand, ascending."""
        return self._of_demand[
            self._first_of_demand[demand] : self._first_of_demand[demand + 1]
        ]

    def within(self, mask: Mask) -> Intp:
        """The pairs for which a mask over pairs holds."""
        return np.flatnonzero(mask)

    def named(self, resource: str, requirement: str) -> Intp:
        """The pairs of these ids: one, or one for each start of a flexible demand."""
        lists = self.facts.lists
        mine = self.of_left(lists.left[resource])
        found: Intp = mine[np.isin(self.right[mine], lists.places[requirement])]
        return found

    def indicator(self, pairs: Intp) -> int:
        """A variable that is 1 where any of these pairs carries something."""
        here = int(self.builder.variables(1, 1)[0])
        self.only_where(np.full(len(pairs), here), pairs)
        return here

    def only_where(self, variables: Intp, pairs: Intp) -> None:
        """A row a pair (intp (pairs,) both): it carries something only where its variable, 0 or 1, is 1."""
        most = None, variables, -self.most[pairs]
        self.builder.sums(len(pairs), (None, pairs, 1), most, high=0)

    def served(self, demand: int) -> int:
        """A variable that is 1 where anybody serves the demand."""
        if demand not in self._served:
            self._served[demand] = self.indicator(self.of_demand(demand))
        return self._served[demand]

    def members(self, demand: int) -> Members:
        """Who may serve a demand."""
        if demand not in self._members:
            self._members[demand] = self._made(self.of_demand(demand))
        return self._members[demand]

    def _made(self, pairs: Intp) -> Members:
        pairs = pairs[np.argsort(self.left[pairs], kind="stable")]
        lefts, owner, sizes = np.unique(
            self.left[pairs], return_inverse=True, return_counts=True
        )
        # A sum of pairs says it by itself where it cannot exceed 1.
        plain = np.bincount(owner, weights=self.most[pairs], minlength=len(lefts)) <= 1
        if self.apart:
            plain |= (
                np.bincount(owner, weights=~self.timed[pairs], minlength=len(lefts))
                == 0
            )
        own, column = [owner[plain[owner]]], [pairs[plain[owner]]]
        first = np.concatenate([[0], np.cumsum(sizes)])
        for number in np.flatnonzero(~plain).tolist():
            here = pairs[first[number] : first[number + 1]]
            serves = self.indicator(here)
            self.builder.row(
                np.append(here, serves), np.append(np.full(len(here), -1), 1), high=0
            )
            own.append(np.array([number]))
            column.append(np.array([serves]))
        return Members(lefts, np.concatenate(own), np.concatenate(column))

    def used(self) -> Intp:
        """For every resource, the variable that is 1 where it is used at all, or -1 where it has no pairs."""
        if self._used is None:
            lefts = np.unique(self.left)
            made = self.builder.variables(len(lefts), 1)
            self._used = np.full(len(self.facts.divisible), -1, np.intp)
            self._used[lefts] = made
            self.only_where(self._used[self.left], np.arange(self.count))
        return self._used

    def kept(self) -> tuple[Intp, Intp]:
        """Pairs of the reference plan, and the variables that say how many units of each are kept: the pair
        itself where it can carry no more than those.
        """
        if self._kept is None:
            pairs, where = self.facts.kept.found(self.left, self.right)
            units = self.facts.kept.units[where]
            columns = pairs.copy()
            more = np.flatnonzero(self.most[pairs] > units)
            columns[more] = self.builder.variables(len(more), units[more])
            self.builder.sums(
                len(more), (None, columns[more], 1), (None, pairs[more], -1), high=0
            )
            self._kept = pairs, columns
        return self._kept

    @property
    def knows_used(self) -> bool:
        """Whether anything asks which resources are used."""
        return self._used is not None

    def spans(self, pairs: Intp, name: Intp) -> tuple[Intp, Int64, Int64]:
        """The times of pairs, one after another: the pair's ``name``, start and end in seconds."""
        first, starts, ends = self.facts.times
        owner, at = spread(first, self.right[pairs])
        return name[owner], starts[at], ends[at]


@dataclass(slots=True)
class Slack:
    """One rule's way to give: none where it is hard, else variables whose sum is the amount by which it is
    broken.
    """

    rule: RuleRecord
    builder: ProgramBuilder
    columns: list[Intp] = field(default_factory=list)

    @property
    def hard(self) -> bool:
        """Whether the rule gives no way."""
        return self.rule.soft is None

    def variables(self, upper: Coefficients, count: int | None = None) -> Intp | None:
        """New variables of the amount, one for each limit given (or so many); None where the rule is hard."""
        if self.hard:
            return None
        given = self.builder.variables(
            np.size(upper) if count is None else count, upper
        )
        self.columns.append(given)
        return given

    def at_most(
        self,
        count: int,
        owner: Intp,
        column: Intp,
        coefficient: Coefficients,
        high: Coefficients,
        room: Coefficients,
        unit: int = 1,
    ) -> None:
        """Rows that hold at most ``high`` and, where the rule is soft, ``unit`` times an amount of up to
        ``room`` more.
        """
        amount = self.variables(each(room, count), count)
        more = [] if amount is None else [(None, amount, -unit)]
        self.builder.sums(count, (owner, column, coefficient), *more, high=high)

    def row(
        self, column: Intp, coefficient: Coefficients, high: int, room: int
    ) -> None:
        """One such row."""
        self.at_most(1, np.zeros(len(column), np.intp), column, coefficient, high, room)

    def cap(self, scope: PairVariables, pairs: Intp, most: int) -> None:
        """A row, where one is needed: pairs (intp (pairs,)) carry at most so much; the amount is what they
        carry beyond it.
        """
        total = int(scope.most[pairs].sum())
        if total > most:
            self.row(pairs, 1, most, total - most)

    def at_least_where(self, variable: int, column: Intp, least: int) -> None:
        """A row: where ``variable``, 0 or 1, is 1, these variables (intp (variables,)) add up to at least so
        much; the amount is what they lack.
        """
        coefficients = np.append(np.full(len(column), -1), least)
        self.row(np.append(column, variable), coefficients, 0, least)

    def all(self) -> Intp:
        """All variables of the amount."""
        return np.concatenate([np.zeros(0, np.intp), *self.columns])
