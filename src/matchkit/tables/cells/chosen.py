"""Words out of a short list: yes and no, modes, kinds, tiers, what rules and goals are called. All are in one
place each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from matchkit.messages.message import LANGUAGES, Message, templates
from matchkit.model.rules import KINDS as RECORDS
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.lists import plain_name
from matchkit.tables.cells.numbers import ROMAN, number
from matchkit.tables.cells.plain import YES_NO, Plain, folded
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.cells.text import in_one_line, normalised, unquoted, written_out
from matchkit.tables.vocabulary.words import by_word, pattern, table, words

KINDS: Final = by_word("choices", "kind")
MODE_ASKED: Final = by_word("choices", "mode")
MODE_OFFERED: Final = MODE_ASKED | by_word("choices", "mode_offered")
SHARERS: Final = by_word("choices", "fair") | by_word("choices", "even")
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
        "cell.accepts.words",
        words=tuple(dict.fromkeys(table.values())),
        also=also[:_ACCEPTS],
    )


def _word(cell: Plain, table: dict[str, str]) -> str:
    text = (
        folded(cell, numeric=False)
        if isinstance(cell, str)
        else written_out(cell, Doubts())
    )
    return table.get(text.casefold()) or refuse("cell.word.unknown")


def reader(table: dict[str, str]) -> Callable[[Plain, Context, Doubts], str]:
    """The reader of cells that hold a word of this table."""
    return lambda cell, context, doubts: _word(cell, table)  # noqa: ARG005 - all readers take the same


_DEPTH = pattern(r"(?:<<depth.before>>) ?(?P<number>0|[1-9]\d{0,2})", re.ASCII)


def sharing(table: dict[str, str]) -> Callable[[Plain, Context, Doubts], str]:
    """The reader of cells that hold a word of this table, or a depth of communities."""

    def read(cell: Plain, context: Context, doubts: Doubts) -> str:  # noqa: ARG001 - all readers take the same
        text = folded(cell, numeric=False).casefold() if isinstance(cell, str) else ""
        found = _DEPTH.fullmatch(text)
        return f"depth {found['number']}" if found else _word(cell, table)

    return read


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


COLOURS: Final[dict[str, int]] = table("tiers", "colours")
UNCLEAR: Final = frozenset(words("tiers", "unclear"))
_TIER = pattern(
    r"(?:(?:<<tiers.before>>) ?)?(?P<number>\d{1,3}|[<<numerals.small>>]{1,3}|IV|IX|V?I{1,3}|V|X)"
    r" ?(?:<<tiers.after>>)?",
    re.ASCII | re.IGNORECASE,
)
_COLOUR = pattern(
    r"(?P<colour><<tiers.colours>>)(?:<<tiers.after_colour>>)?", re.IGNORECASE
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
    value = (
        ROMAN.get(found["number"].upper()) or number(found["number"]) if found else None
    )
    if colour:
        value = COLOURS[colour["colour"].casefold()]
    elif value is None and text.casefold() in words("tiers", "urgent"):
        value = 1
    if value is None:
        refuse("cell.tier.not")
    doubts.add("cell.guess.tier", tier=value)
    return value


def write_yes_no(value: bool) -> str:
    """``yes`` or ``no``."""
    return "yes" if value else "no"
