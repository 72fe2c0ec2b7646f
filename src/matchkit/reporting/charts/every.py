"""Every chart, by name, in the order in which a page shows them."""

from __future__ import annotations

from matchkit.reporting.charts.coverage import coverage_by_community, coverage_by_tier
from matchkit.reporting.charts.flows import flow_picture
from matchkit.reporting.charts.load import load_per_person, load_per_unit
from matchkit.reporting.charts.map import demand_map
from matchkit.reporting.charts.picture import Chart
from matchkit.reporting.charts.timetable import timetable

CHARTS: dict[str, Chart] = {
    "coverage_by_tier": coverage_by_tier,
    "coverage_by_community": coverage_by_community,
    "load_per_person": load_per_person,
    "load_per_unit": load_per_unit,
    "demand_map": demand_map,
    "flows": flow_picture,
    "timetable": timetable,
}
