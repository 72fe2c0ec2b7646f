"""The catalogue of messages: each stands once, in both languages with the same fields, and somebody
says it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import matchkit
from matchkit.compile.eligibility import RULES
from matchkit.messages import message
from matchkit.messages.message import (
    LANGUAGES,
    Begun,
    Message,
    Unshortened,
    templates,
    text_of,
)
from matchkit.model.rules import KINDS

ENGLISH, CHINESE_TEXTS = templates("en"), templates("zh")
SPOKEN = "".join(
    path.read_text("utf-8")
    for path in sorted(Path(str(matchkit.__file__)).parent.rglob("*.py"))
)
"""All code."""
BEGUN = tuple(sorted(set(re.findall(r'f"([a-z_]+\.[a-z_.]*)\{', SPOKEN))))
CHINESE = re.compile("[\u4e00-\u9fff]")
COMMAND = re.compile("matchkit [a-z-]+")
"""A command, which has one name in all languages."""


def fields(template: str, *, shown: bool) -> set[str]:
    """All fields, or those that show a value: ``{n:|slot|slots}`` only picks a word, which Chinese does not
    need.
    """
    return {
        name
        for _, name, spec, _ in Formatter().parse(template)
        if name is not None and not (shown and str(spec).startswith("|"))
    }


def lacks(one: str, other: str) -> bool:
    """Whether one template shows a value that the other does not have."""
    return not fields(one, shown=True) <= fields(other, shown=False)


def prose(template: str) -> str:
    """The template without its fields."""
    return " ".join(text for text, _, _, _ in Formatter().parse(template))


def is_named(key: str) -> bool:
    """Whether code names the key, or puts keys together that begin as this one does: ``f"rule.{name}"``; of an
    advice a complaint names all but its end.
    """
    bare = key.removesuffix(".do")
    return any(f'"{one}"' in SPOKEN for one in (key, bare)) or key.startswith(BEGUN)


def test_a_message_shows_the_same_fields_in_every_language() -> None:
    assert LANGUAGES == ("en", "zh")
    for lang in LANGUAGES:
        assert templates(lang).keys() == ENGLISH.keys()
        assert {
            key
            for key, text in templates(lang).items()
            if lacks(ENGLISH[key], text)
            or lacks(text, ENGLISH[key])
            or bool(text) != bool(ENGLISH[key])
        } <= {"list.more"}  # English counts the rest, Chinese the whole


def test_a_new_language_is_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en.toml").write_text("", encoding="utf-8")
    (tmp_path / "de.toml").write_text('"list.none" = "niemand"', encoding="utf-8")
    monkeypatch.setattr(message, "LOCALE", tmp_path)
    monkeypatch.setattr(message, "LANGUAGES", message.languages())
    assert message.LANGUAGES == ("en", "de")
    assert text_of("list.none", "de") == "niemand"
    with pytest.raises(KeyError):
        text_of("list.none", "fr")


def test_neither_language_holds_words_of_the_other() -> None:
    assert {key for key, text in ENGLISH.items() if CHINESE.search(text)} == set()
    assert {
        key
        for key, text in CHINESE_TEXTS.items()
        if re.search(
            "[A-Za-z]+ [a-z]+", COMMAND.sub("", prose(text)).replace("  ", "|")
        )
    } == set()


def test_every_rule_has_its_word() -> None:
    kinds = set(KINDS)
    assert len(kinds) >= 22
    assert {
        key.removeprefix("rule.") for key in ENGLISH if key.startswith("rule.")
    } >= kinds | set(RULES) | {"overlap"}
    assert [
        name for name in kinds | set(RULES) if ENGLISH[f"rule.{name}"] != name
    ] == []
    assert [
        name
        for name in kinds | set(RULES)
        if not CHINESE.match(CHINESE_TEXTS[f"rule.{name}"])
    ] == []


def test_a_list_of_which_the_first_are_told_is_counted_as_lists_are_that_are_cut_short() -> (
    None
):
    members = [f"M{number}" for number in range(1, 8)]
    for lang in LANGUAGES:
        assert text_of("ledger.listed", lang, entries=Begun(members[:5], 7)) == text_of(
            "ledger.listed", lang, entries=members
        )
        assert text_of("ledger.listed", lang, entries=Begun(members, 7)) == text_of(
            "ledger.listed", lang, entries=Unshortened(members)
        )
    assert (
        text_of("ledger.listed", "en", entries=Begun(members[:2], 7))
        == "M1, M2 and 5 more"
    )
    assert (
        text_of("ledger.listed", "zh", entries=Begun(members[:2], 7))
        == "M1、M2 等 7 项"
    )


def test_somebody_says_every_message() -> None:
    assert {key for key in ENGLISH if not is_named(key)} == set()


def complaints() -> Iterator[str]:
    """The messages of all complaints and errors that are made by ``of``: what is wrong, and what to do."""
    for call in ast.walk(ast.parse(SPOKEN)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            made, named = ast.unparse(call.func), call.args[1:]
            if made.endswith(("Complaint.of", "Error.of")):
                keys = [one.value for one in named if isinstance(one, ast.Constant)]
                if keys and len(keys) == len(named):
                    yield from (str(keys[0]), f"{keys[-1]}.do")


def test_every_message_that_code_names_is_in_the_catalogue() -> None:
    named = re.findall(r'(?:Message(?:\.of)?|text_of)\(\s*"([^"]+)"', SPOKEN)
    assert len(named) > 500
    assert set(named) - ENGLISH.keys() == set()
    made = list(complaints())
    assert len(made) > 150
    assert set(made) - ENGLISH.keys() == set()


VERBS = re.findall(
    "[a-z]+",
    "adds as asks beats changes contradicts costs counts declares does exceeds fails gains gives goes has holds "
    "is its keeps lacks leaves less lies looks"
    " means names says serves spans stands starts states takes this unpacks wants was",
)
"""Words that may follow a name, and end like a plural."""


OTHERWISE = {
    ("sheet.nested", "lists"),
    ("weight_range.line", "times"),
    ("weight_range.at_least", "times"),
}
"""Lists are no number's; 0 to 1 times is a range."""


def test_no_english_message_counts_one_of_several() -> None:
    """Every field filled with 1: no noun in the plural follows the number."""
    found = []
    for key, english in ENGLISH.items():
        names = {name for _, name, _, _ in Formatter().parse(english) if name}
        texts = [text_of(key, **dict.fromkeys(names, 1))]
        for text in texts:
            plural = re.findall(r"(?<![\w.,:/-])1 ((?:single )?[a-z]+s)\b", text)
            found += [
                (key, word)
                for word in plural
                if word not in VERBS and (key, word) not in OTHERWISE
            ]
    assert found == []


def test_a_number_picks_its_word() -> None:
    def told(times: object) -> str:
        return text_of("violation.duplicate", times=times)

    assert told(1) == told("1") == "stands in the plan 1 time, once is allowed"
    assert told(1_000) == "stands in the plan 1,000 times, once is allowed"
    assert (
        told(10**400)
        == "stands in the plan a number of about 401 digits times, once is allowed"
    )


def test_messages_within_a_message_are_shown_in_its_language() -> None:
    inner = Message.of("list.none")
    assert Message.of("ledger.listed", entries=(inner, inner)).text("zh") == "无；无"
    assert Message.of("ledger.listed", entries=("A",) * 7).text() == ", ".join("A" * 7)
