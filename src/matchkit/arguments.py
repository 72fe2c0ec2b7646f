"""Arguments of public functions: numbers, Python's and numpy's alike, within stated bounds; and keywords that
a function takes over from another.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from numbers import Integral, Real
from typing import ParamSpec, TypeGuard, TypeVar

Arguments = ParamSpec("Arguments")
Returned = TypeVar("Returned")


def is_whole(value: object, least: int, most: int) -> TypeGuard[int]:
    """Whether a value is a whole number of ``least`` to ``most``; truth values and floats are none."""
    return (
        isinstance(value, Integral)
        and not isinstance(value, bool)
        and least <= int(value) <= most
    )


def is_number(value: object, least: float, most: float) -> TypeGuard[float]:
    """Whether a value is a finite number of ``least`` to ``most``; truth values are none, nor is a whole
    number that no float holds.
    """
    if not isinstance(value, Real) or isinstance(value, bool):
        return False
    try:
        return bool(least <= float(value) <= most)
    except OverflowError:
        return False


def with_keywords_of(
    source: Callable[..., object],
    function: Callable[Arguments, Returned],
    *sources: Callable[..., object],
) -> Callable[Arguments, Returned]:
    """The function with its ``**options`` as keywords like those of ``source`` (and ``sources``) that it does
    not have itself: ``help`` shows each with its default, and a call with another keyword raises TypeError
    before anything is done.
    """
    own = {
        name: entry
        for name, entry in signature(function).parameters.items()
        if entry.kind is not entry.VAR_KEYWORD
    }
    options = {
        name: entry
        for one in (*sources[::-1], source)
        for name, entry in signature(one).parameters.items()
        if entry.kind is entry.KEYWORD_ONLY and name not in own
    }
    shown = signature(function).replace(parameters=[*own.values(), *options.values()])

    @wraps(function)
    def checked(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Returned:
        try:
            shown.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{function.__name__}() {error}") from None
        return function(*args, **kwargs)

    checked.__signature__ = shown  # type: ignore[attr-defined]
    return checked
