"""What a pair is worth: a sum of named integer terms, each with a factor; 0 switches a term off."""

from __future__ import annotations

import operator
import re
from fractions import Fraction
from typing import Annotated, Final, Literal, Self, TypeAlias, get_args

from pydantic import Field, model_validator

from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.history import Decay, Ratio
from matchkit.model.text import Name

Factor = Annotated[int, Field(ge=0, le=1_000)]


FairOf: TypeAlias = Literal["communities", "demands", "requirements"]
EvenOf: TypeAlias = Literal["resources", "units"]
_FAIR = r"communities|demands|requirements|depth (0|[1-9][0-9]{0,2})"
FAIR_BETWEEN: Final = re.compile(_FAIR, re.ASCII)
FairBetween = Annotated[str, Field(pattern=rf"^({_FAIR})$")]
"""Between whom slots are filled fairly: ``FairOf``, or communities so many steps below the root (a demand's
own, where that is no deeper), as in "depth 1".
"""
Stability: TypeAlias = Literal["weak", "strong", "super"]
ChoiceRule: TypeAlias = Literal["dictatorship", "immediate", "trading"]
ProposingSide: TypeAlias = Literal["resources", "requirements"]
Among: TypeAlias = Literal["proposers", "goals"]
CoverageRule: TypeAlias = Literal["leximin", "nash", "webster", "dhondt"]
UNTIERED: Final = (
    "weight",
    "resources_used",
    "loads",
    "order_weight",
    "worst_score",
    "kept",
)
"""Measures of which no tier has a part of its own."""
Level = Annotated[str, Field(pattern=r"^[0-9]{1,60}(/[1-9][0-9]{0,59})?$")]
"""A coverage or a load as a number or a fraction."""


Order = Annotated[int, Field(ge=-100, le=100)]


class Part(Record):
    """A measure of a plan, counted so many times; a ``cost`` counts against it.

    ``filled`` and ``minimum`` count filled slots beyond and up to the minimum, of one tier or (without
    ``tier``) of all; ``weight`` is the plan's weight with everything paid; ``resources_used`` and ``broken``
    (amounts of soft rules of a tier) are costs; ``order_weight`` is what is earned at places that are
    processed at one ``order`` (`SetAside`). ``coverage`` is greatest where slots are filled most fairly
    between communities, demands or requirements, ``loads`` where resources or units give most evenly;
    ``worst_score`` is the least weight that any of those who want something gets, ``kept`` the weight of the
    units that the plan shares with ``Problem.reference`` (docs/rules.md).
    """

    measure: Literal[
        "minimum",
        "filled",
        "weight",
        "resources_used",
        "broken",
        "coverage",
        "loads",
        "order_weight",
        "worst_score",
        "kept",
    ]
    """What is counted."""
    of: Annotated[
        Annotated[
            str,
            Field(pattern=rf"^({_FAIR}|resources|units)$"),
        ]
        | None,
        Field(exclude_if=operator.not_),
    ] = None
    """Whose coverage, loads or worst score. "depth 1": communities one step below the root, each with all
    below it; a community that is no deeper stands for itself.
    """
    kind: Annotated[Name | None, Field(exclude_if=operator.not_)] = None
    """Of coverage: only requirements for this kind of resource count; those of all kinds, where none is
    given.
    """
    by: Annotated[
        Literal["count", "rate"], Field(exclude_if=lambda by: by == "count")
    ] = "count"
    """Of loads: units given, or units given in terms of capacity. By rate somebody of capacity 1 is asked
    last of all.
    """
    rule: Annotated[CoverageRule, Field(exclude_if=lambda rule: rule == "leximin")] = (
        "leximin"
    )
    """Which coverage is the fairest."""
    level: Annotated[Level | None, Field(exclude_if=operator.not_)] = None
    """Of coverage and loads: counted is how many would stand at exactly this level with nothing this round,
    less those who do stand there.
    """
    order: Annotated[Order | None, Field(exclude_if=lambda order: order is None)] = None
    """Of order_weight: the place in the processing order of kept places; 0 are the open ones."""
    steps: Annotated[
        Annotated[int, Field(ge=1, le=2**20)] | None, Field(exclude_if=operator.not_)
    ] = None
    """Of coverage: only so many of the first different keys count (docs/rules.md), or levels where these are
    goals; what lies beyond is left to later goals. None: all.
    """
    tier: Annotated[int, Field(ge=1, le=20)] | None = None
    """The tier whose slots or amounts are counted; all tiers, where none is given."""
    factor: Annotated[int, Field(ge=1, le=1_000)] = 1
    """How many times it counts."""

    def _has(self, level: str) -> bool:
        """Whether the measure has such a level, in lowest terms: of coverage below 1, of loads above 0."""
        plain = level == str(Fraction(level)) and self.rule == "leximin"
        if self.measure == "coverage":
            return plain and Fraction(level) < 1
        return plain and self.measure == "loads" and level != "0"

    @property
    def whole(self) -> Part:
        """The measure with all its levels."""
        return self.model_copy(update={"level": None})

    @property
    def depth(self) -> int | None:
        """How many steps below the root the communities that share are; None where others share."""
        return int(self.of[6:]) if self.of and self.of.startswith("depth ") else None

    @model_validator(mode="after")
    def _tier_where_it_means_something(self) -> Self:
        if self.tier is not None and self.measure in UNTIERED:
            raise RecordFault("no_tier", measure=self.measure)
        loads = self.of in get_args(EvenOf)
        of = {
            "coverage": self.of is not None and not loads,
            "loads": loads,
            "worst_score": self.of is not None and not loads,
        }
        if not of.get(self.measure, self.of is None):
            name = "fair_of" if self.of is None else "fair_of_these"
            raise RecordFault(name, measure=self.measure, of=self.of)
        if self.kind is not None and self.measure != "coverage":
            raise RecordFault("no_kind", measure=self.measure)
        if self.steps is not None and self.measure != "coverage":
            raise RecordFault("no_steps", measure=self.measure)
        if self.by != "count" and self.measure != "loads":
            raise RecordFault("no_rate", measure=self.measure)
        if (self.order is not None) != (self.measure == "order_weight"):
            raise RecordFault("order_of")
        if self.level is not None and not self._has(self.level):
            raise RecordFault("no_level", measure=self.measure)
        if self.rule != "leximin" and self.measure != "coverage":
            raise RecordFault("no_fair_rule", measure=self.measure)
        return self


class Aim(Record):
    """One goal: a sum of measures. What comes later may cost it at most ``tolerance``."""

    name: Name
    """What the plan calls the goal."""
    parts: Annotated[Many[Part], Field(min_length=1, max_length=100)]
    """The measures that are added up."""
    tolerance: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    """How much of it the goals after it may cost, in all."""


SkillRarity = tuple[Name, Annotated[int, Field(ge=0, le=20)]]
"""A skill and its rarity in points."""


class Objective(Record):
    """Factors of the weight terms, and the goals. Unless ``aims`` says otherwise, filling comes first, tier
    by tier.

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
    score: Factor = 1
    """The points that ``Problem.scores`` gives the pair."""
    undesired: Annotated[Factor, Field(exclude_if=lambda factor: factor == 1)] = 1
    """Minus one point for every full minute outside the resource's preferred windows."""
    aims: Annotated[Many[Aim], Field(max_length=50)] = ()
    """The goals, the first before all others; empty: every tier's minimums, then its rest, then what is
    kept of a reference plan, coverage and loads where they are asked for, and last the weight.
    """
    fair: Annotated[FairBetween | None, Field(exclude_if=operator.not_)] = None
    """Between whom the slots of every tier are filled fairly, by leximin, once as many are filled as can
    be.
    """
    even: Annotated[EvenOf | None, Field(exclude_if=operator.not_)] = None
    """Whose loads are even after that."""
    decay: Annotated[Decay, Field(exclude_if=lambda decay: decay == "1")] = "1"
    """What remains of ``Problem.history`` a round later, in coverage and loads: a fraction or decimal from 0
    to 1.
    """
    nights: Annotated[Ratio | None, Field(exclude_if=operator.not_)] = None
    """How many units of load a night of the history counts as."""
    refusals: Annotated[Ratio | None, Field(exclude_if=operator.not_)] = None
    """How many units of load a refusal of the history counts as."""
    kilometres: Annotated[Ratio | None, Field(exclude_if=operator.not_)] = None
    """How many units of load a kilometre of the history counts as."""

    stable: Annotated[Stability | None, Field(exclude_if=operator.not_)] = None
    """Asks that no pair would rather have each other than what the plan gives them: where both would gain
    ("weak"), one gains and the other loses nothing ("strong"), neither loses ("super"). Ranks are those of
    ``Problem.rankings`` and ``Problem.nominations``.
    """
    choice: Annotated[ChoiceRule | None, Field(exclude_if=operator.not_)] = None
    """In place of stability: serial dictatorship in the public order of the seed, immediate acceptance (the
    Boston mechanism), or top trading cycles.
    """
    proposing: Annotated[
        ProposingSide, Field(exclude_if=lambda side: side == "resources")
    ] = "resources"
    """The side that proposes, or chooses: of all stable plans its own best one is taken."""
    rarity: Annotated[
        Annotated[Many[SkillRarity], Field(max_length=1_000_000)] | None,
        Field(exclude_if=lambda rarity: rarity is None),
    ] = None
    """Skills with the points that leaving them idle costs, all others 0, in place of what follows from both
    lists. A live plan keeps those of its opening here, so that no event changes what other pairs are worth.
    """
    among: Annotated[Among, Field(exclude_if=lambda among: among == "proposers")] = (
        "proposers"
    )
    """Which of several stable plans is taken: the one best for those who propose, or the best by the
    goals.
    """

    @property
    def chooses(self) -> bool:
        """Whether a plan is chosen by ranks."""
        return self.stable is not None or self.choice is not None

    @model_validator(mode="after")
    def _ranks_or_shares(self) -> Self:
        if self.stable and self.choice:
            raise RecordFault("stable_and_choice")
        if self.chooses and (self.fair or self.even):
            raise RecordFault("ranks_and_fair")
        if self.among == "goals" and not self.stable:
            raise RecordFault("among_goals")
        return self

    @model_validator(mode="after")
    def _aims_say_all(self) -> Self:
        if self.aims and (self.fair or self.even):
            raise RecordFault("aims_and_fair")
        return self

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        if len({aim.name for aim in self.aims}) < len(self.aims):
            raise RecordFault("aims")
        return self


FACTORS: Final = tuple(
    name for name, field in Objective.model_fields.items() if field.annotation is int
)
"""Every weight term by the name of its factor, in the order in which they are shown."""
