"""The traps of OR-Tools' graph solvers and of networkx, each in a process of its own: see README.md for the
rows.

Where the raw stack died, hung or answered wrongly, matchkit gives the right answer or an error of
matchkit.errors.
"""

from __future__ import annotations

import pinned
import pytest
from own_process import answers_of, output_of

RIGHT = {
    # row: (what to do, what is right by hand)
    "1 supplies that do not balance": (
        """
m = match(G.from_arrays([0], [0], [7], left_capacity=3, right_capacity=2, edge_capacity=[9]))
print(m.value, m.flow)
""",
        "14 [2]",
    ),
    "2 what cannot be met": (
        """
m = match(G.from_matrix([[1]], right_minimum=[1], left_minimum=[1]))
n = match(G.from_arrays([0, 0], [0, 1], [1, 2], right_minimum=[1, 1]))
print(m.right_shortfall, n.right_shortfall, n.value, n.status)
""",
        "[0] [1 0] 2 optimal",
    ),
    "8 a person with no pair, by linear assignment": (
        """
m = match(G.from_arrays([0, 2], [0, 0], [5, 6], left_capacity=[1, 1, 1]), engine='lap')
print(m.value, m.pairs.left)
""",
        "6 [2]",
    ),
    "9 numbers beyond the last": (
        """
m = match(G.from_matrix([[1]]))
for read in (lambda: m.pairs.left[10**6], lambda: m.left_price[-2], lambda: m.right_shortfall[10**8]):
    try:
        read()
        print('read')
    except IndexError:
        print('no such', end=' ')
""",
        "no such no such no such",
    ),
    "12 a weight near the greatest": (
        """
m = match(G.from_matrix(np.full((100, 100), 2**51)))
print(m.value == 100 * 2**51, m.bound == m.value)
""",
        "True True",
    ),
    "13 weight times units beyond 64 bits": (
        """
m = match(G.from_arrays([0], [0], [2**50], left_capacity=2**20, right_capacity=2**20, edge_capacity=[2**20]))
print(m.value, m.bound)
""",
        "1180591620717411303424 1180591620717411303424",
    ),
    "16 floats by a declared precision": (
        "print(match(G.from_matrix([[0.9, 1.9]], precision=0.1)).value)",
        "1.9",
    ),
    "22 greatest capacities": (
        """
m = match(G.from_arrays([0, 1], [0, 0], [1, 2], left_capacity=2**53, right_capacity=2**53, edge_capacity=[2**53] * 2))
print(m.flow.tolist())
""",
        "[0, 9007199254740992]",
    ),
    "25 one name on both sides": (
        "print(match(G.from_arrays(['a'], ['a'], [4])).value)",
        "4",
    ),
    "25 negative weights": (
        "print(match(G.from_matrix([[-44, -1], [-1, -44]]), 'cardinality then weight').value)",
        "-2",
    ),
    "26 a person takes one seat of a demand, not two": (
        """
m = match(G.from_matrix([[5, 3]], left_capacity=2, right_capacity=2))
print(m.value, m.pairs.right, m.pairs.quantity)
""",
        "8 [0 1] [1 1]",
    ),
    "66 float weights in a networkx graph": (
        """
import networkx as nx
rng = np.random.default_rng(0)
g = nx.complete_bipartite_graph(5, 5)
for edge in g.edges:
    g.edges[edge]['weight'] = rng.random()
m = match(G.from_networkx(g, range(5), precision=1e-9), 'cardinality then weight')
print(m.status, m.goals[0])
""",
        "optimal MatchedGoal(name='cardinality', value=5, bound=5)",
    ),
    "67 a chain of 5,000": (
        """
import networkx as nx
g = nx.path_graph(5000)
print(match(G.from_networkx(g, range(0, 5000, 2)), 'cardinality').value)
""",
        "2500",
    ),
    "68 a dense square of 400": (
        """
w = np.random.default_rng(0).integers(0, 1000, (400, 400))
m = match(G.from_matrix(w))
print(m.value == m.bound, len(m.pairs))
""",
        "True 400",
    ),
    "69 person 7 and demand 7": (
        "print(len(G.from_arrays(['7'], ['7'], [1]).to_networkx()))",
        "2",
    ),
    "72 a graph in two pieces": (
        """
import networkx as nx
g = nx.Graph([('a', 'x'), ('b', 'y')])
print(match(G.from_networkx(g, ['a', 'b']), 'cardinality').value)
""",
        "2",
    ),
    "74 nothing is solved on networkx": (
        """
match(G.from_matrix([[1]]))
print('networkx' in sys.modules)
""",
        "False",
    ),
    "113 a head count of a billion": (
        """
m = match(G.from_arrays([0], [0], [1], left_capacity=10**9, right_capacity=10**9, edge_capacity=[10**9]))
print(m.value)
""",
        "1000000000",
    ),
}


@pytest.mark.parametrize("row", RIGHT)
def test_the_answer_is_right(row: str) -> None:
    lines, right = RIGHT[row]
    assert output_of(lines).strip() == right


NX = "__import__('networkx').Graph"
REFUSED = {
    "4 a negative capacity": (
        "G.from_arrays([0], [0], left_capacity=-3)",
        "InputError",
        "left_capacity: is -3",
    ),
    "5 a negative node": (
        "G.from_arrays([-1], [0])",
        "InputError",
        f"left: {pinned.text('graph.node_number', number=-1)}",
    ),
    "6 a capacity for a node that is not there": (
        "G.from_arrays(['a'], ['x'], left_capacity=[1, 3])",
        "InputError",
        "left_capacity: has shape (2,)",
    ),
    "7 a negative right node": (
        "match(G.from_arrays([0], [-1]), engine='lap')",
        "InputError",
        f"right: {pinned.text('graph.node_number', number=-1)}",
    ),
    "10 node 200,000,000": (
        "G.from_arrays([0], [2 * 10**8])",
        "InputError",
        pinned.text("graph.node_number.do", most=9_999_999),
    ),
    "11 weight 2^62": (
        "G.from_matrix([[2**62]])",
        "InputError",
        pinned.text("graph.weight_large.do", most=4_503_599_627_370_496),
    ),
    "12 a weight too great for so many nodes": (
        "match(G.from_arrays(np.arange(9000), np.arange(9000), np.full(9000, 2**51)))",
        "BudgetError",
        "at most 64,",
    ),
    "14 a weight too great for linear assignment": (
        "match(G.from_matrix(np.full((300, 300), 2**45)), engine='lap')",
        "EngineError",
        "weights that it can add up",
    ),
    "15 weight -2^63": (
        "match(G.from_matrix([[-2**63]]), engine='lap')",
        "InputError",
        "reaches 9,223,372,036,854,775,808",
    ),
    "16 floats without a precision": (
        "G.from_arrays([0, 0], [0, 1], [0.9, 1.9])",
        "InputError",
        "no precision is declared",
    ),
    "17 NaN": ("G.from_arrays([0], [0], [np.nan])", "InputError", "not finite"),
    "17 an infinite weight": (
        "G.from_matrix([[np.inf]], precision=1)",
        "InputError",
        "not finite",
    ),
    "17 an infinite capacity": (
        "G.from_arrays([0], [0], left_capacity=np.inf)",
        "InputError",
        "left_capacity: is inf",
    ),
    "18 nodes 2^32 and 2^32 + 1": (
        "G.from_arrays([2**32, 2**32 + 1], [0, 0])",
        "InputError",
        pinned.text("graph.node_number", number=4_294_967_297),
    ),
    "19 uint64 capacities": (
        "G.from_arrays([0], [0], edge_capacity=np.array([2**63 + 5], np.uint64))",
        "InputError",
        "edge_capacity[0]: is 9,223,372,036,854,775,813",
    ),
    "20 arrays of length 2 and 1": (
        "G.from_arrays([0, 1], [0])",
        "InputError",
        f"right: {pinned.text('graph.lengths', right=1, left=2)}",
    ),
    "20 a weight for two pairs": (
        "G.from_arrays([0, 1], [0, 1], [5])",
        "InputError",
        "weight: has shape (1,)",
    ),
    "21 capacities of text": (
        "G.from_arrays([0], [0], edge_capacity=['5'])",
        "InputError",
        "edge_capacity: has dtype <U1",
    ),
    "22 capacities 2^62": (
        "G.from_arrays([0], [0], left_capacity=2**62)",
        "InputError",
        "Give 0 to 9,007,199,254,740,992",
    ),
    "23 a negative pair capacity": (
        "G.from_arrays([0], [0], edge_capacity=[-3])",
        "InputError",
        "edge_capacity[0]: is -3",
    ),
    "24 a node that is not in the graph": (
        "G.from_arrays(['a'], ['99'], right_ids=['x'])",
        "InputError",
        pinned.text("graph.id_unknown", node="'99'", side="right"),
    ),
    "25 a pair twice": (
        "G.from_arrays([0, 0], [0, 0])",
        "InputError",
        f"pair (0, 0): {pinned.text('graph.pair_twice')}",
    ),
    "70 ids 1, 1.0 and True": (
        "G.from_arrays(np.array([1, 1.0, True], object), [0, 1, 2])",
        "InputError",
        f"left: {pinned.text('graph.entry_type', name='int')}",
    ),
    "70 an id that is NaN": (
        "G.from_arrays(np.array([float('nan'), 'a'], object), [0, 1])",
        "InputError",
        f"left: {pinned.text('graph.entry_type', name='float')}",
    ),
    "71 a misspelt weight": (
        f"G.from_networkx({NX}([('a', 'x', {{'weigth': 9}}), ('a', 'y', {{'weight': 1}})]), ['a'])",
        "InputError",
        "graph: has edges without 'weight'",
    ),
    "73 a weight that is NaN in a networkx graph": (
        f"G.from_networkx({NX}([('a', 'x', {{'weight': float('nan')}})]), ['a'])",
        "InputError",
        f"weight: {pinned.text('graph.not_finite')}",
    ),
    "112 a matrix of 10^12 pairs": (
        "G.from_matrix(np.broadcast_to(np.int8(1), (10**6, 10**6)))",
        "BudgetError",
        "at most 10,000,000,000",
    ),
}


@pytest.fixture(scope="module")
def refusals() -> dict[str, tuple[str, float]]:
    return answers_of({row: act for row, (act, _, _) in REFUSED.items()}, seconds=40)


@pytest.mark.parametrize("row", REFUSED)
def test_it_is_refused_with_a_typed_error(
    row: str, refusals: dict[str, tuple[str, float]]
) -> None:
    _, kind, fact = REFUSED[row]
    answer, took = refusals[row]
    assert took < 5
    assert answer.startswith(f"refused {kind} "), answer
    assert fact in answer


def test_row_3_flows_are_read_only_after_an_optimum() -> None:
    """Rows 1 to 3 below the door: the engine itself, given supplies that no flow meets."""
    lines = """
from matchkit.engines.cost_scaling import MinCostFlow
from matchkit.engines.problem import FlowArcs, FlowProblem
def arcs(tail, head):
    return FlowArcs(np.array(tail, np.int32), np.array(head, np.int32), np.ones(len(tail), np.int64), np.zeros(len(tail), np.int64))
for supply in ([3, 0, -2], [3, 0, -3]):
    tried(lambda: MinCostFlow().solve(FlowProblem(1, 1, 1, arcs([0], [1]), arcs([2, 1], [0, 2]), np.array(supply))))
"""
    first, second = output_of(lines).splitlines()
    assert first.startswith(
        "refused EngineError OR-Tools min-cost flow ended with status UNBALANCED"
    )
    assert second.startswith(
        "refused EngineError OR-Tools min-cost flow ended with status INFEASIBLE"
    )


def test_row_27_an_interrupt_arrives_and_the_handler_stays() -> None:
    """It arrives when the engine returns: the solver holds the interpreter. There is no worker process
    yet.
    """
    lines = """
import signal
before = signal.getsignal(signal.SIGINT)
w = np.random.default_rng(1).integers(0, 10**6, (1500, 1500))
graph = G.from_matrix(w)
signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    for _ in range(200):
        match(graph)
    print("went on")
except KeyboardInterrupt:
    print("interrupted", signal.getsignal(signal.SIGINT) is before)
print(match(G.from_matrix([[3]])).value)
"""
    assert output_of(lines) == "interrupted True\n3"


def test_row_28_hash_seeds_change_nothing() -> None:
    lines = """
rng = np.random.default_rng(3)
names = ["n%d" % k for k in range(40)]
left, right = [names[k] for k in rng.integers(0, 40, 300)], [names[k] for k in rng.integers(0, 40, 300)]
pairs = sorted(set(zip(left, right)), key=hash)
m = match(G.from_arrays([i for i, _ in pairs], [j for _, j in pairs], [1] * len(pairs), left_capacity=2, right_capacity=2))
print(list(zip(m.pairs.left.tolist(), m.pairs.right.tolist())), m.left_price.tolist(), m.right_price.tolist(), m.value)
"""
    answers = {output_of(lines, PYTHONHASHSEED=seed) for seed in ("0", "1", "2", "77")}
    assert len(answers) == 1


def test_row_112_all_pairs_of_ten_thousand_by_four_thousand_fit_in_a_gigabyte() -> None:
    """As a matrix of one byte a pair; networkx would need about 16 GB for them."""
    lines = """
w = np.random.default_rng(0).integers(0, 100, (10_000, 4_000), np.int8)
m = match(G.from_matrix(w))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # maxrss would count the parent's, too
print(m.value == m.bound, len(m.pairs), int(peak.split()[1]) < 10**6)
"""
    assert output_of(lines, memory=3 * 10**9, seconds=120) == "True 4000 True"
