"""An error says itself in the language asked for, as far as there is a wording."""

from __future__ import annotations

import pickle

import pinned
import pytest

from matchkit.errors import (
    BudgetError,
    Complaint,
    InputError,
    StoppedError,
    StorageError,
)
from matchkit.messages.message import Message


def test_a_listed_error_says_in_chinese_what_has_chinese_words() -> None:
    extra = (
        Message.of("fault.needs_extra", name="jinja2"),
        Message.of("fault.needs_extra.do", extra="report"),
    )
    error = InputError(
        [Complaint("here", *extra), Complaint("there", "is odd")], more=2
    )
    needed = ("here", "fault.needs_extra", "fault.needs_extra.do")
    for lang in ("en", "zh"):
        assert error.text(lang).splitlines() == [
            pinned.text("fault.input", lang, count=4),
            "  " + pinned.line(*needed, lang, name="jinja2", extra="report"),
            "  there: is odd.",
            "  " + pinned.text("fault.more", lang, more=2),
        ]
    assert str(error) == error.text()
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - its own
    assert (str(again), again.text("zh"), again.complaints) == (
        str(error),
        error.text("zh"),
        error.complaints,
    )


@pytest.mark.parametrize("kind", [BudgetError, StorageError, StoppedError])
def test_an_error_with_one_message_says_itself_in_chinese_where_it_can(
    kind: type[BudgetError | StorageError | StoppedError],
) -> None:
    assert (
        kind("too large").text("zh")
        == kind("too large").text()
        == str(kind("too large"))
        == "too large"
    )
    error = kind(Message("fault.contradiction"))
    assert str(error) == error.text() == pinned.text("fault.contradiction")
    assert error.text("zh") == pinned.text("fault.contradiction", "zh")
    assert pickle.loads(pickle.dumps(error)).text("zh") == error.text("zh")  # noqa: S301 - its own


def test_complaints_are_equal_and_in_order_by_what_they_say() -> None:
    message = Message.of("fault.needs_extra", name="jinja2")
    assert Complaint("a", message) == Complaint(
        "a", pinned.text("fault.needs_extra", name="jinja2")
    )
    assert Complaint("a", "x") != Complaint("b", "x")
    assert sorted({Complaint("b", "x"), Complaint("a", "y"), Complaint("a", "y")})[
        0
    ] == Complaint("a", "y")
    assert (
        repr(Complaint("a", message, "Do it"))
        == f"Complaint('a', '{pinned.text('fault.needs_extra', name='jinja2')}', 'Do it')"
    )
