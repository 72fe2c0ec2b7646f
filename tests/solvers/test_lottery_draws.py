"""Draws of lotteries: three worked by hand, all plans of small lotteries, chi-square tests, replays, and the
checker that draws again by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

import numpy as np
import pinned
import pytest
from scipy.stats import chi2, norm

import matchkit as mk
from matchkit.errors import InputError
from matchkit.solvers.lottery.halving import Circulation
from matchkit.solvers.lottery.seed import DrawLine

Graph = mk.BipartiteGraph
SEED = "4 8 15 16 23 42"
HAND = (
    # draw, SHA-256 of its line, first two bits, pairs: docs/draws.md works them by hand
    (
        0,
        "07e8667ff84b789885441401884ab241d7ed29d029a62be506b62e7c3ced8715",
        0b00,
        {("ana", "x"), ("bo", "y")},
    ),
    (
        1,
        "d29449f68e0db3412aff3d691e44a19a1f9ea2ee75e850a6bc256014bf157a7b",
        0b11,
        {("cy", "x"), ("bo", "y")},
    ),
    (
        2,
        "903a6c5eb50d0a754d0eecd7f759e3922aaf7d00c012b672d4b587a01b1d1d84",
        0b10,
        {("ana", "x"), ("cy", "y")},
    ),
)


def by_hand() -> mk.results.Lottery:
    """Two places, three people: caps that leave only one choice of odds, in quarters."""
    graph = Graph.from_arrays(
        ["ana", "bo", "bo", "cy", "cy"], ["x", "x", "y", "x", "y"]
    )
    return mk.lottery(graph, cap=[0.5, 0.25, 0.5, 0.25, 0.5], parts=4)


def drawn(seed: int) -> tuple[Graph, mk.results.Lottery]:
    """A lottery of a small graph, with capacities, and caps of groups on either side or none."""
    rng = np.random.default_rng(seed)
    lefts, rights = rng.integers(2, 9), rng.integers(2, 7)
    left, right = np.nonzero(rng.random((lefts, rights)) < 0.7)
    graph = Graph.from_arrays(
        left,
        right,
        rng.integers(0, 9, len(left)),
        left_capacity=rng.integers(1, 3, lefts),
        right_capacity=rng.integers(0, 5, rights),
        left_ids=list(range(lefts)),
        right_ids=list(range(rights)),
        edge_capacity=rng.integers(1, 3, len(left)) if seed % 4 == 3 else None,
    )
    options: dict[str, Any] = {}
    if seed % 2:
        options["left_group"] = rng.integers(0, 2, lefts)
        options["left_group_cap"] = rng.integers(1, 7) / 4
    if seed % 3 == 1:
        options["right_group"] = rng.integers(0, 2, rights)
        options["right_group_cap"] = 1.0
    if seed % 4 == 0:
        options["perturbation"] = 0.3
    return graph, mk.lottery(graph, cap=rng.random(), parts=16, **options)


def rows(pairs: Any) -> list[tuple[Any, Any, int]]:
    return list(
        zip(
            pairs.left.tolist(),
            pairs.right.tolist(),
            pairs.quantity.tolist(),
            strict=True,
        )
    )


@pytest.mark.parametrize(("draw", "digest", "plan", "pairs"), HAND)
def test_three_draws_worked_by_hand(
    draw: int, digest: str, plan: int, pairs: set[tuple[str, str]]
) -> None:
    lottery = by_hand()
    assert lottery.pairs.odds.tolist() == [2, 1, 2, 1, 2]
    assert lottery.text == (
        '{"matchkit lottery":1,"parts":4,'
        '"left":[["ana",null,-1,4,2],["bo",null,-1,4,3],["cy",null,-1,4,3]],'
        '"right":[["x",null,-1,4,4],["y",null,-1,4,4]],'
        '"pairs":[[0,0,2,2],[1,0,1,1],[1,1,2,2],[2,0,1,1],[2,1,2,2]]}'
    )
    found = lottery.draw(SEED, draw)
    line = f'matchkit draw 1: lottery {lottery.digest}, draw {draw}, seed "{SEED}"'
    assert found.text == line
    assert lottery.digest == hashlib.sha256(lottery.text.encode("ascii")).hexdigest()
    assert hashlib.sha256(line.encode("ascii")).hexdigest() == digest
    assert found.plan == plan == int(digest, 16) >> 254
    assert {(left, right) for left, right, _ in rows(found.pairs)} == pairs
    assert mk.check_draw(lottery.text, line, rows(found.pairs)).ok


def test_all_plans_keep_all_sums_and_add_up_to_the_odds() -> None:
    seen: Counter[str] = Counter()
    for seed in range(120):
        _graph, lottery = drawn(seed)
        odds = {
            (left, right): int(parts)
            for left, right, parts in zip(
                lottery.pairs.left.tolist(),
                lottery.pairs.right.tolist(),
                lottery.pairs.odds,
                strict=True,
            )
        }
        total: Counter[tuple[int, int]] = Counter()
        for number in range(16):
            plan = rows(lottery.plan(number))
            for left, right, units in plan:
                total[left, right] += units
                assert units in rounded(odds[left, right])
            for side, place in ((lottery.left, 0), (lottery.right, 1)):
                group_of = groups(lottery, place)
                for node, group, load, most in zip(
                    side.node.tolist(), side.group.tolist(), side.load.tolist(), side.most.tolist(), strict=True
                ):  # fmt: skip
                    units = sum(
                        row[2]
                        for row in plan
                        if row[place] == node and group in (-1, group_of.get(row[:2]))
                    )
                    assert units in rounded(load)
                    assert load <= most and 16 * units <= 16 * -(-most // 16)
                    seen["group" if group >= 0 else "node"] += 1
        assert total == odds
        seen["pairs"] += len(odds)
    assert min(seen.values()) > 500


def rounded(parts: int) -> tuple[int, int]:
    """Sixteenths rounded down and up."""
    return parts // 16, -(-parts // 16)


def groups(lottery: mk.results.Lottery, place: int) -> dict[tuple[int, int], int]:
    """The group that each pair counts for on one side."""
    side = (lottery.left, lottery.right)[place]
    entry = (lottery.pairs.left_entry, lottery.pairs.right_entry)[place]
    ends = zip(lottery.pairs.left.tolist(), lottery.pairs.right.tolist(), strict=True)
    return dict(zip(ends, side.group[entry].tolist(), strict=True))


def test_ten_thousand_draws_pass_chi_square_tests() -> None:
    """With a seed that is fixed, so that this is either true for ever or false."""
    rng = np.random.default_rng(5)
    graph = Graph.from_matrix(
        rng.integers(0, 100, (12, 8)), left_capacity=2, right_capacity=3
    )
    lottery, draws = mk.lottery(graph, cap=0.375, parts=64), 10_000
    plans = [rows(lottery.plan(number)) for number in range(64)]
    lines = [DrawLine.of(lottery.digest, n, "a fixed seed") for n in range(draws)]
    numbers = [line.number(6) for line in lines]
    assert all(lottery.replay(line.text).plan == n for line, n in zip(lines[:20], numbers, strict=False))  # fmt: skip
    counts = np.bincount(numbers, minlength=64)
    expected = draws / 64
    assert ((counts - expected) ** 2 / expected).sum() < chi2.ppf(0.99, 63)
    # Marginals: how often each pair was drawn, with what the plans say of how they hang together.
    place = {
        ends: k
        for k, ends in enumerate(
            zip(lottery.pairs.left.tolist(), lottery.pairs.right.tolist(), strict=True)
        )
    }
    chosen = np.zeros((64, len(place)))
    for number, plan in enumerate(plans):
        for left, right, _ in plan:
            chosen[number, place[left, right]] = 1
    odds = lottery.probability
    assert (chosen.mean(axis=0) == odds).all()
    apart = counts @ chosen - draws * odds
    spread = chosen.T @ chosen / 64 - np.outer(odds, odds)
    rank = int(np.linalg.matrix_rank(spread, hermitian=True))
    statistic = apart @ np.linalg.pinv(spread, hermitian=True) @ apart / draws
    assert statistic < chi2.ppf(0.99, rank)
    # And each by itself, at 1 % for all of them together.
    some = (odds > 0) & (odds < 1)
    size = np.abs(apart[some]) / np.sqrt(draws * odds[some] * (1 - odds[some]))
    assert size.max() < norm.ppf(1 - 0.005 / some.sum())


def test_a_line_replays_its_draw_and_nothing_else() -> None:
    lottery = by_hand()
    for seed in ("x", 'quoted "twice"', "back\\slash", "抽签 2026-12-24", "é", " "):
        found = lottery.draw(seed, 7)
        again = lottery.replay(found.text)
        assert (again.plan, again.text) == (found.plan, found.text)
        assert rows(again.pairs) == rows(found.pairs)
        assert found.text.isascii() and "\n" not in found.text
        assert mk.check_draw(lottery.text, found.text, rows(found.pairs)).ok
    line = lottery.draw("x").text
    for text in (
        "",
        line + " ",
        line.replace("draw 1", "draw 2"),
        line.replace("draw 0", "draw 00"),
        line.replace('"x"', '"\\u0078"'),
        line.replace('"x"', '"x'),
        line.replace('"x"', '""'),
        line.replace('"x"', '"\\ud800"'),
        None,
    ):
        with pytest.raises(InputError) as caught:
            lottery.replay(text)
        assert not mk.check_draw(lottery.text, text, []).ok
        if text is None or ('""' not in text and "ud800" not in text):
            told = pinned.line("text", "lottery.line", "lottery.line.do")
            assert told in str(caught.value)
    other = mk.lottery(Graph.from_matrix([[1]]), parts=4)
    with pytest.raises(InputError) as caught:
        other.replay(line)
    told = {"digest": lottery.digest, "own": other.digest}
    key = "lottery.line_other"
    assert pinned.line("text", key, "lottery.line_other.do", **told) in str(
        caught.value
    )
    assert [v.message.key for v in mk.check_draw(other.text, line, rows(other.plan(0))).violations] == ["draw_digest"]  # fmt: skip


def test_what_no_line_can_hold_is_refused() -> None:
    lottery = by_hand()
    for seed in ("", "a\nb", "\u200b", "e\u0301", "x" * 201, 7, None, "\ud800"):
        with pytest.raises(InputError) as caught:
            lottery.draw(seed)
        told = pinned.line("seed", "lottery.seed", "lottery.seed.do", most=200)
        assert told in str(caught.value)
    for draw in (-1, 2**53 + 1, 1.0, True):
        with pytest.raises(InputError) as caught:
            lottery.draw("x", draw)
        told = pinned.line("draw", "lottery.draw", "lottery.draw.do", most=2**53)
        assert told in str(caught.value)
    for number in (-1, 4, 0.5):
        with pytest.raises(InputError) as caught:
            lottery.plan(number)
        told = pinned.line("number", "lottery.plan", "lottery.plan.do", most=3)
        assert told in str(caught.value)


def test_the_checker_draws_as_the_library_does() -> None:
    for seed in range(60):
        _, lottery = drawn(seed)
        for draw in range(4):
            found = lottery.draw("any", draw)
            report = mk.check_draw(lottery.text, found.text, rows(found.pairs))
            assert report.ok, (seed, report.violations)
            wrong = lottery.plan((found.plan + 1) % 16)
            if rows(wrong) != rows(found.pairs):
                report = mk.check_draw(lottery.text, found.text, rows(wrong))
                assert {v.message.key for v in report.violations} == {"drawn_other"}


def test_the_checker_finds_what_is_wrong_with_pairs() -> None:
    lottery = by_hand()
    found = lottery.draw(SEED)

    def wrong(pairs: list[Any]) -> set[str]:
        report = mk.check_draw(lottery.text, found.text, pairs)
        assert all(violation.line("zh") for violation in report.violations)
        return {violation.message.key for violation in report.violations}

    assert wrong([("ana", "x", 1), ("bo", "y", 1)]) == set()
    assert wrong([("ana", "x", 2), ("bo", "y", 1)]) == {"drawn_units"}
    assert wrong([("ana", "x", 1), ("bo", "y", 1), ("cy", "y", 1)]) == {"drawn_units"}
    assert wrong([("ana", "x", 1)]) == {"drawn_units"}
    assert wrong([("ana", "y", 1), ("bo", "y", 1)]) == {"drawn_no_odds", "drawn_units"}
    assert "drawn_twice" in wrong([("ana", "x", 1), ("ana", "x", 1), ("bo", "y", 1)])
    assert "drawn_twice" in wrong([("ana", "x", 1.0), ("bo", "y", 1)])
    assert "drawn_row" in wrong([("ana", "x"), ("bo", "y", 1)])
    assert "drawn_row" in wrong([(["ana"], "x", 1), 7])
    assert "drawn_row" in wrong(7) & wrong(np.array(7))  # type: ignore[arg-type]


def test_the_checker_finds_what_is_wrong_with_a_lottery() -> None:
    lottery = by_hand()
    found = lottery.draw(SEED)

    def wrong(change: Any) -> set[str]:
        content = json.loads(lottery.text)
        change(content)
        text = json.dumps(content, separators=(",", ":"))
        report = mk.check_draw(text, found.text, rows(found.pairs))
        return {violation.message.key for violation in report.violations}

    assert wrong(lambda _: None) == set()
    assert "odds_above" in wrong(lambda c: c["pairs"][0].__setitem__(2, 1))
    assert "odds_load" in wrong(lambda c: c["left"][0].__setitem__(4, 1))
    assert "odds_above" in wrong(lambda c: c["right"][0].__setitem__(3, 3))
    no_lottery = (
        lambda c: c.update(parts=3),
        lambda c: c.update(parts=True),
        lambda c: c.update(more=1),
        lambda c: c.pop("left"),
        lambda c: c.update(left=7),
        lambda c: c["left"].append(["ana", None, -1, 4, 0]),
        lambda c: c["left"][0].__setitem__(2, 0),
        lambda c: c["left"].append(["ana", 0, 1, 4, 0]),
        lambda c: c["left"][0].__setitem__(0, 1.5),
        lambda c: c["left"][0].__setitem__(1, {}),
        lambda c: c["pairs"][0].__setitem__(0, 9),
        lambda c: c["pairs"][0].__setitem__(3, -1),
        lambda c: c["pairs"].append(c["pairs"][0]),
        lambda c: c["pairs"].append([0, 0]),
        lambda c: c.update(pairs=None),
    )
    for change in no_lottery:
        assert wrong(change) == {"lottery_text"}
    for text in ("", "{", "[" * 100_000, '{"parts":1,"parts":1}', "é", None, "NaN"):
        report = mk.check_draw(text, found.text, [])
        assert [v.message.key for v in report.violations] == ["lottery_text"]


def test_long_trails_are_halved_without_recursion() -> None:
    """One trail through 20,000 people in a ring of 20,000 places."""
    count = 20_000
    ring = np.arange(count, dtype=np.int32)
    tail = np.concatenate([ring, ring])
    head = np.concatenate([ring, (ring + 1) % count]) + count
    ends = Circulation.of(tail, head.astype(np.int32), np.ones(2 * count, np.int64))
    for number in (0, 1):
        units = ends.plan(number, 1)
        assert (units[:count] == 1 - number).all()
        assert (units[count:] == number).all()
