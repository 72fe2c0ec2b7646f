"""Fair over several months: who is served last goes first the next time, who did more rests, and a newcomer
begins with little.
"""

import matchkit as mk

WORTH = {"quay": 300, "hill": 200, "mill": 100}
MONTHS = [{"quay", "hill"}, {"quay", "mill"}, {"hill", "mill"}]


def month(**capacity: int) -> mk.Problem:
    """Three villages that want one helper each, and who can come how often (all invented)."""
    return mk.Problem(
        units=[mk.Unit(id="club")],
        communities=[mk.Community(id=name) for name in WORTH],
        resources=[
            mk.Resource(id=name, unit="club", capacity=times)
            for name, times in capacity.items()
        ],
        demands=[
            mk.Demand(
                id=f"tea at the {name}",
                community=name,
                weight=points,
                requirements=[mk.Requirement(id=name)],
            )
            for name, points in WORTH.items()
        ],
        objective=mk.Objective(
            fair="communities", even="resources", decay="1/2", refusals="1/2"
        ),
    )


def past() -> list[mk.History]:
    """What the villages got in three months, and what ana and bo gave; in the third ana came twice, and bo
    said no once.
    """
    villages = [
        mk.History(round=number, community=name, given=int(name in served), of=1)
        for number, served in enumerate(MONTHS, 1)
        for name in WORTH
    ]
    helpers = [
        mk.History(round=number, resource=name, given=1)
        for number in (1, 2, 3)
        for name in ("ana", "bo")
    ]
    again = mk.History(round=3, resource="ana", given=1)
    no = mk.History(round=3, resource="bo", measure="refusals", given=1)
    return [*villages, *helpers, again, no]


def build(*, with_ramp: bool = True) -> mk.Problem:
    """The fourth month: ana or bo can come once, and dee, who is new, twice."""
    bare = month(ana=1, bo=1, dee=2).model_dump()
    rule = mk.rules.UnitCap(unit="club", most=2)
    problem = mk.Problem(**{**bare, "history": past(), "rules": [rule]})
    return mk.rules.ramp(problem, steps=[1, 2]) if with_ramp else problem


def main() -> None:
    """Print who serves where in the fourth month, and what the villages have had then."""
    for with_ramp in (False, True):
        problem = build(with_ramp=with_ramp)
        plan = mk.solve(problem)
        who = ", ".join(
            f"{one.resource} at {one.requirement}" for one in plan.assignments
        )
        print(f"{'with' if with_ramp else 'without'} a ramp: {who}")
    after = month(ana=1, bo=1, dee=1).after(problem, plan)
    for name in WORTH:
        given = [one.given for one in after.history if one.community == name]
        print(f"{name} got {given}")
    print(f"month {after.round} comes next")


if __name__ == "__main__":
    main()
