"""A draw for places in a course: odds with a cap, published first, then a plan by public numbers."""

import matchkit as mk

PEOPLE = ["ana", "bo", "cy", "di", "ed", "flo"]
POINTS = {"morning": [3, 3, 3, 1, 1, 1], "evening": [1, 1, 3, 3, 3, 2]}
PLACES = [2, 2]


def main() -> None:
    """Two courses with two places each; nobody is to be sure of either."""
    graph = mk.BipartiteGraph.from_arrays(
        PEOPLE * 2,
        ["morning"] * 6 + ["evening"] * 6,
        POINTS["morning"] + POINTS["evening"],
        right_ids=["morning", "evening"],
        right_capacity=PLACES,
    )
    lottery: mk.results.Lottery = mk.lottery(graph, cap=0.5, perturbation=0.1)
    for person, course, odds in zip(
        lottery.pairs.left, lottery.pairs.right, lottery.pairs.odds, strict=True
    ):
        print(f"{person} has {course} in {odds} of {lottery.parts} draws")
    print(f"to be published first: {lottery.digest}")
    drawn = lottery.draw("numbers drawn on 24 December 2026: 4 8 15 16 23 42")
    print(drawn.text)
    rows = list(
        zip(drawn.pairs.left, drawn.pairs.right, drawn.pairs.quantity, strict=True)
    )
    for person, course, _ in rows:
        print(f"{person} goes to the {course} course")
    assert mk.check_draw(lottery.text, drawn.text, rows).ok


if __name__ == "__main__":
    main()
