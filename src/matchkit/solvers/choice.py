"""Which engine solves a flow problem, and why."""

from __future__ import annotations

from collections.abc import Sequence

from matchkit.arrays import Int64
from matchkit.engines import (
    DEFAULT_MIP,
    FLOW_ENGINES,
    MIP_ENGINES,
    EngineChoice,
    engine_of,
)
from matchkit.engines.cost_scaling import (
    MinCostFlow,
    NotPerfectError,
    PerfectMatchingEngine,
)
from matchkit.engines.problem import FlowEngine, FlowProblem
from matchkit.engines.program import MipEngine
from matchkit.errors import Complaint, EngineError, InputError
from matchkit.messages.message import Message

NAMES = ("auto", *FLOW_ENGINES)


class EngineSequence:
    """The engines to try, the fastest first and the most general last: each problem goes to the first that
    suits it.
    """

    exact = True

    def __init__(self, engines: Sequence[FlowEngine]) -> None:
        self._engines = list(engines)
        self._used: list[FlowEngine] = []

    @property
    def name(self) -> str:
        """The engine that solved, or the more general of two that did."""
        names = {engine.name for engine in self._used}
        return next(
            (engine.name for engine in reversed(self._engines) if engine.name in names),
            self._engines[-1].name,
        )

    def suits(self, problem: FlowProblem) -> bool:
        """Whether any engine does."""
        return any(engine.suits(problem) for engine in self._engines)

    def solve(self, problem: FlowProblem) -> tuple[Int64, Int64]:
        """By the first engine that suits. Raises EngineError where none does."""
        for engine in tuple(self._engines):
            if engine.suits(problem):
                try:
                    found = engine.solve(problem)
                except NotPerfectError:
                    self._engines.remove(engine)
                    continue
                self._used.append(engine)
                return found
        raise EngineError(Message("matching.no_engine"))

    def refuse(self) -> bool:
        """Give up the fastest engine, if it had a part in a flow that was not the best; whether that leaves
        another.
        """
        if len(self._engines) == 1 or self._engines[0] not in self._used:
            return False
        del self._engines[0]
        return True


def chosen_engine(given: EngineChoice) -> FlowEngine:
    """The flow engine of that name, or given. Raises InputError, which lists the known ones."""
    if isinstance(given, str) and given == "auto":
        return EngineSequence((PerfectMatchingEngine(), MinCostFlow()))
    engine = engine_of(given)
    if not isinstance(engine, FlowEngine):
        raise InputError(
            [option_refused("engine", getattr(engine, "name", given), NAMES)]
        )
    return engine


def search_engine(
    given: EngineChoice, fact: str, auto: MipEngine = DEFAULT_MIP
) -> MipEngine:
    """The engine for integer programs of that name, or given; ``auto`` where none is named. Raises InputError
    with this message where it is a flow engine, and where it is unknown.
    """
    search = auto if isinstance(given, str) and given == "auto" else engine_of(given)
    if not isinstance(search, MipEngine):
        name = chosen_engine(given).name  # an unknown one is refused as ever
        do = Message.of("matching.consuming.do", names=("auto", *MIP_ENGINES))
        told = Message.of(fact, engine=repr(name))
        raise InputError([Complaint("engine", told, do)])
    return search


def option_refused(option: str, choice: object, known: Sequence[str]) -> Complaint:
    """The complaint about an option that is none of the known words."""
    return Complaint.of(
        option,
        "graph.is",
        "matching.option",
        value=repr(str(choice)[:40]),
        names=tuple(known),
    )


def reason_for(asked: EngineChoice, used: str) -> Message:
    """Why an engine solved."""
    if asked == "auto":
        return Message(f"engine.reason.{used}")
    return Message.of("engine.reason.named", engine=used)
