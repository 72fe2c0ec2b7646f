"""What stands in columns of skills and is none, and names joined by marks that other cells tell apart."""

from __future__ import annotations

import json

import pytest

from matchkit.io.cells import CellFault, Context, read_cell
from matchkit.io.cells.joined import joined, parts_of
from matchkit.io.cells.no_skill import no_skill, none_held, none_needed
from matchkit.model.skill import AnyOf, SkillLevel

NOWHERE = Context()
NURSING = SkillLevel(skill="护理")


@pytest.mark.parametrize(
    "cell",
    [
        "不限专业",
        "无专业要求",
        "No skills needed",
        "no experience required.",
        "技能不限",
        "专业、学历不限",
        "对技能无要求",
        "Skills: none",
        "无特长",
    ],
)
def test_a_cell_that_says_that_no_skill_is_needed_is_certain_and_empty(cell: str) -> None:
    assert read_cell("needs", cell, NOWHERE) == ((), None)


@pytest.mark.parametrize("cell", ["无特长", "no special skills", "没有专业技能"])
def test_somebody_without_a_skill_has_none_and_whoever_has_any_skill_is_refused(cell: str) -> None:
    assert read_cell("skills", cell, NOWHERE) == ((), None)
    with pytest.raises(CellFault):
        read_cell("skills", "专业不限", NOWHERE)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "党员优先",
            "男性",
            "18-60岁",
            "18至45周岁",
            "女",
            "本科以上学历",
            "身体健康",
            "有责任心",
            "本地居民",
            "有急救证优先",
            "普通志愿者",
            "熟练",
        ),
        *("female only", "18+", "over 18", "aged 18-60", "driving licence preferred", "volunteers", "reliable", "experience is a plus"),
    ],
)
@pytest.mark.parametrize("kind", ["skills", "needs"])
def test_a_condition_or_a_preference_is_left_out_and_asked_about_and_in_quotes_it_is_a_skill(kind: str, cell: str) -> None:
    alone, beside = read_cell(kind, cell, NOWHERE), read_cell(kind, f"护理；{cell}", NOWHERE)
    assert (alone.value, beside.value) == ((), (NURSING,))
    for found in (alone, beside):
        assert found.guess is not None
        [why] = dict(found.guess.values)["why"]
        assert (why.key, dict(why.values)) == ("cell.guess.no_skill", {"item": cell})
        assert found.guess.text() != found.guess.text("zh")
    assert read_cell(kind, f'"{cell}"', NOWHERE) == ((SkillLevel(skill=cell),), None)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "医护人员",
            "无人机",
            "无线电",
            "女性健康",
            "男护士",
            "体能训练",
            "心理咨询",
            "党员教育",
            "学历教育",
            "居民调解",
            "青年工作",
            "其他语言",
        ),
        *(
            "wound care",
            "adult education",
            "age concern",
            "people skills",
            "expert witness",
            "fitness",
            "advanced first aid",
            "kindergarten",
        ),
        *("member services", "no-till farming", "training", "student tutoring", "责任护士", "女红", "基础医疗", "健康", "技术支持"),
    ],
)
def test_names_of_skills_that_hold_such_words_are_certain(name: str) -> None:
    assert not (no_skill(name) or none_needed(name) or none_held(name))
    assert read_cell("skills", name, NOWHERE) == ((SkillLevel(skill=name),), None)


def test_a_declared_name_is_a_skill_whatever_it_looks_like() -> None:
    assert read_cell("needs", "党员", Context(declared=frozenset({"党员"}))) == ((SkillLevel(skill="党员"),), None)
    assert read_cell("needs", "党员", NOWHERE).value == ()


def test_alternatives_of_which_one_is_no_skill_are_left_out_whole() -> None:
    assert read_cell("needs", "护理或男性; 驾驶|骑行", NOWHERE).value == (
        AnyOf(any_of=(SkillLevel(skill="驾驶"), SkillLevel(skill="骑行"))),
    )


@pytest.mark.parametrize("cell", ["Y", "x", "√", "✓", "1", "0", "是", "TRUE", "false", "✅", "√√", "No", True, 1, 0.0, "Driving; TRUE"])
@pytest.mark.parametrize("kind", ["skills", "needs"])
def test_a_tick_is_never_a_skill_and_the_advice_is_to_write_the_name(kind: str, cell: object) -> None:
    if cell == "No":
        assert read_cell(kind, cell, NOWHERE).value is None  # a word for nothing
        return
    with pytest.raises(CellFault) as caught:
        read_cell(kind, cell, NOWHERE)
    assert (caught.value.advice.key) == "cell.accepts.no_tick"
    assert '"' not in caught.value.advice.text()


@pytest.mark.parametrize("mark", ["-", " - ", "–", "—", "－", "_", "~", "～", "·", "・", "|", "｜", "\\", "•", ">", "^"])
def test_a_mark_joins_skills_where_other_cells_hold_a_part_and_the_level_is_the_last_ones(mark: str) -> None:
    names = [read_cell("skills", cell, NOWHERE).value[0].skill for cell in (f"Cooking{mark}charity{mark}first aid", "e-mail", "X-ray")]
    several = joined([*names, "cooking"], frozenset())
    assert len(several) == 1
    context = Context(joined=several)
    found = read_cell("skills", f"Cooking{mark}charity{mark}first aid:2; e-mail", context)
    assert found.value == tuple(SkillLevel(skill=s, level=n) for s, n in (("Cooking", 1), ("charity", 1), ("first aid", 2), ("e-mail", 1)))
    assert found.guess is not None and "cell.guess.joined" in [why.key for why in dict(found.guess.values)["why"]]
    assert read_cell("skills", json.dumps(names[0]), context) == ((SkillLevel(skill=names[0]),), None)


@pytest.mark.parametrize(
    ("names", "declared", "several"),
    [
        (["e-mail", "X-ray", "T-shirt printing", "first aid"], [], []),
        (["COVID-19", "covid", "24-hour care", "care"], [], []),  # a part without a letter
        (["C++", "C", "C#", "Node.js", "nursing/driving", "nursing"], [], []),  # these marks are asked about elsewhere, or are names
        (["child-care", "care"], [], ["child-care"]),
        (["child-care", "care"], ["child-care"], []),
        (["a1-b", "b-c", "c-d", "d", "x-y"], [], ["a1-b", "b-c", "c-d"]),  # from d to c, to b
        (["护理_驾驶", "驾驶"], [], ["护理_驾驶"]),
    ],
)
def test_a_name_is_several_where_parts_of_it_stand_alone_or_are_parts_of_another_that_is(
    names: list[str], declared: list[str], several: list[str]
) -> None:
    assert joined(names, frozenset(declared)) == frozenset(several)


def test_a_name_is_parted_at_every_such_mark() -> None:
    assert parts_of("a-b – c_d") == ["a", "b", "c", "d"]
    assert parts_of("-a") == ["-a"]
