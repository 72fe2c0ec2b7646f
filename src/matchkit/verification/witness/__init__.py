"""Whether causes of shortages hold: each witness checked from the records, by docs/explanations.md (Causes of
a shortage) alone.
"""

from matchkit.verification.witness.check import check_witness

__all__ = ["check_witness"]
