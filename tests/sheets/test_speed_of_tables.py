"""Tables of a city are read in seconds; bounds are several times what a free core takes, so that a busy one passes."""

from __future__ import annotations

import time
from pathlib import Path

from matchkit.io.sheets import Grid, read_grids, write_grids


def city(rows: int) -> Grid:
    """Sixteen columns, three in four of text."""
    body = ([row * place if place % 4 == 0 else f"资源 {row} {place}" for place in range(16)] for row in range(rows))
    return Grid("resources", [[f"c{place}" for place in range(16)], *body])


def seconds_to_read(path: Path, grid: Grid) -> float:
    began = time.process_time()
    [found] = read_grids(path)
    took = time.process_time() - began
    assert found.rows == grid.rows
    return took


def test_a_hundred_thousand_rows_of_parquet_are_read_in_a_second(tmp_path: Path) -> None:
    grid = city(100_000)
    write_grids([grid], tmp_path, form="parquet")
    assert seconds_to_read(tmp_path, grid) < 3  # 0.7 s on a free core


def test_a_workbook_is_read_at_twenty_thousand_rows_in_four_seconds(tmp_path: Path) -> None:
    grid = city(20_000)
    write_grids([grid], tmp_path / "t.xlsx")
    assert seconds_to_read(tmp_path / "t.xlsx", grid) < 4  # 1 s on a free core
