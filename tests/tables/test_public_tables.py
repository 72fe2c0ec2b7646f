"""Tables of others, read through the mapping files of examples/mappings, with what is known to be odd in
them.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pinned
import pytest

from matchkit.tables.importer.reading import read_tables


def data(root: Path, name: str) -> Path:
    folders = [
        Path(os.environ[key]) for key in ("MATCHKIT_DATA",) if key in os.environ
    ] + [root.parent / "shared" / "data"]
    for folder in folders:
        if (folder / name).exists():
            return folder / name
    pytest.skip(
        f"{name} is in none of {', '.join(map(str, ['$MATCHKIT_DATA', '../shared/data']))}"
    )


@pytest.fixture
def nyc(root):
    path = (
        data(root, "community_nyc_volunteer")
        / "nyc-service-volunteer-opportunities.csv"
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        return read_tables(path, mapping=root / "examples/mappings/nyc.toml"), list(
            csv.DictReader(file)
        )


@pytest.fixture
def haiti(root):
    path = data(root, "community_haiti") / "Haiti_no_free_text.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return read_tables(path, mapping=root / "examples/mappings/haiti.toml"), list(
            csv.DictReader(file)
        )


def test_each_opportunity_of_new_york_is_a_demand_of_its_head_count(nyc):
    found, rows = nyc
    counts = {f"O{row['opportunity_id']}": int(row["vol_requests"]) for row in rows}
    assert len(found.problem.demands) == 665
    for demand in found.problem.demands:
        assert demand.requirements[0].wanted == (
            10 if counts[demand.id] in (99, 9999) else counts[demand.id]
        )
    assert Counter(demand.tier for demand in found.problem.demands) == {1: 62, 2: 603}


def test_marks_for_no_limit_are_replaced_and_told(nyc):
    told = [finding.line() for finding in nyc[0].findings]
    file = "nyc-service-volunteer-opportunities.csv"
    assert (
        f"{file}, row 16, column vol_requests: '99' {pinned.text('tables.replaced', value='10')} (and 45 more rows alike)."
        in told
    )
    assert (
        f"{file}, row 172, column vol_requests: '9999' {pinned.text('tables.replaced', value='10')} (and 1 more row alike)."
        in told
    )


def test_without_the_replacement_the_marks_are_odd_and_to_be_confirmed(root, tmp_path):
    path = (
        data(root, "community_nyc_volunteer")
        / "nyc-service-volunteer-opportunities.csv"
    )
    text = (
        (root / "examples/mappings/nyc.toml")
        .read_text(encoding="utf-8")
        .replace("wanted = { 99 = 10, 9999 = 10 }", "")
    )
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    found = read_tables(path, mapping=tmp_path / "m.toml")
    odd = [
        finding.line()
        for finding in found.guesses
        if finding.where.column == "vol_requests"
    ]
    assert len(odd) == 2
    assert (
        "'99' read as 0..99 (99 looks like a mark for no limit) (and 45 more rows alike)"
        in odd[0]
    )
    assert (
        "'9999' read as 0..9999 (9,999 looks like a mark for no limit) (and 1 more row alike)"
        in odd[1]
    )


def test_a_dict_in_a_cell_gives_the_place_where_there_are_no_coordinates_and_is_told(
    nyc,
):
    found, rows = nyc
    with_place = [row for row in rows if row["Latitude"] or row["locality"]]
    assert (
        sum(demand.place is not None for demand in found.problem.demands)
        == len(with_place)
        == 383 + 212
    )
    odd = [finding for finding in found.guesses if finding.where.column == "locality"]
    assert {finding.kind for finding in odd} == {"odd"}
    assert sum(1 + finding.more for finding in odd) == sum(
        1 for row in rows if row["locality"]
    )


def test_one_time_events_have_their_days_and_ongoing_ones_no_set_time(nyc):
    found, rows = nyc
    once = {
        f"O{row['opportunity_id']}"
        for row in rows
        if row["recurrence_type"] == "onetime"
    }
    assert {demand.id for demand in found.problem.demands if demand.windows} == once


def test_each_report_of_haiti_is_a_demand_and_every_point_outside_the_country_is_told(
    haiti,
):
    found, rows = haiti
    assert len(found.problem.demands) == len(rows) == 3_593
    outside = [
        row
        for row in rows
        if not (
            17.5 <= float(row["LATITUDE"]) <= 20.5
            and -75 <= float(row["LONGITUDE"]) <= -71
        )
    ]
    assert [finding.where.row for finding in found.guesses] == [
        rows.index(row) + 2 for row in outside
    ]
    assert {finding.kind for finding in found.guesses} == {"odd"}
    assert len(outside) == 12


def test_without_bounds_points_on_other_continents_are_told_all_the_same(
    root, tmp_path
):
    path = data(root, "community_haiti") / "Haiti_no_free_text.csv"
    text = (root / "examples/mappings/haiti.toml").read_text(encoding="utf-8")
    (tmp_path / "m.toml").write_text(
        "\n".join(line for line in text.splitlines() if not line.startswith("bounds")),
        encoding="utf-8",
    )
    found = read_tables(path, mapping=tmp_path / "m.toml")
    # Liege, Hong Kong and Genoa, by their coordinates.
    assert {4051, 4050, 4049} <= {
        int(found.problem.demands[finding.where.row - 2].id)
        for finding in found.guesses
    }


def test_days_come_first_in_the_dates_of_haiti(haiti):
    found, _ = haiti
    # 05/07/2010 17:26 in Port-au-Prince, which had no summer time that year: five hours behind UTC.
    (window,) = found.problem.demands[0].windows
    assert f"{window.start:%Y-%m-%dT%H:%M}" == "2010-07-05T22:26"
