"""Every message of the records in Chinese, as whole lines: beside the table of the English ones, and with the
same values.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from typing import Any

import pytest
from record_messages import A_RULE, A_RULE_IN_JSON, WORDED

from matchkit.errors import InputError
from matchkit.messages.catalogue import templates
from matchkit.model.fault import RecordFault, complaint

CHINESE: dict[str, str] = {
    "missing": "units[0].id：缺少。请填写。",
    "no text": "units[0].id：不是文字。请填写文字（在 JSON 中加引号）。",
    "no whole number": "resources[0].capacity (id R1)：不是整数。请填写整数（在 JSON 中不加引号）。",
    "a fraction": "resources[0].capacity (id R1)：不是整数。请填写整数（在 JSON 中不加引号）。",
    "no number": "resources[0].place.lat (id R1)：不是数字。请填写数字（在 JSON 中不加引号）。",
    "neither true nor false": "resources[0].divisible (id R1)：既不是 true 也不是 false。请填写 true 或 false。",
    "no list": "resources[0].familiar (id R1)：不是列表。请给出列表。",
    "no record": 'units[0]：不是记录。请给出 Unit(id=...)，在 JSON 中为 {"id": ...}。',
    "no rule": f"rules[0]：不是记录。请给出记录，例如 {A_RULE}，在 JSON 中为 {A_RULE_IN_JSON}。",
    "no list of records": (
        "resources[0].skills (id R1)：不是列表。请给出列表，其中每项为 SkillLevel(skill=...)，在 "
        'JSON 中为 [{"skill": ...}]。'
    ),
    "no list of rules": f"rules：不是列表。请给出记录列表，例如 {A_RULE}，在 JSON 中为 [{A_RULE_IN_JSON}]。",
    "no day of the week": "resources[0].available[0].days[0] (id R1)：不是星期几。请填写 1（星期一）至 7（星期日）。",
    "a field of another system": "Problem：填写了此处不用的“seed”。请删去。",
    "no record at all": "Problem：不是记录。请给出带字段名的记录。",
    "infinite": "resources[0].place.lat (id R1)：不是有限的数。请填写有限的数。",
    "too small": "resources[0].capacity (id R1)：-1 小于下限 0。请填写不小于 0 的数。",
    "too large": (
        "resources[0].capacity (id R1)：一个 11 位数大于上限 1,000,000,000。请填写不大于 1,000,000,000 的数。"
    ),
    "a word nobody knows": "resources[0].mode (id R1)：不是可用的词。可用的有：'on_site'、'online'、'both'。",
    "another version": "schema_version：不是可用的词。可用的有：'1'。",
    "too many": "resources[0].familiar (id R1)：过长。长度或个数最多为 1,000。",
    "too few": "demands[0].requirements (id D1)：为空或过短。长度或个数至少为 1。",
    "an unknown field": "resources[0] (id R1)：填写了此处不用的“skils”。或许是“skills”。",
    "an odd unknown field": "resources[0] (id R1)：填写了此处不用的、名称特殊的内容。请删去。",
    "an empty name": "units[0].id (id  )：为空。请至少填写一个可见字符。",
    "a long name": "units[0].id：过长。长度或个数最多为 200。",
    "a name that grows": "resources[0].name (id R1)：规范化后长达 360 个字符。最多 200 个字符。",
    "an unseen character": "resources[0].name (id R1)：含有不可见字符或控制字符 U+200B。请删去。",
    "no day": "demands[0].windows[0].first (id D1)：不是日期。请填写日期，例如 2026-05-01。",
    "no moment": (
        "demands[0].windows[0].start (id D1)：不是日期和时间。请按 ISO 8601 填写并带时差，例如 "
        "2026-05-01T08:00:00+08:00。"
    ),
    "a number for a moment": (
        "demands[0].windows[0].start (id D1)：不是日期和时间。请按 ISO 8601 填写并带时差，例如 "
        "2026-05-01T08:00:00+08:00。"
    ),
    "no such day": (
        "demands[0].windows[0].start (id D1)：不是日期和时间。请按 ISO 8601 填写并带时差，例如 "
        "2026-05-01T08:00:00+08:00。"
    ),
    "no zone": "demands[0].windows[0].start (id D1)：没有时区。请补上时差，例如 2026-05-01T08:00:00+08:00。",
    "a far year": "demands[0].windows[0].start (id D1)：在 1960 年。须在 1971 年至 2199 年之间。",
    "part of a second": "demands[0].windows[0].start (id D1)：含有不足一秒的部分。请填写整秒。",
    "backwards": "demands[0].windows[0] (id D1)：结束不晚于开始。请填写晚于开始的结束时间。",
    "a minimum above wanted": "demands[0].requirements[0] (id Q1)：最少人数大于需要人数。请降低最少人数或提高需要人数。",
    "a preference for nothing": "resources[0].preferences[0] (id R1)：既没有类别也没有社区。请至少填写一个。",
    "least above most": "rules[0]：最少大于最多。请降低最少或提高最多。",
    "an unknown rule": (
        "rules[0]：不是可用的词。可用的有：'forbid'、'lock'、'max_distance'、'unit_cap'、'community_cap'、"
        "'reserve_share'、'hours_budget'、'count_budget'、'longest_run'、'rest'、'travel'、'team'、"
        "'cover'、'trainees'、'units_represented'、'unit_share'、'local_member'、'keep_together'、"
        "'keep_apart'、'all_or_nothing'、'choose_at_most'、'not_both'、'least'。"
    ),
    "a share of least above most": "rules[0]：最少大于最多。请降低最少或提高最多。",
    "soft in no way": "rules[0].soft：违规扣分、违规等级和不劣于上期不是恰好填了一项。请恰好填写一项。",
    "soft in two ways": "rules[0].soft：违规扣分、违规等级和不劣于上期不是恰好填了一项。请恰好填写一项。",
    "a rule of two scopes": "rules[0]：同时指定了资源和类别。请只填其一，或都不填。",
    "a least of two subjects": "rules[0]：同时指定了资源、类别、单位、社区中的几项。请只填其一，或都不填。",
    "a least of nothing": "rules[0]：数量和分钟数不是恰好填了一项。请恰好填写一项。",
    "a least of two kinds": "rules[0]：数量和分钟数不是恰好填了一项。请恰好填写一项。",
    "days of no period": "rules[0]：天数与周期 days 只填了一个。请同时填写，或都不填。",
    "a period without days": "rules[0]：天数与周期 days 只填了一个。请同时填写，或都不填。",
    "one kept apart": "rules[0].resources：为空或过短。长度或个数至少为 2。",
    "somebody unknown kept apart": "rules[0].resources[1]：所指的资源 R2 没有列出。请补上，或使用已列出的编号（已有：R1）。",
    "a flexible demand without windows": "demands[0] (id D1)：写了时长而没有可在其中进行的时间。请填写时间，或不填时长。",
    "a tier of what has none": "objective.aims[0].parts[0]：写了等级，而 weight 没有等级。请不填等级。",
    "two aims alike": "objective：有两个目标同名。请为每个目标取不同的名称。",
    "a score for nothing": "scores[0]：有 0 个岗位而有 1 个分数。请一一对应。",
    "two scores for one pair": "scores[0]：同一岗位出现两次。每一对请只写一次分数。",
    "a resource scored twice": "scores[1].resource：再次为资源 R1 评分。每个资源请只写一条记录。",
    "no rule named": "rules[0]：没有写明 rule。请填写 rule。",
    "an id twice": "units[1] (id a)：与 units[0] 的编号相同。请使编号各不相同，仅大小写不同也不行。",
    "an unlisted unit": "units[0].parent (id U1)：所指的单位 X9 没有列出。请补上，或使用已列出的编号（已有：U1）。",
    "a misspelt unit": "units[1].parent (id U1)：所指的单位 street-21 没有列出。或许是 street-12。",
    "an unlisted unit of many": (
        "resources[0].unit (id R1)：所指的单位 zebra 没有列出。请补上，或使用已列出的编号（已有："
        "U0、U1、U2、U3、U4、...）。"
    ),
    "nothing to name": (
        "resources[0].home (id R1)：所指的社区 C1 没有列出。请补上，或使用已列出的编号（目前一个也没有）。"
    ),
    "a circle": "单位 A：是自身的上级（A -> B -> A）。请去掉其中一个上级。",
    "a long circle": "单位 U0：是自身的上级（U0 -> U1 -> U2 -> U3 -> U4 -> U5 ...）。请去掉其中一个上级。",
    "a spelling of two skills": "skills[1]：名称或别名与另一技能相同。每种叫法请只写在一项技能中。",
    "too deep for a record": "JSON 文本：嵌套过深。列表和记录只应有几层。",
    "half a surrogate": "JSON 文本：含有半个代理对（line 1 column 16）。请去掉损坏的字符。",
    "half a surrogate in a str": "Problem：不是有效的 Unicode 文字。请去掉损坏的字符。",
}
"""By the name of the fault in the table of English lines. What is wrong with the text of JSON itself is told
in English.
"""

OTHERS: list[tuple[str, str, dict[str, Any], str]] = [
    ("whole", "whole.fraction", {}, "x：不是整数。请填写整数，不带小数。"),
    (
        "below.digits",
        "below",
        {"digits": 11, "bound": -1_000},
        "x：一个 11 位数小于下限 -1,000。请填写不小于 -1,000 的数。",
    ),
    ("below.value", "below", {"bound": 1}, "x：所填的值小于下限 1。请填写不小于 1 的数。"),
    ("above", "", {"value": "1.5", "bound": 1}, "x：1.5 大于上限 1。请填写不大于 1 的数。"),
    (
        "above.value",
        "above",
        {"bound": 1_000},
        "x：所填的值大于上限 1,000。请填写不大于 1,000 的数。",
    ),
    ("other", "", {"kind": "new_kind"}, "x：不符合要求（new_kind）。请查看格式说明。"),
    ("json", "", {"said": "line 1"}, "x：不是有效的 JSON（line 1）。请改正该处。"),
    ("letters", "", {"count": 201, "most": 200}, "x：长达 201 个字符。最多 200 个字符。"),
    ("zone", "", {}, "x：不是时区名称。请填写时区名称，例如 Asia/Shanghai 或 UTC。"),
    (
        "zone.machine",
        "",
        {},
        "x：在不同机器上所指不同。请填写时区名称，例如 Asia/Shanghai 或 UTC。",
    ),
    ("zone.copy", "", {}, "x：是部分系统才有的时区副本。请去掉名称前的 right/ 或 posix/。"),
    (
        "zone.unknown",
        "",
        {},
        "x：不是本系统认识的时区。请填写时区名称，例如 Asia/Shanghai 或 UTC。",
    ),
    (
        "clock",
        "",
        {"last": "24:00"},
        "x：不是一天中的时刻。请按 HH:MM 填写，从 00:00 到 24:00。",
    ),
    ("dates", "", {}, "x：结束日期早于开始日期。请对调两个日期。"),
    ("pattern_long", "", {"most": 800}, "x：持续超过 800 天。请拆分。"),
    (
        "outside",
        "",
        {"day": "2026-05-04", "field": "off"},
        "x：off 中的 2026-05-04 不在起止日期之间。请删去。",
    ),
    (
        "off_and_also",
        "",
        {"day": "2026-05-04"},
        "x：2026-05-04 同时写在 off 和 also 中。请从其中之一删去。",
    ),
    ("difference", "", {}, "x：差额不等于之后减去之前。请填写应有的差额。"),
    (
        "reason_fact",
        "",
        {},
        "x：所写的事实不属于这条规则。请填写 docs/explanations.md 所列之一。",
    ),
    (
        "reason_values",
        "",
        {"fields": ("has", "needed")},
        "x：所列的值不恰好是 has、needed，或顺序不对。请逐一填写，各一次。",
    ),
    (
        "reason_kinds",
        "",
        {},
        (
            "x：有一个值的种类不对。请填写不小于 0 的整数、文字，或 "
            "2026-05-05T08:00:00Z/2026-05-05T12:00:00Z 这样的时段。"
        ),
    ),
    (
        "said",
        "",
        {},
        "x：不是检查所用的消息，或缺少该消息的数值。请按检查结果写明其键和全部数值。",
    ),
    ("vectors", "", {}, "x：有一组数与目标不是一一对应。请为每个目标填写一个数。"),
    (
        "change_pairs",
        "",
        {},
        "x：所写的搭配少于这类改动撤下和放入的搭配。请逐一写明；对调须写两对撤下、两对放入。",
    ),
    ("ahead", "", {}, "x：领先的目标不在其目标之中。请写其目标之一。"),
    (
        "curve",
        "",
        {},
        "x：没有任何点，或不完整而没有写明原因。请写明各点；不完整时请写明原因。",
    ),
    ("cause_witness", "", {}, "x：证据的种类与原因不符。请按 docs/explanations.md 填写。"),
    (
        "hall_set_number",
        "",
        {"number": 2, "count": 2},
        "x：所指的争用证据序号为 2，共有 2 个。请填写从 0 起、小于总数的序号。",
    ),
    ("never", "", {}, "x：没有一天生效。请填写在起止日期之间且不休息的星期（1 为星期一）。"),
    (
        "windows",
        "",
        {"most": 20_000, "limit": 10_000},
        "x：所写的时间展开后多达 20,000 段。最多 10,000 段，请减少或缩短重复的时间。",
    ),
    (
        "unlisted.demand",
        "unlisted.near",
        {"id": "D7", "near": "D1"},
        "x：所指的需求 D7 没有列出。或许是 D1。",
    ),
    (
        "unlisted.hidden",
        "unlisted.near",
        {"near": "D1"},
        "x：没有列出，且所填内容可能是姓名、电话或邮箱。或许是 D1。",
    ),
    (
        "unlisted.requirement",
        "unlisted.none",
        {"id": "Q7"},
        "x：所指的岗位 Q7 没有列出。请补上，或使用已列出的编号（目前一个也没有）。",
    ),
    (
        "deep.unit",
        "deep",
        {"most": 1_000},
        "x：上级单位超过 1,000 个。请去掉中间层级，或去掉可由其他上级推出的上级。",
    ),
    (
        "deep.community",
        "deep",
        {"most": 1_000},
        "x：上级社区超过 1,000 个。请去掉中间层级，或去掉可由其他上级推出的上级。",
    ),
    (
        "deep.skill",
        "deep",
        {"most": 1_000},
        "x：上级技能超过 1,000 个。请去掉中间层级，或去掉可由其他上级推出的上级。",
    ),
    (
        "steps",
        "deep",
        {"most": 1_000},
        "x：上级层层相叠，逐一上溯超过 1,000 步。请去掉中间层级，或去掉可由其他上级推出的上级。",
    ),
]
"""Those that only a longer problem comes to: message, advice, values, line."""


@pytest.mark.parametrize("fault", CHINESE)
def test_a_fault_has_its_chinese_line(refusal: Callable[[Any], InputError], fault: str) -> None:
    assert [told.line("zh") for told in refusal(WORDED[fault][0]).complaints] == [
        CHINESE[fault]
    ]


@pytest.mark.parametrize(
    ("name", "do", "values", "line"), OTHERS, ids=[f"{name} {do}" for name, do, _, _ in OTHERS]
)
def test_a_message_has_its_chinese_line(
    name: str, do: str, values: dict[str, Any], line: str
) -> None:
    assert complaint("x", name, do, **values).line("zh") == line


OF_TEXTS = [fault for fault, (_, line) in WORDED.items() if line.startswith("the JSON text: ")]


@pytest.mark.parametrize("fault", OF_TEXTS)
def test_a_fault_of_a_json_text_has_no_english_in_its_chinese_line(
    refusal: Callable[[Any], InputError], fault: str
) -> None:
    names = "JSON|UTF-8|NaN|line 1 column 16|A\\b|“name”"
    line = refusal(WORDED[fault][0]).complaints[0].line("zh")
    assert re.search("[A-Za-z]", re.sub(names, "", line)) is None


def test_every_message_of_the_records_is_in_one_of_the_two_tables() -> None:
    lines = [*CHINESE.values(), *(line for *_, line in OTHERS)]
    patterns = {
        key: re.sub(r"\\\{.*?\\\}", ".+", re.escape(chinese))
        for key, chinese in templates("zh").items()
        if key.startswith("record.")
    }
    assert [
        key
        for key, template in patterns.items()
        if not any(re.search(f"[：。]{template}。", line) for line in lines)
    ] == []


def test_a_line_in_chinese_holds_the_same_numbers_as_the_english_one() -> None:
    for fault, line in CHINESE.items():
        assert sorted(re.findall(r"\d+", line)) == sorted(
            re.findall(r"\d+", WORDED[fault][1])
        ), fault


def test_what_a_record_refuses_crosses_a_process_border_whole() -> None:
    fault = RecordFault("letters", count=201, most=200)
    assert str(fault) == "is 201 characters long; at most 200 are allowed"
    back = pickle.loads(pickle.dumps(fault))  # noqa: S301 - its own
    assert (str(back), back.name, back.values) == (str(fault), fault.name, fault.values)
