"""Invented names from a small stock of syllables, with a marker in front, so that none looks real."""

from __future__ import annotations

from typing import Final

from matchkit.datasets.draws import Draws

MARKER: Final = "虚构"
"""In front of every name of a person, unit, community or demand: "invented"."""

_FIRST: Final = ("云", "澄", "岫", "禾", "霁", "岚", "沐", "晴", "朔", "榆", "汀", "麓")
_SECOND: Final = ("川", "禾", "屿", "桐", "溪", "棠", "原", "泽", "槿", "帆", "苇", "砚")
_DEPARTMENTS: Final = ("事务局", "服务中心", "协调办", "保障处", "发展局", "管理处")
_OFFICES: Final = (
    "综合科",
    "业务一科",
    "业务二科",
    "联络科",
    "资料科",
    "后勤科",
    "窗口科",
    "巡访科",
)


def person(draws: Draws) -> str:
    """A person's name, such as 虚构·云禾. Many people share one."""
    return f"{MARKER}·{draws.one_of(_FIRST)}{draws.one_of(_SECOND)}"


def _syllables(number: int) -> str:
    """Two syllables that differ for numbers below 144."""
    return (
        _FIRST[number % len(_FIRST)] + _SECOND[(number // len(_FIRST) + number) % len(_SECOND)]
    )


def department(number: int) -> str:
    """Name of department 0, 1, ..."""
    return f"{MARKER}·{_syllables(number)}{_DEPARTMENTS[number % len(_DEPARTMENTS)]}"


def office(of: str, number: int) -> str:
    """Name of office 0, 1, ... of a department."""
    return f"{of}{_OFFICES[number % len(_OFFICES)]}"


def area(number: int, kind: str) -> str:
    """Name of district, street or community 0, 1, ..., such as 虚构·澄川街道; the number keeps it apart past
    143.
    """
    again = number // (len(_FIRST) * len(_SECOND))
    return f"{MARKER}·{_syllables(number)}{'' if not again else '东西南北中'[again - 1]}{kind}"
