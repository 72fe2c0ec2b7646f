"""How many to invite, who stands by, and what the loss of one person would do: an invented street."""

import matchkit as mk


def main() -> None:
    """Invitations for one shift, backups of a plan, and its worst losses."""
    street = mk.datasets.city("street")
    plan = mk.solve(street)
    # Chances are an argument and stand in no file: by unit here, of one person by name.
    chances = {unit.id: "0.9251" for unit in street.units} | {"P00003": "0.5"}
    people = [one for one in street.resources if one.kind == "person"]
    print(mk.invitations(8, people, accepts=chances, no_show="0.05").line())

    named = mk.backups(street, plan)
    print(named.line())
    lost = plan.assignments[0].resource
    print("legal without", lost, mk.audit(street, named.rows_after(plan, [lost])).sound)
    print(mk.losses(street, plan, backups=named, top=2).line())


if __name__ == "__main__":
    main()
