"""Labelled messages as a matching: 26 needs after the 2015 Nepal earthquake, each to its five best of 718
offers.

People chose five offers for each of 26 needs (FIRE 2017 microblog track). Here the weight of a need and an
offer is how alike their words are, rare words counting more; the matching gives each need up to five offers
and each offer to at most five needs. Text likeness is a plain stand-in for understanding: the point is the
comparison, good or bad.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from public_data import public_data

import matchkit as mk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

OFFERS_A_NEED = 5
NEEDS_AN_OFFER = 5
SCALE = 1_000

Labels = dict[str, list[str]]
Vector = dict[str, float]


@dataclass(frozen=True)
class Messages:
    """Texts by message id, the ids of offers, and the offers that people chose for each labelled need."""

    text: dict[str, str]
    offers: list[str]
    labels: Labels


def read(folder: Path) -> Messages:
    """The messages; every line of the id files that is not a heading is an id, whatever the language."""
    with (folder / "messages.csv").open(encoding="utf-8-sig", newline="") as file:
        text = {row["tweet_id"]: row["text"] for row in csv.DictReader(file)}
    lines = (
        (folder / "availability_ids.txt").read_text(encoding="utf-8-sig").split("\n")
    )
    offers = sorted({line.strip() for line in lines if line.strip().isdigit()})
    labels = {}
    for line in (
        (folder / "matched_need_to_offers.txt").read_text(encoding="utf-8-sig").split()
    ):
        need, chosen = line.split(":")
        labels[need] = chosen.split(",")
    return Messages(text, offers, dict(sorted(labels.items())))


def words(text: str) -> list[str]:
    """Lower-case words without addresses, user names and the mark of a repeated message."""
    plain = re.sub(r"https?\S*|@\w+|\brt\b|&amp;?", " ", text.lower())
    return re.findall(r"[^\W_]{2,}", plain)


def vectors(messages: Messages) -> dict[str, Vector]:
    """Each message's words weighted by inverse document frequency (Sparck Jones 1972), at length 1."""
    bags = {number: set(words(text)) for number, text in messages.text.items()}
    spread = Counter(word for bag in bags.values() for word in bag)
    found = {}
    for number, bag in bags.items():
        weight = {word: log(len(bags) / spread[word]) for word in sorted(bag)}
        length = sqrt(sum(value * value for value in weight.values())) or 1.0
        found[number] = {word: value / length for word, value in weight.items()}
    return found


def likeness(one: Vector, other: Vector) -> int:
    """Cosine of the angle between two vectors, in thousandths."""
    return round(
        SCALE * sum(value * other[word] for word, value in one.items() if word in other)
    )


def pairs(messages: Messages) -> list[tuple[int, int, int]]:
    """(offer number, need number, weight) wherever two messages share a word; a message is not its own
    offer.
    """
    weighted = vectors(messages)
    found = []
    for left, offer in enumerate(messages.offers):
        for right, need in enumerate(messages.labels):
            weight = likeness(weighted[need], weighted[offer]) if offer != need else 0
            if weight > 0:
                found.append((left, right, weight))
    return found


def upper_bound(labels: Labels) -> int:
    """How many labelled pairs any matching can hold, as each offer goes to at most so many needs."""
    chosen = Counter(offer for offers in labels.values() for offer in offers)
    return sum(min(count, NEEDS_AN_OFFER) for count in chosen.values())


def compared(chosen: set[tuple[str, str]], messages: Messages) -> str:
    """Precision and recall of the chosen (need, offer) pairs against the labels, beside chance."""
    labelled = {
        (need, offer) for need, offers in messages.labels.items() for offer in offers
    }
    hits = len(chosen & labelled)
    chance = OFFERS_A_NEED / len(messages.offers)
    return (
        f"{hits} of {len(chosen)} chosen pairs are labelled: precision {hits / max(1, len(chosen)):.1%}, "
        f"recall {hits / len(labelled):.1%} of {len(labelled)} labels\n"
        f"five offers drawn at random for each need: precision {chance:.1%} expected; "
        f"highest recall the limit of {NEEDS_AN_OFFER} needs an offer allows: "
        f"{upper_bound(messages.labels) / len(labelled):.1%}"
    )


def nearest(
    messages: Messages, found: list[tuple[int, int, int]]
) -> set[tuple[str, str]]:
    """The five most alike offers of every need by itself, however often an offer is taken: what a search box
    gives.
    """
    needs = list(messages.labels)
    best: dict[int, list[tuple[int, int]]] = {}
    for offer, need, weight in found:
        best.setdefault(need, []).append((-weight, offer))
    return {
        (needs[need], messages.offers[offer])
        for need, offers in best.items()
        for _, offer in sorted(offers)[:OFFERS_A_NEED]
    }


def hits(chosen: set[tuple[str, str]], messages: Messages) -> list[int]:
    """How many needs have 0, 1, ... 5 of their labelled offers among the chosen ones."""
    found = Counter(
        sum((need, offer) in chosen for offer in offers)
        for need, offers in messages.labels.items()
    )
    return [found[count] for count in range(OFFERS_A_NEED + 1)]


def matched(
    messages: Messages, found: list[tuple[int, int, int]], needs_an_offer: int
) -> tuple[Any, set[tuple[str, str]]]:
    """The best matching with each offer for at most so many needs, and its (need, offer) pairs."""
    left, right, weight = (np.array(column) for column in zip(*found, strict=True))
    graph = mk.BipartiteGraph.from_arrays(
        left,
        right,
        weight,
        left_capacity=np.full(len(messages.offers), needs_an_offer),
        right_capacity=np.full(len(messages.labels), OFFERS_A_NEED),
    )
    matching = mk.match(graph, objective="weight")
    needs = list(messages.labels)
    chosen = {
        (needs[need], messages.offers[offer])
        for offer, need in zip(matching.pairs.left, matching.pairs.right, strict=True)
    }
    return matching, chosen


def figures() -> dict[str, Any] | None:
    """The matching at the limit and with each offer for one need, beside what each need would take by itself;
    None without data.
    """
    folder = public_data("community_fire2017")
    if folder is None:
        return None
    messages = read(folder)
    found = pairs(messages)
    (many, chosen), (once, apart) = (
        matched(messages, found, NEEDS_AN_OFFER),
        matched(messages, found, 1),
    )
    alone = nearest(messages, found)
    return {
        "needs": len(messages.labels),
        "offers": len(messages.offers),
        "pairs": len(found),
        "value": int(many.value),
        "bound": int(many.bound),
        "compared": compared(chosen, messages),
        "hits": {
            f"an offer for {NEEDS_AN_OFFER} needs": hits(chosen, messages),
            "an offer for 1 need": hits(apart, messages),
            "each need by itself": hits(alone, messages),
        },
        "most needs an offer": max(Counter(offer for _, offer in chosen).values()),
        "once": int(once.value),
        "contested": int((once.left_price > 0).sum()),
        "dearest": int(once.left_price.max()),
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as text."""
    printed = [
        (
            f"{found['needs']} labelled needs, {found['offers']} offers, {found['pairs']:,} pairs that "
            "share a word"
        ),
        f"total likeness {found['value']:,} thousandths, bound {found['bound']:,}",
        found["compared"],
    ]
    for name, counts in found["hits"].items():
        printed.append(
            f"{name}: {sum(number * count for number, count in enumerate(counts))} labelled pairs"
        )
    printed.append(
        f"no offer is taken for more than {found['most needs an offer']} needs, so the limit costs nothing"
    )
    once = (
        f"with each offer for one need: total likeness {found['once']:,}; {found['contested']} offers "
        "have a price"
    )
    return [*printed, f"{once}, the highest {found['dearest']}"]


def picture(found: dict[str, Any]) -> Figure:
    """How many needs got how many of the offers that people chose for them."""
    from pictures import BLUE, GREY, ORANGE, blank

    drawn = blank(7.2, 3.2)
    panel = drawn.subplots()
    for side, ((name, counts), colour) in enumerate(
        zip(found["hits"].items(), (BLUE, ORANGE, GREY), strict=True)
    ):
        at = [number + 0.28 * (side - 1) for number in range(OFFERS_A_NEED + 1)]
        panel.bar(at, counts, 0.26, color=colour, label=name)
    panel.set(
        xlabel="labelled offers found",
        ylabel="needs",
        title=f"{found['needs']} needs, five offers each",
    )
    panel.legend(frameon=False)
    panel.spines[["top", "right"]].set_visible(False)
    return drawn


def main() -> None:
    """Read, match, compare."""
    found = figures()
    if found is not None:
        print("\n".join(lines(found)))


if __name__ == "__main__":
    main()
