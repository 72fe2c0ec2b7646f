"""Words out of a short list: yes and no, modes, kinds, tiers, what rules and goals are called. All are in one
place each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from matchkit.messages.catalogue import LANGUAGES, templates
from matchkit.messages.message import Message
from matchkit.model.rules import KINDS as RECORDS
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.lists import plain_name
from matchkit.tables.cells.numerals import ROMAN, number
from matchkit.tables.cells.plain import Plain, folded
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.cells.text import in_one_line, normalised, unquoted, written_out
from matchkit.tables.cells.ticks import YES_NO, by_word

_MODES: Final = {
    "on_site": "on_site,on site,on-site,onsite,in person,offline,现场,线下,上门,实地,到场,当面",
    "online": "online,remote,remotely,virtual,线上,网上,远程,在线,电话,视频",
}
MODE_ASKED: Final = by_word(_MODES)
_EITHER: Final = (
    "both,either,any,hybrid,online/on site,on site/online,online or on site,on site or "
    "online,online and on site,on site and online,"
    "均可,都可,都可以,皆可,两者均可,线上线下均可,线上现场均可,不限,线上线下"
)
_WAYS: Final = (("线上", "线下"), ("线下", "线上"), ("线上", "现场"), ("现场", "线上"))
MODE_OFFERED: Final = (
    MODE_ASKED
    | by_word({"both": _EITHER})
    | {f"{one}{mark}{other}": "both" for one, other in _WAYS for mark in "/、或和及与"}
)
KINDS: Final = by_word(
    {
        "person": (
            "person,persons,people,individual,individuals,volunteer,volunteers,talent,人员,个人,人才,人,"
            "志愿者,人力"
        ),
        "team": "team,teams,团队,队伍,小组,志愿队",
        "venue": "venue,venues,room,rooms,场地,场所,场馆,阵地",
        "equipment": "equipment,设备,器材,设施",
        "supplies": "supplies,supply,materials,物资,物品,用品",
        "service": "service,services,服务,服务类",
        "fund": "fund,funds,funding,money,资金,经费,款项",
    }
)
COUNTING: Final = by_word({"one": "one,单项,只计一项", "several": "several,多项,可计多项"})
PER: Final = by_word(
    {
        "all": "all,全部,总计,全程",
        "day": "day,daily,每天,每日,天,日",
        "week": "week,weekly,每周,周,星期",
        "days": "days,连续天数,连续几天",
    }
)
MEASURE: Final = by_word({
    "minimum": "minimum,最低名额,最少人数", "filled": "filled,满足名额,满足数", "weight": "weight,总分",
    "resources_used": "resources_used,resources used,启用资源数", "broken": "broken,违规量",
})  # fmt: skip
RULES: Final = {
    word: kind
    for kind in RECORDS
    for word in (
        kind,
        kind.replace("_", " "),
        *(templates(lang)[f"rule.{kind}"] for lang in LANGUAGES[1:]),
    )
}
_ACCEPTS = 30
"""So many words of a list are told."""


def accepted(table: dict[str, str]) -> Message:
    """What cells with a word of this table accept."""
    also = tuple(word for word in table if not word.isascii())
    return Message.of(
        "cell.accepts.words", words=tuple(dict.fromkeys(table.values())), also=also[:_ACCEPTS]
    )


def _word(cell: Plain, table: dict[str, str]) -> str:
    text = folded(cell, numeric=False) if isinstance(cell, str) else written_out(cell, Doubts())
    return table.get(text.casefold()) or refuse("cell.word.unknown")


def reader(table: dict[str, str]) -> Callable[[Plain, Context, Doubts], str]:
    """The reader of cells that hold a word of this table."""
    return lambda cell, context, doubts: _word(cell, table)  # noqa: ARG005 - all readers take the same


def read_yes_no(cell: Plain, context: Context, doubts: Doubts) -> bool:  # noqa: ARG001 - all readers take the same
    """Whether the cell says yes."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float) and cell not in (0, 1):
        refuse("cell.word.unknown")
    if (
        isinstance(cell, str) and folded(cell, numeric=False).casefold() == "x"
    ):  # a mark that it is so, or ×
        refuse("cell.word.cross")
    if cell in ("1.0", "0.0"):  # what programs write for numbers
        return cell == "1.0"
    return _word(int(cell) if isinstance(cell, float) else cell, YES_NO) == "yes"


def read_kind(cell: Plain, context: Context, doubts: Doubts) -> str:  # noqa: ARG001 - all readers take the same
    """The kind of a resource: a known word, or the user's own."""
    text = in_one_line(written_out(cell, doubts))
    inner = unquoted(text)
    return (
        normalised(inner)
        if inner is not None
        else KINDS.get(folded(text, numeric=False).casefold())
        or plain_name(normalised(text), doubts)
    )


COLOURS: Final = {
    "红": 1,
    "red": 1,
    "橙": 2,
    "orange": 2,
    "黄": 3,
    "yellow": 3,
    "蓝": 4,
    "blue": 4,
}
URGENCIES: Final = by_word(
    {"1": "特急,紧急,非常紧急,十分紧急,加急,急,urgent,emergency,critical,very urgent"}
)
UNCLEAR: Final = frozenset(
    (
        "高",
        "中",
        "低",
        "一般",
        "普通",
        "重要",
        "较急",
        "较紧急",
        "不紧急",
        "常规",
        "high",
        "medium",
        "low",
        "normal",
        "important",
    )
)
_TIER = re.compile(
    r"(?:(?:第|level|tier|priority|p|等级|优先级) "
    r"?)?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3}|IV|IX|V?I{1,3}|V|X)"
    r" ?(?:级|等级|级响应|响应|level)?",
    re.ASCII | re.IGNORECASE,
)
_COLOUR = re.compile(
    r"(?P<colour>红|橙|黄|蓝|red|orange|yellow|blue)(?:色|色预警|色等级| level| alert)?",
    re.IGNORECASE,
)


def read_tier(cell: Plain, context: Context, doubts: Doubts) -> int:  # noqa: ARG001 - all readers take the same
    """A tier, 1 the highest; Roman and Chinese levels and the colours of warnings are doubts."""
    if (
        isinstance(cell, bool)
        or not isinstance(cell, str | int | float)
        or (isinstance(cell, float) and not cell.is_integer())
    ):
        refuse("cell.tier.not")
    value = _tier(folded(cell), doubts) if isinstance(cell, str) else int(cell)
    if not 1 <= value <= 20:
        refuse("cell.tier.bounds")
    return value


def _tier(text: str, doubts: Doubts) -> int:
    if re.fullmatch(r"\d{1,3}(?:\.0{1,6})?", text, re.ASCII):
        return int(text.partition(".")[0])
    if text.casefold() in UNCLEAR:
        refuse("cell.tier.unclear")
    found, colour = _TIER.fullmatch(text), _COLOUR.fullmatch(text)
    value = ROMAN.get(found["number"].upper()) or number(found["number"]) if found else None
    if colour:
        value = COLOURS[colour["colour"].casefold()]
    elif value is None and text.casefold() in URGENCIES:
        value = int(URGENCIES[text.casefold()])
    if value is None:
        refuse("cell.tier.not")
    doubts.add("cell.guess.tier", tier=value)
    return value


def write_yes_no(value: bool) -> str:
    """``yes`` or ``no``."""
    return "yes" if value else "no"
