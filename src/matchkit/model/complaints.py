"""From pydantic's errors to complaints by record and field, without the values that may be personal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from matchkit.errors import LISTED, Complaint, InputError
from matchkit.messages.message import LONGEST, Message, Unshortened, digits
from matchkit.model.fault import RecordFault, complaint
from matchkit.model.fields import made, slip_of

SMALL = 1_000_000
"""Numbers from here on are described by their length: a phone or ID number may stand in any field."""

LONGEST_FIELD = 40
"""Longer names of fields are neither shown nor compared."""

_NAMED = {
    "missing": "missing",
    "string_type": "text",
    "int_type": "whole",
    "int_from_float": "whole",
    "float_type": "number",
    "bool_type": "truth",
    "finite_number": "finite",
    "tuple_type": "list",
    "model_type": "record",
    "dict_type": "record",
    "model_attributes_type": "record",
    "timezone_aware": "offset",
    "datetime_type": "moment",
    "datetime_parsing": "moment",
    "datetime_from_date_parsing": "moment",
    "date_type": "day",
    "date_parsing": "day",
    "string_unicode": "unicode",
}
"""The message on each of pydantic's kinds of faults that needs no value."""


_FORMS = {"fair": "fair", "of": "of", "level": "level", "drawn": "drawn"}
"""The advice on each field whose text has a form of its own; all others hold fractions."""


def _bounded(where: str | Message, name: str, bound: float, value: object) -> Complaint:
    """A small number is shown as it is, a large one by its length, and nothing of any text."""
    known = (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == value
        and abs(value) != float("inf")
    )
    if not known:
        return complaint(where, f"{name}.value", name, bound=bound)
    if abs(value) < SMALL:  # type: ignore[arg-type]
        return complaint(where, name, bound=bound, value=f"{value}")
    whole = abs(int(value))  # type: ignore[call-overload]
    return complaint(where, f"{name}.digits", name, bound=bound, digits=_digits(whole))


def _digits(value: int) -> int:
    """How many digits a number has; of one too long to be written out, about how many."""
    return len(str(value)) if value.bit_length() <= LONGEST else digits(value)


def _complaint(
    where: str | Message, record: str, fault: Mapping[str, Any]
) -> Complaint:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "json_invalid":
        return _of_text(where, context["error"])
    if _NAMED.get(kind) in ("record", "list") and fault["loc"]:
        one = made(record, fault["loc"])
        if one is not None:
            do = f"{_NAMED[kind]}.{'such' if one.others else 'of'}"
            return complaint(where, _NAMED[kind], do, made=one.python, json=one.json)
    if kind in _NAMED:
        return complaint(
            where, _NAMED[kind], "whole.fraction" if kind == "int_from_float" else ""
        )
    if kind == "union_tag_not_found":
        return complaint(where, "no_tag", tag=str(context["discriminator"]).strip("'"))
    if kind == "greater_than_equal":
        return _bounded(where, "below", context["ge"], fault.get("input"))
    if kind == "less_than_equal":
        return _bounded(where, "above", context["le"], fault.get("input"))
    if kind == "value_error" and isinstance(context["error"], RecordFault):
        return complaint(where, context["error"].name, **context["error"].values)
    if kind in ("literal_error", "union_tag_invalid"):
        known = context.get("expected") or context.get("expected_tags")
        return complaint(where, "word", known=Unshortened(re.findall("'[^']*'", known)))
    if kind == "string_pattern_mismatch":
        form = _FORMS.get(str(fault["loc"][-1]) if fault["loc"] else "", "ratio")
        return complaint(where, "form", f"form.{form}")
    if kind in ("too_long", "string_too_long"):
        return complaint(where, "long", most=context["max_length"])
    if kind in ("too_short", "string_too_short"):
        return complaint(where, "short", least=context["min_length"])
    return complaint(where, "other", kind=kind)


def _of_text(where: str | Message, reason: str) -> Complaint:
    """What the parser of plain data lets pass and pydantic's own does not; its words hold positions only."""
    if "recursion" in reason:
        return complaint(where, "deep_text")
    if "hex escape" in reason:
        return complaint(
            where, "surrogate", "unicode", place=reason.partition(" at ")[2]
        )
    return complaint(where, "json", error=reason)


def _id_of(record: object) -> str | None:
    found = record.get("id") if isinstance(record, Mapping) else None
    return (
        found
        if isinstance(found, str) and 0 < len(found) <= 80 and found.isprintable()
        else None
    )


def _followed(
    data: object, steps: Sequence[int | str], missing: bool
) -> tuple[str, str | None]:
    """Path of a location as text, and the id of the deepest record on it that has one.

    A step that the data does not have is the tag of a union, unless it names the missing field itself.
    """
    path, record_id, here = "", _id_of(data), data
    for number, step in enumerate(steps, 1):
        if isinstance(step, str) and not isinstance(here, Mapping):
            continue
        if (
            isinstance(here, Mapping)
            and step not in here
            and not (missing and number == len(steps))
        ):
            continue
        if isinstance(here, Mapping):
            here = here.get(step)
        elif (
            isinstance(here, Sequence)
            and not isinstance(here, str)
            and isinstance(step, int)
            and step < len(here)
        ):
            here = here[step]
        path += (
            f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
        )
        record_id = _id_of(here) or record_id
    return path, record_id


def located(path: str, record_id: str | None = None) -> str:
    """A place in the input as complaints name it: ``resources[3] (id R4)``."""
    return f"{path} (id {record_id})" if record_id else path


def _unknown_field(where: str, name: str, near: str) -> Complaint:
    usual = name.isidentifier() and name.isascii() and len(name) <= LONGEST_FIELD
    key = "field" if usual else "field.unusual"
    return complaint(
        where, key, "field.near" if near else "field", field=name, near=near
    )


def input_error(
    error: ValidationError,
    data: object,
    record: str,
    also: Sequence[Complaint] = (),
    more: int = 0,
) -> InputError:
    """The error to raise: one complaint a fault, in the order of the input, by the field and the id of its
    record.

    The first ``LISTED`` faults become complaints, the rest are counted; ``also`` is listed after them, and
    ``more`` others are counted.
    """
    found: list[Complaint] = []
    faults = error.errors(include_url=False)
    within = {
        fault["loc"][:depth]
        for fault in faults[:LISTED]
        for depth in range(len(fault["loc"]))
    }
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
            name = str(fault["loc"][-1])
            near = slip_of(name, record, steps) if len(name) <= LONGEST_FIELD else ""
            found.append(_unknown_field(located(path or record, record_id), name, near))
            continue
        spot: str | Message = located(path or record, record_id)
        if fault["type"] == "json_invalid" and not path:
            spot = (
                Message.of("json.text.of", id=record_id)
                if record_id
                else Message("json.text")
            )
        found.append(_complaint(spot, record, fault))
    return InputError([*found, *also], more=more + max(0, len(faults) - LISTED))
