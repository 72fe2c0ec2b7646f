"""Bytes of a text file as text: by its byte-order mark, else as UTF-8, else as GB18030. Nothing is guessed
from how often bytes occur.

UTF-8 comes first because other encodings practically never pass for it, while nearly all UTF-8 passes for
GB18030, as other words.
"""

from __future__ import annotations

import codecs

from matchkit.tables.formats.faults import refuse

WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""Byte-order marks of encodings that are refused; that of UTF-32 LE begins as that of UTF-16 LE does."""


def text_of(content: bytes, source: str) -> tuple[str, str]:
    """The text and the name of its encoding: "utf-8-sig", "utf-8" or "gb18030".

    Raises InputError, with the line, where it is in none of them.
    """
    if content.startswith(WIDE_MARKS):
        refuse("utf16", source)
    if content.startswith(codecs.BOM_UTF8):
        try:
            return content[len(codecs.BOM_UTF8) :].decode("utf-8"), "utf-8-sig"
        except UnicodeDecodeError as error:
            refuse("not_utf8", source, _line(content, error.start + len(codecs.BOM_UTF8)))
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        start = error.start
    try:
        return content.decode("gb18030"), "gb18030"
    except UnicodeDecodeError:
        refuse("no_encoding", source, _line(content, start))


def _line(content: bytes, place: int) -> int:
    before = content[:place]
    return before.count(b"\n") + before.replace(b"\r\n", b"").count(b"\r") + 1
