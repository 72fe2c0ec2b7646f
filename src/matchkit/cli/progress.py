"""Progress of long work on stderr: value and bound, in place on a terminal, else a line a second at most."""

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
"""Seconds between two plain lines."""


class ProgressStep(Protocol):
    """One progress report of a solve."""

    @property
    def phase(self) -> str:
        """The phase, as in "relax"."""

    @property
    def round(self) -> int:
        """Pricing passes so far."""

    @property
    def pairs(self) -> int:
        """Pairs in the engine."""

    @property
    def value(self) -> tuple[int, ...] | None:
        """Goal values of the best plan so far; None where there is none yet."""

    @property
    def bound(self) -> tuple[int, ...] | None:
        """Upper bounds of the goals; None where they are unknown."""

    @property
    def seconds(self) -> float:
        """Seconds since solving began."""

    @property
    def message(self) -> Message | None:
        """The phase as a sentence in any language, where it is one."""


def _goals(numbers: Sequence[int] | None, lang: Lang) -> str:
    if numbers is None:
        return text_of("progress.unknown", lang)
    return " / ".join(f"{number:,}" for number in numbers)


def _phase(step: ProgressStep, lang: Lang) -> str:
    """The name of a phase in the language; its own word where the catalogue has none."""
    if step.message is not None:
        return step.message.text(lang)
    key = f"progress.phase.{step.phase}"
    return text_of(key, lang) if key in templates(lang) else step.phase


def line(step: ProgressStep, lang: Lang = SOURCE) -> str:
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


class ProgressDisplay:
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

    def __call__(self, step: ProgressStep) -> None:
        """Show a step; without a terminal at most one a second, except "stop", which is always shown."""
        if self._status is not None:
            from rich.text import Text

            # as Text: an id in brackets is no markup
            self._status.update(Text(line(step, self._lang)))
            return
        now = time.monotonic()
        if now >= self._next or step.phase == "stop":
            self._next = now + EVERY
            sys.stderr.write(f"matchkit: {line(step, self._lang)}\n")
            sys.stderr.flush()
