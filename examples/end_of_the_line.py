"""Communities at the end of the line: what a plan by fill and weight leaves with nobody, what a fair one does
about it, what that costs, and what proves that no plan does more.

Everything is generated: ``mk.datasets.city("street", seed=2)``, 60 blocks of an invented street. Its caps are
left out and all its needs count alike (one tier), so that one chain of Hall sets proves the whole of it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import matchkit as mk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEED = 2
POINTS = 12
"""So many points of the curve are looked for."""


def build(fair: str | None = None) -> mk.Problem:
    """The street, everybody within the distances of its rules; fair between its blocks where asked."""
    street = mk.datasets.city("street", seed=SEED)
    return street.model_copy(
        update={
            "demands": tuple(
                demand.model_copy(update={"tier": 1}) for demand in street.demands
            ),
            "rules": tuple(
                rule for rule in street.rules if isinstance(rule, mk.rules.MaxDistance)
            ),
            "objective": street.objective.model_copy(update={"fair": fair}),
        }
    )


def counted(problem: mk.Problem, plan: mk.Plan) -> dict[str, Any]:
    """What the plan is worth, and filled and wanted of every block, the lowest first."""
    block = {
        need.id: demand.community
        for demand in problem.demands
        for need in demand.requirements
    }
    wanted, filled = Counter[str](), Counter[str]()
    for demand in problem.demands:
        wanted[demand.community] += sum(need.wanted for need in demand.requirements)
    for one in plan.assignments:
        filled[block[one.requirement]] += one.quantity
    order = sorted(wanted, key=lambda name: (filled[name] / wanted[name], name))
    return {
        "weight": plan.outcome.value,
        "shares": {name: [filled[name], wanted[name]] for name in order},
    }


def figures() -> dict[str, Any]:
    """Both plans, the curve between them, the chain, and why one block still has nothing."""
    plain, fair = build(), build("communities")
    best, fairest = mk.solve(plain), mk.solve(fair)
    asked = mk.Explainer(fair, fairest)
    [chain] = asked.hall_chains()
    [short] = mk.Explainer(fair, best).hall_chains()
    curve = mk.fairness_price(plain, "communities", points=POINTS)
    found = {"best": counted(plain, best), "fairest": counted(fair, fairest)}
    last = next(iter(found["fairest"]["shares"]))
    return {
        **found,
        "curve": [[point.steps, point.weight] for point in curve.points],
        "curve text": curve.text(),
        "chain": chain.text(),
        "chain holds": mk.check_witness(fair, fairest, chain).ok,
        "chain of the best": short.line(),
        "why": asked.why_below(last).text().splitlines()[:2],
    }


def with_nothing(counts: dict[str, Any]) -> list[str]:
    """The blocks that get nobody."""
    return [name for name, (filled, _) in counts["shares"].items() if not filled]


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as text."""
    printed = []
    for name, word in (("best", "by fill and weight"), ("fairest", "fairly")):
        one = found[name]
        filled, wanted = map(sum, zip(*one["shares"].values(), strict=True))
        printed.append(
            f"{word}: {filled} of {wanted} slots, weight {one['weight']:,}; "
            f"{len(with_nothing(one))} of {len(one['shares'])} blocks get nobody"
        )
    before, after = found["best"]["shares"], found["fairest"]["shares"]
    for block in sorted(before):
        old, new = before[block][0], after[block][0]
        if old != new:
            printed.append(f"  {block} wants {before[block][1]}: {old} -> {new}")
    printed += found["curve text"].splitlines()
    printed += [f"the plan by weight: {found['chain of the best']}", "the fair plan:"]
    printed += [
        *found["chain"].splitlines(),
        f"the chain holds: {found['chain holds']}",
    ]
    return [*printed, *found["why"]]


def picture(found: dict[str, Any]) -> Figure:
    """Coverage of all blocks, the lowest first, in both plans; and the curve of weight."""
    from pictures import BLUE, ORANGE, blank

    drawn = blank(9.6, 3.6)
    blocks, price = drawn.subplots(1, 2, width_ratios=[2, 1])
    for name, word, colour in (
        ("best", "by fill and weight", ORANGE),
        ("fairest", "fairly", BLUE),
    ):
        parts = [100 * one / of for one, of in found[name]["shares"].values()]
        blocks.step(range(1, len(parts) + 1), parts, color=colour, label=word)
    blocks.legend(frameon=False, loc="lower right")
    blocks.set(title="filled (%), blocks from the lowest", xlabel="blocks")
    steps, weight = zip(*found["curve"], strict=True)
    price.plot(steps, weight, color=BLUE, marker="o", markersize=3)
    price.set(title="greatest weight", xlabel="first steps that are fair")
    for panel in (blocks, price):
        panel.spines[["top", "right"]].set_visible(False)
    return drawn


def main() -> None:
    """Print the figures."""
    print("\n".join(lines(figures())))


if __name__ == "__main__":
    main()
