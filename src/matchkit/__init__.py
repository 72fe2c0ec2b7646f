"""matchkit matches what units can give with what communities need: exact, proven, explained.

Two doors. People write a Problem (or ``read_problem`` one) and ``solve`` it; other systems hand arrays, a
matrix, a networkx graph or a data frame to BipartiteGraph and ``match`` it. Either way the answer carries
prices and a bound that prove it. Rules are in ``rules``, changes of a problem in ``changes``, tables in
``tables``, the types of answers in ``results``.
"""

import ast
import pkgutil
from importlib import import_module
from typing import Any


def _homes() -> dict[str, str]:
    """Where each public name is defined, ``module:name``, by the imports of the stub ``__init__.pyi``."""
    stub = ast.parse(pkgutil.get_data(__name__, "__init__.pyi") or b"")
    return {
        alias.asname: f"{node.module}:{alias.name}"
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }


# Public names are stated once, in the stub, which type checkers read in place of this file. Each is imported
# on first use: solvers, checkers, tables and pages take most of the time of an import.
_HOMES = _homes()
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """A public name that is not imported yet, or the version (PEP 562)."""
    if name == "__version__":
        return dict(import_module("matchkit.solving.versions").versions())["matchkit"]
    if name not in _HOMES:
        raise AttributeError(f"module 'matchkit' has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    submodule = module == __name__
    found = import_module(f"{module}.{name}") if submodule else getattr(import_module(module), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """What is promised, imported yet or not; inner packages are none of it."""
    return [*__all__]
