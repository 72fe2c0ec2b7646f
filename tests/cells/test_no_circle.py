"""Modules of cells stand one on another, also where an import is inside a function."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from importlib.resources import files
from pathlib import Path

CELLS = "matchkit.tables.cells"
MODULES = {
    path.stem: ast.parse(path.read_text("utf-8"))
    for path in Path(str(files(CELLS))).glob("*.py")
    if path.stem != "__init__"
}


def below(module: ast.Module) -> set[str]:
    """The modules of cells that one imports anywhere in it."""
    found = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(CELLS)
    ]
    return {
        name
        for node in found
        for name in (
            [str(node.module).rpartition(".")[2]]
            if node.module != CELLS
            else map(_name, node.names)
        )
    }


def _name(alias: ast.alias) -> str:
    return alias.name


def test_no_module_of_cells_stands_on_itself() -> None:
    order = list(
        TopologicalSorter(
            {name: below(module) for name, module in MODULES.items()}
        ).static_order()
    )  # a circle raises
    assert set(order) == set(MODULES)
    assert (
        order.index("context")
        < order.index("text")
        < order.index("kinds")
        < order.index("read")
    )
