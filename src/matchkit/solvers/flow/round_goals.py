"""What all rounds of the price-and-prove loop for the same goals share: links, words, and what flows are
looked for by.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matchkit.graph.candidates import greatest_weight
from matchkit.graph.network import Goals, Network
from matchkit.solvers.flow.packed_goals import (
    PackedGoals,
    guessed_word,
    narrow_goals,
    pack_goals,
)
from matchkit.solvers.flow.subnetwork import HubLinks, links_of


class Guess(NamedTuple):
    """What a flow is looked for by, before the exact words: links with other gains, and other words."""

    links: HubLinks
    words: tuple[PackedGoals, ...]


def guesses_of(network: Network, goals: Goals) -> list[Guess]:
    """Small numbers in one word, where the goals fit."""
    word = guessed_word(network, goals) if len(goals.names) > 1 else None
    return [] if word is None else [Guess(links_of(network, goals), (word,))]


class RoundGoals:
    """What all rounds for the same goals share: the links, the exact words, narrower ones for prices (None:
    no fewer), and the guesses by which flows are looked for; those that were wrong are taken out.
    """

    def __init__(
        self, network: Network, goals: Goals, guesses: Sequence[Guess] = ()
    ) -> None:
        """``guesses`` are tried before those that the goals give."""
        self.network, self.goals = network, goals
        self.links = links_of(network, goals)
        self.words = pack_goals(network, goals)
        narrow = narrow_goals(network, goals)
        self.narrow = narrow if len(narrow) < len(self.words) else None
        self.guesses = [*guesses, *guesses_of(network, goals)]
        self.span = greatest_weight(network.pairs) if goals.weight else 0

    def word_from(self, first: int) -> PackedGoals | None:
        """The goals from this one on in a guessed word."""
        return guessed_word(self.network, self.goals, first=first)
