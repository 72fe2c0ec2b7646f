"""Data frames in: pandas, polars, Arrow, through narwhals (the extra ``frames``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matchkit.graph.given import whole_floats
from matchkit.graph.scaling import refused

if TYPE_CHECKING:
    from matchkit.graph.bipartite import BipartiteGraph


def graph_from_frame(
    frame: Any, left: str, right: str, weight: str | None, options: dict[str, Any]
) -> BipartiteGraph:
    """The bipartite graph of a data frame with one row a pair; see ``BipartiteGraph.from_frame``."""
    from matchkit.graph.bipartite import BipartiteGraph

    try:
        import narwhals
    except ImportError as error:
        raise refused(
            "frame", "cannot be read without narwhals", "Install matchkit with the extra frames"
        ) from error
    try:
        table = narwhals.from_native(frame, eager_only=True)
        known = table.columns
    except narwhals.exceptions.DuplicateError as error:
        raise refused("frame", "has two columns of one name", "Give every column its own name") from error
    except TypeError as error:
        raise refused(
            "frame",
            f"is of type {type(frame).__name__}",
            "Give a pandas, polars or Arrow data frame, collected",
        ) from error
    named = {
        option: options[option]
        for option in ("edge_capacity", "edge_minimum", "consumption")
        if isinstance(options.get(option), str)
    }
    columns = [left, right] + ([weight] if weight else []) + list(named.values())
    missing = [name for name in columns if name not in known]
    if missing:
        raise refused(
            "frame", f"has no column {missing[0]!r}", f"Its columns are {', '.join(map(str, known[:10]))}"
        )
    empty = [name for name in columns if table[name].is_null().any()]
    if empty:
        raise refused(f"column {empty[0]!r}", "has empty cells", "Fill them or leave the rows out")
    arrays = {name: table[name].to_numpy() for name in columns}
    options = options | {option: arrays[name] for option, name in named.items()}
    for side, name in (("left", left), ("right", right)):
        arrays[name] = whole_floats(f"column {name!r}", arrays[name])
        if (
            arrays[name].dtype.kind in "iu" and options.get(f"{side}_ids") is None
        ):  # staff numbers are ids, not numbers of nodes
            options[f"{side}_ids"] = np.unique(arrays[name])
    return BipartiteGraph.from_arrays(
        arrays[left], arrays[right], arrays[weight] if weight else None, **options
    )
