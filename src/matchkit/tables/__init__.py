"""Tables: read with a list of what was doubtful, checked, templates to fill in, and plans as tables."""

from matchkit.tables.checks import check_input as check_input
from matchkit.tables.export.graph import plan_graph as plan_graph
from matchkit.tables.export.grids import notice_grid as notice_grid
from matchkit.tables.export.grids import plan_grids as plan_grids
from matchkit.tables.export.moves import moves_grid as moves_grid
from matchkit.tables.export.pseudonyms import Pseudonyms as Pseudonyms
from matchkit.tables.export.pseudonyms import pseudonymize as pseudonymize
from matchkit.tables.importer.reading import read_tables as read_tables
from matchkit.tables.plans import plan_frames as plan_frames
from matchkit.tables.problems import write_template as write_template

__all__ = [
    "Pseudonyms",
    "check_input",
    "moves_grid",
    "notice_grid",
    "plan_frames",
    "plan_graph",
    "plan_grids",
    "pseudonymize",
    "read_tables",
    "write_template",
]
