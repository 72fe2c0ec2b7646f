"""The independent checker: plain Python over the records, sharing nothing with what makes plans."""

from matchkit.verify.checks import check_certificate, verify
from matchkit.verify.report import Report, Violation
from matchkit.verify.witness import check_shortages, check_witness

__all__ = ["Report", "Violation", "check_certificate", "check_shortages", "check_witness", "verify"]
