"""A compiled problem: what matching is given, and what the way back needs."""

from __future__ import annotations

from dataclasses import dataclass

from matchkit.compile.candidates import ProblemCandidates
from matchkit.compile.numbering import RequirementAtStart
from matchkit.compile.rules.lock import Locked
from matchkit.graph.network import Goals, Network


@dataclass(frozen=True, slots=True)
class Compiled:
    """A problem as arrays. Left node k is ``resource_ids[k]``, right node k ``requirement_ids[k]``, both
    sorted.

    ``unit_ids`` and ``community_ids`` are the capped nodes in the order of the network's trees: by how many
    capped nodes lie above them, then by id. Capacities in ``network`` are what the locks left; ``locked`` is
    what they took.
    """

    network: Network
    goals: Goals
    resource_ids: tuple[str, ...]
    requirement_ids: tuple[str, ...]
    unit_ids: tuple[str, ...]
    community_ids: tuple[str, ...]
    locked: Locked
    slots: tuple[RequirementAtStart, ...]
    """Requirement records with their demands, by number."""
    candidates: ProblemCandidates
    """The same as ``network.pairs``, with the weight terms."""
