"""What a pair is worth, in plain Python from docs/architecture.md alone: slow, and sharing nothing with
compile.
"""

from __future__ import annotations

import math
from itertools import pairwise

from matchkit.model import AnyOf, Demand, Problem, Requirement, Resource, SkillLevel
from matchkit.model.skill import Need
from matchkit.model.text import key
from matchkit.model.weekly import expanded


class Worth:
    """Weight terms of eligible pairs of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.parent = {
            community.id: community.parent for community in problem.communities
        }

    def word(self, name: str) -> str:
        for skill in self.problem.skills:
            if key(name) in {key(other) for other in (skill.name, *skill.aliases)}:
                return key(skill.name)
        return key(name)

    def up(self, word: str) -> set[str]:
        found = {word}
        for skill in self.problem.skills:
            if key(skill.name) == word:
                for parent in skill.parents:
                    found |= self.up(self.word(parent))
        return found

    def level(self, resource: Resource, word: str) -> int:
        return max(
            (
                skill.level
                for skill in resource.skills
                if word in self.up(self.word(skill.skill))
            ),
            default=0,
        )

    @staticmethod
    def choices(need: Need) -> tuple[SkillLevel, ...]:
        return need.any_of if isinstance(need, AnyOf) else (need,)

    def rarity(self, word: str) -> int:
        wanted = held = 0
        for demand in self.problem.demands:
            for requirement in demand.requirements:
                if word in {
                    self.word(choice.skill)
                    for need in requirement.skills
                    for choice in self.choices(need)
                }:
                    wanted += requirement.wanted
        for resource in self.problem.resources:
            if self.level(resource, word) >= 1:
                held += resource.capacity
        return min(20, 10 * wanted // max(1, held))

    def skill_fit(self, resource: Resource, requirement: Requirement) -> int:
        surplus = 0
        for need in requirement.skills:
            over = [
                self.level(resource, self.word(choice.skill)) - choice.level
                for choice in self.choices(need)
            ]
            surplus += min(value for value in over if value >= 0)
        named = {
            self.word(choice.skill)
            for need in requirement.skills
            for choice in self.choices(need)
        }
        idle = {self.word(skill.skill) for skill in resource.skills}
        return (
            100
            - 10 * surplus
            - sum(self.rarity(word) for word in idle if not self.up(word) & named)
        )

    def metres(self, resource: Resource, demand: Demand) -> int:
        place = demand.place
        if place is None:
            place = next(
                community.place
                for community in self.problem.communities
                if community.id == demand.community
            )
        if demand.mode == "online" or place is None or resource.place is None:
            return 0
        s = 0.0
        for one, other in zip(
            _point(resource.place.lat, resource.place.lon),
            _point(place.lat, place.lon),
            strict=True,
        ):
            s = s + (one - other) ** 2
        c = math.sqrt(s)
        return math.floor(
            6371008.8 * (c * (1.0 + s / 24.0 + 3.0 * s * s / 640.0)) + 0.5
        )

    def within(self, community: str | None, top: str) -> bool:
        while community is not None:
            if community == top:
                return True
            community = self.parent[community]
        return False

    @staticmethod
    def undesired(resource: Resource, demand: Demand) -> int:
        """Full minutes asked for and not wished for: of the pieces that all starts and ends cut time into."""
        asked, wished = demand.times, expanded(resource.preferred)
        if not wished or demand.minutes is not None:
            return 0
        cuts = sorted(
            {
                moment
                for window in (*asked, *wished)
                for moment in (window.start, window.end)
            }
        )
        outside = sum(
            (end - start).total_seconds()
            for start, end in pairwise(cuts)
            if any(window.start <= start and end <= window.end for window in asked)
            and not any(
                window.start <= start and end <= window.end for window in wished
            )
        )
        return min(int(outside) // 60, 100_000)

    def terms(
        self, resource: Resource, demand: Demand, requirement: Requirement
    ) -> dict[str, int]:
        liked = 0
        for preference in resource.preferences:
            same = preference.category is None or (
                demand.category is not None
                and key(preference.category) == key(demand.category)
            )
            if same and (
                preference.community is None
                or self.within(demand.community, preference.community)
            ):
                liked += preference.points
        familiar = (
            25
            if any(self.within(demand.community, known) for known in resource.familiar)
            else 0
        )
        points = {
            "importance": demand.weight,
            "skill_fit": self.skill_fit(resource, requirement),
            "distance": -(self.metres(resource, demand) // 100),
            "preference": liked,
            "familiarity": 50
            if resource.home is not None
            and self.within(demand.community, resource.home)
            else familiar,
            "previous": 50
            if any(
                pair.resource == resource.id and pair.requirement == requirement.id
                for pair in self.problem.previous
            )
            else 0,
            "score": sum(
                points
                for record in self.problem.scores
                if record.resource == resource.id
                for name, points in zip(record.requirements, record.points, strict=True)
                if name == requirement.id
            ),
            "undesired": -self.undesired(resource, demand),
        }
        return {
            name: getattr(self.problem.objective, name) * value
            for name, value in points.items()
        }


def _point(lat: float, lon: float) -> tuple[float, float, float]:
    lat, lon = math.radians(lat), math.radians(lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
