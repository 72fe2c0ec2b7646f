"""A plan as a graph: resources on one side, requirements on the other, an edge for every pair; where asked,
the trees they hang in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from matchkit.graph.networkx_view import Attributes, graphml, labelled_graph
from matchkit.model import Community, Problem, Unit
from matchkit.model.personal import without_personal
from matchkit.plan import Plan
from matchkit.tables.export.listing import Listing
from matchkit.tables.export.pairs import TERMS
from matchkit.verification.checks import verify

if TYPE_CHECKING:
    from matchkit.graph.networkx_view import LabelledGraph

NodeData = tuple[str, Attributes]
EdgeData = tuple[str, str, Attributes]


def plan_graph(problem: Problem, plan: Plan, *, trees: bool = False) -> LabelledGraph:
    """The plan as an undirected networkx graph, without any personal field.

    Nodes are ``"resource:<id>"`` (``bipartite`` 0) and ``"requirement:<id>"`` (``bipartite`` 1), also those
    without a pair; edges carry ``quantity``, ``weight`` and its terms, and ``start`` (ISO 8601, by the clocks
    of ``problem.zone``, else UTC) where the demand is flexible. With ``trees`` units and communities are
    nodes too, and an edge whose ``edge`` is ``"belongs"`` leads from everything to what it lies in. Raises
    BrokenPlanError where the plan breaks its problem.
    """
    verify(problem, plan).raise_if_broken()
    listing = Listing(without_personal(problem), plan)
    nodes, edges = list(_nodes(listing)), list(_pairs(listing))
    if trees:
        nodes += _places(listing)
        edges += _belongs(listing)
    return labelled_graph(
        nodes, edges, value=str(plan.outcome.value), status=plan.outcome.status
    )


def plan_graphml(problem: Problem, plan: Plan) -> bytes:
    """``plan_graph`` as GraphML. Raises InputError where a text holds what XML cannot."""
    return graphml(plan_graph(problem, plan, trees=True))


def _nodes(listing: Listing) -> Iterator[NodeData]:
    given: dict[str, int] = {}
    for line in listing.lines:
        given[line.resource.id] = (
            given.get(line.resource.id, 0) + line.assignment.quantity
        )
    for resource in sorted(listing.problem.resources, key=lambda record: record.id):
        yield (
            f"resource:{resource.id}",
            {
                "bipartite": 0,
                "side": "resource",
                "id": resource.id,
                "kind": resource.kind,
                "unit": resource.unit,
                "capacity": resource.capacity,
                "given": given.get(resource.id, 0),
            },
        )
    for name, (demand, need) in sorted(listing.roles.items()):
        has = listing.taken[name]
        yield (
            f"requirement:{name}",
            {
                "bipartite": 1,
                "side": "requirement",
                "id": name,
                "kind": need.kind,
                "demand": demand.id,
                "name": demand.name,
                "category": demand.category,
                "community": demand.community,
                "tier": demand.tier,
                "wanted": need.wanted,
                "minimum": need.minimum,
                "assigned": has,
                "missing": need.wanted - has,
            },
        )


def _pairs(listing: Listing) -> Iterator[EdgeData]:
    for line in listing.lines:
        pair = line.assignment
        attributes: Attributes = {
            "edge": "assignment",
            "quantity": pair.quantity,
            "weight": pair.weight,
            **{name: getattr(pair.terms, name) for name in TERMS},
            "start": listing.clock.written(pair.start),
        }
        yield f"resource:{pair.resource}", f"requirement:{pair.requirement}", attributes


def _places(listing: Listing) -> Iterator[NodeData]:
    for side in ("community", "unit"):
        for record in sorted(
            _tree(listing.problem, side), key=lambda record: record.id
        ):
            yield (
                f"{side}:{record.id}",
                {"side": side, "id": record.id, "name": record.name},
            )


def _belongs(listing: Listing) -> Iterator[EdgeData]:
    problem = listing.problem
    ties = [
        (f"resource:{record.id}", f"unit:{record.unit}") for record in problem.resources
    ]
    ties += [
        (f"requirement:{name}", f"community:{role.demand.community}")
        for name, role in listing.roles.items()
    ]
    ties += [
        (f"{side}:{record.id}", f"{side}:{record.parent}")
        for side in ("unit", "community")
        for record in _tree(problem, side)
        if record.parent is not None
    ]
    for lower, upper in sorted(ties):
        yield lower, upper, {"edge": "belongs"}


def _tree(problem: Problem, side: str) -> Sequence[Unit | Community]:
    return problem.units if side == "unit" else problem.communities
