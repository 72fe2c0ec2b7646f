"""What no single set-aside can see: too many groups for the same places, and orders that leave open which
place somebody takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from matchkit.errors import Complaint
from matchkit.model.demand import Demand
from matchkit.model.fault import complaint
from matchkit.model.rules.set_asides import Places, SetAside, kept
from matchkit.model.text import key

if TYPE_CHECKING:
    from matchkit.model.problem import Problem

MOST_TOGETHER = 8
"""Groups that hard set-asides of the same places keep some for are no more: each choice of them is looked
at.
"""


def set_aside_faults(problem: Problem) -> Iterator[Complaint]:
    """One complaint where hard set-asides keep some of the same places for too many groups. Where any has an
    order: for places that it shares with others named otherwise, and for resources of two groups.
    """
    together: dict[Places, dict[str, SetAside]] = {}
    number = {id(rule): place for place, rule in enumerate(problem.rules)}
    twice: dict[Places, SetAside] = {}
    for rule in kept(problem.rules):
        here = together.setdefault(rule.places, {})
        known = here.setdefault(key(rule.group), rule)
        if known.order != rule.order:
            twice[rule.places] = rule
        if len(here) > MOST_TOGETHER:
            where = f"rules[{number[id(rule)]}].group"
            yield complaint(where, "set_asides_many", most=MOST_TOGETHER)
            return
    for rule in twice.values():
        where = f"rules[{number[id(rule)]}].order"
        yield complaint(where, "set_aside_twice", group=rule.group)
    ordered = {
        places
        for places, rules in together.items()
        if any(rule.order for rule in rules.values())
    }
    if not ordered or twice:
        return
    taken: dict[str, Places] = {}
    by_demand = {one.id: one for one in problem.demands}
    by_need = {need.id: one for one in problem.demands for need in one.requirements}
    for places in sorted(together, key=lambda named: named not in ordered):
        alone = by_need.get(places[0] or "") or by_demand.get(places[1] or "")
        among = problem.demands if alone is None else (alone,)
        for name in _requirements(problem, among, places):
            other = taken.setdefault(name, places)
            if other != places and ordered & {other, places}:
                rule, beside = (
                    next(iter(together[one].values())) for one in (places, other)
                )
                where = f"rules[{number[id(rule)]}]"
                yield complaint(where, "set_aside_places", other=beside.label)
                return
    # Of places for the same groups one says it for all.
    alike = {frozenset(together[places]): places for places in ordered}
    for resource in problem.resources:
        mine = {key(group) for group in resource.groups}
        for places in alike.values() if len(mine) > 1 else ():
            both = sorted(mine & together[places].keys())
            if len(both) > 1:
                rule = together[places][both[0]]
                where = f"rules[{number[id(rule)]}].order"
                yield complaint(where, "set_aside_groups", one=both[0], other=both[1])
                return


def _requirements(
    problem: Problem, among: Sequence[Demand], places: Places
) -> Iterator[str]:
    """The requirements of some demands that places are named by; none of what is not in the problem."""
    requirement, demand, community, kind = places
    below = None if community is None else _below(problem, community)
    for one in among:
        if demand in (None, one.id) and (below is None or one.community in below):
            for need in one.requirements:
                if requirement in (None, need.id) and kind in (None, key(need.kind)):
                    yield need.id


def _below(problem: Problem, top: str) -> set[str]:
    """A community and all below it."""
    children: dict[str | None, list[str]] = {}
    for one in problem.communities:
        children.setdefault(one.parent, []).append(one.id)
    found, stack = {top}, [top]
    while stack:
        new = [child for child in children.get(stack.pop(), ()) if child not in found]
        found.update(new)
        stack += new
    return found
