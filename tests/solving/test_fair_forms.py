"""Fair coverage of communities at a depth and by kind, and loads by rate, against every plan there is."""

from __future__ import annotations

from collections import Counter

import pytest
from fair_forms import drawn, every, reached

import matchkit as mk
import matchkit.model as m
from matchkit.errors import ContradictionError, InputError, UnsupportedError


def test_plans_are_the_fairest_there_are_and_proved() -> None:
    seen = Counter[str]()
    for seed in range(150):
        problem = drawn(seed)
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            assert not any(True for _ in every(problem))
            continue
        except UnsupportedError:
            seen["refused"] += 1
            continue
        got = {
            (one.resource, one.requirement): one.quantity for one in plan.assignments
        }
        best = max(reached(problem, one) for one in every(problem))
        assert reached(problem, got) == best, seed
        assert plan.outcome.status == "optimal"
        assert mk.verify(problem, plan).ok
        assert mk.check_certificate(problem, plan).ok, seed
        asked = problem.objective
        parts = [part for aim in asked.aims for part in aim.parts]
        seen["levels"] += any(" at " in goal.name for goal in plan.outcome.goals)
        seen["depth"] += any(part.depth is not None for part in parts) or bool(
            asked.fair
        )
        seen["kind"] += any(part.kind is not None for part in parts)
        seen["rate"] += any(part.by == "rate" for part in parts)
        inner = {"A1", "A2", "B1", "A11"} & {
            rule.community for rule in problem.rules if isinstance(rule, m.CommunityCap)
        }
        seen["inner caps"] += bool(inner) and asked.fair == "depth 1"
    assert seen["refused"] <= 5, seen
    assert min(seen[name] for name in ("levels", "depth", "kind", "rate")) >= 10, seen
    assert seen["inner caps"] >= 3, seen


def quarter(wanted: dict[str, int], streets: dict[str, str]) -> m.Problem:
    """One helper a street slot too few: demands of streets, each below a ward."""
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[
            m.Community(id="city"),
            *(
                m.Community(id=ward, parent="city")
                for ward in sorted(set(streets.values()))
            ),
            *(m.Community(id=street, parent=ward) for street, ward in streets.items()),
        ],
        resources=[m.Resource(id=f"P{k}", unit="U") for k in range(3)],
        demands=[
            m.Demand(
                id=f"D{street}",
                community=street,
                requirements=[m.Requirement(id=f"Q{street}", wanted=n)],
            )
            for street, n in wanted.items()
        ],
    )


def test_a_ward_is_covered_as_a_whole() -> None:
    """By hand: three people, streets s1 and s2 of ward N want 1 each, street s3 of ward S wants 4. Street by
    street, s3 gets one (1/4) and s1 and s2 get theirs; ward by ward, N gets 1 of 2 and S 2 of 4.
    """
    problem = quarter({"s1": 1, "s2": 1, "s3": 4}, {"s1": "N", "s2": "N", "s3": "S"})
    found = {}
    for fair in ("communities", "depth 1"):
        objective = m.Objective(fair=fair)
        plan = mk.solve(problem.model_copy(update={"objective": objective}))
        taken = Counter(one.requirement for one in plan.assignments)
        found[fair] = (taken["Qs1"] + taken["Qs2"], taken["Qs3"])
    assert found == {"communities": (2, 1), "depth 1": (1, 2)}


def test_by_rate_people_of_capacity_one_stay_idle() -> None:
    """By hand: four slots, P of capacity 4 and two of capacity 1. By count the loads are 2, 1, 1. By rate P
    gives all four: rates 1, 0, 0, while with three of P they were 1, 3/4, 0 and with two 1, 1, 1/2.
    """
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(id=name, unit="U", capacity=most)
            for name, most in {"P": 4, "A": 1, "B": 1}.items()
        ],
        demands=[
            m.Demand(
                id="D",
                community="C",
                requirements=[m.Requirement(id=f"Q{k}") for k in range(4)],
            )
        ],
    )
    found = {}
    for by in ("count", "rate"):
        loads = m.Part(measure="loads", of="resources", by=by)
        aims = [
            m.Aim(name="fill", parts=[m.Part(measure="filled")]),
            m.Aim(name="even", parts=[loads]),
            m.Aim(name="weight", parts=[m.Part(measure="weight")]),
        ]
        objective = m.Objective(aims=aims)
        plan = mk.solve(problem.model_copy(update={"objective": objective}))
        given = Counter(one.resource for one in plan.assignments)
        found[by] = tuple(given[name] for name in "PAB")
        assert mk.check_certificate(
            problem.model_copy(update={"objective": objective}), plan
        ).ok
    assert found == {"count": (2, 1, 1), "rate": (4, 0, 0)}


def test_a_cap_between_that_holds_others_too_is_no_tree() -> None:
    problem = quarter({"s1": 1, "s2": 1, "s3": 4}, {"s1": "N", "s2": "N", "s3": "S"})
    other = m.Demand(
        id="E", community="s3", tier=2, requirements=[m.Requirement(id="QE")]
    )
    problem = problem.model_copy(
        update={
            "demands": (*problem.demands, other),
            "objective": m.Objective(fair="depth 1"),
        }
    )
    plan = mk.solve(problem)
    assert mk.check_certificate(problem, plan).ok
    cap = m.CommunityCap(community="s3", most=5)
    capped = problem.model_copy(update={"rules": (cap,)})
    keys = [one.message.key for one in mk.check_certificate(capped, plan).violations]
    assert "cap_across" in keys


@pytest.mark.parametrize(
    "words",
    [
        {"measure": "coverage", "of": "depth -1"},
        {"measure": "coverage", "of": "depth 01"},
        {"measure": "loads", "of": "depth 1"},
        {"measure": "loads", "of": "resources", "kind": "person"},
        {"measure": "filled", "by": "rate"},
        {"measure": "loads", "of": "resources", "by": "rate", "level": "5/4"},
        {"measure": "loads", "of": "resources", "level": "1/4"},
    ],
)
def test_measures_that_mean_nothing_are_refused(words: dict[str, str]) -> None:
    with pytest.raises(InputError):
        m.Part(**words)  # type: ignore[arg-type]
