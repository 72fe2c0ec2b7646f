"""A funnel counts whom each rule keeps out, and names who comes nearest, as a look at every single pair
does.
"""

from __future__ import annotations

import random
from collections import Counter

import pinned
import pytest
from by_hand import demand, need, problem, resource, skill, window
from random_problems import random_problem, seeded
from rule_problems import rule_problem

from matchkit.answers.causes import Funnel
from matchkit.compile.eligibility import RULES
from matchkit.compile.eligible import EligiblePairs
from matchkit.compile.numbering import Numbering
from matchkit.compile.why_not import Funnels, funnel, why_ineligible
from matchkit.errors import InputError
from matchkit.model import AnyOf, Forbid, Problem
from matchkit.verification.eligibility import broken
from matchkit.verification.world import World

CALLED = {"max_distance": "distance"}
"""What the checker calls a rule by another name."""


def by_single_pairs(given: Problem, requirement: str) -> Funnel:
    """The definition, pair by pair: what each resource fails by the checker, which shares nothing with the
    funnel.
    """
    world = World(given)
    fails = {
        name: {
            CALLED.get(rule, rule)
            for rule, _ in broken(world, entry, world.roles[requirement])
        }
        for name, entry in sorted(world.resources.items())
    }
    every = Counter(rule for rules in fails.values() for rule in rules)
    alone = Counter(
        rule for rules in fails.values() if len(rules) == 1 for rule in rules
    )
    near = sorted((len(rules), name) for name, rules in fails.items() if rules)[:5]
    removed = [
        {"rule": rule, "alone": alone[rule], "all": every[rule]}
        for rule in RULES
        if every[rule]
    ]
    nearest = [
        {"resource": name, "reasons": why_ineligible(given, name, requirement)}
        for _, name in near
    ]
    for entry in nearest:
        assert {reason.rule for reason in entry["reasons"]} == fails[
            str(entry["resource"])
        ]  # type: ignore[attr-defined]
    return Funnel(resources=len(fails), removed=removed, nearest=nearest)  # type: ignore[arg-type]


def check(given: Problem) -> Counter[str]:
    lists = Numbering(given)
    alone, lent = Funnels(lists), Funnels(lists, EligiblePairs(lists, metres=False))
    seen = Counter[str]()
    for requirement in sorted(lists.right):
        expected = by_single_pairs(given, requirement)
        assert alone.of(requirement) == expected
        assert lent.of(requirement) == expected
        seen.update(entry.rule for entry in expected.removed)
    return seen


def test_random_problems_by_looking_at_every_pair() -> None:
    seen = Counter[str]()
    for seed in range(150):
        seen += check(
            random_problem(seeded(seed), resources=9, flow_only=seed % 2 == 0)
        )
    assert min(seen[rule] for rule in RULES if rule != "load") >= 20, seen


def test_random_problems_with_flexible_demands_and_loads_by_looking_at_every_pair() -> (
    None
):
    seen, flexible = Counter[str](), 0
    for seed in range(300):
        given = rule_problem(seed, large=seed % 3 == 0)
        seen += check(given)
        flexible += sum(entry.minutes is not None for entry in given.demands)
    assert min(seen[rule] for rule in ("time", "load")) >= 50, seen
    assert flexible >= 100


def test_a_funnel_by_hand() -> None:
    nurses = {"skills": [skill("nursing", 2)]}
    given = problem(
        [
            resource("A", kind="venue"),  # fails kind and skill
            resource("B"),  # fails skill alone
            resource("C", **nurses, available=[window(5, 8, 9)]),  # fails time alone
            resource("D", **nurses),  # fails forbid alone
            resource("E", capacity=0, kind="venue"),  # fails capacity, kind and skill
        ],
        [demand("D1", need(**nurses), windows=[window(5, 8, 10)])],
        Forbid(resource="D", requirement="Q1"),
    )
    found = funnel(given, "Q1")
    assert [(entry.rule, entry.alone, entry.all) for entry in found.removed] == [
        ("capacity", 0, 1), ("kind", 0, 2), ("skill", 1, 3), ("time", 1, 1), ("forbid", 1, 1),
    ]  # fmt: skip
    assert [
        (entry.resource, [reason.rule for reason in entry.reasons])
        for entry in found.nearest
    ] == [
        ("B", ["skill"]),
        ("C", ["time"]),
        ("D", ["forbid"]),
        ("A", ["kind", "skill"]),
        ("E", ["capacity", "kind", "skill"]),
    ]
    assert found.text() == (
        "5 resources: skill keeps out 3 (1 alone), kind keeps out 2, capacity keeps out 1, time "
        "keeps out 1 (1 alone), "
        "forbid keeps out 1 (1 alone); nearest: B (skill nursing 0 < 2)\n"
        "  capacity keeps out 1\n"
        "  kind keeps out 2\n"
        "  skill keeps out 3 (1 alone)\n"
        "  time keeps out 1 (1 alone)\n"
        "  forbid keeps out 1 (1 alone)\n"
        "  B: skill nursing 0 < 2\n"
        "  C: free Tue 2026-05-05 08:00-09:00, needed 08:00-10:00 (UTC)\n"
        "  D: a forbid rule names D and Q1\n"
        "  A: kind venue, needed person; skill nursing 0 < 2\n"
        "  E: capacity 0 < 1; kind venue, needed person; skill nursing 0 < 2"
    )
    assert found.line("zh") == (
        "共 5 个资源：因技能排除 3 个（其中 1 个仅此一条不符）、因类别排除 2 个、因容量排除 1 个、"
        "因时间排除 1 个（其中 1 个仅此一条不符）、因禁止搭配排除 1 个（其中 1 个仅此一条不符）；"
        "最接近的是 B（技能 nursing 0 级 < 2 级）"
    )
    assert (
        found.text("zh").splitlines()[-1]
        == "  E：容量 0 < 1；类别为 venue，需要的是 person；技能 nursing 0 级 < 2 级"
    )
    assert Funnel.model_validate_json(found.to_json()) == found


@pytest.mark.parametrize(
    ("resources", "english", "chinese"),
    [
        ([], pinned.text("funnel.nobody"), pinned.text("funnel.nobody", "zh")),
        (
            [resource("A")],
            pinned.text("funnel.open", resources=1),
            pinned.text("funnel.open", "zh", resources=1),
        ),
    ],
)
def test_a_funnel_that_keeps_nobody_out(
    resources: list[object], english: str, chinese: str
) -> None:
    found = funnel(problem(resources, [demand("D1", need())]), "Q1")  # type: ignore[arg-type]
    assert (found.removed, found.nearest, found.text(), found.text("zh")) == (
        (),
        (),
        english,
        chinese,
    )


def test_whoever_is_free_at_some_start_of_a_flexible_demand_does_not_fail_time() -> (
    None
):
    late, short, touching = (
        [window(5, 11, 12)],
        [window(5, 8, 8.5)],
        [window(5, 9.5, 10), window(5, 10, 10.5)],
    )
    given = problem(
        [
            resource("late", available=late),
            resource("short", available=short),
            resource("touching", available=touching),
        ],
        [demand("D1", need(), windows=[window(5, 8, 12)], minutes=60, step=30)],
    )
    assert [
        bool(why_ineligible(given, name, "Q1"))
        for name in ("late", "short", "touching")
    ] == [
        False,
        True,
        False,
    ]
    found = funnel(given, "Q1")
    assert [(entry.rule, entry.alone, entry.all) for entry in found.removed] == [
        ("time", 1, 1)
    ]
    assert [entry.resource for entry in found.nearest] == ["short"]


def test_where_a_flexible_demand_has_no_start_everybody_fails_time() -> None:
    given = problem(
        [resource("A"), resource("B", available=[window(5, 0, 24)])],
        [demand("D1", need(), windows=[window(5, 8, 9)], minutes=61)],
    )
    assert [
        (entry.rule, entry.alone, entry.all) for entry in funnel(given, "Q1").removed
    ] == [("time", 2, 2)]


def test_the_order_of_records_changes_no_byte() -> None:
    for seed in range(20):
        given = random_problem(seeded(seed), resources=9)
        rng, mixed = seeded(seed), given.model_dump()
        for name in ("resources", "demands", "rules", "skills", "communities", "units"):
            mixed[name] = _shuffled(rng, mixed[name])
        other = Problem(**mixed)
        for name in Numbering(given).right:
            assert funnel(given, name).to_json() == funnel(other, name).to_json()


def _shuffled(rng: random.Random, records: tuple[object, ...]) -> list[object]:
    return rng.sample(list(records), len(records))


def test_an_unknown_requirement_is_told_with_near_ones() -> None:
    given = problem([], [demand("D1", need("clinic"), need("hall"))])
    with pytest.raises(
        InputError,
        match="requirement clinik: is not in the problem. Maybe clinic is meant",
    ):
        funnel(given, "clinik")


def test_arguments_of_other_types_are_all_told() -> None:
    with pytest.raises(InputError) as caught:
        funnel("x", 5)  # type: ignore[arg-type]
    assert [
        where for where in ("problem: ", "requirement: ") if where in str(caught.value)
    ] == [
        "problem: ",
        "requirement: ",
    ]


def test_what_a_resource_lacks_is_counted_in_levels_seconds_and_metres() -> None:
    """r0 lacks a level and two of the four hours, r1 has no skill at all (of alternatives driving 1 lacks less
    than nursing 3) and is always free, r2 lacks nothing.
    """
    needs = [
        skill("nursing", 2),
        AnyOf(any_of=[skill("nursing", 3), skill("driving", 1)]),
    ]
    given = problem(
        resources=[
            resource(
                "r0",
                skills=[skill("nursing", 1), skill("driving", 1)],
                available=[window(4, 8, 10)],
            ),
            resource("r1"),
            resource("r2", skills=[skill("nursing", 3)], available=[window(4, 7, 13)]),
        ],
        demands=[demand("d", need("q", skills=needs), windows=[window(4, 8, 12)])],
    )
    lists = Numbering(given)
    levels, seconds, metres = Funnels(lists).missing(lists.places["q"][0])
    assert (levels.tolist(), seconds.tolist(), metres.tolist()) == (
        [1, 3, 0],
        [7200, 0, 0],
        [0, 0, 0],
    )
