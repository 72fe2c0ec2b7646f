"""Checks of the trees of units and communities: cycles, and depths beyond the limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matchkit.errors import Complaint
from matchkit.messages.message import Message
from matchkit.model.fault import complaint

MOST_ABOVE = 1_000
"""Most distinct nodes above a unit, a community or a skill.

What is above a node is walked or kept for each demand and each skill downstream: a chain of all skills would
take the square of their number in time and memory.
"""

MOST_STEPS = 20_000_000
"""Most steps from every node up to everything above it, in all: a few nodes with many parents each are soon
too many.
"""

_PLURAL = {"unit": "units", "community": "communities", "skill": "skills"}


def forest_faults(
    what: str, parents: Mapping[str, Sequence[str]]
) -> Iterator[Complaint]:
    """Every node that is its own ancestor; where there is none, every node that has more than MOST_ABOVE
    nodes above it.
    """
    circles = False
    for circle in _circles(what, parents):
        circles = True
        yield circle
    if not circles:
        yield from _too_deep(what, parents)


def _named(what: str, node: str) -> Message:
    return Message.of("what.node", what=Message(f"what.{what}"), id=node)


def _circles(what: str, parents: Mapping[str, Sequence[str]]) -> Iterator[Complaint]:
    """One complaint a node that is its own ancestor; iterative, as chains may be long."""
    done: set[str] = set()
    for start in sorted(parents):
        path: list[str] = []
        depth: dict[str, int] = {}
        stack: list[tuple[str, bool]] = [(start, True)]
        while stack:
            node, entering = stack.pop()
            if not entering:
                del depth[path.pop()]
                done.add(node)
            elif node in depth:
                length = len(path) - depth[node]
                circle = [*path[depth[node] : depth[node] + 6], node][
                    : min(6, length + 1)
                ]
                shown = " -> ".join(circle) + (" ..." if length >= 6 else "")
                yield complaint(_named(what, node), "circle", circle=shown)
            elif node not in done:
                path.append(node)
                depth[node] = len(path) - 1
                stack.append((node, False))
                stack.extend(
                    (parent, True)
                    for parent in sorted(parents.get(node, ()), reverse=True)
                )


def _too_deep(what: str, parents: Mapping[str, Sequence[str]]) -> Iterator[Complaint]:
    """The first nodes from above that are too deep; those below them are too deep for the same reason and not
    named.

    A node's ancestors are counted only where the sum over its parents passes the limit; the search ends at
    the limit.
    """
    most: dict[
        str, int
    ] = {}  # nodes above, and steps up to all of them: exact in a tree, too high where ways meet again
    steps: dict[str, int] = {}
    total = 0
    for node in _downward(parents):
        above = set(parents.get(node, ()))
        most[node] = sum(most[parent] + 1 for parent in above)
        steps[node] = sum(steps[parent] + 1 for parent in above)
        if any(most[parent] > MOST_ABOVE for parent in above):
            continue
        if most[node] > MOST_ABOVE:
            most[node], steps[node] = _count_above(node, parents)
            if most[node] > MOST_ABOVE:
                yield complaint(
                    _named(what, node), f"deep.{what}", "deep", most=MOST_ABOVE
                )
        total += steps[node]
        if total > MOST_STEPS:
            yield complaint(_PLURAL[what], "steps", "deep", most=MOST_STEPS)
            return


def _count_above(node: str, parents: Mapping[str, Sequence[str]]) -> tuple[int, int]:
    """How many distinct nodes are above it, and the steps it took; the search ends past MOST_ABOVE nodes."""
    seen: set[str] = set()
    stack, steps = [node], 0
    while stack and len(seen) <= MOST_ABOVE:
        above = parents.get(stack.pop(), ())
        steps += len(above)
        for parent in above:
            if parent not in seen:
                seen.add(parent)
                stack.append(parent)
    return len(seen), steps


def _downward(parents: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every node after all its parents (there are no circles), otherwise in the order of ids."""
    children: dict[str, list[str]] = {}
    missing: dict[str, int] = {}
    for node in sorted(
        {*parents, *(parent for above in parents.values() for parent in above)}
    ):
        above = set(parents.get(node, ()))
        missing[node] = len(above)
        for parent in above:
            children.setdefault(parent, []).append(node)
    ready = [node for node, count in missing.items() if count == 0]
    for node in ready:  # grows while it is read
        yield node
        for child in children.get(node, ()):
            missing[child] -= 1
            if missing[child] == 0:
                ready.append(child)
