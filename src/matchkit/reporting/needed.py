"""What the extra ``report`` brings, asked for only when it is needed."""

from __future__ import annotations

import importlib
from types import ModuleType

from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message


def needed(name: str) -> ModuleType:
    """The module of that name. Raises InputError, which names the extra, where it is not installed."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != name.partition(".")[0]:
            raise
        fact = Message.of("fault.needs_extra", name=name)
        raise InputError(
            [Complaint("report", fact, Message.of("fault.needs_extra.do", extra="report"))]
        ) from None
