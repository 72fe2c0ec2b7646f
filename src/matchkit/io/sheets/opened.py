"""Bytes of one file: looked at before it is opened, and never more of them than the limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from matchkit.errors import MatchkitError, StorageError
from matchkit.io.reading import shown
from matchkit.io.sheets.faults import refuse, too_large
from matchkit.io.sheets.limits import LARGEST_FILE


def opened(path: Path, most: int = LARGEST_FILE) -> bytes:
    """The bytes of a regular file that has at most so many, 200 MB where nothing is said.

    Raises InputError where it is missing or no file, BudgetError where it is too large, StorageError where it cannot be read.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would wait for ever, a device never end
            refuse("no_file", shown(path))
        if found.st_size > most:
            too_large("file", shown(path), size=found.st_size, most=most)
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        refuse("missing", shown(path))
    except OSError as error:
        raise unreadable(path, error) from None
    except MatchkitError:
        raise
    except ValueError:  # a null character in the name
        refuse("no_source", "")
    if len(content) > most:  # it may have grown meanwhile
        too_large("file", shown(path), size=len(content), most=most)
    return content


def unreadable(path: Path, error: OSError) -> StorageError:
    """The error about a file or folder that the system does not let us read."""
    reason = os.strerror(error.errno or 0)
    return StorageError(f"{shown(path)} cannot be read ({reason}). Check the file and the right to read it.")
