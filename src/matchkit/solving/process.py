"""A worker process and the two threads that talk with it: one sends, one receives."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from matchkit.errors import WorkerError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.solving.protocol import STOP, Frame, read_frame, send
from matchkit.solving.request import Request

PROGRAM = """
import sys, types
sys.path[:] = sys.argv[2:]
package = sys.modules["matchkit"] = types.ModuleType("matchkit")
package.__path__ = [sys.argv[1]]
from matchkit.solving.child import main
main()
"""
"""A Python of its own rather than multiprocessing: the host's main module need not be one that can be
imported again.

The worker imports what solving needs; the package's own module would import all that people may ask for.
"""
PACKAGE = str(Path(__file__).parents[1])
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
}
"""One thread works and none multiplies matrices; what others would set aside counts against a limit on
address space.
"""
AHEAD = 2**24
"""Bytes that are pickled before the worker reads any: while it imports, a large problem is made ready."""
MOST_KEPT = 4_000
"""Most bytes of the worker's stderr that are kept, the last ones."""


class Process:
    """One worker. ``note`` is called with each of its frames, and with None when there will be no more."""

    def __init__(
        self,
        problem: Problem,
        request: Request,
        deadline: float,
        note: Callable[[Frame | None], None],
    ) -> None:
        """``deadline`` is a moment of ``time.monotonic``."""
        self.exit_code: int | None = None
        self.output = ""
        self._given = request, deadline, problem
        self._note = note
        self._words: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._closing = False
        self._errors: IO[bytes] | None = None
        self._popen: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start it. Raises WorkerError where the system refuses; ``end`` is due in any case."""
        if not sys.executable or getattr(sys, "frozen", False):
            raise WorkerError(Message("worker.no_python"))
        try:
            self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - end() closes it
            self._popen = popen = subprocess.Popen(  # noqa: S603 - this Python, and no word of the user's
                [
                    sys.executable,
                    "-c",
                    PROGRAM,
                    PACKAGE,
                    *(path for path in sys.path if isinstance(path, str)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                bufsize=AHEAD,
                env=os.environ | ONE_THREAD,
                start_new_session=True,  # the terminal's Ctrl-C is the host's alone
                creationflags=getattr(
                    subprocess, "CREATE_NEW_PROCESS_GROUP", 0
                ),  # the same on Windows
            )
            for work, pipe in ((self._send, popen.stdin), (self._listen, popen.stdout)):
                thread = threading.Thread(
                    target=work, args=(pipe,), name="matchkit worker", daemon=True
                )
                thread.start()
                self._threads.append(thread)
        except (OSError, RuntimeError) as error:  # RuntimeError: no further thread
            raise WorkerError(
                Message.of("worker.not_started", reason=str(error))
            ) from error

    def ask_to_stop(self) -> None:
        """Tell the worker to hand over what it has."""
        self._words.put(STOP)

    def end(self) -> None:
        """End the process, its threads and its files, whatever state they are in."""
        self._closing = True
        self._words.put(None)
        if self._popen is not None:
            self._popen.kill()
            self.exit_code = self._popen.wait()
            for thread in self._threads:
                thread.join()
            for pipe in (self._popen.stdin, self._popen.stdout):
                with contextlib.suppress(
                    OSError
                ):  # what is still unsent has nobody to go to
                    if pipe is not None:
                        pipe.close()
        if self._errors is not None:
            size = self._errors.seek(0, os.SEEK_END)
            self._errors.seek(max(0, size - MOST_KEPT))
            self.output = self._errors.read().decode("utf-8", "replace")
            self._errors.close()

    def _send(self, worker: IO[bytes]) -> None:
        request, deadline, problem = self._given
        with contextlib.suppress(OSError):  # the worker is gone; the listener says so
            send(
                worker,
                request,
                time.time() + deadline - time.monotonic(),
                problem,
                lambda: self._closing,
            )
            while (word := self._words.get()) is not None:
                worker.write(word)
                worker.flush()

    def _listen(self, worker: IO[bytes]) -> None:
        while (frame := read_frame(worker)) is not None:
            self._note(frame)
        self._note(None)
