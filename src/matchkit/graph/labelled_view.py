"""A networkx graph of named nodes with typed attributes, and its text as GraphML. A view; nothing is solved
on it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from matchkit.graph.scaling import refused

if TYPE_CHECKING:
    import networkx

    LabelledGraph: TypeAlias = networkx.Graph[str]

Attributes = Mapping[str, str | int | float | bool | None]

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to hold, not even escaped (Char, section 2.2)."""


def labelled_graph(
    nodes: Iterable[tuple[str, Attributes]],
    edges: Iterable[tuple[str, str, Attributes]],
    **about: str,
) -> LabelledGraph:
    """An undirected graph of these nodes and edges; an attribute that is None is left out. ``about`` are
    attributes of the graph.
    """
    import networkx

    result: LabelledGraph = networkx.Graph(**about)
    result.add_nodes_from((name, _present(attributes)) for name, attributes in nodes)
    result.add_edges_from(
        (one, other, _present(attributes)) for one, other, attributes in edges
    )
    return result


def _present(attributes: Attributes) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


def graphml(graph: LabelledGraph) -> bytes:
    """The graph as GraphML in UTF-8, attributes with their types, all text escaped.

    Raises InputError for text that no XML can hold (U+FFFE and U+FFFF, control characters): leaving it out
    would make two ids one.
    """
    import networkx

    for node, attributes in graph.nodes(data=True):
        _check(node, node, attributes)
    for one, other, attributes in graph.edges(data=True):
        _check(f"{one}, {other}", "", attributes)
    written = io.BytesIO()
    # Python's own writer: the other one is taken where lxml happens to be installed, and writes other bytes.
    networkx.write_graphml_xml(graph, written)
    return written.getvalue()


def _check(where: str, name: str, attributes: Mapping[str, Any]) -> None:
    for text in (name, *(value for value in attributes.values() if isinstance(value, str))):
        bad = _NOT_IN_XML.search(text)
        if bad:
            shown = where.encode("unicode_escape").decode()[:200]
            raise refused(shown, "graph.xml", "graph.xml.do", code=f"U+{ord(bad[0]):04X}")
