"""What a plan comes to: how much is filled, how good it is and how that is known, its goals, and what soft
rules take.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matchkit.messages.message import text_of
from matchkit.plan.goals import goal_told, printable
from matchkit.tables.export.clock import lacks_zone
from matchkit.tables.export.listing import Listing
from matchkit.tables.formats.grid import Grid

MOST_NOTE = 1_000
"""Most characters of the problem's note that are shown."""
MOST_VERSIONS = 50
"""Most versions that are shown: plans come from outside."""


def summary_grid(listing: Listing, *, pseudonymous: bool = False) -> Grid:
    """One line an item: a number where it is one, and a text where there is more to say."""
    return listing.grid("summary", ("item", "value", "text"), _items(listing, pseudonymous))


def _items(listing: Listing, pseudonymous: bool) -> Iterator[dict[str, Any]]:
    problem, plan, lang, outcome = (
        listing.problem,
        listing.plan,
        listing.lang,
        listing.plan.outcome,
    )

    def item(
        name: str, /, value: object = None, text: str | None = None, **named: str
    ) -> dict[str, Any]:
        return {
            "item": text_of(f"ledger.item.{name}", lang, **named),
            "value": value,
            "text": text,
        }

    short = {shortfall.demand for shortfall in plan.shortfalls}
    yield item("filled", sum(entry.quantity for entry in plan.assignments))
    yield item("wanted", sum(role.requirement.wanted for role in listing.roles.values()))
    yield item("missing", sum(shortfall.missing for shortfall in plan.shortfalls))
    yield item("below_minimum", sum(shortfall.below_minimum for shortfall in plan.shortfalls))
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
            text="\n".join(printable(line) for line in problem.note[:MOST_NOTE].splitlines()),
        )


def goals_grid(listing: Listing) -> Grid:
    """The goals in their order: what the plan reaches, and the most that any plan can where that is known."""
    rows = (
        {
            "goal": goal_told(goal.name, listing.lang),
            "value": goal.value,
            "bound": goal.bound,
            "tolerance": goal.tolerance,
        }
        for goal in listing.plan.outcome.goals
    )
    return listing.grid("goals", ("goal", "value", "bound", "tolerance"), rows)


def payments_grid(listing: Listing) -> Grid:
    """What soft rules are broken by and what that takes, as the plan lists it."""
    rows = (
        {"rule": paid.rule, "amount": paid.amount, "paid": paid.paid, "tier": paid.tier}
        for paid in listing.plan.payments
    )
    return listing.grid("payments", ("rule", "amount", "paid", "tier"), rows)
