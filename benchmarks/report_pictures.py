"""``python -m benchmarks.report_pictures``: pictures of pages of generated data, taken in a browser, for the
documentation.

They are the only pictures in docs/images that a browser draws, so they change with it; what they show is
tested in tests/reporting.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.process import ROOT

IMAGES = ROOT / "docs" / "images"
COLOURS = 64
MOST_BYTES = 300_000


def main() -> None:
    """Solve the city, write its pages, and take the pictures."""
    from playwright.sync_api import sync_playwright

    import matchkit as mk

    city = mk.datasets.city("city", seed=0)
    plan = mk.solve(city)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for lang in ("en", "zh"):
            mk.report(
                city,
                plan,
                Path(folder) / f"{lang}.html",
                lang=lang,
                tz="Asia/Shanghai",
                repairs=0,
            )  # type: ignore[arg-type]
        english = _opened(browser, Path(folder) / "en.html", "light", height=1010)
        _save("report_city.png", english.screenshot())
        english.select_option("#assignments-unit", index=8)
        _save("report_flows.png", english.locator("#chart-flows").screenshot())
        _save("report_timetable.png", english.locator("#chart-timetable").screenshot())
        _save("report_map.png", english.locator("#chart-demand_map").screenshot())
        chinese = _opened(browser, Path(folder) / "zh.html", "dark", height=1010)
        _save("report_chinese.png", chinese.screenshot())
        chinese.set_viewport_size({"width": 420, "height": 900})
        _save("report_narrow.png", chinese.screenshot())
        browser.close()


def _opened(browser: Any, path: Path, scheme: str, height: int) -> Any:
    page = browser.new_page(viewport={"width": 1180, "height": height}, color_scheme=scheme)
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
    main()
