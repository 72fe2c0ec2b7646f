"""What is in the generated city: scarcity, survey shares, windows, places and rules."""

from collections import Counter, defaultdict
from datetime import datetime
from functools import cache

import pytest

from matchkit.datasets import city
from matchkit.datasets import parameters as stated
from matchkit.model import AnyOf

SCALES = ["street", "district", "city"]
generated = cache(city)


def people(scale):
    return [
        resource for resource in generated(scale).resources if resource.kind == "person"
    ]


def broader_names(problem):
    """Skill name as written to all the names it counts as, itself included."""
    alias = {other: skill.name for skill in problem.skills for other in skill.aliases}
    parents = {skill.name: skill.parents for skill in problem.skills}

    def above(name):
        own = alias.get(name, name)
        return {own}.union(*(above(parent) for parent in parents.get(own, ())))

    return above


def scarce(problem):
    """(skill, level) that requirements ask for without an alternative, of which more is wanted than all
    people give.
    """
    above = broader_names(problem)
    held, wanted = Counter(), Counter()
    for resource in problem.resources:
        best = defaultdict(int)
        for skill in resource.skills:
            for name in above(skill.skill):
                best[name] = max(best[name], skill.level)
        for name, level in best.items():
            held.update(
                {
                    (resource.kind, name, lower): resource.capacity
                    for lower in range(1, level + 1)
                }
            )
    for demand in problem.demands:
        for requirement in demand.requirements:
            for need in requirement.skills:
                if not isinstance(need, AnyOf):
                    wanted[requirement.kind, need.skill, need.level] += (
                        requirement.wanted
                    )
    return {ask for ask, count in wanted.items() if count > held[ask]}


@pytest.mark.parametrize("scale", SCALES)
def test_more_is_wanted_than_there_is_in_several_skills_of_people(scale):
    short = {name for kind, name, _ in scarce(generated(scale)) if kind == "person"}
    assert len(short) >= 3, short


def test_at_city_scale_medics_counsellors_and_electricians_are_among_the_scarce():
    short = scarce(generated("city"))
    assert {
        ("person", "医护", 2),
        ("person", "水电维修", 2),
        ("person", "心理咨询", 1),
    } <= short


@pytest.mark.parametrize("scale", SCALES)
def test_more_people_accept_than_are_wanted_so_that_scarcity_is_of_skill_place_and_time(
    scale,
):
    wanted = sum(
        r.wanted
        for demand in generated(scale).demands
        for r in demand.requirements
        if r.kind == "person"
    )
    assert wanted < sum(person.capacity for person in people(scale))


def level(person, name):
    return max(skill.level for skill in person.skills if skill.skill == name)


@pytest.mark.parametrize(
    ("figure", "holds"),
    [
        (stated.WILLING, lambda person: person.capacity == 1),
        (stated.NEEDS_ONBOARDING, lambda person: level(person, "社区工作") < 2),
        (stated.BELOW_EMERGENCY_2, lambda person: level(person, "应急处置") < 2),
        (stated.BELOW_MEDIATION_2, lambda person: level(person, "矛盾调解") < 2),
        (stated.UNFAMILIAR, lambda person: person.home is None and not person.familiar),
    ],
    ids=["willing", "onboarding", "emergency", "mediation", "unfamiliar"],
)
def test_the_share_of_people_is_the_stated_one_within_four_standard_deviations(
    figure, holds
):
    count = len(people("city"))
    share = sum(map(holds, people("city"))) / count
    assert (
        abs(share - figure.value)
        < 4 * (figure.value * (1 - figure.value) / count) ** 0.5
    )


def test_the_survey_figures_are_the_published_ones():
    published = {0.9251, 0.5616, 0.3242, 0.7335, 0.4626, 0.3891}
    assert {
        figure.value for figure in stated.STATED if figure.source == stated.SURVEY
    } == published


@pytest.mark.parametrize("scale", SCALES)
def test_what_is_not_divisible_has_at_most_capacity_one_so_that_a_flow_can_carry_it(
    scale,
):
    assert all(
        resource.capacity <= 1
        for resource in generated(scale).resources
        if not resource.is_divisible
    )


@pytest.mark.parametrize("scale", SCALES)
def test_all_kinds_are_offered_and_asked_for(scale):
    problem = generated(scale)
    kinds = {"person", "supplies", "service", "equipment", "venue"}
    assert {resource.kind for resource in problem.resources} == kinds
    asked = {
        requirement.kind
        for demand in problem.demands
        for requirement in demand.requirements
    }
    assert asked <= kinds
    assert scale == "street" or asked == kinds


def test_all_windows_lie_in_the_one_week_and_few_patterns_repeat():
    problem = generated("city")
    start, end = (
        datetime.fromisoformat("2022-07-11T00:00+08:00"),
        datetime.fromisoformat("2022-07-18T07:00+08:00"),
    )
    windows = [
        window
        for holder in (*problem.resources, *problem.demands)
        for window in getattr(holder, "available", ()) or getattr(holder, "windows", ())
    ]
    assert all(start <= window.start and window.end <= end for window in windows)
    assert len({resource.available for resource in problem.resources}) <= 20
    assert all(demand.windows for demand in problem.demands)


def test_all_places_lie_in_the_stated_box():
    places = [
        record.place
        for record in (*generated("city").resources, *generated("city").communities)
        if record.place
    ]
    assert len(places) > 14_000
    assert all(
        stated.SOUTH <= place.lat <= stated.NORTH
        and stated.WEST <= place.lon <= stated.EAST
        for place in places
    )


def test_all_three_tiers_occur_and_minimums_stand_in_tier_one_only():
    demands = generated("city").demands
    assert {demand.tier for demand in demands} == {1, 2, 3}
    assert {
        demand.tier
        for demand in demands
        for requirement in demand.requirements
        if requirement.minimum
    } == {1}


@pytest.mark.parametrize("scale", ["district", "city"])
def test_every_kind_of_rule_that_a_flow_can_keep_occurs_except_locks(scale):
    assert {rule.rule for rule in generated(scale).rules} == {
        "max_distance",
        "unit_cap",
        "reserve_share",
        "community_cap",
        "forbid",
    }


def test_caps_on_communities_are_a_minority():
    problem = generated("city")
    capped = {rule.community for rule in problem.rules if rule.rule == "community_cap"}
    parent = {community.id: community.parent for community in problem.communities}
    under_cap = sum(parent[demand.community] in capped for demand in problem.demands)
    assert 0 < under_cap < len(problem.demands) / 10


def test_skill_names_are_chinese_with_levels_aliases_and_parents():
    problem = generated("city")
    names = {skill.skill for resource in problem.resources for skill in resource.skills}
    assert 25 <= len(names) <= 45
    assert {
        skill.level for resource in problem.resources for skill in resource.skills
    } == {
        1,
        2,
        3,
    }
    assert "医护" in broader_names(problem)("外科医生")
    assert "护士" in broader_names(problem)("护理人员")
