"""What long work shows on stderr: the current value and bound, in place on a terminal, else a line a
second.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from matchkit.messages.message import SOURCE, Lang, Message, templates, text_of

if TYPE_CHECKING:
    from rich.status import Status

EVERY = 1.0
"""Least seconds between two plain lines."""


class Step(Protocol):
    """What solving reports while it works."""

    @property
    def phase(self) -> str:
        """What is being done."""

    @property
    def round(self) -> int:
        """How often pairs were priced so far."""

    @property
    def pairs(self) -> int:
        """How many pairs the engine was given."""

    @property
    def value(self) -> tuple[int, ...] | None:
        """What the plan so far reaches, goal by goal; None where there is none yet."""

    @property
    def bound(self) -> tuple[int, ...] | None:
        """What no plan can exceed, goal by goal; None where it is unknown."""

    @property
    def seconds(self) -> float:
        """Time since solving began."""

    @property
    def message(self) -> Message | None:
        """The phase where it is a sentence, for any language."""


def _goals(numbers: Sequence[int] | None, lang: Lang) -> str:
    if numbers is None:
        return text_of("progress.unknown", lang)
    return " / ".join(f"{number:,}" for number in numbers)


def _phase(step: Step, lang: Lang) -> str:
    """What a phase is called; one that the catalogue does not name, by its own word."""
    if step.message is not None:
        return step.message.text(lang)
    key = f"progress.phase.{step.phase}"
    return text_of(key, lang) if key in templates(lang) else step.phase


def line(step: Step, lang: Lang = SOURCE) -> str:
    """One step as text; value and bound goal by goal, the first goal first."""
    if step.phase == "stop":
        return text_of("progress.stopping", lang, seconds=step.seconds)
    phase = _phase(step, lang)
    if step.pairs == 0 and step.value is None:
        return text_of("progress.begun", lang, seconds=step.seconds, phase=phase)
    return text_of(
        "progress.step",
        lang,
        seconds=step.seconds,
        phase=phase,
        round=step.round,
        pairs=step.pairs,
        value=_goals(step.value, lang),
        bound=_goals(step.bound, lang),
    )


class Progress:
    """Shows steps while it is entered. Call it with each step; it decides what to show."""

    def __init__(self, lang: Lang = SOURCE) -> None:
        self._lang = lang
        self._status: Status | None = None
        self._next = 0.0

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("matchkit")
            self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def __call__(self, step: Step) -> None:
        """Show a step, or pass it over where the last one was shown less than a second ago; never that Ctrl-C
        was heard.
        """
        if self._status is not None:
            from rich.text import Text

            self._status.update(
                Text(line(step, self._lang))
            )  # as text: an id in brackets is no markup
            return
        now = time.monotonic()
        if now >= self._next or step.phase == "stop":
            self._next = now + EVERY
            sys.stderr.write(f"matchkit: {line(step, self._lang)}\n")
            sys.stderr.flush()
