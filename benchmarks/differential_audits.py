"""Audits of a thousand and more random tables against every part and every single change: ``python -m
benchmarks.differential_audits``.

The campaign is that of tests/explain/audit_campaign.py. The result is written only where nothing disagrees.
"""

from __future__ import annotations

import sys

from benchmarks.campaign import Campaign

CLAIM = (
    "of random tables of random problems, with every rule: the largest part that an audit gives is "
    "the largest of all parts, what it states"
    " of each improvement is what the checker counts, and the first is the best of all single changes"
)
CAMPAIGN = Campaign(
    "differential_audits", CLAIM, "audit_campaign", first=5_000_000, count=1_500
)

if __name__ == "__main__":
    sys.exit(CAMPAIGN.main())
