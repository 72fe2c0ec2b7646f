"""Files in and out: problems and plans as JSON, and the schema that describes both."""

from matchkit.io.plans import read_plan, write_plan
from matchkit.io.problems import problem_to_json, read, write_problem
from matchkit.io.published import schema

__all__ = ["problem_to_json", "read", "read_plan", "schema", "write_plan", "write_problem"]
