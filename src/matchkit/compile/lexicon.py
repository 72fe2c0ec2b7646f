"""Skill names: one word for all spellings, and what counts as what."""

from __future__ import annotations

from matchkit.model import AnyOf, Problem, Resource, SkillLevel
from matchkit.model.resource import SHARED_KINDS
from matchkit.model.skill import Need
from matchkit.model.text import key


def alternatives(need: Need) -> tuple[SkillLevel, ...]:
    """The skills of which one at its level is enough; a plain need has one."""
    return need.any_of if isinstance(need, AnyOf) else (need,)


class Lexicon:
    """Names by the word they stand for. A word is the key of a skill record's name, or of a name without a
    record.
    """

    def __init__(self, problem: Problem) -> None:
        self._keys: dict[str, str] = {}
        self._owner = {
            self.key(name): self.key(skill.name)
            for skill in problem.skills
            for name in (skill.name, *skill.aliases)
        }
        self._words: dict[str, str] = {}
        self._parents = {
            self.key(skill.name): tuple(sorted({self.word(name) for name in skill.parents}))
            for skill in problem.skills
        }
        self._above: dict[str, tuple[str, ...]] = {}

    def key(self, name: str) -> str:
        """What a name compares by; each spelling is worked out once."""
        found = self._keys.get(name)
        if found is None:
            found = self._keys[name] = key(name)
        return found

    def word(self, name: str) -> str:
        """The word a skill name stands for."""
        found = self._words.get(name)
        if found is None:
            spelt = self.key(name)
            found = self._words[name] = self._owner.get(spelt, spelt)
        return found

    def above(self, word: str) -> tuple[str, ...]:
        """The word itself and every broader one it counts as, sorted."""
        found = self._above.get(word)
        if found is None:
            seen, stack = {word}, [word]
            while stack:
                for parent in self._parents.get(stack.pop(), ()):
                    if parent not in seen:
                        seen.add(parent)
                        stack.append(parent)
            found = self._above[word] = tuple(sorted(seen))
        return found

    def declared(self, resource: Resource) -> dict[str, int]:
        """Word to level of every skill the resource declares, each once at its highest level."""
        found: dict[str, int] = {}
        for skill in resource.skills:
            word = self.word(skill.skill)
            found[word] = max(skill.level, found.get(word, 0))
        return found

    def held(self, declared: dict[str, int]) -> dict[str, int]:
        """Word to level of what is declared and of everything it counts as."""
        found: dict[str, int] = {}
        for word, level in declared.items():
            for broader in self.above(word):
                if level > found.get(broader, 0):
                    found[broader] = level
        return found

    def is_divisible(self, resource: Resource) -> bool:
        """As Resource.is_divisible, each kind's spelling worked out once."""
        return (
            self.key(resource.kind) in SHARED_KINDS
            if resource.divisible is None
            else resource.divisible
        )
