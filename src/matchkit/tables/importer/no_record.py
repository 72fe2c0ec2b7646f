"""Rows of a table that hold no record: sums, remarks and signatures, headers printed again, numbers of
columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Final

from matchkit.tables.columns.header import header_key
from matchkit.tables.columns.known import TABLES, UNUSED
from matchkit.tables.formats.plain import blank

LONGEST_SUM: Final = 30
"""What a row of sums begins with is no longer."""

_SUM = re.compile(
    r".{0,12}?(?:合计|总计|小计|共计)(?:人数|数量|数|金额|工时|时长|人次|户数|件数|"
    r"名额)?(?:[（(\[【:：=\d….].*)?"
    r"|(?:本页|本表|全部|以上)?(?:总数|累计|总人数|总数量|总量)(?:[（(\[【:：=\d].*)?"
    r"|(?:以上)?共\d+[人项条户名个].*"
    r"|(?:.{1,20} )?(?:grand |sub|sub-|sub |page |overall )?totals?(?:[:(=\d].*| (?:\(|for |of "
    r"|number|people|persons|\d).*)?"
    r"|(?:sums?|counts?|averages?)(?:[:=].*)?|(?:计数|平均|平均值|人均)(?:[:：=]?\d.*)?|(?:人数|"
    r"条数|户数|件数)[:：=]?\d.*|n=\d+"
    r"|(?:summe|gesamt|insgesamt|gesamtsumme|gesamtzahl|anzahl|zwischensumme|somme|suma|totaal|totale?)"
    r"(?:[:(=\d].*| (?:général|geral|general|\d).*)?"
    r"|(?:total |number of |no\.? of |count of )?(?:records?|rows?|entries)(?: count| total)?[:=]? "
    r"?\d+|\d+ (?:records?|rows?|entries)",
    re.DOTALL,
)
_LABEL = (
    "注|附注|备注|说明|填表说明|填写说明|填表要求|填表人|填报人|制表人|制表|审核人|审核|复核人|"
    "复核|审批人|批准人|经办人|负责人|单位负责人|分管领导|领导签字"
    "|填表单位|填报单位|制表单位|报送单位|联系人|联系电话|签字|签名|盖章|公章|单位盖章|"
    "单位（盖章）|日期|填表日期|填报日期|制表日期|填表时间|填报时间|制表时间"
    "|note|notes|remark|remarks|prepared by|filled in by|checked by|reviewed by|approved "
    "by|signature|signed|date"
)
# Labels that hardly begin an id, also without a colon after them.
_BY = (
    "填表人|填报人|制表人|审核人|复核人|审批人|批准人|经办人|"
    "打印人|导出人|统计人|编制人|录入人|核对人|校对人"
)
_MADE = (
    rf"{_BY}|(?:打印|导出|生成|更新|统计|填报|填表|制表|报送)(?:时间|日期)|编制单位"
    "|(?:printed|exported|generated|last updated|last modified)(?: (?:on|by|at|from))?|prepared "
    "by|compiled by|created (?:by|on)"
    "|gedruckt(?: am| von)?|erstellt(?: am| von)?"
)
_MORE = (
    "审批|批准|经办|版本|版本号|来源|数据来源|资料来源|电话|网址"
    "|records?|rows?|count|source|sources|version|as of|contact|tel|phone|web|stand|quelle|datum"
)
_AFTER = r"\s*(?:[（(][^）)]{0,10}[）)])?\s*"
_FOOT = re.compile(
    rf"\s*(?:{_LABEL}|{_MADE}|{_MORE}){_AFTER}[0-9]*\s*[:：]|\s*(?:{_MADE})\s+\S|\s*(?:{_BY})\S{{1,"
    rf"4}}(?:\s|$)"
    r"|\s*(?:©|\(c\) ?\d{4}|copyright\b)",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"\s*(?:{_LABEL}|{_MADE}){_AFTER}|©", re.IGNORECASE)
_END = re.compile(
    r"\W*(?:(?:the )?end(?: of (?:the "
    r")?(?:list|report|table|file|document|data|page|records))?|fin|ende|完|完毕|结束"
    r"|confidential|internal use only|内部资料.{0,10}|内部使用.{0,10}|(?:https?://|www\.)\S+)\W*|[\W_]{3,}|(?:注|备注|说明)\s+\S.*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十\d]{1,3}(?:部分|类|"
    r"组|批)|[※★☆◆●▲*]|\d{1,2}[、.．]\s*\S{4}|以上|上述|本表|(?:数据|资料)来源)"
)
_PAGE = re.compile(
    r"[^\w\"]*(?:第\s*\d+\s*页.*|共\s*\d+\s*页.*|续表|续上表"
    r"|接上[表页]|接下页|转下页|(?:此行)?以下空白|以下为空|page \d+.*|continued)\W*",
    re.IGNORECASE | re.DOTALL,
)
_EXAMPLE = re.compile(
    (
        r"\s*[（(\[【]?(?:例|示例|样例|范例|举例|例如|填写示例|填报示例|example|sample|"
        r"e\.g\.)\s*\d*[）)\]】]?\s*(?:[:：,，].*)?"
    ),
    re.IGNORECASE | re.DOTALL,
)
_HINTS: Final = frozenset(
    {
        "必填",
        "选填",
        "可选",
        "必填项",
        "选填项",
        "非必填",
        "可不填",
        "自动生成",
        "required",
        "optional",
        "mandatory",
        "automatic",
    }
)
_FILTERS: Final = frozenset({"全部", "(全部)", "（全部）", "(all)", "all", "筛选", "▼", "▾"})
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
"""By these the columns of text in a form are often numbered, before those of numbers."""

_COUNTED = re.compile(
    "(?:total |number of |no\\.? of "
    ")?(?:records?|rows?|entries|items|people|persons|pages?|count|number|version)"
    "|人数|条数|件数|户数|数量|页|页数|版本",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    (
        r"计|总|共|平均|人均|total|sum|count|average|gesamt|anzahl|somme|totaal|record|row|entries|"
        r"[人条户件]数|n="
    ),
    re.IGNORECASE,
)

FEW: Final = 4
"""A remark at the foot has at most so many filled cells."""


def may_be_none(start: str) -> bool:
    """Whether a row that begins so may hold no record, by any of the signs below. Texts that differ in their
    last digits only are alike.
    """
    stem = start.rstrip("0123456789")
    return _signs(start if stem == start else f"{stem}1")


@lru_cache(4_096)  # a hundred thousand ids have few stems
def _signs(start: str) -> bool:
    return (
        ":" in start
        or "：" in start
        or is_sum(start)
        or is_signature(start)
        or is_remark(start)
        or is_end(start)
        or is_page(start)
        or _EXAMPLE.fullmatch(start) is not None
        or _hint(start) in _HINTS
    )


def _hint(cell: str) -> str:
    return cell.strip().strip("*（）()").casefold()


def is_sum(start: str) -> bool:
    """Whether a row that begins so is one of sums: 合计, 东区小计（人）, Sub-total."""
    if (
        len(start) > LONGEST_SUM
        or start[:1] == '"'
        or _MAYBE.search("".join(start.split())) is None
    ):
        return False
    folded = start.casefold().split()
    return any(_SUM.fullmatch(between.join(folded)) is not None for between in (" ", ""))


def is_remark(start: str, row: Sequence[Any] = ()) -> bool:
    """Whether a row that begins so, and holds little more, is a remark at the foot: 注：以上均可线上."""
    return _FOOT.match(start) is not None and sum(not blank(cell) for cell in row) <= FEW


def is_end(start: str, row: Sequence[Any] = ()) -> bool:
    """Whether a text that stands alone in its row says that the table ends, or is a line of marks, or a
    remark: End of list, ===.

    Also whether it stands before a number alone, and says that this counts the rows or pages.
    """
    if start[:1] == '"':
        return False
    others = [cell for cell in row if not blank(cell) and cell is not start]
    if len(others) == 1 and _COUNTED.fullmatch(start.strip()):
        return isinstance(others[0], int | float) or (
            isinstance(others[0], str) and others[0].strip().isdecimal()
        )
    return not others and (
        _END.fullmatch(start.strip()) is not None
        or (not row and _COUNTED.fullmatch(start.strip()) is not None)
    )


def is_signature(start: str) -> bool:
    """Whether a row that begins so is a line of signatures, or of who filled in the form: 填表人,
    审核人（签字）.
    """
    return (
        len(start) <= LONGEST_SUM
        and not start[-1:].isdigit()
        and _SIGNED.fullmatch(start) is not None
    )


def is_page(start: str) -> bool:
    """Whether a row that begins so says where a page or the table ends: 第 1 页, 续表, 以下空白."""
    return len(start) <= LONGEST_SUM and _PAGE.fullmatch(start) is not None


def is_example(start: str, row: Sequence[Any] = ()) -> bool:
    """Whether a row that begins so shows how to fill in the others, or says which cells must be: 例：R001,
    必填.
    """
    if _EXAMPLE.fullmatch(start) is not None:
        return True
    return _hint(start) in _HINTS and all(
        blank(cell) or (isinstance(cell, str) and _hint(cell) in _HINTS) for cell in row
    )


def is_heading(start: str) -> bool:
    """Whether a text that stands alone in its row is one that heads others, or a remark: 一、市直单位."""
    return _HEADING.match(start) is not None


def are_headers(row: Sequence[Any]) -> bool:
    """Whether the cells of a row are headers of tables that are known, most of them."""
    filled = [cell for cell in row if not blank(cell)]
    if len(filled) < 2 or not all(isinstance(cell, str) and cell[:1] != '"' for cell in filled):
        return False
    met = sum(header_key(cell) in _headers() for cell in filled)
    return met >= 2 and met * 4 >= len(filled) * 3


def may_be_records(above: Sequence[Sequence[Any]], header: Sequence[Any]) -> bool:
    """Whether rows above a header may be another table and no titles: a header among them, or a row with as
    much in it as a record has.

    Titles name what follows (单位：, 日期：), and are seldom as wide as the table.
    """
    width = sum(not blank(cell) for cell in header)
    for row in above:
        filled = [cell for cell in row if not blank(cell)]
        labels = any(isinstance(cell, str) and (":" in cell or "：" in cell) for cell in filled)
        if are_headers(row) or (not labels and len(filled) >= max(3, (width + 1) // 2)):
            return True
    return False


def are_numbers_of_columns(row: Sequence[Any], width: int) -> bool:
    """Whether a row numbers the columns (甲, 乙, 1, 2, 3), or offers to filter them."""
    filled = [str(cell).strip() for cell in row if not blank(cell)]
    if len(filled) >= 2 and all(cell.casefold() in _FILTERS for cell in filled):
        return True
    if len(filled) < 4 or len(filled) < width:
        return False
    stems = next(
        (at for at, cell in enumerate(filled) if cell not in _STEMS[at : at + 1]), len(filled)
    )
    return filled[stems:] == [str(number) for number in range(1, len(filled) - stems + 1)]


@cache
def _headers() -> frozenset[str]:
    """The keys of all headers of all tables."""
    columns = [column for table in TABLES for column in table.columns]
    return frozenset(
        header_key(name)
        for column in columns
        for name in (*column.headers, *column.spellings, *column.spare)
    ) | frozenset(map(header_key, UNUSED))
