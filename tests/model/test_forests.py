"""Trees of units, communities and skills: at most 1,000 above anything, and refusing more takes seconds, not
minutes.
"""

from __future__ import annotations

import json
from typing import Any

import pinned
import pytest

from matchkit.errors import InputError
from matchkit.model import Community, Problem, Skill, Unit

pytestmark = pytest.mark.timeout(60)


def chain(field: str, length: int) -> list[dict[str, Any]]:
    if field == "skills":
        return [
            {"name": f"n{n}", "parents": [f"n{n - 1}"] if n else []}
            for n in range(length)
        ]
    return [
        {"id": f"n{n}", "parent": f"n{n - 1}" if n else None} for n in range(length)
    ]


FIELDS = ["units", "communities", "skills"]


@pytest.mark.parametrize("field", FIELDS)
def test_a_thousand_above_is_allowed_and_one_more_is_refused(field: str) -> None:
    """The last of a chain of 1,001 has 1,000 above it."""
    assert (
        len(getattr(Problem.from_json(json.dumps({field: chain(field, 1_001)})), field))
        == 1_001
    )
    with pytest.raises(InputError) as caught:
        Problem.from_json(json.dumps({field: chain(field, 1_002)}))
    [found] = caught.value.complaints
    one = {"units": "unit", "communities": "community", "skills": "skill"}[field]
    assert str(found) == (
        f"{one} n1001: has more than 1,000 {field} above it. Leave out levels between, or parents "
        "that follow from others."
    )


@pytest.mark.parametrize("field", FIELDS)
def test_a_chain_of_fifty_thousand_is_refused_in_seconds(field: str) -> None:
    """2 MB of text. Going up from each would be 1,250 million steps."""
    text = json.dumps({field: chain(field, 50_000)})
    with pinned.raises(InputError, "fault.input", count=1):
        Problem.from_json(text)


def test_ancestors_are_counted_once_though_many_ways_lead_to_them() -> None:
    """40 layers of two skills, each below both of the layer above: 78 above the last, by 2^39 ways."""
    skills = [
        Skill(
            name=f"s{layer}{side}",
            parents=[f"s{layer - 1}a", f"s{layer - 1}b"] if layer else [],
        )
        for layer in range(40)
        for side in "ab"
    ]
    assert len(Problem(skills=skills).skills) == 80


def test_five_hundred_layers_of_two_are_a_thousand_and_one_layer_more_is_too_many() -> (
    None
):
    def layers(count: int) -> list[Skill]:
        return [
            Skill(name=f"s{n}{side}", parents=[f"s{n - 1}a", f"s{n - 1}b"] if n else [])
            for n in range(count)
            for side in "ab"
        ]

    assert Problem(skills=layers(501))
    with pytest.raises(InputError) as caught:
        Problem(skills=layers(502))
    assert [complaint.where for complaint in caught.value.complaints] == [
        "skill s501a",
        "skill s501b",
    ]


def test_few_nodes_whose_parents_cross_are_refused_before_they_cost_minutes() -> None:
    """800 skills, each below all before it, and 2,000 below the last: 320,000 steps up from each of those."""
    dense = [
        Skill(name=f"s{n}", parents=[f"s{k}" for k in range(n)]) for n in range(800)
    ]
    leaves = [Skill(name=f"t{n}", parents=["s799"]) for n in range(2_000)]
    with pytest.raises(InputError) as caught:
        Problem(skills=[*dense, *leaves])
    [found] = caught.value.complaints
    assert str(found) == pinned.line(
        "skills", "record.steps", "record.deep.do", most=20_000_000
    )


def test_a_wide_tree_has_no_limit_of_its_own() -> None:
    assert Problem(
        units=[Unit(id="top"), *(Unit(id=f"u{n}", parent="top") for n in range(20_000))]
    )
    assert Problem(
        communities=[
            Community(id="top"),
            *(Community(id=f"c{n}", parent="top") for n in range(20_000)),
        ]
    )


@pytest.mark.parametrize("field", ["aliases", "parents"])
def test_a_skill_has_at_most_a_thousand_aliases_and_parents(field: str) -> None:
    assert Skill(name="s", **{field: [f"n{n}" for n in range(1_000)]})
    with pytest.raises(InputError, match=f"{field}: is too long. Give at most 1,000"):
        Skill(name="s", **{field: [f"n{n}" for n in range(1_001)]})


@pytest.mark.parametrize("field", FIELDS)
def test_where_something_is_its_own_ancestor_depths_are_not_counted(field: str) -> None:
    """Beside a chain that is too deep."""
    key, above = ("name", "parents") if field == "skills" else ("id", "parent")
    circle = [{key: "round", above: ["round"] if field == "skills" else "round"}]
    with pytest.raises(InputError) as caught:
        Problem.from_json(json.dumps({field: chain(field, 1_002) + circle}))
    [found] = caught.value.complaints
    assert "round" in str(found)
