"""Changes of a live plan before they are made: what they would bring, or why they cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from matchkit.answers.base import Answer
from matchkit.answers.changes import Change
from matchkit.answers.conflicts import Conflicts
from matchkit.answers.effects import Effect, goals_text
from matchkit.answers.live import LiveMoves
from matchkit.answers.recommend import Recommendations
from matchkit.messages.message import Lang, joined, text_of
from matchkit.model.base import Many
from matchkit.model.text import Name
from matchkit.model.time import Moment
from matchkit.plan.plan import Count


class LiveEvent(Answer):
    """Changes that are made as one; who asked for them, when and why, as the caller states it (None: not
    stated). Texts leave that out, as it may be personal.
    """

    changes: Many[Change]
    who: Name | None = None
    when: Moment | None = None
    why: Name | None = None

    def line(self, lang: Lang = "en") -> str:
        """The changes."""
        return joined([one.line(lang) for one in self.changes], lang, "semicolon")


class Proposal(Answer):
    """What an event would bring to a live plan. Nothing is done until the plan is told to ``apply`` it."""

    answer: Literal["proposal"] = "proposal"
    event: LiveEvent
    after: Count
    """How many events the plan had before it: after others it is to be proposed again."""
    goals: Effect = ()
    moves: LiveMoves | None = None
    """None: it cannot be made, as ``conflicts`` says."""
    conflicts: Conflicts | None = None
    alternatives: Many[Recommendations] = ()
    """For every requirement that a lock or forbid rule of the event names: who else, and at what cost."""

    def line(self, lang: Lang = "en") -> str:
        """The changes, and what they bring by goal."""
        changes = self.event.line(lang)
        if self.moves is None:
            return text_of("proposal.refused", lang, changes=changes)
        goals = goals_text(self.goals, lang)
        return text_of("proposal.line", lang, changes=changes, goals=goals)

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        facts = (self.moves, self.conflicts, *self.alternatives)
        yield from (one.text(lang) for one in facts if one is not None)
