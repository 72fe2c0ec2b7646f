"""Nested Hall sets that prove how fairly a plan shares: worked by hand, against every plan there is, and with every
field altered.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pinned
import pytest
from fair_problems import drawn, with_aims

import matchkit as mk
import matchkit.model as m
from matchkit.answers.hall_chain import HallChain
from matchkit.errors import ContradictionError, InputError, UnsupportedError
from matchkit.model.objective import FairOf


def valley(fair: FairOf | None = "communities") -> m.Problem:
    """Communities Z, D, E, W and H want 1, 3, 2, 2 and 2. Nobody can serve Z, p0 alone D; p1 can serve E and W, p2 W
    and H, p3 and p4 H. W's work is worth more than all other.
    """
    able = {
        "p0": "D",
        "p1": "EW",
        "p2": "WH",
        "p3": "H",
        "p4": "H",
    }
    wants = {"Z": 1, "D": 3, "E": 2, "W": 2, "H": 2}
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id=name) for name in wants],
        resources=[
            m.Resource(
                id=name, unit="U", skills=[m.SkillLevel(skill=one) for one in places]
            )
            for name, places in able.items()
        ],
        demands=[
            m.Demand(
                id=f"D{name}",
                community=name,
                weight=200 if name == "W" else 100,
                requirements=[
                    m.Requirement(
                        id=f"Q{name}", wanted=n, skills=[m.SkillLevel(skill=name)]
                    )
                ],
            )
            for name, n in wants.items()
        ],
        objective=m.Objective(fair=fair, skill_fit=0),
    )


def test_a_chain_worked_by_hand() -> None:
    """Each level adds whoever stands there, and those who alone could come: nobody to Z, p0 to D, p1 and p2 to E and
    W, who then stand at 1/2; H has all that it wants.
    """
    problem = valley()
    plan = mk.solve(problem)
    (chain,) = mk.Explainer(problem, plan).hall_chains()
    assert chain.complete
    # Keys (k - 1) / d, then d: (0, 1) of Z, (0, 2) of E, W and H, (0, 3) of D, (1/3, 3) of D, (1/2, 2), (2/3, 3).
    assert chain.keys == 6
    assert [
        (cut.first, cut.sharers, cut.resources, cut.reached) for cut in chain.levels
    ] == [
        (0, ("Z",), (), 0),
        (3, ("D",), ("p0",), 4),
        (4, ("E", "W"), ("p1", "p2"), 5),
    ]
    # All five people are busy, and nobody could do more: the goal of filling has one cut, of all who lack anything.
    (fill,) = chain.fills
    assert (fill.goal, fill.reached) == ("tier 1", 5)
    assert fill.sharers == ("D", "E", "W", "Z")
    assert mk.check_witness(problem, plan, chain).ok
    assert chain.line().startswith("tier 1: no plan that fills as much")
    assert "E, W" in chain.text() and "p1" in chain.text("zh")


def test_a_plan_that_is_not_fair_is_proven_as_far_as_it_is() -> None:
    """By weight W has both p1 and p2, and E nobody: of E, W and H only two have a first unit."""
    problem = valley(None)
    plan = mk.solve(problem)
    (chain,) = mk.Explainer(problem, plan).hall_chains()
    assert (chain.complete, chain.proven, chain.cap) == (False, 1, None)
    assert mk.check_witness(problem, plan, chain).ok
    assert "the first 1 of 6" in chain.line()
    more = chain.model_copy(update={"proven": 2})
    assert not mk.check_witness(problem, plan, more).ok


def solved(seeds: range) -> Iterator[tuple[m.Problem, mk.Plan]]:
    for seed in seeds:
        problem = drawn(seed) if seed % 3 else with_aims(drawn(seed), seed)
        try:
            yield problem, mk.solve(problem)
        except (ContradictionError, UnsupportedError):
            continue


def every(problem: m.Problem) -> Iterator[Counter[str]]:
    """What requirements get, in every plan that keeps capacities, skills, locks and caps."""
    roles = {
        need.id: (one, need) for one in problem.demands for need in one.requirements
    }
    people = {one.id: one for one in problem.resources}
    able = [
        (name, role)
        for name, one in people.items()
        for role, (_, need) in roles.items()
        if one.skills or not need.skills
    ]
    for chosen in itertools.product((0, 1), repeat=len(able)):
        pairs = {pair for pair, units in zip(able, chosen, strict=True) if units}
        given, taken = Counter(r for r, _ in pairs), Counter(q for _, q in pairs)
        fits = all(given[name] <= one.capacity for name, one in people.items())
        fits = fits and all(taken[q] <= need.wanted for q, (_, need) in roles.items())
        for rule in problem.rules if fits else ():
            if isinstance(rule, m.Lock):
                fits &= (rule.resource, rule.requirement) in pairs
            elif isinstance(rule, m.CommunityCap):
                fits &= rule.most >= sum(
                    taken[q]
                    for q, (one, _) in roles.items()
                    if rule.community in (one.community, "X")
                )
            elif isinstance(rule, m.UnitCap):
                fits &= rule.most >= sum(
                    given[name] for name in people if people[name].unit == rule.unit
                )
        if fits:
            yield taken


def filled(problem: m.Problem, taken: Counter[str], names: set[str]) -> list[int]:
    """What the goals of filling of these names count."""
    found = []
    for aim in (*goals(problem),):
        if aim.name in names:
            (part,) = aim.parts
            mine = [
                need
                for one in problem.demands
                for need in one.requirements
                if part.tier in (None, one.tier)
            ]
            low = [min(taken[need.id], need.minimum) for need in mine]
            all_of_it = sum(taken[need.id] for need in mine)
            found.append(sum(low) if part.measure == "minimum" else all_of_it)
    return found


def goals(problem: m.Problem) -> tuple[m.Aim, ...]:
    """The goals of filling, as docs/rules.md has them."""
    if problem.objective.aims:
        return problem.objective.aims
    tiers = sorted({one.tier for one in problem.demands})
    return tuple(
        m.Aim(name=f"tier {tier}{ending}", parts=[m.Part(measure=measure, tier=tier)])
        for tier in tiers
        for measure, ending in (("minimum", " minimum"), ("filled", ""))
    )


def levels(problem: m.Problem, taken: Counter[str], chain: HallChain) -> list[Fraction]:
    """Coverage of all who share, the lowest first."""
    times = {one.id: one.entitlement for one in problem.communities}
    wants, has = Counter[str](), Counter[str]()
    for one in problem.demands:
        for need in one.requirements:
            if chain.tier in (None, one.tier):
                owner = {
                    "communities": one.community,
                    "demands": one.id,
                    "requirements": need.id,
                }[chain.of]
                by = times[owner] if chain.of == "communities" else 1
                wants[owner] += need.wanted * by
                has[owner] += taken[need.id]
    return sorted(Fraction(has[owner], share) for owner, share in wants.items())


def check_against_every_plan(
    problem: m.Problem, plan: mk.Plan, seen: Counter[str]
) -> None:
    """Where a chain is complete, no plan that fills as much in the goals that it names is fairer, by leximin."""
    plans = [*every(problem)]
    own = Counter[str]()
    for entry in plan.assignments:
        own[entry.requirement] += entry.quantity
    capped = any(isinstance(rule, m.CommunityCap) for rule in problem.rules)
    explainer = mk.Explainer(problem, plan)
    for of in ("communities", "demands", "requirements"):
        for chain in explainer.hall_chains(of):
            assert mk.check_witness(problem, plan, chain).ok
            fair = problem.objective.fair == of
            seen["fair" if fair else "other"] += 1
            seen["complete"] += chain.complete
            # Where no cap lies above several, every fair plan is proven.
            assert chain.complete or not fair or capped
            if not chain.complete or chain.rule != "leximin":
                continue
            names = {cut.goal for cut in chain.fills}
            asked = filled(problem, own, names)
            best = max(
                levels(problem, one, chain)
                for one in plans
                if all(
                    there >= here
                    for there, here in zip(
                        filled(problem, one, names), asked, strict=True
                    )
                )
            )
            assert levels(problem, own, chain) == best
            seen["compared"] += 1


def test_where_a_chain_is_complete_no_plan_is_fairer() -> None:
    """Of thousands of cases (share_campaign.py), some."""
    seen = Counter[str]()
    for problem, plan in solved(range(400, 430)):
        check_against_every_plan(problem, plan, seen)
    assert seen["fair"] >= 15 and seen["compared"] >= 60, seen


def altered(value: Any) -> Iterator[Any]:
    """Other values in the place of one field."""
    if isinstance(value, bool) or value is None:
        yield "X"
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, str):
        yield value + "x"
    elif isinstance(value, list):
        yield from (
            [*value[:place], *value[place + 1 :]] for place in range(len(value))
        )
        if value:
            yield [*value, value[0]]
        for place, one in enumerate(value):
            for other in altered(one):
                yield [*value[:place], other, *value[place + 1 :]]
    elif isinstance(value, dict):
        for name, one in value.items():
            for other in altered(one):
                yield {**value, name: other}


def also_named(data: dict[str, Any], problem: m.Problem) -> Iterator[dict[str, Any]]:
    """The same with one more id of the problem in one of its lists."""
    needs = [need.id for one in problem.demands for need in one.requirements]
    ids = {
        "sharers": [*(one.id for one in problem.communities), *needs],
        "requirements": needs,
        "resources": [one.id for one in problem.resources],
        "units": [one.id for one in problem.units],
    }
    for kind in ("fills", "levels"):
        for at, cut in enumerate(data[kind]):
            for field, names in ids.items():
                for name in names:
                    more = {**cut, field: [*cut[field], name]}
                    yield {
                        **data,
                        kind: [*data[kind][:at], more, *data[kind][at + 1 :]],
                    }


def test_every_alteration_is_refused() -> None:
    """Every field of a chain taken away, changed, or with one more name. What passes claims less, or is as true of
    another tier.
    """
    cases = [(valley(), mk.solve(valley())), *solved(range(14))]
    refused = Counter[str]()
    for problem, plan in cases:
        for chain in mk.Explainer(problem, plan).hall_chains():
            data = chain.model_dump(mode="json")
            others = (*altered(data), *also_named(data, problem))
            for other in others:
                try:
                    record = HallChain.model_validate(other)
                except (ValueError, mk.errors.MatchkitError):
                    continue
                if record == chain:
                    continue
                if mk.check_witness(problem, plan, record).ok:
                    less = record.proven < chain.proven
                    assert less or record.tier != chain.tier, other
                else:
                    refused["valley" if problem == cases[0][0] else "other"] += 1
    assert refused["valley"] >= 100 and refused["other"] >= 300, refused


def test_why_one_stands_below_others() -> None:
    """E and W stand at 1/2. Only p1 could serve E, and does. Of p1 and p2, who could serve W, p2 does, and p1 is all
    that E has.
    """
    problem = valley()
    plan = mk.solve(problem)
    explainer = mk.Explainer(problem, plan)
    expected = {"E": (["QE"], ["p1"], []), "W": (["QE", "QW"], ["p1", "p2"], ["E"])}
    for name, (members, people, others) in expected.items():
        found = explainer.why_below(name)
        (tier,) = found.tiers
        assert (tier.wanted, tier.filled, tier.higher, tier.lower) == (2, 1, 1, 2)
        (shortage,) = tier.shortages.whole()
        assert shortage.cause == "contention"
        witness = shortage.witness
        assert isinstance(witness, mk.results.HallSet)
        assert [claim.id for claim in witness.requirements] == members
        assert [claim.id for claim in witness.resources] == people
        assert [one.id for one in tier.holders] == others
        assert mk.check_witness(problem, plan, found).ok
        assert found.line() == (
            f"{name} (tier 1) gets 1 of 2 (50 %): 1 stands higher, 2 lower"
        )
    assert "没有一个在少一份之后仍高于 W 现在的覆盖" in found.text("zh")


def test_a_plan_by_weight_says_who_could_give_way() -> None:
    problem = valley(None)
    plan = mk.solve(problem)
    found = mk.Explainer(problem, plan).why_below("E")
    (shortage,) = found.tiers[0].shortages.whole()
    assert shortage.cause == "soft_rule"
    chain = shortage.witness
    assert isinstance(chain, mk.results.CostlyChain)
    assert [(one.resource, one.to, one.away_from) for one in chain.steps] == [
        ("p1", "QE", "QW")
    ]
    assert [(one.goal, one.before, one.after) for one in chain.goals] == [
        ("tier 1", 5, 5),
        ("weight", 700, 600),
    ]
    assert mk.check_witness(problem, plan, found).ok


def test_an_answer_that_counts_earlier_rounds_says_so() -> None:
    """E had all of 2 last round, W nothing of 2: W stands lower, though it gets as much in this one."""
    history = [
        m.History(round=1, community=name, given=given, of=2)
        for name, given in (("E", 2), ("W", 0))
    ]
    problem = valley().model_copy(update={"history": tuple(history)})
    plan = mk.solve(problem)
    for given, count in ((problem, 2), (valley(), 0)):
        answer = mk.Explainer(given, mk.solve(given)).why_below("E")
        assert [one.past for one in answer.tiers] == [count]
        told = pinned.text("why_below.past")
        assert (told in answer.text()) == bool(count)
    found = mk.Explainer(problem, plan).why_below("E")
    assert mk.check_witness(problem, plan, found).ok
    assert "以往各轮" in found.text("zh")


def test_why_below_of_random_plans_is_witnessed_and_altered_answers_are_refused() -> (
    None
):
    seen = Counter[str]()
    for problem, plan in solved(range(500, 530)):
        explainer = mk.Explainer(problem, plan)
        for one in problem.communities:
            found = explainer.why_below(one.id)
            assert mk.check_witness(problem, plan, found).ok
            for tier in found.tiers:
                seen.update(entry.cause for entry in tier.shortages.shortages)
                if problem.objective.fair == "communities":
                    assert all(
                        entry.cause != "soft_rule" for entry in tier.shortages.shortages
                    )
    assert seen["contention"] >= 5 and seen["soft_rule"] >= 1, seen
    problem = valley()
    plan = mk.solve(problem)
    data = mk.Explainer(problem, plan).why_below("W").model_dump(mode="json")
    for field in ("tier", "wanted", "filled", "higher", "lower", "holders"):
        for value in altered(data["tiers"][0][field]):
            other = {**data, "tiers": [{**data["tiers"][0], field: value}]}
            try:
                record = mk.results.WhyBelow.model_validate(other)
            except (ValueError, mk.errors.MatchkitError):
                continue
            assert not mk.check_witness(problem, plan, record).ok, (field, value)
    earlier = {**data, "tiers": [{**data["tiers"][0], "past": 1}]}
    assert not mk.check_witness(
        problem, plan, mk.results.WhyBelow.model_validate(earlier)
    ).ok
    unfair = mk.solve(valley(None))
    assert not mk.check_witness(
        problem, unfair, mk.results.WhyBelow.model_validate(data)
    ).ok


def test_those_who_want_nothing_and_unknown_ids() -> None:
    problem = m.Problem(communities=[m.Community(id="A")])
    explainer = mk.Explainer(problem, mk.solve(problem))
    assert explainer.hall_chains() == ()
    found = explainer.why_below("A")
    assert found.tiers == () and found.text() == "A wants nothing"
    assert mk.check_witness(problem, mk.solve(problem), found).ok
    with pytest.raises(InputError):
        explainer.why_below("B")
    with pytest.raises(InputError):
        explainer.why_below("A", "streets")  # type: ignore[arg-type]
    with pytest.raises(InputError):
        explainer.hall_chains("streets")  # type: ignore[arg-type]


def test_units_below_caps_that_an_earlier_goal_has_used_up() -> None:
    """p2 is all that tier 1 can have, and lacks; p1 and p2 are of V, whose cap of 1 p2 has used up. So p1 is of no use
    to A in tier 2, which stands at 0, and B, whom p3 alone could serve, at 1/2.
    """
    skills = {"p1": "a", "p2": "t", "p3": "b"}
    needs = {"T": ("t", 1, 2), "A": ("a", 2, 1), "B": ("b", 2, 2)}
    problem = m.Problem(
        units=[m.Unit(id="U"), m.Unit(id="V", parent="U")],
        communities=[m.Community(id=name) for name in needs],
        resources=[
            m.Resource(
                id=name,
                unit="U" if name == "p3" else "V",
                skills=[m.SkillLevel(skill=skill)],
            )
            for name, skill in skills.items()
        ],
        demands=[
            m.Demand(
                id=f"D{name}",
                community=name,
                tier=tier,
                requirements=[
                    m.Requirement(
                        id=f"Q{name}",
                        wanted=wanted,
                        skills=[m.SkillLevel(skill=skill)],
                    )
                ],
            )
            for name, (skill, tier, wanted) in needs.items()
        ],
        rules=[m.UnitCap(unit="V", most=1), m.UnitCap(unit="U", most=2)],
        objective=m.Objective(fair="communities"),
    )
    plan = mk.solve(problem)
    first, second = mk.Explainer(problem, plan).hall_chains()
    for chain in (first, second):
        assert chain.complete and mk.check_witness(problem, plan, chain).ok
    assert [(cut.sharers, cut.resources) for cut in first.levels] == [(("T",), ("p2",))]
    assert [(cut.sharers, cut.units) for cut in second.levels] == [
        (("A",), ("V",)),
        (("B",), ()),
    ]
