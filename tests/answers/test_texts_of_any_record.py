"""Whatever a shortage, a witness, a reason or a change says: if it is a valid record it can be told, in a
line and in full.
"""

from __future__ import annotations

import pytest
from any_record import CannotBeDrawnError, answers, drawn
from random_problems import seeded

from matchkit.answers.audit import Fault, Improvement, PairUnits, ViolationMessage
from matchkit.answers.base import Answer
from matchkit.answers.pairs import RunnerUp, Why
from matchkit.answers.sensitivity import RangeEnd, TradeOff
from matchkit.errors import InputError
from matchkit.messages.message import LANGUAGES


@pytest.mark.parametrize("kind", answers(), ids=lambda one: one.__name__)
def test_a_valid_record_can_be_told(kind: type[Answer]) -> None:
    rng, told = seeded(len(kind.__name__)), 0
    for _ in range(12):
        try:
            one = drawn(kind, rng)
        except CannotBeDrawnError:
            continue
        assert isinstance(one, Answer)
        for lang in LANGUAGES:
            assert isinstance(one.line(lang), str) and isinstance(one.text(lang), str)
        told += 1
    assert told


def test_what_could_not_be_told_is_refused_by_the_record() -> None:
    pair, after = (
        PairUnits(resource="R", requirement="Q", units=1),
        RunnerUp(id="R2", weight=1, behind=(1, 2)),
    )
    why = {
        "resource": "R",
        "requirement": "Q",
        "quantity": 1,
        "locked": 0,
        "weight": 0,
        "terms": (),
    }
    why |= {"ranked_by": "weight", "proven": False}
    why |= dict.fromkeys(
        (
            "resource_price",
            "requirement_price",
            "left_over",
            "other_resource",
            "other_requirement",
        )
    )
    faults = {
        "ViolationMessage": lambda: ViolationMessage(key="no such message"),
        "ViolationMessage without a value": lambda: ViolationMessage(key="duplicate"),
        "ViolationMessage with several parts": lambda: ViolationMessage(
            key="and", values=()
        ),
        "Improvement": lambda: Improvement(
            kind="swap", out=(pair,), put=(pair, pair), goals=(), fixed=()
        ),
        "Why": lambda: Why(
            **(why | {"goals": ("tier 1", "weight"), "left_over": (1,)})
        ),
        "RunnerUp": lambda: Why(
            **(why | {"goals": ("weight",), "other_resource": after})
        ),
        "RangeEnd": lambda: RangeEnd(factor=1, goals=(), ahead="weight", proven=True),
        "TradeOff": lambda: TradeOff(
            first="a",
            second="b",
            held=(),
            points=(),
            complete=True,
            ended="all",
            limit=9,
        ),
    }
    for name, make in faults.items():
        with pytest.raises(InputError) as caught:
            make()
        assert (
            len(caught.value.complaints) == 1 and caught.value.complaints[0].advice
        ), name
    assert Fault(
        rule="r",
        label=None,
        ids=(),
        amount=1,
        message=ViolationMessage(key="duplicate", values=(("times", None),)),
    ).line()
