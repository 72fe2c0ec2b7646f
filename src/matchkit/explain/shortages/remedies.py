"""What would remove the obstacle to a requirement's next unit: changes of the problem, as few and as small as
prove the cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from matchkit.answers.apply import apply_changes
from matchkit.answers.causes import Broken
from matchkit.answers.changes import (
    AddResource,
    AddRule,
    Change,
    ChangeDemand,
    ChangeRule,
    RemoveRule,
)
from matchkit.compile.general.amounts import PlanAmounts
from matchkit.compile.numbering import Numbering
from matchkit.compile.rules.constraint_data import ConstraintData
from matchkit.explain.new_records import FreshIds
from matchkit.explain.plan_state import PlanState
from matchkit.explain.shortages.weighing import Steps, Weighing
from matchkit.model import Demand, Lock, Resource, SkillLevel, Unit, Weekly, Window
from matchkit.model.rules import Cap, Rule, RuleRecord
from matchkit.model.skill import AnyOf

MOST_HELD = 90
"""Most pairs that a remedy holds where they are."""


class Remedies:
    """Makes the changes that remove an obstacle, one requirement after another."""

    def __init__(self, state: PlanState, weighing: Weighing) -> None:
        self._state, self._weighing = state, weighing
        problem = state.problem
        self._ids = FreshIds(state.resource_ids)
        self._unit_ids = FreshIds(unit.id for unit in problem.units)
        self._demands = {
            need.id: demand
            for demand in problem.demands
            for need in demand.requirements
        }
        self._rule: dict[tuple[str, str], tuple[Cap, int, str]] = {}
        """By kind and label the cap that leaves least, how much that is, and its node."""
        for caps in (state.units, state.communities):
            for node, rules in zip(caps.ids, caps.rules, strict=True):
                for rule, most in rules:
                    known = self._rule.get((rule.rule, rule.label))
                    if known is None or most < known[1]:
                        self._rule[rule.rule, rule.label] = rule, most, node

    def set_aside(self, right: int) -> tuple[Change, ...]:
        """One more resource of just what the requirement asks, in a unit of its own and locked to it; and
        what would stand in its way.

        Of a flexible demand that fits into none of its windows, a window of its length; caps of the community
        raised by one; and other hard rules that it would break are dropped.
        """
        state, weighing = self._state, self._weighing
        need = state.requirements[right]
        demand = self._demands[need.id]
        unit = Unit(id=self._unit_ids.like(f"more for {need.id}"))
        made = Resource(
            id=self._ids.like(f"more for {need.id}"),
            unit=unit.id,
            kind=need.kind,
            skills=tuple(_skills(need.skills)),
            divisible=False,
            loads=need.uses,
        )
        changes: list[Change] = []
        if demand.minutes is not None and not _fits(demand):
            changes.append(ChangeDemand(demand=_longer(demand)))
        changes += [
            AddResource(resource=made, unit=unit),
            AddRule(rule=Lock(resource=made.id, requirement=need.id)),
        ]
        caps = weighing.caps_broken(None, right)
        changes += self._raised(caps)
        if weighing.tied:
            known = {broken.label for broken in caps}
            more = [
                label
                for label in self._hindering(changes, made, unit, right)
                if label not in known
            ]
            changes += [change for label in more for change in self._dropped(label)]
        return (*changes, *self._held(right))

    def _dropped(self, label: str) -> Iterator[Change]:
        """The rules of a label dropped, but for locks that share it: they are in nobody's way."""
        yield RemoveRule(label=label)
        yield from (
            AddRule(rule=rule)
            for rule in self._state.problem.rules
            if rule.label == label and isinstance(rule, Lock)
        )

    def _hindering(
        self, changes: Sequence[Change], made: Resource, unit: Unit, right: int
    ) -> list[str]:
        """Labels of rules that the plan with a unit of a new resource would break in the changed problem.

        They are hard, may be no worse than before, or count in a goal before the next one of the requirement.
        """
        weighing, requirement = self._weighing, self._state.requirement_ids[right]
        before, amounts = weighing.units, weighing.amounts
        if isinstance(changes[0], ChangeDemand):
            data = ConstraintData(
                Numbering(apply_changes(self._state.problem, changes))
            )
            before = {
                (
                    data.lists.left[self._state.resource_ids[left]],
                    self._like(slot, data.lists),
                ): amount
                for (left, slot), amount in before.items()
            }
            amounts = PlanAmounts(data, [rule for rule, _ in weighing.rules], before)
        else:
            data = weighing.case.facts.with_resource(made, unit)
        slots, places = data.lists.slots, data.lists.places[requirement]
        demand = slots[places[0]].demand.id
        starts = {
            slots[slot].start for _, slot in before if slots[slot].demand.id == demand
        }
        place = next(
            place for place in places if not starts or slots[place].start in starts
        )
        after = amounts.after({**before, (data.lists.left[made.id], place): 1}, data)
        grown = [
            rule
            for (rule, _), was, now in zip(
                weighing.rules, amounts.before, after, strict=True
            )
            if now > was and not rule.in_eligibility and self._matters(rule, right)
        ]
        return list(dict.fromkeys(rule.label for rule in grown))

    def _like(self, slot: int, lists: Numbering) -> int:
        """The slot of another numbering that is the same requirement at the same start."""
        same = self._weighing.case.lists.slots[slot]
        places = lists.places[same.requirement.id]
        return next(place for place in places if lists.slots[place].start == same.start)

    def _matters(self, rule: RuleRecord, right: int) -> bool:
        """Whether a rule is hard, may be no worse than before, or is counted by a goal before the
        requirement's next.
        """
        if rule.soft is None or rule.soft.no_worse:
            return True
        tier, earlier = (
            rule.soft.tier,
            self._state.aims[: self._weighing.network.next_goal[right]],
        )
        parts = [part for aim in earlier for part in aim.parts]
        if tier is None:
            return any(part.measure == "weight" for part in parts)
        return any(
            part.measure == "broken" and part.tier in (None, tier) for part in parts
        )

    def _held(self, right: int) -> Iterator[Change]:
        """What the plan has in this tier and earlier ones, held where it is: rules that give way, or aims,
        could take the gain elsewhere.

        The best plan of a flow needs none of this: what its new unit frees can only help. Of one that is not
        proven to be the best, a better one may have less in this tier.
        """
        state = self._state
        if not self._weighing.tied and state.plan.outcome.status == "optimal":
            return
        held = state.chosen[state.tier[state.right[state.chosen]] <= state.tier[right]]
        for at in held.tolist() if len(held) <= MOST_HELD else ():
            r, q = int(state.left[at]), int(state.right[at])
            lock = Lock(
                resource=state.resource_ids[r],
                requirement=state.requirement_ids[q],
                quantity=int(state.carried[at]),
            )
            yield AddRule(rule=lock)

    def may_raise(self, broken: Iterable[Broken]) -> bool:
        """Whether room under hard caps is all it takes: filling comes first, and nothing else is broken."""
        return not self._state.problem.objective.aims and all(
            (one.rule, one.label) in self._rule for one in broken
        )

    def with_room(self, moves: Steps, broken: Iterable[Broken]) -> tuple[Change, ...]:
        """The caps in the way raised by what is missing, and the unit locked where it is to go."""
        state, (left, right, _) = self._state, moves[0]
        at = state.position(left, right)
        held = 0 if at is None else int(state.carried[at])
        lock = Lock(
            resource=state.resource_ids[left],
            requirement=state.requirement_ids[right],
            quantity=held + 1,
        )
        return (*self._raised(broken), AddRule(rule=lock), *self._held(right))

    def _raised(self, broken: Iterable[Broken]) -> Iterator[Change]:
        """Every cap and reserve among the broken rules, raised by the amount broken; other rules of the same
        label stay.
        """
        named = {
            (one.rule, one.label): one.amount
            for one in broken
            if (one.rule, one.label) in self._rule
        }
        for label in sorted({label for _, label in named}):
            rules: list[Rule] = []
            for rule in (
                rule for rule in self._state.problem.rules if rule.label == label
            ):
                amount = named.get((rule.rule, label), 0)
                if isinstance(rule, Cap) and rule.soft is None and amount:
                    _, most, node = self._rule[rule.rule, label]
                    total = max(1, self._state.unit_capacity.get(node, 0))
                    rules.append(rule.raised(most + amount, total))
                else:
                    rules.append(rule)
            first = next(rule for rule in rules if isinstance(rule, Cap))
            yield ChangeRule(label=label, rule=first)
            yield from (AddRule(rule=rule) for rule in rules if rule is not first)


def _skills(needs: Iterable[SkillLevel | AnyOf]) -> list[SkillLevel]:
    return [need.any_of[0] if isinstance(need, AnyOf) else need for need in needs]


def _fits(demand: Demand) -> bool:
    duration = timedelta(minutes=demand.minutes or 0)
    return any(window.start + duration <= window.end for window in _united(demand))


def _united(demand: Demand) -> list[Window]:
    found: list[Window] = []
    for window in sorted(demand.times, key=lambda window: window.start):
        if found and window.start <= found[-1].end:
            found[-1] = Window(
                start=found[-1].start, end=max(found[-1].end, window.end)
            )
        else:
            found.append(window)
    return found


def _longer(demand: Demand) -> Demand:
    """The demand with a window that it fits into: its first one made longer."""
    first = min((window.start for window in demand.times), default=None)
    if first is None:  # patterns that hold on no date
        dates = [
            pattern.first for pattern in demand.windows if isinstance(pattern, Weekly)
        ]
        first = datetime.combine(min(dates), time(), tzinfo=UTC)
    window = Window(start=first, end=first + timedelta(minutes=demand.minutes or 1))
    return demand.model_copy(update={"windows": (*demand.windows, window)})
