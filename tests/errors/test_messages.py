"""Every message of the records and the JSON text is the one of the table, and errors that list have their
headlines.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pinned
import pytest
from record_messages import WORDED

from matchkit import errors
from matchkit.errors import Complaint, InputError
from matchkit.model import Problem, Resource, complaints

Refusal = Callable[[Any], InputError]


@pytest.mark.parametrize("fault", WORDED)
def test_a_fault_has_its_words(refusal: Refusal, fault: str) -> None:
    data, expected = WORDED[fault]
    told = refusal(data).complaints
    assert told == (expected,)
    assert all(pinned.has(told, part) for part in pinned.messages_of(expected))


def test_every_message_of_a_field_fault_is_in_the_table() -> None:
    told = {
        each.key
        for _, expected in WORDED.values()
        for each in pinned.messages_of(expected)
    }
    assert {f"record.{name}" for name in complaints._NAMED.values()} - told == set()


def test_no_message_of_the_table_is_the_fallback_for_kinds_nobody_thought_of() -> None:
    assert [
        fault for fault, (_, told) in WORDED.items() if pinned.has(told, "record.other")
    ] == []


def test_a_faulty_record_before_it_does_not_shift_where_another_is_said_to_stand(
    refusal: Refusal,
) -> None:
    scores = [{"resource": 5}, {"resource": "R7", "requirements": [], "points": []}]
    skills = [{"name": 5}, {"name": "nurse"}, {"name": "Nurse"}]
    told = [
        (complaint.where, complaint.fact)
        for complaint in refusal({"scores": scores, "skills": skills}).complaints
    ]
    assert (
        "scores[1].resource",
        pinned.text("record.unlisted.resource", id="R7"),
    ) in told
    assert ("skills[2]", pinned.text("record.spelling")) in told


HEADLINES = {
    "one input fault": (
        errors.InputError([Complaint("a", "is wrong", "Mend it")]),
        f"{pinned.text('fault.input', count=1)}\n  a: is wrong. Mend it.",
    ),
    "two input faults": (
        errors.InputError([Complaint("a", "b"), Complaint("c", "d")]),
        f"{pinned.text('fault.input', count=2)}\n  a: b.\n  c: d.",
    ),
    "faults beyond the listed": (
        errors.InputError([Complaint("a", "b")], more=1_999),
        f"{pinned.text('fault.input', count=2_000)}\n  a: b.\n  ... and 1,999 more.",
    ),
    "a thing to confirm": (
        errors.UnconfirmedError([Complaint("a", "b")]),
        f"{pinned.text('fault.unconfirmed', count=1)}\n  a: b.",
    ),
    "things to confirm": (
        errors.UnconfirmedError([Complaint("a", "b")], more=1_999),
        f"{pinned.text('fault.unconfirmed', count=2_000)}\n  a: b.\n  ... and 1,999 more.",
    ),
    "a contradiction": (
        errors.ContradictionError([Complaint("a", "b")]),
        f"{pinned.text('fault.contradiction')}\n  a: b.",
    ),
    "what a flow cannot say": (
        errors.UnsupportedError([Complaint("a", "b")]),
        f"{pinned.text('fault.unsupported')}\n  a: b.",
    ),
    "a broken plan": (
        errors.BrokenPlanError([Complaint("a", "b")]),
        f"{pinned.text('fault.broken_plan', count=1)}\n  a: b.",
    ),
    "a plan broken twice": (
        errors.BrokenPlanError([Complaint("a", "b")] * 2),
        f"{pinned.text('fault.broken_plan', count=2)}\n  a: b.\n  a: b.",
    ),
}


@pytest.mark.parametrize("case", HEADLINES)
def test_an_error_that_lists_has_its_headline(case: str) -> None:
    error, expected = HEADLINES[case]
    assert str(error) == expected


def test_the_first_ten_complaints_are_shown_and_the_rest_counted() -> None:
    lines = str(
        errors.InputError([Complaint(f"f{n}", "is wrong") for n in range(1_234)])
    ).splitlines()
    assert lines[0] == pinned.text("fault.input", count=1_234)
    assert lines[1:11] == [f"  f{n}: is wrong." for n in range(10)]
    assert lines[11:] == ["  ... and 1,224 more."]


@pytest.mark.parametrize("case", HEADLINES)
def test_an_error_crosses_a_process_border_whole(case: str) -> None:
    error, _ = HEADLINES[case]
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - own data
    assert (type(back), str(back), back.complaints) == (
        type(error),
        str(error),
        error.complaints,
    )


@pytest.mark.parametrize(
    ("kind", "also"),
    [
        ("InputError", ValueError),
        ("ContradictionError", ValueError),
        ("BudgetError", ValueError),
        ("UnsupportedError", NotImplementedError),
        ("EngineError", RuntimeError),
        ("StoppedError", RuntimeError),
        ("StorageError", OSError),
    ],
)
def test_every_error_is_matchkits_own_and_also_the_builtin_one_expects(
    kind: str, also: type[Exception]
) -> None:
    assert issubclass(getattr(errors, kind), errors.MatchkitError)
    assert issubclass(getattr(errors, kind), also)


def test_a_text_of_more_than_a_billion_characters_is_over_budget() -> None:
    class Long(str):
        def __len__(self) -> int:
            return 1_000_000_001

    with pinned.raises(
        errors.BudgetError, "json.long", count=1_000_000_001, most=1_000_000_000
    ):
        Problem.from_json(Long("{}"))


def test_a_number_too_long_to_be_written_out_is_an_input_error_like_any_other() -> None:
    """Python itself refuses to print more than 4,300 digits."""
    with pinned.raises(
        InputError,
        "record.above.digits",
        about="capacity (id R1)",
        bound=1_000_000_000,
        digits=5_001,
    ):
        Resource(id="R1", unit="U1", capacity=10**5000)
