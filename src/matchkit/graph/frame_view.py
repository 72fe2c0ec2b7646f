"""Data frames in: pandas, polars, Arrow, through narwhals (the extra ``frames``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matchkit.graph.scaling import refused

if TYPE_CHECKING:
    from matchkit.graph.bipartite import BipartiteGraph


def graph_from_frame(frame: Any, left: str, right: str, weight: str | None, options: dict[str, Any]) -> BipartiteGraph:
    """The bipartite graph of a data frame with one row a pair; see ``BipartiteGraph.from_frame``."""
    import narwhals

    from matchkit.graph.bipartite import BipartiteGraph

    table = narwhals.from_native(frame, eager_only=True)
    columns = [left, right] + ([weight] if weight else []) + [name for name in [options.get("edge_capacity")] if isinstance(name, str)]
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise refused("frame", f"has no column {missing[0]!r}", f"Its columns are {', '.join(map(str, table.columns[:10]))}")
    empty = [name for name in columns if table[name].is_null().any()]
    if empty:
        raise refused(f"column {empty[0]!r}", "has empty cells", "Fill them or leave the rows out")
    arrays = {name: table[name].to_numpy() for name in columns}
    if isinstance(options.get("edge_capacity"), str):
        options = options | {"edge_capacity": arrays[options["edge_capacity"]]}
    return BipartiteGraph.from_arrays(arrays[left], arrays[right], arrays[weight] if weight else None, **options)
