"""why_not tells every rule that a pair fails, with the values compared."""

from __future__ import annotations

from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource, skill, window
from pydantic import ValidationError

from matchkit.answers.reasons import Reason
from matchkit.compile.why_not import why_ineligible
from matchkit.errors import InputError
from matchkit.model import AnyOf, Forbid, MaxDistance, Place, Skill

HERE, ABOUT_17_KM_NORTH = Place(lat=36.0, lon=103.8), Place(lat=36.15585, lon=103.8)
"""0.15585 degrees of latitude are 17.33 km on a sphere of radius 6,371 km."""

TUE = "Tue 2026-05-05"
HALF_HOURS = [(5, hour, hour + 0.5) for hour in range(8, 13)]


def why(
    offered: dict[str, Any],
    asked: dict[str, Any],
    *rules: Any,
    when: dict[str, Any] | None = None,
    **fields: Any,
) -> list[str]:
    made = problem(
        [resource(**offered)],
        [demand("D1", need(**asked), **(when or {}))],
        *rules,
        **fields,
    )
    return [str(reason) for reason in why_ineligible(made, "R1", "Q1")]


def test_an_eligible_pair_has_no_reason() -> None:
    assert why({}, {}) == []


def test_capacity() -> None:
    assert why({"capacity": 0}, {}) == ["capacity: capacity 0 < 1"]


def test_kinds_compare_by_key_and_are_shown_as_written() -> None:
    assert why({"kind": "Venue"}, {"kind": "VENUE"}) == []
    assert why({"kind": "Venue"}, {}) == ["kind: kind Venue, needed person"]


def test_a_skill_too_low_and_one_that_lacks() -> None:
    found = why(
        {"skills": [skill("Nursing", 1)]},
        {"skills": [skill("nursing", 2), skill("law")]},
    )
    assert found == ["skill: skill nursing 1 < 2", "skill: skill law 0 < 1"]


def test_alternatives_are_told_together() -> None:
    asked = {"skills": [AnyOf(any_of=[skill("nursing", 3), skill("law", 2)])]}
    assert why({"skills": [skill("law", 2)]}, asked) == []
    assert why({"skills": [skill("nursing", 2)]}, asked) == [
        "skill: skill nursing 2 < 3 and skill law 0 < 2"
    ]


def test_a_surgeon_counts_as_a_medic_by_any_spelling_but_not_the_other_way() -> None:
    records = {
        "skills": [
            Skill(name="surgeon", parents=["Medic"]),
            Skill(name="medic", aliases=["paramedic"]),
        ]
    }
    assert (
        why(
            {"skills": [skill("SURGEON", 2)]},
            {"skills": [skill("paramedic", 2)]},
            **records,
        )
        == []
    )
    assert why(
        {"skills": [skill("medic", 2)]}, {"skills": [skill("surgeon", 1)]}, **records
    ) == ["skill: skill surgeon 0 < 1"]


def test_modes() -> None:
    assert why({"mode": "online"}, {}) == [f"mode: {pinned.text('reason.online_only')}"]
    assert why({"mode": "on_site"}, {}, when={"mode": "online"}) == [
        f"mode: {pinned.text('reason.on_site_only')}"
    ]


@pytest.mark.parametrize(
    ("free", "asked", "text"),
    [
        ([(5, 8, 10)], [(5, 8, 12)], "free Tue 2026-05-05 08:00-10:00, needed 08:00-12:00 (UTC)"),
        ([(6, 8, 10)], [(5, 8, 12)], pinned.text('reason.not_free', window='Tue 2026-05-05 08:00-12:00', zone='UTC')),
        ([(5, 8, 10), (5, 13, 24)], [(5, 8, 12.5)], f"free {TUE} 08:00-10:00, {TUE} 13:00-24:00, needed 08:00-12:30 (UTC)"),
        ([(5, 20, 25)], [(5, 21, 26)], f"free {TUE} 20:00 - Wed 2026-05-06 01:00, needed {TUE} 21:00 - Wed 2026-05-06 02:00 (UTC)"),
        (HALF_HOURS, [(5, 8, 13)], (f"free {TUE} 08:00-08:30, {TUE} 09:00-09:30, {TUE} 10:00-10:30 and 2 more, needed 08:00-13:00 (UTC)")),
        ([(5, 8, 10 + 1 / 3600)], [(5, 8, 12)], "free Tue 2026-05-05 08:00-10:00:01, needed 08:00-12:00 (UTC)"),
    ],
)  # fmt: skip
def test_times(
    free: list[tuple[int, float, float]],
    asked: list[tuple[int, float, float]],
    text: str,
) -> None:
    found = why(
        {"available": [window(*span) for span in free]},
        {},
        when={"windows": [window(*span) for span in asked]},
    )
    assert found == [f"time: {text}"]


def test_windows_that_touch_count_as_one_and_every_window_must_fit() -> None:
    touching = {"available": [window(5, 10, 12), window(5, 8, 10)]}
    assert why(touching, {}, when={"windows": [window(5, 9, 11)]}) == []
    found = why(
        touching,
        {},
        when={"windows": [window(6, 9, 11), window(5, 9, 11), window(7, 1, 2)]},
    )
    assert found == [
        f"time: {pinned.text('reason.not_free', window='Wed 2026-05-06 09:00-11:00', zone='UTC')}",
        f"time: {pinned.text('reason.not_free', window='Thu 2026-05-07 01:00-02:00', zone='UTC')}",
    ]


def test_distances_name_the_limit_that_is_not_for_all() -> None:
    rules = [
        MaxDistance(km=15),
        MaxDistance(km=16),
        MaxDistance(km=10, resource="R1"),
        MaxDistance(km=20, demand="D1"),
        MaxDistance(km=2.5, resource="R1", demand="D1"),
    ]
    found = why({"place": ABOUT_17_KM_NORTH}, {}, *rules, when={"place": HERE})
    assert found == [
        "distance: 17.3 km > 15 km",
        f"distance: {pinned.text('reason.distance_of_resource', far='17.3', limit='10', resource='R1')}",
        f"distance: {pinned.text('reason.distance_of_both', far='17.3', limit='2.5', resource='R1', demand='D1')}",
    ]


def test_a_distance_barely_too_far_shows_that_it_is() -> None:
    assert why(
        {"place": ABOUT_17_KM_NORTH}, {}, MaxDistance(km=17.32), when={"place": HERE}
    ) == ["distance: 17.33 km > 17.32 km"]


def test_distance_holds_nobody_back_who_is_online_or_whose_place_is_unknown() -> None:
    assert (
        why(
            {"place": ABOUT_17_KM_NORTH},
            {},
            MaxDistance(km=0),
            when={"place": HERE, "mode": "online"},
        )
        == []
    )
    assert why({}, {}, MaxDistance(km=0), when={"place": HERE}) == []
    assert why({"place": ABOUT_17_KM_NORTH}, {}, MaxDistance(km=0)) == []


def test_forbid() -> None:
    assert why({}, {}, Forbid(resource="R1", requirement="Q1")) == [
        f"forbid: {pinned.text('reason.forbid', resource='R1', requirement='Q1')}"
    ]


def test_every_rule_that_fails_is_told_in_one_order() -> None:
    found = why(
        {
            "capacity": 0,
            "kind": "team",
            "mode": "online",
            "available": [window(5, 8, 9)],
            "place": ABOUT_17_KM_NORTH,
        },
        {"skills": [skill("law")]},
        Forbid(resource="R1", requirement="Q1"),
        MaxDistance(km=1),
        when={"windows": [window(5, 9, 10)], "place": HERE},
    )
    assert [text.partition(":")[0] for text in found] == [
        "capacity",
        "kind",
        "skill",
        "mode",
        "time",
        "distance",
        "forbid",
    ]


def test_reasons_never_tell_the_name_of_a_person() -> None:
    found = why(
        {"name": "Li Si", "capacity": 0, "kind": "team"},
        {"skills": [skill("law")]},
        Forbid(resource="R1", requirement="Q1"),
    )
    assert len(found) == 4 and not any("Li Si" in text for text in found)


def test_unknown_ids_are_both_told_with_near_ones() -> None:
    made = problem(
        [resource("nurse-1"), resource("nurse-2"), resource("hall")],
        [demand("D1", need("Q1"))],
    )
    with pytest.raises(InputError) as caught:
        why_ineligible(made, "nurse-3", "flu clinic")
    assert str(caught.value) == (
        "The input has 2 faults:\n"
        "  resource nurse-3: is not in the problem. Maybe nurse-2 or nurse-1 is meant.\n"
        "  requirement flu clinic: is not in the problem. Use the id of a listed one (known: Q1)."
    )


def test_a_reason_is_a_frozen_record() -> None:
    reason = Reason.of("kind", "kind", kind="a", needed="b")
    with pytest.raises(ValidationError):
        reason.rule = "skill"
    assert (reason.rule, reason.compared()) == ("kind", "kind a, needed b")
