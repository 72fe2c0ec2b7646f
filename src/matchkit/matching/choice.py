"""Which engine solves a flow problem, and why."""

from __future__ import annotations

from collections.abc import Sequence

from matchkit.engines import ENGINES
from matchkit.engines.flow import FlowEngine
from matchkit.engines.perfect import NotPerfectError, PerfectMatchingEngine
from matchkit.engines.problem import FlowProblem
from matchkit.errors import Complaint, EngineError, InputError
from matchkit.graph.candidates import Whole
from matchkit.matching.stages import Engine

NAMES = ("auto", *ENGINES)
REASONS = {
    "flow": "flow: no rule ties one resource's pairs together beyond capacities and nested caps, so a flow is exact",
    "lap": "lap: both sides are of one size and everybody carries one unit, so linear assignment is exact and faster than a flow",
}


class Choice:
    """The engines to try, the fastest first: each problem goes to the first that suits it."""

    exact = True

    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = list(engines)
        self._last: Engine = self._engines[-1]

    @property
    def name(self) -> str:
        """The engine that solved last."""
        return self._last.name

    def suits(self, problem: FlowProblem) -> bool:
        """Whether any engine does."""
        return any(engine.suits(problem) for engine in self._engines)

    def solve(self, problem: FlowProblem) -> tuple[Whole, Whole]:
        """By the first engine that suits. Raises EngineError where none does."""
        for engine in tuple(self._engines):
            if engine.suits(problem):
                try:
                    self._last = engine
                    return engine.solve(problem)
                except NotPerfectError:
                    self._engines.remove(engine)
        names = ", ".join(engine.name for engine in self._engines)
        raise EngineError(f"The engine {names} cannot express this problem. Use engine='auto'.")

    def refuse(self) -> bool:
        """Give up the fastest engine, as a flow was not the best; whether there is another."""
        if len(self._engines) == 1:
            return False
        del self._engines[0]
        return True


def chosen_engine(name: str) -> Engine:
    """The engine of that name. Raises InputError, which lists the known ones."""
    if not isinstance(name, str) or name not in NAMES:
        raise InputError([Complaint("engine", f"is {str(name)[:40]!r}", f"Use one of {', '.join(NAMES)}")])
    return ENGINES[name] if name != "auto" else Choice((PerfectMatchingEngine(), FlowEngine()))


def reason_for(asked: str, used: str) -> str:
    """Why an engine solved, in a sentence."""
    return REASONS[used] if asked == "auto" else f"{used}: asked for by name"
