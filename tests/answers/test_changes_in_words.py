"""How changes are told, in both languages: times and rules so that people can read them, and nobody's
name.
"""

from __future__ import annotations

from datetime import date
from string import Formatter
from typing import Any

import pinned
import pytest
from by_hand import demand, need, resource, skill, window

import matchkit.model as m
from matchkit.answers.changes import (
    AddDemand,
    AddResource,
    AddRule,
    ChangeObjective,
    ChangeResource,
    ChangeRule,
    FreeAt,
    SetWanted,
)
from matchkit.messages.message import LANGUAGES, templates


def weekly(days: list[int], start: str, end: str, **more: Any) -> m.Weekly:
    return m.Weekly(
        zone="Asia/Shanghai",
        days=days,
        start=start,
        end=end,
        first=date(2026, 5, 4),
        last=date(2026, 5, 31),
        **more,
    )


@pytest.mark.parametrize(
    ("time", "english", "chinese"),
    [
        (
            window(5, 8, 12),
            "Tue 2026-05-05 08:00-12:00 (UTC)",
            "2026-05-05 周二 08:00 至 12:00（UTC）",
        ),
        (
            window(5, 20, 26),
            "Tue 2026-05-05 20:00 - Wed 2026-05-06 02:00 (UTC)",
            "2026-05-05 周二 20:00 至 2026-05-06 周三 02:00（UTC）",
        ),
        (
            window(5, 8, 8 + 1 / 3600),
            "Tue 2026-05-05 08:00-08:00:01 (UTC)",
            "2026-05-05 周二 08:00 至 08:00:01（UTC）",
        ),
        (
            weekly([1, 2, 3, 5], "18:00", "22:00"),
            "Mon to Wed, Fri 18:00-22:00, 2026-05-04 to 2026-05-31 (Asia/Shanghai)",
            "2026-05-04 至 2026-05-31，每周一至周三、周五 18:00 至 22:00（Asia/Shanghai）",
        ),
        (
            weekly([1, 2, 3, 4, 5, 6, 7], "22:00", "06:00", off=[date(2026, 5, 5)]),
            pinned.text(
                "change.weekly_off",
                text=pinned.text(
                    "change.weekly_night",
                    days="daily",
                    start="22:00",
                    end="06:00",
                    first="2026-05-04",
                    last="2026-05-31",
                    zone="Asia/Shanghai",
                ),
                dates=["2026-05-05"],
            ),
            "2026-05-04 至 2026-05-31，每天 22:00 至次日 06:00（Asia/Shanghai），2026-05-05 除外",
        ),
        (
            weekly([7], "00:00", "24:00", also=[date(2026, 5, 6), date(2026, 5, 5)]),
            "Sun 00:00-24:00, 2026-05-04 to 2026-05-31 (Asia/Shanghai), also on 2026-05-05, 2026-05-06",
            "2026-05-04 至 2026-05-31，每周日 00:00 至 24:00（Asia/Shanghai），另加 2026-05-05、2026-05-06",
        ),
    ],
)
def test_times(time: Any, english: str, chinese: str) -> None:
    change = FreeAt(resource="R1", time=time)
    assert change.line() == pinned.text("change.free_at", resource="R1", time=english)
    assert change.line("zh") == pinned.text(
        "change.free_at", "zh", resource="R1", time=chinese
    )


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        (m.Forbid(resource="R1", requirement="Q1"), "forbid R1 Q1", "forbid R1 Q1"),
        (m.MaxDistance(km=2.5), "max_distance (2.5 km)", "max_distance（2.5 公里）"),
        (m.SetAside(group="g", demand="D1", least=2, order=-1), "set_aside D1 g (at least 2, order -1)", "set_aside D1 g（至少 2、处理次序 -1）"),
        (m.UnitShare(unit="U1", community="C1", least=2), "unit_share U1 C1 (at least 2)", "unit_share U1 C1（至少 2）"),
        (
            m.HoursBudget(minutes=600, per="days", days=7, zone="Asia/Shanghai", soft=m.Soft(price=5)),
            pinned.text('change.text_rule', rule='hours_budget', limits=['600 minutes', pinned.text('change.per.days', days=7, zone='Asia/Shanghai'), pinned.text('change.soft.price', price=5)]),
            pinned.text('change.text_rule', 'zh', rule='hours_budget', limits=['600 分钟', pinned.text('change.per.days', 'zh', days=7, zone='Asia/Shanghai'), '软规则：每违反 1 扣 5 分']),
        ),
        (
            m.Cover(demand="D1", skills=[m.SkillCount(skill="nursing", level=2, count=3)], counting="one", soft=m.Soft(tier=2)),
            pinned.text('change.text_rule', rule='cover D1', limits=['together: 3 with nursing 2', pinned.text('change.soft.tier', tier=2)]),
            pinned.text('change.text_rule', 'zh', rule='cover D1', limits=[pinned.text('change.rule.skills', 'zh', skills=['nursing 2 级 3 名']), '软规则：计入第 2 级目标']),
        ),
        (m.CountBudget(category="night", most=2, per="week"), "count_budget night (at most 2, a week (UTC), of night alone)", "count_budget night（至多 2、每周（UTC）、只计“night”）"),
        (m.NotAfter(id="N", category="early", after="night"), "N (no early on the day after night)", "N（“night”的次日不安排“early”）"),
        (m.LongestRun(days=1, soft=m.Soft(no_worse=True)), pinned.text('change.text_rule', rule='longest_run', limits=[pinned.text('change.rule.days', value=1), pinned.text('change.soft.no_worse')]),
         pinned.text('change.text_rule', 'zh', rule='longest_run', limits=['连续 1 天', pinned.text('change.soft.no_worse', 'zh')])),
    ],
)  # fmt: skip
def test_rules(rule: Any, english: str, chinese: str) -> None:
    assert AddRule(rule=rule).line() == f"add rule {english}"
    assert AddRule(rule=rule).line("zh") == pinned.text(
        "change.add_rule", "zh", rule=chinese
    )
    assert ChangeRule(label="old", rule=rule).line() == f"replace rule old by {english}"


def test_every_number_of_every_rule_is_told() -> None:
    """Each kind of rule with a value of its own in each field of numbers: the value stands in the text, in
    both languages.
    """
    ids = {
        "resource": "R",
        "requirement": "Q",
        "demand": "D",
        "unit": "U",
        "community": "C",
        "resources": ["R", "S"],
        "demands": ["D", "E"],
    }
    special = {
        "skills": [m.SkillCount(skill="law", count=7)],
        "senior": skill("law", 3),
        "counting": "one",
        "per": "all",
        "zone": "UTC",
        "category": "early",
        "after": "night",
        "group": "club",
    }
    numbers = {
        "quantity": 11,
        "least": 12,
        "most": 13,
        "percent": 14,
        "minutes": 15,
        "km": 16.5,
        "kmh": 17,
        "days": 18,
        "order": 19,
    }
    without = {
        "least": ({"unit", "community", "minutes"}, {"resource", "unit", "quantity"}),
        "set_aside": ({"requirement", "community"}, {"demand", "community"}),
        "most_moves": ({"resource", "each"}, {"unit", "each"}),
    }
    for kind, left_out in [
        (one, names) for one in m.rules.KINDS for names in without.get(one, ([],))
    ]:
        record = m.rules.KINDS[kind]
        fields = {
            name: {**ids, **special, **numbers}[name]
            for name in record.model_fields
            if name not in ("rule", "id", "soft", "kind", *left_out)
        }
        if "per" in fields:
            fields |= {"per": "days", "days": 18}
        rule = record(**fields)
        for lang in ("en", "zh"):
            told = AddRule(rule=rule).line(lang)
            assert all(
                str(numbers[name]) in told for name in fields if name in numbers
            ), told
            assert "km" not in fields or "16.5" in told


def test_a_resource_is_told_without_the_name_of_a_person() -> None:
    who = resource(
        "R9", name="Li Si", skills=[skill("law", 2), skill("nursing")], capacity=3
    )
    assert (
        AddResource(resource=who).line()
        == "add resource R9 to unit U1 (person, skills: law 2, nursing 1; capacity 3)"
    )
    assert AddResource(resource=who).line("zh") == pinned.text(
        "change.add_resource",
        "zh",
        resource="R9",
        unit="U1",
        text="person，技能：law 2 级、nursing 1 级；容量 3",
    )
    assert ChangeResource(resource=resource("R9", name="Li Si")).line() == pinned.text(
        "change.change_resource",
        resource="R9",
        unit="U1",
        text=pinned.text("change.text_resource_unskilled", kind="person", capacity=1),
    )


def test_a_demand_is_told_with_what_it_wants() -> None:
    change = AddDemand(
        demand=demand(
            "D9", need("Q1", wanted=3, minimum=1), need("Q2"), tier=2, name="secret"
        )
    )
    assert (
        change.line()
        == "add demand D9 of community C1 (tier 2; Q1 wants 3, at least 1, Q2 wants 1)"
    )
    assert change.line("zh") == pinned.text(
        "change.add_demand",
        "zh",
        demand="D9",
        community="C1",
        text="第 2 级；Q1 需要 3（至少 1）、Q2 需要 1",
    )


def test_sizes_and_objectives() -> None:
    assert SetWanted(requirement="Q1", wanted=1200).line() == "let Q1 want 1,200"
    assert SetWanted(requirement="Q1", wanted=3, minimum=1).line("zh") == pinned.text(
        "change.set_wanted", "zh", requirement="Q1", wanted=3, minimum=1
    )
    assert ChangeObjective(objective=m.Objective()).line() == pinned.text(
        "change.change_objective", text=pinned.text("change.usual_objective")
    )
    aim = m.Aim(name="few people", parts=[m.Part(measure="resources_used")])
    told = ChangeObjective(objective=m.Objective(distance=0, aims=[aim]))
    assert told.line() == pinned.text(
        "change.change_objective",
        text=pinned.text(
            "change.text_objective",
            text=[
                "distance counts 0 times",
                pinned.text("change.aims", aims=["few people"]),
            ],
        ),
    )
    assert told.line("zh") == pinned.text(
        "change.change_objective",
        "zh",
        text=pinned.text(
            "change.text_objective",
            "zh",
            text=["距离 ×0", pinned.text("change.aims", "zh", aims=["few people"])],
        ),
    )


@pytest.mark.parametrize("topic", ["change.", "comparison."])
def test_both_languages_tell_the_same_values(topic: str) -> None:
    """A value that one language alone tells would be lost in the other; only words picked by a number may be
    in one alone.
    """
    for key in [key for key in templates("en") if key.startswith(topic)]:
        texts = [templates(lang)[key] for lang in LANGUAGES]
        assert all(texts), key
        english, chinese = (
            {name for _, name, _, _ in Formatter().parse(text) if name}
            for text in texts
        )
        assert english == chinese, key
        assert not any("\u4e00" <= character <= "\u9fff" for character in texts[0]), key
