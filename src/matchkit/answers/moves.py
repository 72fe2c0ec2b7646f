"""The moves between two plans, as paths that begin at what caused them: docs/explanations.md, Causes of
moves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from matchkit.answers.base import Answer, listed
from matchkit.answers.effects import GoalChange, goals_text
from matchkit.answers.pairs import Filled, Move, Positive
from matchkit.answers.pairs_text import filled_text, move_text
from matchkit.answers.reasons import Reason
from matchkit.messages import spans
from matchkit.messages.message import Lang, joined, text_of
from matchkit.model.base import Many, Record
from matchkit.model.text import Id, Label
from matchkit.model.time import Moment, Zone

EventKind = Literal[
    "resource_gone",
    "requirement_gone",
    "requirement_new",
    "resource_new",
    "resource_less",
    "requirement_less",
    "requirement_more",
    "resource_more",
    "not_eligible",
    "eligible",
    "lock_new",
    "lock_gone",
    "unit_less",
    "community_less",
    "unit_more",
    "community_more",
    "requirement_changed",
    "resource_changed",
    "rule_new",
    "rule_gone",
]
"""What changed between two problems, in the order in which paths begin at it."""
PathKind = Literal["event", "better", "worth", "tied", "none"]
PATH_KINDS: tuple[PathKind, ...] = get_args(PathKind)


class Event(Record):
    """What changed from one problem to the other, and the records concerned.

    ``before`` and ``after`` are units: a capacity, what is wanted, or the smallest cap (None: no cap).
    ``reasons`` say why a pair is not eligible now; of one that is, why it was not.
    """

    kind: EventKind
    resource: Id | None = None
    requirement: Id | None = None
    unit: Id | None = None
    community: Id | None = None
    rule: Label | None = None
    before: int | None = None
    after: int | None = None
    reasons: Many[Reason] = ()

    def line(self, lang: Lang = "en") -> str:
        """What changed, in words."""
        none = text_of("event.no_cap", lang)
        limits = {
            name: none if value is None else value
            for name, value in (("before", self.before), ("after", self.after))
        }
        lines = [reason.line(lang) for reason in self.reasons]
        values = {**dict(self), **limits, "reasons": joined(lines, lang, "semicolon")}
        return text_of(f"event.{self.kind}", lang, **values)


class PathMove(Move):
    """A move of a path. ``through`` is what ties it to a move before: the requirement that one takes and the
    other leaves, or a full unit or community; None: only spare capacity does.
    """

    through: Id | None = None
    link: Literal["requirement", "unit", "community", "demand"] | None = None
    start_before: Moment | None = None
    """When what it leaves begins, where that is flexible."""
    start_after: Moment | None = None


class MovePath(Answer):
    """Moves that follow from each other, ``quantity`` units along all of them.

    It begins at the first of ``events``. Where it has none, ``kind`` says whether the plan before was not the
    best (``better``), goals count something else than before (``worth``), rules over many pairs tie it to
    other moves (``tied``) or there is no cause (``none``); ``gain`` is then what undoing one unit of it alone
    would take from the plan after.
    """

    kind: PathKind
    events: Many[Event] = ()
    quantity: Positive
    moves: Many[PathMove]
    filled: Many[Filled] = ()
    """Requirements that have more or less by it."""
    gain: Many[GoalChange] = ()
    zone: Zone | None = None

    def cause(self, lang: Lang = "en") -> str:
        """What the path begins at, in words."""
        if self.events:
            return joined([one.line(lang) for one in self.events], lang, "semicolon")
        return text_of(f"path.{self.kind}", lang, gain=goals_text(self.gain, lang))

    def line(self, lang: Lang = "en") -> str:
        """The cause, and every move in order."""
        parts = [self.move_line(move, lang) for move in self.moves]
        parts += [filled_text(entry, lang) for entry in self.filled]
        values = {"cause": self.cause(lang), "moves": joined(parts, lang, "semicolon")}
        return text_of("path.line", lang, **values)

    def move_line(self, move: PathMove, lang: Lang) -> str:
        """A move in words, with the starts of what is flexible, and the cap that ties it to another."""
        text, starts = move_text(move, lang), (move.start_before, move.start_after)
        if any(starts):
            none = text_of("comparison.none", lang)
            at = [(one and spans.moment(one, self.zone)) or none for one in starts]
            values = {"pair": text, "before": at[0], "after": at[1]}
            text = text_of("comparison.pair_start", lang, **values)
        if move.link in (None, "requirement"):
            return text
        key = f"path.through_{move.link}"
        return text_of(key, lang, move=text, through=move.through)


def paths_text(paths: Sequence[MovePath], lang: Lang) -> Iterator[str]:
    """How many moves have which cause, and the first paths."""
    if not paths:
        yield text_of("path.no_moves", lang)
        return
    counts = Counter[PathKind]()
    for path in paths:
        counts[path.kind] += path.quantity * len(path.moves)
    moves = sum(counts.values())
    yield text_of("path.head", lang, moves=moves, paths=len(paths))
    for kind in filter(counts.get, PATH_KINDS):
        yield text_of(f"path.count_{kind}", lang, count=counts[kind])
    yield from listed(paths, MovePath.line, lang)
