"""What crosses the border between host and worker arrives as it was sent, and what was cut off is nothing."""

from __future__ import annotations

import io
import pickle
from types import SimpleNamespace

import pytest

import matchkit as mk
from matchkit.errors import StoppedError
from matchkit.messages.message import Message
from matchkit.solving import child
from matchkit.solving.protocol import (
    AT_ONCE,
    FrameKind,
    content,
    read_frame,
    receive,
    send,
    write_frame,
)
from matchkit.solving.request import Request

REQUEST = Request("auto", 7, 0.25, mk.Budget(records=9), 60.0, limited=True)


def of_size(resources: int) -> mk.Problem:
    return mk.Problem(
        units=[mk.Unit(id="U")],
        resources=[
            mk.Resource(id=f"R{number}", unit="U") for number in range(resources)
        ],
        note="kept",
        zone="Asia/Shanghai",
    )


@pytest.mark.parametrize("size", [0, 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
def test_a_problem_of_any_size_arrives_whole(size: int) -> None:
    file, problem = io.BytesIO(), of_size(size)
    send(file, REQUEST, 12.5, problem, lambda: False)
    file.seek(0)
    request, ends, found = receive(file)
    assert (request, ends) == (REQUEST, 12.5)
    assert found == problem
    assert found.model_fields_set == problem.model_fields_set


def test_who_closes_while_a_problem_is_sent_is_sent_no_more_of_it() -> None:
    """Asked before every thousand records; the first three lists before that of resources are one each."""
    file, asked = io.BytesIO(), []

    def closing() -> bool:
        asked.append(file.tell())
        return len(asked) > 4

    send(file, REQUEST, 0.0, of_size(3 * AT_ONCE), closing)
    assert len(asked) == 5
    whole = io.BytesIO()
    send(whole, REQUEST, 0.0, of_size(3 * AT_ONCE), lambda: False)
    assert 0 < len(file.getvalue()) < len(whole.getvalue()) * 0.9
    file.seek(0)
    with pytest.raises(EOFError):
        receive(file)


def test_frames_arrive_in_order_with_their_kind_and_content() -> None:
    file = io.BytesIO()
    for kind in FrameKind:
        write_frame(file, kind, {"kind": int(kind)})
    write_frame(file, FrameKind.MEMORY)
    file.seek(0)
    for kind in FrameKind:
        found = read_frame(file)
        assert found is not None
        assert (found[0], content(found[1])) == (kind, {"kind": int(kind)})
    last = read_frame(file)
    assert last is not None and content(last[1]) is None
    assert read_frame(file) is None


def test_a_frame_that_is_cut_off_anywhere_is_none() -> None:
    file = io.BytesIO()
    write_frame(file, FrameKind.PLAN, "a plan")
    text = file.getvalue()
    assert all(read_frame(io.BytesIO(text[:end])) is None for end in range(len(text)))
    assert read_frame(io.BytesIO(text)) == (FrameKind.PLAN, pickle.dumps("a plan", 5))


class _EndedError(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize(
    ("error", "notes"),
    [
        (ValueError("wrong"), ["In the worker process:\nTraceback"]),
        (StoppedError(Message("stopped.search")), []),
    ],
)
def test_only_an_error_that_is_a_defect_brings_the_traceback_of_its_worker(
    monkeypatch: pytest.MonkeyPatch, error: Exception, notes: list[str]
) -> None:
    answers = io.BytesIO()

    def serve(*_: object) -> None:
        raise error

    def end(code: int) -> None:
        raise _EndedError(code)

    monkeypatch.setattr(child, "_stdout_alone", lambda: answers)
    monkeypatch.setattr(child, "_serve", serve)
    monkeypatch.setattr(child.sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
    monkeypatch.setattr(child.os, "_exit", end)
    with pytest.raises(_EndedError):
        child.main()
    answers.seek(0)
    frame = read_frame(answers)
    assert frame is not None and frame[0] == FrameKind.FAILED
    found = content(frame[1])
    assert type(found) is type(error)
    said = [
        note[: len("In the worker process:\nTraceback")]
        for note in getattr(found, "__notes__", [])
    ]
    assert said == notes
