"""Explanations of plans that are fair: what a forced pair costs equals what solving with it shows, and why
requirements lack what they lack is witnessed.
"""

from __future__ import annotations

from collections import Counter

import pytest
from fair_problems import drawn, with_aims

import matchkit as mk
import matchkit.model as m
from matchkit.errors import ContradictionError, UnsupportedError

SEEDS = range(300, 360)


def values(plan: mk.Plan) -> dict[str, int]:
    return {goal.name: goal.value for goal in plan.outcome.goals}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_forcing_a_pair_costs(seed: int) -> None:
    problem = drawn(seed) if seed % 3 else with_aims(drawn(seed), seed)
    try:
        plan = mk.solve(problem)
    except (ContradictionError, UnsupportedError):
        return
    explainer = mk.Explainer(problem, plan)
    before = values(plan)
    has = {(one.resource, one.requirement): one.quantity for one in plan.assignments}
    fixed = {
        (rule.resource, rule.requirement)
        for rule in problem.rules
        if isinstance(rule, m.Lock)
    }
    verdicts = Counter[str]()
    for one in problem.resources:
        for demand in problem.demands:
            for need in demand.requirements:
                pair = (one.id, need.id)
                if pair in has or pair in fixed:
                    continue
                found = explainer.why_not(*pair)
                verdicts[found.verdict] += 1
                lock = m.Lock(resource=one.id, requirement=need.id)
                locked = problem.model_copy(update={"rules": (*problem.rules, lock)})
                if found.verdict != "exact":
                    with pytest.raises(ContradictionError):
                        mk.solve(locked)
                    continue
                after = values(mk.solve(locked))
                losses = {loss.goal: loss.least for loss in found.loss}
                for name, value in before.items():
                    assert losses.get(name, 0) == value - after[name], (pair, name)
    assert "unknown" not in verdicts


@pytest.mark.parametrize("seed", SEEDS)
def test_shortages_have_witnesses(seed: int) -> None:
    problem = drawn(seed) if seed % 3 else with_aims(drawn(seed), seed)
    try:
        plan = mk.solve(problem)
    except (ContradictionError, UnsupportedError):
        return
    shortages = mk.Explainer(problem, plan).shortages()
    assert mk.check_witness(problem, plan, shortages).ok


def test_most_of_these_problems_have_a_plan() -> None:
    """The tests above pass over those that have none, or are refused."""
    solved = 0
    for seed in SEEDS:
        problem = drawn(seed) if seed % 3 else with_aims(drawn(seed), seed)
        try:
            solved += bool(mk.solve(problem).assignments)
        except (ContradictionError, UnsupportedError):
            continue
    assert solved >= 45


def test_a_way_counts_all_that_a_community_has_also_beside_what_it_touches() -> None:
    """R has the van that it wants, and would have ana, too; then A would have nobody."""
    slots = {"van": ("R", 1), "guide": ("R", 2), "cook": ("A", 1)}
    parts = (
        m.Part(measure="filled"),
        m.Part(measure="coverage", of="communities"),
        m.Part(measure="weight"),
    )
    tied = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="A"), m.Community(id="R")],
        resources=[m.Resource(id="ana", unit="U"), m.Resource(id="bus", unit="U", kind="van")],
        demands=[
            m.Demand(
                id=f"D{name}",
                community=community,
                tier=tier,
                requirements=[m.Requirement(id=name, kind="van" if name == "van" else "person")],
            )
            for name, (community, tier) in slots.items()
        ],
        rules=[m.rules.SetAside(group="students", most=0)],
        objective=m.Objective(aims=[m.Aim(name=part.measure, parts=[part]) for part in parts]),
    )  # fmt: skip
    plan = mk.solve(tied)
    below = mk.Explainer(tied, plan).why_below("R")
    (shortage,) = below.tiers[1].shortages.shortages
    counted = [(one.goal, one.before, one.after) for one in shortage.witness.goals]
    assert ("coverage at 0", 2, 1) in counted
    assert mk.check_witness(tied, plan, below).ok
    for name in ("U", "DR"):  # of whom nothing is said, as nothing is wanted there
        nobody = below.model_copy(update={"id": name, "tiers": ()})
        (wrong,) = mk.check_witness(tied, plan, nobody).violations
        assert wrong.message.key == "below_unknown"
