"""What ``help`` says of a record of problems and plans."""

from __future__ import annotations

import pytest

import matchkit.model as m
from matchkit.model.fields import records


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


def test_help_says_that_a_list_may_be_left_out() -> None:
    told = "skills: list of `SkillLevel`"
    [line] = [line for line in str(m.Resource.__doc__).splitlines() if told in line]
    assert "; none unless given" in line
    [line] = [
        line for line in str(m.Objective.__doc__).splitlines() if "distance:" in line
    ]
    assert "; ``" in line and "none unless given" not in line


def test_help_tells_how_long_a_list_may_be() -> None:
    [line] = [
        line for line in str(m.rules.NotBoth.__doc__).splitlines() if "demands:" in line
    ]
    assert "at least 2, at most 1,000" in line
