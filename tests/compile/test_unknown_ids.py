"""What is said of an id that is not in the problem."""

from __future__ import annotations

import pytest

from matchkit.compile import why_not
from matchkit.compile.why_not import unknown
from matchkit.messages.message import Message


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("", False),
        ("X", True),
        ("X" * 200, True),
        ("X" * 201, False),
        ("X\n", False),
        ("王", True),
    ],
)
def test_an_id_is_shown_where_it_can_be_read(wanted: str, shown: bool) -> None:
    where = unknown("resource", wanted, ["A"]).parts[0]
    assert where == (
        Message.of("where.resource", id=wanted)
        if shown
        else Message("unknown.resource")
    )


@pytest.mark.parametrize(
    ("ids", "advice"),
    [
        ([], Message("unknown.none.do")),
        (["A", "nurse 12"], Message.of("unknown.near.do", near=("nurse 12",))),
        (["B", "A"], Message.of("unknown.do", known=("A", "B"))),
        ("EDCBA", Message.of("unknown.do", known=tuple("ABCDE"))),
        ("FEDCBA", Message.of("unknown.do", known=(*"ABCDE", "..."))),
    ],
)
def test_ids_that_come_near_are_named_or_else_the_first(
    ids: list[str], advice: Message
) -> None:
    assert unknown("resource", "nurse 1", ids).parts[2] == advice


def test_near_ids_are_looked_for_among_no_more_than_can_be_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = ["A", "nurse 12"]
    found = []
    for most in (2, 1):
        monkeypatch.setattr(why_not, "SEARCHED", most)
        found.append(unknown("resource", "nurse 1", ids).parts[2])
    assert found == [
        Message.of("unknown.near.do", near=("nurse 12",)),
        Message.of("unknown.do", known=("A", "nurse 12")),
    ]
