"""Team rules: a team with a leader, and an event that gets people, hall and money or none of them."""

import matchkit as mk

MEDIC, DRIVING = "first aid", "driving"


def person(
    name: str, unit: str, medic: int = 0, driving: int = 0, home: str = "town"
) -> mk.Resource:
    """Somebody with levels in two skills (0: none)."""
    levels = ((MEDIC, medic), (DRIVING, driving))
    return mk.Resource(
        id=name,
        unit=unit,
        home=home,
        skills=[
            mk.SkillLevel(skill=skill, level=level) for skill, level in levels if level
        ],
    )


def build() -> mk.Problem:
    """Two units, a village and a town; a first-aid day and two events that want halls and money (all
    invented).
    """
    event = {"kind": "venue", "wanted": 1, "minimum": 1}
    return mk.Problem(
        units=[mk.Unit(id="clinic"), mk.Unit(id="school")],
        communities=[mk.Community(id="town"), mk.Community(id="village")],
        resources=[
            person("ana", "clinic", medic=3),
            person("bo", "clinic", medic=2, driving=1),
            person("cy", "clinic", medic=2),
            person("di", "clinic", medic=1),
            person("eve", "school", medic=1, home="village"),
            person("fay", "school", medic=1, driving=1, home="village"),
            mk.Resource(
                id="big hall",
                unit="school",
                kind="venue",
                capacity=2,
                loads=[mk.Load(dimension="seats", amount=150)],
                activation=60,
            ),
            mk.Resource(
                id="small hall",
                unit="school",
                kind="venue",
                capacity=2,
                loads=[mk.Load(dimension="seats", amount=60)],
                activation=10,
            ),
            mk.Resource(id="purse", unit="school", kind="fund", capacity=1_500),
        ],
        demands=[
            mk.Demand(
                id="first-aid day",
                community="village",
                requirements=[
                    mk.Requirement(
                        id="medics", skills=[mk.SkillLevel(skill=MEDIC)], wanted=6
                    )
                ],
            ),
            mk.Demand(
                id="concert",
                community="town",
                weight=150,
                requirements=[
                    mk.Requirement(
                        id="concert hall",
                        uses=[mk.Load(dimension="seats", amount=50)],
                        **event,
                    ),
                    mk.Requirement(
                        id="concert money", kind="fund", wanted=900, minimum=900
                    ),
                ],
            ),
            mk.Demand(
                id="lecture",
                community="town",
                requirements=[
                    mk.Requirement(
                        id="lecture hall",
                        uses=[mk.Load(dimension="seats", amount=80)],
                        **event,
                    ),
                    mk.Requirement(
                        id="lecture money", kind="fund", wanted=900, minimum=900
                    ),
                ],
            ),
        ],
        rules=[
            mk.rules.Team(demand="first-aid day", least=3, most=5),
            # One who leads and one who drives; the same person may do both.
            mk.rules.Cover(
                demand="first-aid day",
                counting="several",
                skills=[
                    mk.rules.SkillCount(skill=MEDIC, level=3),
                    mk.rules.SkillCount(skill=DRIVING),
                ],
            ),
            mk.rules.Trainees(
                demand="first-aid day",
                senior=mk.SkillLevel(skill=MEDIC, level=2),
                most=1,
            ),
            mk.rules.Least(unit="school", quantity=1),  # people, halls or money
            mk.rules.UnitsRepresented(demand="first-aid day", least=2),
            mk.rules.LocalMember(demand="first-aid day"),
            mk.rules.KeepTogether(resources=["cy", "di"]),  # they share a car
            mk.rules.KeepApart(resources=["eve", "fay"]),
            mk.rules.NotBoth(demands=["first-aid day", "concert"]),  # nobody does both
            mk.rules.UnitShare(unit="clinic", community="village", most=3),
            mk.rules.AllOrNothing(demand="concert"),
            mk.rules.AllOrNothing(demand="lecture"),
            mk.rules.ChooseAtMost(resources=["big hall", "small hall"], most=1),
        ],
    )


def main() -> None:
    """Print who serves what, what is paid, and what is missing."""
    plan = mk.solve(build())
    by_need: dict[str, list[str]] = {}
    for entry in plan.assignments:
        by_need.setdefault(entry.requirement, []).append(
            entry.resource
            if entry.quantity == 1
            else f"{entry.quantity} of {entry.resource}"
        )
    for need, names in by_need.items():
        print(f"{need}: {', '.join(names)}")
    for payment in plan.payments:
        print(f"{payment.rule} takes {payment.paid} points")
    for lack in plan.shortfalls:
        print(f"{lack.requirement} lacks {lack.missing:,}: {lack.reason}")
    print(plan.summary().splitlines()[0])


if __name__ == "__main__":
    main()
