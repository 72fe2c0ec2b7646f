"""Bytes of a file within a limit, with a check of the file before it is opened."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, NoReturn

from matchkit.errors import (
    BudgetError,
    InputError,
    MatchkitError,
    StorageError,
)
from matchkit.messages.message import Message
from matchkit.model.fault import path_of

LARGEST = 512 * 1024 * 1024
"""Most bytes of a file that is read, where nothing else is said."""


def shown(path: Path) -> str:
    """The name of a file as messages give it: without its folders, and nothing that a terminal would obey."""
    name = path.name or str(path)  # "." and "/" have no name
    return name if name.isprintable() else ascii(name)


def read_bytes(path: str | os.PathLike[str], suffix: str = ".json") -> bytes:
    """The bytes of a file of this kind, as ``opened`` gives them: at most 512 MB.

    Raises InputError where it is of another kind, and what ``opened`` raises.
    """
    path = path_of(path)
    if path.suffix.lower() != suffix:
        refuse_file("other_kind", path, suffix=suffix)
    return opened(path)


def opened(path: Path, most: int = LARGEST) -> bytes:
    """The bytes of a regular file that has at most so many.

    Raises InputError where it is missing or no file, BudgetError where it is too large, StorageError where it
    cannot be read.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(
            found.st_mode
        ):  # a pipe would wait for ever, a device never end
            refuse_file("none", path)
        check_size(path, found.st_size, most)
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        refuse_file("missing", path)
    except MatchkitError:
        raise
    except OSError as error:
        raise unreadable(path, error) from None
    except ValueError:  # a null character in the name
        refuse_file("no_name", path)
    check_size(path, len(content), most)  # it may have grown meanwhile
    return content


def check_size(path: Path, size: int, most: int) -> None:
    """Raise BudgetError where a file has more bytes than are read."""
    if size > most:
        raise BudgetError(
            Message.of("file.over", name=shown(path), size=size, most=most)
        ) from None


def refuse_file(key: str, path: Path, **values: Any) -> NoReturn:
    """Raise InputError with the message ``file.<key>`` and its advice about a file, without the error that
    led to it.
    """
    raise InputError.of(shown(path), f"file.{key}", **values) from None


def unreadable(path: Path, error: OSError) -> StorageError:
    """The error about a file or folder that the system does not let us read."""
    reason = os.strerror(error.errno or 0)
    return StorageError(Message.of("file.unreadable", name=shown(path), reason=reason))


def lottery_text(path: str | os.PathLike[str]) -> str:
    """The text of a published lottery in a file; a line end after it is no part of it. Raises as
    ``read_bytes``.
    """
    return read_bytes(path).decode("utf-8", "replace").rstrip("\r\n")
