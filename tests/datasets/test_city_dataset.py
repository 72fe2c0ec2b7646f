"""What the generated city promises: sizes, the same bytes for the same seed, and that it says it is
invented.
"""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from functools import cache

import pytest

from matchkit.datasets import STATED, city
from matchkit.datasets.trees import MARKER
from matchkit.errors import InputError
from matchkit.model import Problem

SIZES = {"street": (300, 60), "district": (2_985, 773), "city": (14_000, 2_791)}
SCALES = list(SIZES)

generated = cache(city)


def leaves(problem):
    parents = {community.parent for community in problem.communities}
    return [
        community for community in problem.communities if community.id not in parents
    ]


def depth_of(records):
    parent = {record.id: record.parent for record in records}

    def depth(record_id):
        return 0 if parent[record_id] is None else 1 + depth(parent[record_id])

    return {record.id: depth(record.id) for record in records}


@pytest.mark.parametrize("scale", SCALES)
def test_people_and_neighbourhood_units_are_as_many_as_the_scale_says(scale):
    problem = generated(scale)
    people = [resource for resource in problem.resources if resource.kind == "person"]
    assert (len(people), len(leaves(problem))) == SIZES[scale]


@pytest.mark.parametrize("scale", SCALES)
def test_every_neighbourhood_unit_has_exactly_one_demand_with_a_role_for_people(scale):
    problem = generated(scale)
    assert Counter(demand.community for demand in problem.demands) == Counter(
        leaf.id for leaf in leaves(problem)
    )
    assert all(
        any(requirement.kind == "person" for requirement in demand.requirements)
        for demand in problem.demands
    )


def test_the_city_has_the_reported_districts_streets_and_communities():
    depths = Counter(depth_of(generated("city").communities).values())
    assert depths == {0: 1, 1: 4, 2: 50, 3: 362, 4: 2_791}


@pytest.mark.parametrize("scale", SCALES)
def test_units_form_city_department_office_and_people_belong_to_offices(scale):
    problem = generated(scale)
    depths = depth_of(problem.units)
    assert set(depths.values()) == {0, 1, 2}
    assert {
        depths[resource.unit]
        for resource in problem.resources
        if resource.kind == "person"
    } == {2}


def digest(scale, seed):
    return hashlib.sha256(city(scale, seed).model_dump_json().encode()).hexdigest()


@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_the_bytes_are_the_same_under_any_hash_seed(hash_seed):
    code = (
        "import hashlib; from matchkit.datasets import city; "
        "print(hashlib.sha256(city('district', 3).model_dump_json().encode()).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == digest("district", 3)


def test_another_seed_gives_another_city_and_the_same_seed_the_same():
    assert digest("street", 0) == digest("street", 0) != digest("street", 1)


def test_generating_leaves_the_global_random_state_as_it_was():
    import random

    before = random.getstate()
    city("street", 5)
    assert random.getstate() == before


@pytest.mark.parametrize("scale", SCALES)
def test_the_note_says_invented_in_both_languages_and_names_every_source(scale):
    note = generated(scale).note
    assert "虚构" in note
    assert "invented" in note
    assert all(
        figure.source in note and f"{figure.value:g}" in note for figure in STATED
    )


@pytest.mark.parametrize("scale", SCALES)
def test_every_name_carries_the_marker_of_an_invented_one(scale):
    problem = generated(scale)
    named = [*problem.units, *problem.communities, *problem.resources, *problem.demands]
    assert all(record.name.startswith(MARKER) for record in named)


def test_names_of_communities_and_units_are_all_different():
    problem = generated("city")
    for records in (problem.units, problem.communities, problem.demands):
        assert not [
            name
            for name, count in Counter(record.name for record in records).items()
            if count > 1
        ]


@pytest.mark.parametrize("scale", SCALES)
def test_reading_the_json_back_gives_an_equal_problem(scale):
    problem = generated(scale)
    assert Problem.from_json(problem.model_dump_json()) == problem


def test_the_city_as_indented_json_is_below_25_megabytes():
    assert len(generated("city").model_dump_json(indent=1).encode()) < 25_000_000


@pytest.mark.parametrize(
    ("scale", "seed", "field"),
    [
        ("town", 0, "scale"),
        ("street", -1, "seed"),
        ("street", True, "seed"),
        ("street", "1", "seed"),
    ],
)
def test_another_scale_or_seed_is_refused_by_name(scale, seed, field):
    with pytest.raises(InputError) as caught:
        city(scale, seed)
    assert [complaint.where for complaint in caught.value.complaints] == [field]
