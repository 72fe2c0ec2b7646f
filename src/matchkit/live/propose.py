"""A proposed event of a live plan as a record: goals before and after, and who else there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from matchkit.answers.changes import AddRule
from matchkit.answers.effects import Effect, effect
from matchkit.answers.proposals import LiveEvent
from matchkit.answers.recommend import Recommendations
from matchkit.live.recommend import recommended
from matchkit.live.session import Session
from matchkit.model.rules import Forbid, Lock
from matchkit.plan import Outcome


def alternatives(
    session: Session | None, event: LiveEvent, kind: type[Lock | Forbid], count: int
) -> Iterator[Recommendations]:
    """Who else could have a unit more of each requirement that rules of a kind name."""
    if session is None or not count:
        return
    arrays = session.arrays
    for change in event.changes:
        rule = change.rule if isinstance(change, AddRule) else None
        if (
            not isinstance(rule, kind)
            or ("requirement", rule.requirement) not in arrays.node
        ):
            continue
        found = recommended(
            arrays, "requirement", rule.requirement, count + 1, "all", together=False
        )
        others = (one for one in found.options if one.resource != rule.resource)
        yield found.model_copy(update={"options": tuple(islice(others, count))})


def shift(before: Outcome, after: Outcome) -> Effect:
    """By how much goals differ; one that only one of two outcomes has is 0 in the other."""
    old, new = ({one.name: one.value for one in each.goals} for each in (before, after))
    names = [*new, *(name for name in old if name not in new)]
    return effect(names, [new.get(name, 0) - old.get(name, 0) for name in names])
