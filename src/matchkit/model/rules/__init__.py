"""Rules as data: what a plan must keep beyond skill, kind, time and capacity. docs/rules.md says what each
means exactly.

A record in the union ``Rule`` is a kind of rule. All else is found by its name, or follows from what it
declares (docs/adding_a_rule.md).
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from matchkit.model.rules.base import Cap as Cap
from matchkit.model.rules.base import RuleRecord as RuleRecord
from matchkit.model.rules.base import Soft
from matchkit.model.rules.groups import (
    ChooseAtMost,
    KeepApart,
    KeepTogether,
    MostMoves,
    NotBoth,
    UnitShare,
)
from matchkit.model.rules.pairs import (
    CommunityCap,
    Forbid,
    Lock,
    MaxDistance,
    ReserveShare,
    UnitCap,
)
from matchkit.model.rules.rosters import (
    NotAfter,
    ShortestBreak,
    ShortestRun,
    WeekendBudget,
)
from matchkit.model.rules.set_asides import SetAside
from matchkit.model.rules.teams import (
    AllOrNothing,
    Cover,
    LocalMember,
    SkillCount,
    Team,
    Trainees,
    UnitsRepresented,
)
from matchkit.model.rules.times import (
    CountBudget,
    HoursBudget,
    Least,
    LongestRun,
    Rest,
    Travel,
)
from matchkit.model.rules.times import InPeriods as InPeriods
from matchkit.model.rules.times import OfResources as OfResources

Rule = Annotated[
    Forbid
    | Lock
    | MaxDistance
    | UnitCap
    | CommunityCap
    | ReserveShare
    | HoursBudget
    | CountBudget
    | LongestRun
    | ShortestRun
    | ShortestBreak
    | WeekendBudget
    | NotAfter
    | Rest
    | Travel
    | Team
    | Cover
    | Trainees
    | UnitsRepresented
    | UnitShare
    | LocalMember
    | KeepTogether
    | KeepApart
    | AllOrNothing
    | ChooseAtMost
    | MostMoves
    | NotBoth
    | Least
    | SetAside,
    Field(discriminator="rule"),
]
KINDS: dict[str, type[RuleRecord]] = {
    kind.model_fields["rule"].default: kind for kind in get_args(get_args(Rule)[0])
}
"""The record of every kind of rule, by the kind's name."""

__all__ = [
    "AllOrNothing",
    "ChooseAtMost",
    "CommunityCap",
    "CountBudget",
    "Cover",
    "Forbid",
    "HoursBudget",
    "KeepApart",
    "KeepTogether",
    "Least",
    "LocalMember",
    "Lock",
    "LongestRun",
    "MaxDistance",
    "MostMoves",
    "NotAfter",
    "NotBoth",
    "ReserveShare",
    "Rest",
    "Rule",
    "SetAside",
    "ShortestBreak",
    "ShortestRun",
    "SkillCount",
    "Soft",
    "Team",
    "Trainees",
    "Travel",
    "UnitCap",
    "UnitShare",
    "UnitsRepresented",
    "WeekendBudget",
]
