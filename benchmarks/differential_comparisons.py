"""Thousands of what-ifs, curves and ranges against every plan there is: ``python -m
benchmarks.differential_comparisons``.

The campaign is that of tests/explain/comparison_campaign.py. The result is written only where nothing
disagrees.
"""

from __future__ import annotations

import sys

from benchmarks.campaign import Campaign

CLAIM = (
    "of random problems with every rule, the differences that a what-if tells are those of the two "
    "optima and its terms add up to the"
    " weight, the curve between two goals is the set of points that no plan beats in both, and a "
    "plan is optimal at exactly the factors"
    " of its range"
)
CAMPAIGN = Campaign(
    "differential_comparisons",
    CLAIM,
    "comparison_campaign",
    first=4_000_000,
    count=2_000,
)

if __name__ == "__main__":
    sys.exit(CAMPAIGN.main())
