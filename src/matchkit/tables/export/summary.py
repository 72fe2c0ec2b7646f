"""The rows of what a plan comes to: how much is filled, how good it is and how that is known, its goals, what
soft rules take; and what it lacks, why, and what would help.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matchkit.answers.hall_chain import HallChain
from matchkit.answers.shortages import Shortage
from matchkit.errors import BudgetError
from matchkit.explain.explainer import Explainer
from matchkit.explain.fairness import covered
from matchkit.messages.message import text_of
from matchkit.model.personal import without_personal
from matchkit.plan.outcome import goal_text, printable
from matchkit.tables.export.listing import Listing, lacks_zone

MOST_NOTE = 1_000
"""Most characters of the problem's note that are shown."""
MOST_BLOCKING = 50
"""Most pairs that block a plan which ranks choose."""
MOST_VERSIONS = 50
"""Most versions that are shown: plans come from outside."""


def summary_rows(
    listing: Listing, *, pseudonymous: bool = False
) -> Iterator[dict[str, Any]]:
    """One line an item: a number where it is one, and a text where there is more to say."""
    problem, plan, lang = listing.problem, listing.plan, listing.lang
    outcome = plan.outcome

    def item(
        name: str, /, value: object = None, text: str | None = None, **named: str
    ) -> dict[str, Any]:
        name_text = text_of(f"ledger.item.{name}", lang, **named)
        return {"item": name_text, "value": value, "text": text}

    short = {shortfall.demand for shortfall in plan.shortfalls}
    yield item("filled", sum(entry.quantity for entry in plan.assignments))
    yield item(
        "wanted", sum(role.requirement.wanted for role in listing.roles.values())
    )
    yield item("missing", sum(shortfall.missing for shortfall in plan.shortfalls))
    yield item(
        "below_minimum", sum(shortfall.below_minimum for shortfall in plan.shortfalls)
    )
    yield item("busy", len({entry.resource for entry in plan.assignments}))
    yield item("resources", len(problem.resources))
    yield item("demands_filled", len(problem.demands) - len(short))
    yield item("demands", len(problem.demands))
    yield item("paid", sum(payment.paid for payment in plan.payments))
    yield item("value", outcome.value)
    yield item("bound", outcome.bound)
    yield item("gap", outcome.gap)
    yield item("status", text=text_of(f"ledger.status.{outcome.status}", lang))
    yield item("proof", text=text_of(f"ledger.proof.{outcome.proof or 'none'}", lang))
    yield item("stopped", text=text_of(f"ledger.stopped.{outcome.stopped}", lang))
    yield item("engine", text=printable(outcome.engine))
    yield item("engine_reason", text=printable(outcome.reason.text(lang)))
    yield item("seed", outcome.seed)
    if outcome.chosen is not None:
        yield item("chosen", outcome.chosen.blocking, outcome.chosen.line(lang))
        for pair in outcome.chosen.pairs[:MOST_BLOCKING]:
            yield item("blocks", text=text_of("comparison.pair", lang, **dict(pair)))
    if outcome.drawn is not None:
        yield item("drawn", text=outcome.drawn)
    for name, version in outcome.versions[:MOST_VERSIONS]:
        yield item("version", text=printable(version), name=printable(name))
    yield item("digest", text=printable(outcome.digest))
    yield item("zone", text=listing.clock.zone)
    if lacks_zone(problem):
        yield item("notice", text=text_of("ledger.no_notice", lang))
    if pseudonymous:
        yield item("pseudonymous", text=text_of("ledger.pseudonymous", lang))
    if problem.note is not None:
        yield item(
            "note",
            text="\n".join(
                printable(line) for line in problem.note[:MOST_NOTE].splitlines()
            ),
        )


def goal_rows(listing: Listing) -> Iterator[dict[str, Any]]:
    """The goals in their order: what the plan reaches, and the most that any plan can where that is known."""
    for goal in listing.plan.outcome.goals:
        yield {**goal.model_dump(), "goal": goal_text(goal.name, listing.lang)}


def payment_rows(listing: Listing) -> Iterator[dict[str, Any]]:
    """What soft rules are broken by and what that takes, as the plan lists it."""
    return (paid.model_dump() for paid in listing.plan.payments)


def shortfall_rows(
    listing: Listing, causes: Mapping[str, Shortage] | None
) -> Iterator[dict[str, Any]]:
    """By tier and requirement; with ``causes``, as ``causes_of`` finds them, also why, and what would fill
    one unit more.
    """
    for lack in sorted(
        listing.plan.shortfalls, key=lambda lack: (lack.tier, lack.requirement)
    ):
        role = listing.roles[lack.requirement]
        if not listing.has_community(role.demand.community):
            continue
        yield {
            **lack.model_dump(exclude={"reason"}),
            "content": listing.content(role.demand),
            "community": role.demand.community,
            "community_name": listing.community_name(role.demand.community),
            "when": listing.when(role.demand),
            "kind": role.requirement.kind,
            "reason": text_of(f"ledger.reason.{lack.reason}", listing.lang),
            **({} if causes is None else _cause(listing, causes[lack.requirement])),
        }


def _cause(listing: Listing, shortage: Shortage) -> dict[str, Any]:
    lang = listing.lang
    return {
        "cause": text_of(f"cause.name.{shortage.cause}", lang),
        "why": shortage.line(lang),
        "remedy": shortage.remedies_line(lang) or None,
    }


def coverage_rows(
    listing: Listing, chains: Sequence[HallChain]
) -> Iterator[dict[str, Any]]:
    """What communities get of what they want, by tier, the lowest coverage first; with ``chains``, as
    ``chains_of`` finds them, also the number of the Hall set that proves why one does not get more, and
    through whom alone more could come.
    """
    taken = Counter[str]()
    for entry in listing.plan.assignments:
        taken[entry.requirement] += entry.quantity
    held = {
        (chain.tier, name): (place, (*cut.resources, *cut.units))
        for chain in chains
        for place, cut in enumerate(chain.levels, 1)
        for name in cut.sharers
    }
    demands = listing.problem.demands
    for tier in sorted({demand.tier for demand in demands}):
        mine = tuple(demand for demand in demands if demand.tier == tier)
        part = listing.problem.model_copy(update={"demands": mine})
        for one in covered(part, "communities", taken):
            place, through = held.get((tier, one.id), (None, None))
            yield {
                "tier": tier,
                "community": one.id,
                "community_name": listing.community_name(one.id),
                "wanted": one.wanted,
                "assigned": one.filled,
                "missing": one.wanted - one.filled,
                "share": one.share,
                "hall_set": place,
                "through": None
                if through is None
                else text_of("ledger.through", listing.lang, through=through),
            }


def chains_of(listing: Listing) -> tuple[HallChain, ...]:
    """The nested Hall sets that prove how fairly communities share; none where there are too many units."""
    asked = Explainer(without_personal(listing.problem), listing.plan)
    try:
        return asked.hall_chains()
    except BudgetError:
        return ()


def causes_of(listing: Listing) -> dict[str, Shortage]:
    """The cause of every shortage by requirement: a second or two for a city. What finds them never sees a
    personal field.
    """
    asked = Explainer(without_personal(listing.problem), listing.plan)
    return {shortage.requirement: shortage for shortage in asked.shortages().whole()}
