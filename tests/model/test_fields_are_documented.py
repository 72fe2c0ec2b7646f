"""What ``help`` says of a record of problems and plans."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

import matchkit.model as m
from matchkit.answers.audit import TableScore
from matchkit.answers.pairs import WhyNot
from matchkit.model.fields import described, records
from matchkit.plan import Plan


@pytest.mark.parametrize("name", sorted(records().keys() - {"Record"}))
def test_every_field_says_what_it_is(name: str) -> None:
    """The kind of a rule is said by its one value."""
    for field, info in records()[name].model_fields.items():
        assert field == "rule" or info.description, field


def test_help_tells_type_limits_default_and_meaning_of_a_field() -> None:
    told = "level: whole number from 1 to 100; ``1`` unless given. From 1, the lowest."
    assert told in str(m.SkillLevel.__doc__)


def test_a_skill_asked_of_a_team_is_asked_of_one_member_at_level_one() -> None:
    asked = m.SkillCount(skill="cook")
    assert (asked.count, asked.level) == (1, 1)


SAID = {
    ("Skill", "name"): "text of at most 200 characters; required",
    ("SkillLevel", "level"): "whole number from 1 to 100; ``1`` unless given",
    ("AnyOf", "any_of"): "list of `SkillLevel`, at least 1, at most 64; required",
    ("Soft", "price"): "whole number from 0 to 1,000,000 or none",
    ("Soft", "no_worse"): "true or false; ``False`` unless given",
    ("RuleRecord", "soft"): "`Soft` or none",
    ("Place", "lat"): "number from -90 to 90; required",
    ("Weekly", "first"): "date; required",
    ("Weekly", "off"): "list of date, at most 800; none unless given",
    ("Preference", "points"): "whole number from -100 to 100; required",
    (
        "Resource",
        "capacity",
    ): "whole number from 0 to 1,000,000,000; ``1`` unless given",
    ("Resource", "kind"): "text of at most 200 characters; ``'person'`` unless given",
    (
        "Resource",
        "available",
    ): "list of `Window` or `Weekly`, at most 10,000; none unless given",
    (
        "Resource",
        "mode",
    ): "``'on_site'``, ``'online'`` or ``'both'``; ``'both'`` unless given",
    ("Problem", "schema_version"): "always ``'1'``",
    ("Problem", "units"): "list of `Unit`; none unless given",
    ("Problem", "rules"): "list of `Forbid`, ... or `SetAside`; none unless given",
    ("Problem", "objective"): "`Objective`; ``Objective()`` unless given",
    ("NotBoth", "demands"): (
        "list of text of at most 200 characters, at least 2, at most 1,000; required"
    ),
    ("Part", "measure"): "``'minimum'``, ... or ``'kept'``; required",
    ("Cover", "counting"): "``'one'`` or ``'several'``; required",
}


@pytest.mark.parametrize(
    ("record", "field", "said"),
    [
        (
            WhyNot,
            "verdict",
            (
                "``'not_eligible'``, ``'at_capacity'``, ``'ruled_out'``, ``'exact'``, ``'bound'`` or "
                "``'unknown'``; required"
            ),
        ),
        (TableScore, "terms", "list of (text, whole number); required"),
    ],
)
def test_help_says_what_fields_of_answers_are(
    record: type[BaseModel], field: str, said: str
) -> None:
    assert described(record.model_fields[field]) == said


@pytest.mark.parametrize(("record", "field"), SAID)
def test_help_says_type_limits_and_default_of_every_kind_of_field(
    record: str, field: str
) -> None:
    assert described(records()[record].model_fields[field]) == SAID[record, field]


def test_the_schema_of_a_plan_asks_for_labels_of_at_least_one_character() -> None:
    closed = Plan.model_json_schema()["$defs"]["Closed"]["properties"]
    assert closed["label"]["minLength"] == 1
