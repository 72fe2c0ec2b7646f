"""An outbreak: the town goes over to its emergency settings, and back when it is over."""

import matchkit as mk

CAN = {"ada": "doctor", "bea": "doctor", "carl": "cook"}
ASKED = [
    ("ward", "health", 1, "doctor"),
    ("course", "teaching", 1, ""),
    ("kitchen", "food", 2, "cook"),
    ("clinic", "outbreak", 3, "doctor"),
]


def town(*people: str) -> mk.Problem:
    """Two doctors, of whom one teaches, and a cook; nobody is left for the clinic."""
    return mk.Problem(
        units=[mk.Unit(id="hospital")],
        communities=[mk.Community(id="town")],
        resources=[
            mk.Resource(
                id=name,
                unit="hospital",
                skills=[mk.SkillLevel(skill=CAN[name])] if name in CAN else [],
            )
            for name in people
        ],
        demands=[
            mk.Demand(
                id=name,
                community="town",
                category=category,
                tier=tier,
                requirements=[
                    mk.Requirement(
                        id=f"{name} place",
                        skills=[mk.SkillLevel(skill=skill)] if skill else [],
                    )
                ],
            )
            for name, category, tier, skill in ASKED
        ],
    )


def main() -> None:
    """Dina, who may teach, comes on the day of the outbreak; when it is over, Ada is ill."""
    before = mk.solve(town(*CAN))
    mode = mk.Mode(
        name="emergency", tiers={"outbreak": 1, "teaching": 3}, may_pull=[(3, 1)]
    )
    found = mk.switch(town(*CAN, "dina"), before, mode)
    print(found.line())
    for one in found.pulled:
        print(one.line())
    mk.verify(found.problem, found.plan, mode=mode).raise_if_broken()
    back = found.back([mk.changes.RemoveResource(resource="ada")])
    for path in back.comparison.paths or ():
        print(path.line())


if __name__ == "__main__":
    main()
