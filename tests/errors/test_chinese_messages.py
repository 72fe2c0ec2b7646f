"""Every complaint about records in Chinese: the same messages and values as in English."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from typing import Any

import pytest
from record_messages import WORDED

from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.model.fault import RecordFault


@pytest.mark.parametrize("fault", WORDED)
def test_a_fault_has_its_chinese_line(
    refusal: Callable[[Any], InputError], fault: str
) -> None:
    data, expected = WORDED[fault]
    assert [told.line("zh") for told in refusal(data).complaints] == [
        expected.line("zh")
    ]
    assert re.search("[\u4e00-\u9fff]", expected.line("zh"))


OF_TEXTS = [
    fault
    for fault, (_, told) in WORDED.items()
    if told.parts[0] == Message("json.text")
]


@pytest.mark.parametrize("fault", OF_TEXTS)
def test_a_fault_of_a_json_text_has_no_english_in_its_chinese_line(
    refusal: Callable[[Any], InputError], fault: str
) -> None:
    names = "JSON|UTF-8|NaN|line 1 column 16|A\\b|“name”"
    line = refusal(WORDED[fault][0]).complaints[0].line("zh")
    assert re.search("[A-Za-z]", re.sub(names, "", line)) is None


def test_a_line_in_chinese_holds_the_same_numbers_as_the_english_one() -> None:
    for fault, (_, told) in WORDED.items():
        if fault not in OF_TEXTS:
            assert sorted(re.findall(r"\d+", told.line("zh"))) == sorted(
                re.findall(r"\d+", str(told))
            ), fault


def test_what_a_record_refuses_crosses_a_process_border_whole() -> None:
    fault = RecordFault("letters", count=201, most=200)
    assert str(fault) == "is 201 characters long; at most 200 are allowed"
    back = pickle.loads(pickle.dumps(fault))  # noqa: S301 - its own
    assert (str(back), back.name, back.values) == (str(fault), fault.name, fault.values)
