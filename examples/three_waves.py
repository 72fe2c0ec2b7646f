"""Three dated waves of calls by stated rates: greedy answers, hold-backs and hindsight."""

from datetime import date

import matchkit as mk

WORTH = {"nursing": 1000, "driving": 400, "carrying": 100}
HOLDS = [("carrying",)] * 12 + [("carrying", "driving")] * 8
HOLDS += [("carrying", "nursing")] * 4 + [("carrying", "driving", "nursing")] * 2
"""What each of 26 invented people can do."""
WAVES = {
    date(2021, 10, 21): {
        "nursing": [1, 2, 4],
        "driving": [3, 4, 5],
        "carrying": [8, 8, 6],
    },
    date(2022, 3, 12): {
        "nursing": [1, 3, 6],
        "driving": [3, 5, 6],
        "carrying": [8, 9, 6],
    },
    date(2022, 7, 9): {
        "nursing": [2, 3, 5],
        "driving": [4, 5, 6],
        "carrying": [9, 9, 7],
    },
}
"""The days on which three waves began, as reported; the mean numbers of calls in the first, second and third
week of each are invented.
"""


def problem() -> mk.Problem:
    """One street, its people, and a demand for each kind of call."""
    return mk.Problem(
        note="Invented people of no real place.",
        units=[mk.Unit(id="club")],
        communities=[mk.Community(id="street")],
        resources=[
            mk.Resource(
                id=f"P{number:02}",
                unit="club",
                skills=[mk.SkillLevel(skill=skill) for skill in skills],
            )
            for number, skills in enumerate(HOLDS)
        ],
        demands=[
            mk.Demand(
                id=name,
                community="street",
                requirements=[
                    mk.Requirement(
                        id=f"who is {name}", skills=[mk.SkillLevel(skill=name)]
                    )
                ],
            )
            for name in WORTH
        ],
    )


def waves() -> list[mk.Arrivals]:
    """Every wave with its rates; 7.49 % refuse, as 92.51 % were willing to go on, and 5 % drop out."""
    return [
        mk.Arrivals(
            day=began,
            rates=[
                mk.ArrivalRate(demand=name, worth=WORTH[name], calls=calls)
                for name, calls in rates.items()
            ],
            refusal="0.0749",
            dropout="0.05",
        )
        for began, rates in WAVES.items()
    ]


def main() -> None:
    """Compare the waves with prices from their stated rates, and from the waves before."""
    print(mk.simulate(problem(), waves()).text())
    print(mk.simulate(problem(), waves(), prices_from="earlier rounds").line())


if __name__ == "__main__":
    main()
