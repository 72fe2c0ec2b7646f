"""Parts of the day: what 上午 or "evening" means where a cell names no hours. Whoever means other hours says
so in the context.
"""

from __future__ import annotations

from typing import Final

from matchkit.tables.cells.context import Context

HOURS: Final = {
    ("08:00", "12:00"): "上午,morning,mornings,am,forenoon",
    ("06:00", "09:00"): "早上,早晨,清晨,early morning,early mornings",
    ("12:00", "14:00"): "中午,午间,noon,lunchtime,midday",
    ("14:00", "18:00"): "下午,pm",
    ("13:00", "18:00"): "afternoon,afternoons",
    ("17:00", "19:00"): "傍晚",
    ("18:00", "22:00"): "晚上,晚间,晚,夜晚,evening,evenings",
    ("00:00", "06:00"): "凌晨",
    ("08:00", "18:00"): "白天,日间,daytime",
    (
        "00:00",
        "24:00",
    ): "全天,整天,一整天,24小时,全日,all day,all-day,whole day,full day,24 hours,24h",
}
"""The hours that a part of the day stands for; every use of them is a guess. Night (夜间, night) is in no
table: it is 20:00 to 24:00 to some and 22:00 to 06:00 to others.
"""

KNOWN: Final = {word: hours for hours, words in HOURS.items() for word in words.split(",")}

_BEFORE = (
    "上午,早上,早晨,清晨,凌晨,早,morning,mornings,am,forenoon,early morning,early mornings"
)
_AFTER = (
    "下午,傍晚,晚上,晚间,晚,夜晚,夜里,夜间,夜,中午,午间,pm,afternoon,afternoons,evening,evenings,night,"
    "nights,noon,midday,lunchtime"
)
BEFORE_NOON: Final = frozenset(_BEFORE.split(","))
"""Parts of the day whose clock times are those before noon."""
AFTER_NOON: Final = frozenset(_AFTER.split(","))
"""Parts of the day whose clock times are those from noon to midnight."""


def hours_of(part: str, context: Context) -> tuple[str, str] | None:
    """The hours of a part of the day by itself, the user's own first; None where no table has them."""
    return context.own_parts.get(part) or KNOWN.get(part)


def words(context: Context) -> list[str]:
    """All words for parts of the day, the longest first, so that none hides another."""
    return sorted(
        {*KNOWN, *BEFORE_NOON, *AFTER_NOON, *context.own_parts},
        key=lambda word: (-len(word), word),
    )
