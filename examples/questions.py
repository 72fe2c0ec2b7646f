"""Questions about a plan of an invented street: causes, repairs, advice, what-ifs and an audit."""

import matchkit as mk


def main() -> None:
    """One question after another, each answer a record that says itself in English or Chinese."""
    street = mk.datasets.city("street")
    plan = mk.solve(street)
    asked = mk.Explainer(street, plan)

    # What is missing, and why? Every cause has a witness, checked by code that shares nothing with what found
    # it.
    shortages = asked.shortages()
    mk.check_witness(street, plan, shortages).raise_if_broken()
    print(shortages.line())
    print(shortages.line("zh"))
    shortage = asked.shortage("D0002.1")
    assert mk.check_witness(street, plan, shortage).ok
    print(shortage.text())

    # Why this person, and what would it cost to have another?
    chosen = plan.assignments[0]
    print(asked.why(chosen.resource, chosen.requirement).line())
    print(asked.why_not("P00103", "D0002.1").line())

    # What would fill it, what would one more person bring, who is idle?
    repaired = mk.repairs(
        street, plan, "D0002", prices=mk.changes.RepairCosts(raise_cap=15)
    )
    print(repaired.text())
    print(mk.advice(street, plan, verified=1).line())

    # What if? The best plans before and after, and who gains and who loses.
    changed = mk.changes.apply_changes(street, repaired.repairs[0].changes)
    better = mk.solve(changed)
    causes = mk.compare(street, plan, better, problem_after=changed, causes=True)
    print(causes.line())
    print(mk.tables.moves_grid(causes).rows[1][-1])
    print(
        mk.what_if(
            street, plan, [mk.changes.SetCapacity(resource="P00103", capacity=2)]
        ).line()
    )
    print(mk.weight_range(street, plan, "distance").line())

    # Two goals against each other, and rules that cannot be kept together, on a street with two people.
    small = mk.Problem(
        units=[mk.Unit(id="club")],
        communities=[mk.Community(id="lane")],
        resources=[
            mk.Resource(
                id="walker",
                unit="club",
                preferences=[mk.Preference(category="sport", points=30)],
            ),
            mk.Resource(id="cook", unit="club", activation=300),
        ],
        demands=[
            mk.Demand(
                id="lunch",
                community="lane",
                requirements=[mk.Requirement(id="helpers", wanted=1)],
            ),
            mk.Demand(
                id="match",
                community="lane",
                category="sport",
                tier=2,
                requirements=[mk.Requirement(id="stewards", wanted=1)],
            ),
        ],
    )
    print(mk.trade_off(small, "tier 2", "weight").text())
    locked = small.model_copy(
        update={
            "rules": (
                mk.rules.Lock(resource="walker", requirement="helpers"),
                mk.rules.Lock(resource="walker", requirement="stewards"),
            )
        }
    )
    print(mk.conflicts(locked).text())

    # What looks wrong in the input itself? Of the street it is true: nobody offers these.
    print(mk.tables.check_input(street).text())

    # A table made by hand, faults and all.
    print(
        mk.audit(
            small, [("walker", "helpers"), ("cook", "helpers"), ("porter", "stewards")]
        ).text()
    )


if __name__ == "__main__":
    main()
