"""Idle resources, and the one datum that keeps each of them so: one table of failures a rule of eligibility,
so that lone ones can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from matchkit.answers.idle import Idle, IdleResources
from matchkit.arrays import Intp
from matchkit.compile.eligibility.attributes import Loads, modes_meet
from matchkit.explain.advice.fix import FullCap, fix_of, full_caps
from matchkit.explain.advice.trial import checked
from matchkit.explain.plan_state import Caps, PlanState
from matchkit.model import Problem
from matchkit.plan import Plan

RULES = ("time", "skill", "mode", "load", "distance", "forbid", "capacity", "kind")
"""The rules of eligibility, those first that are fixed first."""

FailureCounts = npt.NDArray[np.int16]


class Failing:
    """Resources and slots (requirements, at each start where they are flexible) of a problem, rule by
    rule.
    """

    def __init__(self, state: PlanState, slots: Intp) -> None:
        """``slots`` are the numbers of the slots in question, in ``state.lists``."""
        self._state, self._slots = state, slots
        self._sides, self._distances = state.eligible.sides, state.eligible.distances
        self._loads = Loads(state.lists)
        lists, lexicon = state.lists, state.lists.lexicon
        right = {int(slot): column for column, slot in enumerate(slots.tolist())}
        self._named: dict[int, list[int]] = {}
        for resource, requirement in sorted(lists.forbidden):
            columns = [
                right[place] for place in lists.places[requirement] if place in right
            ]
            self._named.setdefault(lists.left[resource], []).extend(columns)
        self._too_far: dict[int, list[int]] = {}
        for resource, requirement in sorted(self._distances.too_far):
            columns = [
                right[place] for place in lists.places[requirement] if place in right
            ]
            self._too_far.setdefault(lists.left[resource], []).extend(columns)
        self._roles, self._role = np.unique(
            self._sides.role[slots], return_inverse=True
        )
        self._words = {word: number for number, word in enumerate(self._sides.words)}
        self._lexicon = lexicon
        self._lacking: dict[int, FailureCounts] = {}

    def tables(self, rows: Intp) -> dict[str, FailureCounts]:
        """For every rule how often it fails (skill: how many needs), one row a resource and one column a
        slot.
        """
        sides, slots, shape = self._sides, self._slots, (len(rows), len(self._slots))
        roles = [sides.roles[role] for role in sides.role[slots].tolist()]
        profiles = [sides.profiles[profile] for profile in sides.profile[rows].tolist()]
        kind, asked_kind = (
            np.array([p.kind for p in profiles], np.intp),
            np.array([r.kind for r in roles], np.intp),
        )
        mode, asked_mode = (
            np.array([p.mode for p in profiles], np.intp),
            np.array([r.mode for r in roles], np.intp),
        )
        left, right = np.repeat(rows, shape[1]), np.tile(slots, shape[0])
        far = self._distances.metres(left, right)
        close = (
            self._distances.holds(left, right, far)
            if self._distances.limited
            else np.ones(len(left), np.bool_)
        )
        found = {
            "time": self._time(rows),
            "skill": self._skill(rows),
            "mode": (~modes_meet(mode[:, None], asked_mode[None, :])).astype(np.int16),
            "load": (~self._loads.holds(left, right)).reshape(shape).astype(np.int16),
            "distance": (~close).reshape(shape).astype(np.int16),
            "forbid": np.zeros(shape, np.int16),
            "capacity": np.repeat(
                (~self._state.eligible.has_capacity[rows]).astype(np.int16)[:, None],
                shape[1],
                axis=1,
            ),
            "kind": (kind[:, None] != asked_kind[None, :]).astype(np.int16),
        }
        for place, row in enumerate(rows.tolist()):
            found["forbid"][place, self._named.get(row, [])] = 1
            found["distance"][place, self._too_far.get(row, [])] = 1
        return found

    def _time(self, rows: Intp) -> FailureCounts:
        sides = self._sides
        free, row = np.unique(sides.availability[rows], return_inverse=True)
        needed, column = np.unique(sides.window[self._slots], return_inverse=True)
        covered = sides.coverage.holds(
            np.repeat(free, len(needed)), np.tile(needed, len(free))
        ).reshape(len(free), len(needed))
        return (~covered).astype(np.int16)[row][:, column]

    def _skill(self, rows: Intp) -> FailureCounts:
        profiles, row = np.unique(self._sides.profile[rows], return_inverse=True)
        lacking = (
            np.stack([self._lacks(int(profile)) for profile in profiles.tolist()])
            if len(profiles)
            else np.zeros((0, 0), np.int16)
        )
        return lacking[row][:, self._role]

    def _lacks(self, profile: int) -> FailureCounts:
        """How many needs of every role a profile does not meet."""
        found = self._lacking.get(profile)
        if found is None:
            words = self._sides.words
            held = self._lexicon.held(
                {
                    words[skill]: level
                    for skill, level in self._sides.profiles[profile].declared
                }
            )
            levels = {self._words[word]: level for word, level in held.items()}
            found = np.array(
                [
                    sum(
                        all(levels.get(skill, 0) < asked for skill, asked in need)
                        for need in self._sides.roles[role].needs
                    )
                    for role in self._roles.tolist()
                ],
                np.int16,
            )
            self._lacking[profile] = found
        return found


CELLS = 2_000_000
"""Resources times slots looked at in one go."""
TRIES = 200
"""Slots of which one rule alone keeps a resource that are looked at before it counts as kept by several."""


def idle(problem: Problem, plan: Plan) -> IdleResources:
    """Every resource that gives nothing in the plan, and the single datum whose change makes it useful, where
    there is one.

    Useful: eligible for a requirement that lacks something, with room in every cap above both. Of several the
    requirement whose next unit counts in the earliest goal is named, then the first rule of time, skill,
    mode, load, distance, forbid, capacity, kind.

    Raises InputError for wrong arguments, and where the plan is none of this problem.
    """
    checked(problem, plan)
    return idle_of(PlanState(problem, plan))


def idle_of(state: PlanState, only: Sequence[int] | None = None) -> IdleResources:
    """The answer, from a plan that was placed already; of these resources alone, by number, where some are
    named.
    """
    rows = np.flatnonzero(state.given == 0)
    if only is not None:
        rows = np.intersect1d(rows, np.array(only, np.intp))
    short = _short_slots(state)
    if not len(short):
        eligible = np.diff(state.first)[rows].tolist()
        return IdleResources(
            idle=tuple(
                Idle(
                    resource=state.resource_ids[row],
                    blocked_by="filled" if count else "nothing_short",
                    eligible=count,
                )
                for row, count in zip(rows.tolist(), eligible, strict=True)
            )
        )
    failing, step = Failing(state, short), max(1, CELLS // len(short))
    requirement = [
        state.right_of[state.lists.slots[slot].requirement.id]
        for slot in short.tolist()
    ]
    full_right = _full_above(state, state.communities, requirement)
    found: list[Idle] = []
    for begin in range(0, len(rows), step):
        piece = rows[begin : begin + step]
        tables = failing.tables(piece)
        for place, full_left in enumerate(
            _full_above(state, state.units, piece.tolist())
        ):
            failures = {rule: tables[rule][place] for rule in RULES}
            found.append(
                _one(state, int(piece[place]), short, failures, full_left, full_right)
            )
    return IdleResources(idle=tuple(found))


def _full_above(
    state: PlanState, caps: Caps, leaves: Sequence[int]
) -> list[list[FullCap]]:
    """The full caps above each of these leaves."""
    full = full_caps(state, caps)
    return [full[caps.of[leaf]] if caps.of[leaf] >= 0 else [] for leaf in leaves]


def _short_slots(state: PlanState) -> Intp:
    """Slots of the requirements that lack something, those first whose next unit counts in the earliest
    goal.
    """
    short = np.flatnonzero(state.taken < state.wanted)
    beyond = state.taken >= state.minimum
    order = short[np.lexsort((short, beyond[short], state.tier[short]))]
    places = state.lists.places
    return np.array(
        [slot for q in order.tolist() for slot in places[state.requirement_ids[q]]],
        np.intp,
    )


def _one(
    state: PlanState,
    row: int,
    short: Intp,
    failures: Mapping[str, FailureCounts],
    full_left: list[FullCap],
    full_right: list[list[FullCap]],
) -> Idle:
    """What keeps one resource idle, of the slots that lack something: the first datum that alone does, else
    all that keeps it from the slot which it comes nearest to.
    """
    lists, resource = state.lists, state.lists.resources[row]
    eligible = int(state.first[row + 1] - state.first[row])
    beside = np.array([len(full_left) + len(full) for full in full_right], np.int16)
    count = np.sum([beside, *failures.values()], axis=0)
    for column in np.flatnonzero(count == 1)[:TRIES].tolist():
        slot = lists.slots[int(short[column])]
        rule = next((rule for rule in RULES if failures[rule][column]), "cap")
        found = fix_of(lists, rule, resource, slot, [*full_left, *full_right[column]])
        if found.change is not None:
            return Idle(
                resource=resource.id,
                blocked_by=found.rule,
                requirement=slot.requirement.id,
                reasons=found.reasons,
                change=found.change,
                eligible=eligible,
            )
    nearest = int(np.argmin(count))
    slot = lists.slots[int(short[nearest])]
    if count[nearest] and eligible:
        return Idle(resource=resource.id, blocked_by="filled", eligible=eligible)
    caps = [*full_left, *full_right[nearest]]
    reasons = tuple(
        reason
        for rule in (*(rule for rule in RULES if failures[rule][nearest]), "cap")
        for reason in fix_of(lists, rule, resource, slot, caps).reasons
    )
    return Idle(
        resource=resource.id,
        blocked_by="several" if count[nearest] else "bound",
        requirement=slot.requirement.id,
        reasons=reasons,
        eligible=eligible,
    )
