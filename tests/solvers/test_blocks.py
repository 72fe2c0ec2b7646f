"""The block engine against brute force: its plan is a plan, its bound is true and is what its prices say."""

import dataclasses
import itertools
from collections import Counter

import numpy as np
import pytest
from block_cases import (
    best_plan,
    bound_by_hand,
    feasible_sets,
    plan_worth,
    random_blocks,
)

from matchkit.deadline import Deadline
from matchkit.errors import BudgetError, StoppedError
from matchkit.solvers.lagrangian import search
from matchkit.solvers.lagrangian.best import BestBlocks, losses
from matchkit.solvers.lagrangian.blocks import STATES, BlockProblem, block_limits
from matchkit.solvers.lagrangian.descent import slot_part
from matchkit.solvers.lagrangian.neighbours import placed_anew
from matchkit.solvers.lagrangian.plans import (
    DiveOptions,
    dive,
    filled,
    fits,
    within_room,
    worth,
)
from matchkit.solvers.lagrangian.price_blocks import price_blocks, scaled
from matchkit.solvers.lagrangian.search import Search, fine_states

SEEDS = range(40)


def block_bound(blocks: BlockProblem, price: np.ndarray, scale: int = 1) -> int:
    """The bound of these prices by the best blocks that the engine finds."""
    large = scaled(blocks, scale)
    total, _ = BestBlocks(large, block_limits(large, fine_states(blocks))).at(price)
    return (total + slot_part(large, price)) // scale


@pytest.mark.parametrize("seed", SEEDS)
def test_plan_is_feasible_and_worth_what_is_said_and_optimum_lies_between_value_and_bound(
    seed,
):
    blocks = random_blocks(seed)
    answer = price_blocks(blocks)
    assert plan_worth(blocks, answer.chosen) == answer.value
    assert answer.value <= best_plan(blocks) <= answer.bound


@pytest.mark.parametrize("seed", SEEDS)
def test_tiny_instances_are_solved_to_the_optimum(seed):
    blocks = random_blocks(seed)
    assert price_blocks(blocks).value == best_plan(blocks)


@pytest.mark.parametrize("seed", SEEDS)
def test_where_many_want_the_same_optimum_lies_between_value_and_bound(seed):
    blocks = random_blocks(seed, lefts=9, rights=5, density=0.8)
    answer = price_blocks(blocks)
    assert (
        plan_worth(blocks, answer.chosen)
        == answer.value
        == best_plan(blocks)
        <= answer.bound
    )
    assert answer.bound == bound_by_hand(blocks, answer.price, answer.scale)


@pytest.mark.parametrize("seed", SEEDS)
def test_stated_bound_is_that_of_the_stated_prices(seed):
    blocks = random_blocks(seed)
    answer = price_blocks(blocks)
    assert (
        answer.bound
        == bound_by_hand(blocks, answer.price, answer.scale)
        == block_bound(blocks, answer.price, answer.scale)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_bound_of_any_prices_equals_the_sum_over_all_sets(seed):
    blocks = random_blocks(seed, lefts=3, rights=8)
    price = np.random.default_rng(seed).integers(-60, 40, blocks.right_count)
    assert block_bound(blocks, price) == bound_by_hand(blocks, price)


@pytest.mark.parametrize("seed", SEEDS)
def test_budgets_too_large_for_a_table_leave_a_true_bound_and_a_feasible_plan(seed):
    blocks = random_blocks(seed, grain=100_003)
    assert block_limits(blocks).budget.max() < STATES
    answer = price_blocks(blocks)
    assert (
        plan_worth(blocks, answer.chosen)
        == answer.value
        <= best_plan(blocks)
        <= answer.bound
    )
    assert answer.bound >= bound_by_hand(blocks, answer.price, answer.scale)


@pytest.mark.parametrize("rounding", ["down", "up"])
@pytest.mark.parametrize("states", [6, 40, STATES])
def test_steps_of_a_table_ask_what_budget_and_count_ask_or_are_called_inexact(
    states, rounding
):
    kinds = Counter()
    for seed in SEEDS:
        blocks = random_blocks(seed, rights=8, grain=(1, 3)[seed % 2])
        limits = block_limits(blocks, states, rounding)
        for node in range(blocks.left_count):
            pairs = np.flatnonzero(blocks.left == node)
            exact = bool(limits.exact[node])
            kinds[exact] += 1
            for size in range(len(pairs) + 1):
                for some in itertools.combinations(pairs.tolist(), size):
                    chosen = list(some)
                    spent = blocks.uses[blocks.right[chosen]].sum()
                    pays = blocks.budget[node] < 0 or spent <= blocks.budget[node]
                    true = pays and size <= blocks.count[node]
                    steps = (
                        limits.possible[chosen].all()
                        and limits.use[chosen].sum() <= limits.budget[node]
                        and limits.unit[chosen].sum() <= limits.counted[node]
                    )
                    if exact:
                        assert steps == true
                    elif rounding == "down":
                        assert steps or not true
                    else:
                        assert pays or not steps
    assert kinds[True] > 20
    assert (kinds[False] > 20) == (states < STATES)


@pytest.mark.parametrize("seed", SEEDS)
def test_loss_of_a_pair_is_what_its_left_node_gives_up_for_it(seed):
    blocks = random_blocks(seed, lefts=3, rights=7)
    blocks = dataclasses.replace(
        blocks,
        end=np.maximum(blocks.end, blocks.begin[blocks.right] + 1).astype(np.int32),
    )  # all with times
    price = np.random.default_rng(seed).integers(-20, 20, blocks.right_count)
    lost, possible = (
        losses(blocks, block_limits(blocks), price),
        block_limits(blocks).possible,
    )
    for node in range(blocks.left_count):
        worth = {
            chosen: sum(int(blocks.weight[p] - price[blocks.right[p]]) for p in chosen)
            for chosen in feasible_sets(blocks, node)
        }
        for pair in np.flatnonzero(possible & (blocks.left == node)).tolist():
            assert lost[pair] == max(worth.values()) - max(
                value for chosen, value in worth.items() if pair in chosen
            )


def week(people: int, slots: int, seed: int) -> BlockProblem:
    """People with eight steps of work each, slots of one to three steps, about as much wanted as there is."""
    rng = np.random.default_rng(seed)
    left, right = np.nonzero(rng.random((people, slots)) < 0.3)
    begin, last = rng.integers(0, 40, slots), rng.integers(1, 4, slots)
    none = np.zeros(slots, np.int64)
    return BlockProblem(
        left=left.astype(np.int32),
        right=right.astype(np.int32),
        weight=rng.integers(500, 1000, len(left)),
        left_count=people,
        right_count=slots,
        count=np.full(people, 6),
        budget=np.full(people, 8 * 30),
        uses=last * 30,
        begin=begin.astype(np.int32),
        end=(begin + last)[right].astype(np.int32),
        right_capacity=np.full(slots, max(1, people * 4 // slots)),
        right_minimum=none,
        minimum_gain=none,
        rest_gain=none,
    )


def test_where_nobody_competes_the_gap_is_zero():
    blocks = dataclasses.replace(week(30, 10, 1), right_capacity=np.full(10, 30))
    answer = price_blocks(blocks)
    assert answer.bound == answer.value


def test_assignment_without_times_and_budgets_is_solved_with_gap_zero():
    """One pair a left node: prices of an assignment problem are exact (its relaxation is integral)."""
    blocks = week(12, 6, 2)
    still = np.zeros(6, np.int32)
    blocks = dataclasses.replace(
        blocks,
        count=np.ones(12, np.int64),
        budget=np.full(12, -1),
        begin=still,
        end=np.zeros(blocks.pairs, np.int32),
        right_capacity=np.full(6, 1),
        weight=blocks.weight * 64,
    )
    answer = price_blocks(blocks)
    assert answer.value == best_plan(blocks)
    assert (
        answer.bound - answer.value <= 64
    )  # less than one unit of the weights before they were scaled


def test_gap_of_a_hundred_people_is_below_two_percent():
    answer = price_blocks(week(100, 80, 3), gap=0.02)
    assert answer.value <= answer.bound <= 1.02 * answer.value


def test_same_blocks_same_answer():
    one, other = (price_blocks(week(60, 40, 4), gap=0.01) for _ in range(2))
    assert (one.price == other.price).all()
    assert (one.chosen == other.chosen).all()


def test_stop_from_the_start_still_gives_a_true_bound_and_a_plan():
    blocks = random_blocks(5)
    answer = price_blocks(blocks, deadline=Deadline(stop=lambda: True))
    assert answer.bound == bound_by_hand(blocks, answer.price, answer.scale)
    assert plan_worth(blocks, answer.chosen) == answer.value


def test_no_time_at_all_still_gives_a_true_bound_and_a_plan():
    blocks = week(60, 40, 6)
    answer = price_blocks(blocks, deadline=Deadline.within(0.0))
    assert (
        0
        < answer.value
        <= answer.bound
        == block_bound(blocks, answer.price, answer.scale)
    )


def test_each_plan_heard_of_is_better_than_the_one_before():
    heard = []
    answer = price_blocks(
        week(60, 40, 7), gap=0.005, found=lambda *plan: heard.append(plan[1])
    )
    assert heard == sorted(set(heard))
    assert heard[-1] == answer.value


def test_progress_ends_with_the_answer():
    words = []
    answer = price_blocks(week(60, 40, 8), gap=0.005, progress=words.append)
    assert (words[-1].bound, words[-1].value) == (answer.bound, answer.value)


def test_no_pairs_at_all():
    none = np.zeros(0, np.int64)
    blocks = random_blocks(1)
    blocks = dataclasses.replace(
        blocks, left=none.astype(np.int32), right=none.astype(np.int32), weight=none
    )
    answer = price_blocks(blocks)
    assert (answer.value, answer.bound, len(answer.chosen)) == (0, 0, 0)


@pytest.mark.parametrize(("lefts", "rights"), [(0, 3), (3, 0), (0, 0)])
def test_no_nodes_on_a_side(lefts, rights):
    answer = price_blocks(random_blocks(1, lefts=lefts, rights=rights))
    assert (answer.value, answer.bound) == (0, 0)


def test_large_gains_and_weights_stay_exact():
    """Values beyond 32 bits: a table of 64 bits is used."""
    blocks = random_blocks(11)
    blocks = dataclasses.replace(
        blocks,
        weight=blocks.weight * 10**12,
        minimum_gain=blocks.minimum_gain * 10**12,
        rest_gain=blocks.rest_gain * 10**12,
    )
    price = np.random.default_rng(3).integers(-60, 40, blocks.right_count) * 10**12 + 1
    assert block_bound(blocks, price) == bound_by_hand(blocks, price)


def test_weights_too_large_for_exact_sums_are_refused():
    blocks = random_blocks(11)
    with pytest.raises(
        BudgetError, match="A pair may earn .* Give smaller weights or gains"
    ):
        price_blocks(dataclasses.replace(blocks, weight=blocks.weight * 10**17))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_set_of_pairs_is_called_a_plan_exactly_where_it_is_one(seed):
    blocks = random_blocks(seed, lefts=3, rights=5)
    rng = np.random.default_rng(seed)
    for size in range(6):
        chosen = np.sort(rng.permutation(blocks.pairs)[:size])
        load = np.bincount(blocks.right[chosen], minlength=blocks.right_count)
        whole = (load <= blocks.right_capacity).all()
        for node in range(blocks.left_count):
            whole = whole and tuple(
                chosen[blocks.left[chosen] == node].tolist()
            ) in set(feasible_sets(blocks, node))
        assert fits(blocks, chosen) == whole


@pytest.mark.parametrize("seed", SEEDS)
def test_filling_an_empty_plan_leaves_no_pair_that_could_be_added_and_gains(seed):
    blocks = random_blocks(seed)
    plan = filled(blocks, np.zeros(0, np.int64))
    assert plan_worth(blocks, plan) == worth(blocks, plan)
    for pair in set(range(blocks.pairs)) - set(plan.tolist()):
        more = np.sort(np.append(plan, pair))
        assert not fits(blocks, more) or worth(blocks, more) <= worth(blocks, plan)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_general_engine_places_everybody_as_well_as_can_be(seed):
    blocks = random_blocks(seed, lefts=5, rights=5)
    empty = np.zeros(0, np.int64)
    everyone = np.ones(blocks.left_count, bool)
    plan = placed_anew(
        blocks, empty, np.arange(blocks.pairs), everyone, Deadline.within(60), 10
    )
    assert plan_worth(blocks, plan) == best_plan(blocks)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_dive_settles_the_free_only_and_ends_with_a_plan(seed):
    blocks = random_blocks(seed, lefts=8, rights=5)
    kept = filled(blocks, np.zeros(0, np.int64))
    free = np.arange(blocks.left_count) < 4
    stay = kept[~free[blocks.left[kept]]]
    safe = block_limits(blocks, STATES, "up")
    price = np.zeros(blocks.right_count, np.int64)
    plan = dive(
        blocks,
        safe,
        price,
        keep=safe.possible,
        options=DiveOptions(0.3, 8),
        stop=lambda: False,
        kept=stay,
        free=free,
    )
    assert plan_worth(blocks, plan) == worth(blocks, plan)
    assert set(stay.tolist()) <= set(plan.tolist())


def test_dives_make_better_plans_than_filling_one_pair_after_another():
    gains = []
    for seed in range(5):
        blocks = week(30, 12, seed)
        safe = block_limits(blocks, STATES, "up")
        plan = dive(
            blocks,
            safe,
            np.zeros(blocks.right_count, np.int64),
            keep=safe.possible,
            options=DiveOptions(0.2, 10),
            stop=lambda: False,
        )
        gains.append(
            worth(blocks, plan) - worth(blocks, filled(blocks, np.zeros(0, np.int64)))
        )
    assert min(gains) > 0


def test_a_bound_that_is_proved_stands_where_time_runs_out_for_the_next_step() -> None:
    blocks, proved = random_blocks(3), []

    def look(_: float) -> None:
        if proved:
            raise StoppedError("time is over")

    answer = price_blocks(blocks, progress=proved.append, look=look)
    assert proved[0].stage == "prices"
    assert (
        best_plan(blocks)
        <= answer.bound
        == bound_by_hand(blocks, answer.price, answer.scale)
    )
    assert plan_worth(blocks, answer.chosen) == answer.value
    proved.append(None)
    with pytest.raises(StoppedError):
        price_blocks(blocks, look=look)


def test_of_more_pairs_than_a_right_node_has_room_for_the_heaviest_stay():
    blocks = dataclasses.replace(
        random_blocks(0, lefts=3, rights=1, density=1.0), weight=np.array([5, 9, 7])
    )
    kept = within_room(blocks, np.arange(3), np.array([2]))
    assert sorted(kept.tolist()) == [1, 2]


def test_small_blocks_are_solved_by_the_engine_where_dives_miss_the_best(monkeypatch):
    """Without it some of these are not."""
    monkeypatch.setattr(Search, "_dive", lambda *_: None)
    for seed in SEEDS:
        blocks = random_blocks(seed, lefts=6, rights=8)
        assert price_blocks(blocks).value == best_plan(blocks), seed


def test_a_search_without_a_limit_gives_up_when_nothing_has_helped_for_long(
    monkeypatch,
):
    """Told that nothing is ever enough, it ends so many neighbourhoods after the last that helped."""
    monkeypatch.setattr(search, "PEOPLE", 2)
    monkeypatch.setattr(search, "GIVE_UP", 7)
    monkeypatch.setattr(Search, "_enough", lambda _: False)
    for seed in range(5):
        told = []
        stop = Deadline(stop=lambda told=told: len(told) > 300)
        price_blocks(
            random_blocks(seed, lefts=8, rights=5), progress=told.append, deadline=stop
        )
        first = [word.stage for word in told].index("neighbourhood")
        values = [word.value for word in told[first - 1 :]]
        helped = max(
            (k for k in range(1, len(values)) if values[k] > values[k - 1]), default=0
        )
        assert len(values) == 1 + helped + 7, seed
