"""Bytes of a file on the way in: bounded before it is opened."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NoReturn

from matchkit.errors import BudgetError, Complaint, InputError, StorageError

LARGEST = 512 * 1024 * 1024
"""Most bytes of a file that is read."""


def shown(path: Path) -> str:
    """The name of a file as messages give it: without its folders, and nothing that a terminal would obey."""
    name = path.name or "the given path"
    return name if name.isprintable() else ascii(name)


def _refuse(path: Path, fact: str, advice: str) -> NoReturn:
    raise InputError([Complaint(shown(path), fact, advice)])


def read_bytes(path: str | os.PathLike[str], suffix: str = ".json") -> bytes:
    """The bytes of a regular file of at most 512 MB, whose size is looked at before it is opened.

    Raises InputError where it is missing, no file or of another kind, BudgetError where it is too large and
    StorageError where it cannot be read.
    """
    path = Path(path)
    if path.suffix.lower() != suffix:
        _refuse(path, f"does not end in {suffix}", f"Give a {suffix} file")
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would wait for ever, a device never end
            _refuse(path, "is not a file", "Name a file")
        if found.st_size <= LARGEST:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
            if len(content) <= LARGEST:  # it may have grown meanwhile
                return content
    except (FileNotFoundError, NotADirectoryError):
        _refuse(path, "does not exist", "Check the name and the folder")
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise StorageError(f"{shown(path)} cannot be read ({reason}). Check the file and the right to read it.") from None
    except InputError:
        raise
    except ValueError:  # a null character in the name
        _refuse(path, "is not a possible name of a file", "Check the name")
    raise BudgetError(f"{shown(path)} holds more than {LARGEST:,} bytes, the most that is read. Split the problem.")
