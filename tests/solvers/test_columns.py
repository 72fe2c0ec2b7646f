"""Column generation: its bound lies between the optimum and the linear relaxation's, and its mix keeps what
joins nodes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matchkit.arrays import Int64
from matchkit.deadline import NO_END
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.builder import ProgramBuilder
from matchkit.engines.linear import solve_linear
from matchkit.engines.program import Program
from matchkit.solvers.mip.columns import Mixed, mix
from matchkit.solvers.mip.parted import PartedProgram


def mixed(program: Program, owner: Int64) -> Mixed:
    found = mix(PartedProgram(program, owner), NO_END, DEFAULT_MIP)
    assert found is not None
    return found


def knapsacks() -> ProgramBuilder:
    """Two nodes of two variables of 0 and 1 each: a variable takes 3 of the 5 that a node has."""
    made = ProgramBuilder(np.zeros(4, np.int64), np.ones(4, np.int64))
    row, column = np.array([0, 0, 1, 1]), np.arange(4)
    made.rows(2, row, column, 3, high=5)
    return made


def test_a_node_does_what_whole_numbers_can() -> None:
    """Of the first variables of both one can be 1. With the second ones and halves of the first, fractions
    would do 3; each node does 1.
    """
    made = knapsacks()
    made.rows(1, np.array([0, 0]), np.array([0, 2]), 1, high=1)
    program = replace(made.program(), gain=np.ones(4, np.int64))
    solved = solve_linear(program)
    assert solved is not None
    assert solved.gain == pytest.approx(3)
    assert mixed(program, np.array([0, 0, 1, 1])).bound == 2


def test_what_rows_of_one_node_hold_is_that_nodes() -> None:
    """Variable 4 is 1 where one of node 0's is, variable 5 where one of both nodes' is, and 6 goes with 4."""
    made = knapsacks()
    made.variables(3, 1)
    pairs, of = np.array([0, 1, 0, 2]), np.array([4, 4, 5, 5])
    made.rows(
        4,
        np.tile(np.arange(4), 2),
        np.concatenate([pairs, of]),
        np.repeat([1, -1], 4),
        high=0,
    )
    made.rows(1, np.zeros(2, np.intp), np.array([4, 6]), np.array([1, -1]), high=0)
    program = made.program()
    parted = PartedProgram(program, np.array([0, 0, 1, 1, -1, -1, -1]))
    assert parted.owner.tolist() == [0, 0, 1, 1, 0, -1, 0]
    assert parted.rows.tolist() == [4, 5]
    assert parted.others.tolist() == [5]


@pytest.mark.parametrize("seed", range(30))
def test_the_bound_is_no_lower_than_the_optimum_and_no_higher_than_the_linear_one(
    seed: int,
) -> None:
    draw = np.random.default_rng(seed)
    nodes, each = int(draw.integers(2, 5)), 4
    count = nodes * each
    made = ProgramBuilder(np.zeros(count, np.int64), draw.integers(1, 3, count))
    own = np.repeat(np.arange(nodes), each)
    made.rows(nodes, own, np.arange(count), draw.integers(1, 6, count), high=7)
    for _ in range(3):
        # What joins nodes asks for something, too: node by node it may be out of reach.
        some = np.flatnonzero(draw.random(count) < 0.5)
        size = draw.integers(1, 4, len(some))
        made.rows(1, np.zeros(len(some), np.intp), some, size, low=1, high=6)
    program = replace(made.program(), gain=draw.integers(-5, 20, count))
    best = DEFAULT_MIP.model(program).solve()
    linear = solve_linear(program)
    if best.objective is None:
        return
    assert linear is not None
    found = mixed(program, own)
    assert best.objective <= found.bound <= np.floor(linear.gain + 1e-6)
    sums = np.zeros(program.rows)
    np.add.at(
        sums,
        np.repeat(np.arange(program.rows), np.diff(program.first)),
        program.coefficient * found.value[program.column],
    )
    assert (sums <= program.high + 1e-5).all()
    assert (sums >= program.low - 1e-5).all()
