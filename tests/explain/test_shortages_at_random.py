"""Random problems: every shortage has one cause whose witness checks, tampered ones are refused, every remedy
fills one more.
"""

from __future__ import annotations

import pytest
from shortage_campaign import campaign, drawn

import matchkit as mk
from matchkit.errors import ContradictionError


@pytest.mark.parametrize("first", range(0, 120, 30))
def test_every_shortage_is_proven_and_every_remedy_works(first: int) -> None:
    tally = campaign(first, 30)
    assert tally.disagreements == []
    assert tally.seen["remedies tried"] > 30


@pytest.mark.parametrize("seed", range(500, 520))
def test_explanations_do_not_depend_on_the_order_of_records(seed: int) -> None:
    problem = drawn(seed)
    try:
        plan = mk.solve(problem)
    except ContradictionError:
        return
    turned = problem.model_copy(
        update={
            name: getattr(problem, name)[::-1]
            for name in (
                "units",
                "communities",
                "resources",
                "demands",
                "rules",
                "skills",
            )
        }
    )
    assert (
        mk.Explainer(problem, plan).shortages().to_json()
        == mk.Explainer(turned, plan).shortages().to_json()
    )
