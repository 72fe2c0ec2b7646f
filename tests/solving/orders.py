"""Run as a program: solves a few problems in six record orders each and prints a digest of every plan's
JSON.
"""

from __future__ import annotations

import hashlib
import random
import sys
from pathlib import Path

import matchkit as mk

HERE = Path(__file__).parent
ORDERS = 6


def problems() -> list[mk.Problem]:
    """The street, two random problems with many ties, and one in which all pairs are worth the same."""
    from problem_campaign import crowded
    from random_problems import random_problem, seeded

    alike = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=[mk.Resource(id=f"r{number}", unit="U") for number in range(40)],
        demands=[
            mk.Demand(
                id=f"d{n}",
                community="C",
                requirements=[mk.Requirement(id=f"q{n}", wanted=3)],
            )
            for n in range(20)
        ],
    )
    random_ones = []
    for seed in (2, 7):  # a flow can express both
        rng = seeded(seed)
        random_ones.append(crowded(random_problem(rng, 30, 12), rng))
    return [mk.datasets.city("street", 1), *random_ones, alike]


def digests(engine: str, given: list[mk.Problem]) -> list[list[str]]:
    """One list a problem: SHA-256 of the plan's JSON in each order."""
    from random_problems import shuffled

    found = []
    for problem in given:
        texts = []
        for order in range(ORDERS):
            turned = shuffled(problem, random.Random(order)) if order else problem  # noqa: S311 - the order of a test
            texts.append(mk.solve(turned, engine=engine).to_json())
        found.append([hashlib.sha256(text.encode()).hexdigest() for text in texts])
    return found


if __name__ == "__main__":
    sys.path[:0] = [
        str(folder)
        for folder in (HERE, HERE.parent / "compile", HERE.parent / "verification")
    ]
    every = problems()
    for line in digests("auto", every) + digests("greedy", every[1:]):
        print(*line)  # noqa: T201 - what the test reads
