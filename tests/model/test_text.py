"""Ids and names: one normal form, one key, and nothing that nobody can see (rows 91 to 93 of the list of
traps).
"""

from __future__ import annotations

import unicodedata

import pinned
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchkit.errors import InputError
from matchkit.messages.view import printable
from matchkit.model import KeepTogether, Problem, Resource, Skill, Soft, Unit, UnitCap
from matchkit.model.fault import RecordFault
from matchkit.model.text import LONGEST, key, normal

pytestmark = pytest.mark.timeout(60)

ODD = st.one_of(st.characters(), st.sampled_from("ßİıſﬁﷺΐᾳͅ 　ＡａĀ́̈가ㅎ①ⅷ電电"))


@given(st.text(ODD, min_size=1, max_size=LONGEST))
def test_the_normal_form_of_a_normal_form_is_itself_and_so_is_the_key_of_a_key(
    text: str,
) -> None:
    try:
        once = normal(text)
    except ValueError:
        return
    assert normal(once) == once
    assert key(key(text)) == key(text) == key(once)
    assert len(once) <= LONGEST
    assert once == once.strip()
    assert unicodedata.is_normalized("NFKC", once)


@given(st.text("abcdefgxyzäöüßéñ电工", min_size=1, max_size=20))
def test_letter_case_width_and_blanks_never_part_two_keys(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert key(f"  {wide.upper()}\u3000") == key(text)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("ＣＰＲ", "cpr"),
        ("１级", "1级"),
        ("⼯人", "工人"),
        ("　护理　", "护理"),
        ("First  Aid", "first aid"),
        ("Straße", "STRASSE"),
    ],
)
def test_row_91_compatibility_forms_are_one_skill(written: str, same: str) -> None:
    assert key(written) == key(same)


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b",
        "\ufeff",
        "\u202e",
        "\u2066",
        "\u200d",
        "\u00ad",
        "\u2060",
        "\x00",
        "\x1b",
        "\x7f",
        "\u0085",
        "\u2028",
        "\ufe0f",
        "\U000e0041",
        "\u3164",
        "\n",
    ],
)
def test_row_92_a_character_that_nobody_can_see_is_refused_by_its_number(
    hidden: str,
) -> None:
    with pytest.raises(InputError, match=rf"U\+{ord(hidden):04X}|invisible"):
        Unit(id=f"C{hidden}PR")


@pytest.mark.parametrize(
    ("one", "other"), [("CPR", "СРR"), ("电工", "電工"), ("户", "戶"), ("高", "髙")]
)
def test_row_92_look_alikes_and_variants_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_row_93_a_text_that_grows_is_measured_after_it_grew() -> None:
    with pinned.raises(
        InputError,
        "record.letters.normal",
        "record.letters.normal.do",
        count=360,
        most=200,
    ):
        Unit(id="ﷺ" * 20)
    assert len(normal("ﷺ" * 11)) == 198


def test_row_93_a_long_text_is_refused_before_any_work() -> None:
    with pytest.raises(InputError):
        Unit(id="ﷺ" * 10_000_000)


@pytest.mark.parametrize("empty", ["", " ", "\u3000", "\u00a0"])
def test_a_name_without_a_visible_character_is_refused(empty: str) -> None:
    with pinned.raises(InputError, "record.empty"):
        Resource(id=empty, unit="U")


def test_the_name_is_kept_as_written_but_for_its_normal_form() -> None:
    assert Unit(id="u", name="First Aid").name == "First Aid"


def test_a_name_may_be_as_long_as_the_limit_says() -> None:
    assert normal("x" * LONGEST) == "x" * LONGEST
    with pytest.raises(ValueError, match="201 characters"):
        normal("x" * (LONGEST + 1))


def test_a_rule_about_several_resources_names_three_and_says_that_there_are_more() -> (
    None
):
    def label(*names: str) -> str:
        return KeepTogether(resources=names).label

    assert label("R3", "R1", "R2") == "keep_together R1 R2 R3"
    assert label("R3", "R1", "R4", "R2") == "keep_together R1 R2 R3 ..."


def test_what_a_terminal_would_obey_is_shown_as_an_escape() -> None:
    assert (
        printable("护士 one\ntwo\u3000three\x1b[31m\u202e")
        == "护士 one\ntwo three\\x1b[31m\\u202e"
    )


def test_the_json_of_a_problem_has_a_line_for_each_value_and_one_blank_a_level() -> (
    None
):
    lines = Problem(units=[Unit(id="U")]).to_json().splitlines()
    at = lines.index(' "units": [')
    assert lines[at + 1 : at + 4] == ["  {", '   "id": "U"', "  }"]


def test_a_long_text_is_cut_where_it_is_shown() -> None:
    assert repr(Unit(id="U" * 61)) == f"Unit(id='{'U' * 60}...')"
    assert repr(Unit(id="U" * 60)) == f"Unit(id='{'U' * 60}')"


def test_a_list_of_five_texts_is_shown_and_of_a_longer_one_the_length() -> None:
    assert repr(Skill(name="s", parents=[*"abcde"])) == (
        "Skill(name='s', parents=('a', 'b', 'c', 'd', 'e'))"
    )
    assert repr(Skill(name="s", parents=[*"abcdef"])) == "Skill(name='s', parents=<6>)"


@pytest.mark.parametrize(
    ("first", "last"), [(0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0000, 0xE0FFF)]
)
def test_characters_that_print_as_nothing_are_refused_and_their_neighbours_are_not(
    first: int, last: int
) -> None:
    for code in (first, last):
        with pytest.raises(RecordFault):
            normal(f"a{chr(code)}b")
    for code in (first - 1, last + 1):
        assert normal(f"a{chr(code)}b")


def test_a_record_within_another_is_shown_by_its_name() -> None:
    assert repr(UnitCap(unit="U", most=1, soft=Soft(price=3))) == (
        "UnitCap(soft=Soft(...), unit='U', most=1)"
    )


@pytest.mark.parametrize(
    "code", [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x3164, 0xFFA0]
)
def test_single_characters_that_print_as_nothing_are_refused(code: int) -> None:
    with pytest.raises(RecordFault):
        normal(f"a{chr(code)}b")


@pytest.mark.parametrize("code", [0x034E, 0x0350, 0x115E, 0x1161, 0x17B3, 0x17B6])
def test_the_neighbours_of_single_ones_are_letters_and_marks(code: int) -> None:
    assert normal(f"a{chr(code)}b")
