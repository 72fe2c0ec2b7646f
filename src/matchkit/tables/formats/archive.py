"""The zip archive that a workbook is: its directory checked, its parts unpacked a chunk at a time, and packed
again plainly.

Zip archives can be read in more than one way: two entries of one name, sizes that differ between directory
and part, bytes that no entry names. What was checked here is therefore not handed on as it came: ``repacked``
writes the checked parts, still compressed, into an archive that can be read in one way only.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from matchkit.tables.formats.faults import refuse, too_large
from matchkit.tables.formats.limits import (
    CHUNK,
    HIGHEST_RATIO,
    LARGEST_UNPACKED,
    MOST_MEMBERS,
    RATIO_FROM,
)

ENTRY, LOCAL = b"PK\x01\x02", b"PK\x03\x04"
ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """One part of the archive: its name, where its packed bytes lie, and what it declares of itself."""

    name: str
    start: int
    packed: int
    unpacked: int
    method: int
    checksum: int


def parts(content: bytes, source: str) -> list[ArchivePart]:
    """The parts that the archive's directory names, in its order.

    Raises InputError for what is no plain zip archive and BudgetError where a declared size is beyond the
    limits.
    """
    # The directory is read into objects, one for each signature at most: counted first.
    if content.count(ENTRY) > MOST_MEMBERS:
        too_large("members", source, most=MOST_MEMBERS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        EOFError,
        OSError,
        struct.error,
        OverflowError,
    ):
        refuse("no_archive", source)
    names = {_plain(info.filename).casefold() for info in found}
    if len(names) < len(found):
        refuse("twice", source)
    if any(info.flag_bits & ENCRYPTED for info in found):
        refuse("password", source)
    _check_sizes(found, source)
    return [_part(content, info, source) for info in found if not info.is_dir()]


def _plain(name: str) -> str:
    """A name as the most forgiving reader takes it; but for its case, in which two must not be alike
    either.
    """
    return name.replace("\\", "/").lstrip("/")


def _check_sizes(found: list[zipfile.ZipInfo], source: str) -> None:
    total = sum(info.file_size for info in found)
    if total > LARGEST_UNPACKED:
        too_large("unpacked", source, size=total, most=LARGEST_UNPACKED)
    for info in found:
        if info.file_size > max(RATIO_FROM, HIGHEST_RATIO * info.compress_size):
            too_large(
                "ratio",
                source,
                ratio=info.file_size // max(1, info.compress_size),
                most=HIGHEST_RATIO,
            )


def _part(content: bytes, info: zipfile.ZipInfo, source: str) -> ArchivePart:
    header = (
        content[info.header_offset : info.header_offset + 30]
        if info.header_offset >= 0
        else b""
    )
    if (
        len(header) < 30
        or not header.startswith(LOCAL)
        or info.compress_type not in METHODS
    ):
        refuse("no_archive", source)
    names, extras = struct.unpack("<HH", header[26:30])
    start = info.header_offset + 30 + names + extras
    if start + info.compress_size > len(content):
        refuse("cut", source)
    return ArchivePart(
        _plain(info.filename),
        start,
        info.compress_size,
        info.file_size,
        info.compress_type,
        info.CRC,
    )


def unpacked(content: bytes, part: ArchivePart, source: str) -> Iterator[bytes]:
    """The bytes of a part, a chunk at a time. Raises InputError where it is damaged or unpacks to other than
    it declares.
    """
    packed = memoryview(content)[part.start : part.start + part.packed]
    size = checksum = 0
    for chunk in (
        _stored(packed)
        if part.method == zipfile.ZIP_STORED
        else _inflated(packed, source)
    ):
        size += len(chunk)
        if size > part.unpacked:
            refuse("lying", source)
        checksum = zlib.crc32(chunk, checksum)
        yield chunk
    if size != part.unpacked:
        refuse("lying", source)
    if checksum != part.checksum:
        refuse("damaged", source)


def _stored(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), CHUNK):
        yield bytes(packed[start : start + CHUNK])


def _inflated(packed: memoryview, source: str) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    start, waiting = 0, b""
    try:
        while not inflate.eof:
            if not waiting:
                waiting = bytes(packed[start : start + CHUNK])
                start += CHUNK
            chunk = inflate.decompress(waiting, CHUNK)
            if not chunk and not waiting:
                refuse("cut", source)
            waiting = inflate.unconsumed_tail
            if chunk:
                yield chunk
    except zlib.error:
        refuse("damaged", source)
    if waiting or inflate.unused_data or start < len(packed):
        refuse("lying", source)


def repacked(content: bytes, kept: list[ArchivePart]) -> bytes:
    """An archive of these parts alone, their packed bytes as they were, that can be read in one way only."""
    made = io.BytesIO()
    directory = []
    for part in kept:
        name = part.name.encode()
        # version, flags (names in UTF-8), method, time, date (1 January 1980), checksum, sizes, length of the
        # name, extras
        about = struct.pack(
            "<HHHHHIIIHH",
            20,
            0x800,
            part.method,
            0,
            33,
            part.checksum,
            part.packed,
            part.unpacked,
            len(name),
            0,
        )
        # made by, (as above), comment, disk, attributes, where the part begins
        directory.append(
            ENTRY
            + struct.pack("<H", 20)
            + about
            + struct.pack("<HHHII", 0, 0, 0, 0, made.tell())
            + name
        )
        made.write(LOCAL + about + name)
        made.write(memoryview(content)[part.start : part.start + part.packed])
    begin, entries = made.tell(), b"".join(directory)
    made.write(
        entries
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, len(kept), len(kept), len(entries), begin, 0)
    )
    return made.getvalue()
