"""A plan as a graph: both sides, every pair, the trees; and GraphML that networkx reads back as it was."""

from __future__ import annotations

import io
from datetime import datetime

import networkx
import pytest

import matchkit as mk
from matchkit.errors import BrokenPlanError, InputError
from matchkit.tables.export.graph import plan_graph, plan_graphml


def test_the_sides_and_pairs_are_those_of_the_plan(
    street: mk.Problem, plan: mk.Plan
) -> None:
    graph = plan_graph(street, plan)
    sides = networkx.get_node_attributes(graph, "bipartite")
    assert {name for name, side in sides.items() if side == 0} == {
        "resource:anna",
        "resource:bert",
        "resource:cars",
        "resource:dora",
    }
    assert {name for name, side in sides.items() if side == 1} == {
        f"requirement:{q}" for q in ("nurse", "carts", "porter", "choir")
    }
    found = {
        (one, other): data["quantity"] for one, other, data in graph.edges(data=True)
    }
    assert found == {
        ("resource:anna", "requirement:nurse"): 1,
        ("resource:bert", "requirement:porter"): 1,
        ("resource:cars", "requirement:carts"): 3,
    }
    assert networkx.is_bipartite(graph)


def test_nodes_and_edges_carry_the_plans_numbers(
    street: mk.Problem, plan: mk.Plan
) -> None:
    graph = plan_graph(street, plan)
    assert graph.nodes["resource:cars"] == {
        "bipartite": 0,
        "side": "resource",
        "id": "cars",
        "kind": "equipment",
        "unit": "U2",
        "capacity": 5,
        "given": 3,
    }
    nurse = graph.nodes["requirement:nurse"]
    assert (
        nurse["wanted"],
        nurse["minimum"],
        nurse["assigned"],
        nurse["missing"],
        nurse["tier"],
    ) == (
        2,
        1,
        1,
        1,
        1,
    )
    [pair] = [entry for entry in plan.assignments if entry.resource == "cars"]
    edge = graph.edges["resource:cars", "requirement:carts"]
    assert (
        edge["weight"]
        == pair.weight
        == sum(edge[name] for name in type(pair.terms).model_fields)
    )
    assert datetime.fromisoformat(edge["start"]) == pair.start


def test_with_trees_everything_leads_to_what_it_lies_in(
    street: mk.Problem, plan: mk.Plan
) -> None:
    graph = plan_graph(street, plan, trees=True)
    belongs = {
        frozenset(ends[:2]) for ends in graph.edges(data="edge") if ends[2] == "belongs"
    }
    assert frozenset(("resource:anna", "unit:U1")) in belongs
    assert frozenset(("unit:U1", "unit:U0")) in belongs
    assert frozenset(("requirement:choir", "community:K2")) in belongs
    assert frozenset(("community:K2", "community:K0")) in belongs
    assert len(belongs) == 4 + 4 + 2 + 2
    assert graph.nodes["unit:U1"]["name"] == "虚构一局"


def test_graphml_reads_back_as_the_same_graph_with_the_same_types(
    street: mk.Problem, plan: mk.Plan
) -> None:
    graph = plan_graph(street, plan, trees=True)
    again = networkx.read_graphml(io.BytesIO(plan_graphml(street, plan)))
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {
        (frozenset((a, b)), tuple(sorted(data.items())))
        for a, b, data in again.edges(data=True)
    } == {
        (frozenset((a, b)), tuple(sorted(data.items())))
        for a, b, data in graph.edges(data=True)
    }


def test_a_graph_holds_no_personal_field(street: mk.Problem, plan: mk.Plan) -> None:
    assert "机密" not in str(
        networkx.node_link_data(plan_graph(street, plan, trees=True), edges="links")
    )
    assert "机密" not in plan_graphml(street, plan).decode()


def _named(name: str) -> mk.Problem:
    return mk.Problem(
        units=[mk.Unit(id="U")], resources=[mk.Resource(id=name, unit="U")]
    )


@pytest.mark.parametrize(
    "name",
    [
        "</node><script>alert(1)</script>",
        "a & b",
        "\"quoted' <id>",
        "𠮷丷\U0001f600",
        "]]>",
    ],
)
def test_names_that_look_like_markup_stay_text(name: str) -> None:
    problem = _named(name)
    written = plan_graphml(problem, mk.solve(problem))
    assert f"resource:{name}" in networkx.read_graphml(io.BytesIO(written))
    assert b"<script" not in written


@pytest.mark.parametrize("bad", ["\ufffe", "\uffff"])
def test_what_no_xml_can_hold_is_refused_with_its_code(bad: str) -> None:
    problem = _named(f"R1{bad}")
    plan = mk.solve(problem)
    with pytest.raises(InputError) as caught:
        plan_graphml(problem, plan)
    assert (
        f"U+{ord(bad):04X}, which XML cannot hold. Rename it without that character."
        in str(caught.value)
    )
    assert "resource:R1\\uff" in str(caught.value)
    assert bad not in str(caught.value)


def test_a_plan_of_another_problem_becomes_no_graph(
    street: mk.Problem, plan: mk.Plan
) -> None:
    with pytest.raises(BrokenPlanError):
        plan_graph(_named("R1"), plan)
