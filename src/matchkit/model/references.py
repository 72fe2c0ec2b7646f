"""What no single record can see: ids given twice, ids that name nothing, trees that are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from matchkit.errors import LISTED, SHOWN, Complaint
from matchkit.messages.message import Unshortened
from matchkit.model.complaints import located
from matchkit.model.fault import complaint
from matchkit.model.forests import forest_faults
from matchkit.model.personal import PersonalIds, shape
from matchkit.model.rank_references import rank_faults
from matchkit.model.rules.base import LISTS
from matchkit.model.set_aside_references import set_aside_faults
from matchkit.model.text import key

if TYPE_CHECKING:
    from matchkit.model.problem import Problem


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def _twice(records: Iterable[tuple[str, _Identified]]) -> Iterator[Complaint]:
    first: dict[str, str] = {}
    for where, record in records:
        folded = record.id.casefold()
        if folded in first:
            yield complaint(located(where, record.id), "same_id", other=first[folded])
        else:
            first[folded] = where


def _numbered(
    path: str, records: Sequence[_Identified]
) -> list[tuple[str, _Identified]]:
    return [(f"{path}[{number}]", record) for number, record in enumerate(records)]


class _Known:
    """The ids of one list, and the complaint about one that is not among them."""

    def __init__(self, what: str, ids: Iterable[str], personal: PersonalIds) -> None:
        self.what, self.ids, self._personal = what, frozenset(ids), personal
        self._sorted: list[str] = []
        self._complaints = 0

    @cached_property
    def _shapes(self) -> frozenset[str]:
        return frozenset(map(shape, self.ids))

    def check(self, where: str, wanted: str | None) -> Iterator[Complaint]:
        if wanted is None or wanted in self.ids:
            return
        self._sorted = self._sorted or sorted(self.ids)
        self._complaints += 1
        # The message shows the first complaints only, and a search through all ids takes milliseconds each.
        near = (
            get_close_matches(wanted, self._sorted, 1, 0.8)
            if self._complaints <= SHOWN and len(self.ids) <= 20_000
            else []
        )
        known = Unshortened(
            (*self._sorted[:5], *(["..."] if len(self.ids) > 5 else []))
        )
        do = "unlisted.near" if near else "unlisted" if self.ids else "unlisted.none"
        hidden = self._complaints <= LISTED and self._personal.may_be(
            wanted, self._shapes
        )
        yield complaint(
            where,
            "unlisted.hidden" if hidden else f"unlisted.{self.what}",
            do,
            id=wanted,
            near="".join(near),
            known=known,
        )


def _skill_names(problem: Problem) -> Iterator[Complaint]:
    owner: dict[str, int] = {}
    sound = [
        (number, skill)
        for number, skill in enumerate(problem.skills)
        if skill.name is not None
    ]  # of others nothing is known
    for number, skill in sound:
        spellings = [key(name) for name in (skill.name, *skill.aliases)]
        if any(owner.setdefault(spelling, number) != number for spelling in spellings):
            yield complaint(f"skills[{number}]", "spelling")
    resolved = {
        spelling: key(problem.skills[number].name) for spelling, number in owner.items()
    }
    parents = {
        key(s.name): [resolved.get(key(parent), key(parent)) for parent in s.parents]
        for _, s in sound
    }
    yield from forest_faults("skill", parents)


def _score_faults(
    problem: Problem, resources: _Known, needs: _Known
) -> Iterator[Complaint]:
    seen: set[str] = set()
    for number, record in enumerate(problem.scores):
        yield from resources.check(f"scores[{number}].resource", record.resource)
        if record.resource is not None and record.resource in seen:
            yield complaint(
                f"scores[{number}].resource", "scored_twice", id=record.resource
            )
        seen.add(record.resource)
        for place, name in enumerate(record.requirements):
            if name not in needs.ids:
                yield from needs.check(f"scores[{number}].requirements[{place}]", name)


def _faults(problem: Problem) -> Iterator[Complaint]:
    requirements = [
        (f"demands[{place}].requirements[{number}]", record)
        for place, demand in enumerate(problem.demands)
        for number, record in enumerate(demand.requirements)
    ]
    personal = PersonalIds(problem)
    units = _Known("unit", (unit.id for unit in problem.units), personal)
    communities = _Known(
        "community", (community.id for community in problem.communities), personal
    )
    resources = _Known(
        "resource", (resource.id for resource in problem.resources), personal
    )
    demands = _Known("demand", (demand.id for demand in problem.demands), personal)
    needs = _Known("requirement", (record.id for _, record in requirements), personal)

    for path in ("units", "communities", "resources", "demands"):
        yield from _twice(_numbered(path, getattr(problem, path)))
    yield from _twice(requirements)

    for number, unit in enumerate(problem.units):
        yield from units.check(located(f"units[{number}].parent", unit.id), unit.parent)
    yield from forest_faults(
        "unit",
        {unit.id: [unit.parent] if unit.parent else [] for unit in problem.units},
    )
    for number, community in enumerate(problem.communities):
        yield from communities.check(
            located(f"communities[{number}].parent", community.id), community.parent
        )
    yield from forest_faults(
        "community", {c.id: [c.parent] if c.parent else [] for c in problem.communities}
    )
    for number, resource in enumerate(problem.resources):
        where = f"resources[{number}]"
        yield from units.check(located(f"{where}.unit", resource.id), resource.unit)
        yield from communities.check(
            located(f"{where}.home", resource.id), resource.home
        )
        for place, community_id in enumerate(resource.familiar):
            yield from communities.check(
                located(f"{where}.familiar[{place}]", resource.id), community_id
            )
        for place, preference in enumerate(resource.preferences):
            yield from communities.check(
                located(f"{where}.preferences[{place}].community", resource.id),
                preference.community,
            )
    for number, demand in enumerate(problem.demands):
        yield from communities.check(
            located(f"demands[{number}].community", demand.id), demand.community
        )
    by_field = {
        "resource": resources,
        "requirement": needs,
        "demand": demands,
        "unit": units,
        "community": communities,
    }
    for path, records in (("rules", problem.rules), ("previous", problem.previous)):
        for number, record in enumerate(records):
            for field, known in by_field.items():
                yield from known.check(
                    f"{path}[{number}].{field}", getattr(record, field, None)
                )
            for field, one in LISTS.items():
                for place, name in enumerate(getattr(record, field, ())):
                    yield from by_field[one].check(
                        f"{path}[{number}].{field}[{place}]", name
                    )
    yield from _score_faults(problem, resources, needs)
    yield from rank_faults(problem, by_field)
    yield from _skill_names(problem)
    yield from set_aside_faults(problem)


def check_references(problem: Problem) -> tuple[list[Complaint], int]:
    """The faults between records of the problem, in a fixed order: the first ``LISTED`` of them, and how many
    more.

    The rest are found and counted but not kept: a text of some megabytes can hold millions.
    """
    faults = _faults(problem)
    return list(islice(faults, LISTED)), sum(1 for _ in faults)
