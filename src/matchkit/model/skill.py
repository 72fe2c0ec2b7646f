"""Skills: what a resource can do and at what level, and how names relate."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from matchkit.model.base import Many, Record
from matchkit.model.text import Name

SkillLevelNumber = Annotated[int, Field(ge=1, le=100)]


class Skill(Record):
    """A skill name with its other spellings and the broader skills it counts as.

    A surgeon counts as a medic: ``Skill(name="surgeon", parents=["medic"])``. Skills that need neither an
    alias nor a parent need no record.
    """

    name: Name
    """What the skill is called."""
    aliases: Annotated[Many[Name], Field(max_length=1_000)] = ()
    """Other spellings of it."""
    parents: Annotated[Many[Name], Field(max_length=1_000)] = ()
    """Broader skills that it counts as."""


class SkillLevel(Record):
    """A skill at a level: held at this level by a resource, or asked for at least at it by a requirement."""

    skill: Name
    """The name of the skill, or an alias."""
    level: SkillLevelNumber = 1
    """From 1, the lowest."""


class AnyOf(Record):
    """Alternatives, any one of which is enough."""

    any_of: Annotated[Many[SkillLevel], Field(min_length=1, max_length=64)]
    """Each a skill at its least level."""


def _shape(need: Any) -> str:
    alternatives = isinstance(need, AnyOf) or (
        isinstance(need, dict) and "any_of" in need
    )
    return "any_of" if alternatives else "skill_level"


Need = Annotated[
    Annotated[SkillLevel, Tag("skill_level")] | Annotated[AnyOf, Tag("any_of")],
    Discriminator(_shape),
]
"""What a requirement asks for: one skill at a level, or alternatives."""
