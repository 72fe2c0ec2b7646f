"""Data that is refused, and the complaint that says why: every message of the records and the JSON text."""

from __future__ import annotations

import json
from typing import Any

import pinned

from matchkit.errors import Complaint
from matchkit.messages.message import Message, Unshortened

START, END = "2026-05-02T08:00:00Z", "2026-05-02T09:00:00Z"
A_RULE = "Forbid(resource=..., requirement=...)"
A_RULE_IN_JSON = '{"rule": "forbid", "resource": ..., "requirement": ...}'


def _resource(**fields: Any) -> dict[str, Any]:
    return {
        "units": [{"id": "U1"}],
        "resources": [{"id": "R1", "unit": "U1", **fields}],
    }


def _demand(**fields: Any) -> dict[str, Any]:
    return {
        "communities": [{"id": "C1"}],
        "demands": [
            {"id": "D1", "community": "C1", "requirements": [{"id": "Q1"}], **fields}
        ],
    }


def _rule(**fields: Any) -> dict[str, Any]:
    return {**_demand(), "rules": [fields]}


def _kept(*rules: dict[str, Any]) -> dict[str, Any]:
    """Set-asides for two groups, both of R1."""
    plain = {"rule": "set_aside", "group": "a", "least": 1}
    people = {**_resource(groups=["a", "b"]), **_demand()}
    return {**people, "rules": [{**plain, **rule} for rule in rules]}


def _soft(**how: Any) -> dict[str, Any]:
    return {
        **_demand(),
        "rules": [{"rule": "team", "demand": "D1", "least": 1, "most": 2, "soft": how}],
    }


def _part(**fields: Any) -> dict[str, Any]:
    return {"measure": "coverage", "of": "communities", **fields}


WORDED: dict[str, tuple[Any, Complaint]] = {
    # what a field holds
    "missing": (
        {"units": [{}]},
        pinned.fault("units[0].id", "record.missing", "record.missing.do"),
    ),
    "no text": (
        {"units": [{"id": 5}]},
        pinned.fault("units[0].id", "record.text", "record.text.do"),
    ),
    "no whole number": (
        _resource(capacity="5"),
        pinned.fault(
            "resources[0].capacity (id R1)", "record.whole", "record.whole.do"
        ),
    ),
    "a fraction": (
        _resource(capacity=2.5),
        pinned.fault(
            "resources[0].capacity (id R1)", "record.whole", "record.whole.do"
        ),
    ),
    "none of those who share": (
        {"objective": {"fair": "people"}},
        pinned.fault("objective.fair", "record.form", "record.form.fair.do"),
    ),
    "none of those whose measure it is": (
        {"objective": {"aims": [{"name": "a", "parts": [_part(of="depth")]}]}},
        pinned.fault(
            "objective.aims[0].parts[0].of", "record.form", "record.form.of.do"
        ),
    ),
    "no level": (
        {"objective": {"aims": [{"name": "a", "parts": [_part(level="1/0")]}]}},
        pinned.fault(
            "objective.aims[0].parts[0].level", "record.form", "record.form.level.do"
        ),
    ),
    "no fraction": (
        {"objective": {"nights": "-1/2"}},
        pinned.fault("objective.nights", "record.form", "record.form.ratio.do"),
    ),
    "no number": (
        _resource(place={"lat": "1", "lon": 0}),
        pinned.fault(
            "resources[0].place.lat (id R1)", "record.number", "record.number.do"
        ),
    ),
    "neither true nor false": (
        _resource(divisible="yes"),
        pinned.fault(
            "resources[0].divisible (id R1)", "record.truth", "record.truth.do"
        ),
    ),
    "no list": (
        _resource(familiar="C1"),
        pinned.fault("resources[0].familiar (id R1)", "record.list", "record.list.do"),
    ),
    "no record": (
        {"units": ["U1"]},
        pinned.fault(
            "units[0]",
            "record.record",
            "record.record.of.do",
            made="Unit(id=...)",
            json='{"id": ...}',
        ),
    ),
    "no rule": (
        {"rules": ["forbid"]},
        pinned.fault(
            "rules[0]",
            "record.record",
            "record.record.such.do",
            made=A_RULE,
            json=A_RULE_IN_JSON,
        ),
    ),
    "no list of records": (
        _resource(skills={"nursing": 2}),
        pinned.fault(
            "resources[0].skills (id R1)",
            "record.list",
            "record.list.of.do",
            made="SkillLevel(skill=...)",
            json='{"skill": ...}',
        ),
    ),
    "no list of rules": (
        {"rules": "forbid"},
        pinned.fault(
            "rules",
            "record.list",
            "record.list.such.do",
            made=A_RULE,
            json=A_RULE_IN_JSON,
        ),
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
        pinned.fault(
            "resources[0].available[0].days[0] (id R1)",
            "record.weekday",
            "record.weekday.do",
        ),
    ),
    "a field of another system": (
        {"seed": 1},
        pinned.fault("Problem", "record.field", "record.field.do", field="seed"),
    ),
    "no record at all": (
        [],
        pinned.fault("Problem", "record.record", "record.record.do"),
    ),
    "infinite": (
        json.dumps(_resource(place={"lat": 0, "lon": 0})).replace(
            '"lat": 0', '"lat": 1e999'
        ),
        pinned.fault(
            "resources[0].place.lat (id R1)", "record.finite", "record.finite.do"
        ),
    ),
    "too small": (
        _resource(capacity=-1),
        pinned.fault(
            "resources[0].capacity (id R1)",
            "record.below",
            "record.below.do",
            bound=0,
            value="-1",
        ),
    ),
    "too large": (
        _resource(capacity=13800138000),
        pinned.fault(
            "resources[0].capacity (id R1)",
            "record.above.digits",
            "record.above.do",
            bound=1_000_000_000,
            digits=11,
        ),
    ),
    "a word nobody knows": (
        _resource(mode="home"),
        pinned.fault(
            "resources[0].mode (id R1)",
            "record.word",
            "record.word.do",
            known=Unshortened(["'on_site'", "'online'", "'both'"]),
        ),
    ),
    "another version": (
        {"schema_version": "2"},
        pinned.fault(
            "schema_version",
            "record.word",
            "record.word.do",
            known=Unshortened(["'1'"]),
        ),
    ),
    "too many": (
        _resource(familiar=["C1"] * 1001),
        pinned.fault(
            "resources[0].familiar (id R1)", "record.long", "record.long.do", most=1_000
        ),
    ),
    "too few": (
        _demand(requirements=[]),
        pinned.fault(
            "demands[0].requirements (id D1)",
            "record.short",
            "record.short.do",
            least=1,
        ),
    ),
    "an unknown field": (
        _resource(skils=[]),
        pinned.fault(
            "resources[0] (id R1)",
            "record.field",
            "record.field.near.do",
            field="skils",
            near="skills",
        ),
    ),
    "an odd unknown field": (
        _resource(电话=1),
        pinned.fault("resources[0] (id R1)", "record.field.unusual", "record.field.do"),
    ),
    # names
    "an empty name": (
        {"units": [{"id": " "}]},
        pinned.fault("units[0].id (id  )", "record.empty", "record.empty.do"),
    ),
    "a long name": (
        {"units": [{"id": "x" * 201}]},
        pinned.fault("units[0].id", "record.long", "record.long.do", most=200),
    ),
    "a name that grows": (
        _resource(name="ﷺ" * 20),
        pinned.fault(
            "resources[0].name (id R1)",
            "record.letters.normal",
            "record.letters.normal.do",
            count=360,
            most=200,
        ),
    ),
    "an unseen character": (
        _resource(name="a\u200bb"),
        pinned.fault(
            "resources[0].name (id R1)",
            "record.invisible",
            "record.invisible.do",
            code="U+200B",
        ),
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
        pinned.fault(
            "demands[0].windows[0].first (id D1)", "record.day", "record.day.do"
        ),
    ),
    "no moment": (
        _demand(windows=[{"start": "soon", "end": END}]),
        pinned.fault(
            "demands[0].windows[0].start (id D1)", "record.moment", "record.moment.do"
        ),
    ),
    "a number for a moment": (
        _demand(windows=[{"start": 1777708800, "end": END}]),
        pinned.fault(
            "demands[0].windows[0].start (id D1)", "record.moment", "record.moment.do"
        ),
    ),
    "no such day": (
        _demand(windows=[{"start": "2026-02-30T08:00:00Z", "end": END}]),
        pinned.fault(
            "demands[0].windows[0].start (id D1)", "record.moment", "record.moment.do"
        ),
    ),
    "no zone": (
        _demand(windows=[{"start": START[:-1], "end": END}]),
        pinned.fault(
            "demands[0].windows[0].start (id D1)", "record.offset", "record.offset.do"
        ),
    ),
    "a far year": (
        _demand(windows=[{"start": "1960-01-01T00:00:00Z", "end": END}]),
        pinned.fault(
            "demands[0].windows[0].start (id D1)",
            "record.year",
            "record.year.do",
            year=1_960,
            first=1_971,
            last=2_199,
        ),
    ),
    "part of a second": (
        _demand(windows=[{"start": "2026-05-02T08:00:00.5Z", "end": END}]),
        pinned.fault(
            "demands[0].windows[0].start (id D1)", "record.second", "record.second.do"
        ),
    ),
    "backwards": (
        _demand(windows=[{"start": END, "end": START}]),
        pinned.fault(
            "demands[0].windows[0] (id D1)", "record.forward", "record.forward.do"
        ),
    ),
    # what a record says as a whole
    "a minimum above wanted": (
        _demand(requirements=[{"id": "Q1", "minimum": 2}]),
        pinned.fault(
            "demands[0].requirements[0] (id Q1)", "record.minimum", "record.minimum.do"
        ),
    ),
    "a preference for nothing": (
        _resource(preferences=[{"points": 1}]),
        pinned.fault(
            "resources[0].preferences[0] (id R1)",
            "record.preference",
            "record.preference.do",
        ),
    ),
    "least above most": (
        _rule(rule="team", demand="D1", least=3, most=2),
        pinned.fault("rules[0]", "record.least", "record.least.do"),
    ),
    "an unknown rule": (
        _rule(rule="forbit"),
        pinned.fault(
            "rules[0]",
            "record.word",
            "record.word.do",
            known=Unshortened(
                [
                    "'forbid'",
                    "'lock'",
                    "'max_distance'",
                    "'unit_cap'",
                    "'community_cap'",
                    "'reserve_share'",
                    "'hours_budget'",
                    "'count_budget'",
                    "'longest_run'",
                    "'shortest_run'",
                    "'shortest_break'",
                    "'weekend_budget'",
                    "'not_after'",
                    "'rest'",
                    "'travel'",
                    "'team'",
                    "'cover'",
                    "'trainees'",
                    "'units_represented'",
                    "'unit_share'",
                    "'local_member'",
                    "'keep_together'",
                    "'keep_apart'",
                    "'all_or_nothing'",
                    "'choose_at_most'",
                    "'most_moves'",
                    "'not_both'",
                    "'least'",
                    "'set_aside'",
                ]
            ),
        ),
    ),
    "a share of least above most": (
        {
            **_demand(),
            "units": [{"id": "U1"}],
            "rules": [
                {
                    "rule": "unit_share",
                    "unit": "U1",
                    "community": "C1",
                    "least": 3,
                    "most": 2,
                }
            ],
        },
        pinned.fault("rules[0]", "record.least", "record.least.do"),
    ),
    "a set-aside of two scopes": (
        _rule(rule="set_aside", group="g", requirement="Q1", demand="D1"),
        pinned.fault("rules[0]", "record.set_aside_scope", "record.set_aside_scope.do"),
    ),
    "a soft set-aside in order": (
        _rule(rule="set_aside", group="g", least=1, order=1, soft={"tier": 1}),
        pinned.fault("rules[0]", "record.set_aside_order", "record.set_aside_order.do"),
    ),
    "places kept for one group at two orders": (
        _kept({"order": 1}, {"order": 2}),
        pinned.fault(
            "rules[1].order",
            "record.set_aside_twice",
            "record.set_aside_twice.do",
            group="a",
        ),
    ),
    "ordered places that others name otherwise": (
        _kept({"order": 1}, {"group": "b", "community": "C1"}),
        pinned.fault(
            "rules[1]",
            "record.set_aside_places",
            "record.set_aside_places.do",
            other="set_aside a",
        ),
    ),
    "ordered places for two groups of one": (
        _kept({"order": 1}, {"group": "b"}),
        pinned.fault(
            "rules[0].order",
            "record.set_aside_groups",
            "record.set_aside_groups.do",
            one="a",
            other="b",
        ),
    ),
    "an order without its measure": (
        {
            "objective": {
                "aims": [{"name": "n", "parts": [{"measure": "order_weight"}]}]
            }
        },
        pinned.fault(
            "objective.aims[0].parts[0]", "record.order_of", "record.order_of.do"
        ),
    ),
    "the same places kept for nine groups": (
        {
            "rules": [
                {"rule": "set_aside", "group": f"g{n}", "least": 1} for n in range(9)
            ]
        },
        pinned.fault(
            "rules[8].group",
            "record.set_asides_many",
            "record.set_asides_many.do",
            most=8,
        ),
    ),
    "soft in no way": (
        _soft(),
        pinned.fault("rules[0].soft", "record.soft", "record.soft.do"),
    ),
    "soft in two ways": (
        _soft(price=1, tier=1),
        pinned.fault("rules[0].soft", "record.soft", "record.soft.do"),
    ),
    "a rule of two scopes": (
        {
            **_resource(),
            "rules": [
                {"rule": "rest", "minutes": 5, "resource": "R1", "kind": "person"}
            ],
        },
        pinned.fault("rules[0]", "record.scope", "record.scope.do"),
    ),
    "a least of two subjects": (
        {
            **_resource(),
            "rules": [{"rule": "least", "quantity": 5, "resource": "R1", "unit": "U1"}],
        },
        pinned.fault("rules[0]", "record.subjects", "record.subjects.do"),
    ),
    "a least of nothing": (
        _rule(rule="least"),
        pinned.fault(
            "rules[0]", "record.quantity_or_minutes", "record.quantity_or_minutes.do"
        ),
    ),
    "a least of two kinds": (
        _rule(rule="least", quantity=1, minutes=60),
        pinned.fault(
            "rules[0]", "record.quantity_or_minutes", "record.quantity_or_minutes.do"
        ),
    ),
    "days of no period": (
        _rule(rule="count_budget", most=1, days=3),
        pinned.fault("rules[0]", "record.days", "record.days.do"),
    ),
    "a period without days": (
        _rule(rule="hours_budget", minutes=1, per="days"),
        pinned.fault("rules[0]", "record.days", "record.days.do"),
    ),
    "one kept apart": (
        {**_resource(), "rules": [{"rule": "keep_apart", "resources": ["R1"]}]},
        pinned.fault("rules[0].resources", "record.short", "record.short.do", least=2),
    ),
    "somebody unknown kept apart": (
        {**_resource(), "rules": [{"rule": "keep_apart", "resources": ["R1", "R2"]}]},
        pinned.fault(
            "rules[0].resources[1]",
            "record.unlisted.resource",
            "record.unlisted.do",
            id="R2",
            known=Unshortened(["R1"]),
        ),
    ),
    # time that is not fixed, aims, scores
    "a flexible demand without windows": (
        _demand(minutes=60),
        pinned.fault("demands[0] (id D1)", "record.minutes", "record.minutes.do"),
    ),
    "a tier of what has none": (
        {
            "objective": {
                "aims": [{"name": "A", "parts": [{"measure": "weight", "tier": 1}]}]
            }
        },
        pinned.fault(
            "objective.aims[0].parts[0]",
            "record.no_tier",
            "record.no_tier.do",
            measure="weight",
        ),
    ),
    "two aims alike": (
        {"objective": {"aims": [{"name": "A", "parts": [{"measure": "weight"}]}] * 2}},
        pinned.fault("objective", "record.aims", "record.aims.do"),
    ),
    "a score for nothing": (
        {
            **_resource(),
            "scores": [{"resource": "R1", "requirements": [], "points": [5]}],
        },
        pinned.fault(
            "scores[0]",
            "record.one_each",
            "record.one_each.do",
            requirements=0,
            points=1,
        ),
    ),
    "two scores for one pair": (
        {
            **_resource(),
            **_demand(),
            "scores": [
                {"resource": "R1", "requirements": ["Q1", "Q1"], "points": [5, 6]}
            ],
        },
        pinned.fault("scores[0]", "record.pair_twice", "record.pair_twice.do"),
    ),
    "a resource scored twice": (
        {
            **_resource(),
            "scores": [{"resource": "R1", "requirements": [], "points": []}] * 2,
        },
        pinned.fault(
            "scores[1].resource",
            "record.scored_twice",
            "record.scored_twice.do",
            id="R1",
        ),
    ),
    "no rule named": (
        _rule(demand="D1"),
        pinned.fault("rules[0]", "record.no_tag", "record.no_tag.do", tag="rule"),
    ),
    # between records
    "an id twice": (
        {"units": [{"id": "A"}, {"id": "a"}]},
        pinned.fault(
            "units[1] (id a)", "record.same_id", "record.same_id.do", other="units[0]"
        ),
    ),
    "an unlisted unit": (
        {"units": [{"id": "U1", "parent": "X9"}]},
        pinned.fault(
            "units[0].parent (id U1)",
            "record.unlisted.unit",
            "record.unlisted.do",
            id="X9",
            known=Unshortened(["U1"]),
        ),
    ),
    "a misspelt unit": (
        {"units": [{"id": "street-12"}, {"id": "U1", "parent": "street-21"}]},
        pinned.fault(
            "units[1].parent (id U1)",
            "record.unlisted.unit",
            "record.unlisted.near.do",
            id="street-21",
            near="street-12",
        ),
    ),
    "an unlisted unit of many": (
        {
            "units": [{"id": f"U{n}"} for n in range(7)],
            "resources": [{"id": "R1", "unit": "zebra"}],
        },
        pinned.fault(
            "resources[0].unit (id R1)",
            "record.unlisted.unit",
            "record.unlisted.do",
            id="zebra",
            known=Unshortened(["U0", "U1", "U2", "U3", "U4", "..."]),
        ),
    ),
    "nothing to name": (
        _resource(home="C1"),
        pinned.fault(
            "resources[0].home (id R1)",
            "record.unlisted.community",
            "record.unlisted.none.do",
            id="C1",
        ),
    ),
    "a circle": (
        {"units": [{"id": "A", "parent": "B"}, {"id": "B", "parent": "A"}]},
        pinned.fault(
            Message.of("what.node", what=Message("what.unit"), id="A"),
            "record.circle",
            "record.circle.do",
            circle="A -> B -> A",
        ),
    ),
    "a long circle": (
        {"units": [{"id": f"U{n}", "parent": f"U{(n + 1) % 8}"} for n in range(8)]},
        pinned.fault(
            Message.of("what.node", what=Message("what.unit"), id="U0"),
            "record.circle",
            "record.circle.do",
            circle="U0 -> U1 -> U2 -> U3 -> U4 -> U5 ...",
        ),
    ),
    "a spelling of two skills": (
        {"skills": [{"name": "nurse"}, {"name": "medic", "aliases": ["Ｎurse"]}]},
        pinned.fault("skills[1]", "record.spelling", "record.spelling.do"),
    ),
    # the text itself
    "no JSON": (
        '{"units": [}',
        pinned.fault(
            Message("json.text"),
            "json.syntax",
            "record.json.do",
            line=1,
            column=12,
            reason=Message("json.syntax.value"),
        ),
    ),
    "nothing": (
        "",
        pinned.fault(
            Message("json.text"),
            "json.syntax",
            "record.json.do",
            line=1,
            column=1,
            reason=Message("json.syntax.value"),
        ),
    ),
    "more than one text": (
        "{}{}",
        pinned.fault(
            Message("json.text"),
            "json.syntax",
            "record.json.do",
            line=1,
            column=3,
            reason=Message("json.syntax.more"),
        ),
    ),
    "a key twice": (
        '{"units":[{"id":"A","name":"x","name":"y"}]}',
        pinned.fault(
            Message("json.text"),
            "json.twice",
            "json.twice.do",
            name=pinned.message("json.twice.key", name="name"),
            place=pinned.message("json.twice.in", id="A"),
        ),
    ),
    "an odd key twice": (
        '{"电话":1,"电话":2}',
        pinned.fault(
            Message("json.text"),
            "json.twice",
            "json.twice.do",
            name=Message("json.twice.unusual"),
            place="",
        ),
    ),
    "no number in JSON": (
        '{"units":NaN}',
        pinned.fault(
            Message("json.text"), "json.constant", "record.finite.do", name="NaN"
        ),
    ),
    "a very long number": (
        '{"units":%s}' % ("1" * 21),
        pinned.fault(Message("json.text"), "json.digits", "json.digits.do", count=21),
    ),
    "too deep": (
        "[" * 5_000,
        pinned.fault(Message("json.text"), "record.deep_text", "record.deep_text.do"),
    ),
    "too deep for a record": (
        '{"units":%s%s}' % ("[" * 300, "]" * 300),
        pinned.fault(Message("json.text"), "record.deep_text", "record.deep_text.do"),
    ),
    "another encoding": (
        "{}".encode("utf-16"),
        pinned.fault(Message("json.text"), "json.utf8", "mapping.save_utf8", place=0),
    ),
    "half a surrogate": (
        '{"note":"\\ud800"}',
        pinned.fault(
            Message("json.text"),
            "record.surrogate",
            "record.unicode.do",
            place="line 1 column 16",
        ),
    ),
    "half a surrogate in a str": (
        '{"note":"\ud800"}',
        pinned.fault("Problem", "record.unicode", "record.unicode.do"),
    ),
}
