"""Certificates of blocks: right ones pass, and whatever is changed in one so that it no longer proves its
bound is refused.
"""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

import pytest
from handmade import window
from ruled import ONLY, demand
from timed import (
    best_goals,
    certificate,
    changed,
    count,
    honest,
    proved_by,
    random_prices,
    random_work,
    seeded,
    shift_work,
    with_proof,
    work,
)

import matchkit.model as m
from matchkit.plan import BlockCertificate, BlockPrice, Plan
from matchkit.verification import best_block as bb
from matchkit.verification.checks import check_certificate, verify

DIGITS, UPPER_BOUNDS = (371, 1), (3, 370)
"""Of ``shift_work``: three slots, of 100, 150 and 120 points."""
SEEDS = range(60)


def rules_broken(problem: m.Problem, proof: BlockCertificate) -> set[str]:
    return {
        violation.rule
        for violation in check_certificate(
            problem, proved_by(problem, proof)
        ).violations
    }


def by_hand(
    bound: tuple[int, int], worth: int, price: int = -371, **more: Any
) -> BlockCertificate:
    """At -371 a slot earns nothing itself, and a block counts 371 a slot and its weights."""
    return certificate(
        shift_work(),
        bound,
        {"A": worth},
        price,
        **({"digits": DIGITS, "upper_bounds": UPPER_BOUNDS} | more),
    )


# 9 to 11 and 11 to 13 touch and fit: 2 slots, 150 + 120 points.
RIGHT = by_hand((2, 270), 2 * 371 + 270)


def test_the_best_two_of_three_shifts_are_proved_by_hand() -> None:
    assert rules_broken(shift_work(), RIGHT) == set()


def test_a_resource_may_be_priced_above_its_best_block() -> None:
    assert rules_broken(shift_work(), by_hand((2, 271), 2 * 371 + 271)) == set()


def test_prices_of_nothing_prove_what_each_goal_reaches_by_itself() -> None:
    """The slots then count 371 each, whoever serves them, and A's week 270."""
    assert rules_broken(shift_work(), by_hand((3, 270), 270, 0)) == set()


@pytest.mark.parametrize(
    ("rule", "bound", "worth"),
    [
        (m.Rest(minutes=60), (2, 220), 2 * 371 + 220),  # 8 to 10 and 11 to 13
        (m.Rest(minutes=61), (1, 150), 371 + 150),
        (m.Rest(minutes=61, resource="A"), (1, 150), 371 + 150),
        (m.Rest(minutes=61, kind="Person"), (1, 150), 371 + 150),
        (m.Rest(minutes=61, kind="venue"), (2, 270), 2 * 371 + 270),
        (m.Rest(minutes=61, soft=m.Soft(price=1)), (2, 270), 2 * 371 + 270),
        (m.HoursBudget(minutes=239), (1, 150), 371 + 150),
        (m.HoursBudget(minutes=240), (2, 270), 2 * 371 + 270),
        (m.HoursBudget(minutes=120, per="day"), (1, 150), 371 + 150),
        (m.HoursBudget(minutes=120, per="week", resource="A"), (1, 150), 371 + 150),
        (
            m.HoursBudget(minutes=120, per="days", days=2),
            (2, 270),
            2 * 371 + 270,
        ),  # left out
        (
            m.HoursBudget(minutes=120, per="day", zone="Etc/GMT+10"),
            (2, 270),
            2 * 371 + 270,
        ),  # midnight is at 10 in UTC: two days
        (m.HoursBudget(minutes=120, soft=m.Soft(price=1)), (2, 270), 2 * 371 + 270),
    ],
)
def test_a_block_keeps_the_rules_on_its_time_and_no_others(
    rule: m.Rule, bound: tuple[int, int], worth: int
) -> None:
    problem = shift_work(rule)
    proof = by_hand(bound, worth)
    assert rules_broken(problem, proof) == set()
    # A point less for A is less than its best block, so it is exactly that.
    lower = changed(
        proof,
        resources=(BlockPrice(id="A", price=worth - 1),),
        most=worth - 1,
        bound=(bound[0], bound[1] - 1),
    )
    assert rules_broken(problem, lower) == {"certificate_feasible"}


def test_a_stock_gives_more_units_at_one_time() -> None:
    """Three of one kind: one at 8, one at 9 and one at 11, at the price of a slot 371 each and their
    points.
    """
    van = m.Resource(id="A", unit="U1", kind="supplies", capacity=3)
    demands = [
        work(n, *hours, points, kind="supplies")
        for n, hours, points in (
            (1, (8, 10), 100),
            (2, (9, 11), 150),
            (3, (11, 13), 120),
        )
    ]
    problem = shift_work(demands=demands).model_copy(update={"resources": (van,)})
    assert rules_broken(problem, by_hand((3, 370), 3 * 371 + 370)) == set()
    assert rules_broken(problem, by_hand((3, 369), 3 * 371 + 369)) == {
        "certificate_feasible"
    }


def test_a_flexible_demand_takes_hours_but_no_time_of_its_own() -> None:
    free = demand(
        "D3", window(8, 11), weight=120, minutes=120, step=60, role={"wanted": 1}
    )
    problem = shift_work(demands=[work(1, 8, 10), work(2, 9, 11, 150), free])
    assert rules_broken(problem, RIGHT) == set()
    tight = m.HoursBudget(minutes=239)
    problem = shift_work(tight, demands=[work(1, 8, 10), work(2, 9, 11, 150), free])
    assert rules_broken(problem, by_hand((1, 150), 371 + 150)) == set()


def test_of_a_demand_with_several_times_the_longest_counts() -> None:
    twice = demand("D1", window(12, 13), window(8, 10), weight=100, role={"wanted": 1})
    problem = shift_work(demands=[twice, work(2, 9, 11, 150), work(3, 11, 13, 120)])
    assert rules_broken(problem, RIGHT) == set()
    assert rules_broken(problem, by_hand((2, 269), 2 * 371 + 269)) == {
        "certificate_feasible"
    }


TAMPERED: dict[str, tuple[dict[str, Any], set[str]]] = {
    "a bound below": ({"bound": (2, 269)}, {"certificate_bound"}),
    "a bound above": ({"bound": (3, 270)}, {"certificate_bound"}),
    "a resource cheaper": (
        {"resources": (BlockPrice(id="A", price=1011),)},
        {"certificate_bound", "certificate_feasible"},
    ),
    "a resource cheaper, and the bound with it": (
        {
            "resources": (BlockPrice(id="A", price=1011),),
            "most": 1011,
            "bound": (2, 269),
        },
        {"certificate_feasible"},
    ),
    "a resource below nothing": (
        {
            "resources": (BlockPrice(id="A", price=-1),),
            "most": -1,
            "bound": (-1, 370),
        },
        {"certificate_feasible"},
    ),
    "a count below": (
        {"most": 1011, "bound": (2, 269)},
        {"certificate_bound"},
    ),
    "a count below that the bound does not follow": (
        {"most": 1011},
        {"certificate_bound"},
    ),
    "no cut": ({"cuts": ()}, {"certificate_bound"}),
    "no cut, and the bound with it": (
        {"cuts": (), "bound": (3, 370)},
        set(),
    ),
    "a digit smaller": ({"digits": (370, 1)}, {"certificate_bound"}),
    "a digit larger": ({"digits": (372, 1)}, {"certificate_bound"}),
    "no digit of the weight": ({"digits": (371, 0)}, {"certificate_bound"}),
    "a scale": ({"scale": 2}, {"certificate_bound", "certificate_feasible"}),
    "a scale, and the bound with it": (
        {"scale": 2, "most": 1062, "bound": (2, 320)},
        {"certificate_feasible"},
    ),
    "an upper bound too low of slots": (
        {"upper_bounds": (1, 370), "bound": (1, 370)},
        {"certificate"},
    ),
    "an upper bound too low of weight": (
        {"upper_bounds": (3, 200), "bound": (2, 200)},
        {"certificate_feasible"},
    ),
    "a lower bound too high of slots": ({"lower_bounds": (1, 0)}, {"certificate"}),
    "a lower bound too high of weight": ({"lower_bounds": (0, 1)}, {"certificate"}),
    "a lower bound above its upper bound": ({"lower_bounds": (4, 0)}, {"certificate"}),
    "a lower bound below, but the same bound": (
        {"lower_bounds": (0, -371), "bound": (2, 270)},
        {"certificate_bound"},
    ),
    "another goal": ({"goals": ("tier 1", "tier 2")}, {"certificate"}),
    "goals in another order": ({"goals": ("weight", "tier 1")}, {"certificate"}),
    "a goal less": ({"goals": ("weight",)}, {"certificate"}),
    **{
        f"{what} of another length": ({what: (1, 1, 1)}, {"certificate"})
        for what in ("bound", "digits", "lower_bounds", "upper_bounds")
    },
    "no resource": ({"resources": ()}, {"certificate"}),
    "a resource twice": ({"resources": RIGHT.cuts[0].resources * 2}, {"certificate"}),
    "a resource unknown": (
        {"resources": (*RIGHT.cuts[0].resources, BlockPrice(id="Z", price=0))},
        {"certificate"},
    ),
    "a requirement less": (
        {"requirements": RIGHT.cuts[0].requirements[1:]},
        {"certificate"},
    ),
    "a requirement twice": (
        {"requirements": (*RIGHT.cuts[0].requirements, RIGHT.cuts[0].requirements[0])},
        {"certificate"},
    ),
    "a requirement unknown": (
        {"requirements": (*RIGHT.cuts[0].requirements, BlockPrice(id="Z", price=0))},
        {"certificate"},
    ),
}


@pytest.mark.parametrize("way", TAMPERED)
def test_a_tampered_certificate_is_refused(way: str) -> None:
    fields, refused = TAMPERED[way]
    assert rules_broken(shift_work(), changed(RIGHT, **fields)) == refused


@pytest.mark.parametrize(
    "way",
    [
        way
        for way, (_, refused) in TAMPERED.items()
        if "certificate_feasible" not in refused
    ],
)
def test_verify_sees_without_looking_at_pairs_what_prices_do_not_give(way: str) -> None:
    fields, refused = TAMPERED[way]
    report = verify(shift_work(), proved_by(shift_work(), changed(RIGHT, **fields)))
    assert refused <= {violation.rule for violation in report.violations}


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("by", [-400, -50, -1, 1, 50, 400])
def test_another_price_of_one_slot_is_refused_with_the_bound_it_gives_if_that_is_too_low(
    place: int, by: int
) -> None:
    """A cheaper slot makes blocks dearer than their price, a dearer one earns itself what the block no longer
    does.
    """
    requirements = list(RIGHT.cuts[0].requirements)
    requirements[place] = BlockPrice(id=requirements[place].id, price=-371 + by)
    other = changed(RIGHT, requirements=tuple(requirements))
    for bound in [(2, 269), (2, 250), (1, 370), (1, 0)]:
        assert (
            rules_broken(
                shift_work(),
                changed(other, most=count(shift_work(), other), bound=bound),
            )
            != set()
        )


def test_a_plan_at_its_bound_may_be_called_optimal() -> None:
    plan = with_proof(
        shift_work(),
        {("A", "Q2"): 1, ("A", "Q3"): 1},
        RIGHT,
        (2, 270),
        status="optimal",
        stopped="proved",
        gap=0.0,
    )
    assert verify(shift_work(), plan).violations == ()
    assert check_certificate(shift_work(), plan).ok


@pytest.mark.parametrize(
    ("stated", "said", "refused"),
    [
        ((2, 270), {"gap": 50 / 270}, set()),
        ((2, 271), {"gap": 51 / 271}, {"bound", "gap"}),
        (
            (2, 220),
            {"gap": 0.0, "status": "optimal", "stopped": "proved"},
            {"bound", "gap", "status"},
        ),
        ((2, 270), {"gap": 50 / 270, "proof": "search"}, {"proof"}),
        ((2, 270), {"gap": 50 / 270, "proof": None}, {"proof"}),
    ],
)
def test_the_outcome_follows_from_the_certificate(
    stated: tuple[int, int], said: dict[str, Any], refused: set[str]
) -> None:
    plan = with_proof(
        shift_work(), {("A", "Q1"): 1, ("A", "Q3"): 1}, RIGHT, stated, **said
    )
    assert {
        violation.rule for violation in verify(shift_work(), plan).violations
    } == refused


def test_after_a_goal_with_a_tolerance_bounds_hold_for_plans_that_use_it() -> None:
    """With one slot to spare of 2, a plan of one slot keeps within it, and its weight may be all the 370
    there are.
    """
    aims = (
        m.Aim(name="tier 1", parts=(m.Part(measure="filled"),), tolerance=1),
        m.Aim(name="weight", parts=(m.Part(measure="weight"),)),
    )
    problem = shift_work(objective=ONLY.model_copy(update={"aims": aims}))
    assert rules_broken(problem, RIGHT) == {"certificate_bound"}
    assert rules_broken(problem, changed(RIGHT, bound=(2, 370))) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_no_prices_prove_a_bound_below_the_best_plan(seed: int) -> None:
    problem, rng = random_work(seed), seeded(seed)
    best = best_goals(problem)
    for _ in range(5):
        scale = rng.choice((1, 1, 8))
        proof = honest(problem, random_prices(problem, rng, scale), scale)
        assert proof.bound >= best
        assert rules_broken(problem, proof) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_no_price_of_a_resource_below_its_best_block_passes(seed: int) -> None:
    problem, rng = random_work(seed), seeded(seed)
    proof = honest(problem, random_prices(problem, rng, 1), 1)
    for place, entry in enumerate(proof.cuts[0].resources):
        lower = list(proof.cuts[0].resources)
        lower[place] = BlockPrice(id=entry.id, price=entry.price - 1)
        assert "certificate_feasible" in rules_broken(
            problem, changed(proof, resources=tuple(lower))
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cheaper_slot_never_lets_a_bound_below_the_best_plan_pass(seed: int) -> None:
    """Whatever bound is stated below the best plan, and whichever slot's price is changed, something is
    refused.
    """
    problem, rng = random_work(seed), seeded(seed)
    best = best_goals(problem)
    proof = honest(problem, random_prices(problem, rng, 1), 1)
    for place, entry in enumerate(proof.cuts[0].requirements):
        cheaper = list(proof.cuts[0].requirements)
        cheaper[place] = BlockPrice(
            id=entry.id, price=entry.price - rng.randint(1, 3_000)
        )
        other = changed(proof, requirements=tuple(cheaper))
        for below in [
            (*best[:-1], best[-1] - 1),
            (best[0], best[1] - 1, best[2]),
            (best[0] - 1, *best[1:]),
        ]:
            assert (
                rules_broken(
                    problem,
                    changed(other, most=count(problem, other), bound=below),
                )
                != set()
            )


def _by_enumeration(pieces: list[bb.Piece], count: int, budget: int | None) -> int:
    best = 0
    for size in range(min(count, len(pieces)) + 1):
        for some in combinations(pieces, size):
            steps = [step for piece in some for step in _steps(piece)]
            apart = len(set(steps)) == len(steps)
            if apart and (budget is None or sum(piece.use for piece in some) <= budget):
                best = max(best, sum(piece.profit for piece in some))
    return best


def _steps(piece: bb.Piece) -> set[int]:
    """The steps of time that a piece takes."""
    spans = [(piece.begin, piece.end), *piece.again]
    return {step for begin, end in spans for step in range(begin, end)}


def _pieces(rng: Random, many: int, most: int) -> list[bb.Piece]:
    """Pieces that overlap, some without time, some with one or two further times."""
    found = []
    for _ in range(many):
        begin = rng.randint(0, 12)
        end = begin + rng.choice((0, 1, 2, 3, 4))
        further = rng.choice((0, 0, 1, 2)) if begin < end else 0
        starts = [rng.randint(0, 16) for _ in range(further)]
        again = tuple((start, start + rng.randint(1, 3)) for start in starts)
        found.append(
            bb.Piece(
                rng.randint(-most // 3, most),
                begin,
                end,
                rng.choice((0, 1, 2, 3, 7)),
                again,
            )
        )
    return found


@pytest.mark.parametrize("seed", range(300))
def test_the_best_block_is_that_of_all_sets(seed: int) -> None:
    rng = seeded(seed)
    most = rng.choice((10, 10**15))
    pieces = _pieces(rng, rng.randint(0, 8), most)
    count, budget = rng.randint(0, 5), rng.choice((None, rng.randint(0, 15)))
    best = _by_enumeration(pieces, count, budget)
    assert bb.best_block(pieces, count, budget) == best
    for enough in (best - 1, best, best + 1, 10 * most):
        assert bb.best_block(pieces, count, budget, enough) == max(0, best, enough)


@pytest.mark.parametrize("seed", range(100))
def test_a_best_block_that_takes_too_long_is_bounded_from_above(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = seeded(seed)
    pieces = [
        bb.Piece(
            rng.randint(1, 100), begin, begin + rng.randint(1, 3), rng.randint(1, 9)
        )
        for begin in range(10)
    ]
    best = _by_enumeration(pieces, 3, 12)
    monkeypatch.setattr(bb, "MOST_STATES", 0)
    assert bb.best_block(pieces, 3, 12) >= best


def test_a_best_block_of_too_many_parts_is_bounded_from_above(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bb, "MOST_PARTS", 0)
    more = 0
    for seed in range(100):
        pieces = _pieces(seeded(seed), 8, 100)
        best, found = _by_enumeration(pieces, 4, None), bb.best_block(pieces, 4, None)
        assert found >= best
        more += found > best
    assert more


def test_a_certificate_comes_back_from_json_as_it_was() -> None:
    plan = proved_by(shift_work(), RIGHT)
    assert Plan.from_json(plan.to_json()) == plan


@pytest.mark.parametrize(("people", "listed", "cut"), [(100, 100, 0), (101, 100, 1)])
def test_a_hundred_resources_priced_too_low_are_listed_and_no_more(
    people: int, listed: int, cut: int
) -> None:
    names = tuple(f"R{number:03}" for number in range(people))
    problem = shift_work(people=names)
    proof = certificate(
        problem,
        (3, 370),
        dict.fromkeys(names, 0),
        -371,
        digits=DIGITS,
        upper_bounds=UPPER_BOUNDS,
    )
    facts = [
        violation.message.key
        for violation in check_certificate(
            problem, proved_by(problem, proof)
        ).violations
    ]
    assert (facts.count("block_worth"), facts.count("more_blocks")) == (listed, cut)
