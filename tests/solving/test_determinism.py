"""The same problem gives the same plan, byte for byte, whatever the order of its records and the hash
seed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from orders import ORDERS, problems

import matchkit as mk

HASH_SEEDS = ("0", "1", "2", "3", "42", "1000", "65537", "4294967295")


def test_six_record_orders_under_eight_hash_seeds_give_one_plan() -> None:
    """Every problem by the default engine, all but the street by greedy too; two processes at a time."""
    program = [sys.executable, str(Path(__file__).parent / "orders.py")]
    told: list[str] = []
    for place in range(0, len(HASH_SEEDS), 2):
        running = [
            subprocess.Popen(
                program,
                env={**os.environ, "PYTHONHASHSEED": seed},
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            for seed in HASH_SEEDS[place : place + 2]
        ]
        for process in running:
            out, _ = process.communicate(timeout=120)
            assert process.returncode == 0
            told.append(out)
    assert len(set(told)) == 1, "the hash seed changes a plan"
    rows = [line.split() for line in told[0].splitlines()]
    assert [len(set(row)) for row in rows] == [1] * len(rows), (
        "the record order changes a plan"
    )
    assert [len(row) for row in rows] == [ORDERS] * (2 * len(problems()) - 1)
    assert len({row[0] for row in rows}) > len(
        problems()
    )  # problems and engines do differ


def test_a_plan_holds_no_time_and_is_the_same_when_solved_again() -> None:
    for problem in problems():
        text = mk.solve(problem).to_json()
        assert mk.solve(problem).to_json() == text
        assert not re.search(r"\d\d:\d\d|seconds|elapsed|\b20\d\d-\d\d", text)


def test_reading_a_plan_gives_the_plan_that_was_written() -> None:
    for problem in problems():
        plan = mk.solve(problem)
        assert mk.Plan.from_json(plan.to_json()) == plan
