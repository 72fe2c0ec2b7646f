"""Bytes of a file on the way out: all or nothing, and never over an input."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

from matchkit.errors import StorageError
from matchkit.messages.message import Message
from matchkit.tables.forms import TABLES
from matchkit.tables.given import path_of
from matchkit.tables.reading import refuse_file, shown

_INPUTS: ContextVar[tuple[Path, ...]] = ContextVar("_INPUTS", default=())
_LEFT_OVER: Final = re.compile(r"\.matchkit-[0-9a-f]{16}\.tmp")
"""Names of temporary files."""
_ATTEMPTS: Final = 3

_REASONS = {
    errno.ENOSPC: "file.unwritable.full",
    errno.EDQUOT: "file.unwritable.quota",
    errno.EFBIG: "file.unwritable.size",
    errno.ENOENT: "file.unwritable.no_folder",
    errno.ENOTDIR: "file.unwritable.in_file",
    errno.EEXIST: "file.unwritable.taken",
    errno.EISDIR: "file.unwritable.no_file",
    errno.EACCES: "file.unwritable.right",
    errno.EPERM: "file.unwritable.right",
    errno.EROFS: "file.unwritable.read_only",
    errno.ENAMETOOLONG: "file.unwritable.long",
    errno.EPIPE: "file.unwritable.pipe",
    errno.EINVAL: "file.unwritable.name",
}


def _unwritable(path: Path, code: int) -> StorageError:
    return StorageError(Message.of("file.unwritable", name=shown(path), reason=_reason(code)))


def unwritable_output(error: OSError) -> StorageError:
    """The error about a standard output that cannot be written."""
    return StorageError(Message.of("file.unwritable.output", reason=_reason(error.errno or 0)))


def _reason(code: int) -> Message:
    """What is in the way, and what to do."""
    if code in _REASONS:
        return Message(_REASONS[code])
    return Message.of("file.unwritable.other", reason=os.strerror(code))


@contextmanager
def keeping(inputs: Iterable[Path]) -> Iterator[None]:
    """While it is entered, nothing is written over these files, and no table into these folders, by whatever
    name or link.

    ``check_writable`` refuses it.
    """
    before = _INPUTS.set(tuple(inputs))
    try:
        yield
    finally:
        _INPUTS.reset(before)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one of them is not there
        return False


def check_writable(path: str | os.PathLike[str]) -> Path:
    """The file that ``path`` stands for, links followed.

    Raises StorageError where none can be put there, InputError over an input, and for a table in a folder
    whose tables are an input.

    Ask before long work what would else be told only after it.
    """
    path = path_of(path)
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            raise _unwritable(path, errno.EISDIR)
        if not target.parent.is_dir():
            raise _unwritable(path, errno.ENOTDIR if target.parent.exists() else errno.ENOENT)
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise _unwritable(path, errno.EACCES)
    except StorageError:
        raise
    except OSError as error:
        raise _unwritable(path, error.errno or 0) from None
    except ValueError:  # a null character in the name
        raise _unwritable(path, errno.EINVAL) from None
    if kept := next((one for one in _INPUTS.get() if _same(target, one)), None):
        refuse_file("is_input", path, name=shown(kept))
    if target.suffix.lower() in TABLES and (
        kept := next((one for one in _INPUTS.get() if _same(target.parent, one)), None)
    ):
        refuse_file("in_input", path, name=shown(kept))
    return target


def make_folder(path: str | os.PathLike[str]) -> None:
    """Make a folder, with those above it, where it is missing. Raises StorageError."""
    path = path_of(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error.errno or 0) from None
    except ValueError:  # a null character in the name
        raise _unwritable(path, errno.EINVAL) from None


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Put ``content`` at ``path`` whole or not at all: a temporary file beside it, fsync, then one rename.

    A reader sees the old file or the new one, also when the program is killed or the disk fills up meanwhile.
    An existing file keeps its permissions; a link keeps pointing where it does. Temporary files that killed
    writers left in the folder are removed. Raises StorageError, and InputError over an input.
    """
    target = check_writable(path)
    try:
        _remove_left_over(target.parent)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                _put(target, content)
                break
            # Another writer took the temporary file for one left over, between its making and its lock.
            except FileNotFoundError:
                if attempt == _ATTEMPTS or not target.parent.is_dir():
                    raise
        _sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(Path(path), error.errno or 0) from None


def _put(target: Path, content: bytes) -> None:
    temporary = target.parent / f".matchkit-{secrets.token_hex(8)}.tmp"
    try:
        with temporary.open("xb") as file:
            if fcntl is not None:
                with suppress(OSError):  # some file systems know no locks
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _remove_left_over(folder: Path) -> None:
    """Remove the temporary files in a folder that no living writer holds locked; where there are no locks,
    none.
    """
    if fcntl is None:
        return
    with suppress(OSError):  # a folder that may be written and not listed
        with os.scandir(folder) as entries:
            found = [
                Path(entry)
                for entry in entries
                if _LEFT_OVER.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
            ]
        for path in found:
            with (
                suppress(OSError),
                path.open("rb") as file,
            ):  # held by its writer, gone meanwhile, or somebody else's
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()


def _sync_folder(folder: Path) -> None:
    # Makes the rename itself outlast a loss of power, on systems where a folder can be synced.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some file systems know no fsync of a folder
            raise
    finally:
        os.close(handle)
