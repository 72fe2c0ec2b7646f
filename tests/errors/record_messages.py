"""Data that is refused, and the English line that says why: every message of the records and the JSON text,
to be read as a user would.
"""

from __future__ import annotations

import json
from typing import Any

START, END = "2026-05-02T08:00:00Z", "2026-05-02T09:00:00Z"
ISO = "Give ISO 8601 with an offset, as in 2026-05-01T08:00:00+08:00."
A_RULE = "Forbid(resource=..., requirement=...)"
A_RULE_IN_JSON = '{"rule": "forbid", "resource": ..., "requirement": ...}'


def _resource(**fields: Any) -> dict[str, Any]:
    return {"units": [{"id": "U1"}], "resources": [{"id": "R1", "unit": "U1", **fields}]}


def _demand(**fields: Any) -> dict[str, Any]:
    return {
        "communities": [{"id": "C1"}],
        "demands": [{"id": "D1", "community": "C1", "requirements": [{"id": "Q1"}], **fields}],
    }


def _rule(**fields: Any) -> dict[str, Any]:
    return {**_demand(), "rules": [fields]}


def _soft(**how: Any) -> dict[str, Any]:
    return {
        **_demand(),
        "rules": [{"rule": "team", "demand": "D1", "least": 1, "most": 2, "soft": how}],
    }


WORDED: dict[str, tuple[Any, str]] = {
    # what a field holds
    "missing": ({"units": [{}]}, "units[0].id: is missing. Give a value."),
    "no text": ({"units": [{"id": 5}]}, "units[0].id: is not text. Give text in quotes."),
    "no whole number": (
        _resource(capacity="5"),
        "resources[0].capacity (id R1): is not a whole number. Give a whole number without quotes.",
    ),
    "a fraction": (
        _resource(capacity=2.5),
        "resources[0].capacity (id R1): is not a whole number. Give a whole number without quotes.",
    ),
    "no number": (
        _resource(place={"lat": "1", "lon": 0}),
        "resources[0].place.lat (id R1): is not a number. Give a number without quotes.",
    ),
    "neither true nor false": (
        _resource(divisible="yes"),
        "resources[0].divisible (id R1): is neither true nor false. Give true or false.",
    ),
    "no list": (
        _resource(familiar="C1"),
        "resources[0].familiar (id R1): is not a list. Give a list.",
    ),
    "no record": (
        {"units": ["U1"]},
        'units[0]: is not a record. Give Unit(id=...), in JSON {"id": ...}.',
    ),
    "no rule": (
        {"rules": ["forbid"]},
        f"rules[0]: is not a record. Give a record such as {A_RULE}, in JSON {A_RULE_IN_JSON}.",
    ),
    "no list of records": (
        _resource(skills={"nursing": 2}),
        (
            "resources[0].skills (id R1): is not a list. Give a list of SkillLevel(skill=...), in JSON "
            '[{"skill": ...}].'
        ),
    ),
    "no list of rules": (
        {"rules": "forbid"},
        f"rules: is not a list. Give a list of records such as {A_RULE}, in JSON [{A_RULE_IN_JSON}].",
    ),
    "no day of the week": (
        _resource(
            available=[
                {
                    "zone": "UTC",
                    "days": [0],
                    "start": "08:00",
                    "end": "09:00",
                    "first": "2026-05-04",
                    "last": "2026-05-10",
                }
            ]
        ),
        (
            "resources[0].available[0].days[0] (id R1): is no day of the week. Give 1 for Monday to 7 "
            "for Sunday."
        ),
    ),
    "a field of another system": (
        {"seed": 1},
        "Problem: has an unknown field 'seed'. Remove it.",
    ),
    "no record at all": ([], "Problem: is not a record. Give a record with named fields."),
    "infinite": (
        json.dumps(_resource(place={"lat": 0, "lon": 0})).replace('"lat": 0', '"lat": 1e999'),
        "resources[0].place.lat (id R1): is not a finite number. Give a finite number.",
    ),
    "too small": (
        _resource(capacity=-1),
        "resources[0].capacity (id R1): -1 is below 0. Give at least 0.",
    ),
    "too large": (
        _resource(capacity=13800138000),
        (
            "resources[0].capacity (id R1): a number of 11 digits is above 1,000,000,000. Give at most "
            "1,000,000,000."
        ),
    ),
    "a word nobody knows": (
        _resource(mode="home"),
        "resources[0].mode (id R1): is not one of the known words. Use 'on_site', 'online', 'both'.",
    ),
    "another version": (
        {"schema_version": "2"},
        "schema_version: is not one of the known words. Use '1'.",
    ),
    "too many": (
        _resource(familiar=["C1"] * 1001),
        "resources[0].familiar (id R1): is too long. Give at most 1,000.",
    ),
    "too few": (
        _demand(requirements=[]),
        "demands[0].requirements (id D1): is empty or too short. Give at least 1.",
    ),
    "an unknown field": (
        _resource(skils=[]),
        "resources[0] (id R1): has an unknown field 'skils'. Maybe 'skills' is meant.",
    ),
    "an odd unknown field": (
        _resource(电话=1),
        "resources[0] (id R1): has an unknown field with an unusual name. Remove it.",
    ),
    # names
    "an empty name": (
        {"units": [{"id": " "}]},
        "units[0].id (id  ): is empty. Give at least one visible character.",
    ),
    "a long name": (
        {"units": [{"id": "x" * 201}]},
        "units[0].id: is too long. Give at most 200.",
    ),
    "a name that grows": (
        _resource(name="ﷺ" * 20),
        "resources[0].name (id R1): is 360 characters long in normal form. At most 200 are allowed.",
    ),
    "an unseen character": (
        _resource(name="a\u200bb"),
        "resources[0].name (id R1): holds the invisible or control character U+200B. Remove it.",
    ),
    # time
    "no day": (
        _demand(
            windows=[
                {
                    "zone": "UTC",
                    "days": [1],
                    "start": "08:00",
                    "end": "09:00",
                    "first": "4 May 2026",
                    "last": "2026-05-10",
                }
            ],
        ),
        "demands[0].windows[0].first (id D1): is not a day. Give a date, as in 2026-05-01.",
    ),
    "no moment": (
        _demand(windows=[{"start": "soon", "end": END}]),
        f"demands[0].windows[0].start (id D1): is not a date and time. {ISO}",
    ),
    "a number for a moment": (
        _demand(windows=[{"start": 1777708800, "end": END}]),
        f"demands[0].windows[0].start (id D1): is not a date and time. {ISO}",
    ),
    "no such day": (
        _demand(windows=[{"start": "2026-02-30T08:00:00Z", "end": END}]),
        f"demands[0].windows[0].start (id D1): is not a date and time. {ISO}",
    ),
    "no zone": (
        _demand(windows=[{"start": START[:-1], "end": END}]),
        (
            "demands[0].windows[0].start (id D1): has no time zone. Add an offset, as in "
            "2026-05-01T08:00:00+08:00."
        ),
    ),
    "a far year": (
        _demand(windows=[{"start": "1960-01-01T00:00:00Z", "end": END}]),
        "demands[0].windows[0].start (id D1): is in the year 1960. It must lie between 1971 and 2199.",
    ),
    "part of a second": (
        _demand(windows=[{"start": "2026-05-02T08:00:00.5Z", "end": END}]),
        "demands[0].windows[0].start (id D1): has a fraction of a second. Give whole seconds.",
    ),
    "backwards": (
        _demand(windows=[{"start": END, "end": START}]),
        "demands[0].windows[0] (id D1): ends before or when it starts. Give an end after the start.",
    ),
    # what a record says as a whole
    "a minimum above wanted": (
        _demand(requirements=[{"id": "Q1", "minimum": 2}]),
        (
            "demands[0].requirements[0] (id Q1): has a minimum above what is wanted. Lower the minimum "
            "or raise wanted."
        ),
    ),
    "a preference for nothing": (
        _resource(preferences=[{"points": 1}]),
        "resources[0].preferences[0] (id R1): names neither a category nor a community. Name at least one.",
    ),
    "least above most": (
        _rule(rule="team", demand="D1", least=3, most=2),
        "rules[0]: has least above most. Lower least or raise most.",
    ),
    "an unknown rule": (
        _rule(rule="forbit"),
        (
            "rules[0]: is not one of the known words. "
            "Use 'forbid', 'lock', 'max_distance', 'unit_cap', 'community_cap', 'reserve_share', "
            "'hours_budget', 'count_budget', "
            "'longest_run', 'rest', 'travel', 'team', 'cover', 'trainees', 'units_represented', "
            "'unit_share', 'local_member', "
            "'keep_together', 'keep_apart', 'all_or_nothing', 'choose_at_most', 'not_both', 'least'."
        ),
    ),
    "a share of least above most": (
        {
            **_demand(),
            "units": [{"id": "U1"}],
            "rules": [
                {"rule": "unit_share", "unit": "U1", "community": "C1", "least": 3, "most": 2}
            ],
        },
        "rules[0]: has least above most. Lower least or raise most.",
    ),
    "soft in no way": (
        _soft(),
        "rules[0].soft: gives not exactly one of price, tier and no_worse. Give one.",
    ),
    "soft in two ways": (
        _soft(price=1, tier=1),
        "rules[0].soft: gives not exactly one of price, tier and no_worse. Give one.",
    ),
    "a rule of two scopes": (
        {
            **_resource(),
            "rules": [{"rule": "rest", "minutes": 5, "resource": "R1", "kind": "person"}],
        },
        "rules[0]: names a resource and a kind. Give one of them, or neither.",
    ),
    "a least of two subjects": (
        {
            **_resource(),
            "rules": [{"rule": "least", "quantity": 5, "resource": "R1", "unit": "U1"}],
        },
        "rules[0]: names several of resource, kind, unit and community. Give one of them, or none.",
    ),
    "a least of nothing": (
        _rule(rule="least"),
        "rules[0]: gives not exactly one of quantity and minutes. Give one.",
    ),
    "a least of two kinds": (
        _rule(rule="least", quantity=1, minutes=60),
        "rules[0]: gives not exactly one of quantity and minutes. Give one.",
    ),
    "days of no period": (
        _rule(rule="count_budget", most=1, days=3),
        "rules[0]: gives days without per 'days', or the other way round. Give both or none.",
    ),
    "a period without days": (
        _rule(rule="hours_budget", minutes=1, per="days"),
        "rules[0]: gives days without per 'days', or the other way round. Give both or none.",
    ),
    "one kept apart": (
        {**_resource(), "rules": [{"rule": "keep_apart", "resources": ["R1"]}]},
        "rules[0].resources: is empty or too short. Give at least 2.",
    ),
    "somebody unknown kept apart": (
        {**_resource(), "rules": [{"rule": "keep_apart", "resources": ["R1", "R2"]}]},
        (
            "rules[0].resources[1]: names the resource R2, which is not listed. Add it, or use a "
            "listed one (known: R1)."
        ),
    ),
    # time that is not fixed, aims, scores
    "a flexible demand without windows": (
        _demand(minutes=60),
        "demands[0] (id D1): gives minutes but no windows to lie in. Give windows, or leave minutes out.",
    ),
    "a tier of what has none": (
        {"objective": {"aims": [{"name": "A", "parts": [{"measure": "weight", "tier": 1}]}]}},
        "objective.aims[0].parts[0]: names a tier, but weight has none. Leave tier out.",
    ),
    "two aims alike": (
        {"objective": {"aims": [{"name": "A", "parts": [{"measure": "weight"}]}] * 2}},
        "objective: names two aims alike. Give every aim its own name.",
    ),
    "a score for nothing": (
        {**_resource(), "scores": [{"resource": "R1", "requirements": [], "points": [5]}]},
        "scores[0]: has 0 requirements and 1 point. Give one each.",
    ),
    "two scores for one pair": (
        {
            **_resource(),
            **_demand(),
            "scores": [{"resource": "R1", "requirements": ["Q1", "Q1"], "points": [5, 6]}],
        },
        "scores[0]: names a requirement twice. Give each pair its points once.",
    ),
    "a resource scored twice": (
        {**_resource(), "scores": [{"resource": "R1", "requirements": [], "points": []}] * 2},
        "scores[1].resource: scores resource R1 a second time. Give one record a resource.",
    ),
    "no rule named": (
        _rule(demand="D1"),
        "rules[0]: does not say which rule it is. Give the field 'rule'.",
    ),
    # between records
    "an id twice": (
        {"units": [{"id": "A"}, {"id": "a"}]},
        (
            "units[1] (id a): has the id of units[0]. Give every record its own id, different in more "
            "than letter case."
        ),
    ),
    "an unlisted unit": (
        {"units": [{"id": "U1", "parent": "X9"}]},
        (
            "units[0].parent (id U1): names the unit X9, which is not listed. Add it, or use a listed "
            "one (known: U1)."
        ),
    ),
    "a misspelt unit": (
        {"units": [{"id": "street-12"}, {"id": "U1", "parent": "street-21"}]},
        "units[1].parent (id U1): names the unit street-21, which is not listed. Maybe street-12 is meant.",
    ),
    "an unlisted unit of many": (
        {
            "units": [{"id": f"U{n}"} for n in range(7)],
            "resources": [{"id": "R1", "unit": "zebra"}],
        },
        (
            "resources[0].unit (id R1): names the unit zebra, which is not listed. "
            "Add it, or use a listed one (known: U0, U1, U2, U3, U4, ...)."
        ),
    ),
    "nothing to name": (
        _resource(home="C1"),
        (
            "resources[0].home (id R1): names the community C1, which is not listed. Add it, or use a "
            "listed one (there are none)."
        ),
    ),
    "a circle": (
        {"units": [{"id": "A", "parent": "B"}, {"id": "B", "parent": "A"}]},
        "unit A: is its own ancestor (A -> B -> A). Remove one of these parents.",
    ),
    "a long circle": (
        {"units": [{"id": f"U{n}", "parent": f"U{(n + 1) % 8}"} for n in range(8)]},
        "unit U0: is its own ancestor (U0 -> U1 -> U2 -> U3 -> U4 -> U5 ...). Remove one of these parents.",
    ),
    "a spelling of two skills": (
        {"skills": [{"name": "nurse"}, {"name": "medic", "aliases": ["Ｎurse"]}]},
        (
            "skills[1]: has a name or alias that another skill record has too. Give each spelling to "
            "one skill record."
        ),
    ),
    # the text itself
    "no JSON": (
        '{"units": [}',
        "the JSON text: is not valid JSON at line 1, column 12 (Expecting value). Mend the text there.",
    ),
    "nothing": (
        "",
        "the JSON text: is not valid JSON at line 1, column 1 (Expecting value). Mend the text there.",
    ),
    "more than one text": (
        "{}{}",
        "the JSON text: is not valid JSON at line 1, column 3 (Extra data). Mend the text there.",
    ),
    "a key twice": (
        '{"units":[{"id":"A","name":"x","name":"y"}]}',
        "the JSON text: gives the key 'name' twice in the record with id A. Keep one of the two.",
    ),
    "an odd key twice": (
        '{"电话":1,"电话":2}',
        "the JSON text: gives the key with an unusual name twice. Keep one of the two.",
    ),
    "no number in JSON": (
        '{"units":NaN}',
        "the JSON text: holds NaN, which is not a number in JSON. Give a finite number.",
    ),
    "a very long number": (
        '{"units":%s}' % ("1" * 21),
        "the JSON text: holds a number of 21 digits. Give numbers of at most 19 digits.",
    ),
    "too deep": (
        "[" * 5_000,
        "the JSON text: is nested too deeply. Give at most a few levels of lists and records.",
    ),
    "too deep for a record": (
        '{"units":%s%s}' % ("[" * 300, "]" * 300),
        "the JSON text: is nested too deeply. Give at most a few levels of lists and records.",
    ),
    "another encoding": (
        "{}".encode("utf-16"),
        "the JSON text: is not UTF-8 at byte 0. Save the file as UTF-8.",
    ),
    "half a surrogate": (
        '{"note":"\\ud800"}',
        "the JSON text: holds half of a surrogate pair (line 1 column 16). Remove the broken character.",
    ),
    "half a surrogate in a str": (
        '{"note":"\ud800"}',
        "Problem: is not valid Unicode text. Remove the broken character.",
    ),
}
