"""Whether prices hold at every eligible pair there is, also at those no engine ever saw.

No pair is stored. Requirements that ask the same share a pool of resources, sorted by price: a bisection
skips all whose price exceeds anything the pair could be worth, the rest are compared with their distance, and
only pairs that still look wrong are evaluated in full. A pool holds as many entries as a requirement has
capable resources.
"""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.model import Resource
from matchkit.verification.case import RuleFinding
from matchkit.verification.certificate import PriceVectors, Proof
from matchkit.verification.eligibility import eligible
from matchkit.verification.extras import Extras
from matchkit.verification.pools import PoolOffer
from matchkit.verification.report import fact
from matchkit.verification.skills import Asked
from matchkit.verification.windows import Spans
from matchkit.verification.world import RequirementFacts

LISTED = 100
"""After so many pairs above their prices the search ends: one is enough to refuse a proof."""


def _alike(
    proof: Proof,
) -> dict[tuple[str, Asked], dict[tuple[str, Spans], list[RequirementFacts]]]:
    """Requirements not used up by locks: by kind and needs, and within these by mode and time."""
    world, found = (
        proof.case.world,
        dict[tuple[str, Asked], dict[tuple[str, Spans], list[RequirementFacts]]](),
    )
    for role in world.roles.values():
        if not proof.network.spent(requirement=role.id):
            same = found.setdefault(
                (world.key(role.requirement.kind), world.asked(role.requirement)), {}
            )
            # Whether a flexible demand has a start that suits is left to the look at the single pair.
            needed = world.needed(role.demand) if role.demand.minutes is None else ()
            same.setdefault((role.demand.mode, needed), []).append(role)
    return found


def above_their_prices(
    proof: Proof, prices: PriceVectors
) -> Iterator[tuple[Resource, RequirementFacts]]:
    """Every eligible pair below its own capacity in the plan that is worth more than its two prices."""
    world, full = proof.case.world, proof.full_pairs()
    offer = PoolOffer(proof.network, prices)
    extras = Extras(offer)
    for (kind, asked), times in _alike(proof).items():
        capable = offer.pool(kind, asked)
        if not capable.members:
            continue
        for (mode, needed), roles in times.items():
            pool = offer.at(capable, mode, needed)
            for role in roles if pool.members else ():
                for member in offer.suspects(pool, role, extras.points(role), extras.most):
                    resource = offer.resources[member]
                    if (resource.id, role.id) not in full and eligible(world, resource, role):
                        gain, price = (
                            proof.gain(resource.id, role.id),
                            _sum(prices, resource, role),
                        )
                        if gain > price:
                            yield resource, role


def _sum(prices: PriceVectors, resource: Resource, role: RequirementFacts) -> tuple[int, ...]:
    return tuple(
        a + b
        for a, b in zip(
            prices.resources[resource.id], prices.requirements[role.id], strict=True
        )
    )


def certificate_feasible(proof: Proof) -> Iterator[RuleFinding]:
    """No eligible pair below its own capacity is worth more than its two prices."""
    if proof.prices is None:
        return
    for count, (resource, role) in enumerate(above_their_prices(proof, proof.prices)):
        if count == LISTED:
            yield (), fact("more_pairs", listed=LISTED)
            return
        worth, price = proof.gain(resource.id, role.id), _sum(proof.prices, resource, role)
        yield (resource.id, role.id), fact("pair_worth", worth=worth, price=price)
