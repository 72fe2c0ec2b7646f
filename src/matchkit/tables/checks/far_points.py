"""Points that lie far from all others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

FAR_KM: Final = 1_000.0
"""A point nearer than this to the middle of all is never told as far from the others ..."""
TIMES: Final = 10.0
"""... nor one that is not so many times as far from it as half of all points."""
FEWEST: Final = 5
"""Among fewer points none is far from the others."""


def far(points: Sequence[tuple[float, float]]) -> list[int]:
    """Which of the points, latitudes and longitudes, lie far from all others."""
    if len(points) < FEWEST:
        return []
    lat, lon = np.radians(np.array(points, dtype=np.float64)).T
    middle = np.median(lat), np.median(lon)
    # The haversine, of a globe of 6,371 km.
    part = (
        np.sin((lat - middle[0]) / 2) ** 2
        + np.cos(lat) * np.cos(middle[0]) * np.sin((lon - middle[1]) / 2) ** 2
    )
    km = 2 * 6371.0 * np.arcsin(np.sqrt(np.clip(part, 0, 1)))
    limit = max(FAR_KM, TIMES * float(np.median(km)))
    return [int(at) for at in np.flatnonzero(km > limit)]
