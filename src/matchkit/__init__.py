"""matchkit matches what units can give with what communities need: exact, proven, explained.

People write a Problem (or ``read_problem`` one) and ``solve`` it; other systems hand arrays, a
matrix, a networkx graph or a data frame to BipartiteGraph and ``match`` it. Either way the answer carries
prices and a bound that prove it. Rules are in ``rules``, changes of a problem in ``changes``, tables in
``tables``, the types of answers in ``results``.
"""

import ast
import logging
import pkgutil
from typing import Any

from matchkit.homes import found_at


def _homes() -> dict[str, str]:
    """Where each public name is defined, by the imports of the stub ``__init__.pyi``."""
    stub = ast.parse(pkgutil.get_data(__name__, "__init__.pyi") or b"")
    imports = [node for node in stub.body if isinstance(node, ast.ImportFrom)]
    return {
        name.asname: f"{node.module}.{name.name}"
        if node.module == __name__
        else f"{node.module}:{name.name}"
        for node in imports
        for name in node.names
        if name.asname
    }


# Public names are stated once, in the stub, which type checkers read in place of this file. Each is imported
# on first use: solvers, checkers, tables and pages take most of the time of an import.
_HOMES = _homes()
__all__ = sorted(_HOMES)

# What is logged goes nowhere until the host says where.
logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    """A public name that is not imported yet, or the version (PEP 562)."""
    if name == "__version__":
        return dict(found_at("matchkit.solving.outcome:versions")())["matchkit"]
    if name not in _HOMES:
        raise AttributeError(f"module 'matchkit' has no attribute {name!r}")
    found = found_at(_HOMES[name])
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """What is promised, imported yet or not; inner packages are none of it."""
    return [*__all__]
