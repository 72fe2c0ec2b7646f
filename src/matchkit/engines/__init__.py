"""Engines: arrays in; a flow, or the values of an integer program, out. ``solvers`` checks every answer.

A new engine is one file here, which lists its engines in ``ENGINES``: the registries are made from those.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Final

from matchkit.engines.problem import FlowEngine
from matchkit.engines.program import MipEngine

Engine = FlowEngine | MipEngine
"""An engine as an object."""
EngineChoice = str | FlowEngine | MipEngine
"""An engine as callers name it: "auto", its name, or the object itself."""

_ENGINES: Final = [
    engine
    for module in pkgutil.iter_modules(__path__)
    for engine in vars(import_module(f"{__name__}.{module.name}")).get("ENGINES", ())
]
_ALL: Final = {
    engine.name: engine for engine in sorted(_ENGINES, key=lambda one: one.name)
}
FLOW_ENGINES: Final[dict[str, FlowEngine]] = {
    name: engine for name, engine in _ALL.items() if isinstance(engine, FlowEngine)
}
"""Engines for flows by name."""
MIP_ENGINES: Final[dict[str, MipEngine]] = {
    name: engine for name, engine in _ALL.items() if isinstance(engine, MipEngine)
}
"""Engines for integer programs by name."""
DEFAULT_MIP: Final[MipEngine] = next(
    engine for engine in MIP_ENGINES.values() if getattr(engine, "by_default", False)
)
"""The engine for integer programs where none is named."""


def engine_of(given: EngineChoice) -> Engine | None:
    """The engine of that name, or the object given; None for what is neither."""
    if isinstance(given, str):
        return FLOW_ENGINES.get(given) or MIP_ENGINES.get(given)
    is_engine = isinstance(given, FlowEngine | MipEngine) and not isinstance(
        given, type
    )
    return given if is_engine and isinstance(given.name, str) else None
