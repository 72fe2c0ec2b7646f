"""What proves why requirements lack something: one cause each, from a closed list, with a witness that can be
checked.

docs/explanations.md defines the causes, what each witness claims, and what its remedy promises.
``matchkit.check_witness`` follows that page and shares nothing with what finds the causes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from matchkit.answers.base import Answer
from matchkit.answers.reasons import Reason
from matchkit.messages.message import Lang, joined, rule_name, text_of
from matchkit.model.base import Many, Record
from matchkit.model.objective import ChoiceRule, Stability
from matchkit.model.text import Id, Label
from matchkit.plan.plan import Count

Cause = Literal[
    "nobody_eligible",
    "contention",
    "limit",
    "higher_tier",
    "soft_rule",
    "ranks",
    "search_limit",
]
CAUSES: tuple[Cause, ...] = (
    "nobody_eligible",
    "contention",
    "limit",
    "higher_tier",
    "soft_rule",
    "ranks",
    "search_limit",
)


class Removed(Record):
    """One rule of eligibility: how many resources it alone keeps out, and how many it keeps out together with
    others or alone.
    """

    rule: str
    alone: Count
    all: Count

    def text(self, lang: Lang = "en") -> str:
        """Both counts, such as ``kind keeps out 9 (2 alone)``."""
        return text_of(
            "funnel.removed_alone" if self.alone else "funnel.removed",
            lang,
            rule=rule_name(self.rule, lang),
            alone=self.alone,
            all=self.all,
        )


class NearMiss(Record):
    """A resource that fails few rules, and those."""

    resource: Id
    reasons: Many[Reason]

    def text(self, lang: Lang = "en") -> str:
        """Every reason, the values compared only."""
        return joined(
            [reason.compared(lang) for reason in self.reasons], lang, "semicolon"
        )


class Funnel(Answer):
    """Nobody is eligible: every resource fails a rule. ``removed`` counts by rule, ``nearest`` names some
    that fail the fewest.

    ``removed`` lists the rules that keep anybody out, in the order in which reasons are told. Of a
    requirement that somebody is eligible for, the same is told of all others.
    """

    witness: Literal["funnel"] = "funnel"
    resources: Count
    removed: Many[Removed]
    nearest: Many[NearMiss]

    def line(self, lang: Lang = "en") -> str:
        """The rules that keep most out, and who comes nearest."""
        if not self.nearest:
            return text_of(
                "funnel.open" if self.resources else "funnel.nobody",
                lang,
                resources=self.resources,
            )
        most = sorted(self.removed, key=lambda entry: -entry.all)
        first = self.nearest[0]
        return text_of(
            "funnel.line",
            lang,
            resources=self.resources,
            removed=[entry.text(lang) for entry in most],
            resource=first.resource,
            reasons=first.text(lang),
        )

    def _details(self, lang: Lang) -> Iterator[str]:
        yield from (entry.text(lang) for entry in self.removed)
        for entry in self.nearest:
            values = {"resource": entry.resource, "reasons": entry.text(lang)}
            yield text_of("funnel.nearest", lang, **values)


class Claim(Record):
    """What one record has a part in: so many units."""

    id: Id
    units: Count


class PairClaim(Record):
    """What one pair has a part in: so many units."""

    resource: Id
    requirement: Id
    units: Count


class HallSet(Record):
    """A Hall set: the ``requirements`` hold as many units as all who are eligible for one of them, or for the
    one that lacks, can give.

    These give through ``resources`` (all they have), below ``units`` (all that a cap leaves) or on ``pairs``
    (all that the pair carries). Minimal: could any other of the requirements do with one unit less, the one
    that lacks could have one more.
    """

    witness: Literal["hall_set"] = "hall_set"
    requirements: Many[Claim]
    resources: Many[Claim]
    units: Many[Claim] = ()
    pairs: Many[PairClaim] = ()


class Step(Answer):
    """One unit of a resource goes to a requirement, away from another (None: it was free)."""

    resource: Id
    to: Id
    away_from: Id | None = None

    def line(self, lang: Lang = "en") -> str:
        """Who goes where, in one line."""
        return text_of(
            "step" if self.away_from is None else "step.away", lang, **self.model_dump()
        )


class Broken(Answer):
    """A rule that some steps would break: its kind and label, and by how much more than now."""

    rule: str
    label: Label
    amount: Annotated[int, Field(ge=1)]

    def line(self, lang: Lang = "en") -> str:
        """The rule and by how much."""
        return text_of(
            "broken",
            lang,
            rule=rule_name(self.rule, lang),
            label=self.label,
            amount=self.amount,
        )


class Blocked(Record):
    """The steps would give one unit more and break no eligibility and no capacity, but exactly these hard
    rules.

    Where the network of capacities and caps alone proves that there is no other way, ``hall_set`` does.
    """

    witness: Literal["blocked"] = "blocked"
    steps: Annotated[Many[Step], Field(min_length=1)]
    rules: Annotated[Many[Broken], Field(min_length=1)]
    hall_set: HallSet | None = None


class GoalBeforeAfter(Record):
    """A goal before and after."""

    goal: str
    before: int
    after: int


class CostlyChain(Record):
    """The steps would give one unit more and break no hard rule, but the plan would be worth less, or no
    more.

    ``goals`` are all goals before and after, ``rules`` the soft rules that the steps would break further.
    """

    witness: Literal["costly_chain"] = "costly_chain"
    steps: Annotated[Many[Step], Field(min_length=1)]
    goals: Annotated[Many[GoalBeforeAfter], Field(min_length=1)]
    rules: Many[Broken] = ()


class NotProven(Record):
    """The search ended before it was known: the first goal that is not proved, with its value and bound
    (None: nothing was proved).

    ``steps`` would make the plan better, where such are known.
    """

    witness: Literal["not_proven"] = "not_proven"
    goal: str
    value: int
    bound: int | None
    gap: float | None
    steps: Many[Step] = ()


class ChosenElsewhere(Record):
    """Ranks choose the plan, and may leave out what would fill it best: how many are eligible, and with how
    many of these the requirement and they would take each other.
    """

    witness: Literal["chosen_elsewhere"] = "chosen_elsewhere"
    rule: Stability | ChoiceRule
    eligible: Count
    mutual: Count


class SharedHallSet(Record):
    """In a list of shortages, where many lack the same: the number of the Hall set in
    ``Shortages.hall_sets`` that is the witness.
    """

    witness: Literal["shared_hall_set"] = "shared_hall_set"
    number: Count


Witness = Annotated[
    Funnel
    | HallSet
    | SharedHallSet
    | Blocked
    | CostlyChain
    | ChosenElsewhere
    | NotProven,
    Field(discriminator="witness"),
]
"""What proves a cause."""
PROVEN_BY: dict[Cause, tuple[str, ...]] = {
    "nobody_eligible": ("funnel",),
    "contention": ("hall_set", "shared_hall_set"),
    "higher_tier": ("hall_set", "shared_hall_set"),
    "limit": ("blocked",),
    "soft_rule": ("costly_chain",),
    "ranks": ("chosen_elsewhere",),
    "search_limit": ("not_proven",),
}
"""The kinds of witness that each cause may have."""
