"""What the page holds and what it never holds, read without a browser."""

from __future__ import annotations

import base64
import hashlib
import importlib
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hostile
import pytest
from pages import data_of, elements

import matchkit as mk
from matchkit.errors import BrokenPlanError, InputError, StorageError
from matchkit.plan import BlockCertificate, Plan
from matchkit.reporting.charts.canvas import EVERY
from matchkit.reporting.html import part
from matchkit.reporting.report import report, write_pictures


@pytest.fixture(scope="module")
def sure(page_of: Callable[..., Path]) -> Path:
    return page_of(hostile.problem(), repairs=2, time_limit=5)


def _hash(text: str) -> str:
    return (
        "'sha256-"
        + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        + "'"
    )


@pytest.mark.parametrize("name", ["english", "chinese", "sure"])
def test_the_policy_allows_one_style_and_one_script_by_their_hashes_and_nothing_else(
    name: str, request: pytest.FixtureRequest
) -> None:
    text = request.getfixturevalue(name).read_text(encoding="utf-8")
    [policy] = re.findall(
        r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text
    )
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    [script] = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    rules = dict(
        rule.strip().split(" ", 1) for rule in policy.replace("&#39;", "'").split(";")
    )
    assert rules == {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert text.index("Content-Security-Policy") < text.index("<style>")


@pytest.mark.parametrize("name", ["english", "chinese", "sure"])
def test_no_element_has_a_handler_a_style_or_an_address_outside(
    name: str, request: pytest.FixtureRequest
) -> None:
    for one in elements(request.getfixturevalue(name)):
        attributes = one["attributes"]
        assert not [
            key
            for key in attributes
            if key.startswith("on")
            or key in ("style", "src", "srcset", "action", "ping", "xlink:href")
        ]
        assert (
            attributes.get("href", "#").startswith("#")
            or attributes["href"] == "data:,"
        )
        assert one["tag"] not in (
            "iframe",
            "object",
            "embed",
            "form",
            "base",
            "image",
            "foreignobject",
            "animate",
            "set",
        )


def test_the_script_has_no_way_to_run_text_or_to_ask_the_network() -> None:
    from matchkit.reporting.html import SCRIPTS

    script = "".join(map(part, SCRIPTS))
    for word in (
        "eval(",
        "Function(",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "fetch(",
        "XMLHttpRequest",
        "import(",
        "localStorage",
        "cookie",
        'setTimeout("',
        ".style",
        "http:",
        "https:",
    ):
        assert word not in script, word


def test_hostile_names_stay_text(sure: Path) -> None:
    """As many elements as with plain names, and every name in the data as it is."""
    found = elements(sure)
    assert [one["tag"] for one in found].count("script") == 2
    assert not [
        one
        for one in found
        if one["tag"] in ("img", "b") and "result" not in one["around"]
    ]
    told = data_of(sure)
    assert sorted(told["communities"]["name"]) == sorted(hostile.SURE)
    assert sorted(told["units"]["name"]) == sorted(hostile.SURE)
    shown = "".join(one["text"] for one in found if one["tag"] == "main")
    for name in hostile.SURE[:-1]:
        assert name in shown


def test_controls_and_what_is_no_character_are_shown_as_absent(
    page_of: Callable[..., Path],
) -> None:
    """A note may hold any text, a name U+FFFF; half a character can come from a plan that was never a
    file.
    """
    problem = mk.Problem(
        note="a\x00b\x1b[31mc", communities=[mk.Community(id="c", name="East\uffff")]
    )
    plan = mk.solve(problem)
    half = plan.model_copy(
        update={"outcome": plan.outcome.model_copy(update={"engine": "so \ud800"})}
    )
    text = page_of(problem, half).read_text(encoding="utf-8")
    assert "a\ufffdb\ufffd[31mc" in text
    assert "East\ufffd" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", text)


def test_data_for_the_script_cannot_end_it(sure: Path) -> None:
    text = sure.read_text(encoding="utf-8")
    block = text[text.index('<script type="application/json" id="data">') + 42 :]
    assert not set("<>&\u2028") & set(block[: block.index("</script>")])


def test_no_personal_value_is_in_the_page(sure: Path) -> None:
    text = sure.read_text(encoding="utf-8")
    for value in (hostile.PERSON, hostile.PHONE, hostile.CHARGE, hostile.CALL):
        assert value not in text


def test_names_are_shown_on_request_with_a_warning_and_contacts_never(
    page_of: Callable[..., Path],
) -> None:
    text = page_of(hostile.problem(), names=True).read_text(encoding="utf-8")
    assert hostile.PERSON in text
    assert "This file holds personal data" in text
    for value in (hostile.PHONE, hostile.CHARGE, hostile.CALL):
        assert value not in text


def test_generated_data_are_called_so_at_the_top(english: Path, chinese: Path) -> None:
    for path in (english, chinese):
        text = path.read_text(encoding="utf-8")
        assert text.index("Generated data: every person") < text.index("<main")


def test_the_chinese_page_is_in_chinese(chinese: Path) -> None:
    found = elements(chinese)
    [page] = [one for one in found if one["tag"] == "html"]
    assert page["attributes"]["lang"] == "zh-Hans"
    heads = [
        one["text"].strip()
        for one in found
        if one["tag"] in ("h1", "h2", "h3", "th", "legend", "label", "button")
    ]
    assert [head for head in heads if re.search(r"\b[a-z]{3,} [a-z]{2,}", head)] == []
    assert "已经证明" in chinese.read_text(encoding="utf-8")


def test_the_same_plan_gives_the_same_page(
    street: mk.Problem, plan: Plan, english: Path, page_of: Callable[..., Path]
) -> None:
    again = street.model_copy(
        update={
            name: tuple(reversed(getattr(street, name)))
            for name in ("units", "communities", "resources", "demands")
        }
    )
    assert page_of(again, plan).read_bytes() == english.read_bytes()


def test_every_colour_of_the_charts_has_a_value_in_the_dark() -> None:
    style = part("style.css")
    rules = style[style.index("/* Charts") :]
    for colour in EVERY:
        assert f'[fill="{colour}"]' in rules or f'[stroke="{colour}"]' in rules


def _rooms() -> list[dict[str, str]]:
    return [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block.split("}")[0]))
        for block in part("style.css").split(":root {")[1:3]
    ]


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("room", [0, 1], ids=["light", "dark"])
def test_text_and_signs_stand_out_as_wcag_asks(room: int) -> None:
    colours = _rooms()[room]
    text = [
        (ink, ground)
        for ink in ("ink", "quiet", "link")
        for ground in ("paper", "soft")
    ]
    text += [("ink", f"{ramp}{step}") for ramp in "wlk" for step in range(4)] + [
        ("on-deep", f"{ramp}{step}") for ramp in "wlk" for step in (4, 5)
    ]
    signs = [
        (sign, "paper") for sign in ("filled", "missing", "below", "mark", "quiet")
    ]
    assert {
        pair: ratio
        for pair in text
        if (ratio := _contrast(colours[pair[0]], colours[pair[1]])) < 4.5
    } == {}
    assert {
        pair: ratio
        for pair in signs
        if (ratio := _contrast(colours[pair[0]], colours[pair[1]])) < 3
    } == {}


def test_repairs_of_the_first_by_tier_are_offered(
    street: mk.Problem, plan: Plan, page_of: Callable[..., Path]
) -> None:
    """D0002 lacks one unit because of a cap; with all else filled it is the first that lacks something."""
    small = street.model_copy(
        update={
            "demands": tuple(entry for entry in street.demands if entry.id != "D0005")
        }
    )
    best = mk.solve(small)
    first = min(
        best.shortfalls,
        key=lambda entry: (
            entry.tier,
            -entry.below_minimum,
            -entry.missing,
            entry.requirement,
        ),
    ).demand
    text = page_of(small, best, repairs=1, time_limit=1).read_text(encoding="utf-8")
    assert f"demand {first} lacks" in text
    assert text.count('<p class="first">') == 1


def test_the_best_to_recruit_is_that_of_the_advice(
    street: mk.Problem, plan: Plan, english: Path
) -> None:
    from matchkit.explain.advice.recruit import recruit

    best = recruit(street, plan, top=5, verified=0)
    text = english.read_text(encoding="utf-8")
    for entry in best.recruits:
        assert entry.line() in text


def test_a_plan_without_prices_says_so(
    street: mk.Problem, page_of: Callable[..., Path]
) -> None:
    greedy = mk.solve(street, engine="greedy")
    assert greedy.certificate is None
    text = page_of(street, greedy).read_text(encoding="utf-8")
    assert "The plan has no prices" in text
    assert "It is not proven that there is none better." in text
    assert "No bound was proved." in text


def test_prices_that_hold_block_by_block_are_said_to_and_recruits_are_solved(
    page_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two demands at overlapping hours and one person: one more person fills the other. Of so small a problem
    a search would do.
    """
    for name in ("matchkit.solving.relaxations", "matchkit.solvers.mip.search"):
        monkeypatch.setattr(importlib.import_module(name), "SMALL", -1)

    def hours(start: int) -> mk.Window:
        return mk.Window.model_validate_json(
            f'{{"start": "2026-05-05T{start:02}:00:00Z", "end": "2026-05-05T{start + 2:02}:00:00Z"}}'
        )

    problem = mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=[
            mk.Resource(id="r", unit="u", capacity=9, available=[hours(8), hours(9)])
        ],
        demands=[
            mk.Demand(
                id=f"d{start}",
                community="c",
                windows=[hours(start)],
                requirements=[mk.Requirement(id=f"q{start}")],
            )
            for start in (8, 9)
        ],
    )
    plan = mk.solve(problem)
    assert isinstance(plan.certificate, BlockCertificate)
    text = page_of(problem, plan, time_limit=20).read_text(encoding="utf-8")
    assert (
        "the best that a resource&#39;s hours allow is worth no more than the price of the resource"
        in text
    )
    assert "no pair left out" not in text
    recruits = text[
        text.index('<section id="prices"') : text.index('<section id="proof"')
    ]
    assert "some were tried by solving" in recruits
    assert "tier 1 +1" in recruits
    plain = page_of(problem, plan).read_text(encoding="utf-8")
    assert "none was tried by solving" in plain and "some were tried" not in plain


def test_an_empty_problem_has_a_page(page_of: Callable[..., Path]) -> None:
    text = page_of(mk.Problem()).read_text(encoding="utf-8")
    for said in (
        "Nothing is missing",
        "there is no map",
        "assigns nobody",
        "there is no timetable",
    ):
        assert said in text


def test_a_broken_plan_gets_no_page(
    street: mk.Problem, plan: Plan, tmp_path: Path
) -> None:
    broken = plan.model_copy(update={"shortfalls": plan.shortfalls[1:]})
    with pytest.raises(BrokenPlanError):
        report(street, broken, tmp_path / "page.html")
    assert list(tmp_path.iterdir()) == []


def test_a_quantity_beyond_all_bounds_is_a_broken_plan_and_no_crash(
    street: mk.Problem, plan: Plan, tmp_path: Path
) -> None:
    first = plan.assignments[0].model_copy(update={"quantity": 10**5000})
    broken = plan.model_copy(update={"assignments": (first, *plan.assignments[1:])})
    for show in (
        lambda: report(street, broken, tmp_path / "page.html"),
        lambda: write_pictures(street, broken, tmp_path / "charts"),
    ):
        with pytest.raises(BrokenPlanError):
            show()
    assert list(tmp_path.iterdir()) == []


def test_a_plan_of_another_problem_is_refused(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is in the plan, but not in the problem"):
        report(mk.Problem(), plan, tmp_path / "page.html")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"lang": "fr"}, "lang: is not one of the known words. Use one of: en, zh."),
        (
            {"tz": "Mars/North"},
            "tz: is no time zone that this system knows. Give one as in Asia/Shanghai or UTC.",
        ),
        (
            {"tz": 8},
            "tz: is no time zone that this system knows. Give one as in Asia/Shanghai or UTC.",
        ),
        (
            {"repairs": -1},
            "repairs: is not a whole number from 0 to 20. Give for how many demands to look.",
        ),
        (
            {"repairs": True},
            "repairs: is not a whole number from 0 to 20. Give for how many demands to look.",
        ),
        (
            {"names": "yes"},
            "names: is neither true nor false. Give True to show names of resources.",
        ),
        (
            {"time_limit": 0},
            "time_limit: is not a number of seconds above 0. Give seconds.",
        ),
        (
            {"time_limit": float("nan")},
            "time_limit: is not a number of seconds above 0. Give seconds.",
        ),
    ],
)
def test_wrong_options_are_named_all(
    options: dict[str, Any], said: str, street: mk.Problem, plan: Plan, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        report(street, plan, tmp_path / "page.html", **options)
    assert str(caught.value) == f"The input has 1 fault:\n  {said}"


def test_wrong_options_are_named_in_chinese(
    street: mk.Problem, plan: Plan, tmp_path: Path
) -> None:
    wrong: dict[str, Any] = {
        "lang": "fr",
        "tz": 8,
        "repairs": -1,
        "names": "yes",
        "time_limit": 0,
    }
    with pytest.raises(InputError) as caught:
        report(street, plan, tmp_path / "page.html", **wrong)
    assert caught.value.text("zh").splitlines() == [
        "输入有 5 处错误：",
        "  lang：不是可用的词。请用以下之一：en、zh。",
        "  tz：不是本系统认识的时区。请填写时区名称，例如 Asia/Shanghai 或 UTC。",
        "  repairs：不是 0 至 20 的整数。请填写为多少项需求寻找办法。",
        "  names：既不是 true 也不是 false。若要显示资源的姓名，请填写 True。",
        "  time_limit：不是大于 0 的秒数。请填写秒数。",
    ]


def test_what_is_no_problem_and_no_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        report("problem", None, tmp_path / "page.html")  # type: ignore[arg-type]
    assert [complaint.where for complaint in caught.value.complaints] == [
        "problem",
        "plan",
    ]


def test_a_folder_that_does_not_exist_is_told_before_the_work(
    street: mk.Problem, plan: Plan, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match="its folder does not exist"):
        report(street, plan, tmp_path / "none" / "page.html")


@pytest.mark.parametrize("module", ["matplotlib", "jinja2"])
def test_without_the_extra_the_error_names_it(
    module: str,
    street: mk.Problem,
    plan: Plan,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = importlib.import_module

    def absent(name: str, *more: Any) -> Any:
        if name == module:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *more)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(InputError) as caught:
        report(street, plan, tmp_path / "page.html")
    assert str(caught.value) == (
        f"The input has 1 fault:\n  report: needs {module}, which is not installed. Install "
        "matchkit with the extra report."
    )
    assert "请安装带 report 附加组件的 matchkit" in caught.value.text("zh")


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_an_existing_page_keeps_its_permissions(
    street: mk.Problem, plan: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o600)
    report(street, plan, path, repairs=0)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("place", [None, 5, b"page.html"])
def test_a_place_that_is_no_path_is_told_so(place: Any) -> None:
    empty = mk.Problem()
    plan = mk.solve(empty)
    for door, options in (
        (mk.report, {"repairs": 0}),
        (mk.write_pictures, {"format": "svg"}),
    ):
        with pytest.raises(
            InputError,
            match=r"path: is of type \w+. Give the name of a file or folder as text, or a Path.",
        ):
            door(empty, plan, place, **options)


def test_the_page_says_what_changed_where_a_comparison_is_given(
    tmp_path: Path,
) -> None:
    street = mk.datasets.city("street")
    plan = mk.solve(street)
    gone = mk.changes.RemoveResource(resource=plan.assignments[0].resource)
    other = mk.changes.apply_changes(street, [gone])
    after = mk.solve(other)
    compared = mk.compare(street, plan, after, problem_after=other, causes=True)
    report(other, after, tmp_path / "page.html", compared=compared, lang="zh")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '<section id="changes"' in text and '<a href="#changes">' in text
    assert f"<strong>{plan.assignments[0].resource} 已退出" in text
    report(other, after, tmp_path / "plain.html")
    assert "changes-head" not in (tmp_path / "plain.html").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="compared"):
        report(other, after, tmp_path / "x.html", compared=plan)  # type: ignore[arg-type]
