"""Thousands of shortages explained, checked, spoilt and remedied: ``python -m
benchmarks.differential_explanations``.

The campaign is that of the tests (tests/explain/shortage_campaign.py), which the gate runs on some. The
result is written only where nothing disagrees.
"""

from __future__ import annotations

import sys

from benchmarks.campaign import Campaign

CLAIM = (
    "every shortage of random problems of every kind has one cause whose witness checks, tampered "
    "ones are refused, and the remedy fills"
    " at least one unit more in the requirement's tier and no fewer in an earlier one; terms add "
    "up to the weight"
)
CAMPAIGN = Campaign(
    "differential_explanations",
    CLAIM,
    "shortage_campaign",
    first=3_000_000,
    count=2_000,
)

if __name__ == "__main__":
    sys.exit(CAMPAIGN.main())
