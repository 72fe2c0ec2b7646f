"""The certificate theorem on random tiny problems: right proofs pass, no accepted bound is below the best
plan.
"""

from __future__ import annotations

from random import Random

from handmade import changed
from tiny import Tiny, tiny

from matchkit.plan import Certificate, Price
from matchkit.verification.case import Case
from matchkit.verification.certificate import PriceProof
from matchkit.verification.checks import check_certificate, verify
from matchkit.verification.world import World


def solved(
    count: int,
) -> list[tuple[Tiny, tuple[int, ...], dict[tuple[str, str], int]]]:
    found = []
    for seed in range(count):
        case = tiny(seed)
        best = case.best() if case is not None else None
        if case is not None and best is not None:
            found.append((case, *best))
    return found


SOLVED = solved(700)


def test_the_family_holds_what_it_should_test() -> None:
    assert len(SOLVED) > 300
    for wanted in ("locks", "unit_caps", "community_caps"):
        assert sum(bool(getattr(case, wanted)) for case, _, _ in SOLVED) > 50, wanted
    assert sum(any(case.value(best)[:-1]) for case, _, best in SOLVED) > 200


def test_prices_from_the_residual_graph_prove_the_best_plan_by_brute_force() -> None:
    """Their bound equals the brute-force optimum in every goal, and both checks accept plan and proof."""
    for case, value, best in SOLVED:
        plan = case.plan(best, case.proof(best, value), 0.0)
        assert check_certificate(case.problem, plan).violations == (), case.problem
        assert verify(case.problem, plan).violations == (), case.problem


def shaken(proof: Certificate, random: Random) -> Certificate:
    """The certificate with a few prices changed, half of the time only downwards."""
    steps = random.choice([(-1, 1, 2), (-3, -2, -1)])

    def shake(entries: tuple[Price, ...]) -> tuple[Price, ...]:
        return tuple(
            changed(
                e,
                price=tuple(
                    p + random.choice(steps) if random.random() < 0.4 else p
                    for p in e.price
                ),
            )
            if random.random() < 0.4
            else e
            for e in entries
        )

    groups = {
        name: shake(getattr(proof, name))
        for name in ("resources", "requirements", "units", "communities")
    }
    return changed(proof, **groups)


def test_no_accepted_certificate_has_a_bound_below_the_best_plan() -> None:
    """Weak duality: whatever the prices, a bound that passes is at least the brute-force optimum."""
    random = Random(1)  # noqa: S311 - a seeded test, no secret
    accepted = below = 0
    for case, value, best in SOLVED:
        for _ in range(4):
            filled = random.choice(
                [best, case.locks]
            )  # the theorem holds beside any plan, also a poor one
            plan = case.plan(filled, shaken(case.proof(best, value), random), 0.0)
            bound = PriceProof(
                Case(World(case.problem), plan), plan.certificate
            ).bound()
            plan = changed(plan, certificate=changed(plan.certificate, bound=bound))
            if check_certificate(case.problem, plan).ok:
                accepted += 1
                assert bound >= value, case.problem
            else:
                below += bound < value
    assert accepted > 50, "shaking left hardly any proof right: the test shows nothing"
    assert below > 50, (
        "hardly any bound fell below the best plan: the test shows nothing"
    )


def test_a_changed_bound_is_refused() -> None:
    for case, value, best in SOLVED:
        proof = case.proof(best, value)
        for goal in range(len(value)):
            for step in (-1, 1):
                other = (*value[:goal], value[goal] + step, *value[goal + 1 :])
                plan = case.plan(best, changed(proof, bound=other), None)
                for report in (
                    check_certificate(case.problem, plan),
                    verify(case.problem, plan),
                ):
                    assert "certificate_bound" in {
                        violation.rule for violation in report.violations
                    }


def test_a_worse_plan_with_the_same_prices_is_not_optimal() -> None:
    """One unlocked unit taken away: the plan may state a bound and a gap, never that it is optimal."""
    seen = 0
    for case, value, best in SOLVED:
        pair = next(
            (p for p in best if best[p] > case.locks.get(p, 0) and case.weight(p) > 0),
            None,
        )
        if pair is None:
            continue
        seen += 1
        fewer = {**best, pair: best[pair] - 1}
        worse = {p: amount for p, amount in fewer.items() if amount}
        plan = case.plan(worse, case.proof(best, value), 0.0)
        assert plan.outcome.status == "feasible"
        assert "gap" in {
            violation.rule for violation in verify(case.problem, plan).violations
        }
        claimed = changed(plan, outcome=changed(plan.outcome, status="optimal"))
        assert "status" in {
            violation.rule for violation in verify(case.problem, claimed).violations
        }
    assert seen > 100
