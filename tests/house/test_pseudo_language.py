"""A language without prose, "xx": what is still English or Chinese in an output of it comes from no catalogue.

Its catalogue is a file that this test writes: of every English template only the fields are left, between
two brackets. The data of the test hold no word either, so that any two English words in a row, and any
Chinese character, are a sentence of the code.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import any_record
import pytest
from random_problems import seeded
from typer.testing import CliRunner

import matchkit as mk
from matchkit.answers.base import Answer
from matchkit.cli.app import app
from matchkit.cli.progress import line
from matchkit.messages import message
from matchkit.messages.message import LANGUAGES, SOURCE, templates
from matchkit.solvers.flow.solution import Progress as Step

LANG = "xx"
SENTENCE = re.compile(
    r"(?<![\w./-])(?:[A-Za-z']{3,}[,;:]? [A-Za-z']+|[A-Za-z']+ [A-Za-z']{3,})(?![\w=(])|[\u3400-\u9fff]+"
)
"""Two English words in a row, one of them of three letters or more, or Chinese characters."""
WEEK = {"start": "2026-05-05T08:00:00+08:00", "end": "2026-05-05T12:00:00+08:00"}
DATA: dict[str, Any] = {
    "schema_version": "1",
    "zone": "Asia/Shanghai",
    "units": [{"id": "U1"}, {"id": "U2", "parent": "U1"}],
    "communities": [
        {"id": "C1", "place": {"lat": 36.06, "lon": 103.83}},
        {"id": "C2", "parent": "C1", "place": {"lat": 36.1, "lon": 103.9}},
    ],
    "resources": [
        {
            "id": "R1",
            "unit": "U1",
            "skills": [{"skill": "s1", "level": 2}],
            "available": [WEEK],
            "home": "C2",
        },
        {"id": "R2", "unit": "U2", "skills": [{"skill": "s1"}], "home": "C1"},
        {"id": "R3", "unit": "U2", "kind": "k1", "capacity": 3, "familiar": ["C1"]},
        {"id": "R4", "unit": "U2", "kind": "k3", "mode": "online"},
    ],
    "demands": [
        {
            "id": "D1",
            "community": "C1",
            "category": "c1",
            "windows": [WEEK],
            "requirements": [
                {"id": "Q1", "skills": [{"skill": "s1"}], "wanted": 3, "minimum": 1},
                {"id": "Q2", "skills": [{"skill": "s2", "level": 3}], "wanted": 1},
            ],
        },
        {
            "id": "D2",
            "community": "C2",
            "tier": 2,
            "requirements": [
                {"id": "Q3", "kind": "k1", "wanted": 3, "minimum": 1},
                {"id": "Q4", "skills": [{"skill": "s1"}], "wanted": 1},
            ],
        },
        {
            "id": "D3",
            "community": "C2",
            "tier": 2,
            "windows": [WEEK],
            "minutes": 60,
            "requirements": [{"id": "Q5", "kind": "k2", "wanted": 1}],
        },
    ],
    "rules": [
        {"rule": "forbid", "resource": "R2", "requirement": "Q4"},
        {"rule": "community_cap", "community": "C2", "most": 2},
    ],
    "previous": [{"resource": "R1", "requirement": "Q1"}],
}
"""Nobody has s2, R1 and R2 are wanted twice, the cap leaves two of four."""


def without_prose(template: str, number: int) -> str:
    """The fields of a template between brackets, after its number: names of sheets and columns must differ."""
    fields = (
        f"{{{name}:{spec}}}" if spec and not spec.startswith("|") else f"{{{name}}}"
        for _, name, spec, _ in Formatter().parse(template)
        if name is not None
    )
    return f"⟦{number}{''.join(f' {field}' for field in fields)}⟧"


@pytest.fixture(scope="module", autouse=True)
def _pseudo_language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Put the language beside the others, wherever their list was imported."""
    folder = tmp_path_factory.mktemp("locale")
    for lang in LANGUAGES:
        (folder / f"{lang}.toml").write_bytes(
            (message.LOCALE / f"{lang}.toml").read_bytes()
        )
    lines = [
        f"{json.dumps(key)} = {json.dumps(without_prose(template, number), ensure_ascii=False)}"
        for number, (key, template) in enumerate(templates(SOURCE).items())
    ]
    (folder / f"{LANG}.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(message, "LOCALE", folder)
        known = message.languages()
        for name, module in list(sys.modules.items()):
            if (
                name.startswith("matchkit.")
                and getattr(module, "LANGUAGES", None) is LANGUAGES
            ):
                patch.setattr(module, "LANGUAGES", known)
        yield


NEW_IDS = r"(lock )?more for Q\d( \d)?( Q\d)?"
"""Ids, and labels made of them, of the records that remedies and repairs add."""
EXAMPLE = r"Invented [A-Z]\w+( [A-Z]\b)?|blood pressure checks|operating; surgeon|at most 4 hours a week|urgent first"
"""Rows of examples, tables/vocabulary: a language without its own has those in English."""
UNDERSTOOD = r"[\u3400-\u9fff]+"
"""Words that cells may hold in any table, whatever the language of its notes."""
LEFT: dict[str, tuple[str, ...]] = {
    "shortage: contention": (NEW_IDS,),
    "shortage: nobody eligible": (NEW_IDS,),
    "shortage: higher tier": (NEW_IDS,),
    "repairs": (NEW_IDS,),
    "command: explain": (NEW_IDS,),
    "workbook": (NEW_IDS,),
    "page": (NEW_IDS,),
    "template": (EXAMPLE, UNDERSTOOD),
}
"""What is still in English, by the place where it stands. Whoever mends one takes it out; nothing is added."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data and their plan as files."""
    made = tmp_path_factory.mktemp("pseudo")
    (made / "problem.json").write_text(json.dumps(DATA), encoding="utf-8")
    mk.write_plan(
        None, mk.solve(mk.read_problem(made / "problem.json")), made / "plan.json"
    )
    return made


@pytest.fixture(scope="module")
def given(folder: Path) -> tuple[mk.Problem, mk.Plan]:
    return mk.read_problem(folder / "problem.json"), mk.read_plan(folder / "plan.json")


def sentences(text: str) -> list[str]:
    return sorted({found.group() for found in SENTENCE.finditer(text)})


def assert_no_sentence(place: str, text: str) -> None:
    """Nothing of the text is a sentence but what ``LEFT`` names there, and that is in it."""
    assert text
    rest = text
    for pattern in LEFT.get(place, ()):
        found = [match.group() for match in re.finditer(pattern, text)]
        assert any(sentences(part) for part in found), (
            f"no longer in {place}: take {pattern} out of LEFT"
        )
        rest = re.sub(pattern, "", rest)
    assert sentences(rest) == [], place


def visible(page: str) -> str:
    """What a page shows, what its script gets and what a screen reader reads, without code."""
    page = re.sub(r"(?s)<(style|script|code)>.*?</\1>", "", page)
    read_aloud = re.findall(r' (?:aria-label|title|alt|placeholder)="([^"]*)"', page)
    return "\n".join([re.sub(r"<[^>]*>", "\n", page), *read_aloud])


def cells(path: Path) -> str:
    """Names of sheets and texts of cells of a workbook, one a line."""
    with zipfile.ZipFile(path) as archive:
        parts = [
            archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith(".xml")
        ]
    return "\n".join(
        "".join(found)
        for part in parts
        for found in re.findall(r"<t[^>]*>([^<]*)</t>|<sheet name=\"([^\"]*)\"", part)
    )


ANSWERS: dict[str, Callable[[mk.Problem, mk.Plan], Any]] = {
    "shortages": lambda problem, plan: mk.Explainer(problem, plan).shortages(),
    "shortage: contention": lambda problem, plan: mk.Explainer(problem, plan).shortage(
        "Q1"
    ),
    "shortage: nobody eligible": lambda problem, plan: mk.Explainer(
        problem, plan
    ).shortage("Q2"),
    "shortage: higher tier": lambda problem, plan: mk.Explainer(problem, plan).shortage(
        "Q4"
    ),
    "why": lambda problem, plan: mk.Explainer(problem, plan).why("R1", "Q1"),
    "why not: not eligible": lambda problem, plan: mk.Explainer(problem, plan).why_not(
        "R1", "Q2"
    ),
    "why not: a loss": lambda problem, plan: mk.Explainer(problem, plan).why_not(
        "R1", "Q4"
    ),
    "resource": lambda problem, plan: mk.Explainer(problem, plan).resource("R3"),
    "idle resource": lambda problem, plan: mk.Explainer(problem, plan).resource("R4"),
    "repairs": lambda problem, plan: mk.Explainer(problem, plan).repairs("D2"),
    "advice": mk.advice,
    "audit": lambda problem, _: mk.audit(
        problem, [("R1", "Q2"), ("R4", "Q3"), ("R9", "Q1"), ("R1", 5)]
    ),
    "compare": lambda problem, plan: mk.compare(
        problem, plan, plan.model_copy(update={"assignments": ()})
    ),
    "what if": lambda problem, _: mk.what_if(
        problem, None, [mk.changes.SetCapacity(resource="R2", capacity=2)]
    ),
    "trade-off": lambda problem, _: mk.trade_off(problem, "tier 1", "tier 2"),
    "weight range": lambda problem, plan: mk.weight_range(problem, plan, "distance"),
    "conflicts": lambda problem, _: mk.conflicts(problem),
    "input check": lambda problem, _: mk.tables.check_input(problem),
}


@pytest.mark.parametrize("place", ANSWERS)
def test_answers_hold_no_sentence_of_another_language(
    place: str, given: tuple[mk.Problem, mk.Plan]
) -> None:
    assert_no_sentence(place, ANSWERS[place](*given).text(LANG))


def test_the_summary_of_a_plan_holds_no_sentence_of_another_language(
    given: tuple[mk.Problem, mk.Plan],
) -> None:
    assert_no_sentence("summary", given[1].summary(LANG))


@pytest.mark.parametrize("kind", any_record.answers(), ids=lambda kind: kind.__name__)
def test_an_answer_drawn_at_random_holds_no_sentence_of_another_language(
    kind: type[Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(any_record, "TEXTS", ("R1", "Q2", "{missing}", "10"))
    rng, shown = seeded(len(kind.__name__)), 0
    for _ in range(12):
        try:
            answer = any_record.drawn(kind, rng)
        except any_record.CannotBeDrawnError:
            continue
        assert_no_sentence(
            f"any {kind.__name__}", f"{answer.line(LANG)}\n{answer.text(LANG)}"
        )
        shown += 1
    assert shown


def test_violations_hold_no_sentence_of_another_language(
    given: tuple[mk.Problem, mk.Plan],
) -> None:
    problem, plan = given
    first = plan.assignments[0].model_copy(update={"quantity": 9})
    broken = plan.model_copy(
        update={"assignments": (first,), "shortfalls": plan.shortfalls[1:]}
    )
    found = mk.verify(problem, broken).violations
    assert len(found) > 5
    assert_no_sentence(
        "violations", "\n".join(violation.line(LANG) for violation in found)
    )


def test_findings_in_tables_hold_no_sentence_of_another_language(
    tmp_path: Path,
) -> None:
    (tmp_path / "resources.csv").write_text(
        "id,unit,capacity,x9\nR1,U1,about 3,\nR2,U1,4 p,\nR1,,3-5,7\n"
    )
    with pytest.raises(mk.errors.InputError) as caught:
        mk.tables.read_tables(tmp_path)
    assert_no_sentence(
        "faults of tables", caught.value.text(LANG).replace("about 3", "")
    )
    (tmp_path / "resources.csv").write_text(
        "id,unit,capacity,x9\nR1,U1,about 3,\nR2,U1,,7\n"
    )
    assert_no_sentence(
        "findings of tables",
        mk.tables.read_tables(tmp_path).text(LANG).replace("about 3", ""),
    )


@pytest.mark.parametrize("form", ["workbook", "notice"])
def test_tables_of_a_plan_hold_no_sentence_of_another_language(
    form: str, given: tuple[mk.Problem, mk.Plan], tmp_path: Path
) -> None:
    problem, plan = given
    sheets = ["notice"] if form == "notice" else None
    mk.write_plan(problem, plan, tmp_path / "plan.xlsx", lang=LANG, sheets=sheets)
    assert_no_sentence(form, cells(tmp_path / "plan.xlsx"))


def test_tables_of_a_problem_hold_no_sentence_of_another_language(
    given: tuple[mk.Problem, mk.Plan], tmp_path: Path
) -> None:
    mk.write_problem(given[0], tmp_path / "problem.xlsx", lang=LANG)
    assert_no_sentence("tables of a problem", cells(tmp_path / "problem.xlsx"))


def test_empty_tables_to_fill_in_hold_no_sentence_of_another_language(
    tmp_path: Path,
) -> None:
    for name in mk.tables.write_template(tmp_path, lang=LANG):
        assert_no_sentence("template", f"{name}\n{cells(tmp_path / name)}")


def test_the_page_holds_no_sentence_of_another_language(
    given: tuple[mk.Problem, mk.Plan], tmp_path: Path
) -> None:
    mk.report(*given, tmp_path / "page.html", lang=LANG)
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '<html lang="⟦' in text
    assert_no_sentence("page", visible(text))


WRONG: dict[str, dict[str, Any]] = {
    "resources": [
        {"id": "R1", "unit": "U9", "capacity": -1, "mode": "x", "skils": []},
        {"id": "R1", "available": [{"start": "2026-05-05T08:00:00", "end": 5}]},
        5,
    ],
    "units": [{"id": "U1", "parent": "U2"}, {"id": "U2", "parent": "U1"}, {"id": ""}],
    "rules": [{"rule": "x"}, {"rule": "team", "demand": "D9", "least": 3, "most": 2}],
}


def read_text(folder: Path, text: str, name: str = "x.json", **settings: Any) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    mk.read_problem(folder / name, **settings)


def locked(folder: Path, **options: Any) -> None:
    locks = [
        {"rule": "lock", "resource": "R1", "requirement": need} for need in ("Q1", "Q4")
    ]
    (folder / "x.json").write_text(
        json.dumps({**DATA, "rules": locks}), encoding="utf-8"
    )
    mk.solve(mk.read_problem(folder / "x.json"), **options)


ERRORS: dict[str, Callable[[mk.Problem, mk.Plan, Path], object]] = {
    "records": lambda _, __, folder: read_text(folder, json.dumps(WRONG)),
    "text of JSON": lambda _, __, folder: read_text(folder, '{"units": ['),
    "no JSON object": lambda _, __, folder: read_text(folder, "5"),
    "record in Python": lambda _, __, ___: mk.Resource(id="R1", unit="", capacity=-1),
    "file that is missing": lambda _, __, folder: mk.read_problem(folder / "none.json"),
    "file of another form": lambda _, __, folder: mk.read_problem(folder / "none.docx"),
    "output without a folder": lambda _, plan, folder: mk.write_plan(
        None, plan, folder / "none" / "plan.json"
    ),
    "path of another type": lambda _, __, ___: mk.read_problem(5),
    "language": lambda problem, _, folder: mk.write_problem(
        problem, folder / "x.xlsx", lang="fr"
    ),
    "mapping": lambda _, __, folder: mk.tables.read_tables(
        folder, mapping={"tables": [{"tabel": 5}]}
    ),
    "plan": lambda _, __, folder: mk.read_plan(folder / "problem.json"),
    "arguments of solve": lambda problem, _, __: mk.solve(
        problem, engine="x", gap=7, seed=-1, time_limit=-1
    ),
    "no problem to solve": lambda _, __, ___: mk.solve(5),
    "locks that contradict": lambda _, __, folder: locked(folder),
    "no flow": lambda problem, _, __: mk.solve(problem, engine="flow"),
    "budget": lambda problem, _, __: mk.solve(problem, budget=mk.Budget(pairs=1)),
    "broken plan": lambda problem, plan, _: mk.verify(
        problem, plan.model_copy(update={"assignments": plan.assignments[:1]})
    ).raise_if_broken(),
    "pair that is unknown": lambda problem, plan, _: mk.Explainer(problem, plan).why(
        "R9", "Q9"
    ),
    "pair that is not there": lambda problem, plan, _: mk.Explainer(problem, plan).why(
        "R4", "Q1"
    ),
    "demand that is unknown": lambda problem, plan, _: mk.Explainer(
        problem, plan
    ).repairs("D9"),
    "arguments of repairs": lambda problem, plan, _: mk.Explainer(
        problem, plan
    ).repairs("D1", most=0),
    "requirement that is filled": lambda problem, plan, _: mk.Explainer(
        problem, plan
    ).shortage("D9"),
    "plan of another problem": lambda _, plan, __: mk.Explainer(mk.Problem(), plan),
    "arguments of advice": lambda problem, plan, _: mk.advice(problem, plan, top=-1),
    "arguments of audit": lambda problem, _, __: mk.audit(problem, [], improvements=-1),
    "arguments of what-if": lambda problem, _, __: mk.what_if(problem, None, [5]),
    "arguments of trade-off": lambda problem, _, __: mk.trade_off(
        problem, "x", "y", points=1
    ),
    "arguments of weight range": lambda problem, plan, _: mk.weight_range(
        problem, plan, "x"
    ),
    "arguments of compare": lambda problem, _, __: mk.compare(problem, 5, 5),
    "no graph": lambda _, __, ___: mk.match(5),
    "graph": lambda _, __, ___: mk.BipartiteGraph.from_arrays([0, 5], [0], [1.5]),
    "matrix": lambda _, __, ___: mk.BipartiteGraph.from_matrix([[1, 2], [3]]),
    "city": lambda _, __, ___: mk.datasets.city("x", -1),
    "pseudonyms": lambda _, __, ___: mk.tables.Pseudonyms(b"x"),
    "page": lambda problem, plan, folder: mk.report(
        problem,
        plan,
        folder / "x.html",
        lang="fr",
        tz=5,
        repairs=-1,
        names=5,
        time_limit=-1,
    ),
    "page of another plan": lambda _, plan, folder: mk.report(
        mk.Problem(), plan, folder / "x.html"
    ),
    "pictures": lambda problem, plan, folder: mk.write_pictures(
        problem, plan, folder / "x", format="gif"
    ),
}


@pytest.mark.parametrize("place", ERRORS)
def test_errors_hold_no_sentence_of_another_language(
    place: str, given: tuple[mk.Problem, mk.Plan], folder: Path
) -> None:
    with pytest.raises(mk.errors.MatchkitError) as caught:
        ERRORS[place](*given, folder)
    assert_no_sentence(f"error: {place}", caught.value.text(LANG))


RAISED = {
    name
    for name, kind in vars(mk.errors).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
}
SHOWN = RAISED | {"Complaint", "BadParameter", "complain", "echo"}
"""What shows its arguments to people: errors, complaints, and what commands print."""


def literals(path: Path) -> Iterator[str]:
    """Texts written into the arguments of what shows them."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(
            call.func, ast.Name | ast.Attribute
        ):
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
            parts = (
                [part for given in call.args for part in ast.walk(given)]
                if name in SHOWN
                else []
            )
            yield from (
                str(part.value) for part in parts if isinstance(part, ast.Constant)
            )


def test_no_error_and_no_print_of_a_command_holds_a_sentence_of_the_code() -> None:
    paths = sorted(Path(str(mk.__file__)).parent.rglob("*.py"))
    found = {
        (path.name, text)
        for path in paths
        for text in literals(path)
        if sentences(text)
    }
    assert found == set()


@pytest.mark.parametrize("phase", ["compile", "match", "search", "stop"])
def test_progress_holds_no_sentence_of_another_language(phase: str) -> None:
    for step in (
        Step(phase, 0, 0, None, None, 1.0),
        Step(phase, 2, 9, (1, 2), None, 1.0),
    ):
        assert_no_sentence("progress", line(step, LANG))


COMMANDS: dict[str, tuple[str, ...]] = {
    "explain": ("explain", "problem.json", "plan.json", "--demand", "D1", "--repairs"),
    "explain one pair": ("explain", "problem.json", "plan.json", "--pair", "R1", "Q4"),
    "why-not": ("why-not", "problem.json", "R1", "Q3"),
    "why-not of an eligible pair": ("why-not", "problem.json", "R1", "Q1"),
    "audit": ("audit", "problem.json", "pairs.csv"),
    "compare": ("compare", "problem.json", "plan.json", "plan.json"),
    "what-if": ("what-if", "problem.json", "changes.json"),
    "export": ("export", "problem.json", "plan.json", "-o", "out.xlsx"),
    "report": (
        "report",
        "problem.json",
        "plan.json",
        "-o",
        "out.html",
        "--pictures",
        "out",
    ),
    "read": ("read", "problem.json", "-o", "out.json"),
    "template": ("template", "empty"),
    "read nothing": ("read", "none.csv"),
    "check": ("check", "problem.json", "plan.json"),
    "demo": ("demo",),
    "solve": ("solve", "problem.json", "-o", "x.json", "--no-isolated"),
}
"""All commands that say something of a problem; help and wrong use of options are in the English of typer."""


@pytest.mark.parametrize("place", COMMANDS)
def test_commands_print_no_sentence_of_another_language(
    place: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "pairs.csv").write_text("resource,requirement\nR1,Q1\nR1,Q2\n")
    (folder / "changes.json").write_text(
        '[{"change": "set_capacity", "resource": "R2", "capacity": 2}]'
    )
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(app, [*COMMANDS[place], "--lang", LANG])
    assert done.exit_code in (0, 1, 2), done.exception
    assert_no_sentence(f"command: {place}", done.output)
