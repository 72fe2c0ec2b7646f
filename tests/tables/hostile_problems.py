"""Problems at random whose names hold what breaks tables: formulas, marks of lists, quotes, words for
nothing, letters of all scripts.

``hostile_problem(seed)`` gives the same problem for the same seed: one of the generators of other folders,
with every name made hostile, notes of several lines, and now and then lists that no cell holds.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from typing import Any

from random_problems import random_problem, seeded
from rule_problems import rule_problem

import matchkit.model as m
from matchkit.tables.columns.schemas import BY_NAME

HOSTILE = (
    "=1+1",
    "=HYPERLINK(0)",
    "+86",
    "-",
    "--",
    "@me",
    "＝1",
    "'",
    '"',
    '""',
    '"a"',
    "a;b",
    "a；b",
    "a、b",
    "a,b",
    "a，b",
    "a:2",
    "a：2",
    "a|b",
    "a*3",
    "(2)",
    "（二级）",
    "2级",
    "level 2",
    "无",
    "N/A",
    "#N/A",
    "null",
    "nan",
    "None",
    "TRUE",
    "是",
    "1",
    "007",
    "1e5",
    "1.0",
    "3-5人",
    "若干",
    "2026-05-02",
    "08:00",
    "合计",
    "total",
    "注：",
    "备注:",
    "id",
    "单位",
    "人员",
    "person",
    "<script>",
    "&amp;",
    "{}",
    "%s",
    "\\n",
    "\\",
    "/",
    "𠮷",
    "é",
    "🙂",
    "אב",
    "عا",
    "ア",
    "x" * 150,
    "每周二四晚",
    "[1]",
    "{'latitude': 1}",
    "$A$1",
    "_x000D_",
    "a@b",
    "@C0",
    "https://example.org",
)

NOTES = (
    "two\nlines",
    "\ttab\r\nend",
    "=1+1\n",
    ' "quoted" ',
    "\x00\x1f",
    "",
    "无",
    "\u2028",
    "注：\u202e",
    "𠮷\n" * 3_000,
    '"',
    "'x",
    "12",
    "-",
    " ",
)

_IDS = (
    "id",
    "unit",
    "parent",
    "home",
    "community",
    "familiar",
    "resource",
    "resources",
    "demands",
    "requirement",
    "requirements",
    "demand",
)
_NAMES = frozenset(
    (
        *_IDS,
        "name",
        "contact",
        "in_charge",
        "category",
        "skill",
        "kind",
        "aliases",
        "parents",
        "dimension",
    )
)


def hostile_problem(seed: int) -> m.Problem:
    """The problem of a seed."""
    rng = seeded(seed)
    drawn = (
        rule_problem(seed, large=seed % 10 == 0, added=seed % 4 == 1)
        if seed % 2
        else random_problem(rng, flow_only=False)
    )
    data = drawn.model_dump()
    if seed % 7:
        data = _renamed(data, "", seed)
    if seed % 3 == 0:
        _doubtful(data, rng)
    data["note"] = rng.choice([None, *NOTES])
    if seed % 25 == 0 and data["resources"]:
        _lengthen(data, rng)
    return m.Problem.model_validate(data)


def called_like_headers() -> Iterator[m.Problem]:
    """Problems of one record a table, whose texts are headers of their columns: one of them often the header
    that is written.
    """
    for seed in range(200):
        rng = seeded(seed)
        names = [rng.choice(headers[: rng.choice((2, 99))]) for headers in _HEADERS]
        (
            unit,
            unit_name,
            community,
            community_name,
            skill,
            alias,
            resource,
            kind,
            demand,
            content,
        ) = names
        yield m.Problem(
            units=[m.Unit(id=unit, name=unit_name)],
            communities=[m.Community(id=community, name=community_name)],
            skills=[m.Skill(name=skill, aliases=[alias])],
            resources=[m.Resource(id=resource, unit=unit, kind=kind)],
            demands=[
                m.Demand(
                    id=demand,
                    community=community,
                    name=content,
                    requirements=[m.Requirement(id=demand)],
                )
            ],
        )


_TEXTS = (
    ("units", "id"),
    ("units", "name"),
    ("communities", "id"),
    ("communities", "name"),
    ("skills", "name"),
    ("skills", "aliases"),
    ("resources", "id"),
    ("resources", "kind"),
    ("demands", "id"),
    ("demands", "name"),
)


_HEADERS = [
    (*column.headers, *column.spellings, *column.spare)
    for column in (BY_NAME[table].column(name) for table, name in _TEXTS)
]


def _renamed(value: Any, field: str, seed: int) -> Any:
    if isinstance(value, dict):
        fixed = (
            "rule",
            "measure",
            "mode",
            "zone",
            "per",
            "counting",
            "start",
            "end",
            "schema_version",
        )
        return {
            name: inner if name in fixed else _renamed(inner, name, seed)
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_renamed(inner, field, seed) for inner in value]
    return (
        _hostile(value, seed) if isinstance(value, str) and field in _NAMES else value
    )


def _hostile(text: str, seed: int) -> str:
    """The same text always gives the same name, and different ones different names: some keep what they were,
    before or after.
    """
    # Names that differ in letter case alone are one name; the digest tells of both alike.
    digest = zlib.crc32(f"{seed} {text.casefold()}".encode())
    mark = HOSTILE[digest % len(HOSTILE)]
    return (f"{mark} {text}", f"{text}{mark}", f"{mark}{text}{mark}", text)[
        digest // 1_000 % 4
    ][:200]


def _doubtful(data: dict[str, Any], rng: random.Random) -> None:
    """Counts that look like marks for no limit, and a place on another continent."""
    for demand in data["demands"]:
        for role in demand["requirements"]:
            role["wanted"] = rng.choice(
                (role["wanted"], max(99, role["minimum"]), 999, 9_999)
            )
    for community in data["communities"]:
        community["place"] = {"lat": rng.uniform(35, 37), "lon": rng.uniform(103, 104)}
    if data["communities"]:
        rng.choice(data["communities"])["place"] = {
            "lat": rng.uniform(-50, -30),
            "lon": rng.uniform(-80, -60),
        }


def _lengthen(data: dict[str, Any], rng: random.Random) -> None:
    """Lists of which one cell of a spreadsheet could not hold all."""
    communities = [
        f"{'c' * 150}{number}; {rng.choice(HOSTILE)[:20]}" for number in range(150)
    ]
    data["communities"] = [
        *data["communities"],
        *({"id": name} for name in communities),
    ]
    data["resources"][0]["familiar"] = communities * 2
    data["resources"][0]["skills"] = [
        {
            "skill": f"{'s' * 60} {number}: {rng.choice(HOSTILE)[:30]}",
            "level": 1 + number % 3,
        }
        for number in range(900)
    ]
