"""What all records share: frozen, strict, nothing extra, no value in an error text."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matchkit.errors import InputError
from matchkit.model.complaints import input_error

Item = TypeVar("Item")

Many = Annotated[tuple[Item, ...], Field(strict=False)]
"""A tuple that may be given as a list; what is in it stays strict."""


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
            raise self._refusal(error, data, from_json=False) from None

    @classmethod
    def _refusal(cls, error: ValidationError, data: object, *, from_json: bool) -> InputError:  # noqa: ARG003 - for those that look further
        return input_error(error, data, cls.__name__)

    # Tells pydantic that validation of nested records and of JSON need not pass through this constructor.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]
