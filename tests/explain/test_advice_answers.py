"""Advice as records and texts: one door, both languages, JSON, no personal field, and wrong arguments
refused.
"""

from __future__ import annotations

import json
from typing import Any

import pinned
import pytest

from matchkit import datasets, solve
from matchkit.answers.advice import Advice
from matchkit.answers.base import Answer
from matchkit.errors import InputError
from matchkit.explain.advice.advice import advice
from matchkit.explain.advice.contributions import contributions
from matchkit.explain.advice.idle import idle
from matchkit.explain.advice.pooling import pooling
from matchkit.explain.advice.recruit import recruit
from matchkit.explain.advice.recruit_k import recruit_k
from matchkit.explain.advice.train import train
from matchkit.model import Problem
from matchkit.plan import Plan


@pytest.fixture(scope="module")
def street() -> tuple[Problem, Plan]:
    problem = datasets.city("street")
    named = tuple(
        resource.model_copy(update={"name": "Zhang San"})
        for resource in problem.resources
    )
    problem = problem.model_copy(update={"resources": named})
    return problem, solve(problem)


@pytest.fixture(scope="module")
def answers(street: tuple[Problem, Plan]) -> list[Answer]:
    problem, plan = street
    whole = advice(problem, plan, top=3, verified=1)
    return [
        whole,
        whole.recruit,
        whole.contributions,
        whole.idle,
        recruit_k(problem, plan, 2),
        train(problem, plan, 1),
        pooling(problem),
    ]


def test_every_answer_is_told_in_both_languages_and_names_nobody(
    answers: list[Answer],
) -> None:
    for answer in answers:
        for lang in ("en", "zh"):
            assert answer.text(lang).splitlines()[0] == answer.line(lang)
            assert "Zhang San" not in answer.text(lang)
            assert "{" not in answer.text(lang)
        assert answer.line("zh") != answer.line("en")
        assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.line("zh"))


def test_every_answer_is_data_that_reads_back(answers: list[Answer]) -> None:
    for answer in answers:
        assert json.loads(answer.to_json())
        assert type(answer).model_validate_json(answer.to_json()) == answer


def test_the_door_gives_what_the_parts_give(
    street: tuple[Problem, Plan], answers: list[Answer]
) -> None:
    problem, plan = street
    whole = answers[0]
    assert isinstance(whole, Advice)
    assert whole.recruit == recruit(problem, plan, top=3, verified=1)
    assert whole.contributions == contributions(problem, plan, verified=1)
    assert whole.idle == idle(problem, plan)


def test_without_time_nothing_is_solved_and_bounds_stand(
    street: tuple[Problem, Plan],
) -> None:
    found = advice(*street, verified=3, time_limit=0)
    assert {entry.known for entry in found.recruit.recruits} <= {"prices", "at_most"}
    assert {entry.known for entry in found.contributions.units} <= {
        "prices",
        "between",
        "at_least",
        "at_most",
    }


def test_the_order_of_records_changes_nothing(street: tuple[Problem, Plan]) -> None:
    problem, plan = street
    turned = problem.model_copy(
        update={
            name: getattr(problem, name)[::-1]
            for name in ("resources", "demands", "units", "rules")
        }
    )
    assert recruit(turned, plan, verified=0) == recruit(problem, plan, verified=0)
    assert contributions(turned, plan, verified=0) == contributions(
        problem, plan, verified=0
    )
    assert idle(turned, plan) == idle(problem, plan)
    assert pooling(turned) == pooling(problem)


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda p, q: recruit(q, p), "problem: is of type Plan"),
        (lambda p, q: recruit(p, q, top=-1), f"top: {pinned.text('option.range')}"),
        (
            lambda p, q: contributions(p, q, verified=True),
            f"verified: {pinned.text('option.range')}",
        ),
        (lambda p, q: train(p, q, 0), f"k: {pinned.text('option.range')}"),
        (lambda p, q: recruit_k(p, q, 2.0), f"k: {pinned.text('option.range')}"),
        (
            lambda p, q: advice(p, q, time_limit=float("nan")),
            f"time_limit: {pinned.text('limit.time_limit')}",
        ),
        (lambda _, q: pooling(q), "problem: is of type Plan"),
        (
            lambda p, q: idle(
                p.model_copy(update={"resources": p.resources[:-200]}), q
            ),
            pinned.text("plan.not_in_problem"),
        ),
        (
            lambda p, q: recruit(
                p.model_copy(update={"resources": p.resources[:-200]}), q
            ),
            pinned.text("plan.not_in_problem"),
        ),
        (
            lambda p, q: contributions(
                p, q.model_copy(update={"assignments": q.assignments[1:]})
            ),
            "states other goals than it reaches",
        ),
    ],
)
def test_wrong_arguments_are_refused_with_what_is_wrong(
    street: tuple[Problem, Plan], call: Any, fault: str
) -> None:
    with pytest.raises(InputError, match=fault):
        call(*street)
