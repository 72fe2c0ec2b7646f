"""Thousands of random problems whose kept places are processed in order, against every plan there is and
against sequential reserve matching: ``python -m benchmarks.differential_set_asides COUNT``.

The campaigns are those of tests/solving/test_set_aside_orders.py, of which the gate runs some.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.process import ROOT


def main() -> None:
    """Run both campaigns on so many seeds; the first disagreement ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2_000)
    count = parser.parse_args().count
    sys.path[:0] = [str(ROOT / "tests" / "solving")]
    found = __import__("test_set_aside_orders")
    for campaign in (found.campaign, found.reserves):
        print(f"{campaign.__name__}: {dict(campaign(range(count)))}", flush=True)


if __name__ == "__main__":
    main()
