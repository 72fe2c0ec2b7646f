"""Every fact that a reason can tell, in both languages."""

from __future__ import annotations

from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource, skill, window

from matchkit.answers.reasons import Reason
from matchkit.compile.why_not import why_ineligible
from matchkit.messages.message import LANGUAGES, Lang, templates
from matchkit.model import AnyOf, Forbid, Load, MaxDistance, Place

HERE, ABOUT_17_KM_NORTH = Place(lat=36.0, lon=103.8), Place(lat=36.15585, lon=103.8)
"""0.15585 degrees of latitude are 17.33 km on a sphere of radius 6,371 km."""

TUE, ZH_TUE = "Tue 2026-05-05", "2026-05-05（周二）"
ZH_SUN, ZH_MON = "2026-05-10（周日）", "2026-05-11（周一）"
EVERY_TWO_HOURS = [window(5, hour, hour + 1) for hour in range(6, 16, 2)]

FAR: dict[str, Any] = {"offered": {"place": ABOUT_17_KM_NORTH}, "when": {"place": HERE}}

TOLD: dict[str, tuple[dict[str, Any], str, str]] = {
    "capacity": (
        {"offered": {"capacity": 0}},
        "capacity: capacity 0 < 1",
        "容量：容量 0 < 1",
    ),
    "kind": (
        {"offered": {"kind": "Venue"}},
        "kind: kind Venue, needed person",
        f"类别：{pinned.text('reason.kind', 'zh', kind='Venue', needed='person')}",
    ),
    "level": (
        {
            "offered": {"skills": [skill("护理", 1)]},
            "asked": {"skills": [skill("护理", 2)]},
        },
        "skill: skill 护理 1 < 2",
        "技能：技能 护理 1 级 < 2 级",
    ),
    "any_of": (
        {
            "offered": {"skills": [skill("law")]},
            "asked": {"skills": [AnyOf(any_of=[skill("nursing"), skill("law", 3)])]},
        },
        "skill: skill nursing 0 < 1 and skill law 1 < 3",
        "技能：技能 nursing 0 级 < 1 级，且技能 law 1 级 < 3 级",
    ),
    "online_only": (
        {"offered": {"mode": "online"}},
        f"mode: {pinned.text('reason.online_only')}",
        f"服务方式：{pinned.text('reason.online_only', 'zh')}",
    ),
    "on_site_only": (
        {"offered": {"mode": "on_site"}, "when": {"mode": "online"}},
        f"mode: {pinned.text('reason.on_site_only')}",
        f"服务方式：{pinned.text('reason.on_site_only', 'zh')}",
    ),
    "no_start": (
        {"when": {"windows": [window(5, 8, 10)], "minutes": 1441}},
        f"time: {pinned.text('reason.no_start', minutes=1441)}",
        f"时间：{pinned.text('reason.no_start', 'zh', minutes=1441)}",
    ),
    "not_free": (
        {
            "offered": {"available": [window(3, 8, 9)]},
            "when": {"windows": [window(9, 22, 24)]},
        },
        f"time: {pinned.text('reason.not_free', window='Sat 2026-05-09 22:00-24:00', zone='UTC')}",
        "时间：没有空闲，需要 2026-05-09（周六）22:00-24:00（UTC）",
    ),
    "free": (
        {
            "offered": {"available": [window(10, 20, 25)]},
            "when": {"windows": [window(10, 21, 26)]},
        },
        (
            "time: free Sun 2026-05-10 20:00 - Mon 2026-05-11 01:00, needed Sun 2026-05-10 21:00 - Mon "
            "2026-05-11 02:00 (UTC)"
        ),
        f"时间：空闲时段为 {ZH_SUN}20:00 至 {ZH_MON}01:00，需要 {ZH_SUN}21:00 至 {ZH_MON}02:00（UTC）",
    ),
    "free_and_more": (
        {
            "offered": {"available": EVERY_TWO_HOURS},
            "when": {"windows": [window(5, 6, 8.25)]},
        },
        (
            f"time: free {TUE} 06:00-07:00, {TUE} 08:00-09:00, {TUE} 10:00-11:00 and 2 more, needed "
            "06:00-08:15 (UTC)"
        ),
        (
            f"时间：空闲时段为 {ZH_TUE}06:00-07:00、{ZH_TUE}08:00-09:00、{ZH_TUE}10:00-11:00，另有 2 "
            "段，需要 06:00-08:15（UTC）"
        ),
    ),
    "free_at_no_start": (
        {
            "offered": {"available": [window(6, 8, 8.75)]},
            "when": {
                "windows": [window(6, 8, 10), window(7, 8, 10)],
                "minutes": 60,
                "step": 30,
            },
        },
        f"time: {pinned.text('reason.free_at_no_start', starts=6, window='Wed 2026-05-06 08:00-09:00', last='Thu 2026-05-07 09:00-10:00', zone='UTC')}",
        (
            "时间：6 个可选的开始时间都没有空闲，最早为 2026-05-06（周三）08:00-09:00，最晚为 "
            "2026-05-07（周四）09:00-10:00（UTC）"
        ),
    ),
    "distance": (
        {**FAR, "rules": [MaxDistance(km=15)]},
        "distance: 17.3 km > 15 km",
        "距离：17.3 公里 > 15 公里",
    ),
    "distance_of_resource": (
        {**FAR, "rules": [MaxDistance(km=15, resource="R1")]},
        f"distance: {pinned.text('reason.distance_of_resource', far='17.3', limit='15', resource='R1')}",
        "距离：17.3 公里 > 15 公里（资源 R1 的上限）",
    ),
    "distance_of_demand": (
        {**FAR, "rules": [MaxDistance(km=17.3, demand="D1")]},
        f"distance: {pinned.text('reason.distance_of_demand', far='17.33', limit='17.3', demand='D1')}",
        "距离：17.33 公里 > 17.3 公里（需求 D1 的上限）",
    ),
    "distance_of_both": (
        {**FAR, "rules": [MaxDistance(km=0, resource="R1", demand="D1")]},
        f"distance: {pinned.text('reason.distance_of_both', far='17.3', limit='0', resource='R1', demand='D1')}",
        "距离：17.3 公里 > 0 公里（资源 R1 去需求 D1 的上限）",
    ),
    "forbid": (
        {"rules": [Forbid(resource="R1", requirement="Q1")]},
        f"forbid: {pinned.text('reason.forbid', resource='R1', requirement='Q1')}",
        f"禁止搭配：{pinned.text('reason.forbid', 'zh', resource='R1', requirement='Q1')}",
    ),
    "load": (
        {
            "offered": {"loads": [Load(dimension="Seats", amount=999)]},
            "asked": {
                "uses": [
                    Load(dimension="seats", amount=600),
                    Load(dimension="SEATS", amount=634),
                ]
            },
        },
        "load: seats 999 < 1,234",
        "承载量：seats 999 < 1,234",
    ),
}
"""By fact: a pair that fails by it alone, and how that is told."""


def reasons(given: dict[str, Any]) -> tuple[Reason, ...]:
    asked = demand("D1", need(**given.get("asked", {})), **given.get("when", {}))
    return why_ineligible(
        problem(
            [resource(**given.get("offered", {}), name="李四")],
            [asked],
            *given.get("rules", ()),
        ),
        "R1",
        "Q1",
    )


@pytest.mark.parametrize("fact", TOLD)
def test_a_fact_is_told_in_both_languages(fact: str) -> None:
    given, english, chinese = TOLD[fact]
    [reason] = reasons(given)
    assert (reason.fact, reason.line("en"), reason.line("zh"), str(reason)) == (
        fact,
        english,
        chinese,
        english,
    )


def test_no_fact_is_missing_in_the_table() -> None:
    """But for a cap that is used up, which keeps idle resources from what they are eligible for."""
    assert {f"reason.{fact}" for fact in TOLD} == {
        key for key in templates("en") if key.startswith("reason.")
    } - {
        "reason.and",
        "reason.cap",
    }


@pytest.mark.parametrize("fact", TOLD)
def test_a_reason_is_the_same_after_a_way_through_json(fact: str) -> None:
    [reason] = reasons(TOLD[fact][0])
    assert Reason.model_validate_json(reason.to_json()) == reason


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_reason_names_a_person(lang: Lang) -> None:
    assert not [
        fact
        for fact, (given, _, _) in TOLD.items()
        for reason in reasons(given)
        if "李四" in reason.text(lang)
    ]


def test_every_day_of_the_week_has_its_name() -> None:
    days = [
        reasons(
            {
                "offered": {"available": [window(1, 0, 1)]},
                "when": {"windows": [window(4 + day, 8, 9)]},
            }
        )[0]
        for day in range(7)
    ]
    assert [day.line("zh")[day.line("zh").index("周") + 1] for day in days] == list(
        "一二三四五六日"
    )
    assert [day.line("en").split()[4] for day in days] == [
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
    ]


@pytest.mark.parametrize("hours", [2, 3])
def test_up_to_three_free_times_are_all_that_there_are(hours: int) -> None:
    """Nothing more is told of where there is nothing more."""
    free = [window(5, 6 + 2 * number, 7 + 2 * number) for number in range(hours)]
    [reason] = reasons(
        {"offered": {"available": free}, "when": {"windows": [window(5, 6, 8.25)]}}
    )
    assert reason.fact == "free"
