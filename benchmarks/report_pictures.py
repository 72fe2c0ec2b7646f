"""``python -m benchmarks.report_pictures [city] [street]``: pictures of the report on generated data, taken
in a browser, for README and docs.

They are the only pictures in docs/images that a browser draws, so they change with it; what they show is
tested in tests/reporting.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.process import ROOT
from matchkit.datasets.parameters import ScaleName

IMAGES = ROOT / "docs" / "images"
COLOURS = 64
MOST_BYTES = 300_000


def main(names: Sequence[str] = ("city", "street")) -> None:
    """Take the pictures of the pages of a city, a street or both."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name in names:
            {"city": _city, "street": _street}[name](browser, Path(folder))
        browser.close()


def _city(browser: Any, folder: Path) -> None:
    """The pictures of docs/report.md."""
    _write_pages("city", folder, tz="Asia/Shanghai")
    english = _opened(browser, folder / "city.en.html", "light", height=1010)
    _save("report_city.png", english.screenshot())
    english.select_option("#assignments-unit", index=8)
    for chart in ("flows", "timetable", "map"):
        element = "demand_map" if chart == "map" else chart
        _save(f"report_{chart}.png", english.locator(f"#chart-{element}").screenshot())
    chinese = _opened(browser, folder / "city.zh.html", "dark", height=1010)
    _save("report_chinese.png", chinese.screenshot())
    chinese.set_viewport_size({"width": 420, "height": 900})
    _save("report_narrow.png", chinese.screenshot())


def _street(browser: Any, folder: Path) -> None:
    """The picture of README.md: the result, down to the first chart."""
    _write_pages("street", folder)
    page = _opened(browser, folder / "street.en.html", "light", height=900, width=900)
    top = page.locator("#result").bounding_box()["y"]
    chart = page.locator("#chart-coverage_by_tier svg").bounding_box()
    height = chart["y"] + chart["height"] - top
    clip = {"x": 0, "y": top, "width": 900, "height": height}
    _save("report_street.png", page.screenshot(clip=clip, full_page=True))


def _write_pages(scale: ScaleName, folder: Path, tz: str | None = None) -> None:
    import matchkit as mk

    problem = mk.datasets.city(scale, seed=0)
    plan = mk.solve(problem)
    for lang in ("en", "zh"):
        mk.report(problem, plan, folder / f"{scale}.{lang}.html", lang=lang, tz=tz)


def _opened(
    browser: Any, path: Path, scheme: str, height: int, width: int = 1180
) -> Any:
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme
    )
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


def _save(name: str, picture: bytes) -> None:
    """Fewer colours make a smaller file: the pictures are flat."""
    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(
        out, format="PNG", optimize=True
    )
    assert len(out.getvalue()) <= MOST_BYTES, name
    (IMAGES / name).write_bytes(out.getvalue())
    print(f"{name}: {len(out.getvalue()) // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:] or ("city", "street"))
