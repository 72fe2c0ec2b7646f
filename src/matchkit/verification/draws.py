"""Whether a draw is what its lottery and its seed make it: written from docs/draws.md alone, in plain Python,
and sharing nothing with the code that draws.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from numbers import Integral
from typing import Any

from matchkit.errors import InputError
from matchkit.model import Problem
from matchkit.model.fault import A_PROBLEM, of_another_type
from matchkit.plan import Plan
from matchkit.verification.lottery_text import LotteryEntry, LotteryText
from matchkit.verification.published_odds import odds_faults
from matchkit.verification.report import Report, Violation, fact

LINE = re.compile(
    r'matchkit draw 1: lottery ([0-9a-f]{64}), draw (0|[1-9][0-9]{0,15}), seed ("[ -~]*")'
)
DrawnRow = tuple[Any, Any, Any]
"""Id of a left node, id of a right node, units."""


def check_draw(
    lottery: str,
    line: str,
    pairs: Iterable[DrawnRow] | Plan,
    *,
    problem: Problem | None = None,
) -> Report:
    """Whether ``pairs`` are the plan that ``line`` draws from a published lottery, and keep its capacities.

    ``lottery`` is the text of a Lottery or ProblemLottery, ``line`` that of a draw, and ``pairs`` are rows of
    left id, right id and units, such as ``zip(drawn.left, drawn.right, drawn.quantity)``, or a plan. Checked
    are: the odds of the lottery against its caps and loads; the line against the lottery's digest; the pairs
    against the plan, which is drawn again by the rules of docs/draws.md; and, whatever the line says, that
    every pair and every load is its odds rounded down or up. All this takes time in proportion to the pairs.

    With the ``problem`` of the lottery also: that capacities, hard caps and locks are those of its records,
    that all pairs are eligible and keep the caps on odds that are stated, that the goals are what the odds
    reach on average, and that the bounds follow from the prices over all eligible pairs. ``verify`` says
    whether the plan keeps the rules. Raises InputError for what is no Problem.
    """
    if problem is not None and not isinstance(problem, Problem):
        raise InputError(of_another_type("problem", problem, Problem, A_PROBLEM))
    read = LotteryText.read(lottery)
    if read is None or (problem is not None and read.record is None):
        return Report((Violation("lottery", (), fact("lottery_text")),))
    found = list(_odds_wrong(read))
    if problem is not None and read.record is not None:
        found += [
            Violation("odds", _ids(ids), wrong)
            for ids, wrong in odds_faults(problem, read.record)
        ]
    if isinstance(pairs, Plan):
        if pairs.outcome.drawn != line:
            found.append(Violation("line", (), fact("drawn_by")))
        pairs = [
            (one.resource, one.requirement, one.quantity) for one in pairs.assignments
        ]
    units = dict[tuple[Any, Any], int]()
    try:
        rows: list[Any] = [*pairs]
    except TypeError:
        rows = [pairs]
    for row in rows:
        try:
            left, right, amount = row
            key = _plain(left), _plain(right)
            known = key in units
        except (TypeError, ValueError):
            found.append(Violation("drawn", (), fact("drawn_row")))
            continue
        if known or not isinstance(amount, Integral):
            found.append(Violation("drawn", _ids(key), fact("drawn_twice")))
        else:
            units[key] = int(amount)
    found += _rounded_wrong(read, units)
    number = _number(lottery, line, read.parts)
    if isinstance(number, Violation):
        found.append(number)
    elif not found:
        names, plan = read.name, _plan(read, number)
        right_units = {names[k]: n for k, n in enumerate(plan) if n}
        wrong = sorted(
            (
                key
                for key in {*right_units, *units}
                if right_units.get(key, 0) != units.get(key, 0)
            ),
            key=str,
        )
        found += [
            Violation(
                "drawn",
                _ids(key),
                fact(
                    "drawn_other",
                    stated=units.get(key, 0),
                    right=right_units.get(key, 0),
                ),
            )
            for key in wrong
        ]
    return Report(tuple(found))


def _plain(name: Any) -> Any:
    return int(name) if isinstance(name, Integral) else name


def _ids(names: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(name)[:80] for name in names)


def _odds_wrong(lottery: LotteryText) -> Iterator[Violation]:
    """Odds above their caps, and loads that are not the sums of odds or above what is allowed."""
    for pair, names in zip(lottery.pairs, lottery.name, strict=True):
        if pair.odds > pair.most:
            wrong = fact("odds_above", odds=pair.odds, most=pair.most)
            yield Violation("odds", _ids(names), wrong)
    for entries, sums in _sides(lottery, [pair.odds for pair in lottery.pairs]):
        for entry, total in zip(entries, sums, strict=True):
            if total != entry.load:
                wrong = fact("odds_load", stated=entry.load, right=total)
                yield Violation("odds", _ids([entry.name]), wrong)
            elif entry.load > entry.most:
                wrong = fact("odds_above", odds=entry.load, most=entry.most)
                yield Violation("odds", _ids([entry.name]), wrong)


def _sides(
    lottery: LotteryText, amounts: list[int]
) -> Iterator[tuple[tuple[LotteryEntry, ...], list[int]]]:
    """Both sides, each with what its entries carry where pairs carry so much."""
    for number, entries in enumerate((lottery.left, lottery.right)):
        sums = [0] * len(entries)
        for pair, amount in zip(lottery.pairs, amounts, strict=True):
            sums[pair[number]] += amount
        for place in range(len(entries) - 1, -1, -1):
            if entries[place].above >= 0:
                sums[entries[place].above] += sums[place]
        yield entries, sums


def _rounded_wrong(
    lottery: LotteryText, units: dict[tuple[Any, Any], int]
) -> Iterator[Violation]:
    """Pairs without odds, and units that are not the odds or load rounded down or up."""
    names = lottery.name
    for key in sorted(set(units) - set(names), key=str):
        yield Violation("drawn", _ids(key), fact("drawn_no_odds"))
    amounts = [units.get(key, 0) for key in names]
    for pair, key, amount in zip(lottery.pairs, names, amounts, strict=True):
        if not _is_rounded(amount, pair.odds, lottery.parts):
            yield Violation("drawn", _ids(key), fact("drawn_units", units=amount))
    for entries, sums in _sides(lottery, amounts):
        for entry, total in zip(entries, sums, strict=True):
            if not _is_rounded(total, entry.load, lottery.parts):
                wrong = fact("drawn_units", units=total)
                yield Violation("drawn", _ids([entry.name]), wrong)


def _is_rounded(units: int, odds: int, parts: int) -> bool:
    return units in (odds // parts, -(-odds // parts))


def _number(lottery: str, line: str, parts: int) -> int | Violation:
    """The number of the plan that a line draws, or what is wrong with the line."""
    match = LINE.fullmatch(line) if isinstance(line, str) else None
    try:
        seed = json.loads(match[3]) if match else None
    except ValueError:
        seed = None
    if match is None or not isinstance(seed, str) or json.dumps(seed) != match[3]:
        return Violation("line", (), fact("draw_line"))
    if match[1] != hashlib.sha256(lottery.encode("ascii")).hexdigest():
        return Violation("line", (), fact("draw_digest"))
    digest, number = hashlib.sha256(line.encode("ascii")).digest(), 0
    for bit in range(parts.bit_length() - 1):
        number = 2 * number + (digest[bit // 8] >> (7 - bit % 8) & 1)
    return number


def _plan(lottery: LotteryText, number: int) -> list[int]:
    """The units of every pair in the plan of this number."""
    # Arcs from node to node: pairs, then entries of the left, then entries of the right; the root comes last.
    lefts, root = len(lottery.left), len(lottery.left) + len(lottery.right)
    ends = [(pair.left, lefts + pair.right) for pair in lottery.pairs]
    ends += [
        (root if entry.above < 0 else entry.above, place)
        for place, entry in enumerate(lottery.left)
    ]
    ends += [
        (lefts + place, root if entry.above < 0 else lefts + entry.above)
        for place, entry in enumerate(lottery.right)
    ]
    units = [pair.odds for pair in lottery.pairs]
    units += [entry.load for entry in (*lottery.left, *lottery.right)]
    for bit in range(lottery.parts.bit_length() - 2, -1, -1):
        ups = _ups(ends, [arc for arc, amount in enumerate(units) if amount % 2], root)
        down = number >> bit & 1
        units = [
            amount // 2 + (arc in ups and ups[arc] != down)
            for arc, amount in enumerate(units)
        ]
    return units[: len(lottery.pairs)]


def _ups(ends: list[tuple[int, int]], odd: list[int], root: int) -> dict[int, int]:
    """For every odd arc 1 where it goes up if the first arc of its trail does, else 0."""
    # At every node its odd arcs meet two by two, in their order.
    meeting: list[list[int]] = [[] for _ in range(root + 1)]
    for arc in odd:
        for node in ends[arc]:
            meeting[node].append(arc)
    other = [
        {
            a: b
            for k in range(0, len(arcs), 2)
            for a, b in ((arcs[k], arcs[k + 1]), (arcs[k + 1], arcs[k]))
        }
        for arcs in meeting
    ]
    ups = dict[int, int]()
    for first in odd:
        arc, node = first, ends[first][1]
        while arc not in ups:
            # An arc walked from its tail to its head goes the way of the first.
            ups[arc] = int(ends[arc][1] == node)
            arc = other[node][arc]
            node = ends[arc][0] if ends[arc][1] == node else ends[arc][1]
    return ups
