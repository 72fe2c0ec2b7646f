"""simulate(): rounds of a problem, by hand, against limits, and with what it refuses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pinned
import pytest

import matchkit as mk
from matchkit.compile.instance import Instance
from matchkit.messages.message import LANGUAGES, Message, text_of
from matchkit.simulation.drawing import MOST_PAIRS, DrawnRound, drawn_calls, uniforms

PEOPLE = {"ana": ["carry", "nurse"], "bo": ["carry"], "cy": ["carry", "drive"]}


def problem_of(**changes: Any) -> mk.Problem:
    given = {
        "units": [mk.Unit(id="club")],
        "communities": [mk.Community(id="lane")],
        "resources": [
            mk.Resource(id=name, unit="club", skills=[mk.SkillLevel(skill=one) for one in skills])
            for name, skills in PEOPLE.items()
        ],
        "demands": [
            mk.Demand(
                id=name, community="lane",
                requirements=[mk.Requirement(id=f"to {name}", skills=[mk.SkillLevel(skill=name)], wanted=wanted)],
            )
            for name, wanted in (("carry", 2), ("nurse", 1), ("drive", 1))
        ],
        "objective": mk.Objective(importance=0, skill_fit=0),
    }  # fmt: skip
    return mk.Problem(**given | changes)


def day_of(**changes: Any) -> mk.Arrivals:
    rates = {
        "carry": (10, [2, 1]),
        "nurse": (1000, [0.5, "3/2"]),
        "drive": (300, [1, 1]),
    }
    given = {
        "rates": [
            mk.ArrivalRate(demand=name, worth=worth, calls=calls)
            for name, (worth, calls) in rates.items()
        ]
    }
    return mk.Arrivals(**given | changes)


def run_of(found: mk.results.Simulation, policy: str) -> mk.results.SimulatedRun:
    [one] = [one for one in found.runs if one.policy == policy]
    return one


def test_a_recorded_round_is_replayed_as_worked_by_hand() -> None:
    """Greedy sends ana and bo to carry (the first by id), cy drives, and nobody nurses: 20 + 300. Known beforehand, two
    carriers would be one: bo (10), and ana nurses (1000), cy drives (300).
    """
    day = day_of(calls=[["carry", "drive"], ["nurse", "nurse"]])
    found = mk.simulate(problem_of(), day)
    greedy, best = run_of(found, "greedy"), run_of(found, "hindsight")
    assert (greedy.value, greedy.filled, greedy.unmet) == (320, 3, 2)
    assert (best.value, best.filled, best.unmet, best.best) == (1310, 3, 2, 1310)
    assert run_of(found, "hold_back").value == 1310
    assert (best.calls, best.dropouts) == (4, 0)
    assert found.share("greedy") == 320 / 1310


def test_the_same_seed_gives_the_same_bytes_in_any_order_of_records() -> None:
    problem, day = problem_of(), day_of(refusal=0.2, dropout="1/4")
    text = mk.simulate(problem, [day, day], seed=5, futures=3).to_json()
    turned = problem.model_copy(
        update={"resources": problem.resources[::-1], "demands": problem.demands[::-1]}
    )
    again = day.model_copy(update={"rates": day.rates[::-1]})
    assert (
        mk.simulate(turned, [again, again], seed=np.int64(5), futures=3).to_json()
        == text
    )
    assert mk.simulate(problem, [day, day], seed=6, futures=3).to_json() != text
    runs = json.loads(text)["runs"]
    assert runs[0]["calls"] != runs[3]["calls"] or runs[2]["value"] != runs[5]["value"]
    assert "seconds" not in text


def test_no_policy_beats_hindsight_and_every_seat_is_counted() -> None:
    for seed in range(8):
        problem = problem_of(
            resources=[
                one.model_copy(update={"capacity": 1 + seed % 3})
                for one in problem_of().resources
            ]
        )
        found = mk.simulate(
            problem, day_of(refusal=0.3, dropout=0.3), seed=seed, futures=2
        )
        best = run_of(found, "hindsight")
        for one in found.runs:
            assert one.value <= one.best == best.value
            assert one.filled + one.unmet == best.filled + best.unmet
            assert one.filled <= 3 * (1 + seed % 3)


def test_all_refuse_or_all_drop_out() -> None:
    calls = [["carry"], ["nurse"]]
    for refusal, asked in ((1, 3), (0, 0)):
        found = mk.simulate(
            problem_of(), day_of(calls=calls, refusal=refusal), futures=1
        )
        assert run_of(found, "greedy").refusals == (4 if asked else 0)
        assert run_of(found, "hindsight").filled == (0 if asked else 3)
    drawn = DrawnRound(Instance(problem_of()), day_of(dropout=1), (0, 0))
    assert (
        (drawn.stream.gone >= 0) & (drawn.stream.gone <= len(drawn.stream.refused))
    ).all()
    found = mk.simulate(problem_of(), day_of(calls=calls, dropout=1), futures=1)
    assert run_of(found, "greedy").dropouts > 0


def test_rates_are_means_of_what_is_drawn() -> None:
    """Of 400 rounds: each count is within 5 standard deviations of its mean, moments ascend and fill every period."""
    rates = np.array([[0.5, 0, 3], [0, 0, 0], [20, 1, 0]])
    counts, moments = np.zeros_like(rates), list[float]()
    for seed in range(400):
        when, which = drawn_calls(rates, (seed, 0))
        assert (np.diff(when) >= 0).all()
        np.add.at(counts, (when.astype(np.intp), which), 1)
        moments += when.tolist()
    assert (np.abs(counts - 400 * rates) <= 5 * np.sqrt(400 * rates)).all()
    assert (counts[rates == 0] == 0).all()
    tenths = Counter(int(10 * moment) for moment in moments if moment > 2)
    assert len(tenths) == 10 and max(tenths.values()) < 1.15 * min(tenths.values())


def test_drawn_numbers_are_these_for_ever() -> None:
    assert uniforms((1, 2, 3), 2).tolist() == [0.6704722626516632, 0.1110146366693816]


def test_futures_know_the_moment_and_nothing_of_the_calls_that_come() -> None:
    """The futures after the first call are the same whatever comes later, and differ by number."""
    calls = [["carry", "nurse", "nurse"], ["drive"]], [["carry", "drive", "carry"], []]
    one, two = (
        DrawnRound(Instance(problem_of()), day_of(calls=each), (7, 0)) for each in calls
    )
    kinds = [
        [drawn.future(drawn.rates, 0, which).kind.tolist() for which in range(6)]
        for drawn in (one, two)
    ]
    assert kinds[0] == kinds[1] and len({*map(tuple, kinds[0])}) > 1
    last = [one.future(one.rates, 3, which) for which in range(40)]
    assert np.mean([len(each.kind) for each in last]) < 4


def test_earlier_rounds_stand_for_rates() -> None:
    """Rates promise nurses' calls that never come, so ana waits for nothing; the round before has shown it."""
    rates = [
        mk.ArrivalRate(demand="nurse", worth=1000, calls=[9]),
        mk.ArrivalRate(demand="carry", worth=10, calls=[9]),
    ]
    day = mk.Arrivals(rates=rates, calls=[["carry", "carry"]])
    people = [one for one in problem_of().resources if one.id == "ana"]
    problem = problem_of(resources=people)
    held = [
        [
            one.value
            for one in mk.simulate(problem, [day, day], prices_from=which).runs
            if one.policy == "hold_back"
        ]
        for which in ("rates", "earlier rounds")
    ]
    assert held == [[0, 0], [0, 10]]


def test_answers_read_in_every_language() -> None:
    found = mk.simulate(problem_of(), day_of(calls=[["carry"], []]), futures=1)
    for lang in LANGUAGES:
        text = found.text(lang)
        assert text.splitlines()[0] == found.line(lang)
        assert text_of("simulation.policy.hold_back", lang) in text
        assert found.measured(lang)
    nothing = mk.simulate(problem_of(), day_of(calls=[[], []]), futures=1)
    assert nothing.share("greedy") is None
    assert nothing.line().count("–") == 2


WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "another demand": (
        lambda: mk.simulate(problem_of(), mk.Arrivals(rates=[mk.ArrivalRate(demand="nurses", worth=1, calls=[1])])),
        text_of("change.unknown", what=Message("what.demand"), id="nurses"),
    ),
    "no problem": (lambda: mk.simulate(None, day_of()), text_of("argument.type", type="NoneType")),
    "no rounds": (lambda: mk.simulate(problem_of(), []), text_of("simulation.arrivals")),
    "no round": (lambda: mk.simulate(problem_of(), ["day"]), text_of("argument.type", type="str")),
    "seed": (lambda: mk.simulate(problem_of(), day_of(), seed=-1), text_of("option.seed")),
    "futures": (lambda: mk.simulate(problem_of(), day_of(), futures=0), text_of("simulation.futures", most=1000)),
    "prices from": (lambda: mk.simulate(problem_of(), day_of(), prices_from="x"), text_of("argument.word")),
    "periods apart": (
        lambda: mk.simulate(
            problem_of(),
            [day_of(), mk.Arrivals(rates=[mk.ArrivalRate(demand="nurse", worth=1, calls=[1])])],
            prices_from="earlier rounds",
        ),
        text_of("simulation.periods"),
    ),
    "two rates": (lambda: day_of(rates=[day_of().rates[0]] * 2), text_of("record.rated_twice")),
    "other periods": (lambda: day_of(calls=[[]]), text_of("record.periods")),
    "a call without a rate": (lambda: day_of(calls=[["x"], []]), text_of("record.call_unrated", id="x")),
    "more than certain": (lambda: day_of(refusal=1.5), text_of("record.probability")),
    "not a number": (lambda: day_of(dropout=float("nan")), "dropout"),
    "a huge rate": (lambda: mk.ArrivalRate(demand="nurse", worth=1, calls=[1e300]), "calls"),
    "a worth below 0": (lambda: mk.ArrivalRate(demand="nurse", worth=-1, calls=[1]), "worth"),
    "no period": (lambda: mk.ArrivalRate(demand="nurse", worth=1, calls=[]), "calls"),
    "twice": (lambda: mk.Arrivals.from_json('{"rates": [], "rates": []}'), text_of("json.twice.do")[:20]),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_refused_with_the_fact(name: str) -> None:
    make, fact = WRONG[name]
    with pytest.raises(mk.errors.InputError) as caught:
        make()
    assert fact in str(caught.value)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a lock": ({"rules": [mk.rules.Lock(resource="bo", requirement="to carry")]}, "simulation.rule"),
    "a cap": ({"rules": [mk.rules.UnitCap(unit="club", most=1)]}, "simulation.rule"),
    "a soft rule": (
        {"rules": [mk.rules.Forbid(resource="bo", requirement="to carry", soft=mk.rules.Soft(price=1))]},
        "coupling.soft",
    ),
    "a rule over many pairs": ({"rules": [mk.rules.NotBoth(demands=["carry", "nurse"])]}, "coupling.rule"),
    "fairness": ({"objective": mk.Objective(fair="communities")}, "simulation.goals"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_one_call_cannot_see_is_refused_by_name(name: str) -> None:
    changes, key = REFUSED[name]
    with pytest.raises(mk.errors.UnsupportedError) as caught:
        mk.simulate(problem_of(**changes), day_of())
    assert text_of(key) in str(caught.value) and text_of("simulation.do") in str(
        caught.value
    )


def test_rules_on_single_pairs_are_kept() -> None:
    rule = mk.rules.Forbid(resource="ana", requirement="to nurse")
    found = mk.simulate(problem_of(rules=[rule]), day_of(calls=[["nurse"], []]))
    assert run_of(found, "hindsight").filled == 0


def test_more_calls_than_can_be_held_are_refused() -> None:
    day = mk.Arrivals(
        rates=[mk.ArrivalRate(demand="carry", worth=1, calls=[999_999] * 40)]
    )
    with pytest.raises(mk.errors.BudgetError) as caught:
        mk.simulate(problem_of(), day)
    count = 3 * 40 * 999_999
    assert str(caught.value) == pinned.text(
        "simulation.pairs", count=count, most=MOST_PAIRS
    )


def test_a_round_is_the_same_again_from_its_json() -> None:
    for day in (day_of(), day_of(calls=[["carry"], []], refusal="0.25", day=None)):
        assert mk.Arrivals.from_json(day.to_json()) == day
    assert json.loads(day_of().to_json()).keys() == {"rates"}
