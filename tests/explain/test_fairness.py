"""How slots are shared and how evenly people give, worked by hand."""

from __future__ import annotations

import pytest
from fair_problems import drawn
from test_hall_chains import valley

import matchkit as mk
import matchkit.model as m
from matchkit.errors import ContradictionError, InputError


def sample() -> tuple[m.Problem, mk.Plan]:
    """Communities A to D want 2, 2, 1 and 1; only D's and C's work, and half of B's, can be done: 0, 1/2, 1
    and 1. Of P0 to P3, with capacities 3, 1, 1 and 0, three could give.
    """
    skill = m.SkillLevel(skill="none has it")
    wants = {"A": (2, [skill]), "B": (2, []), "C": (1, []), "D": (1, [])}
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id=name) for name in (*wants, "E")],
        resources=[
            m.Resource(id=f"P{k}", unit="U", capacity=units)
            for k, units in enumerate((3, 1, 1, 0))
        ],
        demands=[
            m.Demand(
                id=f"D{name}",
                community=name,
                requirements=[m.Requirement(id=f"Q{name}", wanted=n, skills=skills)],
            )
            for name, (n, skills) in wants.items()
        ],
        rules=[
            m.Forbid(resource=name, requirement=f"Q{one}")
            for name in ("P1", "P2")
            for one in wants
        ],
    )
    return problem, mk.solve(problem)


def test_shares_by_hand() -> None:
    found = mk.Explainer(*sample()).fairness(top=2)
    assert (found.sharing, found.with_nothing, found.full) == (4, 1, 2)
    # 0, 1/2, 1, 1: the sum of place times value is 8, of values 5/2: 2 * 8 / (4 * 5/2) - 5/4.
    assert found.coverage is not None
    assert (found.coverage.least, found.coverage.most) == (0, 1)
    # A quarter of four is one: the first, the second, the third of the ascending order.
    quartiles = ("lower_quartile", "median", "upper_quartile")
    assert [getattr(found.coverage, name) for name in quartiles] == [0, 0.5, 1]
    assert found.envy == 0
    assert found.coverage.gini == pytest.approx(0.35)
    assert [(one.id, one.wanted, one.filled) for one in found.lowest] == [
        ("A", 2, 0),
        ("B", 2, 1),
    ]
    assert [one.share for one in found.lowest] == [0, 0.5]
    # P0 gives all three: 0, 0, 3.
    assert (found.giving, found.idle) == (3, 2)
    assert found.loads is not None
    assert found.loads.most == 3 and found.loads.gini == pytest.approx(2 / 3)
    assert "4 communities share: 1 get nothing, 2 all" in found.line()
    assert found.text("zh").splitlines()[0].startswith("4 个社区分享")


def test_of_demands_and_requirements() -> None:
    explainer = mk.Explainer(*sample())
    assert [one.id for one in explainer.fairness("demands", top=1).lowest] == ["DA"]
    assert [one.id for one in explainer.fairness("requirements").lowest] == [
        "QA",
        "QB",
        "QC",
        "QD",
    ]


def test_nobody_wants_anything() -> None:
    problem = m.Problem(communities=[m.Community(id="A")])
    found = mk.Explainer(problem, mk.solve(problem)).fairness()
    assert found.coverage is None and found.loads is None and found.lowest == ()
    assert found.text() == "nobody wants anything"


def test_wrong_arguments_are_refused() -> None:
    explainer = mk.Explainer(*sample())
    with pytest.raises(InputError):
        explainer.fairness("streets")  # type: ignore[arg-type]
    with pytest.raises(InputError):
        explainer.fairness(top=-1)


def test_envy_by_hand_and_none_in_fair_plans() -> None:
    """By weight W has both who could come to it, and p1 could serve E, who has nobody: W with one would stand
    higher. Where everybody is locked there is nobody to give.
    """
    problem = valley(None)
    plan = mk.solve(problem)
    found = mk.Explainer(problem, plan).fairness()
    assert found.envy == 1 and "envy: 1 pair in which" in found.text()
    locks = [
        m.Lock(resource=one.resource, requirement=one.requirement)
        for one in plan.assignments
    ]
    held = problem.model_copy(update={"rules": tuple(locks)})
    assert mk.Explainer(held, plan).fairness().envy == 0
    fair = valley()
    assert mk.Explainer(fair, mk.solve(fair)).fairness().envy == 0
    seen = 0
    for seed in range(40):
        problem = drawn(seed)
        if any(isinstance(rule, m.CommunityCap) for rule in problem.rules):
            continue
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            continue
        if problem.objective.fair:
            seen += 1
            explainer = mk.Explainer(problem, plan)
            assert explainer.fairness(problem.objective.fair).envy == 0, seed
    assert seen >= 10


def test_coverage_before_and_after() -> None:
    """From the plan by weight to the fair one E rises from 0 to 1/2, and W falls from 1 to 1/2."""
    problem = valley()
    before, after = mk.solve(valley(None)), mk.solve(problem)
    found = mk.compare(problem, before, after)
    change = found.coverage
    assert change is not None
    assert (change.before.with_nothing, change.after.with_nothing) == (2, 1)
    assert (change.before.full, change.after.full) == (2, 1)
    both = [(one.id, one.before, one.after) for one in change.changed]
    assert [(name, a and a.filled, b and b.filled) for name, a, b in both] == [
        ("E", 0, 1),
        ("W", 2, 1),
    ]
    assert "0 of 2 (0 %)" in found.text() and "Gini" in found.text()
    assert mk.compare(None, before, after).coverage is None
    same = mk.compare(problem, after, after)
    assert same.coverage is not None and same.coverage.changed == ()


def test_only_nothing_is_no_per_cent_and_only_all_is_a_hundred() -> None:
    """One of 300 and 299 of 300 round to 0 and 100 %."""
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id=name) for name in "AB"],
        resources=[
            m.Resource(id="P", unit="U", kind="fund", divisible=True, capacity=300)
        ],
        demands=[
            m.Demand(
                id=name,
                community=name,
                requirements=[m.Requirement(id=f"{name}1", kind="fund", wanted=300)],
            )
            for name in "AB"
        ],
        rules=[m.Lock(resource="P", requirement="A1", quantity=299)],
    )
    found = mk.Explainer(problem, mk.solve(problem)).fairness()
    assert [(one.id, one.filled) for one in found.lowest] == [("B", 1), ("A", 299)]
    ends = [line.split()[-2:] for line in found.text().splitlines()[-2:]]
    assert ends == [["1", "%"], ["99", "%"]]
