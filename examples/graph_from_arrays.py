"""A graph from arrays: the best matching and its bound. Nothing here knows a unit or a demand."""

import numpy as np

import matchkit as mk

LEFT = np.array([0, 0, 1, 1, 2])
RIGHT = np.array([0, 1, 0, 1, 1])
WEIGHT = np.array([9, 7, 8, 2, 5])


def main() -> None:
    """Three left nodes of capacity 1, two right nodes that take 1 and 2."""
    graph = mk.BipartiteGraph.from_arrays(
        LEFT,
        RIGHT,
        WEIGHT,
        left_capacity=np.array([1, 1, 1]),
        right_capacity=np.array([1, 2]),
    )
    matching: mk.results.Matching = mk.match(graph, objective="weight")
    for left, right, quantity in zip(
        matching.pairs.left, matching.pairs.right, matching.pairs.quantity, strict=True
    ):
        print(f"left {left} with right {right}, {quantity} unit")
    print(f"value {matching.value}, bound {matching.bound}")


if __name__ == "__main__":
    main()
