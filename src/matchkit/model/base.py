"""What all records share: frozen, strict, nothing extra, no value in an error text."""

from __future__ import annotations

import gc
import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, ValidationError
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from matchkit.errors import InputError
from matchkit.model.complaints import input_error
from matchkit.model.fields import fields_text
from matchkit.model.json_text import decoded, parsed


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Lets the collector rest within the block, and leaves it as it was.

    Records hold no cycles, yet each full collection walks all of them: a third of the time of reading a city.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


Item = TypeVar("Item")

DEEPEST = 16
"""No record nests lists and dicts deeper."""
MOST_SHOWN = 5
"""Entries of a list that ``repr`` shows; of a longer one the length."""
MOST_LETTERS = 60
"""Characters of a text that ``repr`` shows."""
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
    if (
        type(value).__module__ != "numpy"
        or getattr(value, "ndim", None) != 0
        or not hasattr(value, "item")
    ):
        return value
    number = value.item()
    return (
        int(number)
        if isinstance(number, float)
        and number.is_integer()
        and abs(number) <= LARGEST_FLOAT
        else number
    )


class Shown(str):
    """A text that ``repr`` shows without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def shown(value: object) -> object:
    """What ``repr`` shows of a field: a record within another by its name, a long list by its length."""
    if isinstance(value, BaseModel):
        return Shown(f"{type(value).__name__}(...)")
    if isinstance(value, tuple | list) and (
        len(value) > MOST_SHOWN or any(isinstance(one, BaseModel) for one in value)
    ):
        return Shown(f"<{len(value)}>")
    if isinstance(value, str) and len(value) > MOST_LETTERS:
        return value[:MOST_LETTERS] + "..."
    return value


def is_personal(field: object) -> bool:
    """Whether a field, or a type that it is made of (``PersonalName | None``, a list), carries the mark."""
    extra = field.json_schema_extra if isinstance(field, FieldInfo) else None
    return (isinstance(extra, dict) and extra.get("personal") is True) or (
        isinstance(field, FieldInfo) and _marked(field.annotation)
    )


def _marked(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated and any(
        map(is_personal, annotation.__metadata__)
    ):
        return True
    return any(map(_marked, get_args(annotation)))


class Record(BaseModel):
    """Base of every record: immutable, strictly typed, no unknown fields.

    A constructor raises InputError, which names record and field and never shows a personal value.
    """

    _summary: ClassVar[str]
    """The docstring as it is written."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Tells of every field in the docstring, so that ``help`` does."""
        super().__pydantic_init_subclass__(**kwargs)
        cls._summary = inspect.cleandoc(cls.__doc__ or "")
        cls.__doc__ = f"{cls._summary}\n\n{fields_text(cls)}"

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema describes fields one by one, and so the record without them."""
        found = handler(schema)
        handler.resolve_ref_schema(found)["description"] = cls._summary
        return found

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
    def _of_json(cls, text: str | bytes) -> Self:
        """The record that a JSON text (UTF-8) describes. Raises InputError, also for a key given twice."""
        text = decoded(text)
        data = parsed(text)
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise cls._refusal(error, data, from_json=True) from None

    @classmethod
    def _refusal(
        cls,
        error: ValidationError,
        data: object,
        *,
        from_json: bool,  # noqa: ARG003 - for those that look further
    ) -> InputError:
        return input_error(error, data, cls.__name__)

    def __repr_args__(self) -> Iterator[tuple[str, object]]:
        """What ``repr`` shows: fields that differ from their default, of lists of records the length,
        nothing personal.
        """
        for name, field in type(self).model_fields.items():
            value = getattr(self, name, None)
            if value != field.default:
                yield name, Shown("...") if is_personal(field) else shown(value)

    # Tells pydantic that validation of nested records and of JSON need not pass through this constructor.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


ChangedRecord = TypeVar("ChangedRecord", bound=Record)


def with_fields(record: ChangedRecord, **fields: Any) -> ChangedRecord:
    """The record with some fields anew, checked as a new one is."""
    kept = {name: getattr(record, name) for name in record.model_fields_set}
    return type(record)(**kept | fields)
