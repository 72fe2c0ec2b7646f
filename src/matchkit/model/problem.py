"""The whole problem: both lists, the trees they hang in, the rules and the objective."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, ValidationError, model_validator

from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.homes import found_at
from matchkit.messages.message import Lang, Message, text_of
from matchkit.messages.view import View
from matchkit.model.base import Many, Record, collector_at_rest
from matchkit.model.complaints import input_error
from matchkit.model.demand import Demand
from matchkit.model.fault import RecordFault
from matchkit.model.history import History, history_faults
from matchkit.model.json_text import decoded, parsed
from matchkit.model.objective import Objective
from matchkit.model.partial import faults_between
from matchkit.model.ranking import Channel, Nomination, Ranking
from matchkit.model.reference import ReferencePair, reference_faults
from matchkit.model.references import check_references
from matchkit.model.resource import Resource
from matchkit.model.rules import Rule
from matchkit.model.skill import Skill
from matchkit.model.text import Id
from matchkit.model.time import Zone
from matchkit.model.unit import Community, Unit

SCHEMA_VERSION: Final = "1"


NOTED = 2
"""Lines of the note that a notebook or terminal shows."""

MOST_RECORDS = 1_000_000
"""Most entries of any one list in a JSON text: what cannot be solved anyway is refused before it is built."""


def _within_budget(data: object) -> None:
    for field, entries in data.items() if isinstance(data, dict) else ():
        if (
            field in Problem.model_fields
            and isinstance(entries, list)
            and len(entries) > MOST_RECORDS
        ):
            raise BudgetError(
                Message.of(
                    "problem.entries",
                    field=field,
                    count=len(entries),
                    most=MOST_RECORDS,
                )
            )


class PreviousPair(Record):
    """A pair of the previous plan, which the ``previous`` term prefers to keep."""

    resource: Id
    """Id of the resource."""
    requirement: Id
    """Id of the requirement that it served."""


class Scores(Record):
    """What pairs of one resource are worth by the caller's own reckoning: ``points[k]`` for
    ``requirements[k]``.
    """

    resource: Id
    """Id of the resource."""
    requirements: Annotated[Many[Id], Field(max_length=1_000_000)]
    """Ids of requirements, each once."""
    points: Annotated[
        Many[Annotated[int, Field(ge=-1_000_000, le=1_000_000)]],
        Field(max_length=1_000_000),
    ]
    """Points for each of these requirements, in their order."""

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        if len(self.requirements) != len(self.points):
            raise RecordFault(
                "one_each", requirements=len(self.requirements), points=len(self.points)
            )
        if len(set(self.requirements)) < len(self.requirements):
            raise RecordFault("pair_twice")
        return self


class Problem(Record):
    """What units can give and what communities need.

    Problem(...) raises InputError, which lists every fault by record and field. The order of records means
    nothing.
    """

    schema_version: Literal["1"] = SCHEMA_VERSION
    """The version of this form of records."""
    note: Annotated[str, Field(max_length=10_000)] | None = None
    """Where the data came from; generated data says so here."""
    zone: Zone | None = None
    """Whose clocks show the times of all answers (IANA name); without it they are shown in UTC, and no notice
    is published.
    """
    units: Many[Unit] = ()
    """Who offers resources."""
    communities: Many[Community] = ()
    """Who has demands."""
    resources: Many[Resource] = ()
    """What units can give."""
    demands: Many[Demand] = ()
    """What communities need."""
    skills: Many[Skill] = ()
    """Skills with aliases or parents; any other needs no record."""
    rules: Many[Rule] = ()
    """What a plan must keep beyond kind, skill, time and capacity."""
    previous: Many[PreviousPair] = ()
    """Pairs of the previous plan."""
    scores: Many[Scores] = ()
    """At most one record a resource; a pair that is not listed has 0 points."""
    rankings: Annotated[Many[Ranking], Field(exclude_if=operator.not_)] = ()
    """Who would rather have whom, on either side; it counts where the objective asks for it."""
    nominations: Annotated[Many[Nomination], Field(exclude_if=operator.not_)] = ()
    """Who is put forward for which demand."""
    channels: Annotated[Many[Channel], Field(exclude_if=operator.not_)] = ()
    """How much each channel of nominations may do."""
    round: Annotated[
        Annotated[int, Field(ge=1, le=1_000_000)] | None,
        Field(exclude_if=operator.not_),
    ] = None
    """The number of the round that is planned; without it, one after the last of ``history``."""
    history: Annotated[Many[History], Field(exclude_if=operator.not_)] = ()
    """What earlier rounds, and earlier plans of this one, have given: coverage and loads go on from there.
    Whoever is in no list any more counts for nobody.
    """
    reference: Annotated[Many[ReferencePair], Field(exclude_if=operator.not_)] = ()
    """Units of a reference plan: as many as can be are kept, after all filling (docs/rules.md)."""
    objective: Objective = Objective()
    """Factors of the weight terms, and the goals."""

    @model_validator(mode="after")
    def _references_resolve(self) -> Self:
        found, more = check_references(self)
        if found:
            raise InputError(found, more)
        late = [*history_faults(self), *reference_faults(self)]
        InputError.raise_if(late)
        return self

    @classmethod
    def _refusal(
        cls, error: ValidationError, data: object, *, from_json: bool
    ) -> InputError:
        also, more = faults_between(cls, error, data, from_json=from_json)
        return input_error(error, data, cls.__name__, also, more)

    @property
    def is_ranked(self) -> bool:
        """Whether anybody ranks or is nominated."""
        return bool(self.rankings or self.nominations)

    def after(self, problem: Problem, plan: Any) -> Self:
        """This problem as the round after a plan of an earlier one: ``history`` is that of the earlier
        problem and what the plan gave, ``round`` one more.

        Raises BrokenPlanError where the plan breaks its problem, InputError for what is no Problem or Plan.
        """
        made: Self = found_at("matchkit.solving.rounds:after")(self, problem, plan)
        return made

    def keeping(
        self,
        plan: Any,
        *,
        frozen: datetime | Iterable[tuple[str, str]] | None = None,
        published: datetime | Iterable[tuple[str, str]] | None = None,
        draft: int = 0,
        notice: Iterable[tuple[datetime, int]] = (),
        persons: Mapping[str, int] | None = None,
        moves: int | None = None,
        moves_a_person: int | None = None,
        moves_a_unit: int | None = None,
    ) -> Self:
        """This problem with a plan, as a rule that of an earlier form of it, as its ``reference``: after all
        filling as much weight of the plan's units is kept as can be (docs/rules.md, Least change). The factor
        ``previous`` is 0 in it.

        ``frozen`` (a moment before which units begin, or pairs of resource and requirement): they are locked.
        ``published``, likewise: these change for filled slots only, all others are drafts, of which each unit
        counts ``draft`` (default 0: free); without it all are published. A published unit counts 1, or what
        ``notice`` says: moments with the weight of units that begin before them, the earliest counts.
        ``persons`` multiplies the weight of a resource's units. Weights are whole, from 0 to 1,000.
        ``moves``, ``moves_a_person`` and ``moves_a_unit`` are the most units that may be new in all, of every
        resource and of every unit with those below it, as hard rules (`MostMoves`).

        Units whose resource or requirement the problem no longer has stay in the reference, where nobody can
        keep them; ``outcome.kept`` counts them. Raises InputError for what is no Plan and for options that
        make no sense, ContradictionError where a frozen unit's start is none of its demand any more.
        """
        asked = {
            "frozen": frozen,
            "published": published,
            "draft": draft,
            "notice": notice,
            "persons": persons,
            "moves": moves,
            "moves_a_person": moves_a_person,
            "moves_a_unit": moves_a_unit,
        }
        made: Self = found_at("matchkit.solving.replan:keeping")(self, plan, **asked)
        return made

    def in_zone(self, tz: str | None) -> Self:
        """The problem with this zone (IANA name) in place of its own; itself for None. Raises InputError for
        a name that is none.
        """
        if tz is None:
            return self
        try:
            zone = Problem(zone=tz).zone
        except InputError as error:
            complaints = [Complaint("tz", *one.parts[1:]) for one in error.complaints]
            raise InputError(complaints) from None
        return self.model_copy(update={"zone": zone})

    def _repr_html_(self) -> str:
        """What a notebook shows: counts by kind and tier, no name of anybody."""
        return self._view().html()

    def __rich__(self) -> object:
        return self._view().rich()

    def _view(self) -> View:
        kinds, tiers = dict[str, list[int]](), dict[int, list[int]]()
        for resource in self.resources:
            kinds.setdefault(resource.kind, []).append(resource.capacity)
        for demand in self.demands:
            tiers.setdefault(demand.tier, []).append(
                sum(need.wanted for need in demand.requirements)
            )
        rows = [
            (text_of("view.resources", kind=kind), len(units), sum(units))
            for kind, units in sorted(kinds.items())
        ]
        rows += [
            (text_of("view.demands", tier=tier), len(units), sum(units))
            for tier, units in sorted(tiers.items())
        ]
        counts = text_of(
            "view.problem.text",
            units=len(self.units),
            communities=len(self.communities),
            rules=len(self.rules),
        )
        note = tuple((self.note or "").split("\n")[:NOTED])
        head = text_of("view.what"), text_of("view.records"), text_of("view.units")
        return View(
            text_of("view.problem"),
            (*(line for line in note if line.strip()), counts),
            head,
            tuple(rows),
        )

    @classmethod
    @collector_at_rest()
    def from_json(cls, text: str | bytes) -> Self:
        """The problem that a JSON text (UTF-8) describes. Raises InputError; a key given twice is a fault
        too.

        Raises BudgetError for a text or a list that is too large to solve.
        """
        text = decoded(text)
        data = parsed(text)
        _within_budget(data)
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise cls._refusal(error, data, from_json=True) from None

    def to_json(self) -> str:
        """The problem as JSON: fields in the order of the records, absent ones left out, moments in UTC.

        The same problem gives the same text, and ``from_json`` gives an equal problem back.
        """
        return self.model_dump_json(indent=1, exclude_none=True) + "\n"

    def to_frames(self, like: Any = None, *, lang: Lang = "en") -> dict[str, Any]:
        """The tables of the problem as data frames by their names: of pandas, or of the kind of ``like``, a
        pandas, polars or Arrow frame; names and headers in ``lang``.

        ``read_problem`` of the result gives an equal problem. Needs the extra ``tables``. Raises InputError
        where ``like`` is no frame, and for an unknown language.
        """
        made: dict[str, Any] = found_at("matchkit.tables.problems:problem_frames")(
            self, like, lang=lang
        )
        return made
