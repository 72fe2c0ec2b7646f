"""Whatever the checker finds can be said in both languages, and nothing is worded that it never finds."""

from __future__ import annotations

import re
from pathlib import Path

import pinned
import pytest
from ruled import kept, valley, who

import matchkit.model as m
from matchkit.messages.message import LANGUAGES, templates
from matchkit.verification.checks import CHECKS, verify
from matchkit.verification.eligibility import ELIGIBILITY
from matchkit.verification.report import OF_DRAWS, fact
from matchkit.verification.rules import AMOUNTS

SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (Path(__file__).parents[2] / "src" / "matchkit" / "verification").rglob(
        "*.py"
    )
)
WORDED = {
    key.partition(".")[2] for key in templates("en") if key.startswith("violation.")
}
BY_THE_TELLER = {"line", "line_without_ids", "and", "or"}


def test_every_fact_has_words_and_every_words_have_a_fact() -> None:
    """Keys stand in the code as text, but for those that end in what a record says."""
    literal = {name for name in WORDED if f'"{name}"' in SOURCES}
    made = {name for name in WORDED if name.startswith(("in_", "on_", "the_"))}
    of_tables = {
        name for name in WORDED if name.startswith("row_")
    }  # what an audit finds in single lines
    assert WORDED - literal - made - of_tables - BY_THE_TELLER == set()
    assert set(re.findall(r'fact\(\s*"(\w+)"', SOURCES)) <= WORDED


def test_every_check_and_rule_has_a_name_in_both_languages() -> None:
    named = {
        key.partition(".")[2] for key in templates("en") if key.startswith("rule.")
    }
    checks = {check.__name__ for check in (*CHECKS, *ELIGIBILITY)} | {
        "certificate",
        "certificate_bound",
        "certificate_feasible",
    }
    assert named == checks | set(AMOUNTS) | {
        "shortage",
        "cause",
        "witness",
        "remedy",
        "row",
        "distance",
        "cap",
        "pulled",
        *OF_DRAWS,
    }


@pytest.mark.parametrize("key", sorted(WORDED))
def test_both_languages_of_a_message_name_the_same_values(key: str) -> None:
    fields = [
        set(re.findall(r"\{(\w+):[^|]", templates(lang)[f"violation.{key}"]))
        for lang in LANGUAGES
    ]
    assert fields[0] == fields[1]


def test_a_broken_cap_is_told_in_both_languages_with_its_size_and_label() -> None:
    """A and B, both of U1, give 2 and 3: 5, of which 1 is allowed."""
    problem = valley(m.UnitCap(unit="U1", most=1, id="cap of U1"))
    plan = kept(problem, who("A 1", "A 2", "B 1", "B 2", "B 4"))
    [found] = [
        each for each in verify(problem, plan).violations if each.rule == "unit_cap"
    ]
    assert (found.amount, found.label, found.ids) == (4, "cap of U1", ("U1",))
    assert (
        found.line("en")
        == str(found)
        == f"unit_cap U1: {pinned.text('violation.unit_cap', given=5, most=1)}"
    )
    assert found.line("zh") == "单位上限（U1）：连同下级单位共提供 5，最多允许 1"


def test_parts_numbers_and_vectors_are_told_in_both_languages() -> None:
    level = fact("level", skill="护理", held=1, asked=2)
    needs = fact("and", parts=(fact("or", parts=(level, level)), level))
    told = [fact("skill", needs=needs).text(lang) for lang in LANGUAGES]
    assert told == [
        "lacks skill 护理 1 < 2 or 护理 1 < 2, 护理 1 < 2",
        "技能不足：护理 1 级 < 2 级或护理 1 级 < 2 级、护理 1 级 < 2 级",
    ]
    told = [
        fact("bounds", stated=(1000, None), right=(10**6000, 2)).text(lang)
        for lang in LANGUAGES
    ]
    assert told[0] == (
        "the goals state the bounds (1,000, absent), values and certificate give (a number of "
        "about 6,001 digits, 2)"
    )
    assert told[1] == pinned.text(
        "violation.bounds", "zh", stated="(1,000, 无)", right="(一个约 6,001 位的数, 2)"
    )


@pytest.mark.parametrize(
    ("soft", "key", "values"),
    [
        (m.Soft(price=7), "payment", {"size": 1, "paid": 7}),
        (m.Soft(tier=3), "payment_of_tier", {"size": 1, "paid": 0, "tier": 3}),
    ],
)
def test_a_payment_that_is_missing_is_said_with_its_points_or_its_tier(
    soft: m.Soft, key: str, values: dict[str, int]
) -> None:
    problem = valley(m.UnitCap(unit="U1", most=1, soft=soft))
    plan = kept(problem, who("A 1", "B 4"))
    [missing] = [
        one for one in verify(problem, plan).violations if one.rule == "payments"
    ]
    assert missing.message == fact(
        "payment_missing", payment=fact(key, **values), times=fact("once")
    )


@pytest.mark.parametrize(
    ("serves", "asked"), [("online", "on_site"), ("on_site", "online")]
)
def test_who_serves_the_other_mode_only_is_said_with_both(
    serves: str, asked: str
) -> None:
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[m.Resource(id="R", unit="U", mode=serves)],  # type: ignore[arg-type]
        demands=[
            m.Demand(
                id="D", community="C", mode=asked, requirements=[m.Requirement(id="Q")]
            )  # type: ignore[arg-type]
        ],
    )
    plan = kept(problem, {("R", "Q"): 1})
    [broken] = [one for one in verify(problem, plan).violations if one.rule == "mode"]
    words = fact("mode", serves=fact(serves), asked=fact(asked))
    assert words in [value for _, value in broken.message.values]
