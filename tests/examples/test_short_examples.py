"""The two short examples say what they say."""

import importlib

import pytest


@pytest.mark.parametrize(
    "name",
    ["quickstart", "graph_from_arrays", "nyc_volunteers", "fire2017_needs_offers"],
)
def test_importing_an_example_prints_and_solves_nothing(name, capsys):
    importlib.reload(importlib.import_module(name))
    assert capsys.readouterr() == ("", "")


def test_the_quickstart_has_two_units_two_communities_and_a_nurse_who_could_serve_either():
    problem = importlib.import_module("quickstart").build()
    assert (len(problem.units), len(problem.communities)) == (2, 2)
    assert {skill.skill for skill in problem.resources[1].skills} == {
        "nursing",
        "patrol",
    }
