"""What all records share: frozen, strict, nothing extra, no value in an error text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matchkit.errors import InputError
from matchkit.model.complaints import input_error

Item = TypeVar("Item")

DEEPEST = 16
"""No record nests lists and dicts deeper."""
LARGEST_FLOAT = 2**53
"""Beyond it floats no longer tell whole numbers apart."""

Many = Annotated[tuple[Item, ...], Field(strict=False)]
"""A tuple that may be given as a list; what is in it stays strict."""


def _of_python(value: Any, depth: int = 0) -> Any:
    """The value with numpy's numbers (also within lists and dicts) as Python's; numpy's floats that are whole
    as integers.
    """
    if depth > DEEPEST:
        return value
    if isinstance(value, Mapping):
        return {key: _of_python(entry, depth + 1) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_of_python(entry, depth + 1) for entry in value]
    if type(value).__module__ != "numpy" or getattr(value, "ndim", None) != 0 or not hasattr(value, "item"):
        return value
    number = value.item()
    return (
        int(number)
        if isinstance(number, float) and number.is_integer() and abs(number) <= LARGEST_FLOAT
        else number
    )


class Record(BaseModel):
    """Base of every record: immutable, strictly typed, no unknown fields.

    A constructor raises InputError, which names record and field and never shows a personal value.
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    def __init__(self, **data: Any) -> None:
        try:
            super().__init__(**data)
        except ValidationError as error:
            plain = {name: _of_python(value) for name, value in data.items()}
            try:  # arrays and frames hand out numpy's numbers; strict fields take Python's only
                super().__init__(**plain)
            except ValidationError:
                raise self._refusal(error, data, from_json=False) from None

    @classmethod
    def _refusal(cls, error: ValidationError, data: object, *, from_json: bool) -> InputError:  # noqa: ARG003 - for those that look further
        return input_error(error, data, cls.__name__)

    # Tells pydantic that validation of nested records and of JSON need not pass through this constructor.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]
