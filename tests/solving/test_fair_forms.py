"""Fair coverage of communities at a depth and by kind, and loads by rate, against every plan there is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import kept_places
import pinned
import pytest
from fair_forms import drawn, every, pairs, reached, tied
from histories import with_history
from standing_clock import BEGAN, LIMIT, in_place_of_time

import matchkit as mk
import matchkit.model as m
from matchkit import deadline as deadlines
from matchkit.compile.general.bounds import HeldBounds
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.scheduling import scheduling_of
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import (
    BudgetError,
    ContradictionError,
    InputError,
    UnsupportedError,
)
from matchkit.solvers.flow.solution import Progress
from matchkit.solving import conductor, general
from matchkit.solving import request as requests
from matchkit.solving import solve as solving


@pytest.mark.parametrize("form", ["plain", "history"])
def test_plans_are_the_fairest_there_are_and_proved(form: str) -> None:
    seen = Counter[str]()
    for seed in range(60 if form == "plain" else 40):
        problem = drawn(seed)
        if form == "history":
            problem = with_history(problem, seed)
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            assert not any(True for _ in every(problem))
            continue
        got = {
            (one.resource, one.requirement): one.quantity for one in plan.assignments
        }
        best = max(reached(problem, one) for one in every(problem))
        assert reached(problem, got) == best, seed
        assert plan.outcome.status == "optimal"
        assert mk.verify(problem, plan).ok
        # A cap below those who share that holds others too is no tree.
        seen["search"] += plan.outcome.proof == "search"
        assert plan.outcome.proof == "search" or mk.check_certificate(problem, plan).ok
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
    assert seen["search"] <= 5, seen
    assert min(seen[name] for name in ("levels", "depth", "kind", "rate")) >= 5, seen
    assert seen["inner caps"] >= 1, seen


def test_where_more_than_capacities_ties_pairs_together() -> None:
    """Times, keep_apart, not_both, choose_at_most, teams, all_or_nothing, soft rules and flexible demands: the
    general engine finds the fairest plan there is, and says that it searched.
    """
    seen = Counter[str]()
    for seed in range(50):
        problem = tied(seed)
        if seed % 3 == 2:
            problem = with_history(problem, seed)
            seen["history"] += 1
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            assert not any(True for _ in every(problem))
            continue
        got = {
            (one.resource, one.requirement): one.quantity for one in plan.assignments
        }
        best = max(reached(problem, one) for one in every(problem))
        assert reached(problem, got) == best, seed
        assert plan.outcome.status == "optimal"
        assert mk.verify(problem, plan).ok, seed
        bounds = [goal.bound for goal in plan.outcome.goals]
        assert bounds == [goal.value for goal in plan.outcome.goals]
        # No goal is taken for done by an upper bound that plans exceed.
        limits = compile_case(Instance(problem), 1_000).upper_bounds
        pairs_of_goals = zip(plan.outcome.goals, limits, strict=True)
        assert all(goal.value <= limit for goal, limit in pairs_of_goals), seed
        seen[str(plan.outcome.proof)] += 1
        asked = problem.objective
        seen["short"] += bool(asked.fair)
        seen["levels"] += any(" at " in goal.name for goal in plan.outcome.goals)
        seen["flexible"] += any(one.minutes for one in problem.demands)
        seen.update(rule.rule for rule in problem.rules)
    for rule in ("keep_apart", "not_both", "choose_at_most", "team", "all_or_nothing"):
        assert seen[rule] >= 3, seen
    assert seen["search"] >= 35 and seen["levels"] >= 30, seen
    assert (
        min(seen["short"], seen["flexible"], seen["prices"]) >= 3 and seen["history"]
    ), seen


def test_what_is_fair_fills_as_much() -> None:
    """Coverage and loads, one or both, cost no slot: filled are as many in every tier as without them."""
    for seed in range(14):
        problem = drawn(seed) if seed % 2 else tied(seed)
        plain = m.Objective()
        filled = []
        for fair, even in (
            (None, None),
            ("depth 1", None),
            (None, "resources"),
            ("communities", "units"),
            ("depth 1", "resources"),
        ):
            objective = plain.model_copy(update={"fair": fair, "even": even})
            plan = mk.solve(problem.model_copy(update={"objective": objective}))
            assert plan.outcome.status == "optimal"
            goals = {goal.name: goal.value for goal in plan.outcome.goals}
            filled.append(
                [
                    value
                    for name, value in goals.items()
                    if name.startswith("tier ") and "coverage" not in name
                ]
            )
        assert all(one == filled[0] for one in filled), seed


def test_a_limit_of_time_costs_no_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search whose time is over at its first plan holds what that one fills."""
    clock = in_place_of_time(
        monkeypatch, deadlines, conductor, general, requests, solving
    )

    def ended(progress: Progress) -> None:
        if progress.phase == "search" and progress.value is not None:
            clock.now = LIMIT

    seen = Counter[str]()
    for seed in range(12):
        problem = tied(seed)
        clock.now = BEGAN
        full = mk.solve(problem)
        short = mk.solve(problem, time_limit=LIMIT - BEGAN, progress=ended)
        assert short.outcome.goals[0].value == full.outcome.goals[0].value
        assert mk.verify(problem, short).ok
        seen[short.outcome.stopped] += 1
    assert seen["time_limit"] >= 3, seen


def test_other_rules_of_coverage_are_refused_by_name() -> None:
    problem = tied(7)
    rule = m.KeepApart(resources=[one.id for one in problem.resources[:2]])
    for name in ("nash", "webster", "dhondt"):
        coverage = m.Part(measure="coverage", of="communities", rule=name)
        aims = [
            m.Aim(name="fill", parts=[m.Part(measure="filled")]),
            m.Aim(name="fair", parts=[coverage]),
            m.Aim(name="weight", parts=[m.Part(measure="weight")]),
        ]
        given = problem.model_copy(
            update={"rules": (rule,), "objective": m.Objective(aims=aims)}
        )
        with pytest.raises(UnsupportedError, match="keep_apart"):
            mk.solve(given)


def test_points_by_an_integer_program_where_a_flow_would_do() -> None:
    tried = 0
    for seed in range(12):
        problem = drawn(seed)
        flow = mk.solve(problem)
        if flow.outcome.proof != "prices":
            continue
        for engine in ("cpsat", "highs"):
            plan = mk.solve(problem, engine=engine)
            assert plan.outcome.proof == "search"
            assert [(one.name, one.value) for one in plan.outcome.goals] == [
                (one.name, one.value) for one in flow.outcome.goals
            ]
            assert mk.verify(problem, plan).ok
            tried += 1
    assert tried >= 16


def test_a_plan_that_names_points_where_only_levels_are_exact_is_refused() -> None:
    problem = tied(7)
    rule = m.KeepApart(resources=[one.id for one in problem.resources[:2]])
    objective = m.Objective(fair="communities")
    problem = problem.model_copy(update={"objective": objective, "rules": ()})
    plain = problem.model_copy(
        update={
            "demands": tuple(
                one.model_copy(update={"windows": (), "minutes": None})
                for one in problem.demands
            )
        }
    )
    plan = mk.solve(plain)
    assert not any(" at " in goal.name for goal in plan.outcome.goals)
    apart = plain.model_copy(update={"rules": (rule,)})
    found = {one.message.key for one in mk.verify(apart, plan).violations}
    assert "goal_count" in found


def test_what_a_forced_pair_costs_where_pairs_are_tied_together() -> None:
    exact = 0
    for seed in range(12):
        problem = tied(seed)
        plan = mk.solve(problem)
        has = {(one.resource, one.requirement) for one in plan.assignments}
        before = [goal.value for goal in plan.outcome.goals][:-1]
        for pair in list(pairs(problem))[:4]:
            if pair in has:
                continue
            found = mk.Explainer(problem, plan).why_not(*pair)
            with_it = [one for one in every(problem) if pair in one]
            if found.verdict != "exact":
                assert not with_it or found.verdict == "ruled_out"
                continue
            exact += 1
            lost = {one.goal: one.least for one in found.loss}
            best = max(reached(problem, one) for one in with_it)
            same = best == max(reached(problem, one) for one in every(problem))
            names = [goal.name for goal in plan.outcome.goals][:-1]
            assert same == (not any(lost.get(name, 0) for name in names)), (seed, pair)
            assert len(before) == len(names)
    assert exact >= 10, exact


def test_what_a_level_of_coverage_costs_in_weight() -> None:
    """By hand: two people, a slot of A is worth 200 and one of B 100. With both in A one community has something, at
    100 more than with one in each; who may not serve together cannot both be in A.
    """
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id=name) for name in "AB"],
        resources=[m.Resource(id=f"P{k}", unit="U") for k in range(2)],
        demands=[
            m.Demand(
                id=name,
                community=name,
                weight=weight,
                requirements=[m.Requirement(id=f"Q{name}", wanted=2)],
            )
            for name, weight in (("A", 200), ("B", 100))
        ],
        objective=m.Objective(fair="communities"),
    )
    apart = m.KeepApart(resources=["P0", "P1"])
    for rules in ((), (m.UnitCap(unit="U", most=2),), (apart,)):
        given = problem.model_copy(update={"rules": rules})
        found = mk.trade_off(given, "tier 1 coverage at 0", "weight")
        assert found.complete
        points = [(one.first, one.second - 200) for one in found.points]
        assert points == ([(2, 300)] if apart in rules else [(2, 300), (1, 400)]), rules
    with pytest.raises(InputError):
        mk.trade_off(problem, "tier 1 coverage", "weight")
    whole = m.Aim(name="fair", parts=[m.Part(measure="coverage", of="communities")])
    with pytest.raises(InputError):
        mk.trade_off(problem, whole, "weight")


def test_a_cap_below_a_ward_has_its_price_between() -> None:
    """By hand: five people; street s1 of ward N wants 3, is worth most and takes 1 at most, s2 of N wants 1, s3 of S
    wants 4. N gets 2 of 4 and S 2 of 4, or one of them 3: the cap binds.
    """
    problem = quarter({"s1": 3, "s2": 1, "s3": 4}, {"s1": "N", "s2": "N", "s3": "S"})
    problem = problem.model_copy(
        update={
            "demands": tuple(
                one.model_copy(update={"weight": 100 * (3 - k)})
                for k, one in enumerate(problem.demands)
            ),
            "resources": tuple(m.Resource(id=f"P{k}", unit="U") for k in range(5)),
            "rules": (m.CommunityCap(community="s1", most=1),),
            "objective": m.Objective(fair="depth 1"),
        }
    )
    plan = mk.solve(problem)
    taken = Counter(one.requirement for one in plan.assignments)
    assert taken == {"Qs1": 1, "Qs2": 1, "Qs3": 3}
    assert plan.outcome.proof == "prices"
    assert mk.check_certificate(problem, plan).ok
    weight = {one.id: one.price for one in plan.certificate.communities}  # type: ignore[union-attr]
    assert any(weight["s1"])


@pytest.mark.parametrize("slots", [2, 3])
def test_one_level_alone_counts_who_stands_there(slots: int) -> None:
    """By hand: two people of capacity 2; as few as can be are to give exactly one. Of two slots one gives
    both; of three somebody gives one.
    """
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[m.Resource(id=name, unit="U", capacity=2) for name in "AB"],
        demands=[
            m.Demand(
                id="D",
                community="C",
                requirements=[m.Requirement(id=f"Q{k}") for k in range(slots)],
            )
        ],
    )
    parts = [
        m.Part(measure="filled"),
        m.Part(measure="loads", of="resources", level="1"),
        m.Part(measure="weight"),
    ]
    aims = [m.Aim(name=f"aim {k}", parts=[part]) for k, part in enumerate(parts)]
    plan = mk.solve(problem.model_copy(update={"objective": m.Objective(aims=aims)}))
    assert len({one.resource for one in plan.assignments}) == slots - 1
    assert [goal.value for goal in plan.outcome.goals][:2] == [slots, 2 - slots]
    assert plan.outcome.status == "optimal"


def test_too_many_levels_name_what_ties_pairs_together() -> None:
    problem = quarter({"s1": 1, "s2": 1, "s3": 4}, {"s1": "N", "s2": "N", "s3": "S"})
    large = [
        m.Demand(
            id=f"E{k}",
            community=street,
            tier=tier,
            requirements=[m.Requirement(id=f"F{k}", wanted=2_003 + k)],
        )
        for k, (street, tier) in enumerate((("s1", 1), ("s3", 1), ("s3", 2)))
    ]
    cap = m.CommunityCap(community="s3", most=5)
    problem = problem.model_copy(
        update={
            "demands": tuple(large),
            "rules": (cap,),
            "objective": m.Objective(fair="depth 1"),
        }
    )
    with pytest.raises(BudgetError, match="community_cap s3") as found:
        mk.solve(problem)
    assert pinned.text(
        "coupling.levels",
        where=pinned.text("where.rule", id="community_cap s3"),
        fact=pinned.text("coupling.across"),
    ) == str(found.value)
    across = [
        m.Aim(name=part.measure, parts=[part])
        for part in (
            m.Part(measure="filled"),
            m.Part(measure="coverage", of="depth 1"),
            m.Part(measure="weight"),
        )
    ]
    whole = problem.model_copy(update={"objective": m.Objective(aims=across)})
    plan = mk.solve(whole)
    assert plan.outcome.proof == "prices" and mk.check_certificate(whole, plan).ok


def test_a_goal_that_is_called_like_a_level_is_none() -> None:
    problem = quarter({"s1": 1, "s2": 1, "s3": 4}, {"s1": "N", "s2": "N", "s3": "S"})
    parts = {
        "fair at home": m.Part(measure="filled"),
        "fair": m.Part(measure="coverage", of="communities"),
        "fair at last": m.Part(measure="weight"),
    }
    aims = [m.Aim(name=name, parts=[part]) for name, part in parts.items()]
    problem = problem.model_copy(update={"objective": m.Objective(aims=aims)})
    plan = mk.solve(problem)
    assert [goal.name for goal in plan.outcome.goals] == list(parts)
    assert mk.verify(problem, plan).ok
    assert mk.check_certificate(problem, plan).ok


def test_kept_places_and_what_is_fair() -> None:
    """Places kept for groups tie pairs together; every plan that keeps them is tried."""
    for seed in range(14):
        given = kept_places.drawn(seed)
        asked = {"fair": "communities", "even": "resources"}
        objective = given.objective.model_copy(update=asked)
        problem = given.model_copy(update={"objective": objective})
        plans = [plan for plan, _ in kept_places.every(problem)]
        if not plans:
            with pytest.raises(ContradictionError):
                mk.solve(problem)
            continue
        plan = mk.solve(problem)
        got = {(one.resource, one.requirement): 1 for one in plan.assignments}
        best = max(reached(problem, dict.fromkeys(one, 1)) for one in plans)
        assert reached(problem, got) == best, seed
        assert plan.outcome.status == "optimal"
        assert mk.verify(problem, plan).ok


def test_blocks_say_nothing_of_what_is_shared() -> None:
    """Prices of one resource's block know no coverage: neither relaxation of blocks is tried."""
    problem = tied(1)
    timed = next(tied(k) for k in range(40) if all(d.windows for d in tied(k).demands))
    for given in (problem, timed):
        case = compile_case(Instance(given), 1_000)
        assert case.shares
        assert scheduling_of(case) is None
        assert HeldBounds(case).plan(Deadline()) is None
    plain = timed.model_copy(update={"objective": m.Objective()})
    assert HeldBounds(compile_case(Instance(plain), 1_000)).plan(Deadline()) is not None


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


def test_forms_keep_their_words_in_tables_and_json(tmp_path: Path) -> None:
    seen = Counter[str]()
    for seed in range(6):
        problem = drawn(seed)
        asked = problem.objective
        seen["settings"] += bool(asked.fair)
        seen["aims"] += bool(asked.aims)
        again = m.Problem.model_validate_json(problem.model_dump_json())
        assert again.objective == asked
        for lang in ("en", "zh"):
            place = tmp_path / f"{seed}{lang}"
            mk.write_problem(problem, place, format="csv", lang=lang)
            assert mk.read_problem(place).objective == asked
    assert min(seen["settings"], seen["aims"]) >= 1, seen


def test_repairs_with_coverage_before_another_fill_are_refused() -> None:
    problem = quarter({"s1": 1, "s2": 1, "s3": 4}, {"s1": "N", "s2": "N", "s3": "S"})
    later = problem.demands[2].model_copy(update={"tier": 2})
    parts = [
        m.Part(measure="filled", tier=1),
        m.Part(measure="coverage", tier=1, of="communities"),
        m.Part(measure="filled", tier=2),
        m.Part(measure="weight"),
    ]
    aims = [m.Aim(name=f"aim {k}", parts=[part]) for k, part in enumerate(parts)]
    given = problem.model_copy(
        update={
            "demands": (*problem.demands[:2], later),
            "objective": m.Objective(aims=aims),
        }
    )
    explainer = mk.Explainer(given, mk.solve(given))
    with pytest.raises(UnsupportedError) as found:
        explainer.repairs(later.id)
    assert found.value.complaints[0].parts[1].key == "repairs.shares"


@pytest.mark.parametrize(
    "words",
    [
        {"measure": "coverage", "of": "depth -1"},
        {"measure": "coverage", "of": "depth 01"},
        {"measure": "loads", "of": "depth 1"},
        {"measure": "loads", "of": "resources", "kind": "person"},
        {"measure": "filled", "by": "rate"},
        {"measure": "loads", "of": "resources", "by": "rate", "level": "2/4"},
        {"measure": "loads", "of": "resources", "level": "0"},
    ],
)
def test_measures_that_mean_nothing_are_refused(words: dict[str, str]) -> None:
    with pytest.raises(InputError):
        m.Part(**words)  # type: ignore[arg-type]
