"""Lists of a large city as tables: read from Parquet, .xlsx and .csv to a problem, written back, and hostile
files refused.
"""

from __future__ import annotations

import random
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks.process import in_process, peak_mb, resident_mb
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError

SEED = 0
SIZES: Final = {"quick": (2_000, 200), "full": (100_000, 10_000)}
"""Resources and demands."""
FORMS: Final = {"parquet": "", "xlsx": "lists.xlsx", "csv": ""}
"""Where each form is written: a workbook, or a folder of its name."""
HUGE = 500_000_000
"""Bytes of the sparse file."""


def lists(resources: int, demands: int) -> Any:
    """Generated lists as a problem: people with skills, hours, places and telephone numbers that are
    recognisably invented.
    """
    import matchkit as mk

    rng = random.Random(SEED)  # noqa: S311 - a generator of data
    skills = [
        mk.SkillLevel(skill=f"skill {number}", level=level)
        for number in range(30)
        for level in (1, 2, 3)
    ]
    hours = [
        mk.Weekly(
            zone="Asia/Shanghai",
            days=days,
            start=start,
            end=end,
            first=date(2026, 3, 1),
            last=date(2026, 6, 30),
        )
        for days in ((1, 2), (2, 4), (6, 7), (1, 2, 3, 4, 5))
        for start, end in (("08:00", "12:00"), ("14:00", "18:00"), ("18:00", "22:00"))
    ]
    monday = datetime(2026, 5, 4, tzinfo=UTC)
    return mk.Problem(
        note="Generated for a benchmark: nobody and nothing in it is real.",
        units=[
            mk.Unit(id=f"U{number}", name=f"虚构单位 {number}") for number in range(100)
        ],
        communities=[
            mk.Community(id=f"C{number}", name=f"虚构社区 {number}")
            for number in range(400)
        ],
        resources=[
            mk.Resource(
                id=f"R{number}",
                unit=f"U{rng.randrange(100)}",
                name=f"虚构人员 {number}",
                contact=f"000-{number:08}",
                skills=sorted(rng.sample(skills, 2), key=lambda held: held.skill)[
                    : rng.randint(1, 2)
                ],
                available=[rng.choice(hours)],
                place=mk.Place(
                    lat=round(36 + rng.random() / 5, 5),
                    lon=round(103.6 + rng.random() / 3, 5),
                ),
                home=f"C{rng.randrange(400)}",
            )
            for number in range(resources)
        ],
        demands=[
            mk.Demand(
                id=f"D{number}",
                community=f"C{rng.randrange(400)}",
                name=f"demand {number}",
                tier=rng.randint(1, 4),
                windows=[_window(monday + timedelta(hours=rng.randrange(24 * 28)))],
                requirements=[
                    mk.Requirement(
                        id=f"Q{number}",
                        skills=[rng.choice(skills)],
                        wanted=rng.randint(1, 12),
                    )
                ],
            )
            for number in range(demands)
        ],
    )


def _window(start: datetime) -> Any:
    import matchkit as mk

    return mk.Window(start=start, end=start + timedelta(hours=2))


def write_lists(folder: str, resources: int, demands: int) -> dict[str, Any]:
    """Write the lists in every form, in this process; seconds and bytes of each."""
    from matchkit.tables.problems import write_problem

    problem = lists(resources, demands)
    found = {}
    for form, name in FORMS.items():
        path = Path(folder) / (name or form)
        began = time.perf_counter()
        write_problem(problem, path, format=form)  # type: ignore[arg-type]
        seconds = time.perf_counter() - began
        found[form] = {
            "write_seconds": round(seconds, 2),
            "bytes": sum(file.stat().st_size for file in _files(path)),
        }
    return found


def _files(path: Path) -> Iterator[Path]:
    yield from path.iterdir() if path.is_dir() else (path,)


def read_lists(path: str, resources: int, demands: int) -> dict[str, Any]:
    """Read the lists, in this process; raises UnequalError where they are not the ones that were written."""
    from matchkit.tables.importer.reading import read_tables

    before = resident_mb()
    began = time.perf_counter()
    found = read_tables(path)
    seconds = time.perf_counter() - began
    peak = peak_mb()
    if found.findings or found.problem != lists(resources, demands):
        raise UnequalError(f"{path} was read as another problem, or with findings")
    return {
        "read_seconds": round(seconds, 2),
        "read_peak_mb": round(peak),
        "started_mb": round(before),
    }


def refused(path: str) -> dict[str, Any]:
    """Seconds until a hostile file is refused, in this process, and what was said; raises UnequalError where
    it is read.
    """
    from matchkit.errors import MatchkitError
    from matchkit.tables.importer.reading import read_tables

    before = resident_mb()
    began = time.perf_counter()
    try:
        read_tables(path)
    except MatchkitError as error:
        return {
            "seconds": round(time.perf_counter() - began, 3),
            "started_mb": round(before),
            "error": type(error).__name__,
        }
    raise UnequalError(f"{path} was read")


def hostile(folder: Path) -> dict[str, Path]:
    """A zip bomb, a sheet of one cell at the far corner, and a sparse file of 500 MB."""
    import xlsxwriter

    bomb, corner, huge = (
        folder / name for name in ("bomb.xlsx", "corner.xlsx", "huge.xlsx")
    )
    with xlsxwriter.Workbook(bomb) as book:
        book.add_worksheet("resources").write_string(0, 0, "id")
    # A sheet of a thousand million blanks, which shrinks to a thousandth of that.
    with zipfile.ZipFile(bomb) as read:
        held = {name: read.read(name) for name in read.namelist()}
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in held.items():
            if not name.endswith("sheet1.xml"):
                written.writestr(name, content)
                continue
            with written.open(name, "w", force_zip64=True) as sheet:
                for _ in range(1_000):
                    sheet.write(b" " * 1_000_000)
                sheet.write(content)
    with xlsxwriter.Workbook(corner) as book:
        book.add_worksheet("resources").write_string(1_048_575, 16_383, "x")
    with huge.open("wb") as file:
        file.truncate(HUGE)
    return {"zip bomb": bomb, "far corner": corner, "500 MB": huge}


def run(quick: bool) -> Figures:
    """Every form and every hostile file in a process of its own."""
    resources, demands = SIZES["quick" if quick else "full"]
    with tempfile.TemporaryDirectory() as folder:
        forms = in_process(write_lists, folder, resources, demands)
        for form, name in FORMS.items():
            found = in_process(
                read_lists, str(Path(folder) / (name or form)), resources, demands
            )
            forms[form] |= {
                "read_seconds": found["read_seconds"],
                "peak_mb": found["read_peak_mb"],
                "started_mb": found["started_mb"],
            }
        files = {}
        for what, path in hostile(Path(folder)).items():
            found = in_process(refused, str(path))
            files[what] = {
                name: found[name] for name in ("seconds", "error", "started_mb")
            } | {"peak_mb": round(found["peak_mb"])}
    return {
        "resources": resources,
        "demands": demands,
        "forms": {form: forms[form] for form in FORMS},
        "refused": files,
    }


def _forms(figures: Figures) -> str:
    head = (
        "form",
        "resources",
        "demands",
        "megabytes",
        "read, s",
        "peak memory, MB",
        "written, s",
    )
    return table(
        head,
        [
            (
                form,
                whole(figures["resources"]),
                whole(figures["demands"]),
                f"{found['bytes'] / 1e6:.1f}",
                found["read_seconds"],
                found["peak_mb"],
                found["write_seconds"],
            )
            for form, found in figures["forms"].items()
        ],
    )


def _refused(figures: Figures) -> str:
    rows = [
        (what, found["seconds"], found["peak_mb"], found["error"])
        for what, found in figures["refused"].items()
    ]
    return table(("file", "refused, s", "peak memory, MB", "error"), rows)


register(
    Benchmark(
        name="tables",
        claim=(
            "100,000 resources and 10,000 demands read from tables to a problem in seconds; hostile "
            "files are refused at once"
        ),
        peers=("pyarrow", "python-calamine", "xlsxwriter"),
        seeds={"lists": SEED},
        run=run,
        tables={"tables forms": _forms, "tables refused": _refused},
    )
)
