"""Files spoilt at random, by bytes and by parts: whatever happens to them, they are read or refused, in
bounded time.
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from workbooks import cell, packed, parts, shared, sheet

from matchkit.errors import MatchkitError
from matchkit.tables.formats import Grid, read_grids, write_grids

GRIDS = [
    Grid(
        "one",
        [
            ["id", "n", "f", "t"],
            *([f"虚构{n}", n, n / 3, n % 2 == 0] for n in range(30)),
        ],
    ),
    Grid("two", [["id", "text"], ["=1+1", 'a,b"c\nd']]),
]
PIECES = (
    b'<c r="A1"/>',
    b' t="s"',
    b"<row>",
    b'<row r="9"/>',
    b"999999999",
    b"<v>",
    b"</v>",
    b"-1",
    b' r="ZZZ9"',
    b"<is>",
    b' t="e"',
    b"1e308",
    b"\0",
    b"\xff",
    b"&amp;",
    b'<mergeCell ref="A1:XFD1048576"/>',
    b'<mergeCell ref="B2:A1"/>',
    b' s="99"',
    b' t="d"',
    b' t="b"',
    b"'",
    b"PAR1",
    b"PK\x01\x02",
    b"PK\x05\x06",
)


PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from test_spoilt_files import *
print(*campaign(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
"""


def spoilt(rng: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(changed) + 1)
        kind = rng.randrange(5)
        if kind == 0 and changed:
            changed[at % len(changed)] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del changed[at : at + rng.randrange(1, 50)]
        elif kind == 2:
            changed[at:at] = rng.choice(PIECES)
        elif kind == 3:
            start = rng.randrange(len(changed) + 1)
            changed[at:at] = changed[start : start + rng.randrange(1, 80)]
        elif rng.random() < 0.3:
            del changed[at:]
    return bytes(changed)


def spoilt_within(rng: random.Random, content: bytes) -> bytes:
    """The archive, sound, with one of its parts spoilt."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        made = {name: archive.read(name) for name in archive.namelist()}
    victim = rng.choice(sorted(made))
    return packed({**made, victim: spoilt(rng, made[victim])})


def seeds(folder: Path) -> dict[str, list[bytes]]:
    write_grids(GRIDS, folder / "t.xlsx")
    write_grids(GRIDS, folder / "csv", form="csv")
    write_grids(GRIDS, folder / "parquet", form="parquet")
    rows = "".join(
        f'<row r="{n}">{cell(f"A{n}", 0, "s")}{cell(f"B{n}", "#N/A", "e")}{cell(f"C{n}", n)}</row>'
        for n in range(1, 9)
    )
    by_hand = packed(
        parts(
            {"s": sheet(rows, '<mergeCells><mergeCell ref="A2:A4"/></mergeCells>')},
            shared("甲", "b"),
        )
    )
    texts = [path.read_bytes() for path in sorted((folder / "csv").iterdir())]
    return {
        ".xlsx": [(folder / "t.xlsx").read_bytes(), by_hand],
        ".csv": [
            *texts,
            *(text.decode("utf-8-sig").encode("gb18030") for text in texts),
        ],
        ".parquet": [
            path.read_bytes() for path in sorted((folder / "parquet").iterdir())
        ],
    }


def campaign(folder: Path, seed: int, rounds: int) -> tuple[int, int]:
    """How many spoilt files were read and how many were refused; anything else is raised."""
    rng, kinds, read, refused = random.Random(seed), seeds(folder), 0, 0  # noqa: S311 - nothing secret
    for _ in range(rounds):
        suffix = rng.choice((".xlsx", ".xlsx", ".csv", ".parquet"))
        content = rng.choice(kinds[suffix])
        within = suffix == ".xlsx" and rng.random() < 0.7
        (folder / f"f{suffix}").write_bytes(
            spoilt_within(rng, content) if within else spoilt(rng, content)
        )
        try:
            read_grids(folder / f"f{suffix}")
            read += 1
        except MatchkitError:
            refused += 1
    return read, refused


@pytest.mark.parametrize("seed", range(3))
def test_a_spoilt_file_is_read_or_refused_and_nothing_else(
    tmp_path: Path, seed: int
) -> None:
    """In a process of its own, as what goes wrong below may end it; 28,000 rounds were run while this was
    written.
    """
    words = [
        sys.executable,
        "-W",
        "error",
        "-c",
        PROGRAM,
        str(Path(__file__).parent),
        str(tmp_path),
        str(seed),
        "400",
    ]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    read, refused = map(int, done.stdout.split())
    assert read > 20 and refused > 200


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".parquet"])
def test_a_file_cut_at_any_place_is_read_or_refused(
    tmp_path: Path, suffix: str
) -> None:
    for content in seeds(tmp_path)[suffix]:
        for end in range(0, len(content), max(1, len(content) // 60)):
            (tmp_path / f"f{suffix}").write_bytes(content[:end])
            try:
                read_grids(tmp_path / f"f{suffix}")
            except MatchkitError:
                continue
            assert suffix == ".csv", end
