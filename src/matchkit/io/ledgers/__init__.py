"""A plan as what people and programs work with: tables by unit and community, a notice list, pseudonymous copies, a graph."""

from matchkit.io.ledgers.graph import plan_graph, plan_graphml
from matchkit.io.ledgers.grids import SHEETS, notice_grid, plan_grids
from matchkit.io.ledgers.pseudonymous import pseudonymous
from matchkit.io.ledgers.pseudonyms import Pseudonyms

__all__ = ["SHEETS", "Pseudonyms", "notice_grid", "plan_graph", "plan_graphml", "plan_grids", "pseudonymous"]
