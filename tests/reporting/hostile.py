"""A problem whose every text tries to be something else: markup, script, a formula, a template, a path,
mathematics.
"""

from __future__ import annotations

import matchkit as mk

SCRIPT = "</script><script>window.broken=1</script>"
IMAGE = "<img src=x onerror=window.broken=1>"
COMMENT = "<!--<script>"
FORMULA = '=HYPERLINK("http://example.invalid","x")'
TEMPLATE = "{{ 7*7 }}{% raw %}"
MATH = r"$\frac{1}{0}$ $x$"
ARABIC = "مجتمع تجريبي"
QUOTES = "\"' onfocus=window.broken=1 x='"
ENTITY = "&lt;b&gt; &amp; ]]>"
LONG = "w" * 200
SURE = (SCRIPT, IMAGE, COMMENT, FORMULA, TEMPLATE, MATH, ARABIC, QUOTES, ENTITY, LONG)
PERSON, PHONE, CHARGE, CALL = (
    "虚构甲某某",
    "000-0000-0001",
    "虚构乙某某",
    "000-0000-0002",
)
"""Personal values; the person's name holds markup too where it is shown at all."""


def problem() -> mk.Problem:
    """Ten communities and units with a hostile name each, one person and one demand apiece; two demands lack
    their person.
    """
    place = mk.Place(lat=36.0, lon=103.8)
    window = mk.Window.model_validate_json(
        '{"start": "2026-05-05T08:00:00Z", "end": "2026-05-05T12:00:00Z"}'
    )
    numbers = range(len(SURE))
    return mk.Problem(
        note=f"Generated for a test. {SCRIPT}\n{IMAGE}",
        units=[mk.Unit(id=f"U{n}", name=SURE[n]) for n in numbers],
        communities=[
            mk.Community(id=f"C{n}", name=SURE[n], place=place) for n in numbers
        ],
        resources=[
            mk.Resource(
                id=f"P{n} {IMAGE}" if n == 1 else f"P{n}",
                unit=f"U{n}",
                name=PERSON if n else f"{PERSON}{SCRIPT}",
                contact=PHONE,
                skills=[mk.SkillLevel(skill=SURE[n])],
                available=[window],
            )
            for n in numbers
        ],
        demands=[
            mk.Demand(
                id=f"D{n}",
                community=f"C{n}",
                name=SURE[n],
                category=SURE[n],
                in_charge=CHARGE,
                contact=CALL,
                windows=[window],
                requirements=[
                    mk.Requirement(
                        id=f"D{n}.1",
                        skills=[mk.SkillLevel(skill=SURE[n])],
                        wanted=2 if n < 2 else 1,
                        minimum=n % 2,
                    )
                ],
            )
            for n in numbers
        ],
        objective=mk.Objective(
            aims=[mk.Aim(name=IMAGE, parts=[mk.Part(measure="filled")])]
        ),
    )
