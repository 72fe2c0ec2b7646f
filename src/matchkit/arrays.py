"""Arrays by the type of their elements, as annotations name them; a docstring adds the axes.

An axis has the name of what it runs over: ``int64 (pairs,)`` is one number a pair, ``int64 (nodes, goals)`` a
row a node and a column a goal. ``lefts`` and ``rights`` are left and right nodes, ``chosen`` the pairs of a
plan.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Int64: TypeAlias = npt.NDArray[np.int64]
"""Weights, capacities, quantities, prices."""
Int32: TypeAlias = npt.NDArray[np.int32]
"""Numbers of nodes."""
Intp: TypeAlias = npt.NDArray[np.intp]
"""Positions in arrays: the type that numpy indexes with, without a cast."""
Float64: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Bits: TypeAlias = npt.NDArray[np.uint8]
"""Packed bits, eight a byte."""
