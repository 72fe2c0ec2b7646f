"""Tables: read with a list of what was doubtful, checked, templates to fill in, and plans as tables."""

from matchkit.io import Pseudonyms as Pseudonyms
from matchkit.io import check_input as check_input
from matchkit.io import notice_grid as notice_grid
from matchkit.io import plan_frames as plan_frames
from matchkit.io import plan_graph as plan_graph
from matchkit.io import plan_grids as plan_grids
from matchkit.io import pseudonymize as pseudonymize
from matchkit.io import read_tables as read_tables
from matchkit.io import write_template as write_template

__all__ = sorted(name for name in globals() if name[0] != "_")
