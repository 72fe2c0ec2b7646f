"""A general problem: every eligible pair, and the program of any selection of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from functools import cached_property

import numpy as np

from matchkit.arrays import Int64, Intp, most_by, sums_by
from matchkit.compile.candidates import ProblemCandidates
from matchkit.compile.eligibility.attributes import Loads
from matchkit.compile.general.measures import (
    Measures,
    amounts_broken,
    fill_measures,
    goal_rows,
    kept_measure,
    nothing,
    resources_used,
    weight_paid,
)
from matchkit.compile.general.unit_variables import share_measures
from matchkit.compile.goals import KEPT, of_tier, values_of
from matchkit.compile.numbering import Numbering
from matchkit.compile.rules import RULES, base_rows
from matchkit.compile.rules.constraint_data import ConstraintData
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.processing import order_columns, weight_by_order
from matchkit.compile.shares import FlowShares, shares_of, values_of_shares
from matchkit.deadline import Deadline
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Aim, ChooseAtMost, Part, Rest
from matchkit.model.rules import RuleRecord
from matchkit.plan import Payment
from matchkit.solvers.mip.formulation import Formulation

MOST_GAINS = 2**26
"""Variables times goals are no more where coverage or loads are goals."""


class IntegerModel:
    """All eligible pairs of a problem and its rules; a Formulator."""

    def __init__(
        self,
        lists: Numbering,
        candidates: ProblemCandidates,
        left: Intp,
        right: Intp,
        weight: Int64,
        most: Int64,
        deadline: Deadline | None = None,
        *,
        aims: tuple[Aim, ...],
    ) -> None:
        """Pairs ascending by (left, right). ``deadline`` is looked at while rows are written. ``aims`` are
        the goals, with the levels of coverage and loads. Raises BudgetError where coverage or loads make more
        goals of more variables than fit.
        """
        self.lists, self.candidates = lists, candidates
        self.left, self.right = left, right
        """Resource and slot of every pair."""
        self.weight, self.most = weight, most
        """What a unit on a pair is worth, and the most that it may carry."""
        self.facts, self.loads = ConstraintData(lists, deadline), Loads(lists)
        self.aims, names = aims, tuple(aim.name for aim in aims)
        self.shares: tuple[FlowShares, ...] = shares_of(self.aims, names, lists)
        """Goals of coverage and loads."""
        size = len(left) + sum(len(one.steps.node) for one in self.shares)
        if self.shares and size * len(names) > MOST_GAINS:
            given = Message.of(
                "matching.fair_program", goals=len(names), variables=size
            )
            raise BudgetError(given)
        rules = sorted(
            lists.problem.rules,
            key=lambda rule: (rule.rule, rule.label, rule.model_dump_json()),
        )
        # Some hard ones are in the pairs already, hard rests in the widened times.
        self.rules: list[RuleRecord] = _once(
            [
                rule
                for rule in rules
                if rule.soft is not None
                or not (rule.in_eligibility or isinstance(rule, Rest))
            ]
        )
        self.rest = np.zeros(len(lists.resources), np.int64)
        for rule in rules:
            if isinstance(rule, Rest) and rule.soft is None:
                concerned = self.facts.in_scope(rule)
                self.rest[concerned] = np.maximum(
                    self.rest[concerned], 60 * rule.minutes
                )
        self.activation = np.array(
            [resource.activation for resource in lists.resources], np.int64
        )
        self._asks_used = bool(self.activation.any()) or any(
            isinstance(rule, ChooseAtMost) for rule in rules
        )
        self._asks_used |= any(
            part.measure == "resources_used" for aim in self.aims for part in aim.parts
        )
        self.allowed: dict[int, int] = {}
        """By place in ``rules`` of one that may be broken as much as in the previous plan: how much that is.
        """

    def part(self, pairs: Intp) -> IntegerModel:
        """The same problem as if only these pairs were eligible."""
        found = copy(self)
        found.left, found.right = self.left[pairs], self.right[pairs]
        found.weight, found.most = self.weight[pairs], self.most[pairs]
        for kept in ("_eligible_slots", "upper_bounds"):  # of other pairs
            found.__dict__.pop(kept, None)
        return found

    def short(self, quantity: Int64) -> Intp:
        """Slots of requirements that lack something and have anybody eligible: below their minimum first,
        then by tier.
        """
        facts = self.facts
        assigned = sums_by(
            facts.requirement[self.right], quantity, len(facts.requirement_ids)
        )
        wanted, minimum, tier = self.needs
        lacks = assigned < wanted
        urgency = 2 * tier + (assigned >= minimum)
        slots = self._eligible_slots
        slots = slots[lacks[facts.requirement[slots]]]
        return slots[np.argsort(urgency[facts.requirement[slots]], kind="stable")]

    @cached_property
    def upper_bounds(self) -> tuple[int, ...]:
        """What no plan exceeds in each goal, whatever the others are: all that is wanted, each at its best
        weight.
        """
        wanted, minimum, tier = self.needs
        best = most_by(self.facts.requirement[self.right], self.weight, len(wanted))
        shared = {part: one.most(part) for one in self.shares for part in one.parts}

        def most(part: Part) -> int:
            mine = of_tier(tier, part)
            counted = {
                "minimum": minimum,
                "filled": wanted - minimum,
                "weight": wanted * best,
                "order_weight": wanted * best,
            }
            if part in shared:
                return part.factor * shared[part]
            if part.measure == KEPT:
                kept = self.facts.kept.value(self.left, self.right, self.most)
                return part.factor * kept
            return (
                part.factor * sum(counted[part.measure][mine].tolist())
                if part.measure in counted
                else 0
            )  # may pass 64 bits

        return tuple(sum(map(most, aim.parts)) for aim in self.aims)

    @property
    def needs(self) -> tuple[Int64, Int64, Int64]:
        """Wanted, minimum and tier of every requirement."""
        return self.facts.needs

    @cached_property
    def _eligible_slots(self) -> Intp:
        return np.unique(self.right)

    def formulation(self, selection: Intp, fixed: Int64) -> Formulation:
        """The program of some pairs."""
        most = self.most[selection]
        lower, upper = np.where(fixed >= 0, fixed, 0), np.where(fixed >= 0, fixed, most)
        # Rows are written for what pairs may carry, also the fixed ones: coefficients stay the same.
        scope = PairVariables(
            self.facts,
            self.left[selection],
            self.right[selection],
            lower,
            np.maximum(upper, 1),
            rest=self.rest,
        )
        if not (
            fixed < 0
            # whether they keep all rules is the question, also of resources that no pair of 0 makes look open
        ).any():
            scope.open_left[:] = True
        if self._asks_used:
            scope.used()
        base_rows.capacity(scope)
        base_rows.wanted(scope)
        base_rows.starts(scope)
        base_rows.loads(scope, self.loads)
        base_rows.one_place_at_a_time(scope, self.rest)
        soft_amounts = []
        for place, rule in enumerate(self.rules):
            self.facts.deadline.check()
            slack = Slack(rule, scope.builder)
            RULES[rule.rule](rule, scope, slack)
            amount = slack.all()
            if rule.soft is not None and rule.soft.no_worse and len(amount):
                scope.builder.row(amount, 1, high=self.allowed[place])
            soft_amounts.append((rule, amount))
        custom = bool(self.lists.problem.objective.aims)
        minimum, filled, upper_bound = fill_measures(
            scope, self.weight[selection], in_any_order=custom
        )
        kept, upper_bound[KEPT, 0] = (
            kept_measure(scope) if self.keeps else (nothing(), 0)
        )
        measures = Measures(
            minimum,
            filled,
            weight_paid(scope, self.weight[selection], self.activation, soft_amounts),
            resources_used(scope),
            amounts_broken(soft_amounts),
            self._ordered(scope, self.weight[selection]),
            kept,
            upper_bound,
            share_measures(scope, self.shares),
        )
        program = scope.builder.program()
        program.upper[: len(selection)] = upper
        goals = goal_rows(self.aims, measures, program.size)
        return Formulation(program, goals, len(selection))

    def values(
        self, chosen: Intp, quantity: Int64, payments: Iterable[Payment]
    ) -> tuple[int, ...]:
        """What chosen pairs with their quantities reach in every goal, in Python integers."""
        requirement = self.facts.requirement[self.right[chosen]]
        numbers, owner = np.unique(requirement, return_inverse=True)
        taken = sums_by(owner, quantity, len(numbers))
        _, minimum, tier = self.needs
        weights = zip(self.weight[chosen].tolist(), quantity.tolist(), strict=True)
        sums = np.zeros(len(self.rest), np.int64), np.zeros(len(tier), np.int64)
        for total, leaf in zip(sums, (self.left[chosen], requirement), strict=True):
            np.add.at(total, leaf, quantity)
        return values_of(
            self.aims,
            zip(
                tier[numbers].tolist(),
                minimum[numbers].tolist(),
                taken.tolist(),
                strict=True,
            ),
            sum(worth * amount for worth, amount in weights),
            used=len(np.unique(self.left[chosen])),
            payments=payments,
            ordered=weight_by_order(
                self.facts,
                self.left[chosen],
                self.right[chosen],
                self.weight[chosen],
                quantity,
            )
            if self.counts_orders
            else {},
            kept=self.facts.kept.value(self.left[chosen], self.right[chosen], quantity),
            shares=values_of_shares(self.shares, sums),
        )

    @cached_property
    def suits_blocks(self) -> bool:
        """Whether blocks of single resources can bound the goals: there are times, each goal is one measure,
        none may cost another, as no bound in order would hold for later ones, and none depends on many
        blocks, which no price of one says, or on what is kept, which blocks do not count.
        """
        return (
            bool(self.facts.timed.any())
            and all(len(aim.parts) == 1 for aim in self.aims)
            and not any(aim.tolerance for aim in self.aims[:-1])
            and not self.counts_orders
            and not self.shares
            and not self.keeps
        )

    @cached_property
    def counts_orders(self) -> bool:
        """Whether goals count the weight by the order at which places are processed."""
        return any(part.order is not None for aim in self.aims for part in aim.parts)

    @cached_property
    def keeps(self) -> bool:
        """Whether a goal counts what is kept of the reference plan."""
        return any(part.measure == KEPT for aim in self.aims for part in aim.parts)

    def _ordered(
        self, scope: PairVariables, weight: Int64
    ) -> dict[int, tuple[Intp, Int64]]:
        return order_columns(scope, weight) if self.counts_orders else {}


def _once(rules: Sequence[RuleRecord]) -> list[RuleRecord]:
    """The rules, each hard one once however often it is given."""
    hard: set[str] = set()
    found = []
    for rule in rules:
        text = rule.model_dump_json(exclude={"id"})
        if rule.soft is not None or text not in hard:
            found.append(rule)
        hard.add(text)
    return found
