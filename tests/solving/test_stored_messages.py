"""The reason of an outcome is a message: stored by key and values, shown in the reader's language."""

from __future__ import annotations

import json
import platform
from typing import Any

import jsonschema
import pytest

import matchkit as mk
from matchkit.errors import InputError
from matchkit.plan import Plan, StoredMessage
from matchkit.solving import outcome
from matchkit.tables.published import schema


def plan() -> Plan:
    """Of one person who may work four hours a week."""
    problem = mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=[mk.Resource(id="r", unit="u")],
        demands=[
            mk.Demand(id="d", community="c", requirements=[mk.Requirement(id="q")])
        ],
        rules=[mk.rules.HoursBudget(minutes=240)],
    )
    return mk.solve(problem)


def stored(reason: object) -> str:
    """The plan's file with another reason."""
    data = json.loads(plan().to_json())
    data["outcome"]["reason"] = reason
    return json.dumps(data)


def test_a_reason_comes_back_from_a_file_by_key_and_values() -> None:
    made = plan()
    found = Plan.from_json(made.to_json()).outcome.reason
    assert found == made.outcome.reason
    assert (found.key, [name for name, _ in found.values]) == (
        "engine.reason.obstacle",
        ["engine", "where", "fact"],
    )
    assert found.text() != found.text("zh")


def test_a_reason_that_was_stored_as_a_text_is_read_as_it_is_in_every_language() -> (
    None
):
    text = stored("cpsat: rule {x} ties pairs together")
    jsonschema.validate(json.loads(text), schema("plan"))
    found = Plan.from_json(text)
    assert {found.outcome.reason.text(lang) for lang in ("en", "zh")} == {
        "cpsat: rule {x} ties pairs together"
    }
    assert Plan.from_json(found.to_json()) == found


NAMED: dict[str, Any] = {"key": "engine.reason.named", "values": [["engine", "lap"]]}


@pytest.mark.parametrize(
    "reason",
    [
        {"key": "no such message", "values": []},
        {"key": "engine.reason.named", "values": []},
        {"key": "engine.reason.named", "values": [["engine", 1.5]]},
        {
            "key": "text",
            "values": [["text", {"key": "text", "values": [["text", NAMED]]}]],
        },
        7,
        None,
    ],
)
def test_what_is_no_message_is_refused(reason: object) -> None:
    with pytest.raises(InputError, match="reason"):
        Plan.from_json(stored(reason))


def test_a_message_within_a_message_is_kept() -> None:
    reason = {"key": "engine.reason.named", "values": [["engine", NAMED]]}
    found = Plan.from_json(stored(reason)).outcome.reason
    jsonschema.validate(
        reason, {"$defs": schema("plan")["$defs"], "$ref": "#/$defs/StoredMessage"}
    )
    assert found.values == (
        ("engine", StoredMessage.model_validate_json(json.dumps(NAMED))),
    )
    assert found.text() == "lap: asked for by name: asked for by name"


def test_a_version_that_is_not_known_is_said_to_be_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As of a source tree that was never installed."""
    monkeypatch.setattr(outcome, "NAMED", ("matchkit", "no such distribution"))
    outcome.versions.cache_clear()
    found = dict(outcome.versions())
    outcome.versions.cache_clear()
    assert found["no such distribution"] == "unknown"
    assert found["python"] == platform.python_version()
    assert set(found) == {"python", "matchkit", "no such distribution"}
