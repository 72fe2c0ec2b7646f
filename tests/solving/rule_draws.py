"""One rule of each kind at random, hard or soft, and aims at random: what rule_problems.py puts into its
problems.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matchkit.model as m
from matchkit.model.rules import KINDS

GROUPS = ("women", "Women ", "local")
CATEGORIES = ("early", "night", "Night", "night ", None)
HOW = ("hard", "hard", "price", "tier", "no_worse")


@dataclass(frozen=True, slots=True)
class Draw:
    """What rules may name: the records of a problem, zones and spellings of skills."""

    rng: random.Random
    problem: m.Problem
    zones: Sequence[str]
    spellings: Sequence[str]

    def resource(self) -> str:
        return self.rng.choice(self.problem.resources).id

    def resources(self, least: int) -> list[str]:
        """Mostly several; some are named twice."""
        ids = [entry.id for entry in self.problem.resources]
        found = self.rng.sample(ids, self.rng.randint(min(least, len(ids)), len(ids)))
        return (
            found
            if len(found) >= least
            else [*found, *[found[0]] * (least - len(found))]
        )

    def demand(self) -> str:
        return self.rng.choice(self.problem.demands).id

    def demands(self, least: int) -> list[str]:
        """Mostly several; some are named twice."""
        ids = [entry.id for entry in self.problem.demands]
        return [
            *self.rng.sample(ids, self.rng.randint(1, len(ids))),
            *self.rng.choices(ids, k=least),
        ]

    def requirement(self) -> str:
        return self.rng.choice(self.rng.choice(self.problem.demands).requirements).id

    def unit(self) -> str:
        return self.rng.choice(self.problem.units).id

    def community(self) -> str:
        return self.rng.choice(self.problem.communities).id

    def small(self, least: int = 0, most: int = 3) -> int:
        return self.rng.randint(least, most)

    def pair(self) -> dict[str, Any]:
        return {"resource": self.resource(), "requirement": self.requirement()}

    def scope(self) -> dict[str, Any]:
        """One resource, a kind, or everybody."""
        chance = self.rng.random()
        if chance < 0.3:
            return {"resource": self.resource()}
        return (
            {"kind": self.rng.choice(("PERSON", "PERSON", "venue", "supplies"))}
            if chance < 0.5
            else {}
        )

    def periods(self) -> dict[str, Any]:
        per = self.rng.choice(("all", "day", "day", "week", "days"))
        return {
            "per": per,
            "days": self.rng.choice((1, 2, 3)) if per == "days" else None,
            "zone": self.rng.choice(self.zones),
        }

    def bounds(self) -> dict[str, Any]:
        least = self.small(1, 3)
        return {"least": least, "most": least + self.rng.choice((0, 0, 1, 2))}

    def skill(self) -> dict[str, Any]:
        return {
            "skill": self.rng.choice(self.spellings),
            "level": self.rng.choice((1, 1, 2)),
        }


def _max_distance(draw: Draw) -> dict[str, Any]:
    named = draw.rng.choice(("none", "resource", "demand", "both"))
    resource = draw.resource() if named in ("resource", "both") else None
    demand = draw.demand() if named in ("demand", "both") else None
    return {
        "km": draw.rng.choice((0.0, 1.5, 2.3, 5.0)),
        "resource": resource,
        "demand": demand,
    }


def _unit_share(draw: Draw) -> dict[str, Any]:
    bounds = draw.bounds()
    if draw.rng.random() < 0.3:
        bounds = {"least": 0, "most": draw.small(0, 2)}
    return {"unit": draw.unit(), "community": draw.community(), **bounds}


def _cover(draw: Draw) -> dict[str, Any]:
    skills = [
        m.SkillCount(**draw.skill(), count=draw.rng.choice((1, 1, 2)))
        for _ in range(draw.rng.choice((1, 2, 2)))
    ]
    return {
        "demand": draw.demand(),
        "skills": skills,
        "counting": draw.rng.choice(("one", "several")),
    }


def _least(draw: Draw) -> dict[str, Any]:
    what = draw.rng.choice(("scope", "scope", "unit", "community"))
    one = {"scope": draw.scope, "unit": lambda: {"unit": draw.unit()}}
    subject = one[what]() if what in one else {"community": draw.community()}
    if draw.rng.random() < 0.5:
        return {**subject, **draw.periods(), "quantity": draw.small(1, 2)}
    return {
        **subject,
        **draw.periods(),
        "minutes": draw.rng.choice((1, 45, 60, 61, 120)),
    }


def _set_aside(draw: Draw) -> dict[str, Any]:
    places = draw.rng.choice(("requirement", "demand", "community", "all"))
    named = {
        "requirement": draw.requirement,
        "demand": draw.demand,
        "community": draw.community,
    }
    least = draw.small(0, 3)
    return {
        "group": draw.rng.choice(GROUPS),
        **({} if places == "all" else {places: named[places]()}),
        "kind": draw.rng.choice((None, None, "PERSON")),
        "least": least,
        "most": draw.rng.choice((least, least + 1, 9)),
    }


def _run(draw: Draw) -> dict[str, Any]:
    return {
        **draw.scope(),
        "days": draw.rng.choice((2, 2, 3, 4)),
        "zone": draw.rng.choice(draw.zones),
    }


def _not_after(draw: Draw) -> dict[str, Any]:
    return {
        **draw.scope(),
        "category": draw.rng.choice(CATEGORIES[:-1]),
        "after": draw.rng.choice(CATEGORIES[:-1]),
        "zone": draw.rng.choice(draw.zones),
    }


FIELDS: dict[str, Callable[[Draw], dict[str, Any]]] = {
    "forbid": Draw.pair,
    "lock": lambda draw: {**draw.pair(), "quantity": draw.rng.choice((1, 1, 1, 2))},
    "max_distance": _max_distance,
    "unit_cap": lambda draw: {"unit": draw.unit(), "most": draw.small()},
    "community_cap": lambda draw: {"community": draw.community(), "most": draw.small()},
    "reserve_share": lambda draw: {
        "unit": draw.unit(),
        "percent": draw.rng.choice((10, 34, 50, 75, 100)),
    },
    "hours_budget": lambda draw: {
        **draw.scope(),
        **draw.periods(),
        "minutes": draw.rng.choice((0, 45, 60, 90, 120, 181, 240)),
    },
    "count_budget": lambda draw: {
        **draw.scope(),
        **draw.periods(),
        "most": draw.rng.choice((0, 1, 1, 1, 2)),
    },
    "longest_run": lambda draw: {
        **draw.scope(),
        "days": draw.rng.choice((1, 1, 2)),
        "zone": draw.rng.choice(draw.zones),
    },
    "rest": lambda draw: {
        **draw.scope(),
        "minutes": draw.rng.choice((1, 60, 300, 660, 1_440)),
    },
    "travel": lambda draw: {**draw.scope(), "kmh": draw.rng.choice((1, 2, 5, 60))},
    "team": lambda draw: {"demand": draw.demand(), **draw.bounds()},
    "cover": _cover,
    "trainees": lambda draw: {
        "demand": draw.demand(),
        "senior": m.SkillLevel(**draw.skill()),
        "most": draw.small(0, 2),
    },
    "units_represented": lambda draw: {
        "demand": draw.demand(),
        "least": draw.rng.choice((1, 2, 2)),
    },
    "unit_share": _unit_share,
    "local_member": lambda draw: {
        "demand": draw.demand(),
        "least": draw.rng.choice((1, 1, 2)),
    },
    "keep_together": lambda draw: {"resources": draw.resources(2)},
    "keep_apart": lambda draw: {"resources": draw.resources(2)},
    "all_or_nothing": lambda draw: {"demand": draw.demand()},
    "choose_at_most": lambda draw: {
        "resources": draw.resources(1),
        "most": draw.small(0, 2),
    },
    "most_moves": lambda draw: {
        "most": draw.small(0, 3),
        **draw.rng.choice(({}, {"each": True}, {"resource": draw.resource()})),
    },
    "not_both": lambda draw: {"demands": draw.demands(1)},
    "least": _least,
    "shortest_run": _run,
    "shortest_break": _run,
    "weekend_budget": lambda draw: {
        **draw.scope(),
        "most": draw.rng.choice((0, 0, 0, 1)),
        "zone": draw.rng.choice(draw.zones),
    },
    "not_after": _not_after,
    "set_aside": _set_aside,
}
"""What a record of each kind is given beside ``id`` and ``soft``."""
ROSTERS = ("not_after", "shortest_break", "shortest_run", "weekend_budget")
"""Kinds on the days of one resource."""
ADDED = ("least", "not_both", *ROSTERS)
"""Kinds that ``added_rule`` draws by itself, so that the other draws of a seed stay as they are."""
KEPT_PLACES = "set_aside"
"""A kind that ``set_asides`` draws by itself, for the same reason."""
ORDER = tuple(sorted(FIELDS.keys() - {*ADDED, KEPT_PLACES}))


def drawn_rules(draw: Draw, seed: int) -> list[Any]:
    """Up to seven rules: seed after seed each kind comes once as a hard one and once in each soft way."""
    if not (draw.problem.resources and draw.problem.demands):
        return []
    rng = draw.rng
    # 21 kinds and 5 ways share no divisor: over 105 seeds every kind meets every way.
    found = [_rule(draw, ORDER[seed % len(ORDER)], HOW[seed % len(HOW)])]
    for _ in range(rng.choice((0, 1, 2, 3, 4, 6))):
        kind = rng.choice(ORDER)
        if kind != "lock" or rng.random() < 0.5:
            found.append(_rule(draw, kind, rng.choice(HOW)))
    if rng.random() < 0.1:  # the same again: each record counts by itself
        found.append(found[-1])
    rng.shuffle(found)
    return found


def added_rule(draw: Draw, seed: int) -> list[Any]:
    """One rule of the kinds in ``ADDED``, seed after seed each kind in each way; now and then a budget of one
    category.
    """
    if not (draw.problem.resources and draw.problem.demands):
        return []
    found = [_rule(draw, added_kind(seed), HOW[seed % len(HOW)])]
    if draw.rng.random() < 0.2:
        budget = _rule(draw, "count_budget", draw.rng.choice(HOW))
        category = draw.rng.choice(CATEGORIES[:-1])
        found.append(budget.model_copy(update={"category": category}))
    return found


def set_asides(draw: Draw, seed: int) -> list[Any]:
    """In every third problem up to three set-asides, mostly of the same places, the first in each way."""
    if seed % 3 or not (draw.problem.resources and draw.problem.demands):
        return []
    hows = (
        HOW[seed // 3 % len(HOW)],
        *draw.rng.choice(((), ("hard",), ("hard", "hard"), ("tier",))),
    )
    found = [_rule(draw, KEPT_PLACES, how) for how in hows]
    fields = "requirement", "demand", "community", "kind"
    same = {name: getattr(found[0], name) for name in fields}
    if draw.rng.random() < 0.7:
        found = [one.model_copy(update=same) for one in found]
    return found


def added_kind(seed: int) -> str:
    """The kind of the rule that ``added_rule`` draws."""
    return ADDED[seed // len(HOW) % len(ADDED)]


def _rule(draw: Draw, kind: str, how: str) -> Any:
    rng = draw.rng
    soft = {
        "hard": None,
        "price": m.Soft(price=rng.choice((0, 7, 60, 400))) if how == "price" else None,
        "tier": m.Soft(tier=rng.randint(1, 4)) if how == "tier" else None,
        "no_worse": m.Soft(no_worse=True) if how == "no_worse" else None,
    }[how]
    return KINDS[kind](
        **FIELDS[kind](draw),
        soft=soft,
        id=f"rule {rng.randint(1, 99)}" if rng.random() < 0.3 else None,
    )


def drawn_aims(rng: random.Random, tiers: Sequence[int]) -> list[m.Aim]:
    """In every other problem none; else up to four, with parts of any kind, some with a tolerance."""
    if rng.random() < 0.5:
        return []

    def part() -> m.Part:
        measure = rng.choice(
            ("minimum", "filled", "weight", "weight", "resources_used", "broken")
        )
        tier = (
            rng.choice((None, *tiers, 5))
            if measure in ("minimum", "filled", "broken")
            else None
        )
        return m.Part(measure=measure, tier=tier, factor=rng.choice((1, 1, 3)))

    return [
        m.Aim(
            name=f"aim {number}",
            parts=[part() for _ in range(rng.choice((1, 1, 2)))],
            tolerance=rng.choice((0, 1, 2, 60, 200)),
        )
        for number in range(rng.randint(1, 4))
    ]
