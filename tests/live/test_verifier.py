"""A Verifier after events, against ``verify``, which looks at the whole plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from spoilt_plans import campaign

from matchkit.errors import BrokenPlanError
from matchkit.verification import checks, touched
from matchkit.verification.case import Case


def test_right_and_spoilt_plans_after_events_have_the_report_of_the_whole() -> None:
    seen = campaign(0, 12, 4, many=6)
    assert seen["events"] >= 30, seen
    assert seen["spoilt"] >= 120, seen
    assert sum(kind.startswith("spoilt: ") for kind in seen) >= 18, seen


def test_the_same_holds_where_rules_tie_pairs_together() -> None:
    seen = campaign(0, 6, 3, flow=False)
    assert seen["spoilt"] >= 30, seen


def no_pairs(before: Any, after: Any, name: Callable[[Any], object]) -> Any:
    return differing(before, after, name) if name is id else iter(())


def no_capacities(*args: Any) -> Case:
    part = part_of(*args)
    part.given.clear()
    return part


differing, part_of = touched._differing, checks.touched_part


@pytest.mark.parametrize(
    ("module", "name", "instead"),
    [
        (touched, "_differing", no_pairs),
        (checks, "touched_records", lambda *_: set()),
        (checks, "touched_part", no_capacities),
        (checks, "OF_ENTRIES", checks.CHECKS),
    ],
    ids=["pairs", "records", "a rule", "sums of the part for those of the plan"],
)
def test_what_is_not_counted_again_shows(
    module: Any, name: str, instead: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutations: the second entry overlooks something of what an event touched."""
    monkeypatch.setattr(module, name, instead)
    with pytest.raises((AssertionError, BrokenPlanError)):
        campaign(0, 30, 5)
