"""Each kind of change does exactly what it says, leaves the problem given as it was, and names every fault at
once.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource, skill, window

import matchkit.model as m
from matchkit.answers.apply import apply_changes, listed_changes
from matchkit.answers.changes import (
    AddDemand,
    AddResource,
    AddRule,
    Change,
    ChangeDemand,
    ChangeObjective,
    ChangeResource,
    ChangeRule,
    FreeAt,
    RemoveDemand,
    RemoveResource,
    RemoveRule,
    SetCapacity,
    SetWanted,
    Train,
    changes_from_json,
)
from matchkit.errors import BudgetError, InputError
from matchkit.messages.message import Message

SKILLS = (
    m.Skill(name="Nursing", aliases=["护理"], parents=["first aid"]),
    m.Skill(name="first aid"),
)
WEEKLY = m.Weekly(
    zone="Asia/Shanghai",
    days=[1, 3],
    start="18:00",
    end="22:00",
    first=date(2026, 5, 4),
    last=date(2026, 5, 10),
)


def scores(who: str, **points: int) -> m.Scores:
    return m.Scores(
        resource=who, requirements=tuple(points), points=tuple(points.values())
    )


def pair(who: str, what: str) -> m.PreviousPair:
    return m.PreviousPair(resource=who, requirement=what)


@pytest.fixture
def given() -> m.Problem:
    """Three resources, two demands, and everything that can name them."""
    return problem(
        [
            resource(
                "R1",
                skills=[skill("nursing", 2), skill("law")],
                available=[window(5, 8, 12)],
            ),
            resource("R2", name="Li Si"),
            resource("R3", capacity=2),
        ],
        [
            demand("D1", need("Q1", wanted=3, minimum=2), need("Q2")),
            demand("D2", need("Q3")),
        ],
        m.Forbid(resource="R1", requirement="Q1"),
        m.KeepTogether(resources=["R1", "R2"]),
        m.KeepApart(resources=["R1", "R2", "R3"]),
        m.ChooseAtMost(resources=["R1", "R2"], most=1),
        m.Rest(resource="R2", minutes=30),
        m.Rest(minutes=10),
        m.Team(demand="D1", least=1, most=2),
        m.MaxDistance(km=5, resource="R1", demand="D2"),
        m.Lock(id="keep", resource="R3", requirement="Q3"),
        skills=SKILLS,
        previous=[pair("R1", "Q1"), pair("R2", "Q3")],
        scores=[scores("R1", Q1=5), scores("R2", Q1=1, Q3=2), scores("R3")],
    )


def differing(before: m.Problem, after: m.Problem) -> set[str]:
    """The fields of the problem that are not as they were."""
    return {
        name
        for name in m.Problem.model_fields
        if getattr(before, name) != getattr(after, name)
    }


def fault(given: m.Problem, *changes: Any) -> str:
    with pytest.raises(InputError) as caught:
        apply_changes(given, changes)
    assert (
        re.search("[a-z] [a-z]", caught.value.text("zh")) is None
    )  # no English words in a row
    return str(caught.value)


def test_no_change_gives_an_equal_problem(given: m.Problem) -> None:
    assert apply_changes(given, []) == given


def test_the_problem_given_stays_as_it_was(given: m.Problem) -> None:
    before = given.model_dump_json()
    all_kinds: list[Change] = [
        RemoveResource(resource="R1"),
        Train(resource="R2", skill="law", level=3),
        SetCapacity(resource="R2", capacity=4),
        FreeAt(resource="R2", time=WEEKLY),
        ChangeResource(resource=resource("R3", capacity=9)),
        AddResource(resource=resource("R4")),
        RemoveDemand(demand="D2"),
        ChangeDemand(demand=demand("D1", need("Q1"))),
        SetWanted(requirement="Q1", wanted=2),
        AddDemand(demand=demand("D9", need("Q9"))),
        RemoveRule(label="rest"),
        AddRule(rule=m.Travel(kmh=20)),
        ChangeRule(label="travel", rule=m.Travel(kmh=30)),
        ChangeObjective(objective=m.Objective(distance=0)),
    ]
    apply_changes(given, all_kinds)
    assert given.model_dump_json() == before


def test_a_resource_is_added_with_its_unit(given: m.Problem) -> None:
    new = resource("R4", unit="U2")
    after = apply_changes(
        given, [AddResource(resource=new, unit=m.Unit(id="U2", parent="U1"))]
    )
    assert after.resources == (*given.resources, new)
    assert after.units == (*given.units, m.Unit(id="U2", parent="U1"))
    assert differing(given, after) == {"resources", "units"}


def test_a_resource_taken_out_takes_along_what_names_it_alone_and_leaves_lists_that_go_on_without_it(
    given: m.Problem,
) -> None:
    after = apply_changes(given, [RemoveResource(resource="R1")])
    assert [one.id for one in after.resources] == ["R2", "R3"]
    assert after.rules == (
        m.KeepApart(resources=["R2", "R3"]),
        m.ChooseAtMost(resources=["R2"], most=1),
        m.Rest(resource="R2", minutes=30),
        m.Rest(minutes=10),
        m.Team(demand="D1", least=1, most=2),
        m.Lock(id="keep", resource="R3", requirement="Q3"),
    )
    assert after.previous == (pair("R2", "Q3"),)
    assert after.scores == (scores("R2", Q1=1, Q3=2), scores("R3"))
    assert differing(given, after) == {"resources", "rules", "previous", "scores"}


def test_a_rule_on_several_goes_with_the_last_that_it_needs(given: m.Problem) -> None:
    after = apply_changes(
        given, [RemoveResource(resource="R1"), RemoveResource(resource="R2")]
    )
    assert [rule.rule for rule in after.rules] == ["rest", "team", "lock"]
    assert after.rules[0].label == "rest"


def test_a_resource_put_back_after_it_was_taken_out_has_none_of_its_old_rules(
    given: m.Problem,
) -> None:
    again = resource("R1", capacity=7)
    after = apply_changes(
        given,
        [
            RemoveResource(resource="R1"),
            AddResource(resource=again),
            AddRule(rule=m.Rest(resource="R1", minutes=5)),
        ],
    )
    named = [rule.label for rule in after.rules if "R1" in rule.label]
    assert named == ["rest R1"]
    assert (
        scores("R1", Q1=5) not in after.scores
        and pair("R1", "Q1") not in after.previous
    )


def test_a_resource_is_exchanged_in_its_place(given: m.Problem) -> None:
    new = resource("R1", kind="team")
    after = apply_changes(given, [ChangeResource(resource=new)])
    assert after.resources == (new, *given.resources[1:])
    assert differing(given, after) == {"resources"}


def test_a_capacity_is_set_and_nothing_else(given: m.Problem) -> None:
    after = apply_changes(given, [SetCapacity(resource="R2", capacity=0)])
    assert after.resources[1] == resource("R2", name="Li Si", capacity=0)
    assert differing(given, after) == {"resources"}


@pytest.mark.parametrize(
    ("name", "level", "skills"),
    [
        ("law", 3, [("nursing", 2), ("law", 3)]),
        ("LAW", 3, [("nursing", 2), ("LAW", 3)]),
        (
            "护理",
            5,
            [("law", 1), ("护理", 5)],
        ),  # an alias of nursing: one entry, not two
        ("nursing", 2, None),
        ("nursing", 1, None),  # nobody unlearns
        ("first aid", 2, None),  # nursing at 2 counts as first aid at 2
        ("first aid", 3, [("nursing", 2), ("law", 1), ("first aid", 3)]),
        ("cooking", 1, [("nursing", 2), ("law", 1), ("cooking", 1)]),
    ],
)
def test_training_raises_one_skill_and_lowers_none(
    given: m.Problem, name: str, level: int, skills: list[tuple[str, int]] | None
) -> None:
    after = apply_changes(
        given, [Train(resource="R1", skill=name, level=level)]
    ).resources[0]
    held = (
        given.resources[0].skills
        if skills is None
        else [skill(*entry) for entry in skills]
    )
    assert set(after.skills) == set(held) and len(after.skills) == len(held)


def test_free_at_adds_a_window_or_a_pattern_and_leaves_who_is_always_free(
    given: m.Problem,
) -> None:
    more = window(6, 8, 9)
    after = apply_changes(
        given,
        [
            FreeAt(resource="R1", time=more),
            FreeAt(resource="R1", time=WEEKLY),
            FreeAt(resource="R2", time=more),
        ],
    )
    assert after.resources[0].available == (window(5, 8, 12), more, WEEKLY)
    assert after.resources[1] == given.resources[1]


def test_a_demand_is_added(given: m.Problem) -> None:
    new = demand("D3", need("Q4"))
    after = apply_changes(given, [AddDemand(demand=new)])
    assert after.demands == (*given.demands, new)
    assert differing(given, after) == {"demands"}


def test_a_demand_taken_out_takes_along_what_names_it_or_one_of_its_requirements(
    given: m.Problem,
) -> None:
    after = apply_changes(given, [RemoveDemand(demand="D2")])
    assert [one.id for one in after.demands] == ["D1"]
    gone = {"lock", "max_distance"}
    assert after.rules == tuple(rule for rule in given.rules if rule.rule not in gone)
    assert after.previous == (pair("R1", "Q1"),)
    assert after.scores == (scores("R1", Q1=5), scores("R2", Q1=1), scores("R3"))


def test_a_score_record_that_has_lost_its_last_pair_goes(given: m.Problem) -> None:
    after = apply_changes(given, [RemoveDemand(demand="D1")])
    assert after.scores == (
        scores("R2", Q3=2),
        scores("R3"),
    )  # that of R3 was empty before


def test_a_demand_exchanged_keeps_what_names_requirements_that_it_still_has(
    given: m.Problem,
) -> None:
    new = demand("D1", need("Q2"), need("Q8"))
    after = apply_changes(given, [ChangeDemand(demand=new)])
    assert after.demands == (new, given.demands[1])
    assert after.rules == given.rules[1:]  # all but the one that forbids Q1
    assert after.previous == (pair("R2", "Q3"),)
    assert (
        apply_changes(
            given, [ChangeDemand(demand=new), SetWanted(requirement="Q8", wanted=4)]
        )
        .demands[0]
        .requirements[1]
        .wanted
        == 4
    )


def test_wanted_and_minimum_are_set_and_a_minimum_that_is_not_given_stays(
    given: m.Problem,
) -> None:
    def sizes(**fields: Any) -> tuple[int, int]:
        made = (
            apply_changes(given, [SetWanted(requirement="Q1", **fields)])
            .demands[0]
            .requirements[0]
        )
        return made.wanted, made.minimum

    assert sizes(wanted=9) == (9, 2)
    assert sizes(wanted=9, minimum=0) == (9, 0)
    assert sizes(wanted=4, minimum=4) == (4, 4)


def test_rules_are_added_dropped_and_exchanged_by_label(given: m.Problem) -> None:
    new = m.Travel(kmh=20)
    assert apply_changes(given, [AddRule(rule=new)]).rules == (*given.rules, new)
    assert apply_changes(given, [RemoveRule(label="rest")]).rules == tuple(
        r for r in given.rules if r.label != "rest"
    )
    assert apply_changes(given, [RemoveRule(label="keep")]).rules == given.rules[:-1]
    after = apply_changes(
        given, [ChangeRule(label="rest R2", rule=m.Rest(resource="R2", minutes=5))]
    )
    assert after.rules == (
        *given.rules[:4],
        m.Rest(resource="R2", minutes=5),
        *given.rules[5:],
    )


def test_of_several_rules_with_one_label_all_are_meant(given: m.Problem) -> None:
    twice = apply_changes(given, [AddRule(rule=m.Rest(minutes=20))])
    assert apply_changes(twice, [RemoveRule(label="rest")]).rules == tuple(
        r for r in given.rules if r.label != "rest"
    )
    one = apply_changes(twice, [ChangeRule(label="rest", rule=m.Rest(minutes=1))]).rules
    assert [r for r in one if r.label == "rest"] == [m.Rest(minutes=1)]
    assert one.index(m.Rest(minutes=1)) == given.rules.index(m.Rest(minutes=10))


def test_a_label_is_that_of_the_rule_as_earlier_changes_left_it(
    given: m.Problem,
) -> None:
    after = apply_changes(
        given, [RemoveResource(resource="R1"), RemoveRule(label="keep_apart R2 R3")]
    )
    assert "keep_apart" not in {rule.rule for rule in after.rules}
    assert "changes[1]: names the rule keep_apart R1 R2 R3" in fault(
        given, RemoveResource(resource="R1"), RemoveRule(label="keep_apart R1 R2 R3")
    )


def test_the_objective_is_exchanged(given: m.Problem) -> None:
    new = m.Objective(distance=7)
    after = apply_changes(given, [ChangeObjective(objective=new)])
    assert after.objective == new and differing(given, after) == {"objective"}


def test_all_faults_are_named_at_once_with_ids_that_come_near(given: m.Problem) -> None:
    text = fault(
        given,
        SetCapacity(resource="R4", capacity=1),
        RemoveDemand(demand="flood"),
        SetWanted(requirement="q1", wanted=1),
        RemoveRule(label="rests"),
        AddResource(resource=resource("R2")),
        AddResource(resource=resource("R9", unit="U9")),
        SetWanted(requirement="Q1", wanted=1),
    )
    assert text.splitlines() == [
        pinned.text("fault.input", count=7),
        pinned.line(
            "  changes[0]",
            "change.unknown",
            "change.unknown.do",
            what=Message("what.resource"),
            id="R4",
            known=("R1", "R2", "R3"),
        ),
        pinned.line(
            "  changes[1]",
            "change.unknown",
            "change.unknown.do",
            what=Message("what.demand"),
            id="flood",
            known=("D1", "D2"),
        ),
        pinned.line(
            "  changes[2]",
            "change.unknown",
            "change.unknown.do",
            what=Message("what.requirement"),
            id="q1",
            known=("Q1", "Q2", "Q3"),
        ),
        pinned.line(
            "  changes[3]",
            "change.unknown",
            "record.unlisted.near.do",
            what=Message("what.rule"),
            id="rests",
            near=pinned.message("violation.or", parts=("rest",)),
        ),
        pinned.line(
            "  changes[4]", "change.there", "change.there.do", id="R2", what="resource"
        ),
        pinned.line(
            "  changes[6], Requirement (id Q1)", "record.minimum", "record.minimum.do"
        ),
        pinned.line(
            "  resources[3].unit (id R9)",
            "record.unlisted.unit",
            "record.unlisted.do",
            id="U9",
            known="U1",
        ),
    ]


def test_what_an_earlier_change_took_out_is_told_as_such(given: m.Problem) -> None:
    text = fault(
        given,
        RemoveResource(resource="R1"),
        SetCapacity(resource="R1", capacity=2),
        ChangeDemand(demand=demand("D1", need("Q2"))),
        SetWanted(requirement="Q1", wanted=1),
        RemoveDemand(demand="D2"),
        SetWanted(requirement="Q3", wanted=1),
        RemoveDemand(demand="D2"),
    )
    assert [
        line
        for line in text.splitlines()[1:]
        if "takes out" in line and "another order" in line
    ] == text.splitlines()[1:]
    for where, what in (
        ("[1]", "R1, which changes[0]"),
        ("[3]", "Q1, which changes[2]"),
        ("[5]", "Q3, which changes[4]"),
        ("[6]", "D2, which changes[4]"),
    ):
        assert any(
            f"changes{where}" in line and what in line for line in text.splitlines()
        )


def test_a_demand_added_twice_is_told_once_and_hides_no_other_fault(
    given: m.Problem,
) -> None:
    text = fault(
        given,
        AddDemand(demand=demand("D1", need("Q7"))),
        SetWanted(requirement="Q7", wanted=2),
        SetWanted(requirement="Q1", wanted=2),
    )
    assert [line.split(":")[0] for line in text.splitlines()[1:]] == [
        "  changes[0]",
        "  changes[2]",
    ]
    assert (
        pinned.text("change.there", what=Message("what.demand"), id="D1") in text
        and "Q1, which changes[0] takes out" in text
    )


def test_a_requirement_moves_to_another_demand_with_all_that_names_it(
    given: m.Problem,
) -> None:
    moved = [
        ChangeDemand(demand=demand("D2", need("Q3"), need("Q1"))),
        ChangeDemand(demand=demand("D1", need("Q2"))),
    ]
    after = apply_changes(given, moved)
    assert (after.rules, after.previous, after.scores) == (
        given.rules,
        given.previous,
        given.scores,
    )
    assert (
        apply_changes(given, [*moved, SetWanted(requirement="Q1", wanted=8)])
        .demands[1]
        .requirements[1]
        .wanted
        == 8
    )


def test_limits_of_a_record_are_told_at_the_change_that_passes_them(
    given: m.Problem,
) -> None:
    full = apply_changes(
        given,
        [
            ChangeResource(
                resource=resource("R1", skills=[skill(f"s{n}") for n in range(1000)])
            )
        ],
    )
    assert (
        f"changes[0], skills (id R1): {pinned.text('record.long')}. {pinned.text('record.long.do', most=1000)}"
        in fault(full, Train(resource="R1", skill="law", level=1))
    )
    hours = m.Weekly(
        zone="UTC",
        days=range(1, 8),
        start="08:00",
        end="09:00",
        first=date(2026, 1, 1),
        last=date(2027, 12, 31),
    )
    assert "changes[13], Resource (id R1): has times that stand for" in fault(
        given, *[FreeAt(resource="R1", time=hours)] * 15
    )


@pytest.mark.parametrize(
    "wrong",
    ["abc", 5, None, {"change": "x"}, SetCapacity(resource="R1", capacity=1), [1, "x"]],
)
def test_what_is_no_list_of_changes_is_refused(given: m.Problem, wrong: Any) -> None:
    with pytest.raises(InputError, match=r"changes"):
        apply_changes(given, wrong)


def test_a_problem_of_another_type_is_refused() -> None:
    with pytest.raises(InputError, match="problem: is of type str"):
        apply_changes("problem", [])  # type: ignore[arg-type]


def test_endless_changes_are_refused_and_not_waited_for(given: m.Problem) -> None:
    endless = iter(lambda: SetCapacity(resource="R1", capacity=1), None)
    with pytest.raises(BudgetError, match="more than 10,000 changes"):
        apply_changes(given, endless)


def test_thousands_of_removals_from_long_lists_end_soon() -> None:
    ids = [f"R{n:05}" for n in range(9_000)]
    roles = [need(f"Q{n:03}") for n in range(300)]
    large = problem(
        [resource(name) for name in ids],
        [demand("D1", *roles)],
        m.ChooseAtMost(resources=ids, most=5),
        previous=[pair(name, "Q000") for name in ids],
        scores=[
            m.Scores(resource=name, requirements=["Q000", "Q001"], points=[1, 2])
            for name in ids
        ],
    )
    after = apply_changes(large, [RemoveResource(resource=name) for name in ids[1:]])
    assert (
        after.resources == large.resources[:1]
        and after.scores == large.scores[:1]
        and after.previous == large.previous[:1]
    )
    assert after.rules == (m.ChooseAtMost(resources=["R00000"], most=5),)


def test_changes_come_back_from_their_json(given: m.Problem) -> None:
    all_of_them = [
        AddResource(resource=resource("R4", skills=[skill("law", 2)])),
        FreeAt(resource="R1", time=WEEKLY),
        FreeAt(resource="R1", time=window(5, 8, 9)),
        SetWanted(requirement="Q1", wanted=4),
        AddRule(rule=m.Travel(kmh=20, soft=m.Soft(price=3))),
        ChangeObjective(objective=m.Objective(distance=0)),
    ]
    text = "[" + ",".join(change.to_json() for change in all_of_them) + "]"
    assert changes_from_json(text) == tuple(all_of_them)
    assert changes_from_json(b"\xef\xbb\xbf" + text.encode()) == tuple(all_of_them)
    assert listed_changes(iter(all_of_them)) == tuple(all_of_them)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}", pinned.line("changes", "record.list", "record.list.do")),
        (
            '[{"resource": "R1"}]',
            pinned.line(
                "changes[0]", "record.no_tag", "record.no_tag.do", tag="change"
            ),
        ),
        ("[3]", pinned.line("changes[0]", "record.record", "record.record.do")),
        (
            '[{"change": "explode"}]',
            f"changes[0]: {pinned.text('record.word')}. Use 'add_resource', 'remove_resource'",
        ),
        (
            '[{"change": "train", "resource": "R1", "resource": "R2"}]',
            pinned.text(
                "json.twice",
                name=pinned.message("json.twice.key", name="resource"),
                place="",
            ),
        ),
        ("[1", "is not valid JSON"),
        (
            '[{"change": "add_resource", "resource": {"id": "R9", "unitt": "U1"}}]',
            f"{pinned.text('record.field', field='unitt')}. Maybe 'unit' is meant",
        ),
    ],
)
def test_faults_of_a_text_are_named_by_change_and_field(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        changes_from_json(text)
    assert told in str(caught.value)


def test_faults_of_a_text_are_named_all_at_once() -> None:
    text = '[{"change": "set_capacity", "resource": "R1", "capacity": -1}, {"change": "train"}, {"change": "x"}]'
    with pytest.raises(InputError) as caught:
        changes_from_json(text)
    assert [fault.where for fault in caught.value.complaints] == [
        "changes[0].capacity",
        "changes[1].resource",
        "changes[1].skill",
        "changes[1].level",
        "changes[2]",
    ]


def test_a_text_of_too_many_changes_is_refused() -> None:
    text = json.dumps([{"change": "remove_resource", "resource": "R1"}] * 10_001)
    with pytest.raises(BudgetError, match="10,001 changes; at most 10,000"):
        changes_from_json(text)


@pytest.mark.parametrize("given", [None, 5, ["[]"], {"changes": []}])
def test_what_is_no_text_is_refused_as_input(given: Any) -> None:
    with pytest.raises(
        InputError,
        match=f"the JSON text: is of type {type(given).__name__}. Give the text itself, or its bytes",
    ):
        changes_from_json(given)


def test_a_changed_resource_keeps_its_name_where_none_is_given() -> None:
    """Changes travel in answers, which hold no personal name."""
    before = m.Problem(
        units=[m.Unit(id="U")],
        resources=[m.Resource(id="R", unit="U", name="a name", capacity=1)],
    )
    after = apply_changes(
        before, [ChangeResource(resource=m.Resource(id="R", unit="U", capacity=2))]
    )
    assert (after.resources[0].name, after.resources[0].capacity) == ("a name", 2)
