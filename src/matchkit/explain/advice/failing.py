"""Which rules of eligibility keep which resources from which requirements: one table a rule, so that lone
ones can be seen.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Intp
from matchkit.compile.eligibility.load import Loads
from matchkit.compile.eligibility.mode import holds as modes_meet
from matchkit.explain.plan_state import PlanState

RULES = ("time", "skill", "mode", "load", "distance", "forbid", "capacity", "kind")
"""The rules of eligibility, those first that are mended first."""

Counts = npt.NDArray[np.int16]


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
            columns = [right[place] for place in lists.places[requirement] if place in right]
            self._named.setdefault(lists.left[resource], []).extend(columns)
        self._too_far: dict[int, list[int]] = {}
        for resource, requirement in sorted(self._distances.too_far):
            columns = [right[place] for place in lists.places[requirement] if place in right]
            self._too_far.setdefault(lists.left[resource], []).extend(columns)
        self._roles, self._role = np.unique(self._sides.role[slots], return_inverse=True)
        self._words = {word: number for number, word in enumerate(self._sides.words)}
        self._lexicon = lexicon
        self._lacking: dict[int, Counts] = {}

    def tables(self, rows: Intp) -> dict[str, Counts]:
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

    def _time(self, rows: Intp) -> Counts:
        sides = self._sides
        free, row = np.unique(sides.availability[rows], return_inverse=True)
        needed, column = np.unique(sides.window[self._slots], return_inverse=True)
        covered = sides.coverage.holds(
            np.repeat(free, len(needed)), np.tile(needed, len(free))
        ).reshape(len(free), len(needed))
        return (~covered).astype(np.int16)[row][:, column]

    def _skill(self, rows: Intp) -> Counts:
        profiles, row = np.unique(self._sides.profile[rows], return_inverse=True)
        lacking = (
            np.stack([self._lacks(int(profile)) for profile in profiles.tolist()])
            if len(profiles)
            else np.zeros((0, 0), np.int16)
        )
        return lacking[row][:, self._role]

    def _lacks(self, profile: int) -> Counts:
        """How many needs of every role a profile does not meet."""
        found = self._lacking.get(profile)
        if found is None:
            words = self._sides.words
            held = self._lexicon.held(
                {words[skill]: level for skill, level in self._sides.profiles[profile].declared}
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
