"""Which fields of a record may identify a person, found by their mark, and records without them.

Nothing here names a field: one that is marked tomorrow (``json_schema_extra`` with ``personal``) is left out
tomorrow.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, get_args

from matchkit.model.base import Record, is_personal

Kept = TypeVar("Kept", bound=Record)


@cache
def personal_fields(record_type: type[Record]) -> tuple[str, ...]:
    """The names of the record's own fields that are marked as personal, in their order."""
    return tuple(name for name, field in record_type.model_fields.items() if is_personal(field))


@cache
def _may_hold(record_type: type[Record]) -> bool:
    """Whether a record of this type, or one within it, can have a personal field."""
    return bool(personal_fields(record_type)) or any(
        _holds(field.annotation) for field in record_type.model_fields.values()
    )


def _holds(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _may_hold(annotation)
    return any(_holds(part) for part in get_args(annotation))


def without_personal(record: Kept) -> Kept:
    """The record with every personal field, also of records within it, at its default; itself where nothing
    had to go.

    Raises TypeError for a personal field that has no default: that is a defect of the record type.
    """
    if not _may_hold(type(record)):
        return record
    kept: dict[str, Any] = {}
    personal = personal_fields(type(record))
    for name, value in record.__dict__.items():
        if name in personal:
            field = type(record).model_fields[name]
            if field.is_required():
                raise TypeError(
                    f"{type(record).__name__}.{name} is personal and has no default; it can never be left out"
                )
            found = field.get_default(call_default_factory=True)
        else:
            found = _without(value)
        if found is not value:
            kept[name] = found
    return record.model_copy(update=kept) if kept else record


def _without(value: Any) -> Any:
    if isinstance(value, Record):
        return without_personal(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Record):
        found = tuple([without_personal(entry) for entry in value])
        return (
            value
            if all(one is other for one, other in zip(found, value, strict=True))
            else found
        )
    return value
