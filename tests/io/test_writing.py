"""A file is written whole or not at all, and what stood there before survives."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pinned
import pytest

from matchkit.errors import StorageError
from matchkit.messages.message import Message
from matchkit.model import Problem, Unit
from matchkit.tables.problems import read_problem, write_problem
from matchkit.tables.writing import write_bytes

OLD, NEW = (
    Problem(note="old"),
    Problem(note="new", units=[Unit(id=f"U{n}") for n in range(1_000)]),
)


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_problem(NEW, tmp_path / "p.json")
    assert stat.S_IMODE((tmp_path / "p.json").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "other").stat().st_mode
    )


def test_a_replaced_file_keeps_its_permissions_and_nothing_is_left_beside_it(
    tmp_path: Path,
) -> None:
    write_problem(OLD, tmp_path / "p.json")
    (tmp_path / "p.json").chmod(0o640)
    write_problem(NEW, tmp_path / "p.json")
    assert read_problem(tmp_path / "p.json") == NEW
    assert stat.S_IMODE((tmp_path / "p.json").stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["p.json"]


def test_a_link_goes_on_pointing_where_it_did(tmp_path: Path) -> None:
    write_problem(OLD, tmp_path / "real.json")
    (tmp_path / "link.json").symlink_to("real.json")
    write_problem(NEW, tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert read_problem(tmp_path / "real.json") == NEW


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path) -> None:
    # The system's own limit on the size of a file fails a write in the middle, as a full disk does.
    write_problem(OLD, tmp_path / "p.json")
    program = textwrap.dedent("""
        import resource, signal, sys
        from matchkit.errors import StorageError
        from matchkit.tables.problems import write_problem
        from matchkit.model import Problem, Unit
        problem = Problem(units=[Unit(id=f"U{n}") for n in range(10_000)])
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            write_problem(problem, sys.argv[1])
        except StorageError as error:
            print(error)
    """)
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "p.json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    told = pinned.text(
        "file.unwritable", name="p.json", reason=Message("file.unwritable.size")
    )
    assert done.stdout.strip() == told
    assert read_problem(tmp_path / "p.json") == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["p.json"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, pinned.text("file.unwritable.full")),
        (errno.EIO, "Input/output error"),
    ],
)
def test_an_error_at_the_last_moment_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    write_problem(OLD, tmp_path / "p.json")

    def full(handle: int) -> None:
        raise OSError(code, "the system's words")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(StorageError, match=words):
            write_problem(NEW, tmp_path / "p.json")
    assert read_problem(tmp_path / "p.json") == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["p.json"]


def test_a_program_killed_while_it_writes_leaves_a_file_that_can_be_read(
    tmp_path: Path,
) -> None:
    write_problem(OLD, tmp_path / "p.json")
    program = textwrap.dedent("""
        import sys
        from matchkit.tables.problems import write_problem
        from matchkit.model import Problem, Unit
        problems = [Problem(note="old"), Problem(note="new", units=[Unit(id=f"U{n}") for n in range(1_000)])]
        print("ready", flush=True)
        while True:
            for problem in problems:
                write_problem(problem, sys.argv[1])
    """)
    for delay in (0.01, 0.02, 0.03, 0.05, 0.08):
        with subprocess.Popen(
            [sys.executable, "-c", program, tmp_path / "p.json"], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(delay)
            writer.send_signal(signal.SIGKILL)
        assert read_problem(tmp_path / "p.json") in (OLD, NEW)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("no/p.json", pinned.text("file.unwritable.no_folder")),
        ("file/p.json", pinned.text("file.unwritable.in_file")),
        ("folder.json", pinned.text("file.unwritable.no_file")),
        ("\0.json", "this is not a possible name of a file"),
        ("x" * 300 + ".json", "its name is too long"),
    ],
)
def test_where_nothing_can_be_written_it_is_said_without_the_folders(
    tmp_path: Path, path: str, words: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(StorageError, match=words) as caught:
        write_problem(NEW, tmp_path / path)
    assert tmp_path.name not in str(caught.value)


def test_a_device_is_never_replaced() -> None:
    with pinned.raises(
        StorageError,
        "file.unwritable",
        name="null",
        reason=Message("file.unwritable.taken"),
    ):
        write_problem(NEW, os.devnull)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


WAITING = """
import os, sys, time
from matchkit.tables.writing import write_bytes
def fsync(number):
    print("writing", flush=True)
    time.sleep(600)
os.fsync = fsync
write_bytes(sys.argv[1], b"half")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs locks of POSIX")
def test_what_a_killed_write_left_is_removed_by_the_next_and_what_a_living_one_writes_is_not(
    tmp_path: Path,
) -> None:
    others = [
        tmp_path / name
        for name in (".matchkit-notes.tmp", ".matchkit-0123456789abcdef.tmp.txt")
    ]
    for other in others:
        other.write_bytes(b"of the user")
    (tmp_path / ".matchkit-00000000000000aa.tmp").mkdir()
    (tmp_path / ".matchkit-00000000000000bb.tmp").symlink_to(others[0])
    kept = set(tmp_path.iterdir())
    with subprocess.Popen(
        [sys.executable, "-c", WAITING, str(tmp_path / "plan.json")],
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        [half] = set(tmp_path.iterdir()) - kept
        write_bytes(tmp_path / "plan.json", b"one")
        assert half.exists()
        writer.kill()
    assert half.exists()
    write_bytes(tmp_path / "plan.json", b"two")
    assert set(tmp_path.iterdir()) == kept | {tmp_path / "plan.json"}
    assert (tmp_path / "plan.json").read_bytes() == b"two"


def test_a_write_whose_temporary_file_is_taken_away_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writer may see the file before it is locked and take it for one that was left."""
    synced = os.fsync
    taken: list[Path] = []

    def taking(number: int) -> None:
        if not taken:
            taken.extend(tmp_path.iterdir())
            taken[0].unlink()
        synced(number)

    monkeypatch.setattr(os, "fsync", taking)
    write_bytes(tmp_path / "plan.json", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]
    assert (tmp_path / "plan.json").read_bytes() == b"whole"
