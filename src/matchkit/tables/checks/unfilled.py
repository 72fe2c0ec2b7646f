"""Requirements that no resource can ever fill: because of the kind, the skills, the mode, or the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Final

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.eligibility.attributes import MODES, modes_meet
from matchkit.compile.eligibility.skill import Alternatives, HeldLevels
from matchkit.compile.eligibility.time import Coverage, FreeSpans
from matchkit.compile.numbering import Lexicon, alternatives
from matchkit.compile.ragged import flat
from matchkit.compile.times import SecondSpans, united
from matchkit.messages.message import Message
from matchkit.model import Demand, Problem, Requirement
from matchkit.tables.checks.found import CheckFinding

FIRST: Final = 64
"""So many resources are asked first whether one of them is free; then eight times as many, and so on."""

UnfilledRole = tuple[int, int, tuple[Alternatives, ...]]
"""Kind, mode and needs by number: requirements of one role can be filled by the same resources, time left
aside.
"""


def unfilled(
    problem: Problem, lexicon: Lexicon, offered: Set[str]
) -> Iterator[CheckFinding]:
    """One finding for every requirement that no resource can fill, whatever else is planned, with the first
    reason that keeps out all.

    The reasons are asked in this order, each of the resources that the ones before leave: kind (and a
    capacity of at least 1), skills, mode, time. Distances, loads and forbidden pairs are left to the plan,
    and skills that nobody offers (whose words are not ``offered``) to ``skills_asked``.
    """
    if not problem.resources:
        return
    supply = _Supply(problem, lexicon)
    roles: dict[
        UnfilledRole, list[tuple[int, int]]
    ] = {}  # all before the first is looked at
    for at, demand in enumerate(problem.demands):
        for place, one in enumerate(demand.requirements):
            roles.setdefault(supply.role(demand, one), []).append((at, place))
    reasons: dict[tuple[int, int], tuple[str, Message]] = {}
    for role, askers in roles.items():
        rows, rule = supply.able(role)
        if rule is None:
            message = Message.of("check.unfilled.windows", count=len(rows))
            never = supply.never_free(rows, [problem.demands[at] for at, _ in askers])
            reasons |= {
                asker: ("windows", message)
                for asker, is_never in zip(askers, never, strict=True)
                if is_never
            }
        elif rule != "skills" or all(
            not offered.isdisjoint(words) for words in supply.needs(role)
        ):
            reasons |= dict.fromkeys(
                askers,
                (
                    rule,
                    Message.of(
                        f"check.unfilled.{rule}", **supply.message_values(role, rule)
                    ),
                ),
            )
    for at, demand in enumerate(problem.demands):
        if demand.minutes is not None and all(
            end - start < 60 * demand.minutes for start, end in united(demand.times)
        ):
            yield CheckFinding(
                "odd",
                f"demands[{at}].minutes",
                demand.id,
                Message.of("check.too_short", minutes=demand.minutes),
            )
    for (at, place), (rule, message) in sorted(
        reasons.items(), key=lambda entry: entry[0]
    ):
        inner = "" if rule in ("windows", "mode") else f".requirements[{place}]"
        yield CheckFinding(
            "note",
            f"demands[{at}]{inner}.{rule}",
            problem.demands[at].requirements[place].id,
            message,
        )


def _overlaps(spans: Int64, window: tuple[int, int], seconds: int) -> bool:
    """Whether any of the spans (int64, one a row) lasts for so many seconds within a window."""
    overlap = np.minimum(spans[:, 1], window[1]) - np.maximum(spans[:, 0], window[0])
    return bool((overlap >= seconds).any())


class _Supply:
    """The resources that have something to give, by profile (kind, mode, skills), and when each is free."""

    def __init__(self, problem: Problem, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._resources = [
            resource for resource in problem.resources if resource.capacity >= 1
        ]
        written: dict[object, int] = {}
        profiles: dict[object, int] = {}
        of: list[int] = []
        declared: list[dict[str, int]] = []
        kinds: list[int] = []
        modes: list[int] = []
        for resource in self._resources:
            spelt = (
                resource.kind,
                resource.mode,
                tuple([(skill.skill, skill.level) for skill in resource.skills]),
            )
            number = written.get(spelt)
            if number is None:
                words = lexicon.declared(resource)
                kind, mode = self._lexicon.kind(resource.kind), MODES[resource.mode]
                number = written[spelt] = profiles.setdefault(
                    (kind, mode, *sorted(words.items())), len(profiles)
                )
                if number == len(declared):
                    declared.append(words)
                    kinds.append(kind)
                    modes.append(mode)
            of.append(number)
        self._profile = np.array(of, np.intp)
        self._kind, self._mode = np.array(kinds, np.intp), np.array(modes, np.intp)
        self._held = [lexicon.held(words) for words in declared]
        self._words: list[str] = []
        self._number: dict[str, int] = {}
        self._levels: HeldLevels | None = None
        self._always = np.array(
            [not resource.available for resource in self._resources], np.bool_
        )
        self._free: dict[int, SecondSpans] = {}

    def role(self, demand: Demand, one: Requirement) -> UnfilledRole:
        """The role of a requirement. All roles are asked for before the first of them is looked at."""
        needs = {
            tuple(
                sorted(
                    {
                        (self._skill(want.skill), want.level)
                        for want in alternatives(need)
                    }
                )
            )
            for need in one.skills
        }
        return self._lexicon.kind(one.kind), MODES[demand.mode], tuple(sorted(needs))

    def _skill(self, name: str) -> int:
        word = self._lexicon.word(name)
        number = self._number.setdefault(word, len(self._number))
        if number == len(self._words):
            self._words.append(word)
        return number

    def needs(self, role: UnfilledRole) -> Iterator[list[str]]:
        """The words of each need of a role."""
        return ([self._words[skill] for skill, _ in need] for need in role[2])

    def able(self, role: UnfilledRole) -> tuple[Intp, str | None]:
        """The resources that could fill a role if time were no matter; where there are none, the rule that
        keeps out the last.
        """
        kind, mode, needs = role
        mask: Mask = self._kind == kind
        if not mask.any():
            return np.zeros(0, np.intp), "kind"
        mask = mask & self._of_skills().enough(needs)
        if not mask.any():
            return np.zeros(0, np.intp), "skills"
        mask = mask & modes_meet(self._mode, np.asarray(mode, np.intp))
        if not mask.any():
            return np.zeros(0, np.intp), "mode"
        return np.flatnonzero(mask[self._profile]), None

    def _of_skills(self) -> HeldLevels:
        if self._levels is None:
            for levels in self._held:
                for word in levels:
                    self._skill(word)
            first, skill = flat(
                [self._number[word] for word in levels] for levels in self._held
            )
            _, level = flat(list(levels.values()) for levels in self._held)
            owner = np.repeat(np.arange(len(self._held)), np.diff(first))
            self._levels = HeldLevels(
                len(self._held), owner, skill, level, len(self._words)
            )
        return self._levels

    def message_values(self, role: UnfilledRole, rule: str) -> dict[str, str]:
        """What a role asks for by this rule, as the values of a message."""
        if rule != "skills":
            return {}
        needs = (
            "|".join(
                self._words[skill] + (f":{level}" if level > 1 else "")
                for skill, level in need
            )
            for need in role[2]
        )
        return {"skills": "; ".join(needs)}

    def never_free(self, rows: Intp, demands: Sequence[Demand]) -> list[bool]:
        """Of each of the demands, whether none of the resources of these numbers is free for it.

        Of a flexible demand, whether none is free for long enough within one of its windows; one that is too
        long for all has no windows.
        """
        found = [bool(demand.windows) for demand in demands]
        if self._always[rows].any():
            return [False] * len(demands)
        spans = [united(demand.times) for demand in demands]
        left = [number for number, has_windows in enumerate(found) if has_windows]
        # Most are free for somebody among the first few resources: more are asked only for the others.
        begin, size = 0, FIRST
        while left and begin < len(rows):
            part = list(
                dict.fromkeys(map(self._free_at, rows[begin : begin + size].tolist()))
            )
            fixed = [number for number in left if demands[number].minutes is None]
            for number, covered in zip(
                fixed, self._covered(part, [spans[one] for one in fixed]), strict=True
            ):
                found[number] = not covered
            every = [span for free in part for span in free]
            lasting = np.array(every, np.int64).reshape(-1, 2)
            for number in left:
                minutes = demands[number].minutes
                if minutes is not None:
                    found[number] = not any(
                        _overlaps(lasting, window, 60 * minutes)
                        for window in spans[number]
                    )
            left = [number for number in left if found[number]]
            begin, size = begin + size, size * 8
        return found

    @staticmethod
    def _covered(free: list[SecondSpans], needed: list[SecondSpans]) -> list[bool]:
        if not needed:
            return []
        distinct = list(dict.fromkeys(needed))
        table = Coverage(FreeSpans(free), distinct).table(np.arange(len(free)))
        covered = dict(zip(distinct, np.any(table, axis=0), strict=True))
        return [bool(covered[spans]) for spans in needed]

    def _free_at(self, number: int) -> SecondSpans:
        found = self._free.get(number)
        if found is None:
            found = self._free[number] = united(self._resources[number].free)
        return found
