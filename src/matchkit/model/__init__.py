"""The records: what units can give, what communities need, and the rules between them."""

from matchkit.model.demand import Demand, Requirement
from matchkit.model.objective import Objective
from matchkit.model.place import Place
from matchkit.model.problem import SCHEMA_VERSION, PreviousPair, Problem
from matchkit.model.resource import Preference, Resource
from matchkit.model.rules import CommunityCap, Forbid, HoursBudget, Lock, MaxDistance, ReserveShare, Rule, Team, UnitCap
from matchkit.model.skill import AnyOf, Need, Skill, SkillLevel
from matchkit.model.time import Window
from matchkit.model.unit import Community, Unit

__all__ = [
    "SCHEMA_VERSION",
    "AnyOf",
    "Community",
    "CommunityCap",
    "Demand",
    "Forbid",
    "HoursBudget",
    "Lock",
    "MaxDistance",
    "Need",
    "Objective",
    "Place",
    "Preference",
    "PreviousPair",
    "Problem",
    "Requirement",
    "ReserveShare",
    "Resource",
    "Rule",
    "Skill",
    "SkillLevel",
    "Team",
    "Unit",
    "UnitCap",
    "Window",
]
