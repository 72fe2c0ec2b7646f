"""Places kept for a group: groups of the same places together, by hand and against every plan; what people
read.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

import matchkit as mk
import matchkit.model as m


def town(
    people: dict[str, str], *rules: m.Rule, wanted: int = 3, **fields: Any
) -> m.Problem:
    """People with the initials of their groups, and a demand of so many."""
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(id=name, unit="U", groups=list(groups))
            for name, groups in people.items()
        ],
        demands=[
            m.Demand(
                id="D",
                community="C",
                requirements=[m.Requirement(id="Q", wanted=wanted)],
            )
        ],
        rules=rules,
        **fields,
    )


def seated(groups: Iterable[str], kept: dict[str, int], wanted: int) -> bool:
    """Whether each of these, by the initials of their groups, can be given a place of its own: every way to
    give places is tried.
    """
    kinds = [*kept, ""]
    free = Counter(kept)
    free[""] = max(0, wanted - sum(kept.values()))
    people = list(groups)
    return len(people) <= wanted and any(
        all(not kind or kind in who for who, kind in zip(people, given, strict=True))
        and all(count <= free[kind] for kind, count in Counter(given).items())
        for given in itertools.product(kinds, repeat=len(people))
    )


@pytest.mark.parametrize("wanted", [2, 3, 4])
def test_hard_set_asides_of_the_same_places_hold_where_all_can_be_seated(
    wanted: int,
) -> None:
    """Every choice of people of every mixture of groups: ``verify`` says what seating them says."""
    kinds = ("", "a", "b", "ab")
    seen: Counter[bool] = Counter()
    for kept in ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3}):
        if sum(kept.values()) > wanted or (wanted == 4 and kept["b"] < 3):
            continue
        rules = [m.SetAside(group=g, demand="D", least=n) for g, n in kept.items()]
        for many in range(1, wanted + 1):
            for who in itertools.combinations_with_replacement(kinds, many):
                people = {f"P{k}": groups for k, groups in enumerate(who)}
                plain = town(people, wanted=wanted)
                problem = town(people, *rules, wanted=wanted)
                plan = mk.solve(plain)
                assert len(plan.assignments) == many
                broken = {one.rule for one in mk.verify(problem, plan).violations} & {
                    "set_aside"
                }
                right = seated(who, kept, wanted)
                assert bool(broken) != right, (kept, who)
                seen[right] += 1
    assert min(seen[True], seen[False]) > 5


def test_two_groups_share_places_that_one_alone_would_leave_to_others() -> None:
    """Of three places one is kept for a and one for b: two others break that, though either rule alone would
    let them in.
    """
    rules = [m.SetAside(group=group, demand="D", least=1) for group in "ab"]
    people = {"p": "", "q": "", "r": "a"}
    alone, both = town(people, rules[0]), town(people, *rules)
    assert [len(mk.solve(each).assignments) for each in (alone, both)] == [3, 2]
    plan = mk.solve(alone)
    assert {one.rule for one in mk.verify(both, plan).violations} >= {"set_aside"}


def test_a_soft_one_gives_its_places_to_others_only_where_nobody_of_the_group_is() -> (
    None
):
    people = {"p": "", "q": "", "r": "", "s": "a"}
    soft = m.SetAside(group="A", demand="D", least=2, soft=m.Soft(tier=1))
    plan = mk.solve(town(people, soft))
    assert "s" in {one.resource for one in plan.assignments}
    assert [(one.rule, one.amount) for one in plan.payments] == [("set_aside D A", 1)]


def test_what_people_read() -> None:
    people = {"p": "", "q": "", "r": "", "s": "a"}
    rule = m.SetAside(group="a", demand="D", least=2, most=2)
    problem = town(people, rule)
    broken = mk.verify(problem, mk.solve(town(people)))
    ours = [one for one in broken.violations if one.rule == "set_aside"]
    assert [(one.ids, one.amount) for one in ours] == [(("D",), 2)]
    plan = mk.solve(problem)
    lacking = mk.Explainer(problem, plan).shortage("Q")
    assert mk.check_witness(problem, plan, lacking).ok
    assert "set_aside D a" in lacking.line() and "set_aside D a" in lacking.line("zh")


def test_tables_and_json_keep_groups_and_rules(tmp_path: Any) -> None:
    problem = town(
        {"p": "", "s": "ab"},
        m.SetAside(group="a", demand="D", kind="person", least=1, most=2),
        m.SetAside(group="b", soft=m.Soft(price=3)),
    )
    assert m.Problem.from_json(problem.to_json()) == problem
    assert '"groups"' not in town({"p": ""}).to_json()
    for lang in ("en", "zh"):
        mk.write_problem(problem, tmp_path / lang, lang=lang)
        read = mk.read_problem(tmp_path / lang, tz="UTC")
        assert (read.rules, read.resources) == (problem.rules, problem.resources)
