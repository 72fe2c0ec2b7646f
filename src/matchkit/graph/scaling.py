"""Weights as whole numbers, exactly: integers as they are, floats by a declared precision."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt

from matchkit.errors import InputError
from matchkit.graph.candidates import Integers

LARGEST_WEIGHT = 2**52


@dataclass(frozen=True, slots=True)
class WeightScale:
    """How whole weights relate to the given ones: given = whole x ``precision``, off by at most ``error``
    each.

    ``precision`` None means that the given weights are whole and used as they are, an ``error`` of 0 that all
    are whole steps.
    """

    precision: float | None = None
    error: float = 0.0
    given: npt.NDArray[np.floating] | None = None
    """The weights as given, in the order of the pairs (or cells), where a precision is declared."""


def whole_weights(
    weight: npt.NDArray[Any], precision: float | None
) -> tuple[Integers, WeightScale]:
    """Weights as integers of the same shape (int32 or int64, or as given), one a pair or cell, and the scale.

    Raises InputError for weights that are not finite numbers or too large, and for floats with a fraction
    where no precision is declared.
    """
    if weight.dtype == np.bool_ or weight.dtype.kind not in "iuf":
        raise InputError.of(
            "weight", "graph.dtype", "graph.weight_dtype", dtype=str(weight.dtype)
        )
    if precision is not None and (
        isinstance(precision, bool)
        or not isinstance(precision, Real)
        or not 0 < precision < 1e300
    ):
        raise InputError.of("precision", "graph.precision")
    if weight.dtype.kind in "iu":
        if precision is not None:
            given = str(precision)
            raise InputError.of("precision", "graph.precision_unused", precision=given)
        largest = max(int(weight.max()), -int(weight.min())) if weight.size else 0
        if largest >= LARGEST_WEIGHT:
            raise InputError.of(
                "weight", "graph.weight_large", value=largest, most=LARGEST_WEIGHT
            )
        wide = weight.dtype.kind == "u" and weight.dtype.itemsize >= 4
        return weight.astype(np.int64) if wide else weight, WeightScale()
    if weight.dtype.itemsize < 8:  # half precision cannot even hold a step of 1e-6
        weight = weight.astype(np.float64)
    if not np.isfinite(weight).all():
        raise InputError.of("weight", "graph.not_finite")
    if precision is None:
        rounded = np.rint(weight)
        if (rounded != weight).any():
            raise InputError.of("weight", "graph.fractions")
        precision_used: float | None = None
        step = 1.0
    else:
        precision_used = step = float(precision)
        with np.errstate(over="ignore"):  # refused below, as too many steps
            rounded = np.rint(weight / step)
    if weight.size and np.abs(rounded).max() >= LARGEST_WEIGHT:
        raise InputError.of(
            "weight",
            "graph.steps_many",
            steps=float(np.abs(rounded).max()),
            most=LARGEST_WEIGHT,
        )
    error = 0.0
    if (
        precision_used is not None
        and weight.size
        and not _whole_steps(weight, rounded, step)
    ):
        # Products and differences round to nearest: two units in the last place of the largest term cover
        # them.
        error = float(
            np.abs(rounded * step - weight).max() + 2 * np.spacing(np.abs(weight).max())
        )
    small = not weight.size or np.abs(rounded).max() < 2**31
    return rounded.astype(np.int32 if small else np.int64), WeightScale(
        precision_used, error, weight if precision_used is not None else None
    )


def _whole_steps(
    weight: npt.NDArray[Any], rounded: npt.NDArray[Any], step: float
) -> bool:
    """Whether every weight is exactly so many steps, as real numbers: products of at most 53 bits are exact
    in doubles.
    """
    if weight.dtype.itemsize > 8 or np.abs(rounded).max() >= 2**53:
        return False
    top, bottom = step.as_integer_ratio()  # bottom is a power of two
    whole = np.abs(rounded).astype(np.int64)
    odd = whole // np.maximum(1, whole & -whole)
    exact = int(odd.max()) * (top // (top & -top)) < 2**53 and bottom < 2**900
    return exact and bool((rounded * step == weight).all())
