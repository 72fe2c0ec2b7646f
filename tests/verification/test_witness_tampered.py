"""Right shortages of every cause pass the check, and every spoilt copy of them is refused."""

from __future__ import annotations

import pytest
from lacking import EVERY
from tampering import tampered

from matchkit.answers.causes import CAUSES
from matchkit.verification.checks import verify
from matchkit.verification.witness import check_witness


@pytest.mark.parametrize("name", EVERY)
def test_a_right_shortage_of_a_right_plan_passes(name: str) -> None:
    problem, plan, shortage = EVERY[name]()
    assert verify(problem, plan).violations == ()
    assert check_witness(problem, plan, shortage).violations == ()


def test_every_cause_and_every_kind_of_witness_has_a_case() -> None:
    shortages = [make().shortage for make in EVERY.values()]
    assert {shortage.cause for shortage in shortages} == set(CAUSES)
    assert {shortage.witness.witness for shortage in shortages} == {
        "funnel",
        "hall_set",
        "blocked",
        "costly_chain",
        "chosen_elsewhere",
        "not_proven",
    }


@pytest.mark.parametrize("name", EVERY)
def test_every_spoilt_copy_is_refused(name: str) -> None:
    problem, plan, shortage = EVERY[name]()
    spoilt = list(tampered(shortage))
    assert len(spoilt) > 20
    passed = [copy for copy in spoilt if check_witness(problem, plan, copy).ok]
    assert passed == []


@pytest.mark.parametrize("name", EVERY)
def test_cause_and_witness_of_another_case_are_refused(name: str) -> None:
    """With the fields of this one. Left out: where nothing is proved, that the search ended is true of any
    plan.
    """
    problem, plan, shortage = EVERY[name]()
    for other in sorted(EVERY.keys() - {name, "unproved"}):
        theirs = EVERY[other]().shortage
        kept = () if theirs.cause == "search_limit" else shortage.remedies
        mixed = shortage.model_copy(
            update={"cause": theirs.cause, "witness": theirs.witness, "remedies": kept}
        )
        assert not check_witness(problem, plan, mixed).ok, other
