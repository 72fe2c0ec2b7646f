"""Cells that hold several items, of which those in double quotes may hold anything: names and ids, loads
("kg:20; seats:4", 20kg) and preferences ("tutoring:20; @C3:5; tutoring@C3:-10").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sized
from contextlib import suppress
from typing import Final, TypeVar

from matchkit.messages.message import Message
from matchkit.model.resource import Load, Preference
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.numbers import read_whole
from matchkit.tables.cells.plain import Plain, folded, refuse_ticks
from matchkit.tables.cells.reading import CellFault, Doubts, refuse
from matchkit.tables.cells.text import (
    normalised,
    quoted,
    read_id,
    unquoted,
    written_out,
)
from matchkit.tables.location import Quoted, quote
from matchkit.tables.vocabulary.words import pattern, words

ItemValue = TypeVar("ItemValue")

MOST_ITEMS: Final = 2_000
"""Most items of a cell; longer lists go on in other columns."""

AsItem = Callable[..., str]
"""Writes a name as a part of an item: plain where the item with the given tail reads back, else in double
quotes.
"""


def check_count(items: Sized, most: int) -> None:
    """Raises CellFault for more items than a cell may hold."""
    if len(items) > most:
        advice = Message("cell.accepts.shorter")
        refuse("cell.list.long", advice, count=len(items), most=most)


def of_item(item: str | Quoted, fault: CellFault) -> CellFault:
    """The fault of one of several items of a cell, which it names."""
    fact = Message.of("cell.item", item=item, fact=fault.fact)
    return CellFault(fact, fault.advice if fault.advised else None)


# A quoted text begins an item or a part of one; quotes elsewhere are marks like any other.
_QUOTED = re.compile(
    r'(^|[;；,，、:：|｜@＠\n] {0,4})("(?:[^"\\\n]|\\.)*+")', re.DOTALL
)
_PARTS = re.compile(r"[;；、,，\n\r]")
_COMMA_IN_NUMBER = re.compile(r"\d[,，]\d")
_TOKEN = re.compile("\0(\\d+)\0")


class Items:
    """The items of a cell in normal form; quoted texts stand in them as tokens, which ``name`` turns back."""

    def __init__(self, text: str, doubts: Doubts) -> None:
        if "\0" in text:
            refuse("cell.invisible", Message("cell.accepts.visible"), code="U+0000")
        self._texts: list[str] = []
        # The normal form of ① is 1, which would be a part of the name.
        masked = _CIRCLED.sub(r"(\g<0>)", _QUOTED.sub(self._token, text))
        marks = set(_PARTS.findall(masked))
        if marks & set(",，") and marks & set(";；"):
            doubts.add("cell.guess.commas")
        self.comma_in_number = _COMMA_IN_NUMBER.search(masked) is not None
        """Whether a comma between digits parts items that it may not be meant to part: 1,000."""
        parts = _PARTS.split(masked)
        check_count(parts, MOST_ITEMS)
        self.items = [item for item in map(self._in_normal_form, parts) if item]

    def _token(self, found: re.Match[str]) -> str:
        text = unquoted(found[2])
        if text is None:
            return found.group()
        self._texts.append(text)
        return f"{found[1]}\0{len(self._texts) - 1}\0"

    @staticmethod
    def _in_normal_form(part: str) -> str:
        # At odd places stand the numbers of tokens.
        pieces = _TOKEN.split(part)
        return "".join(
            f"\0{piece}\0" if place % 2 else folded(piece, numeric=False)
            for place, piece in enumerate(pieces)
        )

    def name(self, text: str) -> tuple[str, bool]:
        """The name that a part of an item stands for, and whether it was quoted."""
        text = text.strip()
        if found := _TOKEN.fullmatch(text):
            return normalised(self._texts[int(found[1])]), True
        if "\0" in text or text.startswith('"'):
            refuse("cell.list.quote", Message("cell.accepts.quotes"))
        return normalised(text), False

    def each(self, read: Callable[[str], ItemValue]) -> tuple[ItemValue, ...]:
        """What each item comes to; a fault names its item."""
        values = []
        for item in self.items:
            try:
                values.append(read(item))
            except CellFault as fault:
                raise self._named(item, fault) from None
        return tuple(values)

    def _named(self, item: str, fault: CellFault) -> CellFault:
        if len(self.items) == 1:
            return fault
        plain = _TOKEN.sub(lambda found: quoted(self._texts[int(found[1])]), item)
        return of_item(quote(plain), fault)


# Words with one of these between them may be one name or several: 护理和驾驶, 护理。驾驶, nursing/driving,
# Pflege und Fahren.
_HAN = "[<<letters.unspaced>>]"
# Marks that names hold: hyphens and dashes, points, apostrophes, brackets, quotes, colons, and those of
# levels.
_IN_NAMES = r"\w\s\-‐-―−·・.'’‘()\[\]{}《》〈〉「」『』\"“”:%=≥≤<>★☆\0"
_JOINED = pattern(
    rf"{_HAN} ?(?:[ /&+.。·]|<<lists.joins_unspaced>>|\d{{1,2}}[.)]?"
    rf"|\((?:\d{{1,2}}|[<<numerals.small>>]{{1,2}})\)) ?{_HAN}"
    rf"|{_HAN}[^\d]?[/&+。]|[/&+。][^\d]?{_HAN}|{_HAN}(?:<<lists.joins_unspaced_only>>){_HAN}"
    rf"|{_HAN}[<<lists.like_bars>>]{_HAN}|{_HAN} ?[-‐-―−_~] ?{_HAN}"
    rf"|[^\W\d] ?[/&|] ?[^\W\d]|\w ?\+ ?[^\W\d]|[^\W\d]{{2}} ?(?:[^{_IN_NAMES}] ?)+[^\W\d]"
    r"|[^\W\d]\.{2,} ?[^\W\d]"
    r"| (?:<<lists.joins>>) ",
    re.IGNORECASE,
)
_BULLET = pattern(
    r"(?P<mark>[•·●○▪■◆►※*]|[-–—](?= |[^\W\d])|\(?(?:\d{1,2}|[<<numerals.small>>]{1,2}|[a-h])\)"
    r"|\d{1,2}\.(?!\d)|[a-h]\.(?= |[<<letters.unspaced>>])) ?(?=\S)",
    re.IGNORECASE,
)
_AND_SO_ON = pattern(r"\.{3,}$|<<lists.and_so_on>>", re.IGNORECASE)
_AND_SO_ON_ENDS: Final = frozenset(".").union(words("lists", "and_so_on_ends"))
_CIRCLED = re.compile("[①-⑳]")
_NUMERAL = pattern("[<<numerals.small>>]{1,3}")
_ONLY_DIGITS = re.compile(r"[\d\W]+", re.ASCII)
ANY: Final = frozenset(words("lists", "any"))
"""What people write where any name will do, or all are meant."""


def without_bullet(item: str, doubts: Doubts) -> str:
    """An item of a list without the sign or the number that begins it, which is a doubt."""
    if found := _BULLET.match(item):
        doubts.add("cell.guess.bullet", mark=quote(found["mark"]))
        return item[found.end() :]
    return item


def quoted_in(cell: str) -> Iterator[str]:
    """The names that stand in double quotes in a cell of names: whoever quotes a name says that it is one."""
    for found in _QUOTED.finditer(cell):
        if inner := unquoted(found[2]):
            with suppress(CellFault):
                yield normalised(inner)


def plain_name(name: str, doubts: Doubts) -> str:
    """A name that stands in an item without quotes.

    Raises CellFault for numbers, which count items or give a level as a rule, and for ticks.
    """
    if (name.isascii() and _ONLY_DIGITS.fullmatch(name)) or _NUMERAL.fullmatch(name):
        refuse("cell.list.number", Message("cell.accepts.quotes"))
    refuse_ticks(name)
    if _JOINED.search(name):
        doubts.add("cell.guess.one_name")
    if name[-1:] in _AND_SO_ON_ENDS and _AND_SO_ON.search(name):
        doubts.add("cell.guess.and_so_on")
    return name


def read_names(cell: Plain, context: Context, doubts: Doubts) -> tuple[str, ...]:
    """Names, each in normal form."""
    refuse_ticks(cell)
    items = Items(written_out(cell, doubts), doubts)

    def one(item: str) -> str:
        name, is_quoted = items.name(item)
        if is_quoted:
            return name
        name = normalised(without_bullet(context.word(name), doubts))
        return (
            refuse("cell.list.any", Message("cell.accepts.quotes"))
            if name.casefold() in ANY
            else plain_name(name, doubts)
        )

    return items.each(one)


def read_ids(cell: Plain, context: Context, doubts: Doubts) -> tuple[str, ...]:
    """Ids, each in normal form."""
    items = Items(written_out(cell, doubts), doubts)

    def one(item: str) -> str:
        name, is_quoted = items.name(item)
        return name if is_quoted else read_id(name, context, doubts)

    return items.each(one)


def write_names(names: tuple[str, ...], as_item: AsItem) -> str | None:
    """Names or ids, parted by semicolons."""
    return "; ".join(as_item(name) for name in names) or None


MOST: Final = 1_000_000_000
MOST_POINTS: Final = 100
_CANONICAL = re.compile(r"(?P<name>[^:]*):(?P<amount>-?\d{1,12})", re.ASCII | re.DOTALL)
_UNIT_LAST = pattern(
    r"(?P<amount>\d{1,12}) ?(?P<name><<numbers.units>>)", re.ASCII | re.IGNORECASE
)
_AMOUNT_LAST = pattern(
    r"(?P<name>.*[^\d:,.\-+ ])(?: ?[: ] ?|(?<=[<<letters.unspaced>>]))(?P<amount>\d[\d,]{0,14})",
    re.ASCII,
)


def _split(item: str, doubts: Doubts, context: Context) -> tuple[str, int]:
    """The part before the last colon and the number after it."""
    item = item if "\0" in item else without_bullet(item, doubts)
    found = _CANONICAL.fullmatch(item)
    if (
        not found
        and "\0" not in item
        and (found := _UNIT_LAST.fullmatch(item) or _AMOUNT_LAST.fullmatch(item))
    ):
        doubts.add(
            "cell.guess.amount",
            name=quote(found["name"]),
            amount=quote(found["amount"]),
        )
    if not found or ":" in found["name"]:  # kg:20 seats:4
        refuse("cell.pair.not")
    return found["name"], read_whole(found["amount"], context, doubts)


def read_loads(cell: Plain, context: Context, doubts: Doubts) -> tuple[Load, ...]:
    """How much of each dimension."""
    items = Items(written_out(cell, doubts), doubts)
    if items.comma_in_number:
        refuse("cell.pair.comma")

    def one(item: str) -> Load:
        part, amount = _split(item, doubts, context)
        name, is_quoted = items.name(part) if part.strip() else refuse("cell.pair.not")
        if not 0 <= amount <= MOST:
            refuse("cell.pair.bounds", least=0, most=MOST)
        return Load(
            dimension=name if is_quoted else plain_name(name, doubts), amount=amount
        )

    return items.each(one)


def read_preferences(
    cell: Plain,
    context: Context,  # noqa: ARG001 - all readers take the same
    doubts: Doubts,
) -> tuple[Preference, ...]:
    """Points for categories and communities."""
    items = Items(written_out(cell, doubts), doubts)

    def one(item: str) -> Preference:
        found = _CANONICAL.fullmatch(item) or refuse("cell.pair.not")
        points = int(found["amount"])
        if abs(points) > MOST_POINTS:
            refuse("cell.pair.bounds", least=-MOST_POINTS, most=MOST_POINTS)
        category, mark, community = found["name"].partition("@")
        if (mark and not community.strip()) or not (
            category.strip() or community.strip()
        ):
            refuse("cell.pair.not")
        name, is_quoted = items.name(category) if category.strip() else (None, True)
        return Preference(
            category=name if name is None or is_quoted else plain_name(name, doubts),
            community=items.name(community)[0] if community.strip() else None,
            points=points,
        )

    return items.each(one)


def write_loads(loads: tuple[Load, ...], as_item: AsItem) -> str | None:
    """``dimension:amount`` parted by semicolons."""
    return (
        "; ".join(
            f"{as_item(load.dimension, f':{load.amount}')}:{load.amount}"
            for load in loads
        )
        or None
    )


def write_preferences(
    preferences: tuple[Preference, ...], as_item: AsItem
) -> str | None:
    """``category@community:points`` parted by semicolons."""
    item_text = []
    for one in preferences:
        tail = f":{one.points}"
        category = "" if one.category is None else as_item(one.category, tail)
        community = (
            "" if one.community is None else f"@{as_item(one.community, tail, '@')}"
        )
        item_text.append(category + community + tail)
    return "; ".join(item_text) or None
