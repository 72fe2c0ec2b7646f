"""Thousands of events on small live plans, after each the goals of a full solve, a plan that verifies, and
prices that hold at every eligible pair:

python tests/live/live_events.py 0 500 20          (problems of these seeds, with so many events each)
python tests/live/live_events.py 0 500 20 tied     (the same with a rule that no flow expresses)
python tests/live/live_events.py 0 500 20 several  (the same with several changes as one now and then)
"""

from __future__ import annotations

import random
import sys
from collections import Counter

from live_problems import drawn, event

import matchkit as mk
from matchkit.compile.compiler import flow_obstacles
from matchkit.compile.instance import Instance
from matchkit.errors import ContradictionError, InputError, UnsupportedError
from matchkit.verification.checks import Verifier


def campaign(
    first: int, last: int, events: int, *, tied: bool = False, several: bool = False
) -> Counter[str]:
    """How many events of each kind were made, ``several`` changes as one now and then. Raises AssertionError
    for the first that is wrong.
    """
    seen = Counter[str]()
    for seed in range(first, last):
        rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
        problem = drawn(seed)
        if tied and len(problem.resources) > 1:
            names = [one.id for one in problem.resources[:2]]
            rules = (*problem.rules, mk.rules.KeepApart(resources=names))
            problem = problem.model_copy(update={"rules": rules})
        try:
            live = mk.Live(problem)
        except (ContradictionError, UnsupportedError) as error:
            seen[type(error).__name__] += 1
            continue
        assert live.plan.outcome.status == "optimal", seed
        made_again(live)
        gone, verifier = [], Verifier()
        for number in range(events):
            where, before = (seed, number), live.plan
            problem = live.problem
            changes = [event(rng, problem, before, gone)]
            if several and rng.random() < 0.3:
                changes.append(event(rng, problem, before, gone))
            try:
                moves = live.apply(changes)
            except (ContradictionError, UnsupportedError, InputError) as error:
                seen[f"refused: {type(error).__name__}"] += 1
                refused(problem, changes, error)
                assert live.problem == problem, where
                assert live.plan.to_json() == before.to_json(), where
                continue
            seen["several"] += len(changes) > 1
            seen["anew"] += moves.anew
            for change in changes:
                seen[change.change] += 1
                seen[f"anew {change.change}"] += moves.anew
            if moves.anew:
                made_again(live)
            plan = live.plan
            report = verifier.verify(live.problem, plan)
            assert report.ok, (where, report.violations)
            assert report == mk.verify(live.problem, plan), where
            assert plan.outcome.status == "optimal", where
            if is_flow(live):
                assert mk.check_certificate(live.problem, plan).ok, where
            else:
                seen["tied"] += 1
                assert mk.verify(live.problem, plan).ok, where
            full = mk.solve(live.problem)
            assert full.outcome.goals == plan.outcome.goals, (where, changes)
            moved = Counter[tuple[str, str]]()
            for sign, one in ((-1, before), (1, plan)):
                for entry in one.assignments:
                    moved[entry.resource, entry.requirement] += sign * entry.quantity
            told = {(one.resource, one.requirement): one.units for one in moves.moves}
            assert told == {pair: by for pair, by in moved.items() if by}, where
            if rng.random() < 0.2:
                assert live.undo(), where
                assert live.problem == problem, where
                assert live.plan.to_json() == before.to_json(), where
                made_again(live)
                assert live.plan.to_json() == before.to_json(), where
                seen["undo"] += 1
            else:
                left = {one.id for one in live.problem.resources}
                gone += [one for one in problem.resources if one.id not in left]
    return seen


def is_flow(live: mk.Live) -> bool:
    return not flow_obstacles(Instance(live.problem))


def made_again(live: mk.Live) -> None:
    """Let the plan of a flow be made again from the arrays, with their prices."""
    if is_flow(live):
        live._plan = None


def refused(problem, changes, error) -> None:  # type: ignore[no-untyped-def]
    """A full solve refuses the same."""
    try:
        changed = mk.changes.apply_changes(problem, changes)
        plan = mk.solve(changed)
    except type(error):
        return
    raise AssertionError((changes, str(error), plan.outcome))


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:4]]
    tied, several = (word in sys.argv[4:] for word in ("tied", "several"))
    seen = campaign(*numbers, tied=tied, several=several)
    sys.stdout.write(f"{dict(seen)}\n")
