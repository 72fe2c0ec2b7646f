"""Labelled messages as a matching: 26 needs after the 2015 Nepal earthquake, each to its five best of 718 offers.

People chose five offers for each of 26 needs (FIRE 2017 microblog track). Here the weight of a need and an offer is how
alike their words are, rare words counting more; the matching gives each need up to five offers and each offer to at
most five needs. Text likeness is a plain stand-in for understanding: the point is the comparison, good or bad.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path

import numpy as np
from public_data import public_data

import matchkit as mk

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
    lines = (folder / "availability_ids.txt").read_text(encoding="utf-8-sig").split("\n")
    offers = sorted({line.strip() for line in lines if line.strip().isdigit()})
    labels = {}
    for line in (folder / "matched_need_to_offers.txt").read_text(encoding="utf-8-sig").split():
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
    return round(SCALE * sum(value * other[word] for word, value in one.items() if word in other))


def pairs(messages: Messages) -> list[tuple[int, int, int]]:
    """(offer number, need number, weight) wherever two messages share a word; a message is not its own offer."""
    weighted = vectors(messages)
    found = []
    for left, offer in enumerate(messages.offers):
        for right, need in enumerate(messages.labels):
            weight = likeness(weighted[need], weighted[offer]) if offer != need else 0
            if weight > 0:
                found.append((left, right, weight))
    return found


def ceiling(labels: Labels) -> int:
    """How many labelled pairs any matching can hold, as each offer goes to at most so many needs."""
    chosen = Counter(offer for offers in labels.values() for offer in offers)
    return sum(min(count, NEEDS_AN_OFFER) for count in chosen.values())


def compared(chosen: set[tuple[str, str]], messages: Messages) -> str:
    """Precision and recall of the chosen (need, offer) pairs against the labels, beside chance."""
    labelled = {(need, offer) for need, offers in messages.labels.items() for offer in offers}
    hits = len(chosen & labelled)
    chance = OFFERS_A_NEED / len(messages.offers)
    return (
        f"{hits} of {len(chosen)} chosen pairs are labelled: precision {hits / max(1, len(chosen)):.1%}, "
        f"recall {hits / len(labelled):.1%} of {len(labelled)} labels\n"
        f"five offers drawn at random for each need: precision {chance:.1%} expected; "
        f"highest recall the limit of {NEEDS_AN_OFFER} needs an offer allows: {ceiling(messages.labels) / len(labelled):.1%}"
    )


def main() -> None:
    """Read, match, compare."""
    folder = public_data("community_fire2017")
    if folder is None:
        return
    messages = read(folder)
    left, right, weight = (np.array(column) for column in zip(*pairs(messages), strict=True))
    graph = mk.BipartiteGraph.from_arrays(
        left,
        right,
        weight,
        left_capacity=np.full(len(messages.offers), NEEDS_AN_OFFER),
        right_capacity=np.full(len(messages.labels), OFFERS_A_NEED),
    )
    matching = mk.match(graph, objective="weight")
    needs = list(messages.labels)
    chosen = {(needs[need], messages.offers[offer]) for offer, need in zip(matching.pairs.left, matching.pairs.right, strict=True)}
    print(f"{len(needs)} labelled needs, {len(messages.offers)} offers, {len(weight):,} pairs that share a word")
    print(f"total likeness {matching.value:,} thousandths, bound {matching.bound:,}")
    print(compared(chosen, messages))


if __name__ == "__main__":
    main()
