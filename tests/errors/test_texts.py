"""An error says itself in the language asked for, as far as there is a wording."""

from __future__ import annotations

import pickle

import pytest

from matchkit.errors import BudgetError, Complaint, InputError, StoppedError, StorageError
from matchkit.messages.message import Message


def test_a_listed_error_says_in_chinese_what_has_chinese_words() -> None:
    extra = (
        Message.of("fault.needs_extra", name="jinja2"),
        Message.of("fault.needs_extra.do", extra="report"),
    )
    error = InputError([Complaint("here", *extra), Complaint("there", "is odd")], more=2)
    assert (
        error.text()
        == str(error)
        == "The input has 4 faults:\n  here: needs jinja2, which is not installed. Install matchkit with the "
        "extra report.\n  there: is odd.\n  ... and 2 more."
    )
    assert (
        error.text("zh")
        == "输入有 4 处错误：\n  here：需要未安装的 jinja2。请安装带 report 附加组件的 matchkit。"
        "\n  there: is odd.\n  …… 另有 2 处。"
    )
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
    assert (
        str(error)
        == error.text()
        == "Hard rules contradict each other; no plan can keep them all:"
    )
    assert error.text("zh") == "硬性规则互相矛盾，没有方案能全部遵守："
    assert pickle.loads(pickle.dumps(error)).text("zh") == error.text("zh")  # noqa: S301 - its own


def test_complaints_are_equal_and_in_order_by_what_they_say() -> None:
    message = Message.of("fault.needs_extra", name="jinja2")
    assert Complaint("a", message) == Complaint("a", "needs jinja2, which is not installed")
    assert Complaint("a", "x") != Complaint("b", "x")
    assert sorted({Complaint("b", "x"), Complaint("a", "y"), Complaint("a", "y")})[
        0
    ] == Complaint("a", "y")
    assert (
        repr(Complaint("a", message, "Do it"))
        == "Complaint('a', 'needs jinja2, which is not installed', 'Do it')"
    )
