"""Progress: value and bound on stderr, at most a line a second, and in place where stderr is a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pinned
import pytest

from matchkit.cli import progress
from matchkit.cli.progress import ProgressDisplay, line
from matchkit.messages.message import Message


class Step(NamedTuple):
    phase: str = "match"
    round: int = 2
    pairs: int = 187_000
    value: tuple[int, ...] | None = (12, 3_456)
    bound: tuple[int, ...] | None = (12, 4_000)
    seconds: float = 2.14
    message: Message | None = None


def test_a_step_shows_value_and_bound_goal_by_goal() -> None:
    assert (
        line(Step())
        == "2.1 s  match, round 2, 187,000 pairs; value 12 / 3,456; bound 12 / 4,000"
    )


def test_a_step_without_numbers_shows_its_phase() -> None:
    assert (
        line(Step(phase="compile", pairs=0, value=None, bound=None)) == "2.1 s  compile"
    )
    assert line(Step(bound=None)).endswith("bound unknown")


def test_steps_are_shown_in_the_language_of_the_command() -> None:
    step = "2.1 秒  匹配，第 2 轮，187,000 对；值 12 / 3,456；上界 未知"
    assert line(Step(bound=None), "zh") == step
    assert line(Step(phase="compile", pairs=0, value=None), "zh") == "2.1 秒  编译"
    assert line(Step(phase="stop"), "zh") == pinned.text(
        "progress.stopping", "zh", seconds="2.1"
    )
    assert (
        line(Step(phase="polish", pairs=0, value=None), "zh") == "2.1 秒  polish"
    )  # of another engine
    closed = Message.of(
        "outcome.closed", label="share", unit="U", community="C", least=4, most=3
    )
    assert (
        line(Step(closed.text(), 0, 0, None, message=closed), "zh")
        == f"2.1 秒  {closed.text('zh')}"
    )


def test_plain_lines_come_at_most_once_a_second(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = iter([10.0, 10.2, 10.9, 11.0, 11.5, 12.1])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(moments))
    with ProgressDisplay() as shown:
        for number in range(6):
            shown(Step(round=number))
    told = capsys.readouterr()
    assert told.out == ""
    assert [text.split("round ")[1][0] for text in told.err.splitlines()] == [
        "0",
        "3",
        "5",
    ]


def test_on_a_terminal_it_is_shown_in_place_and_stdout_stays_the_result(
    problem: Path, tmp_path: Path
) -> None:
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-W",
        "error",
        "-c",
        "from matchkit.cli import main; main()",
        "solve",
        str(problem),
        "-o",
        "plan.json",
    ]
    env = {**os.environ, "TERM": "xterm"}
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=env,
        stdout=subprocess.PIPE,
        stderr=theirs,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    told = os.read(ours, 100_000)
    os.close(ours)
    assert done.returncode == 0, told
    assert b"\x1b[" in told
    assert b"\x1b" not in done.stdout
    assert b"proven optimal" in done.stdout
