"""Rules on several resources, or on a unit and a community: one function a kind, the amount of one record."""

from __future__ import annotations

from matchkit.model import ChooseAtMost, KeepApart, KeepTogether, NotBoth, UnitShare
from matchkit.verification.report import Amount, fact
from matchkit.verification.served import Served


def _serving(served: Served, resources: tuple[str, ...]) -> dict[str, int]:
    """For every demand that one of the resources serves, how many of them do."""
    found: dict[str, int] = {}
    for name in dict.fromkeys(resources):
        for demand in served.demands.get(name, ()):
            found[demand] = found.get(demand, 0) + 1
    return found


def keep_together(served: Served, rule: KeepTogether) -> Amount:
    """How many of the resources do not serve a demand that one of them serves, over demands."""
    whole = len(set(rule.resources))
    lacking = {
        demand: whole - count
        for demand, count in _serving(served, rule.resources).items()
        if count < whole
    }
    told = fact(
        "keep_together", whole=whole, missing=sum(lacking.values()), demands=len(lacking)
    )
    return Amount(sum(lacking.values()), (min(lacking),) if lacking else (), told)


def keep_apart(served: Served, rule: KeepApart) -> Amount:
    """How many of the resources serve a demand beyond one, over demands."""
    meeting = {
        demand: count - 1
        for demand, count in _serving(served, rule.resources).items()
        if count > 1
    }
    size = sum(meeting.values())
    return Amount(
        size,
        (min(meeting),) if meeting else (),
        fact("keep_apart", size=size, demands=len(meeting)),
    )


def not_both(served: Served, rule: NotBoth) -> Amount:
    """How many of the demands a resource serves beyond one, over resources."""
    serves: dict[str, int] = {}
    for demand in set(rule.demands):
        for name in served.members.get(demand, ()):
            serves[name] = serves.get(name, 0) + 1
    several = {name: count - 1 for name, count in serves.items() if count > 1}
    size = sum(several.values())
    return Amount(
        size,
        (min(several),) if several else (),
        fact("not_both", size=size, resources=len(several)),
    )


def choose_at_most(served: Served, rule: ChooseAtMost) -> Amount:
    """Resources used beyond ``most``."""
    used = sum(name in served.given for name in set(rule.resources))
    return Amount(
        max(0, used - rule.most),
        (),
        fact("choose_at_most", used=used, whole=len(set(rule.resources)), most=rule.most),
    )


def unit_share(served: Served, rule: UnitShare) -> Amount:
    """Units of quantity below ``least``, if the community takes anything, or beyond ``most``."""
    quantity = served.shares[rule.unit, rule.community]
    short = rule.least - quantity if served.by_community[rule.community] else 0
    told = fact(
        "unit_share",
        quantity=quantity,
        community=rule.community,
        least=rule.least,
        most=rule.most,
    )
    return Amount(max(0, short, quantity - rule.most), (rule.unit, rule.community), told)
