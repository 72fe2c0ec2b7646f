"""The independent checker: plain Python over the records, sharing nothing with what makes plans."""

from matchkit.verify.checks import check_certificate, verify
from matchkit.verify.report import Report, Violation

__all__ = ["Report", "Violation", "check_certificate", "verify"]
