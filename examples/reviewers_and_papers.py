"""Reviewers and papers as a graph: 177 reviewers, 118 papers, a score for each pair, three reviewers a
paper.

The scores are those of a conference (midl, as published with a benchmark of reviewer assignment); they name
nobody. What does it cost to give every reviewer at least two papers, and for whom is that hard? The prices
say the second without solving again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from public_data import public_data

import matchkit as mk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

REVIEWERS_A_PAPER, MOST, LEAST = 3, 4, 2
PRECISION = 1e-6
LOWEST = -1.0
"""462 scores are exactly this: the pairs that people would rather not see."""


def matched(scores: np.ndarray, least: int) -> Any:
    """The best assignment: three reviewers for every paper, ``least`` to four papers for every reviewer."""
    graph = mk.BipartiteGraph.from_matrix(
        scores,
        left_capacity=MOST,
        left_minimum=least,
        right_capacity=REVIEWERS_A_PAPER,
        right_minimum=REVIEWERS_A_PAPER,
        precision=PRECISION,
    )
    return mk.match(graph)


def asked_of(matching: Any, scores: np.ndarray) -> dict[str, Any]:
    """What people ask of an assignment."""
    left, right = matching.pairs.left, matching.pairs.right
    papers = np.bincount(right, weights=scores[left, right], minlength=scores.shape[1])
    loads = np.bincount(left, minlength=scores.shape[0])
    return {
        "status": matching.status,
        "total": round(float(matching.value), 4),
        "worst paper": round(float(papers.min()), 3),
        "negative pairs": int((scores[left, right] < 0).sum()),
        "reviewers by load": np.bincount(loads, minlength=MOST + 1).tolist(),
        "papers": [round(float(value), 3) for value in np.sort(papers)],
    }


def figures() -> dict[str, Any] | None:
    """Both assignments, and what the prices of the second say of its minimum; None without the data."""
    folder = public_data("reviewer_assignment")
    if folder is None:
        return None
    scores = np.load(folder / "midl_scores.npy")
    free, shared = matched(scores, 0), matched(scores, LEAST)
    # A reviewer's price is below zero where the minimum binds: so much more is the total with one paper less
    # asked of this one.
    relief = -shared.left_price[:, -1]
    order = np.argsort(-relief, kind="stable")
    tried = {}
    for name, reviewer in (
        ("dearest", int(order[0])),
        ("median", int(order[len(order) // 2])),
    ):
        least = np.full(scores.shape[0], LEAST)
        least[reviewer] -= 1
        gain = matched(scores, least).value - shared.value
        tried[name] = {
            "reviewer": reviewer,
            "price": round(float(relief[reviewer]), 4),
            "gain": round(float(gain), 4),
        }
    return {
        "reviewers": scores.shape[0],
        "papers": scores.shape[1],
        "lowest scores": int((scores == LOWEST).sum()),
        "no minimum": asked_of(free, scores),
        "two each": asked_of(shared, scores),
        "bound by the minimum": int((relief > 0).sum()),
        "tried": tried,
        "relief": [round(float(value), 3) for value in np.sort(relief)[::-1]],
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as text."""
    printed = [
        (
            f"{found['reviewers']} reviewers, {found['papers']} papers, {found['lowest scores']} scores "
            f"of exactly {LOWEST:g}"
        )
    ]
    for name in ("no minimum", "two each"):
        one = found[name]
        loads = ", ".join(
            f"{count} with {load}"
            for load, count in enumerate(one["reviewers by load"])
            if count
        )
        printed.append(
            f"{name}: total {one['total']:.4f} ({one['status']}), worst paper {one['worst paper']:.3f}, "
            f"{one['negative pairs']} pairs below zero; reviewers: {loads}"
        )
    printed.append(f"the minimum binds for {found['bound by the minimum']} reviewers")
    for name, one in found["tried"].items():
        printed.append(
            f"{name} (reviewer {one['reviewer']}): price {one['price']}; solved with one paper less "
            f"asked: {one['gain']} more"
        )
    return printed


def picture(found: dict[str, Any]) -> Figure:
    """How well each paper is served in either assignment, and each reviewer's price."""
    from pictures import BLUE, GREY, ORANGE, blank

    drawn = blank(9.6, 3.6)
    papers, prices = drawn.subplots(1, 2)
    for name, colour in (("no minimum", GREY), ("two each", BLUE)):
        papers.plot(found[name]["papers"], color=colour, lw=2, label=name)
    papers.set(title="score of a paper's three reviewers", xlabel="papers, worst first")
    papers.legend(frameon=False)
    prices.fill_between(
        range(found["reviewers"]), found["relief"], color=ORANGE, step="pre", alpha=0.8
    )
    prices.set(
        title="what two papers each costs at a reviewer",
        xlabel="reviewers, dearest first",
    )
    for panel in (papers, prices):
        panel.spines[["top", "right"]].set_visible(False)
    return drawn


def main() -> None:
    """Print the figures."""
    found = figures()
    if found is not None:
        print("\n".join(lines(found)))


if __name__ == "__main__":
    main()
