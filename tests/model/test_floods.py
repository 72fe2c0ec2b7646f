"""Texts made to cost memory: faults between records by the hundred thousand, and brackets by the ten
million.
"""

from __future__ import annotations

import json
import pickle
import tracemalloc

import pinned
import pytest

from matchkit.errors import BudgetError, InputError
from matchkit.model import Problem


def names_nothing(count: int) -> list[dict[str, str]]:
    return [
        {"rule": "forbid", "resource": f"R{n}", "requirement": f"Q{n}"}
        for n in range(count)
    ]


def test_faults_between_records_are_kept_up_to_a_thousand_and_the_rest_counted() -> (
    None
):
    """Each of 50,000 rules names a resource and a requirement that are not there."""
    with pytest.raises(InputError) as caught:
        Problem.from_json(json.dumps({"rules": names_nothing(50_000)}))
    assert len(caught.value.complaints) == 1_000
    assert caught.value.more == 99_000
    assert str(caught.value).startswith(pinned.text("fault.input", count=100_000))
    assert str(caught.value).endswith("... and 99,990 more.")
    back = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - own data
    assert back.more == 99_000


def test_they_are_counted_too_where_a_record_is_faulty_itself() -> None:
    """2,000 rules and one community without an id: 4,001 faults."""
    with pytest.raises(InputError) as caught:
        Problem.from_json(
            json.dumps({"rules": names_nothing(2_000), "communities": [{}]})
        )
    assert str(caught.value).startswith(pinned.text("fault.input", count=4001))
    assert len(caught.value.complaints) == 1_001


@pytest.mark.parametrize("pair", ["{}", "[]"])
def test_ten_million_empty_records_are_refused_before_they_are_parsed(
    pair: str,
) -> None:
    """Parsed they would take more than 500 MB; counting them takes none."""
    text = '{"units":[' + f"{pair}," * 10_000_000 + pair + "]}"
    tracemalloc.start()
    try:
        with pytest.raises(BudgetError) as caught:
            Problem.from_json(text)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()
    assert str(caught.value) == pinned.text(
        "json.opened", count=10_000_003, most=10_000_000
    )
