"""Calendars: which days are worked in a country, and hours that follow from it as weekly patterns."""

from matchkit.calendars.workdays import Workdays, outside_eight_hours, working_days

__all__ = ["Workdays", "outside_eight_hours", "working_days"]
