"""What a worker had sent before it was stopped, or died, is not lost: the best verified plan so far, or a
typed error.

The worker here is a stand-in that sends what each test tells it to, and then does what workers must not do.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pinned
import pytest

import matchkit as mk
from matchkit.errors import EngineError, OutOfMemoryError, StoppedError, WorkerError
from matchkit.plan import Plan
from matchkit.solvers.flow.solution import Progress
from matchkit.solving import process, supervisor
from matchkit.solving import worker as solving_worker
from matchkit.solving.memory import is_out_of_memory

START = """
import sys; sys.path[:] = sys.argv[2:]
import os, time
from dataclasses import replace
from matchkit.errors import EngineError
from matchkit.solvers.flow.solution import Progress
from matchkit.solving import protocol
from matchkit.solving.conductor import conduct
from matchkit.solving.request import SolveContext
request, ends, problem = protocol.receive(sys.stdin.buffer)
answers = os.fdopen(os.dup(1), "wb")
def say(kind, content=None):
    protocol.write_frame(answers, kind, content)
def plan():
    now = time.monotonic()
    return conduct(problem, replace(request, engine="greedy"), SolveContext(now, now + 1e6))
PLAN, DONE, FAILED, MEMORY = protocol.FrameKind.PLAN, protocol.FrameKind.DONE, protocol.FrameKind.FAILED, protocol.FrameKind.MEMORY
def ready():
    say(protocol.FrameKind.PROGRESS, Progress("match", 1, 1, None, None, 0.0))
"""


@pytest.fixture(scope="module")
def street() -> mk.Problem:
    return mk.datasets.city("street", 3)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the worker run these lines."""
    monkeypatch.setitem(supervisor.GRACE, "interrupted", 0.2)

    def runs(lines: str) -> None:
        monkeypatch.setattr(process, "PROGRAM", START + lines)

    return runs


def press(event: Progress) -> None:
    """Ctrl-C, once the worker is at work; not at the report that the first one was heard."""
    if event.phase != "stop":
        signal.raise_signal(signal.SIGINT)


def test_an_interrupt_gives_the_plan_that_a_worker_sent_before_it_stopped_listening(
    worker: Callable[[str], None], street: mk.Problem
) -> None:
    worker("say(PLAN, plan()); ready(); time.sleep(60)")
    plan = mk.solve(street, isolated=True, progress=press)
    assert (plan.outcome.status, plan.outcome.stopped) == ("feasible", "interrupted")
    assert mk.verify(street, plan).ok


def test_a_worker_is_told_to_stop_and_hands_over_what_it_has(
    worker: Callable[[str], None], street: mk.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(supervisor.GRACE, "interrupted", 30.0)
    monkeypatch.setattr(supervisor, "INSISTED", 60.0)
    worker(
        "made = plan(); ready(); word = sys.stdin.buffer.read(1); "
        "say(DONE, made) if word == protocol.STOP else os._exit(3)"
    )
    assert mk.verify(street, mk.solve(street, isolated=True, progress=press)).ok


def test_an_interrupt_without_a_plan_is_a_typed_error(
    worker: Callable[[str], None], street: mk.Problem
) -> None:
    worker("ready(); time.sleep(60)")
    with pinned.raises(StoppedError, "stopped.interrupted"):
        mk.solve(street, isolated=True, progress=press)


def test_the_caller_is_told_that_the_interrupt_was_heard(
    worker: Callable[[str], None], street: mk.Problem
) -> None:
    worker("say(PLAN, plan()); ready(); time.sleep(60)")
    told = []

    def listen(event: Progress) -> None:
        told.append((event.phase, event.round, event.pairs))
        press(event)

    mk.solve(street, isolated=True, progress=listen)
    assert told == [("match", 1, 1), ("stop", 0, 0)]


def test_thirty_interrupts_are_one(
    worker: Callable[[str], None], street: mk.Problem
) -> None:
    """Wherever one strikes, also while another is being dealt with."""
    worker("say(PLAN, plan()); ready(); time.sleep(60)")

    def fall() -> None:
        for _ in range(30):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            pause.wait(0.003)

    thread, pause = threading.Thread(target=fall), threading.Event()

    def listen(event: Progress) -> None:
        if event.phase == "match":
            thread.start()

    plan = mk.solve(street, isolated=True, progress=listen)
    thread.join()
    assert plan.outcome.stopped == "interrupted"


def test_a_second_interrupt_soon_after_does_not_cost_the_plan_that_is_being_finished(
    worker: Callable[[str], None], street: mk.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(supervisor.GRACE, "interrupted", 60.0)
    monkeypatch.setattr(supervisor, "INSISTED", 60.0)
    worker(
        "made = plan(); ready(); time.sleep(0.1); ready(); time.sleep(0.2); say(DONE, made)"
    )
    heard = []

    def listen(event: Progress) -> None:
        heard.append(event.phase)
        press(event)

    assert mk.verify(street, mk.solve(street, isolated=True, progress=listen)).ok
    assert heard == ["match", "stop", "match"]


def test_the_deadline_gives_the_plan_that_a_worker_sent_before_it_hung(
    worker: Callable[[str], None], street: mk.Problem
) -> None:
    worker("say(PLAN, plan()); ready(); time.sleep(60)")
    heard: list[Progress] = []
    limit = 3.0
    while not heard and limit < 50:  # a busy machine may take longer to start a Python
        try:
            plan = mk.solve(
                street, isolated=True, time_limit=limit, progress=heard.append
            )
        except StoppedError:
            limit *= 2
    assert (plan.outcome.status, plan.outcome.stopped) == ("feasible", "time_limit")
    assert mk.verify(street, plan).ok


def test_the_wait_for_an_interrupted_worker_ends_at_the_deadline_too(
    worker: Callable[[str], None], street: mk.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(supervisor.GRACE, "interrupted", 1e6)
    worker("ready(); time.sleep(40); say(MEMORY)")
    with pytest.raises(StoppedError):
        mk.solve(street, isolated=True, time_limit=5, progress=press)


def test_a_worker_that_talks_without_end_is_ended_at_the_deadline(
    worker: Callable[[str], None], street: mk.Problem
) -> None:
    worker("while True: ready()")
    with pytest.raises(StoppedError):
        mk.solve(street, isolated=True, time_limit=3)


def test_a_worker_learns_by_when_to_be_done(
    worker: Callable[[str], None], street: mk.Problem
) -> None:
    """By the clock that all processes share."""
    worker(
        "say(protocol.FrameKind.PROGRESS, Progress('left', 1, 1, None, None, ends - time.time())); "
        "say(DONE, plan())"
    )
    told: list[Progress] = []
    mk.solve(street, isolated=True, time_limit=500, progress=told.append)
    [left] = [event.seconds for event in told if event.phase == "left"]
    assert 400 < left < 500


def test_a_worker_has_a_while_after_the_deadline_to_hand_over_what_it_has(
    worker: Callable[[str], None], street: mk.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(supervisor.GRACE, "time_limit", 250.0)
    worker("made = plan(); sys.stdin.buffer.read(1); time.sleep(1); say(DONE, made)")
    assert mk.verify(street, mk.solve(street, isolated=True, time_limit=1)).ok


def test_who_interrupts_again_after_a_while_is_answered_without_the_plan_in_the_making(
    worker: Callable[[str], None], street: mk.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(supervisor.GRACE, "interrupted", 250.0)
    monkeypatch.setattr(supervisor, "INSISTED", 0.0)
    worker(
        "made = plan(); ready(); sys.stdin.buffer.read(1); ready(); time.sleep(5); say(DONE, made)"
    )
    with pinned.raises(StoppedError, "stopped.interrupted"):
        mk.solve(street, isolated=True, progress=press)


def test_an_interrupted_solve_answers_after_a_while_without_another_press(
    worker: Callable[[str], None], street: mk.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(supervisor.GRACE, "interrupted", 250.0)
    monkeypatch.setattr(solving_worker, "QUIET", 1.0)
    worker("made = plan(); ready(); sys.stdin.buffer.read(1); say(DONE, made)")
    pressed = []

    def listen(event: Progress) -> None:
        if event.phase != "stop":
            pressed.append(time.monotonic())
        press(event)

    assert mk.verify(street, mk.solve(street, isolated=True, progress=listen)).ok
    assert time.monotonic() >= pressed[-1] + 1.0


@pytest.mark.parametrize(
    ("act", "kind", "code", "words"),
    [
        ("os.abort()", WorkerError, -6, pinned.text('worker.signal', number='6', name='SIGABRT')),
        ("os.kill(os.getpid(), 11)", WorkerError, -11, "was ended by signal 11 (SIGSEGV)"),
        ("os._exit(3)", WorkerError, 3, "ended with exit code 3 before it had an answer."),
        ("say(MEMORY); time.sleep(60)", OutOfMemoryError, -9, "Solving came to the memory of this machine."),
        ("os.write(2, b\"what():  std::bad_alloc\"); os.abort()", OutOfMemoryError, -6, "Solving came to the memory of this machine."),
        ("answers.write(b'\\x03\\0\\0\\0\\0\\0\\0\\xff\\xff cut off'); answers.flush(); os._exit(0)", WorkerError, 0, "exit code 0"),
    ],
)  # fmt: skip
def test_a_worker_that_dies_is_a_typed_error_with_its_exit_code_and_its_best_plan(
    act: str,
    kind: type[WorkerError],
    code: int,
    words: str,
    worker: Callable[[str], None],
    street: mk.Problem,
) -> None:
    worker("say(PLAN, plan()); " + act)
    with pytest.raises(WorkerError) as caught:
        mk.solve(street, isolated=True)
    assert type(caught.value) is kind
    assert (caught.value.exit_code, words in str(caught.value)) == (code, True)
    assert str(caught.value).endswith(" Its best plan so far is the error's 'plan'.")
    assert (
        isinstance(caught.value.plan, Plan) and mk.verify(street, caught.value.plan).ok
    )


def test_a_worker_that_dies_without_a_plan_says_no_word_of_one(
    worker: Callable[[str], None], street: mk.Problem
) -> None:
    worker("os.write(2, b'the last words'); os.abort()")
    with pytest.raises(WorkerError) as caught:
        mk.solve(street, isolated=True)
    assert str(caught.value) == pinned.text("worker.signal", number="6", name="SIGABRT")
    assert (caught.value.plan, caught.value.output) == (None, "the last words")


def test_a_worker_has_a_session_and_one_thread_of_its_own_and_its_last_words_are_kept(
    worker: Callable[[str], None], street: mk.Problem
) -> None:
    """Of what it says the last 4,000 bytes."""
    worker(
        "words = f'{os.getsid(0) == os.getpid()} {os.environ[\"OMP_NUM_THREADS\"]}'.encode(); "
        "os.write(2, b'early' + b'-' * (4000 - len(words)) + words); os._exit(3)"
    )
    with pytest.raises(WorkerError) as caught:
        mk.solve(street, isolated=True)
    assert len(caught.value.output) == 4_000
    assert caught.value.output.strip("-") == "True 1"


@pytest.mark.parametrize(
    ("code", "memory", "megabytes", "key", "values"),
    [
        (0, False, None, "worker.exit_code", {"code": "0"}),
        (None, False, None, "worker.exit_code", {"code": "None"}),
        (7, False, 500, "worker.exit_code", {"code": "7"}),
        (-9, False, None, "worker.killed", {"number": "9", "name": "SIGKILL"}),
        (-11, False, None, "worker.signal", {"number": "11", "name": "SIGSEGV"}),
        (-9, True, None, "worker.memory_of_machine", {}),
        (1, True, 500, "worker.megabytes", {"megabytes": 500}),
    ],
)
def test_why_a_worker_ended_is_said(
    code: int | None,
    memory: bool,
    megabytes: int | None,
    key: str,
    values: dict[str, Any],
) -> None:
    error = supervisor.exit_reason(code, "its words", memory, megabytes, None)
    assert str(error) == pinned.text(key, **values)
    assert type(error) is (OutOfMemoryError if memory else WorkerError)
    assert (error.exit_code, error.output, error.plan) == (code, "its words", None)
    said = supervisor.exit_reason(
        code, "Cannot allocate memory", False, megabytes, None
    )
    assert type(said) is OutOfMemoryError


def test_a_signal_without_a_name_is_said_by_its_number() -> None:
    error = supervisor.exit_reason(-250, "", False, None, None)
    unnamed = pinned.message("worker.unnamed_signal")
    assert str(error) == pinned.text("worker.signal", number="250", name=unnamed)


@pytest.mark.parametrize(
    ("given", "hard", "limit"),
    [
        (500, None, 500_000_000),
        (5_000, 3_000_000_000, 3_000_000_000),
        (500, 3_000_000_000, 500_000_000),
        (None, 3_000_000_000, 3_000_000_000),
        (None, None, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")),
    ],
)
def test_the_memory_of_a_worker_is_limited_to_what_is_given_and_allowed(
    given: int | None, hard: int | None, limit: int
) -> None:
    """Without a number to that of the machine. It leaves no picture of its memory either."""
    program = f"""
import resource
from matchkit.solving.memory import keep_within
if {hard}: resource.setrlimit(resource.RLIMIT_AS, ({hard}, {hard}))
keep_within({given})
print(resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CORE))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[0] == f"({limit}, {limit}) (0, 0)"


def test_an_error_of_matchkit_is_passed_on_even_where_a_plan_had_been_sent(
    worker: Callable[[str], None], street: mk.Problem
) -> None:
    """A plan of an engine that then contradicts its own proof is not to be trusted."""
    worker(
        "say(PLAN, plan()); say(FAILED, EngineError('it contradicts itself.')); time.sleep(60)"
    )
    with pytest.raises(EngineError, match="it contradicts itself."):
        mk.solve(street, isolated=True)


def test_a_worker_that_never_started_is_a_typed_error(
    monkeypatch: pytest.MonkeyPatch, street: mk.Problem
) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/python")
    with pinned.raises(WorkerError, "worker.not_started"):
        mk.solve(street, isolated=True)
    monkeypatch.setattr("sys.executable", "")
    with pinned.raises(WorkerError, "worker.no_python"):
        mk.solve(street, isolated=True)


def test_the_errors_cross_a_process_border_whole() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(OutOfMemoryError("full.", -6, "bad_alloc", None)))  # noqa: S301 - its own pickle
    assert (type(error), str(error), error.exit_code, error.output, error.plan) == (
        OutOfMemoryError,
        "full.",
        -6,
        "bad_alloc",
        None,
    )
    assert isinstance(error, MemoryError)


@pytest.mark.parametrize(
    ("error", "memory"),
    [
        (MemoryError(), True),
        (ImportError("libx.so: failed to map segment from shared object"), True),
        (OSError(12, "Cannot allocate memory"), True),
        (OSError(2, "No such file"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_an_error_is_of_memory_where_python_or_a_library_says_so(
    error: Exception, memory: bool
) -> None:
    assert is_out_of_memory(error) is memory
