"""Why pairs are not eligible: every reason of one pair, and how many resources each rule keeps from a
requirement, with those that come nearest (docs/explanations.md, Funnel).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

import numpy as np

from matchkit.answers.causes import Funnel, NearMiss, Removed
from matchkit.answers.reasons import Reason
from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.eligibility import against
from matchkit.compile.eligibility.attributes import (
    Loads,
    has_capacity,
    modes_meet,
    same_kind,
)
from matchkit.compile.eligibility.distance import Distances
from matchkit.compile.eligible import EligiblePairs
from matchkit.compile.equivalence import EquivalenceClasses
from matchkit.compile.numbering import Numbering
from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.plan.arguments import no_id, no_problem

SEARCHED = 20_000
"""Among more ids than this, none that is near is looked for: it would take seconds."""
NEAREST = 5
"""So many resources that come nearest are named."""


def unknown(what: str, wanted: str, ids: Iterable[str]) -> Complaint:
    """What is wrong with an id that is not among those of the problem, with the ids that come near."""
    known = sorted(ids)
    near = (
        get_close_matches(wanted, known, 3)
        if len(known) <= SEARCHED and len(wanted) <= 200
        else []
    )
    shown = wanted.isprintable() and 0 < len(wanted) <= 200
    where = (
        Message.of(f"where.{what}", id=wanted) if shown else Message(f"unknown.{what}")
    )
    advice = Message("unknown.none.do")
    if near:
        advice = Message.of("unknown.near.do", near=tuple(near))
    elif known:
        advice = Message.of(
            "unknown.do", known=(*known[:5], *["..."][: len(known) > 5])
        )
    return Complaint(where, Message("unknown"), advice)


def unknown_id(what: str, given: object, known: Collection[str]) -> list[Complaint]:
    """One complaint where the argument is no id, or none of those that are known, else none."""
    if isinstance(given, str) and given not in known:
        return [unknown(what, given, known)]
    return no_id(what, given)


def not_in_problem(what: str, name: str) -> Complaint:
    """What is wrong with a plan that names an id which its problem does not have."""
    where = Message.of(f"where.{what}", id=name)
    return Complaint.of(where, "plan.not_in_problem")


def why_ineligible(
    problem: Problem, resource: str, requirement: str
) -> tuple[Reason, ...]:
    """Every rule that the pair of these ids fails, with the values compared; empty where the pair is
    eligible.

    Raises InputError where an id is unknown, with the ids that come near, and where an argument is of another
    type.
    """
    wrong = no_problem(problem) + no_id("resource", resource)
    InputError.raise_if(wrong + no_id("requirement", requirement))
    lists = Numbering(problem)
    wrong = unknown_id("resource", resource, lists.left)
    InputError.raise_if(wrong + unknown_id("requirement", requirement, lists.right))
    return against(lists, lists.resources[lists.left[resource]], requirement)


def funnel(problem: Problem, requirement: str) -> Funnel:
    """How many resources each rule keeps from the requirement of this id, and up to five that come nearest,
    with every reason.

    Raises InputError where the id is unknown, with the ids that come near, and where an argument is of
    another type.
    """
    InputError.raise_if(no_problem(problem) + no_id("requirement", requirement))
    lists = Numbering(problem)
    InputError.raise_if(unknown_id("requirement", requirement, lists.right))
    return Funnels(lists).of(requirement)


class Funnels:
    """The same for many requirements of one problem: what they share is prepared once."""

    def __init__(self, lists: Numbering, eligible: EligiblePairs | None = None) -> None:
        """``eligible`` lends its arrays where there is one of these lists."""
        self._lists = lists
        self._sides = sides = (
            EquivalenceClasses(lists) if eligible is None else eligible.sides
        )
        self._distances = Distances(lists) if eligible is None else eligible.distances
        self._loads = Loads(lists)
        self._everyone: Intp = np.arange(len(lists.resources))
        self._levels = sides.skills.levels()
        self._kind: Intp = np.array(
            [profile.kind for profile in sides.profiles], np.intp
        )[sides.profile]
        self._mode: Intp = np.array(
            [profile.mode for profile in sides.profiles], np.intp
        )[sides.profile]
        self._able = has_capacity(
            np.array([resource.capacity for resource in lists.resources], np.int64)
        )
        self._classes = int(sides.availability.max(initial=-1)) + 1
        self._forbidden, self._too_far = (
            _by_requirement(lists, lists.forbidden),
            _by_requirement(lists, self._distances.too_far),
        )

    def of(self, requirement: str) -> Funnel:
        """The funnel of a requirement by its id. Raises KeyError where the problem has no such
        requirement.
        """
        kept_out = {name: ~holds for name, holds in self.holds(requirement).items()}
        failed = np.zeros(len(self._everyone), np.int8)
        for fails in kept_out.values():
            failed += fails
        last = failed == 1
        counts = [
            Removed(
                rule=rule,
                alone=int(np.count_nonzero(fails & last)),
                all=int(np.count_nonzero(fails)),
            )
            for rule, fails in kept_out.items()
        ]
        failing = np.flatnonzero(failed)
        near = failing[
            np.argsort(failed[failing], kind="stable")[:NEAREST]
        ].tolist()  # resources ascend by id
        resources = self._lists.resources
        return Funnel(
            resources=len(resources),
            removed=tuple(entry for entry in counts if entry.all),
            nearest=tuple(
                NearMiss(
                    resource=resources[left].id,
                    reasons=against(self._lists, resources[left], requirement),
                )
                for left in near
            ),
        )

    def holds(self, requirement: str) -> dict[str, Mask]:
        """By rule, in the order in which reasons are told, which resources (by number) keep it."""
        return self.holds_at(requirement, self._lists.places[requirement])

    def holds_at(self, requirement: str, places: list[int]) -> dict[str, Mask]:
        """The same at some of its slots."""
        sides = self._sides
        right = places[0]  # where there are several, they differ in time only
        role = sides.roles[int(sides.role[right])]
        rights = np.full(len(self._everyone), right, np.intp)
        metres = self._distances.metres(self._everyone, rights)
        return {
            "capacity": self._able,
            "kind": same_kind(self._kind, role.kind),
            "skill": self._levels.enough(role.needs)[sides.profile],
            "mode": modes_meet(self._mode, np.asarray(role.mode, np.intp)),
            "time": self._free(places)[sides.availability],
            "distance": self._distances.holds(self._everyone, rights, metres)
            & self._without(self._too_far, requirement),
            "forbid": self._without(self._forbidden, requirement),
            "load": self._loads.holds(self._everyone, rights),
        }

    def missing(self, place: int) -> tuple[Int64, Int64, Int64]:
        """What every resource lacks for a slot (int64): levels of skills, seconds of free time, metres."""
        sides = self._sides
        rights = np.full(len(self._everyone), place, np.intp)
        far = self._distances.metres(self._everyone, rights)
        return (
            self._levels.missing(sides.roles[int(sides.role[place])].needs)[
                sides.profile
            ],
            sides.coverage.missing(sides.windows[int(sides.window[place])])[
                sides.availability
            ],
            self._distances.beyond(self._everyone, rights, far),
        )

    def _free(self, places: list[int]) -> Mask:
        """Which availabilities cover the times of the slot, or of one of the slots."""
        coverage, windows, slots = (
            self._sides.coverage,
            self._sides.window[places],
            self._lists.slots,
        )
        if len(places) == 1:
            return coverage.holds(
                np.arange(self._classes), np.full(self._classes, windows[0])
            )
        [(start, end)] = self._sides.windows[int(windows[0])]
        return coverage.at_some(
            np.array([slots[place].start for place in places], np.int64), end - start
        )

    def _without(self, named: dict[str, list[int]], requirement: str) -> Mask:
        found = np.ones(len(self._everyone), np.bool_)
        found[named.get(requirement, [])] = False
        return found


def _by_requirement(
    lists: Numbering, pairs: frozenset[tuple[str, str]]
) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for resource, requirement in pairs:
        found.setdefault(requirement, []).append(lists.left[resource])
    return found
