"""Moments and times of day in JSON: every form of ISO 8601 that names a whole second with its offset is the
same moment.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pinned
import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from matchkit.errors import InputError
from matchkit.model import Problem
from matchkit.model.time import Moment
from matchkit.tables.published import schema

Sound = dict[str, Any]
Refusal = Callable[[Any], InputError]
SCHEMA = Draft202012Validator(schema("problem"))
MIDNIGHT = datetime(2026, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-05-03T00:00Z", "2026-05-03T00:00:00.000Z", "2026-05-03 00:00:00.0000000Z", "2026-05-02T24:00Z", "2026-05-02T24:00:00.000Z",
     "2026-05-03T08:00:00+08:00", "2026-05-03T08:00:00+0800", "2026-05-03 08:00:00+08", "2026-05-02T24:00:00-00:00",
     "2026-05-02 19:00:00-05:00"],
)  # fmt: skip
def test_one_moment_in_every_form(sound: Sound, text: str) -> None:
    sound["demands"][0]["windows"] = [{"start": "2026-05-02T20:00:00Z", "end": text}]
    assert Problem.from_json(json.dumps(sound)).demands[0].windows[0].end == MIDNIGHT
    assert SCHEMA.is_valid(sound)
    assert (
        TypeAdapter(Moment).validate_json(json.dumps(text)) == MIDNIGHT
    )  # as starts of plans and of tables to audit hold it


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("2026-05-03T00:00:00.5Z", pinned.text("record.second")),
        ("2026-05-03T00:00:00.000000001Z", pinned.text("record.second")),
        ("2026-05-03T00:00:00", pinned.text("record.offset")),
        ("2026-05-02T24:00:00", pinned.text("record.offset")),
        ("2026-05-02T24:01Z", pinned.text("record.moment")),
        ("2026-05-02T24:00:01Z", pinned.text("record.moment")),
        ("2026-02-30T00:00Z", pinned.text("record.moment")),
        ("2026-05-03T00:00:60Z", pinned.text("record.moment")),
        ("9999-12-31T24:00Z", pinned.text("record.moment")),
    ],
)
def test_what_names_no_whole_second_is_refused_for_its_own_reason(
    sound: Sound, refusal: Refusal, text: str, fact: str
) -> None:
    sound["demands"][0]["windows"] = [{"start": "2026-05-02T20:00:00Z", "end": text}]
    assert [complaint.fact for complaint in refusal(sound).complaints] == [fact]


def _pattern(**hours: str) -> dict[str, Any]:
    return {
        "zone": "UTC",
        "days": [1],
        "start": "09:00",
        "end": "11:00",
        "first": "2026-05-01",
        "last": "2026-06-30",
    } | hours


@pytest.mark.parametrize(
    ("start", "end"),
    [("09:00:00", "24:00:00"), ("09:00:00.000", "24:00:00.000"), ("09:00", "24:00")],
)
def test_a_time_of_day_may_have_seconds_of_nought(
    sound: Sound, start: str, end: str
) -> None:
    sound["demands"][0]["windows"] = [_pattern(start=start, end=end)]
    [pattern] = Problem.from_json(json.dumps(sound)).demands[0].windows
    assert (pattern.start, pattern.end) == ("09:00", "24:00")
    assert SCHEMA.is_valid(sound)


@pytest.mark.parametrize(
    "hours",
    [
        {"start": "09:00:30"},
        {"end": "11:00:00.5"},
        {"start": "24:00:00"},
        {"end": "24:00:01"},
        {"start": "09:00Z"},
    ],
)
def test_a_time_of_day_with_more_is_refused_by_records_and_schema(
    sound: Sound, refusal: Refusal, hours: dict[str, str]
) -> None:
    sound["demands"][0]["windows"] = [_pattern(**hours)]
    assert [complaint.fact for complaint in refusal(sound).complaints] == [
        pinned.text("record.clock")
    ]
    assert not SCHEMA.is_valid(sound)
