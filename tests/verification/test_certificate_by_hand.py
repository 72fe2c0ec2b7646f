"""Proofs worked out on paper, and every way to tamper with them."""

from __future__ import annotations

from collections.abc import Callable

import pinned
import pytest
from handmade import certificate, changed, plan
from paper_proofs import ALL, NAMES, capped, contended, stock

import matchkit.model as m
from matchkit.plan import Certificate, Plan, Price, Terms
from matchkit.verification.checks import check_certificate, verify


@pytest.mark.parametrize("make", ALL)
def test_a_proof_worked_out_by_hand_is_accepted(
    make: Callable[[], tuple[m.Problem, Plan]],
) -> None:
    problem, given = make()
    assert check_certificate(problem, given).violations == ()
    assert verify(problem, given).violations == ()


def test_a_plan_short_of_its_bound_has_the_gap_of_the_first_goal_that_differs() -> None:
    problem, given = stock()
    for gap in (0.0, 0.2, None):
        wrong = changed(given, outcome=changed(given.outcome, gap=gap))
        assert {violation.rule for violation in verify(problem, wrong).violations} == {
            "gap"
        }


def test_a_plan_without_a_certificate_proves_nothing() -> None:
    problem, given = contended()
    assert [
        violation.rule
        for violation in check_certificate(
            problem, changed(given, certificate=None)
        ).violations
    ] == ["certificate"]
    assert {
        violation.rule
        for violation in verify(problem, changed(given, certificate=None)).violations
    } == {
        "proof",
        "bound",
        "gap",
        "status",
    }


def test_a_plan_that_is_optimal_may_not_be_called_less() -> None:
    problem, given = contended()
    for status, stopped in (
        ("feasible", "gap"),
        ("optimal", "gap"),
        ("optimal", "time_limit"),
        ("feasible", "proved"),
    ):
        less = changed(
            given, outcome=changed(given.outcome, status=status, stopped=stopped)
        )
        assert {violation.rule for violation in verify(problem, less).violations} == {
            "status"
        }


def priced(
    proof: Certificate, group: str, name: str, price: tuple[int, ...]
) -> Certificate:
    return changed(
        proof,
        **{
            group: tuple(
                Price(id=e.id, price=price) if e.id == name else e
                for e in getattr(proof, group)
            )
        },
    )


def extra(proof: Certificate, group: str, name: str) -> Certificate:
    return changed(
        proof, **{group: (*getattr(proof, group), Price(id=name, price=(0, 0, 0)))}
    )


TAMPERED: list[tuple[str, Callable[[Certificate], Certificate]]] = [
    ("certificate_bound", lambda p: priced(p, "resources", "A", (0, 1, 16))),
    ("certificate_bound", lambda p: priced(p, "units", "U", (0, 1, 9))),
    ("certificate_bound", lambda p: priced(p, "requirements", "Q", (0, 0, 0))),
    ("certificate_feasible", lambda p: priced(p, "resources", "B", (0, 1, 9))),
    ("certificate_feasible", lambda p: priced(p, "resources", "B", (0, 0, 99))),
    ("certificate_feasible", lambda p: priced(p, "requirements", "Q", (-1, 9, 9))),
    ("certificate_bound", lambda p: changed(p, bound=(1, 0, 16))),
    ("certificate_bound", lambda p: changed(p, bound=(1, 0, 14))),
    ("certificate", lambda p: changed(p, bound=(1, 0))),
    ("certificate", lambda p: changed(p, bound=())),
    ("certificate", lambda p: changed(p, goals=("tier 1 minimum", "tier 2", "weight"))),
    ("certificate", lambda p: changed(p, goals=p.goals[::-1])),
    ("certificate", lambda p: changed(p, goals=())),
    ("certificate", lambda p: priced(p, "resources", "A", (0, 1))),
    ("certificate", lambda p: priced(p, "units", "U", (0, 1, 10, 0))),
    *(
        ("certificate", lambda p, g=group: changed(p, **{g: getattr(p, g)[1:]}))
        for group in ("resources", "requirements", "units")
    ),
    *(
        ("certificate", lambda p, g=group: changed(p, **{g: getattr(p, g) * 2}))
        for group in ("resources", "requirements", "units")
    ),
    *(
        ("certificate", lambda p, g=group: extra(p, g, "nobody"))
        for group in ("resources", "requirements", "units", "communities")
    ),
    (
        "certificate",
        lambda p: extra(p, "communities", "C"),
    ),  # a community of the problem, but no capped one
]


@pytest.mark.parametrize(
    ("rule", "tamper"),
    TAMPERED,
    ids=[f"{number}-{rule}" for number, (rule, _) in enumerate(TAMPERED)],
)
def test_a_tampered_proof_is_refused(
    rule: str, tamper: Callable[[Certificate], Certificate]
) -> None:
    problem, given = capped()
    assert given.certificate is not None
    forged = changed(given, certificate=tamper(given.certificate))
    assert rule in {
        violation.rule for violation in check_certificate(problem, forged).violations
    }
    if rule != "certificate_feasible":
        assert rule in {
            violation.rule for violation in verify(problem, forged).violations
        }


def test_a_proof_of_another_problem_is_refused() -> None:
    """An eligible pair that the prices never saw: B now wishes for the category twice as much."""
    problem, given = capped()
    keen = tuple(
        changed(r, preferences=(m.Preference(category="x", points=9),))
        if r.id == "B"
        else r
        for r in problem.resources
    )
    [found] = check_certificate(changed(problem, resources=keen), given).violations
    assert (found.rule, found.ids) == ("certificate_feasible", ("B", "Q"))
    assert found.fact == pinned.text(
        "violation.pair_worth", worth="(0, 0, 19)", price="(0, 0, 10)"
    )


def early() -> tuple[m.Problem, Plan]:
    """The one person serves tier 2: (0, 1, 70). The prices of ``contended`` hold here too and give the bound
    (1, 0, 30).

    Tier 1 may rise to 1. As numbers of their own, 0 for tier 2 and 30 for the weight would lie below what is
    reached.
    """
    problem, best = contended()
    return problem, plan(
        problem,
        {("R", "Q2"): 1},
        {("R", "Q2"): Terms(importance=70)},
        NAMES,
        (0, 1, 70),
        best.certificate,
        1.0,
    )


def with_bounds(given: Plan, bounds: tuple[int | None, ...], last: int | None) -> Plan:
    goals = tuple(
        changed(goal, bound=most)
        for goal, most in zip(given.outcome.goals, bounds, strict=True)
    )
    return changed(given, outcome=changed(given.outcome, goals=goals, bound=last))


def test_after_an_early_stop_goals_have_bounds_up_to_the_first_that_differs() -> None:
    problem, given = early()
    right = with_bounds(given, (1, None, None), None)
    assert (
        verify(problem, right).violations == ()
        and check_certificate(problem, right).violations == ()
    )


@pytest.mark.parametrize(
    ("bounds", "last"),
    [
        ((1, 0, 30), 30),
        ((1, 0, None), None),
        ((1, None, None), 30),
        ((1, None, 30), None),
        ((None, None, None), None),
        ((2, None, None), None),
    ],
)
def test_any_other_bound_of_a_goal_is_refused(
    bounds: tuple[int | None, ...], last: int | None
) -> None:
    problem, given = early()
    assert {
        violation.rule
        for violation in verify(problem, with_bounds(given, bounds, last)).violations
    } == {"bound"}


def test_a_goal_at_its_bound_may_not_leave_it_out() -> None:
    problem, given = contended()
    missing = with_bounds(given, (None, 0, 30), 30)
    assert {violation.rule for violation in verify(problem, missing).violations} == {
        "bound"
    }


def test_the_summary_states_no_bound_of_a_goal_after_the_first_that_differs() -> None:
    lines = early()[1].summary().splitlines()
    assert [line.split("  bound ")[1] for line in lines[1:4]] == [
        "1",
        *[pinned.text("view.open_yet")] * 2,
    ]


def test_only_the_first_hundred_pairs_above_their_prices_are_listed() -> None:
    people = [m.Resource(id=f"R{number}", unit="U") for number in range(300)]
    problem = changed(contended()[0], resources=tuple(people))
    proof = certificate(
        NAMES,
        (2, 0, 0),
        {r.id: (0, 0, 0) for r in people},
        {"Q1": (0, 0, 0), "Q2": (0, 0, 0)},
    )
    given = plan(
        problem, {}, {}, NAMES, (0, 0, 0), changed(proof, bound=(1, 1, 0)), 1.0
    )
    found = check_certificate(problem, given).violations
    assert [violation.rule for violation in found] == ["certificate_feasible"] * 101
    assert "more than 100" in found[-1].fact


def test_a_plan_worth_more_than_its_stated_bound_is_refused() -> None:
    """(1, 0, 30) under a bound of (0, 9, 99): the first goal decides."""
    problem, given = contended()
    low = (0, 9, 99)
    goals = tuple(
        changed(goal, bound=most)
        for goal, most in zip(given.outcome.goals, (0, None, None), strict=True)
    )
    said = changed(
        given.outcome, goals=goals, bound=None, status="feasible", stopped="gap"
    )
    found = verify(
        problem,
        changed(given, outcome=said, certificate=changed(given.certificate, bound=low)),
    ).violations
    assert [violation.rule for violation in found] == ["bound", "certificate_bound"]
    assert found[0].fact == pinned.text(
        "violation.beyond_bound", reached="(1, 0, 30)", bound="(0, 9, 99)"
    )
