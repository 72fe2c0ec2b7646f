"""Which deadlines follow from a limit, from what compiling took and from whether anybody waits: by a clock
that stands still, to the tenth of a second.
"""

from __future__ import annotations

import pickle
from types import SimpleNamespace
from typing import Any

import pinned
import pytest
from standing_clock import BEGAN, LIMIT, Clock, in_place_of_time

import matchkit as mk
from matchkit import deadline as deadlines
from matchkit.deadline import Deadline
from matchkit.errors import OutOfMemoryError, StoppedError, WorkerError
from matchkit.messages.message import Message
from matchkit.model import Aim, Part
from matchkit.solvers.flow.solution import Progress
from matchkit.solvers.mip.search import SMALL, WHOLE
from matchkit.solving import conductor, general, relaxations, supervisor
from matchkit.solving import request as requests
from matchkit.solving.conductor import Rounds
from matchkit.solving.protocol import FrameKind
from matchkit.solving.request import Request, SolveContext
from matchkit.solving.supervisor import Supervisor

ROUND = Progress("match", 1, 1, None, None, 0.0)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return in_place_of_time(
        monkeypatch, deadlines, conductor, general, requests, supervisor
    )


def over_from(deadline: Deadline, clock: Clock) -> float:
    """The first tenth of a second at which a deadline is over."""
    for tenth in range(2_000):
        clock.now = BEGAN + tenth / 10
        if deadline.over():
            return clock.now
    raise AssertionError("it is never over")


def test_where_the_caller_waits_a_first_plan_may_come_a_second_and_a_half_late(
    clock: Clock,
) -> None:
    clock.now = 1_012.5
    assert SolveContext(BEGAN, LIMIT).latest == LIMIT + 1.5
    assert SolveContext(BEGAN, LIMIT, hard=True).latest == LIMIT
    assert SolveContext(BEGAN, LIMIT).elapsed() == 12.5


@pytest.mark.parametrize(
    ("given", "seconds"), [(None, 20.0), (5.0, 5.0), (20.0, 20.0), (50, 20.0)]
)
def test_the_shorter_of_budget_and_limit_counts(
    given: float | None, seconds: float
) -> None:
    assert mk.Budget(seconds=20).limit(given) == seconds


def test_rounds_end_so_that_decoding_and_verifying_end_in_time(clock: Clock) -> None:
    """Four times the ten seconds that compiling took are kept for that; ten more to send a plan away."""
    assert (
        over_from(Rounds(SolveContext(BEGAN, LIMIT), 10.0, None).deadline, clock)
        == 1_060
    )
    clock.now = BEGAN
    hard = Rounds(SolveContext(BEGAN, LIMIT, hard=True), 10.0, None)
    assert over_from(hard.deadline, clock) == 1_050


@pytest.mark.parametrize(("hard", "end"), [(False, 1_060), (True, 1_043)])
def test_no_round_begins_that_would_end_too_late_where_nobody_waits(
    clock: Clock, hard: bool, end: float
) -> None:
    """As long as the one before it took: 7 seconds, from the end of the first to that of the second."""
    heard: list[Progress] = []
    rounds = Rounds(SolveContext(BEGAN, LIMIT, hard=hard), 10.0, heard.append)
    for clock.now in (1_005.0, 1_012.0):
        rounds.heard(ROUND)
    assert heard == [ROUND, ROUND]
    assert over_from(rounds.deadline, clock) == end


def test_rounds_end_when_somebody_asks(clock: Clock) -> None:
    asked: list[bool] = []
    rounds = Rounds(SolveContext(BEGAN, LIMIT, lambda: bool(asked)), 1.0, None)
    rounds.heard(ROUND)
    assert not rounds.deadline.over()
    asked.append(True)
    assert rounds.deadline.over()


@pytest.mark.parametrize(("hard", "latest"), [(False, 1_026.5), (True, 1_015.0)])
def test_no_first_round_begins_without_time_for_it_and_for_what_follows(
    clock: Clock, hard: bool, latest: float
) -> None:
    """3.5 + 4 times ten seconds before 1,101.5 where the caller waits, 3.5 + 5 before 1,100 elsewhere."""
    context = SolveContext(BEGAN, LIMIT, hard=hard)
    clock.now = latest
    assert Rounds(context, 10.0, None).deadline
    clock.now = latest + 0.1
    with pytest.raises(StoppedError):
        Rounds(context, 10.0, None)


def asked(*, limited: bool) -> Request:
    return Request("auto", 0, 0.0, mk.Budget(), 100.0, limited=limited)


@pytest.mark.parametrize(
    ("hard", "search", "first_plan", "rows", "later"),
    [
        (False, 1_094, 1_095.5, 1_095.5, 1_095.5),
        (True, 1_094, 1_100, 1_100, 1_094),
    ],
)
def test_a_search_keeps_six_seconds_for_what_comes_after_it(
    clock: Clock,
    hard: bool,
    search: float,
    first_plan: float,
    rows: float,
    later: float,
) -> None:
    context = SolveContext(BEGAN, LIMIT, hard=hard)
    found = general.search_deadlines(asked(limited=True), context, 6.0)
    ends = [
        over_from(deadline, clock)
        for deadline in (found[0], found[0].first(), *found[1:])
    ]
    assert ends == [search, first_plan, rows, later]


def test_without_a_limit_only_the_end_of_the_budget_ends_a_search(clock: Clock) -> None:
    """No part of the work is planned by it."""
    found = general.search_deadlines(
        asked(limited=False), SolveContext(BEGAN, LIMIT), 6.0
    )
    assert [over_from(deadline, clock) for deadline in found] == [1_101.5] * 3
    clock.now = BEGAN
    assert all(deadline.has(1e9) for deadline in found)


def test_a_search_ends_when_somebody_asks(clock: Clock) -> None:
    for limited in (False, True):
        context = SolveContext(BEGAN, LIMIT, lambda: True)
        deadline, first, later = general.search_deadlines(
            asked(limited=limited), context, 6.0
        )
        assert (deadline.over(), first.over(), later.over()) == (True, False, False)


# ── The block relaxation: where it is asked, and for how long


def aim(*measures: str) -> Aim:
    return Aim(name=measures[0], parts=[Part(measure=measure) for measure in measures])  # type: ignore[arg-type]


FILLED, USED, MIXED = (
    aim("filled"),
    aim("resources_used"),
    aim("filled", "resources_used"),
)


@pytest.mark.parametrize(
    ("pairs", "aims", "goals", "bounds", "until"),
    [
        (SMALL, [FILLED], None, None, None),
        (SMALL + 1, [FILLED], None, None, 1_040),
        (WHOLE, [FILLED], None, None, 1_040),
        (WHOLE + 1, [FILLED], None, None, 1_090),
        (WHOLE, [USED], None, None, None),  # the block engine does not count these
        (WHOLE, [MIXED], None, None, 1_040),
        (WHOLE, [USED, FILLED], (3, 5), (3, 7), 1_040),  # the second goal is open
        (WHOLE, [FILLED, USED], (3, -5), (3, -4), None),
        (WHOLE, [FILLED, USED], (2, -5), (3, -4), 1_040),
        (WHOLE, [FILLED, USED], (3, -4), (3, -4), None),  # prices do not prove how many are used
        (WHOLE, [FILLED, FILLED], (3, 4), (3, 4), 1_040),
    ],
)  # fmt: skip
def test_blocks_are_asked_about_the_first_open_goal_that_they_count(
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    pairs: int,
    aims: list[Aim],
    goals: tuple[int, ...] | None,
    bounds: tuple[int, ...] | None,
    until: float | None,
) -> None:
    called: list[Any] = []
    monkeypatch.setattr(
        relaxations, "solve_scheduling", lambda *given: called.append(given)
    )
    case: Any = SimpleNamespace(left=range(pairs), aims=aims)
    request = asked(limited=True)
    relaxations.block_relaxation(case, goals, bounds, Deadline(LIMIT), request)
    assert [given[1].moment for given in called] == ([] if until is None else [until])
    assert all(given[2:] == (0.0, request.search_engine) for given in called)


# ── How long a worker is waited for


class Worker:
    """A process that does nothing, and whether it was asked to stop."""

    def __init__(self, *_: object) -> None:
        self.asked, self.exit_code, self.output = 0, None, ""

    def ask_to_stop(self) -> None:
        self.asked += 1


@pytest.fixture
def followed(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Supervisor:
    monkeypatch.setattr(supervisor, "Process", Worker)
    return Supervisor(mk.Problem(), asked(limited=True), LIMIT)


def test_at_the_deadline_a_worker_is_asked_and_a_quarter_of_a_second_later_ended(
    clock: Clock, followed: Supervisor
) -> None:
    clock.now = LIMIT
    assert followed._goes_on() and followed._process.asked == 1  # type: ignore[attr-defined]
    clock.now = LIMIT + 0.24
    followed._notes.put((FrameKind.PROGRESS, pickle.dumps(ROUND)))
    assert followed._goes_on()
    clock.now = LIMIT + 0.25
    assert not followed._goes_on() and followed._process.asked == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(("at", "ends"), [(1_010.0, 1_020.0), (1_095.0, 1_100.25)])
def test_an_interrupted_worker_has_ten_seconds_and_no_longer_than_the_deadline(
    clock: Clock, followed: Supervisor, at: float, ends: float
) -> None:
    clock.now = at
    followed.interrupt()
    assert followed._goes_on() and followed._process.asked == 1  # type: ignore[attr-defined]
    assert followed._ends == ends


@pytest.mark.parametrize(
    ("again", "goes_on"), [(0.4, True), (0.5, False), (3.0, False)]
)
def test_a_second_interrupt_within_half_a_second_is_the_same_wish(
    clock: Clock, followed: Supervisor, again: float, goes_on: bool
) -> None:
    clock.now = 1_010.0
    followed.interrupt()
    assert followed._goes_on()
    clock.now += again
    followed.interrupt()
    assert followed._goes_on() is goes_on


# ── What a worker's end means


def at_hand(stopped: str, status: str = "feasible") -> mk.Plan:
    plan = mk.solve(mk.Problem())
    outcome = plan.outcome.model_copy(update={"stopped": stopped, "status": status})
    return plan.model_copy(update={"outcome": outcome})


EARLIER = at_hand("no_proof")


@pytest.mark.parametrize(
    ("kind", "sent", "why", "best", "ends"),
    [
        (FrameKind.DONE, at_hand("time_limit"), None, None, "time_limit"),
        (FrameKind.DONE, at_hand("time_limit"), "interrupted", EARLIER, "interrupted"),
        (FrameKind.DONE, at_hand("interrupted"), "time_limit", EARLIER, "time_limit"),
        (FrameKind.DONE, at_hand("proved", "optimal"), "interrupted", EARLIER, "proved"),
        (FrameKind.DONE, at_hand("time_limit", "optimal"), "interrupted", None, "time_limit"),
        (FrameKind.DONE, at_hand("gap"), "interrupted", EARLIER, "gap"),
        (FrameKind.FAILED, ValueError("its own"), "interrupted", EARLIER, ValueError),
        (FrameKind.FAILED, StoppedError(Message("stopped.search")), None, EARLIER, "time_limit"),
        (FrameKind.FAILED, StoppedError(Message("stopped.search")), "interrupted", EARLIER, "interrupted"),
        (FrameKind.FAILED, StoppedError(Message("stopped.search")), "interrupted", None, "stopped.interrupted"),
        (FrameKind.FAILED, StoppedError(Message("stopped.search")), None, None, "stopped.seconds"),
        (FrameKind.MEMORY, None, "time_limit", EARLIER, OutOfMemoryError),
        (FrameKind.MEMORY, None, None, None, OutOfMemoryError),
        (None, None, None, EARLIER, WorkerError),
        (None, None, "time_limit", EARLIER, "time_limit"),
        (None, None, "time_limit", None, "stopped.seconds"),
        (None, None, "interrupted", None, "stopped.interrupted"),
    ],
)  # fmt: skip
def test_what_comes_of_a_worker_follows_from_its_last_word_and_from_why_it_was_stopped(
    followed: Supervisor,
    kind: FrameKind | None,
    sent: object,
    why: Any,
    best: mk.Plan | None,
    ends: str | type[Exception],
) -> None:
    """A plan tells why its search ended; an error has its type, or the key of its message."""
    followed._why, followed._best = why, best
    followed._last = None if kind is None else (kind, pickle.dumps(sent))
    found = followed._concluded()
    if isinstance(ends, type):
        assert type(found) is ends
    elif isinstance(found, StoppedError):
        values = {"seconds": 100.0} if ends == "stopped.seconds" else {}
        assert str(found) == pinned.text(ends, **values)
    else:
        assert isinstance(found, mk.Plan) and found.outcome.stopped == ends
