"""match() and solve_network() against every flow there is, network simplex and HiGHS, on random small
instances.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pinned
import pytest
from every_flow import optimum
from graph_campaign import campaign, disagreements, flow_of, of_network
from graph_cases import AIMS, broken, graph_case, network_case, network_of
from oracle import best
from scipy.optimize import linear_sum_assignment

import matchkit as mk
from matchkit.deadline import Deadline
from matchkit.errors import EngineError
from matchkit.solvers.flow import loop, packed_goals, round_goals, rounds, stages
from matchkit.solvers.flow.solution import Limits
from matchkit.solvers.flow.subnetwork import empty
from matchkit.solvers.match import solve_network

EACH = 250
KINDS = {
    "caps",
    "tiers",
    "ties",
    "negative weights",
    "zero weights",
    "minimums on the left",
    "minimums on the right",
    "an empty side",
    "no pairs",
    "capacities above 1",
    "edge capacities",
    "minimise",
    "minimums of pairs",
}


@pytest.fixture
def starved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop starts with no pair at all and adds one a node in a round: everything must come from
    pricing.
    """
    monkeypatch.setattr(loop, "first_pairs", lambda *_: empty())
    monkeypatch.setattr(rounds, "ADDED", 1)


@pytest.mark.parametrize("first", range(0, 2000, EACH))
def test_random_instances_agree_with_every_flow_and_two_other_engines(
    first: int,
) -> None:
    tally = campaign(first, EACH)
    assert tally.disagreements == []
    assert tally.cases == EACH
    assert set(tally.seen) >= KINDS, "every kind of instance occurs"
    assert min(tally.seen[kind] for kind in KINDS) >= 10


def test_a_campaign_would_notice_a_wrong_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "graph_campaign.optimum",
        lambda case: tuple(value + 1 for value in optimum(case)),
    )
    told = disagreements(graph_case(1), 1)
    assert any("told" in what for what in told)
    assert any("network simplex" in what for what in told)
    assert any("HiGHS" in what for what in told)


def test_the_two_brute_forces_agree() -> None:
    compared = 0
    for seed in range(150):
        case = graph_case(seed)
        if case.minimise or case.objective not in AIMS or len(case.pairs) > 7:
            continue
        met, *rest = best(case.pairs, case.left, case.right, case.objective)
        assert optimum(case) == (
            (met, *rest) if "minimum" in case.names else tuple(rest)
        )
        compared += 1
    assert compared > 50


@pytest.mark.usefixtures("starved")
@pytest.mark.parametrize("first", [3_000, 3_500])
def test_pricing_alone_finds_every_pair_it_needs(first: int) -> None:
    rounds = 0
    for seed in range(first, first + 500):
        case = network_case(seed) if seed % 2 else graph_case(seed)
        network, goals = network_of(case)
        solution = solve_network(network, goals, "auto")
        rounds = max(rounds, solution.rounds)
        best_ = _as_solved(case, optimum(case))
        assert (solution.value, solution.bound) == (best_, best_), seed
        assert broken(case, flow_of(case, solution)) is None, seed
    assert rounds > 3


@pytest.mark.usefixtures("starved")
@pytest.mark.parametrize("several_words", [False, True])
def test_a_plan_that_stops_early_is_feasible_and_its_bound_true(
    several_words: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if several_words:
        monkeypatch.setattr(round_goals, "pack_goals", narrow_words)
        monkeypatch.setattr(round_goals, "narrow_goals", narrow_words)
    early = 0
    for seed in range(4_000, 4_600):
        case = network_case(seed) if seed % 2 else graph_case(seed)
        network, goals = network_of(case)
        solution = solve_network(
            network, goals, "auto", Limits(deadline=Deadline.within(0.0))
        )
        assert solution.bound is not None
        assert solution.value <= _as_solved(case, optimum(case)) <= solution.bound, seed
        assert broken(case, flow_of(case, solution)) is None, seed
        early += solution.stopped == "time_limit"
    assert early > 200


def narrow_words(network, goals):  # type: ignore[no-untyped-def]
    """As few goals a word as the weights leave room for: mostly one."""
    nodes = (
        len(network.left_capacity)
        + len(network.right_capacity)
        + network.left_tree.size
        + network.right_tree.size
        + 2
    )
    span = max(*(abs(weight) for weight in network.pairs.weight_range), 1)
    return packed_goals.pack_goals(network, goals, (span + 2) * nodes)


@pytest.mark.parametrize("digits", [None, 2, 16])
@pytest.mark.parametrize("guess", [False, True])
def test_goals_in_several_words_agree_with_all_in_one(
    guess: bool, digits: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prices in words that are as wide as paths can be, and in narrow ones whose digits are carried in many
    cases (2) or few (16).
    """
    monkeypatch.setattr(round_goals, "pack_goals", narrow_words)
    if digits is None:
        monkeypatch.setattr(round_goals, "narrow_goals", narrow_words)
    else:
        monkeypatch.setattr(packed_goals, "NARROW", digits)
    if not guess:
        monkeypatch.setattr(round_goals, "guessed_word", lambda *_, **__: None)
    most = 0
    for seed in range(5_000, 5_500):
        case = network_case(seed) if seed % 3 else graph_case(seed)
        assert of_network(case, optimum(case)) == [], seed
        most = max(most, len(narrow_words(*network_of(case))))
    assert most == 7, "a goal a word, up to three tiers with minimums and the weight"


def test_the_exact_words_agree_where_the_guess_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(round_goals, "guessed_word", lambda *_, **__: None)
    for seed in range(6_000, 6_400):
        case = network_case(seed)
        assert of_network(case, optimum(case)) == [], seed


def test_a_guess_that_is_wrong_is_found_out_by_the_prices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wrong(network, goals):  # type: ignore[no-untyped-def]
        return packed_goals.PackedGoals(
            0, len(goals.names), (1,) * len(goals.names), goals.weight
        )

    monkeypatch.setattr(loop, "guessed_word", wrong)
    for seed in range(6_400, 6_800):
        case = network_case(seed)
        assert of_network(case, optimum(case)) == [], seed


@pytest.mark.parametrize("several_words", [False, True])
def test_components_solved_apart_agree_with_the_whole(
    several_words: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[int] = []
    if several_words:  # then parts start from what the goals before have fixed, also where no pair is left to choose
        monkeypatch.setattr(round_goals, "pack_goals", narrow_words)
        monkeypatch.setattr(round_goals, "guessed_word", lambda *_, **__: None)
    monkeypatch.setattr(stages, "PAIRS_PER_BATCH", 1)
    real = stages._part
    monkeypatch.setattr(
        stages, "_part", lambda *arguments: parts.append(1) or real(*arguments)
    )
    for seed in range(5_200, 6_000):
        case = network_case(seed) if seed % 2 else graph_case(seed)
        assert of_network(case, optimum(case)) == [], seed
    assert len(parts) > (200 if several_words else 50)


@pytest.mark.parametrize("engine", ["lap", "brute"])
def test_exact_engines_asked_for_by_name_agree_or_say_they_cannot(engine: str) -> None:
    solved = 0
    for seed in range(8_000, 8_300):
        case = network_case(seed) if seed % 4 == 0 else graph_case(seed)
        told = of_network(case, optimum(case), engine)
        if told and (
            pinned.text("engine.lap_refused") in told[0] or "tries at most" in told[0]
        ):
            continue
        assert told == [], seed
        solved += 1
    assert solved > (80 if engine == "lap" else 250)


def test_greedy_keeps_every_limit_and_claims_no_proof() -> None:
    worse = 0
    for seed in range(9_000, 9_400):
        case = network_case(seed) if seed % 2 else graph_case(seed)
        network, goals = network_of(case)
        solution = solve_network(network, goals, "greedy")
        flow, top = flow_of(case, solution), _as_solved(case, optimum(case))
        assert broken(case, flow) is None, seed
        assert (
            solution.bound,
            solution.left_price,
            solution.optimal,
            solution.stopped,
        ) == (
            None,
            None,
            False,
            "no_proof",
        )
        assert solution.value <= top, seed
        worse += solution.value < top
    assert worse > 20, "else this greedy would be an exact engine"


@pytest.mark.parametrize("kind", ["near", "like-minded", "random", "ties"])
@pytest.mark.parametrize("seed", range(3))
def test_square_matrices_agree_with_scipys_assignment(kind: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = (40, 90, 150)[seed]
    a, b = rng.integers(0, 10**6, (2, count))
    weight = {
        "near": -abs(a[:, None] - b[None, :]),
        "like-minded": a[:, None] // 100
        + b[None, :]
        + rng.integers(0, 1000, (count, count)),
        "random": rng.integers(-(10**6), 10**6, (count, count)),
        "ties": rng.integers(0, 3, (count, count)),
    }[kind]
    for minimise in (False, True):
        rows, columns = linear_sum_assignment(weight, maximize=not minimise)
        found = mk.match(
            mk.BipartiteGraph.from_matrix(weight),
            "cardinality then weight",
            minimize=minimise,
        )
        assert (found.value, found.bound, len(found.pairs)) == (
            int(weight[rows, columns].sum()),
            found.value,
            count,
        )


@pytest.mark.usefixtures("starved")
def test_dense_matrices_need_many_rounds_and_still_agree() -> None:
    solve = partial(mk.match, objective="cardinality then weight")
    for seed in range(4):
        weight = np.random.default_rng(seed).integers(-100, 100, (30, 25))
        rows, columns = linear_sum_assignment(weight, maximize=True)
        found = solve(mk.BipartiteGraph.from_matrix(weight))
        assert (found.value, found.bound) == (int(weight[rows, columns].sum()),) * 2
        assert found.rounds > 5


def test_an_answer_whose_proof_fails_is_not_given_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "matchkit.solvers.match.check_solution", lambda *_: "a test said so"
    )
    with pytest.raises(EngineError, match="a test said so"):
        mk.match(mk.BipartiteGraph.from_matrix(np.eye(2, dtype=np.int64)))


def _as_solved(case, goals):  # type: ignore[no-untyped-def]
    """Goals as the network counts them: the least weight is the greatest of weights turned round."""
    return (*goals[:-1], -goals[-1] if case.minimise else goals[-1])
