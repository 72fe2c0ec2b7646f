"""Rules of a flow, and two beyond it, in a street that prepares for a flood."""

from datetime import UTC, datetime

import matchkit as mk

SATURDAY = mk.Window(
    start=datetime(2026, 5, 2, 8, tzinfo=UTC), end=datetime(2026, 5, 2, 12, tzinfo=UTC)
)
RIVERSIDE, HILLSIDE = (
    mk.Place(lat=36.060, lon=103.830),
    mk.Place(lat=36.300, lon=103.830),
)


def build() -> mk.Problem:
    """A clinic and its station, a street of two communities, four people and a stock of sandbags (all
    invented).
    """
    nursing, driving = (
        mk.SkillLevel(skill="nursing", level=2),
        mk.SkillLevel(skill="driving"),
    )
    return mk.Problem(
        units=[mk.Unit(id="clinic"), mk.Unit(id="station", parent="clinic")],
        communities=[
            mk.Community(id="street"),
            mk.Community(id="riverside", parent="street", place=RIVERSIDE),
            mk.Community(id="hillside", parent="street", place=HILLSIDE),
        ],
        resources=[
            mk.Resource(
                id="ana",
                unit="clinic",
                skills=[nursing],
                place=RIVERSIDE,
                available=[SATURDAY],
            ),
            mk.Resource(
                id="bo",
                unit="clinic",
                skills=[mk.SkillLevel(skill="surgeon")],
                place=RIVERSIDE,
                preferences=[
                    mk.Preference(category="health", community="riverside", points=20)
                ],
            ),
            mk.Resource(id="cy", unit="station", skills=[driving], place=RIVERSIDE),
            mk.Resource(id="di", unit="station", skills=[driving], place=HILLSIDE),
            mk.Resource(id="sandbags", unit="station", kind="supplies", capacity=100),
        ],
        demands=[
            mk.Demand(
                id="first-aid",
                community="riverside",
                category="Health",
                windows=[SATURDAY],
                requirements=[
                    # Who nurses at level 2 or counts as a medic.
                    mk.Requirement(
                        id="medics",
                        skills=[
                            mk.AnyOf(any_of=[nursing, mk.SkillLevel(skill="medic")])
                        ],
                        wanted=2,
                        minimum=1,
                    )
                ],
            ),
            mk.Demand(
                id="rides",
                community="riverside",
                tier=2,
                requirements=[mk.Requirement(id="drivers", skills=[driving], wanted=2)],
            ),
            mk.Demand(
                id="dam",
                community="hillside",
                requirements=[mk.Requirement(id="bags", kind="supplies", wanted=90)],
            ),
        ],
        skills=[
            mk.Skill(name="surgeon", aliases=["operating doctor"], parents=["medic"])
        ],
        rules=[
            mk.rules.Lock(
                resource="ana", requirement="medics"
            ),  # she has promised to come
            mk.rules.Forbid(resource="bo", requirement="drivers"),
            mk.rules.MaxDistance(
                km=15
            ),  # nobody goes farther; the dam's bags have no place and may
            mk.rules.CommunityCap(
                community="hillside", most=50
            ),  # no more can be unloaded there
            mk.rules.ReserveShare(
                unit="station", percent=50
            ),  # it has 102 to give, 2 drivers and 100 bags: 51 may go
            mk.rules.UnitCap(unit="clinic", most=60),  # with the station below it
        ],
        previous=[mk.PreviousPair(resource="cy", requirement="drivers")],
        objective=mk.Objective(previous=2, distance=3),
    )


def asks_for_more() -> mk.Problem:
    """The same with two rules that no flow can express: the general engine keeps them, and the outcome says
    so.
    """
    problem = build()
    more = (
        mk.rules.HoursBudget(resource="ana", minutes=300),
        mk.rules.Team(demand="rides", least=2, most=2),
    )
    return problem.model_copy(update={"rules": (*problem.rules, *more)})


def main() -> None:
    """Solve, check, ask why, ask for more, and ask a flow for too much."""
    problem = build()
    plan: mk.Plan = mk.solve(problem)
    print(plan.summary())
    for entry in plan.assignments:
        print(
            f"  {entry.resource} gives {entry.quantity} to {entry.requirement}, each worth {entry.weight}"
        )
    assert mk.verify(problem, plan).ok
    assert mk.check_certificate(problem, plan).ok
    for lack in plan.shortfalls:
        print(f"  {lack.requirement} lacks {lack.missing}: {lack.reason}")
    for reason in mk.why_ineligible(problem, "di", "drivers"):
        print(f"di does not drive at riverside: {reason.compared()}")
    other = mk.solve(asks_for_more())
    print(f"with an hours budget and a team: {other.summary().splitlines()[0]}")
    print(other.outcome.reason.text())
    try:
        mk.solve(asks_for_more(), engine="flow")
    except mk.errors.UnsupportedError as error:
        print(error)


if __name__ == "__main__":
    main()
