"""The reader of real demands: what the file holds is kept, and what was chosen is said."""

import importlib
from datetime import datetime

import pytest


@pytest.fixture
def example():
    return importlib.import_module("nyc_volunteers")


@pytest.fixture
def rows(example, data):
    return example.read_rows(data("community_nyc_volunteer"))


def row(**changed):
    return {
        "opportunity_id": "1",
        "title": "Plant trees",
        "vol_requests": "7",
        "is_priority": "",
        "category_desc": "Environment",
        "Borough": "STATEN IS",
        "Latitude": "",
        "Longitude": "",
        "locality": "",
        "recurrence_type": "ongoing",
        "start_date_date": "March 12 2011",
        "end_date_date": "March 12 2011",
    } | changed


def test_the_facts_of_the_file_are_those_that_its_description_and_a_count_by_hand_give(
    example, rows
):
    facts = example.facts_of(rows)
    assert (facts.rows, facts.with_coordinates, facts.no_limit) == (
        665,
        383,
        {99: 46, 9999: 2},
    )
    assert (
        facts.placed_by_locality,
        facts.without_place,
        facts.priority,
        facts.one_day,
    ) == (
        212,
        70,
        62,
        155,
    )


def test_each_row_is_one_demand_with_one_requirement_of_its_own_head_count(
    example, rows
):
    problem = example.build(rows, count=10)
    asked = example.facts_of(rows).asked_for_no_limit
    counts = {f"O{r['opportunity_id']}": int(r["vol_requests"]) for r in rows}
    assert len(problem.demands) == 665
    for demand in problem.demands:
        (requirement,) = demand.requirements
        assert requirement.wanted == (
            asked if counts[demand.id] in (99, 9999) else counts[demand.id]
        )


def test_what_stands_for_no_limit_asks_for_the_median_of_the_other_rows(example):
    facts = example.facts_of(
        [row(vol_requests=count) for count in ("1", "99", "4", "9999", "30")]
    )
    assert facts.asked_for_no_limit == 4


@pytest.mark.parametrize("mark", ["99", "9999"])
def test_no_limit_is_never_taken_as_a_head_count(example, mark):
    assert example.demand_of(row(vol_requests=mark), 10).requirements[0].wanted == 10


def test_coordinates_go_before_the_locality_column_and_neither_gives_no_place(example):
    locality = "{'latitude': '40.5', 'longitude': '-74.0', 'human_address': '{\"city\": \"\"}'}"
    both = example.place_of(row(Latitude="40.7", Longitude="-73.9", locality=locality))
    assert (both.lat, both.lon) == (40.7, -73.9)
    assert example.place_of(row(locality=locality)).lat == 40.5
    assert example.place_of(row()) is None


def test_a_one_time_event_needs_its_whole_day_in_new_york_time_and_an_ongoing_one_no_time(
    example,
):
    # 2011-03-13 is the day on which New York's clocks go forward: 23 hours from UTC-5 to UTC-4.
    (window,) = example.demand_of(
        row(
            recurrence_type="onetime",
            start_date_date="March 13 2011",
            end_date_date="March 13 2011",
        ),
        10,
    ).windows
    assert window.start == datetime.fromisoformat("2011-03-13T00:00-05:00")
    assert window.end == datetime.fromisoformat("2011-03-14T00:00-04:00")
    assert example.demand_of(row(), 10).windows == ()


def test_the_priority_mark_is_tier_one_and_the_rest_tier_two(example):
    assert [
        example.demand_of(row(is_priority=mark), 10).tier for mark in ("y", "")
    ] == [1, 2]


def test_boroughs_hang_below_the_city_and_rows_without_one_are_kept_apart(
    example, rows
):
    problem = example.build(rows, count=10)
    boroughs = {
        "manhattan",
        "brooklyn",
        "queens",
        "bronx",
        "staten-is",
        "borough-not-stated",
    }
    assert {
        community.id
        for community in problem.communities
        if community.parent == "new-york"
    } == boroughs


def test_volunteers_are_said_to_be_invented_and_are_the_same_for_the_same_seed(
    example, rows
):
    problem = example.build(rows, count=50, seed=3)
    assert "invented" in problem.note
    assert all(
        resource.name.startswith("Invented volunteer") for resource in problem.resources
    )
    assert problem == example.build(rows, count=50, seed=3)
    assert problem != example.build(rows, count=50, seed=4)


def test_without_the_data_the_example_says_where_it_looked_and_stops(
    example, monkeypatch, capsys, tmp_path
):
    module = importlib.import_module("public_data")
    monkeypatch.setenv("MATCHKIT_DATA", str(tmp_path))
    monkeypatch.setattr(
        module, "__file__", str(tmp_path / "a" / "b" / "public_data.py")
    )
    example.main()
    assert "MATCHKIT_DATA" in capsys.readouterr().out
