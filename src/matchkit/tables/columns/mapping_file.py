"""Mapping files: TOML to a mapping, with every fault of the file at once."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message
from matchkit.tables.columns.mapping import TableMappings
from matchkit.tables.columns.mapping_checks import Checked
from matchkit.tables.reading import read_bytes, shown

LARGEST: Final = 1_000_000
"""Most bytes of a mapping file."""
DEEPEST: Final = 100
"""Most points in a line outside of texts: Python's reader of TOML takes a time that grows with the square of
them.
"""

_TEXTS = re.compile(r"""\"(?:[^"\\\n]|\\.)*+\"|'[^'\n]*+'""")


def read_mapping(
    source: str | os.PathLike[str] | Mapping[str, Any] | TableMappings | None,
) -> TableMappings:
    """The mapping in a .toml file, or in a dictionary of the same form; None is one that says nothing.

    Raises InputError, which lists every fault, BudgetError for a file of more than 1 MB and StorageError
    where it cannot be read.
    """
    if source is None:
        return TableMappings()
    if isinstance(source, TableMappings):
        return source
    if isinstance(source, Mapping):
        return Checked("mapping").whole(source)
    if not isinstance(source, str | os.PathLike):
        raise _refused("mapping", "mapping.no_source", "mapping.give_file")
    name = shown(Path(source))
    content = read_bytes(source, ".toml")
    if len(content) > LARGEST:
        raise _refused(name, "mapping.large", "mapping.split", most=LARGEST)
    try:
        text = content.decode("utf-8-sig")
        if any(line.count(".") > DEEPEST for line in _TEXTS.sub("", text).splitlines()):
            raise RecursionError
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        raise _refused(name, "mapping.no_utf8", "mapping.save_utf8") from None
    except RecursionError:
        raise _refused(name, "mapping.deep", "mapping.flatter") from None
    except tomllib.TOMLDecodeError as error:
        error_text = (
            str(error) if str(error).isascii() and str(error).isprintable() else ""
        )
        raise _refused(
            name, "mapping.no_toml", "mapping.fix", error=error_text[:200]
        ) from None
    except ValueError:  # a number with more digits than Python reads
        raise _refused(name, "mapping.digits", "mapping.fewer_digits") from None
    return Checked(name).whole(data)


def _refused(name: str, fact: str, advice: str, **values: Any) -> InputError:
    return InputError([Complaint(name, Message.of(fact, **values), Message.of(advice))])
