"""Small inputs that ask for much: answered at once, or refused before anything is built."""

from __future__ import annotations

import pytest
from own_process import answers_of

MUCH = {
    "capacities of a billion": (
        "match(G.from_arrays([0], [0], [1], left_capacity=MANY, right_capacity=MANY, "
        "edge_capacity=[MANY])).value"
    ),
    "capacities of 2**53 in a matrix": "match(G.from_matrix([[5, 1], [2, 7]], left_capacity=2**53, right_capacity=2**53)).value",
    "minimums of a billion that nobody can meet": "match(G.from_matrix([[5]], right_capacity=MANY, right_minimum=MANY)).right_shortfall",
    "node 200,000,000": "G.from_arrays([0, 2 * 10**8], [0, 0])",
    "node 2**62": "G.from_arrays([2**62], [0])",
    "capacities for 10**9 nodes that take no memory": "G.from_arrays([0], [0], left_capacity=np.broadcast_to(np.int8(1), 10**9))",
    "a sparse matrix of 10**9 rows": "G.from_matrix(__import__('scipy.sparse').sparse.coo_array((10**9, 3)))",
    "a matrix of 10**9 rows and no column": "G.from_matrix(np.zeros((10**9, 0), np.int8))",
    "a matrix of 10**12 cells that takes no memory": "G.from_matrix(np.broadcast_to(np.int64(1), (10**6, 10**6)))",
    "an integer of 4,000 digits": "G.from_arrays([0], [0], [10**4000])",
    "a precision of 10**-300": "G.from_arrays([0], [0], [1.5], precision=1e-300)",
    "a time limit without end": "match(G.from_matrix([[1]]), time_limit=float('inf'))",
    "an objective of a megabyte": "match(G.from_matrix([[1]]), 'x' * 10**6)",
    "ids of a megabyte, one unknown": "G.from_arrays(['x' * 10**6], ['y'], left_ids=['z'])",
    "lists within lists": "G.from_matrix(__import__('functools').reduce(lambda inner, _: [inner], range(70), 1))",
}


@pytest.fixture(scope="module")
def answers() -> dict[str, tuple[str, float]]:
    return answers_of(MUCH, memory=10**9, seconds=40)


@pytest.mark.parametrize("name", MUCH)
def test_it_is_answered_or_refused_within_a_gigabyte_and_two_seconds(
    name: str, answers: dict[str, tuple[str, float]]
) -> None:
    answer, took = answers[name]
    assert answer.startswith(("answer", "refused InputError", "refused BudgetError"))
    assert len(answer) < 1000
    assert took < 2


ANSWERS = {
    "capacities of a billion": "answer 1000000000",
    "capacities of 2**53 in a matrix": "answer 15",
    "minimums of a billion that nobody can meet": "answer [999999999]",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_to_large_capacities_is_right(
    name: str, answers: dict[str, tuple[str, float]]
) -> None:
    assert answers[name][0] == ANSWERS[name]
