"""Limits of time, size and memory of a solve, and a solve in a process of its own."""

import matchkit as mk


def main() -> None:
    """A generated street three times: refused as too large, solved in a process of its own, and with no time
    at all.
    """
    street = mk.datasets.city("street")

    try:
        mk.solve(street, budget=mk.Budget(records=100))
    except mk.errors.BudgetError as error:
        print(error)

    # In a process of its own: a crash or too much memory there is an error here, and Ctrl-C gives the best
    # plan so far.
    plan = mk.solve(
        street, isolated=True, budget=mk.Budget(seconds=600, megabytes=2_000)
    )
    print(
        f"{plan.outcome.status}, stopped: {plan.outcome.stopped}, gap {plan.outcome.gap}"
    )

    # No process starts in a thousandth of a second. The answer is an error that says so, half a second later
    # at most.
    try:
        mk.solve(street, isolated=True, time_limit=0.001)
    except mk.errors.StoppedError as error:
        print(error)


if __name__ == "__main__":
    main()
