"""Stable places by the ranks of both sides: volunteers and shelters, and a couple that stays together."""

import matchkit as mk

WANTS = {
    "ana": ["harbour", "mill", "hill"],
    "ben": ["mill", "harbour"],
    "cho": ["harbour", "hill"],
    "dan": ["hill", "harbour"],
}
TAKES = {
    "harbour": ["ben", "ana", "cho", "dan"],
    "mill": ["ana", "ben"],
    "hill": ["dan", "cho", "ana"],
}
PLACES = {"harbour": 1, "mill": 1, "hill": 2}


def main() -> None:
    """Everybody ranks some shelters, and every shelter those who rank it (all invented)."""
    pairs = [(who, place) for who, wanted in WANTS.items() for place in wanted]
    left, right = [who for who, _ in pairs], [place for _, place in pairs]
    graph = mk.BipartiteGraph.from_arrays(
        left,
        right,
        right_ids=list(PLACES),
        right_capacity=list(PLACES.values()),
    )
    ranks = {
        "left": [WANTS[who].index(place) + 1 for who, place in pairs],
        "right": [TAKES[place].index(who) + 1 for who, place in pairs],
    }
    for side in ("left", "right"):
        found = mk.match(graph, preferences=mk.Preferences(**ranks, proposing=side))
        print(f"best for the {side}: {told(found)}; {len(found.blocking)} pairs block")
    # Ana and dan come with one car: where one goes, the other goes.
    couple = "ana", "dan", [("hill", "hill")]
    found = mk.match(graph, preferences=mk.Preferences(**ranks, couples=[couple]))
    print(f"with a couple: {told(found)}; {found.goals[0].value} pairs block")


def told(found: mk.results.Matching) -> str:
    """Who goes where."""
    rows = zip(found.pairs.left, found.pairs.right, strict=True)
    return ", ".join(f"{who} to {place}" for who, place in rows)


if __name__ == "__main__":
    main()
