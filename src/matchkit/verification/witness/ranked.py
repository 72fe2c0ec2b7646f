"""What a plan that ranks choose lacks, checked by the ranks of the records."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.answers.causes import ChosenElsewhere
from matchkit.verification.ranks import Ranks
from matchkit.verification.report import Fact, fact
from matchkit.verification.witness.view import WitnessView


def chosen_elsewhere(
    view: WitnessView, requirement: str, answer: ChosenElsewhere
) -> Iterator[Fact]:
    """Every claim that is wrong: the rule, who is eligible, and who would be taken and would come."""
    world, objective = view.world, view.world.problem.objective
    right = objective.stable or objective.choice
    if right is None:
        yield fact("ranks_unasked")
        return
    if answer.rule != right:
        yield fact("ranks_rule", right=right)
    ranks, role = Ranks(world), world.roles[requirement]
    rank_of = ranks.by_requirement(role)
    able = [world.resources[name] for name in view.eligible[requirement]]
    mutual = sum(
        ranks.by_resource(one, role) is not None and rank_of(one) is not None
        for one in able
    )
    stated = answer.eligible, answer.mutual
    if stated != (len(able), mutual):
        yield fact(
            "ranks_counts",
            eligible=answer.eligible,
            mutual=answer.mutual,
            able=len(able),
            right=mutual,
        )
