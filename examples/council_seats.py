"""Who would rather have whom: seats of two councils by nominations and ranks, stable beside best.

The harbour council has three seats, one of them for people whom residents nominate; the hill council has one
and ranks by itself. Every name is invented.
"""

import matchkit as mk

NOMINATED = (
    ("Dee", "residents", None, None, 12),
    ("Eli", "residents", None, None, 15),
    ("Fay", "unit", "club", 1, 0),
    ("Gus", "unit", "club", 2, 0),
    ("Hal", "self", None, None, 20),
)


def build() -> mk.Problem:
    """People, seats, nominations and ranks."""
    people = [name for name, *_ in NOMINATED]
    seats = {"harbour": 3, "hill": 1}
    return mk.Problem(
        units=[mk.Unit(id="club")],
        communities=[mk.Community(id=name) for name in seats],
        resources=[mk.Resource(id=name, unit="club") for name in people],
        demands=[
            mk.Demand(
                id=name,
                community=name,
                requirements=[mk.Requirement(id=f"{name} seat", wanted=wanted)],
            )
            for name, wanted in seats.items()
        ],
        nominations=[
            mk.Nomination(
                person=name,
                demand="harbour",
                channel=channel,
                by=by,
                rank=rank,
                endorsements=endorsements,
            )
            for name, channel, by, rank, endorsements in NOMINATED
        ],
        channels=[
            mk.Channel(channel="residents", places=1),
            mk.Channel(channel="unit", nominations=2),
        ],
        rankings=[
            mk.Ranking(
                by="demand", id="hill", of="resources", ids=["Hal", "Fay"], ranks=[1, 2]
            ),
            mk.Ranking(
                by="resource",
                id="Hal",
                of="communities",
                ids=["hill", "harbour"],
                ranks=[1, 2],
            ),
        ],
        objective=mk.Objective(stable="weak"),
    )


def main() -> None:
    """Solve, check and show."""
    problem = build()
    plan = mk.solve(problem)
    for one in plan.assignments:
        print(f"{one.resource} takes a {one.requirement}")
    print(plan.outcome.chosen.line())
    print("checked:", mk.verify(problem, plan).ok)


if __name__ == "__main__":
    main()
