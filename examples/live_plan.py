"""A plan that stays proven: somebody falls ill, a demand grows, an assignment is declined."""

import matchkit as mk
from matchkit.changes import AddRule, RemoveResource, SetWanted


def main() -> None:
    """Keep the plan of the generated city current through three events, and take the last one back."""
    problem = mk.datasets.city()  # every person, unit and place is invented
    live = mk.Live(problem, mk.solve(problem))
    print(f"opening: weight {live.plan.outcome.value:,}")

    ill, other, declined = (
        live.plan.assignments[40],
        live.plan.assignments[60],
        live.plan.assignments[80],
    )
    events = [
        RemoveResource(resource=ill.resource),
        SetWanted(requirement=other.requirement, wanted=6),
        AddRule(
            rule=mk.rules.Forbid(
                resource=declined.resource, requirement=declined.requirement
            )
        ),
    ]
    for event in events:
        moves = live.apply(event)
        plan = live.plan  # verified, and proven over all pairs
        print(
            f"{event}: {moves.line()}; weight {plan.outcome.value:,}, {plan.outcome.status}"
        )

    live.undo()
    print(f"the last one undone: weight {live.plan.outcome.value:,}")


if __name__ == "__main__":
    main()
