"""Five communities share five people: who stands where, why, what proves it, and what fairness costs."""

import matchkit as mk

ABLE = {"p0": "D", "p1": "EW", "p2": "WH", "p3": "H", "p4": "H"}
"""Whom each person can serve."""
WANTS = {"Z": 1, "D": 3, "E": 2, "W": 2, "H": 2}


def build(fair=None):
    """The problem. W's work is worth twice that of the others; nobody can serve Z."""
    return mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id=name) for name in WANTS],
        resources=[
            mk.Resource(
                id=name,
                unit="U",
                skills=[mk.SkillLevel(skill=one) for one in places],
            )
            for name, places in ABLE.items()
        ],
        demands=[
            mk.Demand(
                id=f"D{name}",
                community=name,
                weight=200 if name == "W" else 100,
                requirements=[
                    mk.Requirement(
                        id=f"Q{name}",
                        wanted=wanted,
                        skills=[mk.SkillLevel(skill=name)],
                    )
                ],
            )
            for name, wanted in WANTS.items()
        ],
        objective=mk.Objective(fair=fair, skill_fit=0),
    )


def main():
    """Print the fairest plan's shares and their proof, why W stands where it does, and the curve."""
    problem = build("communities")
    plan = mk.solve(problem)
    explainer = mk.Explainer(problem, plan)
    for one in explainer.fairness().lowest:
        print(f"{one.id}: {one.filled} of {one.wanted}")
    print(explainer.why_below("W").line())
    for chain in explainer.hall_chains():
        print(chain.text())
        print("the chain holds:", mk.check_witness(problem, plan, chain).ok)
    curve = mk.fairness_price(build())
    for point in curve.points:
        print(f"{point.steps} steps: weight {point.weight}")
    change = mk.compare(problem, curve.points[0].plan, plan).coverage
    for one in change.changed:
        print(f"{one.id}: {one.before.filled} before, {one.after.filled} after")


if __name__ == "__main__":
    main()
