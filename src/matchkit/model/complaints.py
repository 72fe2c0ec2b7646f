"""From pydantic's errors to complaints by record and field, without the values that may be personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import ValidationError

from matchkit.errors import Complaint, InputError

SMALL = 1_000_000
"""Numbers from here on are described by their length: a phone or ID number may stand in any field."""

LISTED = 1_000
"""So many faults of one input are worded; a text can hold millions, and each costs memory and time."""

_ADVICE = {
    "missing": ("is missing", "Give a value"),
    "string_type": ("is not text", "Give text in quotes"),
    "int_type": ("is not a whole number", "Give a whole number without quotes"),
    "int_from_float": ("is not a whole number", "Give a whole number without a fraction"),
    "float_type": ("is not a number", "Give a number without quotes"),
    "bool_type": ("is neither true nor false", "Give true or false"),
    "finite_number": ("is not a finite number", "Give a finite number"),
    "tuple_type": ("is not a list", "Give a list"),
    "model_type": ("is not a record", "Give a record with named fields"),
    "dict_type": ("is not a record", "Give a record with named fields"),
    "model_attributes_type": ("is not a record", "Give a record with named fields"),
    "timezone_aware": ("has no time zone", "Add an offset, as in 2026-05-01T08:00:00+08:00"),
    "datetime_type": ("is not a date and time", "Give ISO 8601 with an offset, as in 2026-05-01T08:00:00+08:00"),
    "datetime_parsing": ("is not a date and time", "Give ISO 8601 with an offset, as in 2026-05-01T08:00:00+08:00"),
    "datetime_from_date_parsing": ("is not a date and time", "Give ISO 8601 with an offset, as in 2026-05-01T08:00:00+08:00"),
    "date_type": ("is not a day", "Give a date, as in 2026-05-01"),
    "date_parsing": ("is not a day", "Give a date, as in 2026-05-01"),
    "string_unicode": ("is not valid Unicode text", "Remove the broken character"),
}


def _shown(value: object) -> str:
    """A small number as it is; a large one by its length; nothing of any text."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if abs(value) < SMALL:
        return f"{value} "
    return f"a number of {len(str(abs(int(value))))} digits " if value == value and abs(value) != float("inf") else ""


def _fact(error: Mapping[str, Any]) -> tuple[str, str]:
    kind, context, value = error["type"], error.get("ctx", {}), _shown(error.get("input"))
    if kind == "json_invalid":
        # What the parser of plain data lets pass and pydantic's own does not; its words hold positions only.
        if "recursion" in context["error"]:
            return "is nested too deeply", "Give at most a few levels of lists and records"
        if "hex escape" in context["error"]:
            return f"holds half of a surrogate pair ({context['error'].partition(' at ')[2]})", "Remove the broken character"
        return f"is not valid JSON ({context['error']})", "Mend the text there"
    if kind in _ADVICE:
        return _ADVICE[kind]
    if kind == "union_tag_not_found":
        tag = str(context["discriminator"]).strip("'")
        return f"does not say which {tag} it is", f"Give the field '{tag}'"
    if kind in ("greater_than_equal", "less_than_equal"):
        word, bound = ("below", context["ge"]) if kind == "greater_than_equal" else ("above", context["le"])
        return f"{value or 'the value '}is {word} {bound:,}", f"Give {'at least' if word == 'below' else 'at most'} {bound:,}"
    if kind == "value_error":
        fact, _, advice = str(context["error"]).partition("; ")
        return fact, advice[:1].upper() + advice[1:]
    if kind in ("literal_error", "union_tag_invalid"):
        known = context.get("expected") or context.get("expected_tags")
        return "is not one of the known words", f"Use {known}"
    if kind in ("too_long", "string_too_long"):
        return "is too long", f"Give at most {context['max_length']:,}"
    if kind in ("too_short", "string_too_short"):
        return "is empty or too short", f"Give at least {context['min_length']:,}"
    return f"is not accepted ({kind})", "See the schema"


def _id_of(record: object) -> str | None:
    found = record.get("id") if isinstance(record, Mapping) else None
    return found if isinstance(found, str) and 0 < len(found) <= 80 and found.isprintable() else None


def _followed(data: object, steps: Sequence[int | str], missing: bool) -> tuple[str, str | None]:
    """Path of a location as text, and the id of the deepest record on it that has one.

    A step that the data does not have is the tag of a union, unless it names the missing field itself.
    """
    path, record_id, here = "", _id_of(data), data
    for number, step in enumerate(steps, 1):
        if isinstance(here, Mapping) and step not in here and not (missing and number == len(steps)):
            continue
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, Sequence) and not isinstance(here, str) and isinstance(step, int) and step < len(here):
            here = here[step]
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
        record_id = _id_of(here) or record_id
    return path, record_id


def located(path: str, record_id: str | None = None) -> str:
    """A place in the input as complaints name it: ``resources[3] (id R4)``."""
    return f"{path} (id {record_id})" if record_id else path


@cache
def _fields() -> list[str]:
    from matchkit.model.base import Record

    # Of what people write; records of answers have fields of their own, which nobody means here.
    written = (record for record in Record.__subclasses__() if record.__module__.startswith(("matchkit.model.", "matchkit.plan.")))
    return sorted({field for record in written for field in record.model_fields})


def _unknown_field(path: str, record_id: str | None, name: str) -> Complaint:
    near = get_close_matches(name, _fields(), 1) if len(name) <= 40 else []
    shown = f"'{name}'" if name.isidentifier() and name.isascii() and len(name) <= 40 else "with an unusual name"
    return Complaint(located(path, record_id), f"has an unknown field {shown}", f"Maybe '{near[0]}' is meant" if near else "Remove it")


def input_error(error: ValidationError, data: object, record: str, also: Sequence[Complaint] = (), more: int = 0) -> InputError:
    """The error to raise: one complaint a fault, in the order of the input, by the field and the id of its record.

    The first ``LISTED`` faults become complaints, the rest are counted; ``also`` is listed after them, and ``more`` others
    are counted.
    """
    found: list[Complaint] = []
    faults = error.errors(include_url=False)
    within = {fault["loc"][:depth] for fault in faults[:LISTED] for depth in range(len(fault["loc"]))}
    for fault in faults[:LISTED]:
        if fault["type"] == "too_short" and fault["loc"] in within:
            continue  # pydantic counts only the sound entries; the faults of the others say it all
        inner = fault.get("ctx", {}).get("error")
        if isinstance(inner, InputError):
            found.extend(inner.complaints)
            more += inner.more
            continue
        extra = fault["type"] == "extra_forbidden"
        steps = fault["loc"][:-1] if extra else fault["loc"]
        path, record_id = _followed(data, steps, fault["type"] == "missing")
        if extra:
            found.append(_unknown_field(path or record, record_id, str(fault["loc"][-1])))
            continue
        fact, advice = _fact(fault)
        whole = "the JSON text" if fault["type"] == "json_invalid" else record
        found.append(Complaint(located(path or whole, record_id), fact, advice))
    return InputError([*found, *also], more=more + max(0, len(faults) - LISTED))
