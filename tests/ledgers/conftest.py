"""A street small enough to reckon by hand, with an invented, hostile name in every personal field."""

from __future__ import annotations

from datetime import datetime

import pytest

import matchkit as mk

PERSONAL = (
    "虚构甲·机密一",
    "=HYPERLINK(虚构乙·机密二)",
    "<script>虚构丙·机密三</script>",
    "+8600000000001 虚构丁·机密四",
    "@虚构戊·机密五",
    "-虚构己·机密六",
)
"""Whom personal fields name. Every one holds 机密 ("secret") and 虚构 ("invented")."""
DAY = "2026-05-05T{:02}:00:00+08:00"


def _window(start: int, end: int) -> mk.Window:
    return mk.Window(
        start=datetime.fromisoformat(DAY.format(start)),
        end=datetime.fromisoformat(DAY.format(end)),
    )


@pytest.fixture
def street() -> mk.Problem:
    """Two units below a third, two communities below a third, three demands: one flexible, one that nobody
    can serve.
    """
    return mk.Problem(
        zone="UTC",
        units=[
            mk.Unit(id="U0"),
            mk.Unit(id="U1", name="虚构一局", parent="U0"),
            mk.Unit(id="U2", name="虚构二局", parent="U0"),
        ],
        communities=[
            mk.Community(id="K0"),
            mk.Community(id="K1", name="虚构东社区", parent="K0"),
            mk.Community(id="K2", parent="K0"),
        ],
        resources=[
            mk.Resource(
                id="anna",
                unit="U1",
                name=PERSONAL[0],
                contact=PERSONAL[3],
                skills=[mk.SkillLevel(skill="nursing", level=2)],
            ),
            mk.Resource(
                id="bert",
                unit="U1",
                name=PERSONAL[1],
                contact=PERSONAL[4],
                activation=7,
            ),
            mk.Resource(
                id="cars", unit="U2", kind="equipment", name=PERSONAL[2], capacity=5
            ),
            mk.Resource(id="dora", unit="U2", kind="venue", name=PERSONAL[5]),
        ],
        demands=[
            mk.Demand(
                id="care",
                community="K1",
                name="上门护理",
                category="医疗健康",
                in_charge=PERSONAL[0],
                contact=PERSONAL[3],
                windows=[_window(8, 12)],
                requirements=[
                    mk.Requirement(
                        id="nurse",
                        skills=[mk.SkillLevel(skill="nursing")],
                        wanted=2,
                        minimum=1,
                    )
                ],
            ),
            mk.Demand(
                id="move",
                community="K2",
                category="搬运",
                in_charge=PERSONAL[2],
                tier=2,
                windows=[_window(14, 20)],
                minutes=90,
                requirements=[
                    mk.Requirement(id="carts", kind="equipment", wanted=3),
                    mk.Requirement(id="porter"),
                ],
            ),
            mk.Demand(
                id="song",
                community="K2",
                tier=3,
                in_charge=PERSONAL[5],
                requirements=[mk.Requirement(id="choir", kind="choir")],
            ),
        ],
        rules=[
            mk.rules.KeepApart(id="bert 不合", resources=["anna", "bert"]),
            mk.rules.KeepApart(
                resources=["anna", "bert", "dora", "cars"], soft=mk.rules.Soft(price=5)
            ),
            mk.rules.Lock(resource="bert", requirement="porter"),
            mk.rules.CountBudget(resource="anna", most=4),
        ],
        previous=[mk.PreviousPair(resource="cars", requirement="carts")],
        scores=[mk.Scores(resource="anna", requirements=["nurse"], points=[30])],
    )


@pytest.fixture
def plan(street: mk.Problem) -> mk.Plan:
    """The best plan of the street."""
    return mk.solve(street)
