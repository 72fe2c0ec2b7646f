"""Files in and out: problems as JSON and as tables, plans as JSON, and the schema that describes both."""

from matchkit.io.checks import check_input
from matchkit.io.ledgers.graph import plan_graph
from matchkit.io.ledgers.grids import notice_grid, plan_grids
from matchkit.io.ledgers.pseudonymous import pseudonymize
from matchkit.io.ledgers.pseudonyms import Pseudonyms
from matchkit.io.lists.reading import TablesRead, read_tables
from matchkit.io.plans import plan_form, plan_frames, read_plan, write_plan
from matchkit.io.problems import problem_form, read_problem, write_problem
from matchkit.io.published import schema
from matchkit.io.templates import write_template

__all__ = [
    "Pseudonyms",
    "TablesRead",
    "check_input",
    "notice_grid",
    "plan_form",
    "plan_frames",
    "plan_graph",
    "plan_grids",
    "problem_form",
    "pseudonymize",
    "read_plan",
    "read_problem",
    "read_tables",
    "schema",
    "write_plan",
    "write_problem",
    "write_template",
]
