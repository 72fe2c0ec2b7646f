"""The check of a whole problem: what it finds, at which record and with which values, and that honest data
give hardly anything.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pinned
import pytest

import matchkit as mk
from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.tables.checks.far_values import far_above
from matchkit.tables.checks.near import NearNames, bare, distance

START = datetime(2026, 5, 2, 8, tzinfo=UTC)


def hours(begin: float, end: float, day: int = 0) -> mk.Window:
    return mk.Window(
        start=START + timedelta(days=day, hours=begin),
        end=START + timedelta(days=day, hours=end),
    )


def resource(ident: str, /, *skills: str, **more: Any) -> mk.Resource:
    levels = [
        mk.SkillLevel(
            skill=skill.partition(":")[0], level=int(skill.partition(":")[2] or 1)
        )
        for skill in skills
    ]
    return mk.Resource(id=ident, unit=more.pop("unit", "u"), skills=levels, **more)


def demand(
    name: str, *skills: str, wanted: int = 1, kind: str = "person", **more: Any
) -> mk.Demand:
    levels = [
        mk.SkillLevel(
            skill=skill.partition(":")[0], level=int(skill.partition(":")[2] or 1)
        )
        for skill in skills
    ]
    need = mk.Requirement(id=f"{name}.1", skills=levels, wanted=wanted, kind=kind)
    return mk.Demand(id=name, community="c", requirements=[need], **more)


def problem(resources: Any = (), demands: Any = (), **more: Any) -> mk.Problem:
    return mk.Problem(
        **{
            "units": [mk.Unit(id="u")],
            "communities": [mk.Community(id="c")],
            "resources": resources,
            "demands": demands,
        }
        | more
    )


def found(
    checked: mk.Problem, begins: str = "check."
) -> list[tuple[str, str, dict[str, Any]]]:
    """Key, record and values of each finding."""
    findings = mk.tables.check_input(checked).findings
    return [
        (one.message.key, one.where.record, dict(one.message.values))
        for one in findings
        if one.message.key.startswith(begins)
    ]


def test_a_sound_problem_gives_nothing_and_what_is_no_problem_is_refused() -> None:
    checked = mk.tables.check_input(
        problem([resource("R1", "nursing")], [demand("D1", "nursing")])
    )
    assert (
        checked.findings,
        checked.unconfirmed,
        checked.to_know,
        checked.guesses,
    ) == (
        (),
        0,
        0,
        (),
    )
    assert (checked.text(), checked.text("zh")) == (
        pinned.text("check.nothing"),
        pinned.text("check.nothing", "zh"),
    )
    with pytest.raises(InputError):
        mk.tables.check_input({})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "offered", "near"),
    [
        ("医护人员", ["医护", "驾驶"], ("医护",)),
        ("nursing", ["nurse", "driving"], ("nurse",)),
        (
            "drivng",
            ["driving", "diving"],
            ("driving", "diving"),
        ),  # one letter left out; one changed and one too many
        ("First Aid", ["first-aid", "aid"], ("first-aid", "aid")),
        ("電工", ["电工", "木工"], ("电工",)),
        ("СРR", ["CPR"], ("CPR",)),  # the first two letters are Cyrillic
        ("café service", ["cafe service"], ("cafe service",)),
        ("translator", ["translation"], ("translation",)),
    ],
)
def test_a_skill_that_nobody_offers_is_asked_about_with_the_near_ones_that_somebody_does(
    asked: str, offered: list[str], near: tuple[str, ...]
) -> None:
    checked = problem(
        [resource(f"R{n}", skill) for n, skill in enumerate(offered)],
        [demand("D1", asked), demand("D2", asked)],
    )
    values = {"skill": asked, "count": 2, "ids": ("D1.1", "D2.1"), "near": near}
    assert found(checked, "check.skill") == [
        ("check.skill_near", "demands[0].requirements[0].skills (id D1.1)", values)
    ]
    assert mk.tables.check_input(checked).findings[0].kind == "odd"


def test_a_skill_without_a_near_one_is_asked_about_too_and_an_alternative_that_somebody_offers_is_enough() -> (
    None
):
    either = mk.Requirement(
        id="Q",
        skills=[
            mk.AnyOf(
                any_of=[mk.SkillLevel(skill="nursin"), mk.SkillLevel(skill="nursing")]
            )
        ],
    )
    checked = problem(
        [resource("R1", "nursing")],
        [
            demand("D1", "welding"),
            mk.Demand(id="D2", community="c", requirements=[either]),
        ],
    )
    assert [(key, values["skill"]) for key, _, values in found(checked)] == [
        ("check.skill_not_offered", "welding")
    ]


def test_narrower_skills_and_aliases_offer_a_skill_and_without_resources_nobody_is_missed() -> (
    None
):
    skills = [mk.Skill(name="surgeon", aliases=["surgery"], parents=["medic"])]
    checked = problem(
        [resource("R1", "surgery")],
        [demand("D1", "medic"), demand("D2", "surgeon")],
        skills=skills,
    )
    assert found(checked) == []
    assert found(problem([], [demand("D1", "medic")])) == []


def test_where_no_resource_has_any_skill_that_is_one_finding() -> None:
    checked = problem(
        [resource("R1")], [demand("D1", "nursing"), demand("D2", "driving")]
    )
    assert [(key, values) for key, _, values in found(checked)] == [
        ("check.no_skills_offered", {"skills": ("nursing", "driving")})
    ]


def test_skills_that_rules_ask_for_are_asked_for() -> None:
    rule = mk.rules.Cover(
        demand="D1",
        skills=[mk.rules.SkillCount(skill="nursin")],
        counting="one",
        id="K",
    )
    checked = problem([resource("R1", "nursing")], [demand("D1")], rules=[rule])
    assert [(key, where) for key, where, _ in found(checked)] == [
        ("check.skill_near", "rules[0].skills (id K)")
    ]


def test_names_in_two_forms_are_asked_about_unless_they_are_one_name_already() -> None:
    checked = problem(
        [
            resource("R1", "Nursing", "first aid", unit="U1"),
            resource("R2", "nursing", "first-aid", unit="U2", kind="Person"),
        ],
        units=[
            mk.Unit(id="U1", name="Oak Hill"),
            mk.Unit(id="U2", name="OAK HILL"),
            mk.Unit(id="U3", name="Elm 1"),
            mk.Unit(id="U-3"),
        ],
        communities=[
            mk.Community(id="蘭州街"),
            mk.Community(id="兰州街"),
            mk.Community(id="Elm 1-2"),
            mk.Community(id="Elm 12"),
        ],
    )
    told = [
        (one.kind, one.message.key, dict(one.message.values)["names"])
        for one in mk.tables.check_input(checked).findings
    ]
    assert told == [
        ("note", "check.two_cases", ("Nursing", "nursing")),
        ("odd", "check.two_forms", ("first aid", "first-aid")),
        ("note", "check.two_cases", ("Person", "person")),
        ("odd", "check.two_forms", ("OAK HILL", "Oak Hill")),
        ("odd", "check.two_forms", ("兰州街", "蘭州街")),
    ]


def test_names_of_skills_that_hardly_are_one_are_asked_about_in_a_problem_from_elsewhere() -> (
    None
):
    names = ["cooking", "cooking-driving", "e-mail", "Y", "党员优先", "不限专业"]
    checked = problem([resource("R1", *names)])
    assert [(key, values["skill"]) for key, _, values in found(checked)] == [
        ("check.joined", "cooking-driving"),
        ("check.tick", "Y"),
        ("check.no_skill", "党员优先"),
        ("check.no_skill", "不限专业"),
    ]
    assert found(checked)[0][2]["parts"] == ("cooking", "driving")
    declared = [mk.Skill(name=name) for name in names]
    assert found(problem([resource("R1", *names)], skills=declared)) == []


def test_ids_of_the_history_that_are_in_no_list_are_told_and_slips_asked_about() -> (
    None
):
    """hanna is a letter from anna, who has a history of her own; R3 and 小明大 are others than R2 and 小明小."""
    people = [resource(one) for one in ("anna", "berta", "R1", "R2", "小小明小")]
    past = "anna", "hanna", "berrta", "r2", "R3", "小小明大", "bretta"
    history = [mk.History(round=1, resource=one, given=1) for one in past]
    history += [mk.History(round=2, resource="R2", given=1)]
    history += [mk.History(round=1, community="C", given=0, of=1)]
    history += [mk.History(round=2, demand="D0", given=1, of=1)]
    given = problem(people, [demand("D1")], history=history)
    resources = {"what": Message("what.resource")}
    demands = {"what": Message("what.demand")}
    communities = {"what": Message("what.community")}
    assert found(given, "check.history") == [
        ("check.history_near", "history[8].community (id C)", communities | {"id": "C", "near": ("c",)}),
        ("check.history_gone", "history[9].demand (id D0)", demands | {"count": 1, "ids": ("D0",)}),
        ("check.history_near", "history[2].resource (id berrta)", resources | {"id": "berrta", "near": ("berta",)}),
        ("check.history_near", "history[3].resource (id r2)", resources | {"id": "r2", "near": ("R2",)}),
        (
            "check.history_gone",
            "history[1].resource (id hanna)",
            resources | {"count": 4, "ids": ("hanna", "R3", "小小明大", "bretta")},
        ),
    ]  # fmt: skip
    kinds = {one.message.key: one.kind for one in mk.tables.check_input(given).findings}
    assert kinds == {"check.history_near": "odd", "check.history_gone": "note"}
    same = given.model_copy(update={"history": given.history[:1]})
    assert found(same, "check.history") == []


@pytest.mark.parametrize(
    ("values", "far"),
    [
        ([1, 2, 3, 2, 1, 5, 2, 300], [7]),
        ([1, 2, 3, 2, 1, 5, 2, 100], []),  # twenty times the next: a great day, perhaps
        ([1] * 9 + [30], [9]),
        ([1] * 9 + [29], []),
        ([1, 2, 3, 300], []),  # too few to tell
        ([0, 0, 0, 0, 0, 0, 1, 500], []),  # those that are nothing do not count
        (
            [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 30_000_000],
            [],
        ),  # spread as widely by themselves
        ([2] * 98 + [900, 1000], [98, 99]),
        ([2] * 95 + [900] * 5, []),  # a group of its own
        ([], []),
    ],
)
def test_a_number_is_far_above_the_others_by_a_wide_gap_and_beyond_their_spread(
    values: list[int], far: list[int]
) -> None:
    assert far_above(values) == far


def test_head_counts_capacities_and_weights_far_above_their_like_are_asked_about_by_kind() -> (
    None
):
    resources = [resource(f"R{n}", capacity=1 if n else 99) for n in range(9)]
    resources += [resource(f"S{n}", kind="venue", capacity=400 + n) for n in range(9)]
    demands = [
        demand(f"D{n}", wanted=2 if n else 5_000, weight=900 if n == 3 else 10)
        for n in range(9)
    ]
    told = [
        (key, where, values["value"], values["others"])
        for key, where, values in found(problem(resources, demands), "check.far")
    ]
    assert told == [
        ("check.far.capacity", "resources[0].capacity (id R0)", 99, 1),
        ("check.far.weight", "demands[3].weight (id D3)", 900, 10),
        ("check.far.wanted", "demands[0].requirements[0].wanted (id D0.1)", 5_000, 2),
    ]


def test_a_place_and_a_day_far_from_all_others_are_asked_about() -> None:
    places = [mk.Place(lat=36 + n / 100, lon=103.8) for n in range(9)]
    demands = [
        demand(
            f"D{n}", place=places[n], windows=[hours(0, 2, day=n if n != 4 else 365)]
        )
        for n in range(9)
    ]
    demands[2] = demands[2].model_copy(update={"place": mk.Place(lat=36.0, lon=-103.8)})
    free = [resource(f"R{n}", available=[hours(0, 9, day=n)]) for n in range(9)] + [
        resource("R9", available=[hours(0, 9, day=-800)])
    ]
    every = mk.Weekly(
        days=[1],
        start="08:00",
        end="10:00",
        zone="UTC",
        first=date(2020, 1, 1),
        last=date(2020, 12, 31),
    )
    long = every.model_copy(
        update={"first": date(2025, 6, 1), "last": date(2027, 6, 30)}
    )
    odd = [
        one
        for one in found(
            problem([*free, resource("R8b", available=[long])], demands), ""
        )
        if "far" in one[0]
    ]
    assert [(key, where) for key, where, _ in odd] == [
        ("check.far.time", "demands[4].windows (id D4)"),
        ("check.far.time", "resources[9].available (id R9)"),
        ("tables.far", "demands[2].place (id D2)"),
    ]
    assert odd[0][2] == {
        "day": "2027-05-02",
        "first": "2026-05-02",
        "last": "2026-05-10",
    }
    # Patterns of last year that nobody brought up to date are many: no value among others, but a reason that
    # nobody is free.
    old = [resource(f"R{n}", available=[every]) for n in range(9)]
    assert [
        key for key, _, _ in found(problem(old, demands[5:] + demands[:4]), "check.far")
    ] == []


def test_requirements_that_nobody_can_fill_are_told_with_the_first_reason_that_keeps_out_all() -> (
    None
):
    resources = [
        resource("R1", "nursing:2", "driving", available=[hours(0, 4)], mode="on_site"),
        resource("R2", "nursing:1", available=[hours(4, 9)], mode="on_site"),
        resource("R3", "welding", capacity=0),
        resource("V1", kind="venue", capacity=0),
    ]
    demands = [
        demand("D1", kind="venue"),
        demand("D2", "nursing:3"),
        demand("D3", "nursing:2", "driving", windows=[hours(4, 5)]),
        demand("D4", "nursing", mode="online"),
        demand("D5", "nursing", windows=[hours(3, 5)]),
        demand("D6", "nursing", windows=[hours(3, 4)]),
        demand("D7", "welding"),
        demand(
            "D8", "nursing", windows=[hours(2, 6)], minutes=120
        ),  # 10:00 to 12:00, or 12:00 to 14:00
        demand("D9", "nursing", windows=[hours(3, 5)], minutes=120),
        demand("DX", windows=[hours(3, 5)], minutes=121),
    ]
    checked = mk.tables.check_input(problem(resources, demands))
    told = [
        (
            one.kind,
            one.message.key,
            one.where.record.partition(" ")[0],
            one.where.record[-5:-1],
        )
        for one in checked.findings
    ]
    assert told == [
        ("odd", "check.too_short", "demands[9].minutes", "d DX"),
        ("note", "check.unfilled.kind", "demands[0].requirements[0].kind", "D1.1"),
        ("note", "check.unfilled.skills", "demands[1].requirements[0].skills", "D2.1"),
        ("note", "check.unfilled.windows", "demands[2].windows", "D3.1"),
        ("note", "check.unfilled.mode", "demands[3].mode", "D4.1"),
        ("note", "check.unfilled.windows", "demands[4].windows", "D5.1"),
        ("note", "check.unfilled.skills", "demands[6].requirements[0].skills", "D7.1"),
        ("note", "check.unfilled.windows", "demands[8].windows", "D9.1"),
        ("note", "check.unfilled.windows", "demands[9].windows", "DX.1"),
    ]


@pytest.mark.parametrize("seed", range(30))
def test_what_nobody_can_fill_is_what_every_single_pair_says(seed: int) -> None:
    """Pair by pair: without distances, loads and forbidden pairs, nobody can fill what no pair is eligible
    for.
    """
    rng = random.Random(seed)  # noqa: S311 - examples, no secrets
    skills = ["a", "b", "c:2"]

    def some(most: int) -> list[str]:
        return rng.sample(skills, rng.randint(0, most))

    def windows(most: int, longest: int) -> list[mk.Window]:
        return [
            hours(at := rng.randint(0, 9), at + rng.randint(1, longest))
            for _ in range(rng.randint(0, most))
        ]

    resources = [
        resource(
            f"R{n}",
            *some(2),
            available=windows(2, 6),
            capacity=rng.randint(0, 2),
            mode=rng.choice(["on_site", "online", "both"]),
        )
        for n in range(rng.randint(1, 3))
    ]
    demands = [
        demand(
            f"D{n}",
            *some(2),
            windows=windows(2, 4),
            mode=rng.choice(["on_site", "online"]),
            kind=rng.choice(["person"] * 9 + ["venue"]),
        )
        for n in range(6)
    ]
    checked = problem(resources, demands)
    told = {
        where.rpartition("id ")[2][:-1]
        for key, where, _ in found(checked, "check.unfilled")
    }
    offered = {skill.skill for one in resources for skill in one.skills}
    for one in demands:
        need = one.requirements[0]
        nobody = all(mk.why_ineligible(checked, left.id, need.id) for left in resources)
        if all(want.skill in offered for want in need.skills):  # else that is said
            assert (need.id in told) == nobody


@pytest.mark.parametrize("scale", ["street", "district"])
def test_the_generated_city_has_no_value_far_from_the_others_and_no_name_in_two_forms(
    scale: Any,
) -> None:
    keys = {
        one.message.key
        for one in mk.tables.check_input(mk.datasets.city(scale)).findings
    }
    assert keys <= {
        "check.skill_not_offered",
        "check.unfilled.windows",
    }  # both are so, and the plan says it too


def test_no_finding_holds_a_name_or_a_contact_of_a_person() -> None:
    checked = problem(
        [
            resource(
                "R1", "nursin", name="Secret Person", contact="13800000000", capacity=0
            )
        ],
        [demand("D1", "nursing")],
    )
    assert "Secret" not in repr(mk.tables.check_input(checked)) and "138" not in repr(
        mk.tables.check_input(checked)
    )


def test_many_findings_of_one_kind_are_counted_and_every_one_is_a_record() -> None:
    checked = mk.tables.check_input(
        problem(
            [resource("R1", "a:1")], [demand(f"D{n:03}", "a:2") for n in range(1_200)]
        )
    )
    assert (len(checked.findings), checked.to_know) == (1_000, 1_200)
    assert (
        len(checked.text().splitlines()) == 1 + 5 + 1 + 1
        and pinned.text("tables.more_of_kind", where="the tables", more=995)
        in checked.text()
    )


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("", "", 0),
        ("abc", "abd", 1),
        ("abcd", "acbd", 1),
        ("kitten", "sitting", 3),
        ("ab", "", 2),
        ("ca", "abc", 3),
    ],
)
def test_the_distance_of_two_names_counts_letters_put_in_left_out_changed_and_swapped(
    one: str, other: str, apart: int
) -> None:
    assert distance(one, other, 5) == distance(other, one, 5) == apart
    assert distance(one, other, apart - 1) == apart if apart else True


def test_bare_names_are_equal_where_sight_hardly_tells_them_apart() -> None:
    assert bare("First-Aid") == bare("first aid") == bare("ﬁrstaid")
    assert bare("電工") == bare("电工") and bare("Étude") == bare("etude")
    assert bare("B-12") != bare("B12") and bare("C++") != bare("C")


def test_names_near_to_none_have_no_near_one() -> None:
    names = NearNames(["nursing", "driving", "护理", "法律咨询"])
    assert [
        names.of(name) for name in ("welding", "xy", "心理咨询", "焊接", "理发")
    ] == [
        (),
        (),
        (),
        (),
        (),
    ]
