"""Places of a course that are kept for those who live nearby."""

import matchkit as mk

POINTS = {"ada": 90, "bo": 85, "cy": 80, "di": 75, "eve": 60, "fay": 50}
NEARBY = {"bo", "eve", "fay"}


def build(*rules: mk.rules.SetAside) -> mk.Problem:
    """Six people with points, and a course with four places; bo, eve and fay live nearby (all invented)."""
    return mk.Problem(
        units=[mk.Unit(id="town")],
        communities=[mk.Community(id="quay")],
        resources=[
            mk.Resource(id=name, unit="town", groups=["nearby"] * (name in NEARBY))
            for name in POINTS
        ],
        demands=[
            mk.Demand(
                id="course",
                community="quay",
                requirements=[mk.Requirement(id="places", wanted=4)],
            )
        ],
        scores=[
            mk.Scores(resource=name, requirements=["places"], points=[points])
            for name, points in POINTS.items()
        ],
        rules=rules,
        objective=mk.Objective(importance=0, skill_fit=0),
    )


def main() -> None:
    """Solve without a rule, with two places kept, with four kept (hard and soft), with nobody of the group,
    and in both orders.
    """
    for rules in (
        (),
        (mk.rules.SetAside(group="nearby", least=2),),
        (mk.rules.SetAside(group="nearby", least=4),),
        (mk.rules.SetAside(group="nearby", least=4, soft={"tier": 1}),),
        (mk.rules.SetAside(group="nearby", most=0),),
    ):
        plan = mk.solve(build(*rules))
        who = " ".join(sorted(one.resource for one in plan.assignments))
        print(f"{who:<14} {plan.outcome.value:>4} {plan.outcome.status}")
    rule = mk.rules.SetAside(id="two for nearby", group="nearby", least=2)
    print(mk.set_aside_orders(build(rule), "two for nearby").text())


if __name__ == "__main__":
    main()
