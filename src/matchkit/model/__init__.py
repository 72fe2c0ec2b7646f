"""The records: what units can give, what communities need, and the rules between them."""

from matchkit.model import rules
from matchkit.model.arrivals import ArrivalRate, Arrivals
from matchkit.model.demand import Demand, Requirement
from matchkit.model.history import History
from matchkit.model.objective import FACTORS, Aim, Objective, Part
from matchkit.model.problem import SCHEMA_VERSION, PreviousPair, Problem, Scores
from matchkit.model.ranking import Channel, Nomination, Ranking
from matchkit.model.reference import ReferencePair
from matchkit.model.resource import Load, Preference, Resource
from matchkit.model.rules import *  # noqa: F403 - its list is the list of all rules
from matchkit.model.skill import AnyOf, Need, Skill, SkillLevel
from matchkit.model.time import Window
from matchkit.model.unit import Community, Place, Unit
from matchkit.model.weekly import Weekly

__all__ = [
    "FACTORS",
    "SCHEMA_VERSION",
    "Aim",
    "AnyOf",
    "ArrivalRate",
    "Arrivals",
    "Channel",
    "Community",
    "Demand",
    "History",
    "Load",
    "Need",
    "Nomination",
    "Objective",
    "Part",
    "Place",
    "Preference",
    "PreviousPair",
    "Problem",
    "Ranking",
    "ReferencePair",
    "Requirement",
    "Resource",
    "Scores",
    "Skill",
    "SkillLevel",
    "Unit",
    "Weekly",
    "Window",
]
__all__ += rules.__all__
