"""Yes, no and ticks: what a column of its own says of a record, and what names nothing."""

from __future__ import annotations

import re
from typing import Any, Final

from matchkit.messages.message import Message
from matchkit.tables.cells.plain import Plain, folded
from matchkit.tables.cells.reading import CellFault, refuse


def by_word(meanings: dict[str, str]) -> dict[str, str]:
    """Each word, of lists parted by commas, to what it means."""
    return {
        word.strip(): meaning
        for meaning, words in meanings.items()
        for word in words.split(",")
    }


YES_NO: Final = by_word({
    "yes": "yes,y,true,t,1,on,√,✓,✔,是,对,有,可,可以,能,真,允许,愿意,☑",
    "no": "no,n,false,f,0,off,×,✗,✘,否,不是,不,无,没有,不可,不可以,不能,假,不允许,不愿意,☐",
})  # fmt: skip
_WORDS = (
    "ok,okay,done,tick,ticked,checked,yep,nope,不会,不行,具备,不具备,已具备,未具备,具有,不具有,"
    "拥有,已有,没有,已取得,未取得,已获得,有证,无证,持证,"
    "合格,不合格,达标,不达标,符合,不符合,满足,不满足,同意,不同意,已会,未会"
)
TICKS: Final = (
    YES_NO.keys()
    | by_word({"": _WORDS}).keys()
    | frozenset("xvo√○●◯◎■□▲△★☆✅❌⭕☒☓✕✖〇会没未已行")
)
"""What says yes or no in a column of its own, and names nothing."""
_AROUND = re.compile(r"^[\s(\[{<【《〈「『]+|[\s)\]}>】》〉」』.!。]+$|[\ufe00-\ufe0f\u20e3]")
"""Brackets and stops around a tick, and the signs that make a picture of one."""


def is_tick(cell: Any) -> bool:
    """Whether a cell holds a tick, yes or no, true or false, 1 or 0, and nothing else."""
    if isinstance(cell, bool):
        return True
    if isinstance(cell, int | float):
        return cell in (0, 1)
    if not isinstance(cell, str) or len(cell) > 12:
        return False
    try:
        text = _AROUND.sub("", folded(cell, numeric=False).casefold())
    except CellFault:
        return False
    return (
        text in TICKS
        or text in ("1.0", "0.0")
        or (len(text) > 1 and len(set(text)) == 1 and text[0] in "√✓✔xv")
    )


def refuse_ticks(cell: Plain) -> None:
    """Raises CellFault where a cell that is to name something holds a tick."""
    if is_tick(cell):
        refuse("cell.list.tick", Message("cell.accepts.no_tick"))
