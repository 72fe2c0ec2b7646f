"""The catalogue of messages: each stands once, in both languages with the same fields, and somebody
says it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import matchkit
from matchkit import words
from matchkit.compile.eligibility import RULES
from matchkit.model.rules import Rule
from matchkit.words import LANGUAGES, MESSAGES, Begun, Whole, say, told

MODULES = [
    importlib.import_module(f"matchkit.words.{module.name}")
    for module in pkgutil.iter_modules(words.__path__)
]
TOPICS = [module for module in MODULES if "MESSAGES: dict[" in Path(str(module.__file__)).read_text("utf-8")]
SPOKEN = "".join(
    path.read_text("utf-8")
    for path in sorted(Path(str(matchkit.__file__)).parent.rglob("*.py"))
    if path not in [Path(str(topic.__file__)) for topic in TOPICS]
)
"""All code but the topics themselves."""
BEGUN = tuple(sorted(set(re.findall(r'f"([a-z_]+\.[a-z_.]*)\{', SPOKEN))))
CHINESE = re.compile("[\u4e00-\u9fff]")


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


def said(key: str) -> bool:
    """Whether code names the key, or puts keys together that begin as this one does: ``f"rule.{name}"``."""
    return f'"{key}"' in SPOKEN or key.startswith(BEGUN)


def test_every_topic_is_registered_and_no_key_stands_in_two() -> None:
    assert sorted(key for topic in TOPICS for key in topic.MESSAGES) == sorted(MESSAGES)


def test_a_message_shows_the_same_fields_in_every_language() -> None:
    assert {key for key, entry in MESSAGES.items() if len(entry) != len(LANGUAGES)} == set()
    assert {
        key
        for key, (english, chinese) in MESSAGES.items()
        if lacks(english, chinese) or lacks(chinese, english)
    } == set()
    assert {key for key, (english, chinese) in MESSAGES.items() if bool(english) != bool(chinese)} == set()


def test_neither_language_holds_words_of_the_other() -> None:
    assert {key for key, (english, _) in MESSAGES.items() if CHINESE.search(english)} == set()
    assert {
        key
        for key, (_, chinese) in MESSAGES.items()
        if re.search("[A-Za-z]+ [a-z]+", prose(chinese).replace("  ", "|"))
    } == set()


def test_every_rule_has_its_word() -> None:
    kinds = {get_args(kind.model_fields["rule"].annotation)[0] for kind in get_args(get_args(Rule)[0])}
    assert len(kinds) == 21
    assert {key.removeprefix("rule.") for key in MESSAGES if key.startswith("rule.")} >= kinds | set(
        RULES
    ) | {"overlap"}
    assert [name for name in kinds | set(RULES) if MESSAGES[f"rule.{name}"][0] != name] == []
    assert [name for name in kinds | set(RULES) if not CHINESE.match(MESSAGES[f"rule.{name}"][1])] == []


def test_a_list_of_which_the_first_are_told_is_counted_as_lists_are_that_are_cut_short() -> None:
    members = [f"M{number}" for number in range(1, 8)]
    for lang in LANGUAGES:
        assert say("ledger.listed", lang, entries=Begun(members[:5], 7)) == say(
            "ledger.listed", lang, entries=members
        )
        assert say("ledger.listed", lang, entries=Begun(members, 7)) == say(
            "ledger.listed", lang, entries=Whole(members)
        )
    assert say("ledger.listed", "en", entries=Begun(members[:2], 7)) == "M1, M2 and 5 more"
    assert say("ledger.listed", "zh", entries=Begun(members[:2], 7)) == "M1、M2 等 7 项"


def test_somebody_says_every_message() -> None:
    assert {key for key in MESSAGES if not said(key)} == set()


VERBS = re.findall(
    "[a-z]+",
    "adds as asks changes contradicts costs counts declares does fails gains gives goes has holds "
    "is its keeps lacks leaves less lies looks"
    " means names says serves spans stands starts states takes this unpacks wants was",
)
"""Words that may follow a name, and end like a plural."""


OTHERWISE = {("sheet.nested", "lists"), ("weight_range.line", "times"), ("weight_range.at_least", "times")}
"""Lists are no number's; 0 to 1 times is a range."""


def test_no_english_message_counts_one_of_several() -> None:
    """Every field filled with 1, in both ways in which messages are filled: no noun in the plural follows the
    number.
    """
    found = []
    for key, (english, _) in MESSAGES.items():
        names = {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(english) if name}
        texts = [say(key, **dict.fromkeys(names, 1))]
        if key.startswith("violation.") and names:
            texts.append(
                told(key.removeprefix("violation."), [(name, 1) for name in names])
                if key not in ("violation.and", "violation.or")
                else ""
            )
        for text in texts:
            plural = re.findall(r"(?<![\w.,:/-])1 ((?:single )?[a-z]+s)\b", text)
            found += [(key, word) for word in plural if word not in VERBS and (key, word) not in OTHERWISE]
    assert found == []


def test_a_number_picks_its_word_where_facts_are_told_without_formats() -> None:
    assert told("duplicate", [("times", 1)]) == "stands in the plan 1 time, once is allowed"
    assert told("duplicate", [("times", 1_000)]) == "stands in the plan 1,000 times, once is allowed"
    assert (
        told("duplicate", [("times", 10**400)])
        == "stands in the plan a number of about 401 digits times, once is allowed"
    )
