"""Soft rules, each with a price or a place in the order of goals, and goals of your own."""

from datetime import UTC, datetime

import matchkit as mk


def hours(first: int, last: int) -> list[mk.Window]:
    """A window on a Saturday in May."""
    return [
        mk.Window(
            start=datetime(2026, 5, 2, first, tzinfo=UTC),
            end=datetime(2026, 5, 2, last, tzinfo=UTC),
        )
    ]


def build(objective: mk.Objective | None = None) -> mk.Problem:
    """Three neighbours and four slots at three times of a Saturday (all invented)."""
    return mk.Problem(
        units=[mk.Unit(id="neighbours")],
        communities=[mk.Community(id="street")],
        resources=[
            mk.Resource(id=name, unit="neighbours", capacity=3)
            for name in ("ana", "bo", "cy")
        ],
        demands=[
            mk.Demand(
                id="breakfast",
                community="street",
                windows=hours(7, 9),
                requirements=[mk.Requirement(id="cooks", wanted=2)],
            ),
            mk.Demand(
                id="market",
                community="street",
                windows=hours(10, 12),
                requirements=[mk.Requirement(id="sellers")],
            ),
            mk.Demand(
                id="concert",
                community="street",
                windows=hours(20, 22),
                requirements=[mk.Requirement(id="stewards")],
            ),
        ],
        rules=[
            mk.rules.Forbid(id="cy sleeps long", resource="cy", requirement="cooks"),
            # By price: whoever serves longer than two hours is owed a point a minute.
            mk.rules.HoursBudget(
                id="two hours each", minutes=120, soft=mk.rules.Soft(price=1)
            ),
            # By order: right after the slots of tier 1 are filled, nobody serves twice within nine hours, or
            # as seldom as can be.
            mk.rules.Rest(
                id="nine hours between", minutes=9 * 60, soft=mk.rules.Soft(tier=1)
            ),
            # No worse than now: ana and bo should not share a shift, but the previous plan had them share
            # one.
            mk.rules.KeepApart(
                id="ana or bo",
                resources=["ana", "bo"],
                soft=mk.rules.Soft(no_worse=True),
            ),
        ],
        previous=[
            mk.PreviousPair(resource="ana", requirement="cooks"),
            mk.PreviousPair(resource="bo", requirement="cooks"),
        ],
        # What a model of the host's own thinks of some pairs, in points.
        scores=[
            mk.Scores(
                resource="cy", requirements=["sellers", "stewards"], points=[25, 10]
            )
        ],
        objective=objective or mk.Objective(),
    )


FEWER = mk.Objective(
    aims=[
        mk.Aim(
            name="slots",
            parts=[mk.Part(measure="minimum"), mk.Part(measure="filled")],
            tolerance=1,
        ),
        mk.Aim(name="few people", parts=[mk.Part(measure="resources_used")]),
        mk.Aim(
            name="worth",
            parts=[mk.Part(measure="weight"), mk.Part(measure="broken", factor=100)],
        ),
    ]
)
"""Nearly all slots, with as few people as can be; only then what the pairs are worth, each rest broken
counting 100 points.
"""


def plan_text(plan: mk.Plan) -> str:
    """Assignments, payments and goals of a plan as lines."""
    lines = [
        f"  {entry.resource} serves {entry.requirement}" for entry in plan.assignments
    ]
    lines += [
        f"  broken by {entry.amount}: {entry.rule}, {entry.paid} points paid"
        for entry in plan.payments
    ]
    lines += [
        f"  {goal.name}: {goal.value}, at most {goal.bound}"
        for goal in plan.outcome.goals
    ]
    return "\n".join(lines)


def main() -> None:
    """The same Saturday with the usual goals, and with others."""
    print("Tier by tier, then the weight:")
    print(plan_text(mk.solve(build())))
    print("All slots but one, and as few people as can be:")
    print(plan_text(mk.solve(build(FEWER))))


if __name__ == "__main__":
    main()
