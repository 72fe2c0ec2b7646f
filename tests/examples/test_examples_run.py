"""The examples run, and what they print is what hand calculation, counting or a raw solver gives."""

import importlib
import re

import pytest

import matchkit as mk

match_is_there = pytest.mark.skipif(
    not hasattr(mk, "match"), reason="matchkit.match is not there yet"
)
domain_door_open = pytest.mark.skipif(
    not hasattr(mk, "solve"), reason="matchkit.solve is not there yet"
)


def printed(name, capsys):
    importlib.import_module(name).main()
    return capsys.readouterr().out


@match_is_there
def test_match_finds_the_best_of_the_matchings(capsys):
    # By hand: 0-1 (7), 1-0 (8), 2-1 (5) make 20; with 0-0 (9) only 1-1 (2) and 2-1 (5) are left: 16.
    assert "value 20, bound 20" in printed("graph_from_arrays", capsys)


@match_is_there
def test_the_best_stable_places_of_either_side_and_of_a_couple(capsys):
    # By hand: ana and ben each want what the other's first choice would rather give the other; hill takes the rest.
    lines = printed("stable_places", capsys).splitlines()
    assert lines == [
        "best for the left: ana to harbour, ben to mill, cho to hill, dan to hill; 0 pairs block",
        "best for the right: ana to mill, ben to harbour, cho to hill, dan to hill; 0 pairs block",
        "with a couple: ana to hill, ben to mill, cho to harbour, dan to hill; 0 pairs block",
    ]


def test_seats_go_to_whom_nominations_and_ranks_give_them(capsys):
    # By hand: Hal would rather sit on the hill, where he comes first. Of the harbour's three seats the one of the
    # residents goes to Eli (15 signatures before Dee's 12); the other two are left to Fay and Gus.
    lines = printed("council_seats", capsys).splitlines()
    assert lines == [
        "Eli takes a harbour seat",
        "Fay takes a harbour seat",
        "Gus takes a harbour seat",
        "Hal takes a hill seat",
        "Chosen by ranks (weak stability): no pair blocks the plan",
        "checked: True",
    ]


@domain_door_open
def test_the_quickstart_sends_both_nurses_to_tier_one_and_lacks_one_warden(capsys):
    # By hand: tier 1 takes both nurses, R1 and R2, so that of tier 2's two slots only R3 fills one.
    lines = printed("quickstart", capsys)
    assert "3 of 4 slots filled" in lines
    assert [
        line
        for line in ("R1 serves D1.nurse", "R2 serves D1.nurse", "R3 serves D2.patrol")
        if line not in lines
    ] == []
    assert "D2.patrol lacks 1: contended" in lines


@domain_door_open
def test_every_new_york_volunteer_is_placed_and_the_plan_is_proven(capsys, data):
    data("community_nyc_volunteer")
    lines = printed("nyc_volunteers", capsys)
    # Opportunities with neither place nor time take anybody and want 2,529 in all, more than the 2,000
    # volunteers.
    assert re.search(
        r"^2,000 of 28,316 slots filled by 2,000 resources; proven optimal, gap 0",
        lines,
        re.MULTILINE,
    )


def raw_optimum(pairs, lefts, rights, left_capacity, right_capacity):
    """Greatest weight by OR-Tools' min-cost flow over all pairs, without matchkit."""
    from ortools.graph.python import min_cost_flow

    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink, most = lefts + rights, lefts + rights + 1, rights * right_capacity
    arcs = [
        (
            flow.add_arc_with_capacity_and_unit_cost(left, lefts + right, 1, -weight),
            weight,
        )
        for left, right, weight in pairs
    ]
    for left in range(lefts):
        flow.add_arc_with_capacity_and_unit_cost(source, left, left_capacity, 0)
    for right in range(rights):
        flow.add_arc_with_capacity_and_unit_cost(lefts + right, sink, right_capacity, 0)
    flow.add_arc_with_capacity_and_unit_cost(source, sink, most, 0)
    flow.set_node_supply(source, most)
    flow.set_node_supply(sink, -most)
    assert flow.solve() == flow.OPTIMAL
    return sum(weight for arc, weight in arcs if flow.flow(arc))


@match_is_there
def test_the_messages_are_matched_as_well_as_a_raw_solver_does_it(capsys, data):
    example = importlib.import_module("fire2017_needs_offers")
    messages = example.read(data("community_fire2017"))
    value = raw_optimum(
        example.pairs(messages),
        len(messages.offers),
        len(messages.labels),
        example.NEEDS_AN_OFFER,
        example.OFFERS_A_NEED,
    )
    lines = printed("fire2017_needs_offers", capsys)
    assert f"total likeness {value:,} thousandths, bound {value:,}" in lines
    assert re.search(r"precision \d+\.\d%, recall \d+\.\d% of 130 labels", lines)
