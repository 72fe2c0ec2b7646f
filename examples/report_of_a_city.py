"""The report and the charts of a generated street, district or city."""

import sys
import tempfile
from pathlib import Path

import matchkit as mk


def main(scale: str = "street", folder: str | None = None) -> None:
    """Write the page in English and Chinese and the charts as SVG; print how large they are. ``folder`` keeps
    them.
    """
    problem = mk.datasets.city(scale, seed=0)
    plan = mk.solve(problem)
    with tempfile.TemporaryDirectory() as passing:
        place = Path(folder or passing)
        for lang in ("en", "zh"):
            page = place / f"{scale}.{lang}.html"
            mk.report(problem, plan, page, lang=lang, repairs=1, time_limit=2)
            print(f"{page.name}: {page.stat().st_size / 1e6:.1f} MB")
        for name in mk.write_pictures(problem, plan, place / "charts", format="svg"):
            print(f"charts/{name}")
    print(plan.summary().splitlines()[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
