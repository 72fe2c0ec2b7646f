"""Files made to fill the host are refused in under a second of processor time and 200 MB, each in a process
of its own.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from workbooks import cell, packed, parts, shared, sheet, workbook

SECONDS, MEGABYTES = 1.0, 200


def refused(path: Path) -> dict[str, object]:
    """What reading the file is refused with, in how many seconds of processor time, and the peak memory of
    the whole process in MB.
    """
    program = textwrap.dedent("""
        import json, re, resource, sys, time
        from pathlib import Path
        from matchkit.errors import MatchkitError
        from matchkit.tables.formats import read_grids
        began = time.process_time()
        try:
            told = ["read", str(len(read_grids(sys.argv[1])))]
        except MatchkitError as error:
            told = [type(error).__name__, str(error)]
        seconds = time.process_time() - began
        status = Path("/proc/self/status")  # what getrusage says, a large parent may have handed on
        kilobytes = re.search("VmHWM:[^0-9]*([0-9]+)", status.read_text())[1] if status.exists() else resource.getrusage(0).ru_maxrss
        memory = int(kilobytes) // 1024
        print(json.dumps({"error": told[0], "told": told[1], "seconds": seconds, "memory": memory}))
    """)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, path],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def member(size: int, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook with one part of so many blanks, packed about a thousand times smaller."""
    content = io.BytesIO(packed(parts({})))
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as part,
    ):
        for _ in range(size // 2**20):
            part.write(b" " * 2**20)
    return content.getvalue()


def sparse(size: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)
        assert path.stat().st_size == size

    return make


def one_row(*cells: str) -> bytes:
    return workbook(
        "".join(
            f'<row r="{row}">{body}</row>'
            for row, body in zip((1, 1_048_576), cells, strict=False)
        )
    )


def far_corner() -> bytes:
    return workbook('<row r="1048576">' + cell("XFD1048576", 1) + "</row>")


def shared_text() -> bytes:
    """TRAPS 107: one long text, named by many cells."""
    row = "".join(
        f'<row r="{n}">' + "<c t='s'><v>0</v></c>" * 10 + "</row>"
        for n in range(1, 2001)
    )
    return workbook(row, shared("x" * 32_000))


def many_members() -> bytes:
    return packed(
        {**parts({"s": sheet("")}), **{f"xl/x{n}.xml": "<a/>" for n in range(20_000)}}
    )


def lying_bomb() -> bytes:
    """A part of 300 MB that declares a kilobyte."""
    content = bytearray(member(300 * 2**20))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


def endless_tag() -> bytes:
    return packed(parts({"s": sheet("<row><c " + " " * (15 * 2**20))}))


WORKBOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (lambda: member(1024 * 2**20), "unpacks to 1,073,7"),
    "small zip bomb": (
        lambda: member(100 * 2**20),
        "times its size; no table does beyond 250",
    ),
    "lying zip bomb": (lying_bomb, "another size than it declares"),
    "cell at the far corner": (far_corner, "spans 17,179,869,184 cells"),
    "cells at both corners": (
        lambda: one_row(cell("A1", 1), cell("XFD1048576", 1)),
        "spans 17,179,869,184 cells",
    ),
    "shared text": (shared_text, "holds 640,000,000 characters"),
    "room for texts that are not there": (
        lambda: workbook("<row/>", shared("a", declared=2**32 - 1)),
        "another size than it declares",
    ),
    "many members": (many_members, "has more than 2,000 parts"),
    "endless tag": (endless_tag, "an XML tag of more than"),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hostile_workbook_is_refused_at_once(tmp_path: Path, name: str) -> None:
    make, words = WORKBOOKS[name]
    (tmp_path / "t.xlsx").write_bytes(make())
    found = refused(tmp_path / "t.xlsx")
    assert words in str(found["told"]), found
    assert (
        float(str(found["seconds"])) < SECONDS and int(str(found["memory"])) < MEGABYTES
    ), found


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".parquet"])
def test_a_file_of_500_megabytes_is_refused_before_it_is_opened(
    tmp_path: Path, suffix: str
) -> None:
    sparse(500 * 10**6)(tmp_path / f"t{suffix}")
    found = refused(tmp_path / f"t{suffix}")
    most = "104,857,600" if suffix == ".csv" else "209,715,200"
    assert (
        found["told"]
        == f"t{suffix} holds 500,000,000 bytes; at most {most} are read. Split it."
    )
    assert (
        float(str(found["seconds"])) < SECONDS and int(str(found["memory"])) < MEGABYTES
    ), found


def test_short_rows_under_a_wide_header_are_bounded(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        ",".join(f"c{n}" for n in range(10_000)) + "\n" + "1\n" * 2_000_000,
        encoding="utf-8",
    )
    found = refused(tmp_path / "t.csv")
    assert "spans 10,010,000 cells" in str(found["told"])
    assert (
        float(str(found["seconds"])) < SECONDS and int(str(found["memory"])) < MEGABYTES
    ), found


def test_a_parquet_file_of_too_many_cells_is_refused_by_what_it_declares(
    tmp_path: Path,
) -> None:
    column = pa.nulls(1_000_000, pa.int64())
    pq.write_table(
        pa.table([column] * 50, names=[f"c{n}" for n in range(50)]),
        tmp_path / "t.parquet",
    )
    assert (tmp_path / "t.parquet").stat().st_size < 100_000
    found = refused(tmp_path / "t.parquet")
    assert "spans 50,000,000 cells" in str(found["told"])
    assert (
        float(str(found["seconds"])) < SECONDS and int(str(found["memory"])) < MEGABYTES
    ), found


def test_a_long_text_that_many_rows_of_parquet_share_is_counted_each_time(
    tmp_path: Path,
) -> None:
    text = pa.DictionaryArray.from_arrays(
        pa.array([0] * 100_000, pa.int32()), pa.array(["x" * 30_000])
    )
    pq.write_table(pa.table({"note": text}), tmp_path / "t.parquet")
    found = refused(tmp_path / "t.parquet")
    assert "holds 3,000,000,000 characters" in str(found["told"])
    assert int(str(found["memory"])) < MEGABYTES, found
