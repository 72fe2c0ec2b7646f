"""Calls at night, answered by level: an invented street."""

from datetime import UTC, datetime, timedelta

import matchkit as mk

MIDNIGHT = datetime(2022, 7, 9, 16, tzinfo=UTC)


def main() -> None:
    """One call for a demand that is new, and what became of it."""
    street = mk.datasets.city("street")
    plan = mk.solve(street)
    where = street.demands[-1].community
    wanted = mk.Requirement(id="night.hands", wanted=2)
    new = mk.Demand(id="night", community=where, requirements=[wanted])
    tonight = mk.changes.apply_changes(street, [mk.changes.AddDemand(demand=new)])
    call = mk.Call(id="K1", demand="night", at=MIDNIGHT, minutes=[30, 60])
    # Ask first, and then again with what those who were asked have said.
    [first] = mk.respond(tonight, plan, [call], until=MIDNIGHT).calls
    later = MIDNIGHT + timedelta(minutes=12)
    said = [(name, later) for name in first.steps[-1].asked]
    answered = call.model_copy(update={"accepted": tuple(said)})
    print(mk.respond(tonight, plan, [answered]).text())


if __name__ == "__main__":
    main()
