"""Charts as files: the same bytes again, text that stays text, nothing of the process changed, fonts asked
for where they are needed.
"""

from __future__ import annotations

import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import hostile
import matplotlib as mpl
import pytest
from matplotlib.font_manager import fontManager

import matchkit as mk
from matchkit.errors import InputError
from matchkit.plan import Plan
from matchkit.reporting.charts import fonts
from matchkit.reporting.charts.canvas import FILLED
from matchkit.reporting.report import write_pictures

NAMES = [
    "coverage_by_tier",
    "coverage_by_community",
    "coverage_profile",
    "load_per_person",
    "load_per_unit",
    "demand_map",
    "flows",
    "timetable",
    "roster",
]


@pytest.fixture
def plain() -> mk.Problem:
    """Two people of a unit called Aid, for two places called East and West."""
    window = mk.Window.model_validate_json(
        '{"start": "2026-05-05T08:00:00Z", "end": "2026-05-05T10:00:00Z"}'
    )
    return mk.Problem(
        units=[mk.Unit(id="aid", name="Aid")],
        communities=[
            mk.Community(id="e", name="East", place=mk.Place(lat=0.0, lon=1.0)),
            mk.Community(id="w", name="West", place=mk.Place(lat=0.0, lon=0.0)),
        ],
        resources=[mk.Resource(id="ana", unit="aid"), mk.Resource(id="bo", unit="aid")],
        demands=[
            mk.Demand(
                id=f"d{name}",
                community=name,
                windows=[window],
                requirements=[mk.Requirement(id=f"r{name}")],
            )
            for name in ("e", "w")
        ],
    )


def test_every_chart_is_a_file_of_its_own(plain: mk.Problem, tmp_path: Path) -> None:
    for form in ("png", "svg"):
        assert write_pictures(plain, mk.solve(plain), tmp_path / form, format=form) == [
            f"{name}.{form}" for name in NAMES
        ]  # type: ignore[arg-type]
        assert sorted(path.name for path in (tmp_path / form).iterdir()) == sorted(
            f"{name}.{form}" for name in NAMES
        )


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_same_plan_gives_the_same_bytes(
    form: Any, plain: mk.Problem, tmp_path: Path
) -> None:
    plan = mk.solve(plain)
    first = {
        name: (tmp_path / "a" / name).read_bytes()
        for name in write_pictures(plain, plan, tmp_path / "a", format=form)
    }
    turned = plain.model_copy(
        update={
            "communities": plain.communities[::-1],
            "resources": plain.resources[::-1],
        }
    )
    assert {
        name: (tmp_path / "b" / name).read_bytes()
        for name in write_pictures(turned, plan, tmp_path / "b", format=form)
    } == first


def test_a_png_has_two_pixels_a_point(plain: mk.Problem, tmp_path: Path) -> None:
    write_pictures(plain, mk.solve(plain), tmp_path)
    head = (tmp_path / "coverage_by_tier.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:])[0] == 1400


def test_text_stays_text_in_svg_also_where_it_is_hostile(tmp_path: Path) -> None:
    problem = hostile.problem()
    write_pictures(problem, mk.solve(problem), tmp_path, format="svg")
    told = [
        element.text or ""
        for element in ET.parse(tmp_path / "load_per_unit.svg").iter()  # noqa: S314 - our own picture
        if element.tag.endswith("}text")
    ]
    for name in (hostile.TEMPLATE, hostile.MATH, hostile.ARABIC):
        assert name in told
    assert any(text.startswith("</script><script>") for text in told)
    raw = (tmp_path / "load_per_unit.svg").read_text(encoding="utf-8")
    assert "<script" not in raw


def test_what_xml_cannot_hold_is_shown_as_absent_and_what_looks_like_xml_stays_as_it_is(
    plain: mk.Problem, tmp_path: Path
) -> None:
    """U+FFFF may stand in a name, but in no XML; ``xmlns:ns0=`` is what ElementTree writes by itself."""
    names = {"e": "East\uffff", "w": "xmlns:ns0=w <ns0:svg>"}
    spoilt = plain.model_copy(
        update={
            "communities": tuple(
                mk.Community(id=name, name=told) for name, told in names.items()
            )
        }
    )
    for name in write_pictures(spoilt, mk.solve(spoilt), tmp_path, format="svg"):
        ET.parse(tmp_path / name)  # noqa: S314 - our own picture
    told = {
        element.text
        for element in ET.parse(tmp_path / "coverage_by_community.svg").iter()  # noqa: S314 - our own picture
    }
    assert {"East\ufffd", "xmlns:ns0=w <ns0:svg>"} <= told


@pytest.mark.parametrize("name", NAMES)
def test_an_svg_has_no_style_no_script_and_points_nowhere(
    name: str, street: mk.Problem, plan: Plan, tmp_path: Path
) -> None:
    write_pictures(street, plan, tmp_path, format="svg")
    ids, pointed = set(), set()
    for element in ET.parse(tmp_path / f"{name}.svg").iter():  # noqa: S314 - our own picture
        assert element.tag.rpartition("}")[2] in {
            "svg",
            "g",
            "defs",
            "path",
            "use",
            "text",
            "title",
            "desc",
            "clipPath",
            "rect",
            "pattern",
        }
        ids.add(element.get("id"))
        for key, value in element.attrib.items():
            assert not key.startswith("on")
            assert key != "style"
            if "url(" in value:
                pointed.add(value.removeprefix("url(#").removesuffix(")"))
            elif key.endswith("href"):
                pointed.add(value.removeprefix("#"))
    assert pointed <= ids


def test_an_svg_says_what_it_shows(plain: mk.Problem, tmp_path: Path) -> None:
    write_pictures(plain, mk.solve(plain), tmp_path, format="svg")
    root = ET.parse(tmp_path / "flows.svg").getroot()  # noqa: S314 - our own picture
    said = {
        element.get("id"): element.text
        for element in root
        if element.tag.rpartition("}")[2] in ("title", "desc")
    }
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby") or "").split() == list(said)
    assert list(said.values()) == [
        "Units and the communities they help",
        "1 unit and 2 communities, joined by 2 bands: 2 slots filled.",
    ]


def test_a_degree_of_longitude_is_as_long_as_its_latitude_makes_it(
    plain: mk.Problem, tmp_path: Path
) -> None:
    """At 60 degrees north one degree of longitude is half as long as one of latitude."""
    places = {"e": mk.Place(lat=60.5, lon=11.0), "w": mk.Place(lat=59.5, lon=10.0)}
    north = plain.model_copy(
        update={
            "communities": tuple(
                one.model_copy(update={"place": places[one.id]})
                for one in plain.communities
            )
        }
    )
    write_pictures(north, mk.solve(north), tmp_path, format="svg")
    root = ET.parse(tmp_path / "demand_map.svg").getroot()  # noqa: S314 - our own picture
    signs = [
        element.get("d", "").split()
        for element in root.iter()
        if element.tag.endswith("}path") and element.get("fill") == FILLED
    ]
    [(x1, y1), (x2, y2)] = [(float(sign[1]), float(sign[2])) for sign in signs][
        :2
    ]  # where each circle begins
    assert abs(x1 - x2) / abs(y1 - y2) == pytest.approx(0.5, rel=0.01)


def test_drawing_leaves_settings_fonts_and_pyplot_as_they_were(
    plain: mk.Problem, tmp_path: Path
) -> None:
    before, known = dict(mpl.rcParams), list(fontManager.ttflist)
    mpl.rcParams["font.size"] = 31.0
    try:
        write_pictures(plain, mk.solve(plain), tmp_path)
        assert mpl.rcParams["font.size"] == 31.0
    finally:
        mpl.rcParams["font.size"] = before["font.size"]
    assert dict(mpl.rcParams) == before
    assert fontManager.ttflist == known


def test_threads_that_draw_at_once_give_the_same_pictures_and_leave_no_setting(
    plain: mk.Problem, tmp_path: Path
) -> None:
    plan, before = mk.solve(plain), dict(mpl.rcParams)
    forms: list[Any] = ["svg", "png"] * 4
    with ThreadPoolExecutor(len(forms)) as pool:
        for at, written in enumerate(
            pool.map(
                lambda at: write_pictures(
                    plain, plan, tmp_path / str(at), format=forms[at]
                ),
                range(len(forms)),
            )
        ):
            assert [(tmp_path / str(at) / name).read_bytes() for name in written] == [
                (tmp_path / str(at % 2) / name).read_bytes() for name in written
            ]
    assert dict(mpl.rcParams) == before


def test_settings_of_the_user_do_not_change_a_picture(
    plain: mk.Problem, tmp_path: Path
) -> None:
    plan = mk.solve(plain)
    write_pictures(plain, plan, tmp_path / "a", format="svg")
    with mpl.rc_context(
        {
            "font.size": 31.0,
            "lines.linewidth": 9.0,
            "axes.facecolor": "red",
            "text.usetex": False,
            "axes.grid": True,
        }
    ):
        write_pictures(plain, plan, tmp_path / "b", format="svg")
    for name in NAMES:
        assert (tmp_path / "a" / f"{name}.svg").read_bytes() == (
            tmp_path / "b" / f"{name}.svg"
        ).read_bytes()


def test_neither_importing_nor_drawing_loads_pyplot(tmp_path: Path) -> None:
    program = (
        "import sys, matchkit as mk\nfrom matchkit import write_pictures\n"
        "assert 'matplotlib' not in sys.modules and 'jinja2' not in sys.modules\n"
        "p = mk.Problem(units=[mk.Unit(id='u')], resources=[mk.Resource(id='r', unit='u')])\n"
        f"write_pictures(p, mk.solve(p), {str(tmp_path)!r})\n"
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_letters_that_no_font_has_are_refused_with_the_way_out(
    street: mk.Problem, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "CHINESE", ())
    monkeypatch.setattr(fonts, "_installed", lambda: iter(()))
    with pytest.raises(InputError) as caught:
        write_pictures(street, plan, tmp_path / "none")
    told = str(caught.value)
    assert "characters that no installed font has (U+4E00" in told
    assert told.endswith(
        'Install a font that has them, such as Noto Sans CJK, or give format="svg", which needs none.'
    )
    assert (
        '请安装含有这些字符的字体（如 Noto Sans CJK），或改用 format="svg"。'
        in caught.value.text("zh")
    )
    assert not (tmp_path / "none").exists()
    assert write_pictures(street, plan, tmp_path / "svg", format="svg")


def test_an_ornament_that_no_font_has_is_shown_as_absent(
    plain: mk.Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "CHINESE", ())
    monkeypatch.setattr(fonts, "_installed", lambda: iter(()))
    named = plain.model_copy(update={"units": (mk.Unit(id="aid", name="Aid 🛟"),)})
    assert len(write_pictures(named, mk.solve(named), tmp_path)) == len(NAMES)


def test_wrong_arguments_of_pictures_are_named(
    plain: mk.Problem, plan: Plan, tmp_path: Path
) -> None:
    with pytest.raises(
        InputError, match="format: is not one of the known words. Use one of: png"
    ):
        write_pictures(plain, mk.solve(plain), tmp_path, format="gif")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="is in the plan, but not in the problem"):
        write_pictures(plain, plan, tmp_path)
