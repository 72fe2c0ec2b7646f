"""matchkit matches what units can give with what communities need: exact, proven, explained.

Two doors. People write a Problem (or ``read`` one) and ``solve`` it; other systems hand arrays, a matrix, a
networkx graph or a data frame to BipartiteGraph and ``match`` it. Either way the answer carries prices and a
bound that prove it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from matchkit import errors
from matchkit.model import (
    Aim,
    AllOrNothing,
    AnyOf,
    ChooseAtMost,
    Community,
    CommunityCap,
    CountBudget,
    Cover,
    Demand,
    Forbid,
    HoursBudget,
    KeepApart,
    KeepTogether,
    Load,
    LocalMember,
    Lock,
    LongestRun,
    MaxDistance,
    Objective,
    Part,
    Place,
    Preference,
    PreviousPair,
    Problem,
    Requirement,
    ReserveShare,
    Resource,
    Rest,
    Scores,
    Skill,
    SkillCount,
    SkillLevel,
    Soft,
    Team,
    Trainees,
    Travel,
    Unit,
    UnitCap,
    UnitShare,
    UnitsRepresented,
    Weekly,
    Window,
)
from matchkit.plan import Plan

if TYPE_CHECKING:
    from matchkit import calendars, datasets
    from matchkit.answers import changes
    from matchkit.answers.apply import changed
    from matchkit.answers.repairs import Prices
    from matchkit.compile.why_not import reasons as why_not
    from matchkit.explain.advice.advice import advice
    from matchkit.explain.audit.audit import audit
    from matchkit.explain.compare import compare
    from matchkit.explain.conflicts import conflicts
    from matchkit.explain.explainer import Explainer
    from matchkit.explain.repairs.repairs import repairs
    from matchkit.explain.trade_off import trade_off
    from matchkit.explain.weight_range import weight_range
    from matchkit.explain.what_if import what_if
    from matchkit.graph.bipartite import BipartiteGraph
    from matchkit.io import (
        Pseudonyms,
        check_input,
        plan_frames,
        plan_graph,
        problem_frames,
        pseudonymous,
        read,
        read_plan,
        read_tables,
        write_plan,
        write_problem,
        write_template,
    )
    from matchkit.matching.match import match
    from matchkit.reporting.report import pictures, report
    from matchkit.solving.budget import Budget
    from matchkit.solving.solve import solve
    from matchkit.verification.checks import check_certificate, verify
    from matchkit.verification.witness import check_shortages, check_witness

__all__ = [
    "Aim",
    "AllOrNothing",
    "AnyOf",
    "BipartiteGraph",
    "Budget",
    "ChooseAtMost",
    "Community",
    "CommunityCap",
    "CountBudget",
    "Cover",
    "Demand",
    "Explainer",
    "Forbid",
    "HoursBudget",
    "KeepApart",
    "KeepTogether",
    "Load",
    "LocalMember",
    "Lock",
    "LongestRun",
    "MaxDistance",
    "Objective",
    "Part",
    "Place",
    "Plan",
    "Preference",
    "PreviousPair",
    "Prices",
    "Problem",
    "Pseudonyms",
    "Requirement",
    "ReserveShare",
    "Resource",
    "Rest",
    "Scores",
    "Skill",
    "SkillCount",
    "SkillLevel",
    "Soft",
    "Team",
    "Trainees",
    "Travel",
    "Unit",
    "UnitCap",
    "UnitShare",
    "UnitsRepresented",
    "Weekly",
    "Window",
    "advice",
    "audit",
    "calendars",
    "changed",
    "changes",
    "check_certificate",
    "check_input",
    "check_shortages",
    "check_witness",
    "compare",
    "conflicts",
    "datasets",
    "errors",
    "match",
    "pictures",
    "plan_frames",
    "plan_graph",
    "problem_frames",
    "pseudonymous",
    "read",
    "read_plan",
    "read_tables",
    "repairs",
    "report",
    "solve",
    "trade_off",
    "verify",
    "weight_range",
    "what_if",
    "why_not",
    "write_plan",
    "write_problem",
    "write_template",
]

_HOME = {
    "advice": "matchkit.explain.advice.advice:advice",
    "audit": "matchkit.explain.audit.audit:audit",
    "BipartiteGraph": "matchkit.graph.bipartite:BipartiteGraph",
    "Budget": "matchkit.solving.budget:Budget",
    "calendars": "matchkit.calendars",
    "changed": "matchkit.answers.apply:changed",
    "changes": "matchkit.answers.changes",
    "check_certificate": "matchkit.verification.checks:check_certificate",
    "check_input": "matchkit.io:check_input",
    "check_shortages": "matchkit.verification.witness:check_shortages",
    "check_witness": "matchkit.verification.witness:check_witness",
    "compare": "matchkit.explain.compare:compare",
    "conflicts": "matchkit.explain.conflicts:conflicts",
    "datasets": "matchkit.datasets",
    "Explainer": "matchkit.explain.explainer:Explainer",
    "match": "matchkit.matching.match:match",
    "pictures": "matchkit.reporting.report:pictures",
    "plan_frames": "matchkit.io:plan_frames",
    "plan_graph": "matchkit.io:plan_graph",
    "Prices": "matchkit.answers.repairs:Prices",
    "problem_frames": "matchkit.io:problem_frames",
    "pseudonymous": "matchkit.io:pseudonymous",
    "Pseudonyms": "matchkit.io:Pseudonyms",
    "read": "matchkit.io:read",
    "read_plan": "matchkit.io:read_plan",
    "read_tables": "matchkit.io:read_tables",
    "repairs": "matchkit.explain.repairs.repairs:repairs",
    "report": "matchkit.reporting.report:report",
    "solve": "matchkit.solving.solve:solve",
    "trade_off": "matchkit.explain.trade_off:trade_off",
    "verify": "matchkit.verification.checks:verify",
    "weight_range": "matchkit.explain.weight_range:weight_range",
    "what_if": "matchkit.explain.what_if:what_if",
    "why_not": "matchkit.compile.why_not:reasons",
    "write_plan": "matchkit.io:write_plan",
    "write_problem": "matchkit.io:write_problem",
    "write_template": "matchkit.io:write_template",
}
"""What is imported on first use, by the module that holds it: solvers, checkers, tables and pages take most
of the time of an import.
"""


def __getattr__(name: str) -> Any:
    """A name of ``__all__`` that is not imported yet, or the version (PEP 562)."""
    if name == "__version__":
        return dict(import_module("matchkit.solving.versions").versions())["matchkit"]
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'matchkit' has no attribute {name!r}")
    module, _, attribute = home.partition(":")
    found = import_module(module)
    value = globals()[name] = getattr(found, attribute) if attribute else found
    return value


def __dir__() -> list[str]:
    """What is promised, imported yet or not; inner packages are none of it."""
    return [*__all__]
