"""What one more resource of each kind, skill, level, place and hour would add to a plan."""

from __future__ import annotations

from collections.abc import Sequence

from matchkit.answers.advice import Recruit, Recruits
from matchkit.answers.effects import Known, effect
from matchkit.compile.numbering import Lexicon
from matchkit.explain.advice.profiles import RecruitProfile, candidates, imagined
from matchkit.explain.advice.rarity import Rarity, at_root_prices
from matchkit.explain.advice.trial import AdviceTrials, checked
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.explain.vectors import best_by, positive
from matchkit.graph.network import GoalValues
from matchkit.model import Problem
from matchkit.plan import Plan


def recruit(
    problem: Problem,
    plan: Plan,
    *,
    top: int = 10,
    verified: int = 5,
    time_limit: float | None = None,
) -> Recruits:
    """What one more resource would add: the ``top`` profiles that would add the most, the first ``verified``
    of them solved.

    A profile is what some requirement asks for, in a new unit of its own. What it adds is the best plan with
    it less the best plan without it (where that is not known, the plan given), goal by goal. In a flow every
    profile is weighed: exactly, by the longest path of moves to where a unit more is worth something, or,
    where one more holder makes a skill less rare, by a bound. In other problems those that short requirements
    ask for are solved within ``time_limit`` seconds (None: no limit), and the rest is called unknown.

    Raises InputError for wrong arguments, and where the plan is none of this problem; UnsupportedError where
    coverage or loads are goals.
    """
    checked(problem, plan, top=top, verified=verified, time_limit=time_limit)
    return recruited(AdviceTrials(problem, plan, time_limit), top, verified)


def recruited(trials: AdviceTrials, top: int, verified: int) -> Recruits:
    """The answer, with solves that are counted there."""
    if trials.residual is not None:
        profiles = candidates(trials.problem)
        weights = weighed(trials.problem, profiles, trials.residual)
    else:
        short = {
            entry.requirement: (-entry.below_minimum, entry.tier, -entry.missing)
            for entry in trials.best.plan.shortfalls
        }
        profiles = sorted(
            candidates(trials.problem, short),
            key=lambda profile: (short[profile.like], profile.like),
        )
        weights = [((0,) * len(trials.names), "unknown")] * len(profiles)
    order = sorted(
        range(len(profiles)),
        key=lambda place: (tuple(-value for value in weights[place][0]), place),
    )
    order = [
        place
        for place in order
        if any(weights[place][0]) or weights[place][1] == "unknown"
    ][:top]
    for number, place in enumerate(order[:verified]):
        trial = trials.of([profiles[place].change], among=verified - number)
        if trial is not None:
            weights[place] = trial.gain, "solved" if trial.proven else "found"
    order.sort(key=lambda place: tuple(-value for value in weights[place][0]))
    return Recruits(
        profiles=len(profiles),
        recruits=tuple(
            Recruit(
                change=profiles[place].change,
                like=profiles[place].like,
                community=profiles[place].community,
                goals=effect(trials.names, weights[place][0]),
                known=weights[place][1],
                zone=trials.problem.zone,
            )
            for place in order
        ),
    )


def weighed(
    problem: Problem, profiles: Sequence[RecruitProfile], residual: ResidualFlow
) -> list[tuple[GoalValues, Known]]:
    """What each profile alone adds to the best plan: exactly ("prices"), or at most.

    One more resource of capacity 1 sends its unit to a requirement and from there along the residual graph to
    the root: the longest such path is the gain (successive shortest paths; Ahuja, Magnanti and Orlin 1993,
    section 9.7).
    """
    lexicon = Lexicon(problem)
    rarity = Rarity(problem, lexicon)
    held = [
        lexicon.held(lexicon.declared(profile.change.resource)) for profile in profiles
    ]
    pairs = imagined(
        problem,
        [profile.change.resource for profile in profiles],
        lambda place, word: rarity.of(word, int(word in held[place])),
    )
    to_root, reached = residual.to_root
    worth, alive = to_root[residual.rights], reached[residual.rights][pairs.right]
    owner, right, weight = pairs.owner[alive], pairs.right[alive], pairs.weight[alive]
    value = worth[right]
    value[:, -1] += weight
    best = best_by(owner, value, len(profiles))
    found: list[tuple[GoalValues, Known]] = []
    shifts = at_root_prices(rarity, residual)
    for place, levels in enumerate(held):
        at = int(best[place])
        gain = (0,) * worth.shape[1] if at < 0 else positive(tuple(value[at].tolist()))
        shift = shifts.of(rarity.moved(dict.fromkeys(levels, 1)))
        found.append(((*gain[:-1], gain[-1] + shift), "at_most" if shift else "prices"))
    return found
