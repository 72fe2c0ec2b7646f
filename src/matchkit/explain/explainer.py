"""Questions about one plan: everything is prepared once, and each answer takes milliseconds."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import get_args

import numpy as np

from matchkit.answers.fairness import Fairness
from matchkit.answers.hall_chain import HallChain
from matchkit.answers.pairs import Service, Why, WhyNot
from matchkit.answers.repairs import RepairCosts, Repairs
from matchkit.answers.shortages import Shortage, Shortages
from matchkit.answers.why_below import WhyBelow
from matchkit.arguments import is_whole
from matchkit.compile.why_not import unknown_id
from matchkit.errors import Complaint, InputError
from matchkit.explain.advice.idle import idle_of
from matchkit.explain.fairness import fairness_of
from matchkit.explain.hall_chain import hall_chain
from matchkit.explain.pairs import PairExplanations
from matchkit.explain.plan_state import PlanState
from matchkit.explain.ranked import refuse_ranked
from matchkit.explain.repairs.repairs import DEFAULT, repairs_of
from matchkit.explain.repairs.target import To
from matchkit.explain.residual.residual_network import ResidualNetwork
from matchkit.explain.shortages import Causes
from matchkit.explain.why_below import why_below
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.objective import FAIR_BETWEEN, FairBetween, FairOf
from matchkit.plan import Plan
from matchkit.solvers.choice import option_refused


class Explainer:
    """Answers questions about a plan of a problem: what it lacks and why, why a pair is in it, and what
    forcing another would cost.

    Making one takes about as long as compiling (a second for a city of three million eligible pairs, which it
    holds in memory, 40 bytes each). ``problem`` and ``plan`` must be of each other: InputError where the plan
    names what the problem does not have, or a pair that is not eligible (``audit`` takes any table). Answers
    are records: ``line``, ``text``, ``to_json``. Where ranks choose the plan, only ``shortages``,
    ``shortage``, ``fairness`` and ``check`` have answers; all others raise UnsupportedError.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self._state = PlanState(problem, plan)

    @cached_property
    def _network(self) -> ResidualNetwork:
        return ResidualNetwork(self._state)

    @cached_property
    def _causes(self) -> Causes:
        return Causes(self._state, self._network)

    @cached_property
    def _pairs(self) -> PairExplanations:
        return PairExplanations(self._state, self._network)

    def check(self) -> None:
        """Raises BrokenPlanError where the plan breaks its problem: then no answer would be true. A plan is
        verified once, however many answers ask for it.
        """
        self._state.check_rules()

    def shortages(self, demand: str | None = None) -> Shortages:
        """Why every requirement lacks what it lacks, each with a witness that ``check_witness`` can check; of
        one demand, where named.

        Raises InputError for the id of a demand that is not in the problem, and BrokenPlanError where there
        is no cause because the plan breaks a rule.
        """
        if demand is None:
            return self._causes.all()
        self._known(
            "demand", demand, {record.id for record in self._state.problem.demands}
        )
        return self._causes.all(
            [
                number
                for number, record in enumerate(self._state.demands)
                if record.id == demand
            ]
        )

    def shortage(self, requirement: str) -> Shortage:
        """Why one requirement lacks units. Raises InputError where its id is unknown, or it lacks nothing."""
        self._known("requirement", requirement, self._state.right_of)
        number = self._state.right_of[requirement]
        wanted = int(self._state.wanted[number])
        if self._state.taken[number] >= wanted:
            lacks = Complaint.of(
                Message.of("where.requirement", id=requirement),
                "shortage.none",
                wanted=wanted,
            )
            raise InputError([lacks])
        return self._causes.of(number)

    def why(self, resource: str, requirement: str) -> Why:
        """Why this pair is in the plan: its weight by term, its prices, and who would be next. Raises
        InputError where it is not.
        """
        refuse_ranked(self._state.problem)
        return self._pairs.why(resource, requirement)

    def why_not(
        self, resource: str, requirement: str, *, time_limit: float | None = None
    ) -> WhyNot:
        """Why (no more of) this pair is in the plan: every rule that it fails, or what forcing it would cost
        and whom it would move.

        In a flow the cost is exact. Elsewhere the problem is solved again with the pair locked, within
        ``time_limit`` seconds (None: until it is done), and what is not proven is stated as a bound.
        """
        refuse_ranked(self._state.problem)
        return self._pairs.why_not(resource, requirement, time_limit=time_limit)

    def resource(self, resource: str) -> Service:
        """What a resource does in the plan and why, or what keeps it idle. Raises InputError for an unknown
        id.
        """
        self._known("resource", resource, self._state.left_of)
        refuse_ranked(self._state.problem)
        row = self._state.left_of[resource]
        at = np.arange(self._state.first[row], self._state.first[row + 1])
        needs = [
            self._state.requirement_ids[q]
            for q in self._state.right[at[self._state.carried[at] > 0]].tolist()
        ]
        if needs:
            return Service(
                resource=resource,
                pairs=tuple(self.why(resource, name) for name in needs),
            )
        return Service(resource=resource, idle=idle_of(self._state, [row]).idle[0])

    def fairness(self, of: FairBetween = "communities", *, top: int = 10) -> Fairness:
        """How slots are shared between communities, demands or requirements, with the ``top`` of the lowest
        coverage, and how evenly people give, whatever the plan's goals are. Raises InputError for another
        ``of``, and for a ``top`` that is no number from 0 to 1,000,000.
        """
        wrong = self._wrong_of(of)
        if not is_whole(top, 0, 1_000_000):
            wrong.append(Complaint.of("top", "option.range", least=0))
        InputError.raise_if(wrong)
        return fairness_of(self._state, of, top)

    def why_below(self, name: str, of: FairBetween = "communities") -> WhyBelow:
        """Why a community (or a demand, or a requirement) stands below others: in every tier what it lacks,
        who holds all that could come to it and where these stand, or how somebody who stands higher could
        give way. ``check_witness`` checks the answer. Raises InputError for an unknown id, and for another
        ``of``.
        """
        self._between(of)
        problem = self._state.problem
        known = {
            "demands": ("demand", [one.id for one in problem.demands]),
            "requirements": ("requirement", self._state.requirement_ids),
        }
        communities = ("community", [one.id for one in problem.communities])
        what, ids = known.get(of, communities)
        self._known(what, name, ids)
        return why_below(self._network, of, name)

    def hall_chains(self, of: FairBetween = "communities") -> tuple[HallChain, ...]:
        """Of every tier, the nested Hall sets that prove that no plan which fills as much shares its slots
        more fairly between communities, demands or requirements; as far as there are such. ``check_witness``
        checks each. Raises InputError for another ``of``, and BudgetError where there are too many units.
        """
        self._between(of)
        tiers = sorted(set(self._state.tier[self._state.wanted > 0].tolist()))
        return tuple(hall_chain(self._state, of, tier) for tier in tiers)

    def repairs(
        self,
        demand: str,
        *,
        prices: RepairCosts = DEFAULT,
        most: int = 3,
        to: To = "wanted",
        time_limit: float | None = None,
    ) -> Repairs:
        """The cheapest changes that would fill all that a demand lacks, as ``repairs`` gives them."""
        state = self._state
        return repairs_of(
            state.problem,
            state.plan,
            demand,
            prices,
            most,
            to,
            time_limit,
            self._network,
        )

    def pair(
        self, resource: str, requirement: str, *, time_limit: float | None = None
    ) -> Why | WhyNot:
        """``why`` of a pair in the plan, ``why_not`` of any other."""
        self._known("resource", resource, self._state.left_of)
        self._known("requirement", requirement, self._state.right_of)
        at = self._state.position(
            self._state.left_of[resource], self._state.right_of[requirement]
        )
        chosen = at is not None and self._state.carried[at] > 0
        return (
            self.why(resource, requirement)
            if chosen
            else self.why_not(resource, requirement, time_limit=time_limit)
        )

    @staticmethod
    def _wrong_of(of: object) -> list[Complaint]:
        if isinstance(of, str) and FAIR_BETWEEN.fullmatch(of):
            return []
        return [option_refused("of", of, (*get_args(FairOf), "depth 1"))]

    def _between(self, of: object) -> None:
        InputError.raise_if(self._wrong_of(of))

    @staticmethod
    def _known(what: str, name: str, known: Collection[str]) -> None:
        InputError.raise_if(unknown_id(what, name, known))
