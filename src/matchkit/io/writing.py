"""Bytes of a file on the way out: all or nothing."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from pathlib import Path

from matchkit.errors import StorageError
from matchkit.io.given import path_of
from matchkit.io.reading import shown

_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space",
    errno.EDQUOT: "the quota is used up; free some space",
    errno.EFBIG: "it would be too large for this disk; write elsewhere",
    errno.ENOENT: "its folder does not exist; make the folder first",
    errno.ENOTDIR: "its folder is not a folder; name another place",
    errno.EEXIST: "a file of that name is in the way; name another place",
    errno.EISDIR: "it is not a file; name a file",
    errno.EACCES: "it may not be written; ask for the right or write elsewhere",
    errno.EPERM: "it may not be written; ask for the right or write elsewhere",
    errno.EROFS: "the disk is read-only; write elsewhere",
    errno.ENAMETOOLONG: "its name is too long; give a shorter one",
    errno.EINVAL: "this is not a possible name of a file; check the name",
}


def _unwritable(path: Path, code: int) -> StorageError:
    reason = _ADVICE.get(code, f"{os.strerror(code)}; write elsewhere")
    return StorageError(f"{shown(path)} cannot be written: {reason}. What stood there before is untouched.")


def check_writable(path: str | os.PathLike[str]) -> Path:
    """The file that ``path`` stands for, links followed. Raises StorageError where none can be put there.

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
    An existing file keeps its permissions; a link keeps pointing where it does. Raises StorageError.
    """
    target = check_writable(path)
    temporary = target.parent / f".matchkit-{secrets.token_hex(8)}.tmp"
    try:
        try:
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(Path(path), error.errno or 0) from None


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
