"""A first plan made in no time keeps every hard rule, also of resources whose pairs all carry something."""

import time

import pytest
from rule_problems import rule_problem

from matchkit import verify
from matchkit.solve import request
from matchkit.solve.budget import Budget
from matchkit.solve.conductor import conduct
from matchkit.solve.request import Course, Request


@pytest.mark.parametrize("seed", [70020])
def test_a_plan_without_time_keeps_all_hard_rules(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request, "LATE", 600.0)  # however busy the machine is
    problem = rule_problem(seed, large=True)
    now = time.monotonic()
    plan = conduct(problem, Request("cpsat", 0, 0.0, Budget(), 0.0, limited=True), Course(now, now))
    assert verify(problem, plan).ok
