"""Every chart, by name, in the order in which a page shows them."""

from __future__ import annotations

from matchkit.report.charts.coverage import coverage_by_community, coverage_by_tier
from matchkit.report.charts.flows import flow_picture
from matchkit.report.charts.load import load_per_person, load_per_unit
from matchkit.report.charts.map import demand_map
from matchkit.report.charts.picture import Chart
from matchkit.report.charts.timetable import timetable

CHARTS: dict[str, Chart] = {
    "coverage_by_tier": coverage_by_tier,
    "coverage_by_community": coverage_by_community,
    "load_per_person": load_per_person,
    "load_per_unit": load_per_unit,
    "demand_map": demand_map,
    "flows": flow_picture,
    "timetable": timetable,
}
