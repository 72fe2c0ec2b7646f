"""check_certificate accepts the proofs of 1,000 solved plans and refuses what proves less than it says."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from handmade import changed
from random_problems import seeded
from solved_plans import PLANS, solved_plans
from stated import Stated
from weak_duality import left_after_locks, proves

import matchkit as mk
from matchkit.plan import Certificate, Plan

GROUPS = ("resources", "requirements", "units", "communities")


@pytest.fixture(scope="module")
def solved() -> tuple[tuple[Stated, Plan], ...]:
    return solved_plans()


def test_every_right_proof_is_accepted(solved: tuple[tuple[Stated, Plan], ...]) -> None:
    assert len(solved) == PLANS
    for stated, plan in solved:
        assert proves(stated, plan), stated.problem
        assert mk.check_certificate(stated.problem, plan).violations == ()


def mangled(
    proof: Certificate, spent: set[str], rng: random.Random
) -> Iterator[tuple[str, Certificate]]:
    """Certificates that no longer fit their problem, by what was done to them; the ``spent`` need no
    price.
    """
    place, step = rng.randrange(len(proof.bound)), rng.choice((-1, 1, 10**30))
    yield (
        "another bound",
        changed(
            proof,
            bound=(
                *proof.bound[:place],
                proof.bound[place] + step,
                *proof.bound[place + 1 :],
            ),
        ),
    )
    yield "a shorter bound", changed(proof, bound=proof.bound[:-1])
    yield "another goal", changed(proof, goals=("tier 99", *proof.goals[1:]))
    if len(proof.goals) > 1:
        yield "goals in another order", changed(proof, goals=proof.goals[::-1])
    for name in GROUPS:
        entries = getattr(proof, name)
        if entries:
            at = rng.randrange(len(entries))
            entry = entries[at]
            before, after = entries[:at], entries[at + 1 :]
            if entry.id not in spent:
                yield f"one of {name} missing", changed(proof, **{name: before + after})
            yield (
                f"one of {name} twice",
                changed(proof, **{name: (*before, entry, entry, *after)}),
            )
            yield (
                f"one of {name} unknown",
                changed(
                    proof,
                    **{name: (*before, changed(entry, id=f"{entry.id}?"), *after)},
                ),
            )
            yield (
                f"one of {name} too short",
                changed(
                    proof,
                    **{name: (*before, changed(entry, price=entry.price[:-1]), *after)},
                ),
            )
            yield (
                f"one of {name} too long",
                changed(
                    proof,
                    **{
                        name: (*before, changed(entry, price=(*entry.price, 0)), *after)
                    },
                ),
            )


def test_a_mangled_proof_is_refused(solved: tuple[tuple[Stated, Plan], ...]) -> None:
    used = set()
    for number, (stated, plan) in enumerate(solved):
        assert plan.certificate is not None
        spent = {
            node
            for side in left_after_locks(stated)
            for node, amount in side.items()
            if amount == 0
        }
        for name, proof in mangled(plan.certificate, spent, seeded(number)):
            used.add(name)
            assert not mk.check_certificate(
                stated.problem, changed(plan, certificate=proof)
            ).ok, f"{name} in plan {number}"
    assert len(used) == 4 + 5 * len(GROUPS)


def test_a_changed_price_is_refused_unless_weak_duality_still_holds(
    solved: tuple[tuple[Stated, Plan], ...],
) -> None:
    """The judge is the theorem written out again (weak_duality.py): prices of what has nothing left may be
    any.
    """
    refused = harmless = 0
    for number, (stated, plan) in enumerate(solved):
        rng = seeded(number)
        for _ in range(3):
            assert plan.certificate is not None
            name = rng.choice(
                [group for group in GROUPS if getattr(plan.certificate, group)]
            )
            entries = list(getattr(plan.certificate, name))
            at = rng.randrange(len(entries))
            price = list(entries[at].price)
            price[rng.randrange(len(price))] += rng.choice((-50, -1, -1, 1, 1, 50))
            entries[at] = changed(entries[at], price=tuple(price))
            tampered = changed(
                plan, certificate=changed(plan.certificate, **{name: tuple(entries)})
            )
            right = proves(stated, tampered)
            assert mk.check_certificate(stated.problem, tampered).ok == right, (
                f"plan {number}: {name} {entries[at]}"
            )
            refused += not right
            harmless += right
    assert refused > PLANS
    assert harmless > 20
