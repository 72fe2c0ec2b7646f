"""What pins messages fails where a key, a value or a place is another."""

from __future__ import annotations

from typing import Any

import pytest
from pinned import fault, has, line, messages_of, raises, sentences, text

from matchkit.errors import EngineError, InputError
from matchkit.messages.message import Message
from matchkit.verification.report import fact

UNLISTED = fault(
    "a", "record.unlisted.unit", "record.unlisted.near.do", id="U1", near="U2"
)


def test_a_line_is_the_place_and_two_messages_in_a_language() -> None:
    told = ("record.unlisted.unit", "record.unlisted.near.do")
    assert line("a", *told, id="U1", near="U2") == str(UNLISTED)
    assert line("a", *told, lang="zh", id="U1", near="U2") == UNLISTED.line("zh")
    assert UNLISTED.fact == text("record.unlisted.unit", id="U1")
    assert f"a: {sentences(*told, id='U1', near='U2')}" == str(UNLISTED)
    assert f"a：{sentences(*told, 'zh', id='U1', near='U2')}" == UNLISTED.line("zh")
    assert UNLISTED.line("zh") != UNLISTED.line("en")


def test_a_value_that_no_template_shows_pins_nothing_and_is_refused() -> None:
    with pytest.raises(TypeError, match="shows other"):
        text("record.unlisted.unit", id="U1", other=5)
    with pytest.raises(TypeError, match="shows other"):
        fault("a", "record.unlisted.unit", id="U1", other=5)


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        (["record.unlisted.unit"], {}),
        (["record.unlisted.unit"], {"id": "U1"}),
        (
            ["record.unlisted.unit", "record.unlisted.near.do"],
            {"id": "U1", "near": "U2"},
        ),
        (["record.unlisted.unit"], {"about": "a"}),
        (["fault.input"], {"count": 2}),
    ],
)
def test_an_error_with_these_keys_and_values_is_met(
    keys: list[str], values: dict[str, Any]
) -> None:
    with raises(InputError, *keys, **values):
        raise InputError([fault("b", "record.moment"), UNLISTED])


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        (["record.unlisted.community"], {}),
        (["record.unlisted.unit"], {"id": "U2"}),
        (["record.unlisted.unit"], {"near": "U2"}),
        (["record.unlisted.unit", "record.day"], {"id": "U1"}),
        (["record.unlisted.unit"], {"about": "b"}),
        (["record.moment", "record.unlisted.unit"], {"about": "a"}),
        (["fault.input"], {"count": 1}),
    ],
)
def test_an_error_with_another_key_value_or_place_is_not(
    keys: list[str], values: dict[str, Any]
) -> None:
    with (
        pytest.raises(AssertionError, match=f"without {keys[0]}"),
        raises(InputError, *keys, **values),
    ):
        raise InputError([fault("b", "record.moment"), UNLISTED])


def test_an_error_of_one_message_holds_the_messages_in_its_values() -> None:
    inner = Message.of("record.unlisted.unit", id="U1")
    with raises(EngineError, "violation.duplicate", "record.unlisted.unit", id="U1"):
        raise EngineError(Message.of("violation.duplicate", times=(inner, inner)))


def test_a_message_is_found_by_key_and_values_only() -> None:
    found = [fact("duplicate", times=2), UNLISTED]
    assert has(found, "violation.duplicate", times=2)
    assert has(found, "record.unlisted.unit", id="U1")
    assert not has(found, "violation.duplicate", times=3)
    assert not has(found, "violation.duplicate", times=True)
    assert not has(found, "duplicate", times=2)
    assert not has(found, "record.unlisted.unit", near="U2")
    assert [each.key for each in messages_of(found)] == [
        "violation.duplicate",
        "record.unlisted.unit",
        "record.unlisted.near.do",
    ]
