"""repairs(): what is asked is checked, candidates are gathered, searched by price, and each repair
is applied and solved.
"""

from __future__ import annotations

from matchkit.answers.causes import Claim
from matchkit.answers.repairs import RepairCosts, Repairs
from matchkit.compile.terms import class_factor
from matchkit.compile.why_not import not_in_problem, unknown
from matchkit.deadline import Deadline
from matchkit.errors import Complaint, InputError
from matchkit.explain.ranked import refuse_ranked
from matchkit.explain.repairs.seeking import Seeking
from matchkit.explain.repairs.target import RepairTarget, To, counted_aims
from matchkit.explain.residual.residual_network import ResidualNetwork
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.fault import AN_ID, of_another_type
from matchkit.plan import Plan
from matchkit.plan.arguments import no_plan, no_problem, no_seconds, no_whole

DEFAULT = RepairCosts()
MOST = 100
"""Most repairs that may be asked for."""


def repairs(
    problem: Problem,
    plan: Plan,
    demand: str,
    *,
    prices: RepairCosts = DEFAULT,
    most: int = 3,
    to: To = "wanted",
    time_limit: float | None = None,
) -> Repairs:
    """The cheapest sets of changes that fill all that a demand lacks, ``most`` of them, cheapest first.

    A repair fills every requirement of the demand to what is wanted (or to its minimum, with ``to``), on top
    of what the plan has: no goal up to the demand's own is lower than before, and those that count the demand
    rise by all that it gains. Each is tried by solving the changed problem, which ``verify`` passes.
    ``prices`` are by kind of change; docs/explanations.md says what is weighed. ``time_limit`` (seconds) ends
    the search with what was found; then ``exact`` is false.

    Raises InputError for an unknown demand, a plan of another problem and wrong options; UnsupportedError
    where all 20 tiers are used up.
    """
    return repairs_of(problem, plan, demand, prices, most, to, time_limit)


def repairs_of(
    problem: Problem,
    plan: Plan,
    demand: str,
    prices: RepairCosts,
    most: int,
    to: To,
    time_limit: float | None,
    network: ResidualNetwork | None = None,
) -> Repairs:
    """The same; ``network`` is that of the plan, where it was made for other questions already."""
    _check(problem, plan, demand, prices, most, to, time_limit)
    own = next(entry for entry in problem.demands if entry.id == demand)
    target = RepairTarget(
        problem,
        counted_aims(problem, own.tier),
        plan.assignments,
        plan.payments,
        own,
        to,
    )
    lacking = target.lacking
    if not lacking:
        return Repairs(
            demand=demand,
            to=to,
            lacking=(),
            repairs=(),
            prices=prices,
            candidates=0,
            exact=True,
        )
    found = Seeking(
        problem, plan, target, prices, most, Deadline.within(time_limit), network
    ).found()
    return Repairs(
        demand=demand,
        to=to,
        lacking=tuple(Claim(id=name, units=units) for name, units in lacking.items()),
        repairs=found.repairs,
        prices=prices,
        candidates=found.candidates,
        exact=found.all and monotone(problem, target, prices),
    )


def monotone(problem: Problem, target: RepairTarget, prices: RepairCosts) -> bool:
    """Whether more changes never do less, which the search by price counts on.

    Not where the weight comes before the demand's goal and counts skills (training and new resources change
    what pairs are worth), where a goal may give something up for later ones, where a rule on skills allows
    what the previous plan broke, counted anew after training, or where a demand may want less: its team may
    then be too small for its rules.
    """
    weighs = class_factor(problem.objective) > 0 and any(
        part.measure == "weight" for aim in target.aims for part in aim.parts
    )
    gives = any(aim.tolerance for aim in target.aims)
    worse = any(
        rule.soft is not None and rule.soft.no_worse and any(rule.skill_levels())
        for rule in problem.rules
    )
    return not (
        weighs
        or gives
        or (worse and prices.train is not None)
        or prices.want_less is not None
    )


def _check(
    problem: object,
    plan: object,
    demand: object,
    prices: object,
    most: object,
    to: object,
    time_limit: object,
) -> None:
    wrong = no_problem(problem) + no_plan(plan)
    wrong += of_another_type("demand", demand, str, AN_ID) + of_another_type(
        "prices", prices, RepairCosts, Message("option.prices.do")
    )
    wrong += no_whole("most", most, 1, MOST)
    if to not in ("wanted", "minimum"):
        wrong.append(Complaint.of("to", "option.to"))
    wrong += no_seconds(time_limit)
    if (
        wrong
        or not isinstance(problem, Problem)
        or not isinstance(plan, Plan)
        or not isinstance(demand, str)
    ):
        raise InputError(wrong)
    refuse_ranked(problem)
    known = {entry.id for entry in problem.demands}
    if demand not in known:
        wrong.append(unknown("demand", demand, known))
    ids = (
        {resource.id for resource in problem.resources},
        {need.id for entry in problem.demands for need in entry.requirements},
    )
    for entry in plan.assignments:
        for what, name, mine in (
            ("resource", entry.resource, ids[0]),
            ("requirement", entry.requirement, ids[1]),
        ):
            if name not in mine:
                wrong.append(not_in_problem(what, name))
    InputError.raise_if(wrong)
