"""Words about time that no table can turn into hours, and those that mean always."""

from __future__ import annotations

import re
from typing import Final

from matchkit.messages.message import Message
from matchkit.tables.cells.reading import refuse

_ALWAYS = (
    "随时,随时可用,随时都可以,任何时间,任意时间,任何时候,时间不限,不限,不限时间,长期,长期有效,全年,"
    "常年,每天,每日,天天,每天全天,"
    "全天,全天候,24小时,7x24,7*24,7×24,7x24小时,always,anytime,any time,at any time,every "
    "day,everyday,daily,all day,all day every day,"
    "24/7,24 hours,no limit,unlimited,whole year,all year"
)
_NEVER = "无,没有,暂无,没空,无空,不可用,不在,空,未知,不详,none,never,nil,no,not available,unavailable,unknown"

ALWAYS: Final = frozenset(_ALWAYS.split(","))
"""Whole cells that mean at all times."""
NEVER: Final = frozenset(_NEVER.split(","))
"""Whole cells that may mean at no time, or that nobody knows."""

_REASONS: Final = {
    "cell.time.holidays": re.compile(
        "节假|节日|假日|假期|暑假|寒假|春节|国庆"
        "|五一节|元旦|中秋|端午|清明|holiday|vacation|christmas|easter|school break"
    ),
    "cell.time.rhythm": re.compile(
        "单周|双周|单双|隔周|隔天|隔日|每隔|每两周|每月|每个月|月初|月末|月底|每季|每年|第[一二三四五]个|"
        "every other|every second|biweekly|bi-weekly|fortnight|alternate|month|quarterly"
    ),
    "cell.time.vague": re.compile(
        "待定|另行|通知|若干|业余|下班|工作之余|课余|闲暇|空闲|有空|视情况|战时|平时|不定|不固定|"
        "面议|需要时|按需|随叫随到|夜间|夜里|"
        "tbd|tba|to be |by arrangement|as needed|when needed|sometimes|some time|flexible|after "
        "work|spare time|on call|night"
    ),
}


def refuse_what_no_table_says(text: str) -> None:
    """Raises CellFault for holidays, every other week, and words that say nothing by themselves."""
    for reason, words in _REASONS.items():
        if words.search(text):
            refuse(reason, Message("cell.accepts.time_words"))
