"""Digests of all answers about thousands of random problems and graphs, to show that a change of the code
changes no answer.

``python -m benchmarks.digests write FILE [--share X] [--workers N]`` writes one line a problem, ``compare
BEFORE AFTER`` ends with 1 where an answer differs, and ``show KIND SEED ASPECT`` prints what was digested, to
find the difference.

Run it at the commit before a change and after it. Where a change gives a key of an answer another name,
``digests_renamed.toml`` says which key it was, so that the values are still compared; texts and pages are
aspects of their own, as prose may change where values do not.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import random
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from pydantic import BaseModel

import matchkit as mk
from benchmarks.process import ROOT


class Given(NamedTuple):
    """A problem, its plan, and the seed that both are of."""

    problem: mk.Problem
    plan: mk.Plan
    seed: int

    @property
    def draw(self) -> random.Random:
        """Draws of this seed."""
        return random.Random(f"digests {self.seed}")  # noqa: S311 - the same questions every time


RENAMED = Path(__file__).with_name("digests_renamed.toml")
FIRST_SEED = 5_000_000
COUNTS = {
    "flow": 1_500,
    "rules": 1_500,
    "crowds": 300,
    "aims": 300,
    "wards": 60,
    "streets": 6,
    "graphs": 2_000,
    "consumption": 1_000,
}
"""How many seeds of each kind."""
STEP = 20
"""Seeds in one part."""
LENGTH = 16
"""Hexadecimal digits of a digest."""
TIME_LIMIT = 10_000.0
"""Seconds that no answer here needs: where a limit ends a search, two runs differ."""
LANGUAGES = ("en", "zh")
SOME = {"repairs": 4, "tables": 4, "notice": 4, "page": 12}
"""Aspects that take most of the time: of so many seeds one has them."""


def write(path: Path, share: float, workers: int) -> None:
    """Digests of all kinds, of each this share of its seeds."""
    parts = [
        (kind, FIRST_SEED + begin, min(STEP, number - begin))
        for kind, whole in COUNTS.items()
        for number in [max(1, round(whole * share))]
        for begin in range(0, number, STEP)
    ]
    began = time.perf_counter()
    with (
        path.open("w", encoding="utf-8") as file,
        ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool,
    ):
        for done, found in enumerate(pool.map(part, *zip(*parts, strict=True)), 1):
            file.writelines(json.dumps(line) + "\n" for line in found)
            print(
                f"{done} of {len(parts)} parts, {time.perf_counter() - began:.0f} s",
                flush=True,
            )


def part(kind: str, first: int, count: int) -> list[dict[str, Any]]:
    """The lines of so many seeds of a kind: kind, seed, and a digest by aspect."""
    return [
        {
            "kind": kind,
            "seed": seed,
            **{name: digest(value) for name, value in answers(kind, seed)},
        }
        for seed in range(first, first + count)
    ]


def compare(before: Path, after: Path) -> int:
    """Print every aspect that differs with the seeds; 1 where there is one."""
    lines = [
        {
            (line.pop("kind"), line.pop("seed")): line
            for line in map(json.loads, path.read_text("utf-8").splitlines())
        }
        for path in (before, after)
    ]
    differing: dict[tuple[str, str], list[int]] = {}
    digests: Counter[str] = Counter()
    for kind, seed in sorted({*lines[0], *lines[1]}):
        one, other = (side.get((kind, seed), {}) for side in lines)
        for aspect in sorted({*one, *other}):
            digests[aspect] += 1
            if one.get(aspect) != other.get(aspect):
                differing.setdefault((kind, aspect), []).append(seed)
    print(f"{len(lines[0]):,} and {len(lines[1]):,} problems and graphs")
    print(
        "digests:",
        ", ".join(f"{aspect} {count:,}" for aspect, count in sorted(digests.items())),
    )
    for (kind, aspect), seeds in differing.items():
        print(
            f"{kind}: {aspect} differs for {len(seeds):,} seeds, as {', '.join(map(str, seeds[:5]))}"
        )
    return int(bool(differing))


def digest(value: object) -> str:
    """The hash of a value in canonical form."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:LENGTH]


def canonical(value: object) -> str:
    """A value as JSON with sorted keys, under the names of ``digests_renamed.toml``."""
    return json.dumps(
        _plain(value), sort_keys=True, ensure_ascii=False, indent=1, allow_nan=True
    )


def _plain(value: object) -> Any:
    """Records, mappings, arrays and times as JSON's values; keys, records and kinds of
    witnesses that were renamed have their old names.
    """
    if isinstance(value, mk.results.StoredMessage):
        return value.text()  # it was a text
    if isinstance(value, BaseModel):
        return {
            "": _name(type(value).__name__),
            **_plain(
                {
                    key: getattr(value, key)
                    for key in type(value).model_fields
                    if not _is_new(value, key)
                }
            ),
            **(
                {"witness": _name(value.witness)}
                if isinstance(getattr(value, "witness", 0), str)
                else {}
            ),
        }
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            "": _name(type(value).__name__),
            **_plain(
                {
                    each.name: getattr(value, each.name)
                    for each in dataclasses.fields(value)
                }
            ),
        }
    if isinstance(value, Mapping):
        return {
            _name(str(key)): _plain(each)
            for key, each in value.items()
            if key not in LEFT_OUT and not (key in added() and each == added()[key])
        }
    if isinstance(value, np.ndarray):
        return [str(value.dtype), value.tolist()]
    if isinstance(value, (tuple, list, set, frozenset)):
        found = [_plain(each) for each in value]
        return sorted(found, key=repr) if isinstance(value, (set, frozenset)) else found
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form: give it one here")


LEFT_OUT = {"versions", "seconds", "time_limit", "left_ids", "right_ids"}
"""Keys whose values tell of the machine and not of the answer, and ids, which matchings did not hold."""


def _name(name: str) -> str:
    return renamed().get(name, name)


def _is_new(record: BaseModel, key: str) -> bool:
    """Whether a field came since and says nothing new."""
    return key in added() and _plain(getattr(record, key)) == added()[key]


@cache
def added() -> dict[str, Any]:
    """Keys that came since, and their values at which they are left out."""
    return tomllib.loads(RENAMED.read_text("utf-8")).get("added", {})


@cache
def renamed() -> dict[str, str]:
    """Old names of keys and of records by their new ones."""
    return tomllib.loads(RENAMED.read_text("utf-8"))["renamed"]


def answers(kind: str, seed: int) -> Iterator[tuple[str, object]]:
    """Every aspect of the problem or graph of a seed: its name, and what is to be digested."""
    if kind in GRAPHS:
        yield from _of_graph(kind, seed)
        return
    problem = PROBLEMS[kind](seed)
    yield "problem", json.loads(problem.model_dump_json(exclude_none=True))
    plan = _answer(lambda: mk.solve(problem))
    if not isinstance(plan, mk.Plan):
        yield "refusal", plan
        yield "conflicts", _answer(lambda: mk.conflicts(problem))
        return
    yield "plan", [plan.assignments, plan.shortfalls, plan.payments]
    yield "outcome", plan.outcome
    yield "certificate", plan.certificate
    for name, aspect in ASPECTS.items():
        if seed % SOME.get(name, 1) == 0 and (
            name not in LARGE or kind not in ("wards", "streets")
        ):
            found = _answer(lambda aspect=aspect: aspect(Given(problem, plan, seed)))
            yield name, found
            texts = _texts(found)
            if texts:
                yield f"{name}, text", texts


def _answer(ask: Callable[[], object]) -> object:
    """The answer, or the kind of error and where its faults lie: what they say is prose."""
    try:
        return ask()
    except mk.errors.MatchkitError as error:
        faults = (
            getattr(error, "complaints", None) or getattr(error, "faults", None) or ()
        )
        return {
            "error": type(error).__name__,
            "where": [getattr(fault, "where", None) for fault in faults],
        }


def _texts(value: object) -> list[str]:
    """What the answers among a value say in both languages."""
    if isinstance(value, (tuple, list)):
        return [text for each in value for text in _texts(each)]
    if isinstance(value, Mapping):
        return [text for each in value.values() for text in _texts(each)]
    return [value.text(lang) for lang in LANGUAGES] if hasattr(value, "text") else []


def _tests() -> None:
    folders = [
        str(ROOT / "tests" / folder)
        for folder in ("solving", "compile", "verification", "explain", "solvers")
    ]
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]


def _flow(seed: int) -> mk.Problem:
    _tests()
    from random_problems import random_problem, seeded

    rng = seeded(seed)
    return random_problem(rng, rng.randint(1, 9), rng.randint(1, 6))


def _rules(seed: int) -> mk.Problem:
    _tests()
    from rule_problems import rule_problem

    return rule_problem(seed, large=seed % 10 == 0)


def _crowds(seed: int) -> mk.Problem:
    _tests()
    from pair_campaign import crowded
    from random_problems import seeded

    return crowded(seeded(seed))


def _aims(seed: int) -> mk.Problem:
    """Few people, points and slots as goals in any order, with tolerances."""
    _tests()
    from comparison_campaign import FEW, FILLED, WEIGHT, crowd, with_aims
    from random_problems import seeded
    from rule_problems import rule_problem

    rng = seeded(seed)
    aims = [
        aim.model_copy(update={"tolerance": rng.choice((0, 0, 1, 3))})
        for aim in rng.sample((FEW, WEIGHT, FILLED), rng.randint(1, 3))
    ]
    return with_aims(crowd(seed) if seed % 2 else rule_problem(seed), *aims)


def _ward(seed: int) -> mk.Problem:
    """A ward of the benchmark, over few days so that it is proven in a moment."""
    from benchmarks.suite.wards import ward

    whole = ward(seed - FIRST_SEED)[0]
    return whole.model_copy(update={"demands": whole.demands[:12]})


def _street(seed: int) -> mk.Problem:
    """A street, as people, stocks and venues make it."""
    return mk.datasets.city(seed=seed, scale="street")


PROBLEMS: dict[str, Callable[[int], mk.Problem]] = {
    "flow": _flow, "rules": _rules, "crowds": _crowds, "aims": _aims, "wards": _ward, "streets": _street,
}  # fmt: skip
GRAPHS = ("graphs", "consumption")


def _of_graph(kind: str, seed: int) -> Iterator[tuple[str, object]]:
    _tests()
    if kind == "consumption":
        from consuming_cases import drawn

        one = drawn(seed)
        yield "problem", one
        yield "matching", _answer(one.solved)
        return
    from graph_cases import graph_case, graph_of, minimums_case

    case = minimums_case(seed) if seed % 4 == 0 else graph_case(seed)
    yield "problem", case
    yield (
        "matching",
        _answer(
            lambda: mk.match(
                graph_of(case, names=seed % 2 == 0),
                case.objective,
                minimize=case.minimise,
            )
        ),
    )


def _checked(given: Given) -> object:
    """What the checkers say of the plan and of one that is spoilt: half its pairs gone, the rest twice."""
    rng = given.draw
    kept = rng.sample(given.plan.assignments, (len(given.plan.assignments) + 1) // 2)
    spoilt = given.plan.model_copy(
        update={
            "assignments": tuple(
                one.model_copy(update={"quantity": one.quantity + 1}) for one in kept
            )
        }
    )
    reports = [
        mk.verify(given.problem, given.plan),
        mk.check_certificate(given.problem, given.plan),
        mk.verify(given.problem, spoilt),
    ]
    return [
        [(each.rule, each.label, each.ids, each.amount) for each in report.violations]
        for report in reports
    ]


def _shortages(given: Given) -> object:
    found = mk.Explainer(given.problem, given.plan).shortages()
    return [found, list(found.whole())]


def _pairs(given: Given) -> object:
    """Why a few pairs are in the plan, and why others are not."""
    explainer, rng = mk.Explainer(given.problem, given.plan), given.draw
    needs = [
        need.id for demand in given.problem.demands for need in demand.requirements
    ]
    drawn = (
        [(rng.choice(given.problem.resources).id, rng.choice(needs)) for _ in range(4)]
        if given.problem.resources and needs
        else []
    )
    return [
        [
            _answer(lambda one=one: explainer.why(one.resource, one.requirement))
            for one in given.plan.assignments[:3]
        ],
        [
            _answer(lambda pair=pair: explainer.pair(*pair, time_limit=TIME_LIMIT))
            for pair in drawn
        ],
        [explainer.resource(one.id) for one in given.problem.resources[:3]],
    ]


def _repairs(given: Given) -> object:
    lacking = sorted({lack.demand for lack in given.plan.shortfalls})[:1]
    return [
        _answer(
            lambda demand=demand: mk.repairs(
                given.problem, given.plan, demand, time_limit=TIME_LIMIT
            )
        )
        for demand in lacking
    ]


def _audit(given: Given) -> object:
    from audit_campaign import table_of

    table = [
        (one.resource, one.requirement, one.quantity, one.start)
        for one in table_of(given.problem, given.draw, 5)
    ]
    return mk.audit(given.problem, table, best=given.plan, time_limit=TIME_LIMIT)


def _comparisons(given: Given) -> object:
    from comparison_campaign import _change

    change = _change(given.problem, given.seed)
    term = given.draw.choice(
        (
            "importance",
            "skill_fit",
            "distance",
            "preference",
            "familiarity",
            "previous",
            "score",
        )
    )
    goals = [goal.name for goal in given.plan.outcome.goals][-2:]
    found = [_answer(lambda: mk.weight_range(given.problem, given.plan, term))]
    found += (
        [_answer(lambda: mk.what_if(given.problem, given.plan, [change]))]
        if change is not None
        else []
    )
    found += (
        [_answer(lambda: mk.trade_off(given.problem, *goals, points=6))]
        if len(goals) == 2
        else []
    )
    return found


def _tables(given: Given) -> object:
    """The problem's tables, what is read back from them, and the tables of the plan."""
    tables = given.problem.to_frames(pd.DataFrame())
    again = mk.read_problem(tables, tz=given.problem.zone or "UTC", confirm=True)
    frames = [
        tables,
        *(
            mk.tables.plan_frames(
                given.problem, given.plan, pd.DataFrame(), lang=lang, tz="Asia/Shanghai"
            )
            for lang in LANGUAGES
        ),
    ]
    return [
        {name: frame.to_csv() for name, frame in each.items()} for each in frames
    ] + [again == given.problem]


def _notice(given: Given) -> object:
    with tempfile.TemporaryDirectory() as folder:
        mk.write_plan(
            given.problem,
            given.plan,
            Path(folder) / "notice",
            lang="zh",
            tz="Asia/Shanghai",
            pseudonyms=mk.tables.Pseudonyms(b"0" * 32),
        )
        return {
            path.name: path.read_text("utf-8-sig")
            for path in sorted((Path(folder) / "notice").iterdir())
        }


def _page(given: Given) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.html"
        mk.report(
            given.problem,
            given.plan,
            path,
            tz="Asia/Shanghai",
            repairs=3,
            time_limit=TIME_LIMIT,
        )
        return path.read_text("utf-8")


ASPECTS: dict[str, Callable[[Given], object]] = {
    "checks": _checked,
    "shortages": _shortages,
    "pairs": _pairs,
    "repairs": _repairs,
    "advice": lambda given: mk.advice(given.problem, given.plan, time_limit=TIME_LIMIT),
    "audit": _audit,
    "comparisons": _comparisons,
    "tables": _tables,
    "notice": _notice,
    "page": _page,
}
LARGE = {"repairs", "advice", "audit", "comparisons"}
"""Aspects that take too long for large problems."""


def main() -> int:
    """Write, compare or show, as the command line asks."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.digests", description=__doc__.splitlines()[0]
    )
    asks = parser.add_subparsers(dest="ask", required=True)
    ask = asks.add_parser("write")
    ask.add_argument("file", type=Path)
    ask.add_argument(
        "--share", type=float, default=1.0, help="of the seeds of each kind"
    )
    ask.add_argument("--workers", type=int, default=1)
    ask = asks.add_parser("compare")
    ask.add_argument("before", type=Path)
    ask.add_argument("after", type=Path)
    ask = asks.add_parser("show")
    ask.add_argument("kind")
    ask.add_argument("seed", type=int)
    ask.add_argument("aspect")
    asked = parser.parse_args()
    if asked.ask == "compare":
        return compare(asked.before, asked.after)
    if asked.ask == "show":
        for name, value in answers(asked.kind, asked.seed):
            if name == asked.aspect:
                print(canonical(value))
        return 0
    write(asked.file, asked.share, asked.workers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
