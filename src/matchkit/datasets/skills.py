"""What the invented people can do: skill names with aliases and parents, and how many hold which."""

from __future__ import annotations

from typing import Final

from matchkit.datasets.draws import Draws, Mix
from matchkit.datasets.parameters import BELOW_EMERGENCY_2, BELOW_MEDIATION_2, NEEDS_ONBOARDING
from matchkit.model import Skill, SkillLevel

COMMUNITY_WORK, EMERGENCY, MEDIATION = "社区工作", "应急处置", "矛盾调解"

RECORDS: Final = (
    Skill(name="医护", aliases=("医务",)),
    Skill(name="外科医生", parents=("医护",)),
    Skill(name="全科医生", aliases=("家庭医生",), parents=("医护",)),
    Skill(name="护士", aliases=("护理人员",), parents=("医护",)),
    Skill(name="心理咨询", aliases=("心理疏导",)),
    Skill(name="急救", aliases=("心肺复苏", "CPR")),
    Skill(name="法律咨询", aliases=("普法",)),
    Skill(name="律师", parents=("法律咨询",)),
    Skill(name="水电维修"),
    Skill(name="电工", parents=("水电维修",)),
    Skill(name="管道工", parents=("水电维修",)),
    Skill(name="驾驶"),
    Skill(name="货车驾驶", parents=("驾驶",)),
    Skill(name=MEDIATION, aliases=("调解",)),
    Skill(name="治安巡逻", aliases=("巡逻",)),
    Skill(name="文体活动"),
    Skill(name="合唱指导", parents=("文体活动",)),
)
"""Skills that have another spelling or count as a broader one: a surgeon counts as a medic."""

_SPECIAL_SHARES: Final = (
    (None, 220),
    ("政策宣讲", 80),
    ("入户走访", 80),
    ("治安巡逻", 70),
    ("环境整治", 70),
    ("文体活动", 45),
    ("合唱指导", 12),
    ("助老服务", 60),
    ("助残服务", 25),
    ("陪伴", 30),
    ("课业辅导", 40),
    ("就业指导", 25),
    ("党建指导", 40),
    ("数据录入", 50),
    ("摄影宣传", 20),
    ("驾驶", 45),
    ("货车驾驶", 8),
    ("物资配送", 40),
    ("急救", 18),
    ("护士", 9),
    ("护理人员", 3),  # an alias, as real lists mix spellings
    ("全科医生", 5),
    ("外科医生", 3),
    ("心理咨询", 7),
    ("法律咨询", 18),
    ("律师", 5),
    ("水电维修", 8),
    ("电工", 4),
    ("管道工", 3),
    ("消防", 10),
    ("手语", 2),
)
"""One draw of these a person, and for a third of the people a second (this generator's own choice)."""

_BASE: Final = (COMMUNITY_WORK, EMERGENCY, MEDIATION)
_SPECIAL: Final[Mix[str | None]] = Mix(_SPECIAL_SHARES)
_HELD: Final = {
    (name, level): SkillLevel(skill=name, level=level)
    for name in (*_BASE, *(name for name, _ in _SPECIAL_SHARES if name is not None))
    for level in (1, 2, 3)
}


def _level(draws: Draws, below_two: float) -> int:
    return 1 if draws.chance(below_two) else draws.whole(2, 3)


def _special(draws: Draws) -> SkillLevel | None:
    name = _SPECIAL.draw(draws)
    if name is None:
        return None
    return _HELD[name, draws.whole(1, 3)]


def of_a_person(draws: Draws) -> tuple[SkillLevel, ...]:
    """The skills of one person: three that the survey asked about, and none to two of their own."""
    base = (
        _HELD[COMMUNITY_WORK, _level(draws, NEEDS_ONBOARDING.value)],
        _HELD[EMERGENCY, _level(draws, BELOW_EMERGENCY_2.value)],
        _HELD[MEDIATION, _level(draws, BELOW_MEDIATION_2.value)],
    )
    first = _special(draws)
    second = _special(draws) if draws.chance(1 / 3) else None
    if second is not None and first is not None and second.skill == first.skill:
        second = None
    return base + tuple(skill for skill in (first, second) if skill is not None)
