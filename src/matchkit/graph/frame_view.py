"""Data frames in: pandas, polars, Arrow, through narwhals (the extra ``frames``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matchkit.errors import InputError
from matchkit.graph.node_ids import whole_floats
from matchkit.messages.message import Message

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
        raise InputError.of(
            "frame", "graph.no_narwhals", "fault.needs_extra", extra="frames"
        ) from error
    try:
        table = narwhals.from_native(frame, eager_only=True)
        known = table.columns
    except narwhals.exceptions.DuplicateError as error:
        raise InputError.of(
            "frame", "sheet.columns_alike", "graph.columns_alike"
        ) from error
    except TypeError as error:
        raise InputError.of(
            "frame", "graph.type", "graph.frame", name=type(frame).__name__
        ) from error
    named = {
        option: options[option]
        for option in ("edge_capacity", "edge_minimum", "consumption")
        if isinstance(options.get(option), str)
    }
    columns = [left, right] + ([weight] if weight else []) + list(named.values())
    missing = [name for name in columns if name not in known]
    if missing:
        raise InputError.of(
            "frame",
            "graph.no_column",
            name=repr(missing[0]),
            columns=tuple(map(str, known[:10])),
        )
    empty = [name for name in columns if table[name].is_null().any()]
    if empty:
        raise InputError.of(_column(empty[0]), "graph.empty_cells")
    arrays = {name: table[name].to_numpy() for name in columns}
    options = options | {option: arrays[name] for option, name in named.items()}
    for side, name in (("left", left), ("right", right)):
        arrays[name] = whole_floats(_column(name), arrays[name])
        if (
            arrays[name].dtype.kind in "iu" and options.get(f"{side}_ids") is None
        ):  # staff numbers are ids, not numbers of nodes
            options[f"{side}_ids"] = np.unique(arrays[name])
    return BipartiteGraph.from_arrays(
        arrays[left], arrays[right], arrays[weight] if weight else None, **options
    )


def _column(name: str) -> Message:
    return Message.of("graph.column", name=repr(name))
