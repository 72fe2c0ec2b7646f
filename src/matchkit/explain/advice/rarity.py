"""How rare skills are, and how much the weights of all pairs can move when somebody comes, goes or learns.

A skill that more resources hold is less rare, so leaving it idle costs less: a new holder can make pairs of
others worth more. architecture.md (What a pair is worth) defines rarity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matchkit.compile.lexicon import Lexicon, alternatives
from matchkit.model import Problem, Requirement, Resource


def named_by(lexicon: Lexicon, need: Requirement) -> frozenset[str]:
    """The words that a requirement's needs name."""
    return frozenset(
        lexicon.word(want.skill) for entry in need.skills for want in alternatives(entry)
    )


class Rarity:
    """Rarity of every skill of a problem, and of the problem with some amounts held more or less."""

    def __init__(self, problem: Problem, lexicon: Lexicon) -> None:
        self.lexicon, self.factor = lexicon, problem.objective.skill_fit
        self.wanted: dict[str, int] = {}
        for demand in problem.demands:
            for need in demand.requirements:
                for word in named_by(lexicon, need):
                    self.wanted[word] = self.wanted.get(word, 0) + need.wanted
        self.held = self.amounts(problem.resources)
        self._declared: list[tuple[tuple[str, ...], int]] = [
            (tuple(lexicon.declared(resource)), resource.capacity)
            for resource in problem.resources
            if resource.capacity and resource.skills
        ]

    def amounts(self, resources: Iterable[Resource]) -> dict[str, int]:
        """By word, the capacity that holds it."""
        found: dict[str, int] = {}
        for resource in resources:
            if resource.capacity:
                for word in self.lexicon.held(self.lexicon.declared(resource)):
                    found[word] = found.get(word, 0) + resource.capacity
        return found

    def of(self, word: str, more: int = 0) -> int:
        """The rarity of a word where so much more is held (or less: a negative number)."""
        return min(20, 10 * self.wanted.get(word, 0) // max(1, self.held.get(word, 0) + more))

    def moved(self, more: Mapping[str, int]) -> dict[str, int]:
        """By word, how much rarer it becomes where so much more is held; words that stay are left out."""
        moves = {word: self.of(word, amount) - self.of(word) for word, amount in more.items()}
        return {word: move for word, move in sorted(moves.items()) if move}

    def shift(self, moved: Mapping[str, int]) -> int:
        """The most that the weights of any plan can move together: every unit of every holder, as if it left
        the word idle.
        """
        if not moved or not self.factor:
            return 0
        return self.factor * sum(
            capacity * sum(abs(moved.get(word, 0)) for word in words)
            for words, capacity in self._declared
        )
