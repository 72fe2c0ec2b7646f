"""A pseudonymous copy keeps its proof, and holds no id of a resource and no personal field."""

from __future__ import annotations

from importlib import import_module

import pytest

import matchkit as mk
from matchkit.errors import BrokenPlanError
from matchkit.model.rules import KINDS
from matchkit.plan import BlockCertificate
from matchkit.solving.digest import digest
from matchkit.tables.export.grids import plan_grids
from matchkit.tables.export.pseudonyms import Pseudonyms, pseudonymize

KEY = Pseudonyms(bytes(range(32)))
NAMED = ("anna", "bert", "cars", "dora", "不合", "机密", "虚构甲", "000000")
"""Ids of resources, a rule's own id, and what stands in personal fields."""


def test_nothing_of_the_resources_ids_nor_of_personal_fields_is_left(
    street: mk.Problem, plan: mk.Plan
) -> None:
    hidden, shown = pseudonymize(street, plan, KEY)
    for text in (
        hidden.to_json(),
        shown.to_json(),
        *(str(grid) for grid in plan_grids(street, plan, pseudonyms=KEY)),
    ):
        assert [name for name in NAMED if name in text] == []


def test_the_copy_keeps_rules_payments_and_goals(
    street: mk.Problem, plan: mk.Plan
) -> None:
    hidden, shown = pseudonymize(street, plan, KEY)
    assert mk.verify(hidden, shown).ok
    assert [(paid.amount, paid.paid, paid.tier) for paid in shown.payments] == [
        (1, 7, None),
        (1, 5, None),
    ]
    assert shown.outcome.goals == plan.outcome.goals
    back = dict(KEY.table(street).rows[1:])
    pairs = {
        (back[entry.resource], entry.requirement, entry.quantity, entry.start)
        for entry in shown.assignments
    }
    assert pairs == {
        (entry.resource, entry.requirement, entry.quantity, entry.start)
        for entry in plan.assignments
    }


def test_the_proof_of_a_city_by_prices_holds_for_its_copy() -> None:
    city = mk.datasets.city("street")
    hidden, shown = pseudonymize(city, mk.solve(city), KEY)
    assert shown.certificate is not None
    mk.check_certificate(hidden, shown).raise_if_broken()
    assert shown.outcome.status == "optimal"


def test_the_proof_by_blocks_holds_for_the_copy_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two people who can each be at one place at a time, three demands at one hour: prices hold block by
    block.
    """
    hours = mk.Window.model_validate_json(
        '{"start": "2026-05-05T08:00:00Z", "end": "2026-05-05T09:00:00Z"}'
    )
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="K")],
        resources=[
            mk.Resource(id=f"person {n}", unit="U", name=f"虚构 {n}", capacity=3)
            for n in (1, 2)
        ],
        demands=[
            mk.Demand(
                id=f"D{n}",
                community="K",
                weight=10 * n,
                windows=[hours],
                requirements=[mk.Requirement(id=f"Q{n}")],
            )
            for n in (1, 2, 3)
        ],
    )
    for name in (
        "matchkit.solving.relaxations",
        "matchkit.solvers.mip.search",
    ):  # small problems, too, start from the block engine
        monkeypatch.setattr(import_module(name), "SMALL", -1)
    plan = mk.solve(problem, engine="cpsat")
    hidden, shown = pseudonymize(problem, plan, KEY)
    assert isinstance(shown.certificate, BlockCertificate)
    mk.check_certificate(hidden, shown).raise_if_broken()
    assert "person" not in shown.to_json()


def test_the_digest_is_that_of_the_copy(street: mk.Problem, plan: mk.Plan) -> None:
    """That of the original would let anybody who guesses the original confirm the guess."""
    hidden, shown = pseudonymize(street, plan, KEY)
    assert shown.outcome.digest == digest(hidden) != plan.outcome.digest


def test_the_order_of_the_copy_tells_nothing_of_the_original_order(
    street: mk.Problem, plan: mk.Plan
) -> None:
    backwards = street.model_copy(
        update={
            name: getattr(street, name)[::-1]
            for name in ("resources", "rules", "previous", "scores")
        }
    )
    assert pseudonymize(backwards, plan, KEY) == pseudonymize(street, plan, KEY)
    hidden, shown = pseudonymize(street, plan, KEY)
    assert [record.id for record in hidden.resources] == sorted(
        record.id for record in hidden.resources
    )
    assert list(shown.assignments) == sorted(
        shown.assignments, key=lambda entry: (entry.resource, entry.requirement)
    )


def test_two_copies_under_one_key_are_equal_and_under_two_keys_share_no_token(
    street: mk.Problem, plan: mk.Plan
) -> None:
    one, again, other = (
        pseudonymize(street, plan, Pseudonyms(key))[1]
        for key in (b"k" * 16, b"k" * 16, b"l" * 16)
    )
    assert one == again
    assert {entry.resource for entry in one.assignments}.isdisjoint(
        entry.resource for entry in other.assignments
    )


def test_every_kind_of_rule_names_resources_in_the_fields_that_are_replaced() -> None:
    """A kind that named them elsewhere would keep their ids."""
    assert {
        name
        for kind in KINDS.values()
        for name in kind.model_fields
        if "resource" in name
    } == {
        "resource",
        "resources",
    }


def test_two_rules_that_share_a_label_stay_two_payments() -> None:
    """Of a list of resources a label tells the first three only: both rules are called alike, and their
    copies need not be.
    """
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="K")],
        resources=[
            mk.Resource(id=name, unit="U") for name in ("a1", "a2", "a3", "a4", "a5")
        ],
        demands=[
            mk.Demand(
                id="D", community="K", requirements=[mk.Requirement(id="Q", wanted=5)]
            )
        ],
        rules=[
            mk.rules.KeepApart(
                resources=["a1", "a2", "a3", "a4"], soft=mk.rules.Soft(price=1)
            ),
            mk.rules.KeepApart(
                resources=["a1", "a2", "a3", "a5"], soft=mk.rules.Soft(price=2)
            ),
        ],
    )
    plan = mk.solve(problem)
    assert len({paid.rule for paid in plan.payments}) == 1
    _, shown = pseudonymize(problem, plan, KEY)
    assert sorted((paid.amount, paid.paid) for paid in shown.payments) == [
        (3, 3),
        (3, 6),
    ]


def test_a_plan_that_breaks_its_problem_is_refused_without_a_personal_field(
    street: mk.Problem, plan: mk.Plan
) -> None:
    with pytest.raises(BrokenPlanError) as caught:
        pseudonymize(
            street, plan.model_copy(update={"assignments": plan.assignments * 2}), KEY
        )
    assert "机密" not in str(caught.value)
