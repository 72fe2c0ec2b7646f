"""matchkit matches what units can give with what communities need: exact, proven, explained.

Two doors. People write a Problem (or ``read`` one) and ``solve`` it; other systems hand arrays, a matrix, a networkx graph
or a data frame to BipartiteGraph and ``match`` it. Either way the answer carries prices and a bound that prove it.
"""

from matchkit import datasets, errors
from matchkit.explain import why_not
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.io import read
from matchkit.matching.match import match
from matchkit.model import (
    AnyOf,
    Community,
    CommunityCap,
    Demand,
    Forbid,
    HoursBudget,
    Lock,
    MaxDistance,
    Objective,
    Place,
    Preference,
    PreviousPair,
    Problem,
    Requirement,
    ReserveShare,
    Resource,
    Skill,
    SkillLevel,
    Team,
    Unit,
    UnitCap,
    Window,
)
from matchkit.plan import Plan
from matchkit.solve import Budget, solve
from matchkit.verify import check_certificate, verify

__all__ = [
    "AnyOf",
    "BipartiteGraph",
    "Budget",
    "Community",
    "CommunityCap",
    "Demand",
    "Forbid",
    "HoursBudget",
    "Lock",
    "MaxDistance",
    "Objective",
    "Place",
    "Plan",
    "Preference",
    "PreviousPair",
    "Problem",
    "Requirement",
    "ReserveShare",
    "Resource",
    "Skill",
    "SkillLevel",
    "Team",
    "Unit",
    "UnitCap",
    "Window",
    "check_certificate",
    "datasets",
    "errors",
    "match",
    "read",
    "solve",
    "verify",
    "why_not",
]
