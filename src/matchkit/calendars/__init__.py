"""Calendars: which days are worked in a country, and hours that follow from it as weekly patterns."""

from matchkit.calendars.hours import outside_eight_hours
from matchkit.calendars.workdays import Workdays, working_days

__all__ = ["Workdays", "outside_eight_hours", "working_days"]
