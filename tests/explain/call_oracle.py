"""Calls answered by level a second time, written from docs/calls.md: every way to ask is listed.

``python tests/explain/call_oracle.py 0 200`` compares 200 random trees, deadlines and answers.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from itertools import combinations, product
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "compile"))

from random_problems import seeded

import matchkit as mk

SIX = datetime(2026, 5, 4, 6, tzinfo=UTC)
Row = tuple[str, str]
"""A resource and a requirement; one unit."""


def drawn(seed: int) -> tuple[mk.Problem, mk.Plan, list[mk.Call], dict[str, str]]:
    """Two trees, up to six people, calls for up to three demands, of which one is planned already, with
    answers at any time.
    """
    rng = seeded(seed)

    def tree(ids: list[str]) -> dict[str, str | None]:
        return {
            one: rng.choice(ids[:place]) if place and rng.random() < 0.85 else None
            for place, one in enumerate(ids)
        }

    places = tree([f"C{n}" for n in range(rng.randint(1, 7))])
    units = tree([f"U{n}" for n in range(rng.randint(1, 4))])
    people = [
        mk.Resource(
            id=f"R{n}",
            unit=rng.choice(sorted(units)),
            home=rng.choice([None, *places]),
            capacity=rng.choice((1, 1, 2)),
        )
        for n in range(rng.randint(1, 5))
    ]
    demands = []
    for n in range(rng.randint(1, 3)):
        needs = []
        for k in range(rng.randint(1, 2)):
            wanted = rng.randint(1, 2)
            least = rng.randint(0, wanted)
            needs.append(mk.Requirement(id=f"D{n}.{k}", wanted=wanted, minimum=least))
        where = rng.choice(sorted(places))
        demands.append(mk.Demand(id=f"D{n}", community=where, requirements=needs))
    names = [need.id for demand in demands for need in demand.requirements]
    points = rng.sample(range(1, 500_000), len(people) * len(names))
    scores = [
        mk.Scores(resource=one.id, requirements=names, points=[points.pop() for _ in names])
        for one in people
    ]  # fmt: skip
    rules: list[Any] = [
        mk.rules.Forbid(resource=one.id, requirement=name)
        for one in people
        for name in names
        if rng.random() < 0.2
    ]
    if rng.random() < 0.3:
        rules.append(mk.rules.UnitCap(unit=rng.choice(sorted(units)), most=rng.randint(0, 3)))  # fmt: skip
    problem = mk.Problem(
        units=[mk.Unit(id=one, parent=above) for one, above in units.items()],
        communities=[mk.Community(id=one, parent=above) for one, above in places.items()],
        resources=people,
        demands=demands,
        rules=rules,
        scores=scores,
        objective=mk.Objective(
            importance=0, skill_fit=0, distance=0, preference=0, familiarity=0, previous=0
        ),
    )  # fmt: skip
    calls = []
    for n in range(rng.randint(1, 4)):
        start = SIX + timedelta(minutes=rng.randint(0, 60))
        answers: tuple[list[Any], list[Any]] = ([], [])
        for one in people:
            if rng.random() < 0.7:
                at = start + timedelta(minutes=rng.choice((1, 5, 10, 20, 30, 60, 90)))
                answers[rng.random() < 0.35].append((one.id, at))
        calls.append(
            mk.Call(
                id=f"K{n}",
                demand=rng.choice(demands).id,
                at=start,
                level=rng.choice((4, 4, 4, 3, 2, 1)),
                minutes=[rng.choice((0, 5, 10, 30)) for _ in range(rng.randint(1, 3))],
                deadline=rng.choice((None, None, 0, 15, 60)),
                received_by=rng.choice((None, *places, *units)),
                accepted=answers[0],
                declined=answers[1],
            )
        )
    areas = {unit: rng.choice(sorted(places)) for unit in units if rng.random() < 0.4}
    new = {one.demand for one in calls} - {rng.choice(("D0", ""))}
    before = mk.changes.apply_changes(
        problem, [mk.changes.RemoveDemand(demand=name) for name in sorted(new)]
    )
    return problem, mk.solve(before), calls, areas


class Second:
    """The same calls by plain lists."""

    def __init__(
        self,
        problem: mk.Problem,
        plan: mk.Plan,
        calls: list[mk.Call],
        areas: dict[str, str],
    ) -> None:
        self.problem = problem
        self.above = {one.id: one.parent for one in problem.communities}
        self.boss = {one.id: one.parent for one in problem.units}
        self.person = {one.id: one for one in problem.resources}
        self.need = {n.id: n for d in problem.demands for n in d.requirements}
        self.demand = {one.id: one for one in problem.demands}
        self.points = {(s.resource, n): p for s in problem.scores for n, p in zip(s.requirements, s.points, strict=True)}  # fmt: skip
        self.barred = {(r.resource, r.requirement) for r in problem.rules if r.rule == "forbid"}  # fmt: skip
        self.caps = [rule for rule in problem.rules if rule.rule == "unit_cap"]
        self.areas = areas
        self.planned: list[Row] = [
            (one.resource, one.requirement)
            for one in plan.assignments
            for _ in range(one.quantity)
        ]
        self.calls = sorted(calls, key=lambda one: (one.at, one.level, one.id))
        self.told: dict[str, dict[str, Any]] = {}

    def chain(self, community: str | None) -> list[str]:
        found = []
        while community is not None:
            found.append(community)
            community = self.above[community]
        return found

    def stands(self, name: str) -> str | None:
        who = self.person[name]
        if who.home is not None:
            return who.home
        unit: str | None = who.unit
        while unit is not None:
            if unit in self.areas:
                return self.areas[unit]
            unit = self.boss[unit]
        return None

    def wanting(self, call: mk.Call) -> dict[str, int]:
        """What is open of a call's demand."""
        given = [*self.planned, *(row for told in self.told.values() for row in told["team"])]  # fmt: skip
        found = {}
        for need in self.demand[call.demand].requirements:
            lacking = need.wanted - sum(1 for _, name in given if name == need.id)
            if lacking:
                found[need.id] = lacking
        return found

    def legal(self, rows: list[Row]) -> bool:
        if len(set(rows)) < len(rows):
            return False
        for name, who in self.person.items():
            if sum(1 for one, _ in rows if one == name) > who.capacity:
                return False
        for cap in self.caps:
            below = 0
            for name, _ in rows:
                unit: str | None = self.person[name].unit
                while unit is not None and unit != cap.unit:
                    unit = self.boss[unit]
                below += unit is not None
            if below > cap.most:
                return False
        return True

    def fill(
        self,
        keep: list[Row],
        others: list[Row],
        wanting: dict[str, int],
        pool: list[str],
    ) -> list[Row]:
        """The best rows beside ``keep`` and ``others``, by listing all."""
        left = dict(wanting)
        for _, name in keep:
            left[name] -= 1
        needs = [name for name, count in left.items() if count]
        choices = [
            [
                rows
                for size in range(len(needs) + 1)
                for rows in combinations([(who, name) for name in needs if (who, name) not in self.barred], size)
            ]
            for who in pool
        ]  # fmt: skip
        best: tuple[tuple[int, ...], list[Row]] = ((-1,), [])
        for picked in product(*choices):
            rows = [row for part in picked for row in part]
            if any(sum(1 for _, one in rows if one == name) > left[name] for name in needs):  # fmt: skip
                continue
            if not self.legal([*others, *keep, *rows]):
                continue
            least = 0
            for name in wanting:
                has = sum(1 for _, one in [*others, *keep, *rows] if one == name)
                least += min(has, self.need[name].minimum)
            value = (least, len(rows), sum(self.points[row] for row in rows))
            if value > best[0]:
                best = (value, rows)
        return [*keep, *sorted(best[1], key=lambda row: (row[1], -self.points[row], row[0]))]  # fmt: skip

    def ask(self, told: dict[str, Any], now: datetime) -> None:
        call = told["call"]
        while True:
            wanting = self.wanting(call)
            step = told["steps"][-1]
            if not wanting:
                step.update(left=now, ended="filled")
                told["status"] = "filled"
                return
            root = step["area"] == told["path"][-1]
            pool = [
                name
                for name in sorted(self.person)
                if (root or step["area"] in self.chain(self.stands(name)))
                and name not in told["gone"]
                and name not in [one for one, _ in told["team"]]
            ]
            others = list(self.planned)
            for one in self.told.values():
                others += one["team"] + ([] if one is told else one["asked"])
            total = sum(wanting.values())
            rows = self.fill(told["asked"], others, wanting, pool)
            if len(rows) < total:
                rows = self.fill([], others, wanting, pool)
            step.update(pool=len(pool), wanted=total, most=len(rows))
            if len(rows) == total or root:
                told["asked"] = rows
                step["asked"] += [one for one, _ in rows if one not in step["asked"]]
                step["asked"] = list(dict.fromkeys(step["asked"]))
                return
            step.update(left=now, ended="proof")
            self.up(told, now)

    def up(self, told: dict[str, Any], now: datetime) -> None:
        area = told["path"][len(told["steps"])]
        step = {"area": area, "entered": now, "left": None, "ended": "open"}
        told["steps"].append({**step, "asked": [], "pool": 0, "wanted": 0, "most": 0})

    def ends(self, told: dict[str, Any]) -> datetime:
        call, steps = told["call"], told["steps"]
        minutes = [*call.minutes, *[call.minutes[-1]] * 20][len(steps) - 1]
        end = steps[-1]["entered"] + timedelta(minutes=minutes)
        if call.deadline is not None:
            end = min(end, call.at + timedelta(minutes=call.deadline))
        return end

    def run(self) -> list[dict[str, Any]]:
        """What becomes of every call."""
        answers = []
        for place, call in enumerate(self.calls):
            answers += [(at, place, 0, name) for name, at in call.accepted]
            answers += [(at, place, 1, name) for name, at in call.declined]
        waiting = list(range(len(self.calls)))
        while True:
            moments = [at for at, *_ in answers]
            moments += [self.ends(one) for one in self.told.values() if one["status"] == "open"]  # fmt: skip
            moments += [self.calls[place].at for place in waiting]
            if not moments:
                return [self.told[call.id] for call in self.calls]
            now = min(moments)
            replies = sorted(one for one in answers if one[0] == now)
            if replies:
                answers.remove(replies[0])
                self.reply(replies[0], now)
                continue
            over = [
                call.id
                for call in self.calls
                if call.id in self.told
                and self.told[call.id]["status"] == "open"
                and self.ends(self.told[call.id]) == now
            ]
            if over:
                self.end(self.told[over[0]], now)
            else:
                self.open(self.calls[waiting.pop(0)], now)

    def reply(self, answer: tuple[datetime, int, int, str], now: datetime) -> None:
        _, place, no, name = answer
        told = self.told.get(self.calls[place].id)
        assert told is not None
        rows = [row for row in told["asked"] if row[0] == name]
        told["asked"] = [row for row in told["asked"] if row[0] != name]
        if no:
            told["gone"].add(name)
            if rows:
                self.ask(told, now)
        elif not rows:
            told["unheard"].append(name)
        else:
            told["team"] += rows
            if not self.wanting(told["call"]):
                told["status"] = "filled"
                told["steps"][-1].update(left=now, ended="filled")

    def end(self, told: dict[str, Any], now: datetime) -> None:
        call = told["call"]
        told["gone"] |= {one for one, _ in told["asked"]}
        told["asked"] = []
        late = call.deadline is not None and now == call.at + timedelta(minutes=call.deadline)  # fmt: skip
        told["steps"][-1].update(left=now, ended="deadline" if late else "minutes")
        if late or told["steps"][-1]["area"] == told["path"][-1]:
            told["status"] = "short"
            told["missing"] = sum(self.wanting(call).values())
        else:
            self.up(told, now)
            self.ask(told, now)

    def open(self, call: mk.Call, now: datetime) -> None:
        community = self.demand[call.demand].community
        path = self.chain(community)
        earlier = [
            one
            for one in self.told.values()
            if one["call"].demand == call.demand and one["status"] in ("open", "filled")
        ]
        told: dict[str, Any] = {
            "call": call,
            "lead": call.received_by or community,
            "status": "open",
            "joined": None,
            "steps": [],
            "asked": [],
            "team": [],
            "gone": set(),
            "unheard": [],
            "missing": 0,
            "path": path[4 - call.level :] or path[-1:],
        }
        self.told[call.id] = told
        if earlier:
            told.update(status="joined", joined=earlier[0]["call"].id, lead=earlier[0]["lead"])  # fmt: skip
        else:
            self.up(told, now)
            self.ask(told, now)


def as_plain(answer: mk.results.CallAnswer) -> dict[str, Any]:
    """An answer in the words of the second implementation."""
    return {
        **{name: getattr(answer, name) for name in ("lead", "status", "joined", "missing")},
        "unheard": list(answer.unheard),
        "team": [(one.resource, one.requirement) for one in answer.team],
        "steps": [
            {**one.model_dump(exclude={"proven"}), "asked": list(one.asked)}
            for one in answer.steps
        ],
    }  # fmt: skip


def differences(seed: int) -> tuple[str, list[dict[str, Any]]]:
    """Where the two differ ("" where nowhere), and what became of the calls."""
    problem, plan, calls, areas = drawn(seed)
    found = mk.respond(problem, plan, calls, areas=areas)
    again = Second(problem, plan, calls, areas).run()
    for one, other in zip(found.calls, again, strict=True):
        first, second = as_plain(one), {key: other[key] for key in as_plain(one)}
        if first != second or one.call != other["call"].id or not all(step.proven for step in one.steps):  # fmt: skip
            return f"{seed} {one.call}:\n{first}\n{second}", again
    return "", again


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:])
    told = [differ for seed in range(first, first + count) if (differ := differences(seed)[0])]  # fmt: skip
    sys.stdout.write("\n".join([f"{len(told)} of {count} differ", *told[:10], ""]))
    sys.exit(bool(told))
