"""One example row of every table, in English and in Chinese: together they are a small invented problem that
reads without a guess.
"""

from __future__ import annotations

from typing import Any, Final

from matchkit.messages.catalogue import SOURCE, Lang

Row = dict[str, Any]

EXAMPLES: Final[dict[Lang, dict[str, list[Row]]]] = {
    "en": {
        "units": [{"id": "U1", "name": "Invented College"}],
        "communities": [{"id": "C1", "name": "Invented Court", "lat": 36.06, "lon": 103.83}],
        "resources": [
            {
                "id": "R1",
                "unit": "U1",
                "kind": "person",
                "name": "Invented Person A",
                "contact": "000-0001",
                "skills": "nursing:2; driving",
                "capacity": 3,
                "divisible": "no",
                "available": "Tue,Thu 18:00-22:00",
                "preferred": "Tue 18:00-20:00",
                "lat": 36.07,
                "lon": 103.82,
                "mode": "both",
                "home": "C1",
                "familiar": "C1",
                "preferences": "health:20; @C1:5",
                "loads": "kg:20",
                "activation": 0,
            }
        ],
        "demands": [
            {
                "id": "D1",
                "community": "C1",
                "name": "blood pressure checks",
                "in_charge": "Invented Person B",
                "contact": "000-0002",
                "category": "health",
                "tier": 2,
                "weight": 100,
                "windows": "2026-05-07 18:00-20:00",
                "lat": 36.06,
                "lon": 103.83,
                "mode": "on_site",
                "minutes": 60,
                "step": 30,
                "kind": "person",
                "skills": "nursing:2",
                "wanted": 2,
                "minimum": 1,
                "uses": "kg:5",
            },
            {
                "id": "D2",
                "community": "C1",
                "name": "a class",
                "tier": 3,
                "windows": "2026-05-12 19:00-21:00",
            },
        ],
        "requirements": [
            {
                "id": "Q1",
                "demand": "D2",
                "kind": "person",
                "skills": "driving|riding:2; nursing",
                "wanted": 1,
                "minimum": 0,
                "uses": "kg:1",
            },
            {"id": "Q2", "demand": "D2", "wanted": "2..4"},
        ],
        "skills": [{"name": "surgery", "aliases": "operating; surgeon", "parents": "nursing"}],
        "rules": [
            {
                "id": "at most 4 hours a week",
                "rule": "hours_budget",
                "kind": "person",
                "minutes": 240,
                "per": "week",
                "zone": "Asia/Shanghai",
            }
        ],
        "previous": [{"resource": "R1", "requirement": "D1"}],
        "scores": [{"resource": "R1", "requirement": "D1", "points": 15}],
        "aims": [
            {
                "name": "urgent first",
                "tolerance": 0,
                "measure": "filled",
                "tier": 2,
                "factor": 1,
            }
        ],
        "settings": [
            {"setting": "zone", "value": "Asia/Shanghai"},
            {"setting": "first", "value": "2026-03-01"},
            {"setting": "last", "value": "2026-06-30"},
            {"setting": "note", "value": "An invented example"},
        ],
    },
    "zh": {
        "units": [{"id": "U1", "name": "虚构学院"}],
        "communities": [{"id": "C1", "name": "虚构社区", "lat": 36.06, "lon": 103.83}],
        "resources": [
            {
                "id": "R1",
                "unit": "U1",
                "kind": "人员",
                "name": "虚构甲",
                "contact": "000-0001",
                "skills": "护理:2; 驾驶",
                "capacity": 3,
                "divisible": "否",
                "available": "周二、周四 18:00-22:00",
                "preferred": "周二 18:00-20:00",
                "lat": 36.07,
                "lon": 103.82,
                "mode": "均可",
                "home": "C1",
                "familiar": "C1",
                "preferences": "健康:20; @C1:5",
                "loads": "公斤:20",
                "activation": 0,
            }
        ],
        "demands": [
            {
                "id": "D1",
                "community": "C1",
                "name": "量血压",
                "in_charge": "虚构乙",
                "contact": "000-0002",
                "category": "健康",
                "tier": 2,
                "weight": 100,
                "windows": "2026-05-07 18:00-20:00",
                "lat": 36.06,
                "lon": 103.83,
                "mode": "现场",
                "minutes": 60,
                "step": 30,
                "kind": "人员",
                "skills": "护理:2",
                "wanted": 2,
                "minimum": 1,
                "uses": "公斤:5",
            },
            {
                "id": "D2",
                "community": "C1",
                "name": "兴趣课",
                "tier": 3,
                "windows": "2026-05-12 19:00-21:00",
            },
        ],
        "requirements": [
            {
                "id": "Q1",
                "demand": "D2",
                "kind": "人员",
                "skills": "驾驶|骑行:2; 护理",
                "wanted": 1,
                "minimum": 0,
                "uses": "公斤:1",
            },
            {"id": "Q2", "demand": "D2", "wanted": "2..4"},
        ],
        "skills": [{"name": "外科", "aliases": "手术; 外科医生", "parents": "护理"}],
        "rules": [
            {
                "id": "每周至多四小时",
                "rule": "工时预算",
                "kind": "人员",
                "minutes": 240,
                "per": "week",
                "zone": "Asia/Shanghai",
            }
        ],
        "previous": [{"resource": "R1", "requirement": "D1"}],
        "scores": [{"resource": "R1", "requirement": "D1", "points": 15}],
        "aims": [
            {"name": "先急后缓", "tolerance": 0, "measure": "filled", "tier": 2, "factor": 1}
        ],
        "settings": [
            {"setting": "时区", "value": "Asia/Shanghai"},
            {"setting": "开始日期", "value": "2026-03-01"},
            {"setting": "结束日期", "value": "2026-06-30"},
            {"setting": "说明", "value": "虚构的示例"},
        ],
    },
}


def examples_in(lang: Lang) -> dict[str, list[Row]]:
    """The example rows of every table in a language; in English where it has none."""
    return EXAMPLES.get(lang, EXAMPLES[SOURCE])
