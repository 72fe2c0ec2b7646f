"""What crosses the border between the host and its worker process, and how.

Into the worker: the request and the problem, a thousand records at a time, so that sending a large problem
never keeps the host's other threads waiting. Out of it: frames of a kind, a length and a pickle; one that a
kill cut off is no frame.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable
from enum import IntEnum
from typing import IO, Any

from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.solving.request import Request

AT_ONCE = 1_000
"""Records that are pickled without a pause: some milliseconds."""
STOP = b"S"
"""The one word that the host says after the problem."""
HEAD = struct.Struct("!BQ")


class FrameKind(IntEnum):
    """What a frame from the worker holds."""

    PROGRESS = 1
    PLAN = 2
    """A verified plan; a better one may follow."""
    DONE = 3
    """The verified plan that solving ended with."""
    FAILED = 4
    """The error that solving ended with."""
    MEMORY = 5
    """Nothing: memory ran out."""


Frame = tuple[FrameKind, bytes]


def send(
    file: IO[bytes],
    request: Request,
    ends: float,
    problem: Problem,
    closing: Callable[[], bool],
) -> None:
    """Write a request, the moment (``time.time``) it ends, and its problem; give up where ``closing`` says
    so.
    """
    pickler = pickle.Pickler(file, 5)
    pickler.dump((request, ends, sorted(problem.model_fields_set)))
    for name in Problem.model_fields:
        value = getattr(problem, name)
        if not isinstance(value, tuple):
            pickler.dump((name, value))
            continue
        for begin in range(0, max(1, len(value)), AT_ONCE):
            if closing():
                return
            pickler.dump((name, value[begin : begin + AT_ONCE]))
    pickler.dump(None)
    file.flush()


@collector_at_rest()
def receive(file: IO[bytes]) -> tuple[Request, float, Problem]:
    """What ``send`` wrote. Records are not validated again: they were when they were made."""
    unpickler = pickle.Unpickler(file)  # noqa: S301 - the process that started this one wrote it
    request, ends, given = unpickler.load()
    fields: dict[str, Any] = {}
    while (part := unpickler.load()) is not None:
        name, value = part
        fields[name] = (
            fields.get(name, ()) + value if isinstance(value, tuple) else value
        )
    return request, ends, Problem.model_construct(set(given), **fields)


def write_frame(file: IO[bytes], kind: FrameKind, content: object = None) -> None:
    """Write one frame."""
    data = pickle.dumps(content, 5)
    file.write(HEAD.pack(kind, len(data)))
    file.write(data)
    file.flush()


def read_frame(file: IO[bytes]) -> Frame | None:
    """The next frame with its pickle; None where there is no further whole one."""
    head = file.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, length = HEAD.unpack(head)
    data = file.read(length)
    return (FrameKind(kind), data) if len(data) == length else None


@collector_at_rest()
def content(data: bytes) -> Any:
    """What a frame's pickle holds."""
    return pickle.loads(data)  # noqa: S301 - the process that this one started wrote it
