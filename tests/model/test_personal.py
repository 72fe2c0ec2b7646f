"""Personal fields are found by their mark, whatever they are called, and can always be left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pytest
from pydantic import Field

import matchkit as mk
from matchkit.model import Problem, Resource, Unit
from matchkit.model.base import Many, Record
from matchkit.model.personal import PersonalIds, personal_fields, without_personal
from matchkit.model.text import PersonalName


class Kin(Record):
    """A record of tomorrow, with marks where they may stand."""

    of: str
    nicknames: Many[PersonalName] = ()
    birthday: str | None = Field(default=None, json_schema_extra={"personal": True})


class Household(Record):
    """Holds records that have personal fields, and has none itself."""

    head: Kin | None = None
    others: Many[Kin] = ()
    note: str = ""


class Careless(Record):
    """A personal field that nobody could leave out."""

    name: Annotated[str, Field(json_schema_extra={"personal": True})]


def _records(kind: type[Record]) -> Iterator[type[Record]]:
    for below in kind.__subclasses__():
        yield below
        yield from _records(below)


def test_the_personal_fields_of_the_model_are_those_of_people() -> None:
    assert personal_fields(mk.Resource) == ("name", "contact")
    assert personal_fields(mk.Demand) == ("in_charge", "contact")
    assert personal_fields(mk.Unit) == personal_fields(mk.Problem) == ()


def test_a_mark_is_found_in_a_list_and_on_the_field_itself() -> None:
    assert personal_fields(Kin) == ("nicknames", "birthday")
    assert personal_fields(Household) == ()


def test_marked_fields_of_records_within_records_are_left_out() -> None:
    kin = Kin(of="H1", nicknames=["虚构小甲"], birthday="虚构日")
    bare = Kin(of="H1")
    assert without_personal(
        Household(head=kin, others=[kin, bare], note="n")
    ) == Household(head=bare, others=[bare, bare], note="n")


def test_what_has_nothing_personal_stays_the_same_object() -> None:
    house = Household(head=Kin(of="H1"))
    assert without_personal(house) is house
    city = mk.datasets.city("street")
    assert without_personal(city).demands is city.demands
    assert all(resource.name is None for resource in without_personal(city).resources)


def test_no_record_of_the_model_has_a_personal_field_that_cannot_be_left_out() -> None:
    found = [
        kind for kind in _records(Record) if kind.__module__.startswith("matchkit.")
    ]
    assert mk.Resource in found
    assert [
        kind
        for kind in found
        if any(kind.model_fields[name].is_required() for name in personal_fields(kind))
    ] == []


def test_one_that_cannot_be_left_out_is_a_defect_and_its_value_is_not_told() -> None:
    with pytest.raises(
        TypeError, match="Careless.name is personal and has no default"
    ) as caught:
        without_personal(Careless(name="虚构甲"))
    assert "虚构" not in str(caught.value)


@pytest.mark.parametrize("name", ["甲乙", "甲乙丙", "甲乙丙丁"])
def test_a_chinese_name_of_two_to_four_characters_is_found_within_other_text(
    name: str,
) -> None:
    """An invented one."""
    known = PersonalIds(
        Problem(units=[Unit(id="U")], resources=[Resource(id="R", unit="U", name=name)])
    )
    assert known.may_be(f"请{name}来")
    assert not known.may_be("请别人来")
