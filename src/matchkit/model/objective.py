"""What a pair is worth: a sum of named integer terms, each with a factor; 0 switches a term off."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matchkit.model.base import Record

Factor = Annotated[int, Field(ge=0, le=1_000)]


class Objective(Record):
    """Factors of the weight terms. Filling comes first, tier by tier; weight decides among equal fillings.

    docs/architecture.md gives each term's points.
    """

    importance: Factor = 1
    """The demand's own weight, 0 to 1,000 points."""
    skill_fit: Factor = 1
    """100 points, less 10 a surplus level, less the rarity of skills left idle."""
    distance: Factor = 1
    """Minus one point for every full 100 metres to an on-site demand."""
    preference: Factor = 1
    """The points of the resource's preferences that the demand meets."""
    familiarity: Factor = 1
    """50 points in the home community, else 25 in a familiar one (or below it)."""
    previous: Factor = 1
    """50 points for a pair of the previous plan."""
