"""Skills with levels: "nursing:2; driving", 护理（二级）, driving|riding:2; and how many are to have each."""

from __future__ import annotations

import re
from typing import Final

from matchkit.messages.message import Message
from matchkit.model.rules import SkillCount
from matchkit.model.skill import AnyOf, SkillLevel
from matchkit.model.text import key
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.lists import (
    ANY,
    AsItem,
    Items,
    check_count,
    plain_name,
    without_bullet,
)
from matchkit.tables.cells.numbers import NUMERAL, number
from matchkit.tables.cells.plain import Plain, folded, is_tick, refuse_ticks
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.cells.skill_names import no_skill, none_held, none_needed, parts_of
from matchkit.tables.cells.text import normalised, written_out
from matchkit.tables.location import quote
from matchkit.tables.vocabulary.words import pattern

HIGHEST: Final = 100
MOST_ALTERNATIVES: Final = 64
MOST_COUNTED: Final = 1_000_000
_CANONICAL = re.compile(r"(?P<name>[^:]*):(?P<level>\d{1,9})", re.ASCII | re.DOTALL)
_LEVEL = (
    rf"(?:(?:<<levels.before>>) ?)?(?:\d{{1,9}}|{NUMERAL}|I{{1,3}}|IV)"
    r" ?(?:<<levels.after>>)?(?:<<levels.or_more>>)?"
)
_AROUND_LEVEL = pattern(
    "^(?:<<levels.before>>) ?|(?:<<levels.or_more>>)$", re.IGNORECASE
)
_AFTER_LEVEL = pattern(" ?(?:<<levels.after>>)$")
_COUNT = re.compile(r"(?P<rest>.*)\*(?P<count>\d{1,9})", re.ASCII | re.DOTALL)
_UNTIDY = (
    pattern(
        rf"(?P<name>[^:]*?) ?: ?(?P<level>{_LEVEL})", re.ASCII | re.IGNORECASE
    ),  # 护理:二级
    pattern(
        rf"(?P<name>[^()]*?) ?\((?P<level>{_LEVEL})\)", re.ASCII | re.IGNORECASE
    ),  # Nursing (2), 护理(二级)
    pattern(
        rf"(?P<name>.*?) (?P<level>{_LEVEL})", re.ASCII | re.IGNORECASE
    ),  # nursing level 2, 护理 2
    pattern(
        rf"(?P<name>[^<>=≥]*?) ?(?:>=|≥|=) ?(?P<level>{_LEVEL})",
        re.ASCII | re.IGNORECASE,
    ),  # 护理≥2, nursing=2
    # 护理2级, 护理2, 护理二级, 护理Ⅱ
    pattern(
        rf"(?P<name>.*?[<<letters.unspaced>>])(?P<level>(?:\d{{1,9}}(?:<<levels.after>>)?|{NUMERAL}(?:<<levels.after>>)"
        r"|I{1,3}(?:<<levels.after>>)?|IV(?:<<levels.after>>)?)(?:<<levels.or_more>>)?)",
        re.ASCII,
    ),
)
# 一级建造师 is a title, "level 2 nursing" may be a skill at a level.
_LEVEL_WITHIN = pattern(
    r"<<levels.within>>|[★☆<>=≥≤]|[<<letters.unspaced>>][-~]\d|^\d{1,2}[<<letters.unspaced>>]",
    re.ASCII | re.IGNORECASE,
)
_COUNTED = pattern(
    r"[<<levels.people>>*×]|[xX] ?\d|^\d", re.ASCII
)  # almost every skill is known by this to count nobody
# 护理3人, 护理×3, 3名护理: how many people, not which level.
_PEOPLE = pattern(
    r"(?P<rest>.*?[^\s*×]) ?"
    r"(?:(?:\*|×|(?<=[ <<letters.unspaced>>])x) ?(?P<times>\d{1,9}) ?[<<levels.people>>]?"
    rf"|(?P<people>\d{{1,9}}|{NUMERAL}) ?[<<levels.people>>])",
    re.ASCII | re.IGNORECASE,
)
_PEOPLE_FIRST = pattern(
    rf"(?:\d{{1,9}}|{NUMERAL}) ?[<<levels.people>>].+|\d{{1,9}} ?[x×*] ?\D.*|\d{{1,9}} [^\W\d]{{2}}.*",
    re.IGNORECASE,
)
# A name in quotes or brackets, with a tick beside it, or with a mark of a sentence; C++, C# and .NET are
# none.
_OUTER = re.compile(r"^(?:[^\w(.]|_)|(?:[^\w)+#*.]|_)$|^\([^()]*\)$|\w\.$")
_LAST = re.compile(r"[\s(]([^\s()\d]{1,5})\)?$")
_ALTERNATIVES = pattern(r"\||<<levels.alternatives>>")


def _level_of(text: str) -> int | None:
    bare = _AFTER_LEVEL.sub("", _AROUND_LEVEL.sub("", text))
    return {"I": 1, "II": 2, "III": 3, "IV": 4}.get(bare.upper()) or number(bare)


def _in_bounds(level: int) -> int:
    if not 1 <= level <= HIGHEST:
        refuse("cell.skill.level", level=level, most=HIGHEST)
    return level


def _skill(items: Items, item: str, doubts: Doubts, context: Context) -> SkillLevel:
    """A skill with its level; one that is not written ``name:level`` is a doubt."""
    item = item if "\0" in item else without_bullet(item, doubts)
    found = _CANONICAL.fullmatch(item)
    if not found and "\0" not in item:
        item = context.word(item)
        found = _CANONICAL.fullmatch(item)
    if found:
        name, is_quoted = (
            items.name(found["name"])
            if found["name"].strip()
            else refuse("cell.skill.unnamed")
        )
        return SkillLevel(
            skill=name if is_quoted else _one_name(name, doubts, context),
            level=_in_bounds(int(found["level"])),
        )
    if "\0" not in item:
        if _COUNTED.search(item) and (
            _PEOPLE.fullmatch(item) or _PEOPLE_FIRST.fullmatch(item)
        ):
            refuse("cell.skill.people", Message("cell.accepts.people_apart"))
        if item.casefold() in ANY or none_needed(item):
            refuse("cell.list.any", Message("cell.accepts.quotes"))
    for form in _UNTIDY if "\0" not in item else ():
        if (
            (found := form.fullmatch(item))
            and found["name"].strip()
            and (level := _level_of(found["level"])) is not None
        ):
            name = _one_name(normalised(found["name"]), doubts, context)
            doubts.add("cell.guess.level", skill=quote(name), level=_in_bounds(level))
            return SkillLevel(skill=name, level=level)
    name, is_quoted = items.name(item)
    if is_quoted:
        return SkillLevel(skill=name)
    if ":" in name:
        refuse("cell.skill.no_level")
    if _LEVEL_WITHIN.search(_one_name(name, doubts, context)):
        doubts.add("cell.guess.no_level")
    return SkillLevel(skill=name)


def _one_name(name: str, doubts: Doubts, context: Context) -> str:
    """A plain name, which is doubtful where other cells say that it may be several."""
    if key(name) in context.doubted or key(name) in context.joined:
        doubts.add("cell.guess.one_name")
    last = _LAST.search(name)
    if key(name) not in context.declared and (
        _OUTER.search(name) or (last and is_tick(last[1]))
    ):
        doubts.add("cell.guess.outer_mark")
    return plain_name(name, doubts)


def _says(cell: Plain) -> str:
    """What a cell says as a whole, in normal form; of a cell that is no text, nothing."""
    return folded(cell, numeric=False).strip(" 。.!！") if isinstance(cell, str) else ""


def _are_skills(items: Items, context: Context, doubts: Doubts) -> None:
    """Leaves items out that are no skill but who somebody is, or a preference: each is a doubt."""
    kept = []
    for item in items.items:
        bare = without_bullet(item, Doubts()).strip(" .!")
        if (
            "\0" not in item
            and bare.casefold() not in context.declared
            and any(map(no_skill, (bare, *_ALTERNATIVES.split(bare))))
        ):
            doubts.add("cell.guess.no_skill", item=quote(item))
        else:
            kept.append(item)
    items.items = kept


def _several(
    items: Items, item: str, doubts: Doubts, context: Context
) -> tuple[SkillLevel, ...]:
    """The skill of an item, or parts of a name that stand alone in other cells; the level is of the last."""
    if "\0" in item or not context.joined:
        return (_skill(items, item, doubts, context),)
    apart = Doubts()
    skill = _skill(items, item, apart, context)
    several = key(skill.skill) in context.joined
    for doubt in apart.notes:
        if not (several and doubt.key == "cell.guess.one_name"):
            doubts.add(doubt.key, **dict(doubt.values))
    if not several:
        return (skill,)
    doubts.add("cell.guess.joined")
    *parts, last = parts_of(skill.skill)
    return (
        *(SkillLevel(skill=part) for part in parts),
        SkillLevel(skill=last, level=skill.level),
    )


def read_skills(
    cell: Plain, context: Context, doubts: Doubts
) -> tuple[SkillLevel, ...]:
    """Skills that a resource has, each at a level; none where a cell says so."""
    refuse_ticks(cell)
    if none_held(_says(cell)):
        return ()
    items = Items(written_out(cell, doubts), doubts)
    _are_skills(items, context, doubts)
    return tuple(
        one
        for held in items.each(lambda item: _several(items, item, doubts, context))
        for one in held
    )


def read_senior(cell: Plain, context: Context, doubts: Doubts) -> SkillLevel:
    """One skill at a level."""
    refuse_ticks(cell)
    items = Items(written_out(cell, doubts), doubts)
    found = items.each(lambda item: _skill(items, item, doubts, context))
    return found[0] if len(found) == 1 else refuse("cell.skill.one", count=len(found))


def read_needs(
    cell: Plain, context: Context, doubts: Doubts
) -> tuple[SkillLevel | AnyOf, ...]:
    """Skills that are asked for, ``|`` between alternatives; none where none is needed or any will do."""
    refuse_ticks(cell)
    if none_needed(bare := _says(cell)):
        return ()
    if bare.casefold() in ANY:
        doubts.add("cell.guess.word", word=quote(cell))
        return ()
    items = Items(written_out(cell, doubts), doubts)
    _are_skills(items, context, doubts)

    def one(item: str) -> tuple[SkillLevel | AnyOf, ...]:
        parts = _ALTERNATIVES.split(item)
        alternatives = [part for part in parts if part.strip()]
        if len(parts) == 1:
            return _several(items, item, doubts, context)
        if not alternatives:
            refuse("cell.skill.unnamed")
        check_count(alternatives, MOST_ALTERNATIVES)
        if item.count("|") + 1 != len(parts):
            doubts.add("cell.guess.alternatives")
        return (
            AnyOf(
                any_of=tuple(
                    _skill(items, part.strip(), doubts, context)
                    for part in alternatives
                )
            ),
        )

    return tuple(need for held in items.each(one) for need in held)


def read_skill_counts(
    cell: Plain, context: Context, doubts: Doubts
) -> tuple[SkillCount, ...]:
    """Skills and how many are to have each: ``nursing:2*3``."""
    items = Items(written_out(cell, doubts), doubts)

    def one(item: str) -> SkillCount:
        found = _COUNT.fullmatch(item)
        if not found and "\0" not in item and (people := _PEOPLE.fullmatch(item)):
            skill, count = (
                _skill(items, people["rest"], doubts, context),
                number(people["times"] or people["people"]) or 0,
            )
            doubts.add("cell.guess.count", skill=quote(skill.skill), count=count)
        else:
            skill, count = (
                _skill(
                    items, found["rest"].strip() if found else item, doubts, context
                ),
                int(found["count"]) if found else 1,
            )
        if not 1 <= count <= MOST_COUNTED:
            refuse("cell.skill.count", count=count, most=MOST_COUNTED)
        return SkillCount(skill=skill.skill, level=skill.level, count=count)

    return items.each(one)


def write_skill(skill: SkillLevel, as_item: AsItem) -> str:
    """``name:level``; level 1 is left out."""
    level = "" if skill.level == 1 else f":{skill.level}"
    return as_item(skill.skill, level) + level


def write_skills(skills: tuple[SkillLevel, ...], as_item: AsItem) -> str | None:
    """Skills parted by semicolons."""
    return "; ".join(write_skill(skill, as_item) for skill in skills) or None


def write_needs(needs: tuple[SkillLevel | AnyOf, ...], as_item: AsItem) -> str | None:
    """Skills parted by semicolons, alternatives by ``|``; a single alternative begins with one."""
    bare = []
    for need in needs:
        if isinstance(need, SkillLevel):
            bare.append(write_skill(need, as_item))
        else:
            parts = [write_skill(skill, as_item) for skill in need.any_of]
            bare.append("|".join(parts if len(parts) > 1 else ["", *parts]))
    return "; ".join(bare) or None


def write_skill_counts(skills: tuple[SkillCount, ...], as_item: AsItem) -> str | None:
    """``name:level*count`` parted by semicolons; level 1 and count 1 are left out."""
    bare = []
    for skill in skills:
        tail = ("" if skill.level == 1 else f":{skill.level}") + (
            "" if skill.count == 1 else f"*{skill.count}"
        )
        bare.append(as_item(skill.skill, tail) + tail)
    return "; ".join(bare) or None
