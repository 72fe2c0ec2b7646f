"""Coverage and loads over rounds: keys by hand, records that are refused, tables in and out, and newcomers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pinned
import pytest
from histories import with_history
from typer.testing import CliRunner

import matchkit as mk
import matchkit.model as m
from matchkit.cli.app import app
from matchkit.errors import BudgetError, InputError, UnsupportedError
from matchkit.solvers.flow.past import steps_over_rounds
from matchkit.solving.digest import digest


def villages(
    wanted: dict[str, int],
    people: int,
    history: Sequence[m.History] = (),
    aims: Sequence[m.Part] = (),
    **objective: Any,
) -> m.Problem:
    """Communities with one demand each, and people of capacity 1."""
    stated = {"fair": "communities"} if not aims else {"aims": named(aims)}
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id=name) for name in wanted],
        resources=[m.Resource(id=f"P{k}", unit="U") for k in range(people)],
        demands=[
            m.Demand(
                id=name,
                community=name,
                weight=100 * place,
                requirements=[m.Requirement(id=name, wanted=n)],
            )
            for place, (name, n) in enumerate(wanted.items())
        ],
        history=history,
        objective=m.Objective(**{**stated, **objective}),
    )


def named(parts: Sequence[m.Part]) -> list[m.Aim]:
    """Aims of one part each, fill before and weight after."""
    whole = [m.Part(measure="filled"), *parts, m.Part(measure="weight")]
    return [m.Aim(name=f"aim {k}", parts=[part]) for k, part in enumerate(whole)]


def got(problem: m.Problem) -> dict[str, int]:
    """What each requirement gets, proved and checked."""
    plan = mk.solve(problem)
    assert plan.outcome.status == "optimal"
    assert mk.verify(problem, plan).ok
    assert mk.check_certificate(problem, plan).ok
    return dict(Counter(one.requirement for one in plan.assignments))


def past(name: str, given: int, of: int, number: int = 1) -> m.History:
    return m.History(round=number, community=name, given=given, of=of)


def test_of_two_at_one_level_the_larger_step_counts_history_and_all() -> None:
    """A wanted 9 before and wants 1, B wants 2: both stand at 0. One unit brings A to 1/10, B to 1/2."""
    assert got(villages({"B": 2, "A": 1}, 1, [past("A", 0, 9)])) == {"B": 1}


def test_the_highest_coverage_is_lowest_by_dhondt_and_squares_are_least_by_webster() -> (
    None
):
    """A had 3 of 4 and wants 2, B wants 4: (3 + x) / 6 and y / 4 with x + y = 3. By d'Hondt the highest is
    least at (0, 3): 3/4, with (1, 2) 2/3 < 3/4. By Webster (3 + x)^2 / 6 + y^2 / 4 is 3.75, 3.67 and 4.42 for
    x = 0, 1 and 2.
    """
    for rule in ("dhondt", "webster"):
        part = m.Part(measure="coverage", of="communities", rule=rule)
        problem = villages({"A": 2, "B": 4}, 3, [past("A", 3, 4)], [part])
        assert got(problem) == {"A": 1, "B": 2}, rule


def test_nash_over_rounds_is_refused_by_solver_and_checker() -> None:
    part = m.Part(measure="coverage", of="communities", rule="nash")
    plain = villages({"A": 2, "B": 4}, 3, aims=[part])
    plan = mk.solve(plain)
    whole = villages({"A": 2, "B": 4}, 3, [past("A", 3, 4)], [part])
    told = pinned.text("coupling.nash")
    for call in (mk.solve, lambda problem: mk.verify(problem, plan)):
        with pytest.raises(UnsupportedError, match=told):
            call(whole)
    loads = [m.History(round=1, resource="P0", given=3)]
    assert got(villages({"A": 2, "B": 4}, 3, loads, [part])) == got(plain)


def test_rounds_count_back_from_the_current_one() -> None:
    """A had its unit two rounds ago, B one round ago; at half a round, A stands at 1/4 of 5/4, B at 1/2 of 3/2:
    A is lower. If the round is the second, A had it in the round before, and B in this round already.
    """
    records = [past("A", 1, 1, 1), past("B", 1, 1, 2)]
    for number, decay in ((None, "1/2"), (2, "1/2"), (9, 0.5)):
        problem = villages({"A": 1, "B": 1}, 1, records, decay=decay)
        problem = m.Problem(**{**dict(problem), "round": number})
        assert got(problem) == {"A": 1}
        assert problem.objective.decay == "1/2"
    # Without decay both stand at 1/2; B is worth more.
    assert got(villages({"A": 1, "B": 1}, 1, records)) == {"B": 1}
    # Nothing of earlier rounds: only the worth is left.
    assert got(villages({"A": 1, "B": 1}, 1, records, decay=0)) == {"B": 1}


def test_locks_and_earlier_plans_of_this_round_count_alike() -> None:
    """A wants two, has one, and B wants two: the next goes to B, whether A's is a lock or history of this
    round.
    """
    lock = m.Lock(resource="P0", requirement="A")
    locked = villages({"B": 2, "A": 2}, 2)
    locked = m.Problem(**{**dict(locked), "rules": [lock]})
    assert got(locked) == {"A": 1, "B": 1}
    given = villages({"B": 2, "A": 1}, 1, [past("A", 1, 1, 4)], decay="1/2")
    assert got(m.Problem(**{**dict(given), "round": 4})) == {"B": 1}


def test_those_who_are_gone_and_records_in_any_order_change_nothing() -> None:
    records = [past("A", 1, 2), past("B", 2, 2), past("A", 1, 1, 2)]
    plain = villages({"A": 2, "B": 2}, 3, records, decay="2/3")
    more = [*records, past("gone", 0, 5, 2), m.History(round=1, resource="Q", given=1)]
    whole = villages({"A": 2, "B": 2}, 3, more, decay="2/3")
    assert got(plain) == got(whole)
    turned = m.Problem(**{**dict(whole), "history": whole.history[::-1]})
    assert digest(turned) == digest(whole) != digest(plain)
    assert mk.solve(turned).to_json() == mk.solve(whole).to_json()


@pytest.mark.parametrize(
    ("fields", "name", "values"),
    [
        ({"given": 1}, "whose_history", {}),
        ({"community": "A", "unit": "U", "given": 1}, "whose_history", {}),
        ({"community": "A", "given": 1}, "history_of", {}),
        ({"demand": "A", "given": 3, "of": 2}, "history_more", {"given": 3, "of": 2}),
        (
            {"demand": "A", "given": 1, "of": 2, "measure": "nights"},
            "history_measure",
            {"measure": "nights"},
        ),
        ({"unit": "U", "given": 1, "of": 2}, "no_history_of", {}),
        ({"resource": "P0", "given": 1, "tier": 2}, "no_history_of", {}),
        ({"resource": "P0", "given": 1, "kind": "van"}, "no_history_of", {}),
    ],
)
def test_records_that_say_too_little_or_too_much(
    fields: dict[str, Any], name: str, values: dict[str, Any]
) -> None:
    with pytest.raises(InputError) as error:
        m.History(round=1, **fields)
    assert pinned.text(f"record.{name}", **values) in str(error.value)


def test_what_only_the_whole_problem_can_see() -> None:
    nights = m.History(round=3, resource="P0", measure="nights", given=1)
    stated: dict[str, Any] = {"history": [nights], "round": 2}
    with pytest.raises(InputError) as error:
        m.Problem(**stated, objective=m.Objective(even="resources"))
    told = str(error.value)
    assert pinned.text("record.later_round", round=3, now=2) in told
    assert pinned.text("record.no_load_factor", measure="nights") in told
    # Where loads are no goal, nobody has to say what a night counts as.
    m.Problem(**{**stated, "round": 4})
    for decay in ("3/2", "1/0", "-1", "half", "1e-3", None, True):
        with pytest.raises(InputError) as error:
            m.Objective(decay=decay)
        assert "pattern" not in str(error.value)
    with pytest.raises(InputError, match=pinned.text("record.decay")):
        m.Objective(decay="3/2")


def test_too_long_a_history_is_refused_by_solver_and_checker() -> None:
    plan = mk.solve(villages({"A": 1}, 1))
    records = [past("A", 1, 1, 1), past("A", 1, 1, 500)]
    problem = villages({"A": 1}, 1, records, decay="9/10")
    told = pinned.text("matching.long_history", most=256)
    for call in (mk.solve, lambda one: mk.verify(one, plan)):
        with pytest.raises(BudgetError, match=told):
            call(problem)
    at_most = villages({"A": 1}, 1, [past("A", 1, 1, 1)], decay="9/10")
    for age in (85, 86):
        given = at_most.model_copy(update={"round": 1 + age})
        if age == 85:
            assert mk.solve(given).outcome.status == "optimal"
        else:
            with pytest.raises(BudgetError, match=told):
                mk.solve(given)
    capped = villages({"A": 2, "B": 2}, 3, [past("A", 1, 1, n) for n in (1, 60)])
    fields = dict(capped)
    fields["rules"] = [m.CommunityCap(community="A", most=1)]
    fields["communities"] = [
        m.Community(id="X"),
        m.Community(id="A", parent="X"),
        m.Community(id="B", parent="X"),
    ]
    fields["rules"] = [m.CommunityCap(community="X", most=2)]
    fields["objective"] = m.Objective(fair="communities", decay="9/10")
    told = pinned.text("matching.long_level", longest=999, most=121).partition("999")[0]
    for call in (mk.solve, lambda one: mk.verify(one, plan)):
        with pytest.raises(BudgetError) as error:
            call(m.Problem(**fields))
        assert str(error.value).startswith(told)


def test_a_tier_and_a_kind_of_a_record() -> None:
    """Of tier 2 alone A had nothing of 4; records of tier 1 and of vehicles do not count there."""
    plain = villages({"A": 1, "B": 1}, 1)
    records = [
        m.History(round=1, community="B", given=4, of=4, tier=1),
        m.History(round=1, community="B", given=0, of=9, tier=2),
        m.History(round=1, community="A", given=1, of=4, tier=2),
    ]
    demands = [one.model_copy(update={"tier": 2}) for one in plain.demands]
    fields = {**dict(plain), "demands": demands, "history": records}
    assert got(m.Problem(**fields)) == {"B": 1}
    part = m.Part(measure="coverage", of="communities", kind="person")
    kinds = [
        m.History(round=1, community="B", given=4, of=4, kind="vehicle"),
        m.History(round=1, community="A", given=1, of=1, kind="Person"),
    ]
    assert got(villages({"A": 1, "B": 1}, 1, kinds, [part])) == {"B": 1}


def test_a_plan_becomes_the_history_of_the_next_round() -> None:
    part = m.Part(measure="coverage", of="demands")
    problem = villages({"A": 2, "B": 1}, 2, [past("A", 1, 1)], [part])
    fund = m.Resource(id="F", unit="U", kind="fund", capacity=9)
    money = m.Requirement(id="M", kind="fund", wanted=4)
    more = m.Demand(id="M", community="B", tier=2, requirements=[money])
    resources = [*problem.resources, fund]
    problem = m.Problem(
        **{**dict(problem), "resources": resources, "demands": [*problem.demands, more]}
    )
    plan = mk.solve(problem)
    later = villages({"A": 1}, 1).after(problem, plan)
    assert later.round == 3
    found = {
        (one.community or one.demand or one.resource or one.unit, one.tier): (
            one.round,
            one.given,
            one.of,
        )
        for one in later.history[1:]
        if one.demand is None
    }
    assert found == {
        ("A", 1): (2, 1, 2),
        ("B", 1): (2, 1, 1),
        ("B", 2): (2, 4, 4),
        ("P0", None): (2, 1, None),
        ("P1", None): (2, 1, None),
        ("U", None): (2, 2, None),
    }
    assert [(one.demand, one.given, one.of) for one in later.history if one.demand] == [
        ("A", 1, 2),
        ("B", 1, 1),
        ("M", 4, 4),
    ]
    with pytest.raises(InputError):
        later.after(problem, None)
    broken = plan.model_copy(update={"assignments": plan.assignments[1:]})
    with pytest.raises(mk.errors.BrokenPlanError):
        later.after(problem, broken)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tables_hold_a_history_without_loss(tmp_path: Path, lang: Any) -> None:
    for seed in range(2):
        problem = with_history(villages({"A": 2, "B": 1}, 3), seed)
        for name in (f"{lang}{seed}.xlsx", f"{lang}{seed}"):
            mk.write_problem(problem, tmp_path / name, lang=lang)
            assert mk.read_problem(tmp_path / name) == problem
        assert m.Problem.from_json(problem.to_json()) == problem


def test_the_command_line_writes_the_table_of_the_next_round(tmp_path: Path) -> None:
    problem = villages({"A": 2, "B": 1}, 2, [past("A", 1, 1)], decay="1/2")
    plan = mk.solve(problem)
    paths = [tmp_path / name for name in ("problem.json", "plan.json", "next")]
    paths[0].write_text(problem.to_json(), encoding="utf-8")
    mk.write_plan(problem, plan, paths[1])
    words = ["export", *map(str, paths[:2]), "-o", str(paths[2]), "--history"]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert [path.name for path in paths[2].iterdir()] == ["history.csv"]
    mk.write_problem(villages({"A": 1, "B": 1}, 2), tmp_path / "bare", lang="en")
    (paths[2] / "history.csv").replace(tmp_path / "bare" / "history.csv")
    read = mk.read_problem(tmp_path / "bare")
    assert read.history == villages({"A": 1}, 1).after(problem, plan).history
    with pytest.raises(InputError):
        mk.tables.plan_grids(problem, plan, sheets=["history"], unit="U")


def test_pseudonyms_cover_the_history_of_those_who_are_gone() -> None:
    records = [
        m.History(round=1, resource=name, given=1) for name in ("P0", "someone gone")
    ]
    problem = villages({"A": 2}, 2, [*records, past("A", 1, 2)], even="resources")
    hidden, shown = mk.tables.pseudonymize(
        problem, mk.solve(problem), mk.tables.Pseudonyms(bytes(range(16)))
    )
    assert "someone" not in hidden.to_json() and '"P0"' not in hidden.to_json()
    assert len(hidden.history) == 3
    assert mk.check_certificate(hidden, shown).ok


@pytest.mark.parametrize(
    ("by", "levels"), [("count", ["5", "4"]), ("rate", ["5/2", "2"])]
)
def test_who_has_nothing_to_give_stands_at_no_level(by: Any, levels: list[str]) -> None:
    """Levels are goals, as using bo costs something; a rate of nothing is none, and 0 no level of anybody."""
    parts = [
        m.Part(measure="filled"),
        m.Part(measure="loads", of="resources", by=by),
        m.Part(measure="weight"),
    ]
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(id="ana", unit="U", capacity=0),
            m.Resource(id="bo", unit="U", capacity=2, activation=1),
        ],
        demands=[m.Demand(id="D", community="C", requirements=[m.Requirement(id="Q")])],
        history=[m.History(round=1, resource="bo", given=3)],
        objective=m.Objective(aims=named(parts)),
    )
    plan = mk.solve(problem)
    assert mk.verify(problem, plan).ok
    names = [goal.name for goal in plan.outcome.goals]
    assert [one.rpartition(" at ")[2] for one in names if " at " in one] == levels


def crew(*records: m.History, capacity: int = 3) -> m.Problem:
    """Three people; a demand for two of them, and one for another."""
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="A")],
        resources=[
            m.Resource(
                id=name,
                unit="U",
                capacity=capacity,
                skills=[m.SkillLevel(skill="Experienced")] if name == "cy" else [],
            )
            for name in ("ana", "bo", "cy")
        ],
        demands=[
            m.Demand(
                id="D",
                community="A",
                requirements=[m.Requirement(id="Q", wanted=2)],
            ),
            m.Demand(id="E", community="A", requirements=[m.Requirement(id="R")]),
        ],
        history=records,
    )


def test_a_ramp_goes_by_rounds_served() -> None:
    """Ana served in rounds 1 and 2 (twice in the second), bo refused; cy has the skill. Rounds of this number and
    records of nothing are none served.
    """
    records = [
        *(m.History(round=n, resource="ana", given=1) for n in (1, 2, 2)),
        m.History(round=1, resource="bo", given=0),
        m.History(round=2, resource="bo", measure="refusals", given=2),
        m.History(round=3, resource="bo", given=1),
    ]
    problem = m.Problem(**{**dict(crew(*records)), "round": 3})
    capacity = {
        steps: [one.capacity for one in mk.rules.ramp(problem, steps=steps).resources]
        for steps in ((), (1,), (1, 1), (1, 1, 2), (0, 9, 9))
    }
    assert capacity == {
        (): [3, 3, 3],
        (1,): [3, 1, 3],
        (1, 1): [3, 1, 3],
        (1, 1, 2): [2, 1, 3],
        (0, 9, 9): [3, 0, 3],
    }
    weekly = mk.rules.ramp(problem, steps=[1, 1, 2], per="week", zone="Asia/Shanghai")
    assert [(one.resource, one.most, one.per) for one in weekly.rules] == [
        ("ana", 2, "week"),
        ("bo", 1, "week"),
    ]
    assert weekly.resources == problem.resources
    with pytest.raises(InputError):
        mk.rules.ramp(problem, steps=[-1])
    with pytest.raises(InputError):
        mk.rules.ramp(problem, steps=[1], per="days")
    for wrong in ({"steps": None}, {"steps": {1}}, {"steps": "12"}, {"kind": None}):
        with pytest.raises(InputError) as told:
            mk.rules.ramp(problem, **{"steps": [1], **wrong})
        assert [one.where for one in told.value.complaints] == list(wrong)
    for wrong in ({"steps": [1, 1, 1, "x"]}, {"skill": 7}, {"per": None}):
        with pytest.raises(InputError):
            mk.rules.ramp(crew(), **{"steps": [], **wrong})


def test_newcomers_serve_beside_somebody_experienced_and_weights_stay() -> None:
    """Ana is experienced by her rounds, cy by skill; bo alone serves nobody."""
    record = m.History(round=1, resource="ana", given=1)
    problem = mk.rules.ramp(crew(record, capacity=1), steps=[1], beside=1)
    plan = mk.solve(problem)
    by_demand = {
        demand: sorted(one.resource for one in plan.assignments if one.requirement == q)
        for demand, q in (("D", "Q"), ("E", "R"))
    }
    assert "bo" in by_demand["D"] and len(by_demand["D"]) == 2
    assert len(by_demand["E"]) == 1
    assert {one.weight for one in plan.assignments} == {
        one.weight for one in mk.solve(crew(record, capacity=1)).assignments
    }
    alone = [one for one in crew().resources if one.id == "bo"]
    only = m.Problem(**{**dict(crew()), "resources": alone})
    assert len(mk.solve(only).assignments) == 2
    assert not mk.solve(mk.rules.ramp(only, steps=[2], beside=1)).assignments


def test_a_ramp_beside_somebody_counts_people_only() -> None:
    hall = m.Requirement(id="H", kind="venue")
    demands = list(crew().demands)
    demands[0] = demands[0].model_copy(
        update={"requirements": (*demands[0].requirements, hall)}
    )
    mixed = m.Problem(**{**dict(crew()), "demands": demands})
    with pytest.raises(InputError) as error:
        mk.rules.ramp(mixed, steps=[1], beside=1)
    assert pinned.text("record.ramp_kinds", kind="person") in str(error.value)
    mk.rules.ramp(mixed, steps=[1])
    with pytest.raises(InputError):
        mk.rules.ramp(None, steps=[1])  # type: ignore[arg-type]


def test_the_order_of_units_is_exact_where_floats_are_not() -> None:
    """Keys of random fractions with long denominators, against Fractions."""
    rng = random.Random(5)  # noqa: S311 - seeded tests, no secret
    had = [Fraction(rng.randint(0, 99), 10 ** rng.randint(1, 30)) for _ in range(8)]
    share = [Fraction(rng.randint(10**30, 10**30 + 2), 10**29) for _ in had]
    most = np.array([3] * len(had), np.int64)
    for rule in ("leximin", "dhondt", "webster", "even"):
        keys = [
            {
                "leximin": ((h + k - 1) / d, d),
                "dhondt": ((h + k) / d, -d),
                "webster": ((2 * (h + k) - 1) / d,),
                "even": ((h + k) / d, -d),
            }[rule]
            for h, d in zip(had, share, strict=True)
            for k in (1, 2, 3)
        ]
        order = sorted(set(keys))
        steps = steps_over_rounds(most, rule, 1, 0, had, share)
        sign = -1 if rule == "even" else 0
        expected = [
            sign * (order.index(key) + 1) or len(order) - order.index(key)
            for key in keys
        ]
        assert steps.gain[:, 0].tolist() == expected, rule
