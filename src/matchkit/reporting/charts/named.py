"""What nodes of a tree are called in pictures and tables."""

from __future__ import annotations

from matchkit.messages.message import Lang, text_of
from matchkit.reporting.tree import PlaceLevel, PlaceTree


def name_of(tree: PlaceTree, node: int) -> str:
    """A node's name, or its id where it has none."""
    return tree.names[node] or tree.ids[node]


def places_named(tree: PlaceTree, level: PlaceLevel, lang: Lang) -> list[str]:
    """What the places of a level are called, the others last; a node that is counted without those below it
    is called itself.
    """
    shown = set(level.nodes)
    split = {tree.parent[node] for node in level.nodes if tree.parent[node] in shown}
    named = [
        text_of("report.itself", lang, name=name_of(tree, node))
        if node in split
        else name_of(tree, node)
        for node in level.nodes
    ]
    return (
        [*named, text_of("report.others", lang, count=level.others)] if level.others else named
    )
