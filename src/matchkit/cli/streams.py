"""Standard output and standard error of the command line."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn

from matchkit.tables.writing import unwritable_output


class Output(TextIOWrapper):
    """Standard output; StorageError where it cannot be written, once: after that nothing of it is kept."""

    def write(self, text: str, /) -> int:
        """Write a text."""
        try:
            return super().write(text)
        except OSError as error:
            self._give_up(error)

    def flush(self) -> None:
        """Write what waits."""
        try:
            super().flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> NoReturn:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), self.fileno()
        )  # what still waits goes there when Python ends
        raise unwritable_output(error) from None


class Messages(TextIOWrapper):
    """Standard error: where it cannot be written, work goes on without its messages."""

    def write(self, text: str, /) -> int:
        """Write a text."""
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Write what waits."""
        with suppress(OSError):
            super().flush()


def take_streams() -> None:
    """Put these in the place of Python's own. Names may be in any script: what a terminal cannot show does
    not end the program.
    """
    for name, kind in (("stdout", Output), ("stderr", Messages)):
        stream = getattr(sys, name)
        if (
            stream is None
        ):  # closed: a file that may only be read refuses, as a closed one would
            setattr(sys, name, kind(os.fdopen(os.open(os.devnull, os.O_RDONLY), "wb"), "utf-8"))
        elif isinstance(stream, TextIOWrapper):
            setattr(
                sys,
                name,
                kind(
                    stream.buffer,
                    stream.encoding,
                    "backslashreplace",
                    line_buffering=stream.line_buffering,
                ),
            )
