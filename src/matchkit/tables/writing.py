"""Files on the way out: in which form, which the name and what is asked for must agree on; then all or
nothing, and never over an input.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Final, TypeVar

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

from matchkit.errors import InputError, StorageError
from matchkit.messages.message import Message, Unshortened
from matchkit.model.fault import not_among, path_of
from matchkit.tables.reading import refuse_file, shown

FormatName = TypeVar("FormatName", bound=str)

TABLES: Final = (".csv", ".parquet", ".xlsx")
"""Endings of the files of a folder that are read as its tables."""
ENDINGS: Final = frozenset({".csv", ".graphml", ".json", ".parquet", ".xlsx"})
"""Endings that stand for one form; nothing of another form gets such a name."""

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


def form_of(
    path: str | os.PathLike[str],
    form: FormatName | None,
    files: Mapping[str, FormatName],
    folders: Sequence[FormatName],
) -> FormatName:
    """The form for this path: ``form``, or where it is None what the name says.

    ``files`` are the forms of a single file by their endings. ``folders`` are those of a folder of files, the
    first of them where nothing says which: for an existing folder, or a name without an ending. Nothing is
    looked at but whether there is a folder.

    Raises InputError for an ending that stands for no form, a form that is none, and a form that does not fit
    the name.
    """
    path = path_of(path)
    ending = path.suffix.lower()
    if form is None:
        found = files.get(ending) or (
            folders[0] if not ending or _is_folder(path) else None
        )
        return found or refuse_file("ending", path, endings=Unshortened(files))
    InputError.raise_if(not_among("format", form, (*files.values(), *folders)))
    if (
        ending in ENDINGS
        and files.get(ending) != form
        and not (form in folders and _is_folder(path))
    ):
        refuse_file(
            "one_file" if form in folders else "other_form",
            path,
            ending=ending,
            form=form,
        )
    return form


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # too long a name, a null character: writing says why
        return False


@contextmanager
def _as_unwritable(path: Path) -> Iterator[None]:
    """Raises StorageError, which says what is in the way, for an error of the system within it."""
    try:
        yield
    except (OSError, ValueError) as error:
        # ValueError: a null character in the name.
        code = (error.errno or 0) if isinstance(error, OSError) else errno.EINVAL
        name, reason = shown(path), _reason(code)
        raise StorageError(
            Message.of("file.unwritable", name=name, reason=reason)
        ) from None


def unwritable_output(error: OSError) -> StorageError:
    """The error about a standard output that cannot be written."""
    return StorageError(
        Message.of("file.unwritable.output", reason=_reason(error.errno or 0))
    )


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
    with _as_unwritable(path):
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            raise OSError(errno.EISDIR, "")
        if not target.parent.is_dir():
            raise OSError(errno.ENOTDIR if target.parent.exists() else errno.ENOENT, "")
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise OSError(errno.EACCES, "")
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
    with _as_unwritable(path):
        path.mkdir(parents=True, exist_ok=True)


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Put ``content`` at ``path`` whole or not at all: a temporary file beside it, fsync, then one rename.

    A reader sees the old file or the new one, also when the program is killed or the disk fills up meanwhile.
    An existing file keeps its permissions; a link keeps pointing where it does. Temporary files that killed
    writers left in the folder are removed. Raises StorageError, and InputError over an input.
    """
    target = check_writable(path)
    with _as_unwritable(Path(path)):
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
                if _LEFT_OVER.fullmatch(entry.name)
                and entry.is_file(follow_symlinks=False)
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
