"""Invitations against all outcomes listed, backups and losses against hand calculation and ``verify``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from by_hand import demand, need, problem, resource, window
from drop_out_campaign import broken, campaign
from random_problems import seeded

import matchkit as mk
from matchkit.errors import BrokenPlanError, BudgetError, InputError


def chance_of(wanted: int, chances: Sequence[Fraction]) -> Fraction:
    """The chance that so many come, over all outcomes."""
    return sum(
        (
            prod(p if comes else 1 - p for p, comes in zip(chances, who, strict=True))
            for who in product((0, 1), repeat=len(chances))
            if sum(who) >= wanted
        ),
        Fraction(0),
    )


def decimal(chance: Fraction, *, up: bool) -> str:
    scaled = chance * 1_000_000
    return f"{float(-((-scaled) // 1) if up else scaled // 1) / 1_000_000:.6f}"


@pytest.mark.parametrize(
    ("wanted", "assurance", "invited"),
    [(5, "0.95", 7), (5, "0.99", 8), (20, "0.95", 24), (20, "0.99", 25), (50, "0.95", 58), (50, "0.99", 60)],
)  # fmt: skip
def test_the_figures_of_a_survey(wanted: int, assurance: str, invited: int) -> None:
    """p = 0.9251: binomial tails in fractions (baselines of the issue)."""
    found = mk.invitations(wanted, accepts="0.9251", assurance=assurance)
    assert (found.count, found.enough, found.invited) == (invited, True, ())


def test_by_hand() -> None:
    """Two of three at 1/2: 1/2; two of four: 11/16; of five: 13/16."""
    found = mk.invitations(2, accepts="1/2", assurance="0.8")
    assert (found.count, found.reached, found.one_fewer) == (5, "0.812500", "0.687500")
    assert found.assurance == "4/5"
    assert mk.invitations(2, accepts="1/2", assurance="13/16").count == 5
    assert mk.invitations(3).count == 3  # who is asked comes
    assert mk.invitations(3, assurance=0).count == 0


@pytest.mark.parametrize("seed", range(60))
def test_invitations_equal_all_outcomes(seed: int) -> None:
    rng = seeded(seed)
    people = [
        resource(f"R{n}", unit=f"U{rng.randint(1, 3)}")
        for n in range(rng.randint(0, 8))
    ]
    drawn = [f"{rng.randint(0, 4)}/4", f"0.{rng.randint(0, 99):02d}", "1", "0"]
    accepts = {unit: rng.choice(drawn) for unit in ("U1", "U2", "U3")}
    accepts |= {one.id: rng.choice(drawn) for one in people if rng.random() < 0.5}
    no_show = rng.choice(("0", "0.1", "1/3"))
    chances = [
        Fraction(accepts.get(one.id, accepts[one.unit])) * (1 - Fraction(no_show))
        for one in people
    ]
    wanted, asked = rng.randint(1, 4), Fraction(rng.randint(1, 20), 20)
    found = mk.invitations(
        wanted, people, accepts=accepts, no_show=no_show, assurance=str(asked)
    )
    reached = [chance_of(wanted, chances[:m]) for m in range(len(people) + 1)]
    assert reached == sorted(reached)
    enough = [m for m, chance in enumerate(reached) if chance >= asked]
    count = enough[0] if enough else len(people)
    assert (found.count, found.enough) == (count, bool(enough))
    assert found.invited == tuple(one.id for one in people[:count])
    assert found.reached == decimal(reached[count], up=False)
    assert found.one_fewer == decimal(reached[max(0, count - 1)], up=True)


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"wanted": 0}, "wanted"),
        ({"wanted": True}, "wanted"),
        ({"accepts": "1.5"}, "accepts"),
        ({"accepts": float("nan")}, "accepts"),
        ({"accepts": "1e-3"}, "accepts"),
        ({"accepts": None}, "accepts"),
        ({"no_show": "-1"}, "no_show"),
        ({"accepts": "0"}, "assurance"),
        ({"accepts": "0.9", "assurance": "1"}, "assurance"),
        ({"accepts": {"U1": "0.9"}}, "accepts"),
        ({"order": [resource(), resource()]}, "order"),
        ({"order": ["R1"]}, "order"),
        ({"order": [resource()], "accepts": {"U2": "0.9"}}, "resource R1"),
        ({"order": [resource()], "accepts": {"U1": "2"}}, "accepts"),
    ],
)
def test_what_is_no_chance_and_no_order_is_refused(
    options: dict[str, object], where: str
) -> None:
    with pytest.raises(InputError) as raised:
        mk.invitations(**{"wanted": 2, **options})  # type: ignore[arg-type]
    assert where in [one.where for one in raised.value.complaints]


def test_too_many_invitations_are_refused() -> None:
    with pytest.raises(BudgetError):
        mk.invitations(1000, accepts="0.001")


def ward() -> mk.Problem:
    """Two people for two shifts at one time, three more who could come; ann and cy are nurses."""
    nurse = mk.SkillLevel(skill="nurse", level=1)
    return problem(
        [
            resource("ann", skills=[nurse]),
            resource("bo", capacity=2),
            resource("cy", skills=[nurse]),
            resource("di"),
        ],
        [
            demand("day", need("nurses", skills=[nurse]), need("help"), windows=[window(4, 8, 16)]),
            demand("late", need("evening"), windows=[window(4, 12, 20)], tier=2),
        ],
        objective=mk.Objective(skill_fit=0),
        scores=[
            mk.Scores(resource=who, requirements=[where], points=[10])
            for who, where in (("ann", "nurses"), ("bo", "help"), ("di", "evening"))
        ],
    )  # fmt: skip


def pairs(rows: Sequence[mk.results.Assignment]) -> list[tuple[str, str]]:
    return [(one.resource, one.requirement) for one in rows]


def test_backups_by_hand() -> None:
    """Left is cy, who can back up one of three; tier 1 comes first, and of it all is worth the same."""
    lists = ward()
    plan = mk.solve(lists)
    assert pairs(plan.assignments) == [("ann", "nurses"), ("bo", "help"), ("di", "evening")]  # fmt: skip
    found = mk.backups(lists, plan)
    assert [one.resource for one in found.backups] == ["cy"]
    assert found.backups[0].requirement in ("nurses", "help")
    assert (found.any_losses, found.proven, found.unsound) == (True, True, ())
    assert [(one.asked, one.found) for one in found.unbacked] == [(1, 0), (1, 0)]
    late = mk.backups(lists, plan, ["late"])
    assert pairs(late.backups) == [("cy", "evening")]
    assert pairs(late.rows_after(plan, ["di", "ann"])) == [("bo", "help"), ("cy", "evening")]  # fmt: skip
    assert pairs(late.rows_after(plan, ["di", "cy"])) == [("ann", "nurses"), ("bo", "help")]  # fmt: skip
    assert mk.audit(lists, late.rows_after(plan, ["di"])).sound


def test_a_backup_is_no_place_where_time_and_capacity_are_spent() -> None:
    """bo has a unit left, and both shifts overlap: bo backs up nothing."""
    lists = ward()
    lists = mk.changes.apply_changes(lists, [mk.changes.RemoveResource(resource="cy")])
    plan = mk.solve(lists)
    assert mk.backups(lists, plan, busy=True).backups == ()


def test_who_serves_is_a_backup_only_where_that_is_asked_for() -> None:
    """ann and bo serve one shift each, and have a unit left for the other."""
    lists = problem(
        [resource("ann", capacity=2), resource("bo", capacity=2)],
        [demand("day", need("one"), windows=[window(4, 8, 12)]), demand("late", need("two"), windows=[window(4, 13, 17)])],
        mk.rules.Lock(resource="ann", requirement="one"),
        mk.rules.Lock(resource="bo", requirement="two"),
    )  # fmt: skip
    plan = mk.solve(lists)
    assert mk.backups(lists, plan).backups == ()
    busy = mk.backups(lists, plan, busy=True)
    assert pairs(busy.backups) == [("bo", "one"), ("ann", "two")]
    assert pairs(busy.rows_after(plan, ["ann"])) == [("bo", "two"), ("bo", "one")]
    assert busy.rows_after(plan, ["ann", "bo"]) == ()


def test_backups_keep_the_start_of_a_flexible_demand() -> None:
    """Whoever is free at another start only is no backup of a plan that begins at eight."""
    lists = problem(
        [resource("ann"), resource("bo", available=[window(4, 10, 12)])],
        [demand("visit", need("one"), windows=[window(4, 8, 12)], minutes=120)],
        mk.rules.Lock(resource="ann", requirement="one"),
    )
    plan = mk.solve(lists)
    early = [one.model_copy(update={"start": window(4, 8, 9).start}) for one in plan.assignments]  # fmt: skip
    plan = plan.model_copy(update={"assignments": tuple(early)})
    assert mk.backups(lists, plan).backups == ()
    late = [one.model_copy(update={"start": window(4, 10, 11).start}) for one in early]
    found = mk.backups(lists, plan.model_copy(update={"assignments": tuple(late)}))
    assert [(one.resource, one.start) for one in found.backups] == [("bo", window(4, 10, 11).start)]  # fmt: skip


def test_the_cap_of_a_community_holds_no_backup_back() -> None:
    lists = problem(
        [resource("ann"), resource("bo")],
        [demand("day", need("one"))],
        mk.rules.CommunityCap(community="C1", most=1),
    )
    plan = mk.solve(lists)
    assert len(mk.backups(lists, plan).backups) == 1


def test_every_requirement_has_a_backup_before_any_has_two() -> None:
    """Two are left, both worth more at the shift of two people, which both could back up."""
    everybody = [resource(name) for name in ("ann", "bo", "cy", "di", "eve")]
    needs = need("pair", wanted=2), need("single")
    lists = problem(
        everybody,
        [demand("day", *needs)],
        scores=[
            mk.Scores(resource=one.id, requirements=["pair", "single"], points=[points, 0])
            for one, points in zip(everybody, (90, 80, 70, 60, 50), strict=True)
        ],
    )  # fmt: skip
    found = mk.backups(lists, mk.solve(lists))
    assert sorted(one.requirement for one in found.backups) == ["pair", "single"]
    assert [(one.requirement, one.asked, one.found) for one in found.unbacked] == [("pair", 2, 1)]  # fmt: skip


def test_a_loss_by_hand() -> None:
    lists = ward()
    plan = mk.solve(lists)
    asked = mk.losses(lists, plan, "ann").losses[0]
    assert pairs(asked.refill) == [("cy", "nurses")]
    assert [(g.goal, g.change) for g in asked.goals] == [("tier 1", -1), ("weight", -110)]  # fmt: skip
    assert [(g.goal, g.change) for g in asked.goals_after] == [("weight", -10)]
    assert [(s.requirement, s.units, s.left) for s in asked.short] == [("nurses", 1, 0)]
    named = mk.backups(lists, plan, ["late"])
    worst = mk.losses(lists, plan, backups=named, top=2)
    assert worst.serving == 3
    assert {one.resource for one in worst.losses} == {"ann", "bo"}
    gone = mk.losses(lists, plan, "di", backups=named).losses[0]
    assert (pairs(gone.backups), gone.refill, gone.rules) == ([("cy", "evening")], (), ())  # fmt: skip
    nothing = mk.losses(lists, plan, "cy").losses[0]
    assert (nothing.short, nothing.goals, nothing.goals_after) == ((), (), ())


def test_a_team_without_a_second_pair_of_hands_is_said_to_break() -> None:
    """A team of two loses one and nobody is left: what remains breaks the team's least."""
    lists = problem(
        [resource("ann"), resource("bo")],
        [demand("hall", need("two", wanted=2))],
        mk.rules.Team(demand="hall", least=2, most=2),
    )
    plan = mk.solve(lists)
    found = mk.backups(lists, plan)
    assert not found.any_losses
    assert found.unsound == ("ann", "bo")
    lost = mk.losses(lists, plan, "bo").losses[0]
    assert (lost.refill, lost.rules) == ((), ("team hall",))
    one_more = lists.model_copy(update={"resources": (*lists.resources, resource("cy"))})  # fmt: skip
    plan = mk.solve(one_more)
    found = mk.backups(one_more, plan)
    assert (len(found.backups), found.unsound) == (
        1,
        (),
    )  # the team's most holds nobody back
    name = plan.assignments[0].resource
    assert not broken(one_more, plan, [name], found.rows_after(plan, [name]))


def test_wrong_arguments_and_plans_are_refused() -> None:
    lists = ward()
    plan = mk.solve(lists)
    for wrong in (
        lambda: mk.backups(lists, plan, "day"),
        lambda: mk.backups(lists, plan, ["night"]),
        lambda: mk.backups(lists, plan, each=0),
        lambda: mk.backups(lists, None),  # type: ignore[arg-type]
        lambda: mk.losses(lists, plan, "zoe"),
        lambda: mk.losses(lists, plan, backups="late"),  # type: ignore[arg-type]
        lambda: mk.losses(lists, plan, top=-1),
    ):
        with pytest.raises(InputError):
            wrong()
    other = plan.model_copy(update={"assignments": plan.assignments[:1]})
    for asked in (mk.backups, mk.losses):
        with pytest.raises(BrokenPlanError):
            asked(lists, other)


def test_an_empty_problem_has_no_backups_and_no_losses() -> None:
    plan = mk.solve(mk.Problem())
    assert mk.backups(mk.Problem(), plan).backups == ()
    assert mk.losses(mk.Problem(), plan).losses == ()


def test_the_named_backup_is_legal_in_every_loss() -> None:
    told = campaign(3_000, 80)
    assert told.disagreements == []
    assert min(told.seen[name] for name in ("any losses", "stepped in", "counted")) > 5
