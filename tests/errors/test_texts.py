"""An error says itself in the language asked for, as far as there is a wording."""

from __future__ import annotations

import pickle

import pytest

from matchkit.errors import BudgetError, Complaint, InputError, StoppedError, StorageError


def test_a_listed_error_says_in_chinese_what_has_chinese_words() -> None:
    error = InputError(
        [Complaint("here", "is wrong", "Mend it", "此处有误。请改正。"), Complaint("there", "is odd")], more=2
    )
    assert (
        error.text()
        == str(error)
        == "The input has 4 faults:\n  here: is wrong. Mend it.\n  there: is odd.\n  ... and 2 more."
    )
    assert error.text("zh") == "输入有 4 处错误：\n  此处有误。请改正。\n  there: is odd.\n  …… 另有 2 处。"
    assert pickle.loads(pickle.dumps(error)).text("zh") == error.text("zh")  # noqa: S301 - its own


@pytest.mark.parametrize("kind", [BudgetError, StorageError])
def test_an_error_of_size_or_storage_says_itself_in_chinese_where_it_can(
    kind: type[BudgetError | StorageError],
) -> None:
    assert kind("too large", "太大").text("zh") == "太大"
    assert (
        kind("too large").text("zh")
        == kind("too large", "太大").text()
        == str(kind("too large", "太大"))
        == "too large"
    )
    assert pickle.loads(pickle.dumps(kind("too large", "太大"))).text("zh") == "太大"  # noqa: S301 - its own


def test_any_other_error_says_the_same_in_both() -> None:
    assert StoppedError("stopped").text("zh") == StoppedError("stopped").text() == "stopped"
