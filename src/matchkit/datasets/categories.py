"""The kinds of demand that communities list, and what each asks for."""

from __future__ import annotations

from typing import Final, NamedTuple

from matchkit.datasets.draws import Mix
from matchkit.datasets.skills import COMMUNITY_WORK, EMERGENCY, MEDIATION
from matchkit.datasets.stocks import BAY, GOODS, HALL, ROOM, SERVICES
from matchkit.datasets.week import ANY_TIME, DAYTIME, EVENINGS, WEEKENDS
from matchkit.model import AnyOf, Need, SkillLevel, Window


class DrawnRole(NamedTuple):
    """A requirement to be: its kind, needs, and bounds on how many are wanted; asked for with this
    probability.
    """

    needs: tuple[Need, ...]
    least: int
    most: int
    kind: str = "person"
    share: float = 1.0


class Category(NamedTuple):
    """A demand to be: its tier, when it may take place, its roles, and the share that is online."""

    name: str
    tier: int
    shifts: list[tuple[Window, ...]]
    roles: tuple[DrawnRole, ...]
    online: float = 0.0


def _at(skill: str, level: int = 1) -> SkillLevel:
    return SkillLevel(skill=skill, level=level)


def _either(*choices: SkillLevel) -> AnyOf:
    return AnyOf(any_of=choices)


def _hands(least: int, most: int) -> DrawnRole:
    """Anybody who can do community work at all, asked for with every second demand."""
    return DrawnRole((_at(COMMUNITY_WORK),), least, most, share=0.5)


_DELIVERY_GOODS = tuple(DrawnRole((_at(goods),), 1, 5, "supplies", 0.25) for goods in GOODS[:4])

CATEGORIES: Final[Mix[Category]] = Mix(
    [
        (
            Category(
                "应急值守", 1, ANY_TIME, (DrawnRole((_at(EMERGENCY, 2),), 2, 6), _hands(1, 3))
            ),
            13,
        ),
        (
            Category(
                "医疗健康",
                1,
                ANY_TIME,
                (
                    DrawnRole((_at("医护", 2),), 1, 3),
                    DrawnRole((_at("数据录入"),), 1, 2, share=0.4),
                    _hands(1, 3),
                    DrawnRole((_at(GOODS[4]),), 1, 2, "supplies", 0.3),
                ),
            ),
            9,
        ),
        (
            Category(
                "物资配送",
                1,
                DAYTIME,
                (
                    DrawnRole((_either(_at("驾驶"), _at("物资配送")),), 1, 4),
                    _hands(1, 3),
                    *_DELIVERY_GOODS,
                ),
            ),
            8,
        ),
        (
            Category(
                "急救培训",
                2,
                WEEKENDS,
                (
                    DrawnRole((_either(_at("急救", 2), _at("医护", 3)),), 1, 2),
                    DrawnRole((_at(ROOM),), 1, 1, "venue", 0.3),
                ),
            ),
            3,
        ),
        (Category("心理疏导", 2, EVENINGS, (DrawnRole((_at("心理咨询"),), 1, 2),), 0.6), 4),
        (
            Category(
                "矛盾调解",
                2,
                EVENINGS,
                (
                    DrawnRole((_at(MEDIATION, 2),), 1, 3),
                    DrawnRole((_at("律师", 2),), 1, 1, share=0.3),
                ),
            ),
            9,
        ),
        (
            Category(
                "法律服务",
                3,
                WEEKENDS + EVENINGS,
                (DrawnRole((_either(_at("法律咨询", 2), _at("律师")),), 1, 2),),
                0.3,
            ),
            5,
        ),
        (
            Category(
                "助老助残",
                2,
                DAYTIME,
                (
                    DrawnRole((_either(_at("助老服务"), _at("助残服务"), _at("陪伴")),), 1, 4),
                    DrawnRole((_at("手语"),), 1, 1, share=0.2),
                    DrawnRole((_at(SERVICES[0]),), 1, 1, "service", 0.2),
                ),
            ),
            9,
        ),
        (
            Category(
                "水电维修",
                2,
                DAYTIME + WEEKENDS,
                (
                    DrawnRole((_at("水电维修", 2),), 1, 3),
                    DrawnRole((_at("电工", 2),), 1, 1, share=0.3),
                    DrawnRole((_at(SERVICES[1]),), 1, 1, "service", 0.2),
                ),
            ),
            5,
        ),
        (Category("就业帮扶", 3, DAYTIME, (DrawnRole((_at("就业指导"),), 1, 2),), 0.4), 4),
        (
            Category(
                "社区治理",
                2,
                ANY_TIME,
                (
                    DrawnRole((_at(COMMUNITY_WORK, 2),), 1, 4),
                    DrawnRole((_at(COMMUNITY_WORK),), 2, 6),
                    DrawnRole((_at("党建指导"),), 1, 1, share=0.3),
                ),
            ),
            12,
        ),
        (
            Category(
                "治安巡防",
                2,
                EVENINGS,
                (
                    DrawnRole((_either(_at("治安巡逻"), _at(EMERGENCY, 3)),), 2, 6),
                    DrawnRole((_at(BAY),), 1, 4, "equipment", 0.4),
                ),
            ),
            7,
        ),
        (Category("环境整治", 3, WEEKENDS, (DrawnRole((_at(COMMUNITY_WORK),), 5, 10),)), 6),
        (
            Category(
                "文体活动",
                3,
                WEEKENDS,
                (
                    DrawnRole((_at("文体活动"),), 1, 3),
                    DrawnRole((_at(HALL),), 1, 1, "venue", 0.2),
                ),
            ),
            4,
        ),
        (Category("课业辅导", 3, EVENINGS, (DrawnRole((_at("课业辅导"),), 1, 3),), 0.4), 4),
        (
            Category(
                "政策宣讲",
                3,
                EVENINGS,
                (
                    DrawnRole((_at("政策宣讲"), _at(COMMUNITY_WORK, 2)), 1, 2),
                    DrawnRole((_at(ROOM),), 1, 1, "venue", 0.1),
                ),
                0.2,
            ),
            4,
        ),
    ]
)
"""Shares, head-counts and levels are this generator's own choice; the categories are those that real lists
hold.
"""
