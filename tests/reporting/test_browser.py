"""The page in a real browser: it opens from a file, asks for nothing, obeys mouse and keyboard, and takes no
name for anything but text.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hostile
import pytest

import matchkit as mk
from matchkit.plan import Plan

PATIENCE = 30.0
"""Seconds that a page may take to open here: a guard against hanging. How long it takes is measured by the
benchmark ``report``.
"""


class Opened:
    """A page that is open, and all that went wrong and was asked for since."""

    def __init__(self, browser: Any, path: Path, **how: Any) -> None:
        self.context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, **how}
        )
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        began = time.perf_counter()
        self.page.goto(path.as_uri())
        if how.get("java_script_enabled", True):
            self.page.wait_for_selector(
                "html[data-ready]", state="attached", timeout=1000 * PATIENCE
            )
        self.seconds = time.perf_counter() - began

    def count(self, name: str = "assignments") -> list[int]:
        """Rows shown, all rows, and (where it is told) their sum."""
        return [
            int(part.replace(",", ""))
            for part in re.findall(
                r"\d[\d,]*\b", self.page.inner_text(f"#{name} .count")
            )
        ]

    def until(self, name: str, begins: str) -> None:
        """Wait until the count of a list begins so: typing filters a moment later."""
        end = time.perf_counter() + PATIENCE
        while not re.match(f"rows: {begins}", self.page.inner_text(f"#{name} .count")):
            assert time.perf_counter() < end, self.page.inner_text(f"#{name} .count")
            self.page.wait_for_timeout(20)

    def rows(self, name: str = "assignments") -> list[list[str]]:
        rows: list[list[str]] = self.page.evaluate(
            (
                "name => [...document.querySelectorAll(`#${name} tbody tr`)].map(row => "
                "[...row.cells].map(cell => cell.textContent))"
            ),
            name,
        )
        return rows

    def focused(self) -> str:
        """What the focus is on, as a screen reader names it."""
        told: str = self.page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
        )
        return told


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Opened]]:
    """Opens pages, and holds at the end that nothing went wrong in any and that each asked for its own file
    only.
    """
    pages: list[tuple[Opened, str]] = []

    def open_page(path: Path, **how: Any) -> Opened:
        pages.append((Opened(browser, path, **how), path.as_uri()))
        return pages[-1][0]

    yield open_page
    for page, address in pages:
        page.context.close()
        assert page.wrong == []
        assert [asked for asked in page.asked if asked != "data:,"] == [address]


def test_it_opens_from_a_file_and_shows_every_chart(
    english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)
    assert page.seconds < PATIENCE
    assert page.page.title() == "Who helps where"
    heights = page.page.evaluate(
        "[...document.querySelectorAll('figure:not([hidden]) svg')].map(svg => "
        "svg.getBoundingClientRect().height)"
    )
    assert len(heights) == 8
    assert min(heights) > 50


def test_the_list_holds_all_assignments_a_hundred_at_a_time(
    plan: Plan, english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)
    filled = sum(entry.quantity for entry in plan.assignments)
    assert page.count() == [len(plan.assignments), len(plan.assignments), filled]
    seen = page.rows()
    assert len(seen) == 100
    page.page.click("#assignments [data-next]")
    seen += page.rows()
    assert sorted((row[0], row[2]) for row in seen) == sorted(
        (entry.resource, entry.requirement) for entry in plan.assignments
    )
    assert page.page.is_disabled("#assignments [data-next]")


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_a_filter_by_tier_shows_that_tier(
    tier: int,
    street: mk.Problem,
    plan: Plan,
    english: Path,
    opened: Callable[..., Opened],
) -> None:
    page = opened(english)
    tiers = {
        need.id: demand.tier
        for demand in street.demands
        for need in demand.requirements
    }
    units = [
        entry.quantity for entry in plan.assignments if tiers[entry.requirement] == tier
    ]
    page.page.select_option("#assignments-tier", str(tier))
    assert page.count() == [len(units), len(plan.assignments), sum(units)]
    assert {row[4] for row in page.rows()} == {f"Tier {tier}"}


def test_a_filter_by_text_finds_ids_names_and_skills_in_full_width_letters_too(
    street: mk.Problem, plan: Plan, english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)
    asking = {
        need.id
        for demand in street.demands
        for need in demand.requirements
        if "医护" in need.model_dump_json(include={"skills"})
    }
    nurses = sum(entry.requirement in asking for entry in plan.assignments)
    for text, found in (("p00002", 1), ("医护", nurses), ("Ｐ00002", 1)):
        page.page.fill("#assignments-text", text)
        page.until("assignments", f"{found} of")
    page.page.click("#assignments [data-clear]")
    assert page.count()[0] == page.count()[1]
    assert page.page.input_value("#assignments-text") == ""


def _band(page: Opened, number: int) -> tuple[str, int]:
    told: str = (
        page.page.locator("#chart-flows [data-part^=band]")
        .nth(number)
        .get_attribute("aria-label")
    )
    return told, int(told.rpartition(": ")[2].replace(",", ""))


def test_a_band_chosen_by_mouse_shows_the_assignments_in_it(
    english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)
    told, units = _band(page, 0)
    page.page.locator("#chart-flows [data-part^=band]").first.dispatch_event("click")
    assert page.count()[2] == units
    unit, community = told.rpartition(": ")[0].split(" to ")
    assert page.page.locator("#assignments-unit option:checked").inner_text() == unit
    assert (
        page.page.locator("#assignments-community option:checked").inner_text()
        == community
    )
    page.page.locator("figure.inner:visible .back").click()
    assert page.count()[0] == page.count()[1]


def test_a_node_chosen_by_keyboard_shows_its_assignments_and_escape_shows_all(
    english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)
    keyboard = page.page.keyboard
    page.page.locator("#chart-flows .scroll").first.focus()
    keyboard.press("Tab")
    keyboard.press("ArrowDown")
    told = page.focused()
    assert ": fills " in told
    keyboard.press("Enter")
    assert page.count()[2] == int(told.rpartition(" ")[2])
    assert (
        page.page.evaluate("document.activeElement.getAttribute('aria-pressed')")
        == "true"
    )
    keyboard.press("Escape")
    assert page.count()[0] == page.count()[1]
    keyboard.press("End")
    assert " to " in page.focused()


def test_bands_shrink_to_what_a_filter_leaves(
    english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)
    width = (
        "[...document.querySelectorAll('#chart-flows [data-part^=band]:not(.off) path')].map(path => "
        "+path.getAttribute('stroke-width'))"
    )
    before = page.page.evaluate(width)
    page.page.select_option("#assignments-tier", "1")
    after = page.page.evaluate(width)
    assert len(after) < len(before)
    share = page.count()[2] / 178
    assert sum(after) == pytest.approx(share * sum(before), rel=0.2)


def test_filters_work_by_keyboard_alone(
    english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)
    keyboard = page.page.keyboard
    page.page.locator("#assignments-tier").focus()
    keyboard.press("ArrowDown")
    page.until("assignments", "70 of 175")
    keyboard.press("Tab")
    keyboard.type("D0002")
    page.until("assignments", "0 of")
    keyboard.press("Tab")
    assert page.focused() == "Show all"
    keyboard.press("Enter")
    assert page.count()[0] == page.count()[1]


def test_the_trees_lead_down_to_demands_and_people_and_back(
    street: mk.Problem, plan: Plan, english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)
    buttons = page.page.locator("#units tbody button")
    buttons.first.click()
    buttons.first.click()
    given = {entry.resource for entry in plan.assignments}
    people = sorted(
        entry.id
        for entry in street.resources
        if entry.unit == "U00-0" and entry.id in given
    )
    assert [
        page.page.locator("#units tbody button").nth(at).inner_text()
        for at in range(len(people))
    ] == people
    page.page.locator("#units tbody button").first.click()
    assert page.page.input_value("#assignments-text") == people[0]
    assert {row[0] for row in page.rows()} == {people[0]}
    page.page.locator("#units .path button").first.click()
    assert page.page.locator("#units .path [aria-current]").inner_text() == "all"


def test_a_level_of_the_tree_adds_up_to_the_one_above(
    english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)

    def sums() -> list[int]:
        return [
            sum(int(row[column].replace(",", "")) for row in page.rows("communities"))
            for column in range(1, 5)
        ]

    for _ in range(4):
        assert (
            sums() == [224, 178, 46, 3]
            or page.page.locator("#communities .path li").count() > 4
        )
        before = [
            int(cell.replace(",", "")) for cell in page.rows("communities")[0][1:5]
        ]
        page.page.locator("#communities tbody button").first.click()
        assert sums() == before


def test_a_witness_is_shown_where_it_is_asked_for(
    english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)
    page.page.fill("#lacking-text", "D0002.1")
    page.until("lacking", "1 of")
    page.page.locator("#lacking tbody summary").click()
    assert "community_cap K1-01-001 (at most 25)" in page.page.inner_text(
        "#lacking tbody"
    )


def test_demands_are_found_by_day(
    street: mk.Problem, english: Path, opened: Callable[..., Opened]
) -> None:
    """The generated week is one of Shanghai, eight hours before UTC."""
    page = opened(english)
    monday = [
        demand
        for demand in street.demands
        if any(f"{time.start:%d}" == "11" for time in demand.times)
    ]  # type: ignore[union-attr]
    page.page.select_option("#demands-day", label="Mon 2022-07-11")
    assert page.count("demands") == [len(monday), len(street.demands)]


def test_hostile_names_are_shown_as_text_and_run_nothing(
    page_of: Callable[..., Path], opened: Callable[..., Opened]
) -> None:
    page = opened(page_of(hostile.problem(), repairs=2, names=True, time_limit=5))
    page.page.select_option("#assignments-tier", "1")
    for name in ("communities", "units"):
        shown = " ".join(" ".join(row) for row in page.rows(name))
        assert all(text in shown for text in hostile.SURE)
    for at in range(page.page.locator("#lacking tbody summary").count()):
        page.page.locator("#lacking tbody summary").nth(at).click()
    assert page.page.evaluate("window.broken") is None
    assert page.page.evaluate("document.images.length") == 0
    page.page.fill("#assignments-text", hostile.SCRIPT)
    page.until("assignments", "1 of")
    assert (
        page.page.evaluate(
            "getComputedStyle(document.querySelector('bdi')).unicodeBidi"
        )
        == "isolate"
    )


def test_a_name_of_two_hundred_letters_widens_no_page(
    page_of: Callable[..., Path], opened: Callable[..., Opened]
) -> None:
    page = opened(page_of(hostile.problem()), viewport={"width": 400, "height": 800})
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 400


def test_the_chinese_page_opens_and_filters(
    plan: Plan, chinese: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(chinese)
    assert page.page.title() == "谁来帮、帮到哪"
    assert (
        page.page.inner_text("#assignments .count") == "175 行中的 175 行，名额合计 178"
    )
    page.page.select_option("#assignments-tier", label="第 1 级")
    assert page.count() == [175, 70, 73]


def test_it_prints(english: Path, opened: Callable[..., Opened]) -> None:
    page = opened(english)
    printed: bytes = page.page.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    page.page.emulate_media(media="print")
    assert not page.page.is_visible("#assignments fieldset")
    assert page.page.is_visible("#chart-flows svg")


def test_without_its_script_charts_tables_and_sums_are_there(
    english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english, java_script_enabled=False)
    assert page.page.is_visible(
        "noscript p"
    ) or "needs a script" in page.page.inner_text("main")
    assert page.page.is_visible("#chart-flows svg")
    assert not page.page.is_visible("#assignments")
    assert "178" in page.page.inner_text("#result")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_room(
    scheme: str, english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english, color_scheme=scheme, reduced_motion="reduce")
    ground = page.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
    label = "getComputedStyle(document.querySelector('#chart-coverage_by_tier svg text')).fill"
    assert page.page.evaluate(label) != ground
    moving = (
        "document.getAnimations().length + (getComputedStyle(document.documentElement).scrollBehavior "
        "=== 'smooth' ? 1 : 0)"
    )
    assert page.page.evaluate(moving) == 0


CHECKS = """() => {
  const wrong = [];
  const named = (one) => one.hasAttribute('aria-label') || one.hasAttribute('aria-labelledby');
  const seen = (element) => element.getClientRects().length > 0;
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) wrong.push(`id twice: ${id}`);
  for (const field of document.querySelectorAll('input, select')) if (!field.labels.length) wrong.push(`no label: ${field.id}`);
  for (const button of document.querySelectorAll('button, a, summary, [role=button]'))
    if (!(button.getAttribute('aria-label') || button.textContent).trim()) wrong.push(`no name: ${button.outerHTML}`);
  let level = 0;
  for (const head of [...document.querySelectorAll('h1, h2, h3, h4')].filter(seen)) {
    const own = Number(head.tagName[1]);
    if (own > level + 1) wrong.push(`heading skips: ${head.textContent}`);
    level = own;
  }
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
  for (const table of document.querySelectorAll('table')) {
    if (!table.caption || !table.caption.textContent.trim()) wrong.push('table without caption');
    for (const head of table.tHead.querySelectorAll('th')) if (head.scope !== 'col') wrong.push(`no scope: ${head.textContent}`);
    for (const row of table.tBodies[0].rows) if (!row.querySelector('th[scope=row]')) wrong.push(`no heading: ${row.textContent}`);
  }
  for (const svg of document.querySelectorAll('svg')) {
    const told = (svg.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id)?.textContent.trim());
    if (told.length !== 2 || !told.every(Boolean)) wrong.push('chart without title and description');
    if (!svg.closest('figure').querySelector('details table')) wrong.push('chart without table');
  }
  for (const region of document.querySelectorAll('[role=region], nav, section'))
    if (!named(region)) wrong.push(`no name: ${region.className}`);
  const regions = [...document.querySelectorAll('[role=region]')].map((region) => region.getAttribute('aria-label'));
  for (const name of regions) if (regions.indexOf(name) !== regions.lastIndexOf(name)) wrong.push(`region twice: ${name}`);
  for (const link of document.querySelectorAll('a[href^="#"]'))
    if (!document.getElementById(link.getAttribute('href').slice(1))) wrong.push(`leads nowhere: ${link.textContent}`);
  for (const tag of ['header', 'main', 'footer', 'nav']) if (!document.querySelector(tag)) wrong.push(`no ${tag}`);
  for (const told of document.querySelectorAll('.list .count')) if (told.getAttribute('aria-live') !== 'polite') wrong.push('untold count');
  if (!document.documentElement.lang) wrong.push('no language');
  return wrong;
}"""


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_everything_has_a_name_a_level_and_a_scope(
    name: str, request: pytest.FixtureRequest, opened: Callable[..., Opened]
) -> None:
    page = opened(request.getfixturevalue(name))
    assert page.page.evaluate(CHECKS) == []


def test_every_stop_of_the_tab_key_shows_where_it_is(
    english: Path, opened: Callable[..., Opened]
) -> None:
    page = opened(english)
    page.page.keyboard.press("Tab")
    assert page.focused() == "Skip to the content"
    assert page.page.is_visible(".skip")
    for _ in range(60):
        page.page.keyboard.press("Tab")
        shown = (
            "(() => { const style = getComputedStyle(document.activeElement); return "
            "style.outlineStyle !== 'none' || "
        )
        shown += "document.activeElement.matches('[role=button]'); })()"
        assert page.page.evaluate(shown), page.focused()
