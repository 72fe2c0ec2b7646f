"""Resources that do not exist yet, and what each would be worth to every requirement: eligibility and weight
as compile has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.instance import Instance
from matchkit.compile.lexicon import Lexicon
from matchkit.explain.advice.rarity import Rarity, named_by
from matchkit.model import Forbid, MaxDistance, Problem, Resource


class Imagined(NamedTuple):
    """Eligible pairs of resources as given (``owner`` their number) with requirements (by id, ascending), and
    their weights.
    """

    owner: Intp
    right: Intp
    weight: Int64


def imagined(
    problem: Problem,
    resources: Sequence[Resource],
    rarity: Callable[[int, str], int],
    origin: Mapping[str, str] | None = None,
) -> Imagined:
    """What resources would be worth if they were in the problem.

    ``rarity`` gives that of a word for the resource of this number. What rules, previous pairs and scores say
    of ``origin[resource.id]`` holds for the resource too.
    """
    aside = _aside(problem, resources, origin or {})
    instance = Instance(aside)
    number = {resource.id: place for place, resource in enumerate(resources)}
    owner = np.array([number[name] for name in instance.resource_ids], np.intp)[instance.left]
    weight = instance.weight + _idle(aside, resources, rarity, owner, instance)
    order = np.lexsort((instance.right, owner))
    return Imagined(owner[order], instance.right[order], weight[order])


def _aside(
    problem: Problem, resources: Sequence[Resource], origin: Mapping[str, str]
) -> Problem:
    """The problem with these resources in place of its own; only what bears on single pairs is kept."""
    copies: dict[str, list[str]] = {}
    for new, old in origin.items():
        copies.setdefault(old, []).append(new)
    rules: list[Forbid | MaxDistance] = []
    for rule in problem.rules:
        if rule.soft is None and isinstance(rule, Forbid | MaxDistance):
            if rule.resource is None:
                rules.append(rule)
            rules += [
                rule.model_copy(update={"resource": new})
                for new in copies.get(rule.resource or "", ())
            ]
    previous = tuple(
        pair.model_copy(update={"resource": new})
        for pair in problem.previous
        for new in copies.get(pair.resource, ())
    )
    scores = tuple(
        record.model_copy(update={"resource": new})
        for record in problem.scores
        for new in copies.get(record.resource, ())
    )
    return problem.model_copy(
        update={
            "resources": tuple(resources),
            "rules": tuple(rules),
            "previous": previous,
            "scores": scores,
        }
    )


def _idle(
    aside: Problem,
    resources: Sequence[Resource],
    rarity: Callable[[int, str], int],
    owner: Intp,
    instance: Instance,
) -> Int64:
    """What to add to weights that were reckoned with the rarity of a problem of these resources only."""
    lexicon = Lexicon(aside)
    own = Rarity(aside, lexicon)
    if not own.factor:
        return np.zeros(len(owner), np.int64)
    declared = [sorted(lexicon.declared(resource)) for resource in resources]
    words = {
        word: place
        for place, word in enumerate(sorted({word for held in declared for word in held}))
    }
    off = np.zeros((len(resources), len(words)), np.int64)
    for place, held in enumerate(declared):
        for word in held:
            off[place, words[word]] = own.of(word) - rarity(place, word)
    named = [named_by(lexicon, need) for need in instance.requirements]
    roles = {names: place for place, names in enumerate(sorted(set(named), key=sorted))}
    unused = np.array(
        [[names.isdisjoint(lexicon.above(word)) for names in roles] for word in words], np.int64
    ).reshape(len(words), len(roles))
    role = np.array([roles[names] for names in named], np.intp)
    return (
        own.factor * (off @ unused)[owner, role[instance.right]]
        if len(owner)
        else np.zeros(0, np.int64)
    )
