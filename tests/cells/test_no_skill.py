"""What stands in columns of skills and is none, and names joined by marks that other cells tell apart."""

from __future__ import annotations

import json

import pytest

from matchkit.model.skill import AnyOf, SkillLevel
from matchkit.tables.cells import CellFault, Context, read_cell
from matchkit.tables.cells.skill_names import (
    joined,
    no_skill,
    none_held,
    none_needed,
    parts_of,
)

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
def test_a_cell_that_says_that_no_skill_is_needed_is_certain_and_empty(
    cell: str,
) -> None:
    assert read_cell("needs", cell, NOWHERE) == ((), None)


@pytest.mark.parametrize("cell", ["无特长", "no special skills", "没有专业技能"])
def test_somebody_without_a_skill_has_none_and_whoever_has_any_skill_is_refused(
    cell: str,
) -> None:
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
        *(
            "female only",
            "18+",
            "over 18",
            "aged 18-60",
            "driving licence preferred",
            "volunteers",
            "reliable",
            "experience is a plus",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["skills", "needs"])
def test_a_condition_or_a_preference_is_left_out_and_asked_about_and_in_quotes_it_is_a_skill(
    kind: str, cell: str
) -> None:
    alone, beside = (
        read_cell(kind, cell, NOWHERE),
        read_cell(kind, f"护理；{cell}", NOWHERE),
    )
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
        *(
            "member services",
            "no-till farming",
            "training",
            "student tutoring",
            "责任护士",
            "女红",
            "基础医疗",
            "健康",
            "技术支持",
        ),
    ],
)
def test_names_of_skills_that_hold_such_words_are_certain(name: str) -> None:
    assert not (no_skill(name) or none_needed(name) or none_held(name))
    assert read_cell("skills", name, NOWHERE) == ((SkillLevel(skill=name),), None)


def test_a_declared_name_is_a_skill_whatever_it_looks_like() -> None:
    assert read_cell("needs", "党员", Context(declared=frozenset({"党员"}))) == (
        (SkillLevel(skill="党员"),),
        None,
    )
    assert read_cell("needs", "党员", NOWHERE).value == ()


def test_alternatives_of_which_one_is_no_skill_are_left_out_whole() -> None:
    assert read_cell("needs", "护理或男性; 驾驶|骑行", NOWHERE).value == (
        AnyOf(any_of=(SkillLevel(skill="驾驶"), SkillLevel(skill="骑行"))),
    )


TICKS = [
    "Y",
    "x",
    "√",
    "✓",
    "1",
    "0",
    "是",
    "TRUE",
    "false",
    "✅",
    "√√",
    "No",
    True,
    1,
    0.0,
    "Driving; TRUE",
]
TICKS += ["不会", "具备", "OK", "ok!", "done", "已具备", "持证", "护理；不具备"]
TICKS += ["[x]", "（√）", "✔️", "✔\ufe0f", "【√】", "有", "Yes.", "(无)"]


@pytest.mark.parametrize("cell", TICKS)
@pytest.mark.parametrize("kind", ["skills", "needs"])
def test_a_tick_is_never_a_skill_and_the_advice_is_to_write_the_name(
    kind: str, cell: object
) -> None:
    if cell == "No":
        assert read_cell(kind, cell, NOWHERE).value is None  # a word for nothing
        return
    with pytest.raises(CellFault) as caught:
        read_cell(kind, cell, NOWHERE)
    assert (caught.value.advice.key) == "cell.accepts.no_tick"
    assert '"' not in caught.value.advice.text()


MARKS = [
    "-",
    " - ",
    "–",
    "—",
    "－",
    "_",
    "~",
    "～",
    "·",
    "・",
    "|",
    "｜",
    "\\",
    "•",
    ">",
    "=>",
    "^",
    "#",
    "@",
    "..",
    "…",
    "。",
    "丨",
    "%",
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_joins_skills_most_of_which_stand_alone_elsewhere_and_the_level_is_the_last_ones(
    mark: str,
) -> None:
    cell = f"Cooking{mark}charity{mark}first aid"
    names = [
        read_cell("skills", one, NOWHERE).value[0].skill
        for one in (cell, "e-mail", "X-ray")
    ]
    several = joined([*names, "cooking", "charity"], frozenset()).several
    assert len(several) == 1
    context = Context(joined=several)
    found = read_cell("skills", f"{cell}:2; e-mail", context)
    assert found.value == tuple(
        SkillLevel(skill=s, level=n)
        for s, n in (("Cooking", 1), ("charity", 1), ("first aid", 2), ("e-mail", 1))
    )
    assert found.guess is not None and "cell.guess.joined" in [
        why.key for why in dict(found.guess.values)["why"]
    ]
    assert read_cell("skills", json.dumps(names[0], ensure_ascii=False), context) == (
        (SkillLevel(skill=names[0]),),
        None,
    )


@pytest.mark.parametrize(
    ("names", "declared", "several", "doubted"),
    [
        (["e-mail", "X-ray", "T-shirt printing", "first aid"], [], [], []),
        (
            ["COVID-19", "covid", "24-hour care", "care"],
            [],
            [],
            [],
        ),  # a part without a letter
        (
            ["C++", "C", "C#", ".NET", "Node.js", "js", "a@", "@a"],
            [],
            [],
            [],
        ),  # these marks part nothing
        (["e-mail", "mail", "T-shirt", "shirt"], [], [], []),  # a part of one letter
        (["child-care", "care"], [], [], ["child-care"]),
        (["child-care", "care"], ["child-care"], [], []),
        (["child-care", "care", "child"], [], ["child-care"], []),
        # One name that is several makes no others so, and none but itself doubtful.
        (
            [
                "child-care",
                "care",
                "child",
                "child-protection",
                "first-responder",
                "first-aid",
                "aid",
                "meals-on-wheels",
                "driving",
            ],
            [],
            ["child-care"],
            ["child-protection", "first-aid"],
        ),
        (["护理_驾驶", "驾驶"], [], [], ["护理_驾驶"]),
        (["护理_驾驶", "驾驶", "护理"], [], ["护理_驾驶"], []),
        # No part stands alone: every name is joined, or a part is the last of one and the first of another,
        # or there are three.
        (
            ["singing-carpentry", "medicine-teaching"],
            [],
            [],
            ["singing-carpentry", "medicine-teaching"],
        ),
        (["护理加驾驶", "烹饪加急救"], [], [], ["护理加驾驶", "烹饪加急救"]),
        (
            ["driving-cooking", "cooking-singing", "a", "b", "c"],
            [],
            [],
            ["driving-cooking", "cooking-singing"],
        ),
        (
            ["driving-cooking-singing", "a", "b", "c"],
            [],
            [],
            ["driving-cooking-singing"],
        ),
        (
            ["child-protection", "child-minding", "a", "b", "c"],
            [],
            [],
            [],
        ),  # a part is the first of both
        (
            ["nursing driving", "driving cooking", "cooking nursing"],
            [],
            [],
            ["nursing driving", "driving cooking", "cooking nursing"],
        ),
        (
            [
                "first aid",
                "mental health first aid",
                "first responder",
                "child care",
                "care work",
            ],
            [],
            [],
            [],
        ),
        # Whatever stands between names that stand alone.
        (["nursing driving", "nursing", "driving"], [], [], ["nursing driving"]),
        (
            ["nursing.driving", "nursing/driving", "nursing", "driving"],
            [],
            [],
            ["nursing.driving", "nursing/driving"],
        ),
        (
            ["nursing plus driving and first aid", "nursing", "driving", "first aid"],
            [],
            [],
            ["nursing plus driving and first aid"],
        ),
        (
            ["护理兼驾驶", "护理一驾驶", "护理l驾驶", "护理", "驾驶"],
            [],
            [],
            ["护理兼驾驶", "护理一驾驶", "护理l驾驶"],
        ),
        (
            ["与人沟通", "和面", "食品加工", "加固", "沟通", "面", "人", "食品"],
            [],
            [],
            [],
        ),
        (
            ["急救培训", "急救", "培训", "housework", "house", "work"],
            [],
            [],
            [],
        ),  # nothing between them: one word made of two
    ],
)
def test_what_names_together_say_of_each(
    names: list[str], declared: list[str], several: list[str], doubted: list[str]
) -> None:
    found = joined(names, frozenset(declared))
    assert (found.several, sorted(found.doubted)) == (
        frozenset(several),
        sorted(doubted),
    )


def test_a_name_is_parted_at_every_such_mark_and_what_it_is_made_of_is_said() -> None:
    assert parts_of("a-b – c_d") == ["a", "b", "c", "d"]
    assert parts_of("-a") == ["-a"]
    assert parts_of("#a #b") == ["a", "b"]
    assert joined(
        ["nursing with driving", "nursing", "driving"], frozenset()
    ).doubted == {"nursing with driving": ("nursing", "driving")}


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "nursing&&driving",
            "nursing@driving",
            "nursing#driving",
            "nursing..driving",
            "nursing。driving",
        ),
        *("护理…驾驶", "护理丨驾驶", "护理兼驾驶", "护理-驾驶"),
    ],
)
def test_marks_that_hardly_stand_within_a_name_are_asked_about_whatever_others_hold(
    cell: str,
) -> None:
    found = read_cell("skills", cell, NOWHERE)
    assert len(found.value) == 1 and found.guess is not None
    assert [why.key for why in dict(found.guess.values)["why"]] == [
        "cell.guess.one_name"
    ]


@pytest.mark.parametrize("kind", ["skills", "needs", "skill_counts", "senior"])
def test_a_name_that_others_make_doubtful_is_asked_about_in_every_kind_of_column(
    kind: str,
) -> None:
    for context in (
        Context(doubted=frozenset({"child-care"})),
        Context(joined=frozenset({"child-care"})),
    ):
        cell = "child-care|nursing" if kind == "needs" else "child-care"
        found = read_cell(kind, cell, context)
        assert found.guess is not None
        assert (
            read_cell(kind, cell.replace("child-care", '"child-care"'), context).guess
            is None
        )


AT_THE_ENDS = [
    "“护理”",
    "'nursing'",
    "(nursing)",
    "nursing!",
    "nursing.",
    "护理√",
    "护理 √",
    "nursing yes",
    "护理(会)",
]
AT_THE_ENDS += ["_nursing_", "~nursing"]


@pytest.mark.parametrize("cell", AT_THE_ENDS)
def test_marks_and_ticks_at_the_ends_of_a_name_are_asked_about(cell: str) -> None:
    found = read_cell("skills", cell, NOWHERE)
    assert len(found.value) == 1 and found.guess is not None
    assert "cell.guess.outer_mark" in [
        why.key for why in dict(found.guess.values)["why"]
    ]
    assert (
        read_cell("skills", json.dumps(cell, ensure_ascii=False), NOWHERE).guess is None
    )


@pytest.mark.parametrize(
    "cell",
    [
        "C++",
        "C#",
        ".NET",
        "Node.js",
        "first aid",
        "护理(儿科)",
        "CPR (adult)",
        "plan B",
        "vitamin K",
    ],
)
def test_names_that_end_in_a_mark_of_their_own_are_certain(cell: str) -> None:
    assert read_cell("skills", cell, NOWHERE).guess is None
