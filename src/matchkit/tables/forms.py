"""In which form something is written: what its name says and what is asked for must not contradict each
other.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from matchkit.errors import InputError
from matchkit.messages.message import Unshortened
from matchkit.tables.given import not_among, path_of
from matchkit.tables.reading import refuse_file

Form = TypeVar("Form", bound=str)

TABLES: Final = (".csv", ".parquet", ".xlsx")
"""Endings of the files of a folder that are read as its tables."""
ENDINGS: Final = frozenset({".csv", ".graphml", ".json", ".parquet", ".xlsx"})
"""Endings that stand for one form; nothing of another form gets such a name."""


def form_of(
    path: str | os.PathLike[str],
    form: Form | None,
    files: Mapping[str, Form],
    folders: Sequence[Form],
) -> Form:
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
        told = files.get(ending) or (folders[0] if not ending or _is_folder(path) else None)
        return (
            told
            if told is not None
            else refuse_file("ending", path, endings=Unshortened(files))
        )
    if form not in (*files.values(), *folders):
        raise InputError(not_among("format", form, (*files.values(), *folders)))
    if (
        ending in ENDINGS
        and files.get(ending) != form
        and not (form in folders and _is_folder(path))
    ):
        refuse_file(
            "one_file" if form in folders else "other_form", path, ending=ending, form=form
        )
    return form


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # too long a name, a null character: writing says why
        return False
