"""Plans that ranks choose, against every plan there is; and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from chosen_problems import Words, check, drawn, pairs_of, solved

import matchkit as mk
import matchkit.model as m
from matchkit.errors import ContradictionError, InputError, UnsupportedError
from matchkit.plan import BlockingPair

SEEDS = range(26)


def problem(*wanted: int, people: int = 3, **fields: Any) -> m.Problem:
    """People P0, P1, ... and a demand D0, D1, ... with one requirement Q0, Q1, ... for every number wanted."""
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="A")],
        resources=[m.Resource(id=f"P{k}", unit="U") for k in range(people)],
        demands=[
            m.Demand(
                id=f"D{k}",
                community="A",
                requirements=[m.Requirement(id=f"Q{k}", wanted=many)],
            )
            for k, many in enumerate(wanted)
        ],
        **fields,
    )


def ranks(by: str, name: str, of: str, **given: int) -> m.Ranking:
    """A ranking of ids as keywords."""
    return m.Ranking(by=by, id=name, of=of, ids=list(given), ranks=list(given.values()))  # type: ignore[arg-type]


# 400,816: HiGHS fails on the program that it presolves.
@pytest.mark.parametrize("seed", [*SEEDS, 400_816])
def test_stable_plans_of_every_kind_are_those_of_all_plans(seed: int) -> None:
    check(seed)


@pytest.mark.parametrize("seed", range(20))
def test_every_pair_that_blocks_a_plan_is_found_by_the_checker(seed: int) -> None:
    """Any plan that takes only who is wanted, with the claim that nothing blocks it."""
    given = drawn(seed)
    words = Words(given)
    plans = list(words.every())
    any_plan = plans[seed * 7919 % len(plans)]
    stated = _claiming(given, any_plan, "weak")
    right = words.blocking(any_plan)
    report = mk.verify(*stated)
    found = {one.ids for one in report.violations if one.message.key == "blocking"}
    assert found == right
    assert {one.rule for one in report.violations} <= {"chosen"}
    assert report.ok == (not right)


def _claiming(
    given: m.Problem, pairs: dict[tuple[str, str], int], rule: str
) -> tuple[m.Problem, mk.Plan]:
    """The problem that asks for stability, and these pairs as a plan that claims it."""
    locks = [
        m.Lock(resource=one, requirement=other)
        for one, other in pairs
        if m.Lock(resource=one, requirement=other) not in given.rules
    ]
    forbids = [
        m.Forbid(resource=one.id, requirement=need.id)
        for one in given.resources
        for demand in given.demands
        for need in demand.requirements
        if (one.id, need.id) not in pairs
    ]
    rules = [*(one for one in given.rules if one.rule == "lock"), *locks, *forbids]
    plain = given.model_copy(update={"rules": tuple(rules), "objective": m.Objective()})
    plan = mk.solve(plain)
    assert pairs_of(plan) == pairs
    asking = given.model_copy(update={"objective": m.Objective(stable=rule)})  # type: ignore[arg-type]
    chosen = mk.solve(asking).outcome
    assert chosen.chosen is not None
    claim = chosen.chosen.model_copy(update={"blocking": 0, "fewest": 0, "pairs": ()})
    bare = {"bound": None, "gap": None, "status": "feasible", "stopped": "no_proof"}
    goals = tuple(one.model_copy(update={"bound": None}) for one in plan.outcome.goals)
    more = {"chosen": claim, "goals": goals, "proof": None}
    outcome = plan.outcome.model_copy(update={**bare, **more})
    return asking, plan.model_copy(update={"outcome": outcome, "certificate": None})


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("side", ["resources", "requirements"])
def test_a_plan_is_what_match_makes_of_the_same_arrays(seed: int, side: str) -> None:
    given = drawn(seed, channels=False, minimums=False)
    if any(rule.rule == "lock" for rule in given.rules):
        return
    words = Words(given)
    pairs = sorted(words.ranks)
    graph = mk.BipartiteGraph.from_arrays(
        [one for one, _ in pairs],
        [other for _, other in pairs],
        [0] * len(pairs),
        left_capacity=[one.capacity for one in given.resources],
        right_capacity=[one.requirements[0].wanted for one in given.demands],
        left_ids=[one.id for one in given.resources],
        right_ids=[one.requirements[0].id for one in given.demands],
    )
    given_ranks = [[min(words.ranks[pair][k], 9) for pair in pairs] for k in (0, 1)]
    for by in ("stable", "dictatorship", "immediate"):
        ranked = mk.Preferences(
            *given_ranks,
            by=by,
            proposing="left" if side == "resources" else "right",
        )
        found = mk.match(graph, preferences=ranked, seed=3)
        asked = {"stable": "weak"} if by == "stable" else {"choice": by}
        objective = m.Objective(**asked, proposing=side)  # type: ignore[arg-type]
        plan = mk.solve(given.model_copy(update={"objective": objective}), seed=3)
        mine = found.pairs
        assert pairs_of(plan) == {
            (str(a), str(b)): int(q)
            for a, b, q in zip(mine.left, mine.right, mine.quantity, strict=True)
        }


def test_seats_of_channels_worked_by_hand() -> None:
    """docs/rules.md: Eli before Dee for the one place of the residents; Hal and Fay, Gus second, for the rest."""
    named = {
        "P0": ("residents", None, None, 12),
        "P1": ("residents", None, None, 15),
        "P2": ("unit", "U", 1, 0),
        "P3": ("unit", "U", 2, 0),
        "P4": ("self", None, None, 20),
    }
    given = problem(
        3,
        people=5,
        nominations=[
            m.Nomination(
                person=name, demand="D0", channel=way, by=by, rank=rank, endorsements=n
            )
            for name, (way, by, rank, n) in named.items()
        ],
        channels=[m.Channel(channel="residents", places=1)],
    )
    assert {name for name, _ in pairs_of(solved(given, stable="weak"))} == {
        "P1",
        "P2",
        "P4",
    }
    # Without places of their own all compare by signatures: 20, 15 and 12.
    open_to_all = given.model_copy(update={"channels": ()})
    assert {name for name, _ in pairs_of(solved(open_to_all, stable="weak"))} == {
        "P0",
        "P1",
        "P4",
    }
    # Who is not nominated is not taken, however many places are left.
    assert (
        len(
            pairs_of(
                solved(
                    problem(9, people=9, nominations=given.nominations), stable="weak"
                )
            )
        )
        == 5
    )


def test_stability_costs_a_slot_and_compare_shows_it() -> None:
    """Worked by hand in docs/rules.md: P0 and Q0 block the best plan."""
    till = (m.SkillLevel(skill="till"),)
    given = problem(
        1,
        1,
        people=2,
        rankings=[
            ranks("resource", "P0", "demands", D0=1, D1=2),
            ranks("demand", "D0", "resources", P0=1, P1=2),
        ],
    )
    one, other = given.demands
    able, unable = given.resources
    sells = other.requirements[0].model_copy(update={"skills": till})
    given = given.model_copy(
        update={
            "demands": (one, other.model_copy(update={"requirements": (sells,)})),
            "resources": (able.model_copy(update={"skills": till}), unable),
        }
    )
    best, stable = mk.solve(given), solved(given, stable="weak")
    assert pairs_of(best) == {("P0", "Q1"): 1, ("P1", "Q0"): 1}
    assert pairs_of(stable) == {("P0", "Q0"): 1}
    found = mk.compare(given, best, stable)
    assert (found.slots.difference, found.weight.difference) == (-1, 190 - 400)
    blocking = found.blocking
    assert blocking is not None
    assert (blocking.rule, blocking.before, blocking.after) == ("weak", 1, 0)
    pair = BlockingPair(resource="P0", requirement="Q0")
    assert (blocking.pairs_before, blocking.pairs_after) == ((pair,), ())
    assert "(weak stability): 1 before, 0 after" in found.text()
    asking = given.model_copy(update={"objective": m.Objective(stable="weak")})
    lacks = mk.Explainer(asking, stable).shortages()
    assert [
        (one.cause, one.witness.eligible, one.witness.mutual) for one in lacks.shortages
    ] == [("ranks", 1, 1)]
    assert mk.check_witness(asking, stable, lacks).ok
    wrong = lacks.shortages[0].witness.model_copy(update={"mutual": 0})
    spoilt = lacks.shortages[0].model_copy(update={"witness": wrong})
    assert not mk.check_witness(asking, stable, spoilt).ok
    spoilt = lacks.shortages[0].model_copy(
        update={"witness": wrong.model_copy(update={"mutual": 1, "rule": "super"})}
    )
    assert not mk.check_witness(asking, stable, spoilt).ok


@pytest.mark.parametrize(
    "ask",
    [
        lambda problem, plan: mk.advice(problem, plan),
        lambda problem, plan: mk.audit(problem, plan),
        lambda problem, plan: mk.repairs(problem, plan, "D0"),
        lambda problem, _: mk.trade_off(problem, "tier 1", "weight"),
        lambda problem, plan: mk.weight_range(problem, plan, "distance"),
        lambda problem, plan: mk.Explainer(problem, plan).why("P0", "Q0"),
        lambda problem, plan: mk.Explainer(problem, plan).why_not("P1", "Q0"),
        lambda problem, plan: mk.Explainer(problem, plan).resource("P0"),
    ],
)  # fmt: skip
def test_answers_about_best_plans_are_refused(ask: Any) -> None:
    given = problem(1, objective=m.Objective(stable="weak"))
    with pytest.raises(UnsupportedError) as caught:
        ask(given, mk.solve(given))
    assert {one.parts[1].key for one in caught.value.complaints} == {"ranks.explained"}


CAP = m.UnitCap(unit="U", most=1)
SOFT = m.Forbid(resource="P0", requirement="Q0", soft=m.rules.Soft(price=1))


@pytest.mark.parametrize(
    ("rules", "labels"),
    [
        ([CAP], ["rule unit_cap U"]),
        ([SOFT], ["rule forbid P0 Q0"]),
        ([m.Rest(minutes=5), CAP], ["rule rest", "rule unit_cap U"]),
        ([m.MaxDistance(km=5.0), m.Forbid(resource="P0", requirement="Q0")], []),
    ],
)
def test_other_rules_are_refused_by_name(rules: list[Any], labels: list[str]) -> None:
    given = problem(1, rules=rules)
    if not labels:
        assert len(pairs_of(solved(given, stable="weak"))) == 1
        return
    with pytest.raises(UnsupportedError) as caught:
        solved(given, stable="weak")
    assert [one.where for one in caught.value.complaints] == labels


def test_records_that_no_flow_expresses_are_refused_by_name() -> None:
    busy = m.Resource(id="P0", unit="U", activation=5)
    given = problem(1).model_copy(update={"resources": (busy,)})
    with pytest.raises(UnsupportedError) as caught:
        solved(given, stable="weak")
    assert [one.where for one in caught.value.complaints] == ["resource P0"]


def test_what_a_rule_of_choice_is_not_defined_for_is_refused_by_name() -> None:
    two = problem(2)
    least = problem(1)
    need = least.demands[0].requirements[0].model_copy(update={"minimum": 1})
    demand = least.demands[0].model_copy(update={"requirements": (need,)})
    least = least.model_copy(update={"demands": (demand,)})
    named = m.Nomination(person="P0", demand="D0", channel="self")
    own = least.model_copy(
        update={
            "nominations": (named,),
            "channels": (m.Channel(channel="self", places=1),),
        }
    )
    stock = m.Resource(id="P0", unit="U", kind="person", capacity=2, divisible=True)
    stocks = two.model_copy(update={"resources": (stock,)})
    aims = (m.Aim(name="few", parts=(m.Part(measure="resources_used"),)),)
    tolerant = (
        m.Aim(name="fill", parts=(m.Part(measure="filled"),), tolerance=1),
        m.Aim(name="weight", parts=(m.Part(measure="weight"),)),
    )
    for given, asked, key in (
        (two, {"choice": "trading", "proposing": "requirements"}, "ranks.capacity"),
        (least, {"choice": "immediate"}, "ranks.choice_minimum"),
        (own, {"stable": "weak"}, "ranks.minimum"),
        (stocks, {"stable": "super"}, "preferences.pair_capacity"),
        (two, {"stable": "weak", "among": "goals", "aims": aims}, "ranks.measure"),
        (
            two,
            {"stable": "weak", "among": "goals", "aims": tolerant},
            "ranks.tolerance",
        ),
    ):
        with pytest.raises(UnsupportedError) as caught:
            solved(given, **asked)
        assert {one.parts[1].key for one in caught.value.complaints} >= {key}


def test_locks_beyond_the_places_of_a_channel_contradict_it() -> None:
    given = problem(
        2,
        nominations=[
            m.Nomination(person=f"P{k}", demand="D0", channel="self") for k in (0, 1)
        ],
        channels=[m.Channel(channel="self", places=1)],
        rules=[m.Lock(resource=f"P{k}", requirement="Q0") for k in (0, 1)],
    )
    with pytest.raises(ContradictionError) as caught:
        solved(given, stable="weak")
    assert [one.parts[1].key for one in caught.value.complaints] == ["ranks.locked"]


def test_a_minimum_comes_before_stability_and_the_fewest_pairs_block() -> None:
    """P0 and P1 both want Q0, which has room for both; Q1 must have one, so one of them blocks with Q0."""
    given = problem(2, 1, people=2, rankings=[
        ranks("resource", name, "requirements", Q0=1, Q1=2) for name in ("P0", "P1")
    ])  # fmt: skip
    need = given.demands[1].requirements[0].model_copy(update={"minimum": 1})
    demand = given.demands[1].model_copy(update={"requirements": (need,)})
    given = given.model_copy(update={"demands": (given.demands[0], demand)})
    plan = solved(given, stable="weak")
    chosen = plan.outcome.chosen
    assert chosen is not None
    assert (chosen.blocking, chosen.fewest, len(chosen.pairs)) == (1, 1, 1)
    assert sorted(role for _, role in pairs_of(plan)) == ["Q0", "Q1"]
    greatest = solved(given, stable="weak", among="goals").outcome
    assert greatest.status == "optimal"
    assert [(goal.name, goal.value, goal.bound) for goal in greatest.goals[:2]] == [
        ("tier 1 minimum", 1, 1),
        ("tier 1", 1, 1),
    ]


def test_an_objective_for_ranks_and_shares_is_refused() -> None:
    for asked, key in (
        ({"stable": "weak", "choice": "trading"}, "record.stable_and_choice"),
        ({"stable": "weak", "fair": "communities"}, "record.ranks_and_fair"),
        ({"choice": "trading", "among": "goals"}, "record.among_goals"),
    ):
        with pytest.raises(InputError) as caught:
            m.Objective(**asked)  # type: ignore[arg-type]
        assert [one.parts[1].key for one in caught.value.complaints] == [key]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"rankings": [ranks("resource", "P9", "demands", D0=1)]}, "record.unlisted.resource"),
        ({"rankings": [ranks("resource", "P0", "demands", D9=1)]}, "record.unlisted.demand"),
        ({"rankings": [ranks("resource", "P0", "demands", D0=1)] * 2}, "record.ranked_twice"),
        ({"nominations": [m.Nomination(person="P9", demand="D0", channel="self")]}, "record.unlisted.resource"),
        ({"nominations": [m.Nomination(person="P0", demand="D0", channel="unit", by="V")]}, "record.unlisted.unit"),
        ({"nominations": [m.Nomination(person="P0", demand="D0", channel="self")] * 2}, "record.nominated_twice"),
        ({"channels": [m.Channel(channel="self")] * 2}, "record.channel_twice"),
        ({"channels": [m.Channel(channel="self", demand="D9")]}, "record.unlisted.demand"),
        (
            {
                "channels": [m.Channel(channel="self", places=2)],
                "nominations": [m.Nomination(person="P0", demand="D0", channel="unit", by="U")],
            },
            "record.channel_places",
        ),
        (
            {
                "channels": [m.Channel(channel="unit", nominations=1)],
                "nominations": [
                    m.Nomination(person=f"P{k}", demand="D0", channel="unit", by="U") for k in (0, 1)
                ],
            },
            "record.nominations_many",
        ),
    ],
)  # fmt: skip
def test_faults_between_records_of_ranks_are_told(fields: Any, key: str) -> None:
    with pytest.raises(InputError) as caught:
        problem(1, **fields)
    assert [one.parts[1].key for one in caught.value.complaints] == [key]


def test_faults_within_records_of_ranks_are_told() -> None:
    for made, key in (
        (lambda: m.Ranking(by="unit", id="U", of="resources", ids=(), ranks=()), "record.same_side"),
        (lambda: m.Ranking(by="unit", id="U", of="demands", ids=("D",), ranks=()), "record.rank_each"),
        (lambda: m.Ranking(by="unit", id="U", of="demands", ids=("D", "D"), ranks=(1, 2)), "record.rank_twice"),
        (lambda: m.Nomination(person="P", demand="D", channel="unit"), "record.nominator"),
        (lambda: m.Nomination(person="P", demand="D", channel="self", by="Q"), "record.by_itself"),
    ):  # fmt: skip
        with pytest.raises(InputError) as caught:
            made()
        assert [one.parts[1].key for one in caught.value.complaints] == [key]
        assert key != "record.rank_twice" or "D" in str(caught.value).split()


def test_the_order_of_records_means_nothing_and_ranks_are_sealed() -> None:
    given = drawn(11)
    assert given.rankings
    objective = m.Objective(stable="weak")
    given = given.model_copy(update={"objective": objective})
    turned = given.model_copy(
        update={
            name: getattr(given, name)[::-1] for name in ("rankings", "nominations")
        }
    )
    assert mk.solve(given).to_json() == mk.solve(turned).to_json()
    first = given.rankings[0]
    other = first.model_copy(update={"ranks": tuple(r + 1 for r in first.ranks)})
    changed = given.model_copy(update={"rankings": (other, *given.rankings[1:])})
    assert mk.solve(given).outcome.digest != mk.solve(changed).outcome.digest


def test_whoever_is_taken_out_is_taken_out_of_ranks_too() -> None:
    given = problem(
        1,
        1,
        rankings=[
            ranks("resource", "P0", "demands", D0=1),
            ranks("demand", "D0", "resources", P0=2, P1=1),
            ranks("demand", "D1", "resources", P0=1),
        ],
        nominations=[m.Nomination(person="P0", demand="D1", channel="self")],
        channels=[m.Channel(channel="self", demand="D0", places=1)],
    )
    less = mk.changes.apply_changes(given, [mk.changes.RemoveResource(resource="P0")])
    assert less.rankings == (
        ranks("demand", "D0", "resources", P1=1),
        m.Ranking(by="demand", id="D1", of="resources", ids=(), ranks=()),
    )
    assert less.nominations == ()
    fewer = mk.changes.apply_changes(given, [mk.changes.RemoveDemand(demand="D0")])
    assert [one.id for one in fewer.rankings] == ["P0", "D1"]
    assert fewer.channels == ()


def test_a_copy_under_pseudonyms_keeps_its_plan() -> None:
    for seed in range(6):
        given = drawn(seed)
        given = given.model_copy(update={"objective": m.Objective(stable="strong")})
        plan = mk.solve(given)
        hidden, shown = mk.tables.pseudonymize(
            given, plan, mk.tables.Pseudonyms(b"0" * 32)
        )
        assert shown.outcome.chosen is not None
        assert plan.outcome.chosen is not None
        assert shown.outcome.chosen.blocking == plan.outcome.chosen.blocking
        assert not {"P0", "P1"} & set(str(hidden.to_json()).split('"'))


def test_no_copy_under_pseudonyms_is_made_of_a_rule_of_choice() -> None:
    """Turns follow from ids, so the plan is not what the rule gives of others."""
    given = problem(2, objective=m.Objective(choice="dictatorship"))
    with pytest.raises(UnsupportedError) as caught:
        key = mk.tables.Pseudonyms(b"0" * 32)
        mk.tables.pseudonymize(given, mk.solve(given), key)
    assert [one.parts[1].key for one in caught.value.complaints] == ["ranks.renamed"]


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("rule", "strong", "chosen_stated"),
        ("proposing", "requirements", "chosen_stated"),
        ("blocking", 1, "blocking_count"),
        ("fewest", 1, "fewest"),
        ("pairs", (BlockingPair(resource="P0", requirement="Q0"),), "blocking_listed"),
    ],
)
def test_what_a_plan_says_of_its_ranks_is_checked(
    field: str, value: Any, key: str
) -> None:
    given = problem(2, 1, objective=m.Objective(stable="weak"))
    plan = mk.solve(given)
    assert plan.outcome.chosen is not None
    chosen = plan.outcome.chosen.model_copy(update={field: value})
    outcome = plan.outcome.model_copy(update={"chosen": chosen})
    report = mk.verify(given, plan.model_copy(update={"outcome": outcome}))
    assert key in {one.message.key for one in report.violations}


def test_a_plan_must_say_how_ranks_chose_it_and_only_then() -> None:
    given = problem(2, 1, objective=m.Objective(stable="weak"))
    plan = mk.solve(given)
    bare = plan.outcome.model_copy(update={"chosen": None})
    for other, stated in (
        (given, plan.model_copy(update={"outcome": bare})),
        (given.model_copy(update={"objective": m.Objective()}), plan),
    ):
        report = mk.verify(other, stated)
        assert [one.message.key for one in report.violations] == ["chosen_stated"]


def test_people_who_are_not_wanted_or_beyond_a_channel_are_reported() -> None:
    named = [
        m.Nomination(person=f"P{k}", demand="D0", channel="residents") for k in (0, 1)
    ]
    given = problem(
        2, nominations=named, channels=[m.Channel(channel="residents", places=1)]
    )
    asking, plan = _claiming(given, {("P0", "Q0"): 1, ("P1", "Q0"): 1}, "weak")
    keys = [one.message.key for one in mk.verify(asking, plan).violations]
    assert keys == ["channel"]
    asking, plan = _claiming(given, {("P0", "Q0"): 1, ("P2", "Q0"): 1}, "weak")
    found = mk.verify(asking, plan).violations
    assert [(one.message.key, one.ids) for one in found] == [("unwanted", ("P2", "Q0"))]


def test_the_summary_of_a_plan_says_how_ranks_chose_it() -> None:
    given = problem(2, 1, people=2, rankings=[
        ranks("resource", name, "requirements", Q0=1, Q1=2) for name in ("P0", "P1")
    ])  # fmt: skip
    need = given.demands[1].requirements[0].model_copy(update={"minimum": 1})
    demand = given.demands[1].model_copy(update={"requirements": (need,)})
    given = given.model_copy(
        update={
            "demands": (given.demands[0], demand),
            "objective": m.Objective(stable="weak"),
        }
    )
    plan = mk.solve(given)
    [grid] = mk.tables.plan_grids(given, plan, sheets=["summary"])
    rows = {row[0]: row[1:] for row in grid.rows}
    assert rows["chosen by ranks"][0] == 1
    assert rows["pair that blocks the plan"][1] in ("P0 for Q0", "P1 for Q0")
    assert plan.outcome.chosen is not None
    assert plan.outcome.chosen.line() in plan.summary()


@pytest.mark.parametrize("seed", range(24))
def test_rules_of_choice_are_repeated_by_the_checker(seed: int) -> None:
    """``solve`` verifies; the rest of a plan that took one pair less is not what the rule gives."""
    given = drawn(seed, minimums=False)
    if seed % 2:  # trades are for people of one unit
        people = [one.model_copy(update={"capacity": 1}) for one in given.resources]
        given = given.model_copy(update={"resources": tuple(people)})
    for choice in ("dictatorship", "immediate", *["trading"][: seed % 2]):
        side = "requirements" if seed % 3 == 0 and choice != "trading" else "resources"
        objective = m.Objective(choice=choice, proposing=side)  # type: ignore[arg-type]
        asking = given.model_copy(update={"objective": objective})
        plan = mk.solve(asking, seed=seed)
        assert mk.verify(asking, plan).ok
        for place, entry in enumerate(plan.assignments):
            if (entry.resource, entry.requirement) in Words(given).locked:
                continue
            rest = plan.assignments[:place] + plan.assignments[place + 1 :]
            spoilt = plan.model_copy(update={"assignments": rest})
            report = mk.verify(asking, spoilt)
            assert "not_chosen" in {one.message.key for one in report.violations}


def test_what_locks_give_counts_for_minimums() -> None:
    """P0 is locked where one is needed at least, so P1 may go where it would rather be."""
    given = problem(
        1,
        2,
        people=2,
        rankings=[ranks("resource", "P1", "requirements", Q0=1, Q1=2)],
        rules=[m.Lock(resource="P0", requirement="Q1")],
    )
    need = given.demands[1].requirements[0].model_copy(update={"minimum": 1})
    demand = given.demands[1].model_copy(update={"requirements": (need,)})
    given = given.model_copy(update={"demands": (given.demands[0], demand)})
    plan = solved(given, stable="weak")
    assert pairs_of(plan) == {("P0", "Q1"): 1, ("P1", "Q0"): 1}
    assert plan.outcome.chosen is not None
    assert plan.outcome.chosen.blocking == 0


@pytest.mark.parametrize("stable", ["weak", "strong", "super"])
def test_a_pair_with_all_that_locks_elsewhere_leave_does_not_block_itself(
    stable: Any,
) -> None:
    """P0 has 2 units. One is locked on Q0; the other goes to Q1, which wants 2 and has nobody else."""
    given = problem(
        1, 2, rules=[m.Lock(resource="P0", requirement="Q0")], objective=m.Objective(stable=stable)
    ).model_copy(
        update={"resources": (m.Resource(id="P0", unit="U", capacity=2, divisible=True),)}
    )  # fmt: skip
    plan = mk.solve(given)
    assert sorted(pairs_of(plan)) == [("P0", "Q0"), ("P0", "Q1")]
    assert plan.outcome.chosen is not None
    assert plan.outcome.chosen.blocking == 0
