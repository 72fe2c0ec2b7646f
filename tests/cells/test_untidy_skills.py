"""Skills as people write them: levels of any form, counts of people beside them, several in one, numbered
lists, and no skill at all.
"""

from __future__ import annotations

from typing import Any

import pytest

from matchkit.model.rules import SkillCount
from matchkit.model.skill import SkillLevel
from matchkit.tables.cells import CellFault, Context, read_cell

NOWHERE = Context()


def value(kind: str, cell: str) -> Any:
    """The value of a cell that is certain."""
    found = read_cell(kind, cell, NOWHERE)
    assert found.guess is None, found.guess.text()
    return found.value


def guessed(kind: str, cell: str) -> Any:
    """The value of a cell that is to be confirmed."""
    found = read_cell(kind, cell, NOWHERE)
    assert found.guess is not None
    return found.value


def fault(kind: str, cell: str) -> str:
    """The key of the fact for which a cell, or an item of it, is refused."""
    with pytest.raises(CellFault) as caught:
        read_cell(kind, cell, NOWHERE)
    return dict(caught.value.fact.values).get("fact", caught.value.fact).key


@pytest.mark.parametrize(
    "cell",
    ["不限", "均可", "任意", "无要求", "无特殊要求", "any", "Any", "No requirements"],
)
def test_that_any_skill_will_do_is_no_skill_to_confirm_where_skills_are_asked_for_and_refused_where_they_are_had(
    cell: str,
) -> None:
    assert guessed("needs", cell) == ()
    assert (
        fault("skills", cell)
        == fault("senior", cell)
        == fault("skill_counts", cell)
        == "cell.list.any"
    )
    assert fault("needs", f"护理; {cell}") == "cell.list.any"
    assert value("needs", f'"{cell}"') == (SkillLevel(skill=cell),)


@pytest.mark.parametrize(
    "cell",
    [
        "护理2人",
        "护理3人、驾驶1人",
        "护理×3",
        "护理*2",
        "护理x3",
        "nursing x 3",
        "3名护理",
        "护理两名",
        "2 drivers",
        "2x driver",
    ],
)
def test_people_counted_beside_a_skill_are_no_part_of_its_name(cell: str) -> None:
    assert fault("needs", cell) == fault("skills", cell) == "cell.skill.people"


@pytest.mark.parametrize(
    ("cell", "level", "count"),
    [
        ("护理3人", 1, 3),
        ("护理×3", 1, 3),
        ("护理 x3", 1, 3),
        ("护理两名", 1, 2),
        ("护理二级2人", 2, 2),
    ],
)
def test_people_counted_beside_a_skill_are_to_be_confirmed_where_skills_are_counted(
    cell: str, level: int, count: int
) -> None:
    assert guessed("skill_counts", cell) == (
        SkillCount(skill="护理", level=level, count=count),
    )


@pytest.mark.parametrize(
    "cell",
    [
        "护理Ⅱ",
        "护理≥2",
        "护理>=2",
        "护理=2",
        "护理2级以上",
        "护理（二级及以上）",
        "护理 lv2",
    ],
)
def test_a_level_of_any_form_is_one_to_confirm(cell: str) -> None:
    assert guessed("needs", cell) == (SkillLevel(skill="护理", level=2),)


@pytest.mark.parametrize(
    "name",
    [
        "护理(高级)",
        "护理高级",
        "护理-2",
        "护理★★",
        "nursing (advanced)",
        "一级建造师",
        "护理和驾驶",
        "护理及急救",
        "护理+驾驶",
        "护理&驾驶",
        "护理。驾驶。",
        "护理.驾驶",
        "nursing/driving",
        "nursing and driving",
        "nursing & driving",
        "Pflege und Fahren",
        "soins et conduite",
        "护理2驾驶",
        "护理 2)驾驶",
    ],
)
def test_what_may_be_a_level_or_several_names_is_one_name_to_confirm(name: str) -> None:
    assert guessed("skills", name) == (SkillLevel(skill=name),)
    assert value("skills", f'"{name}"') == (SkillLevel(skill=name),)


@pytest.mark.parametrize(
    "name",
    [
        "C1驾照",
        "C++",
        "Python3",
        "3D打印",
        "S1",
        "nursing-2",
        "wound care",
        "社会工作者",
        "Erste Hilfe",
        "和谐社区建设",
    ],
)
def test_other_names_are_certain(name: str) -> None:
    assert value("skills", name) == (SkillLevel(skill=name),)


@pytest.mark.parametrize(
    "cell",
    [
        "1. 护理; 2. 驾驶",
        "• 护理\n• 驾驶",
        "- 护理\n- 驾驶",
        "①护理；②驾驶",
        "（一）护理；（二）驾驶",
        "a) 护理\nb) 驾驶",
    ],
)
def test_what_numbers_the_items_of_a_list_is_left_out_and_to_be_confirmed(
    cell: str,
) -> None:
    assert guessed("skills", cell) == (
        SkillLevel(skill="护理"),
        SkillLevel(skill="驾驶"),
    )
    assert guessed("names", cell) == ("护理", "驾驶")


@pytest.mark.parametrize("cell", ["√", "✔", "x", "×", "是", "yes", "护理；√"])
def test_a_tick_is_no_skill(cell: str) -> None:
    assert fault("skills", cell) == "cell.list.tick"


@pytest.mark.parametrize("cell", ["不限", "全部", "所有", "all", "any", "饮水；所有"])
def test_what_says_all_or_any_is_no_name(cell: str) -> None:
    assert fault("names", cell) == "cell.list.any"


@pytest.mark.parametrize(
    "cell", ["护理、驾驶等", "护理、驾驶等等", "护理、驾驶……", "nursing, driving etc."]
)
def test_a_list_that_says_that_it_goes_on_is_to_be_confirmed(cell: str) -> None:
    assert len(guessed("skills", cell)) == len(guessed("names", cell)) == 2


def test_names_that_end_like_a_list_that_goes_on_are_certain() -> None:
    assert value("names", "男女平等; 高等教育; 中等") == (
        "男女平等",
        "高等教育",
        "中等",
    )


def test_several_loads_without_a_mark_between_them_are_refused() -> None:
    assert fault("loads", "kg:20 seats:4") == "cell.pair.not"


def test_what_may_be_several_categories_or_kinds_is_to_be_confirmed() -> None:
    assert guessed("preferences", "辅导/助餐:10")[0].category == "辅导/助餐"
    assert guessed("kind", "物资和设备") == "物资和设备"
    assert value("kind", '"物资和设备"') == "物资和设备"
    assert value("kind", "Volunteers") == "person"


@pytest.mark.parametrize("cell", ["同上", "〃", '"', "ditto", "Ditto", " 同上 "])
@pytest.mark.parametrize(
    "kind",
    [
        "id",
        "name",
        "personal",
        "ids",
        "names",
        "kind",
        "skills",
        "needs",
        "times",
        "whole",
        "yes_no",
        "zone",
    ],
)
def test_what_points_to_another_cell_is_refused_in_every_column(
    kind: str, cell: str
) -> None:
    assert fault(kind, cell) == "cell.ditto"


def test_what_points_to_another_cell_may_be_a_note() -> None:
    assert value("note", "同上") == "同上"
