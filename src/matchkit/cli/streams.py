"""Standard output and standard error that report, or survive, a failure to write."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn

from matchkit.tables.writing import unwritable_output


class Output(TextIOWrapper):
    """Standard output. Raises StorageError once where it cannot be written, and discards all that follows."""

    def write(self, text: str, /) -> int:
        """Write a text."""
        try:
            return super().write(text)
        except OSError as error:
            self._give_up(error)

    def flush(self) -> None:
        """Write what is buffered."""
        try:
            super().flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> NoReturn:
        # what is still buffered goes there when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
        raise unwritable_output(error) from None


class Messages(TextIOWrapper):
    """Standard error. A failure to write is ignored: work goes on without the message."""

    def write(self, text: str, /) -> int:
        """Write a text."""
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is buffered."""
        with suppress(OSError):
            super().flush()


def take_streams() -> None:
    """Replace ``sys.stdout`` and ``sys.stderr``. Letters that the terminal cannot show are escaped."""
    for name, kind in (("stdout", Output), ("stderr", Messages)):
        stream = getattr(sys, name)
        if (
            stream is None
        ):  # closed: a file opened for reading refuses writes, as a closed one would
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
