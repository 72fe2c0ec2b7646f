"""Tokens by a key: the same for the same key, unlinkable without it, and never a plain hash."""

from __future__ import annotations

import copy
import hashlib
import hmac
import pickle
import re
import subprocess
import sys
from base64 import b32encode

import pinned
import pytest

import matchkit as mk
from matchkit.errors import InputError
from matchkit.tables.export import pseudonyms
from matchkit.tables.export.pseudonyms import Pseudonyms

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))


def test_a_token_is_the_keyed_digest_of_side_and_id_by_the_standard() -> None:
    """RFC 2104 by the standard library, on the message that the module states."""
    digest = hmac.new(
        KEY, b"matchkit pseudonym 1\0resource\0P00001", hashlib.sha256
    ).digest()
    assert (
        Pseudonyms(KEY).token("resource", "P00001")
        == "R-" + b32encode(digest[:10]).decode()
    )


def test_a_token_shows_80_bits_in_16_letters_and_digits() -> None:
    assert re.fullmatch("R-[A-Z2-7]{16}", Pseudonyms(KEY).token("resource", "虚构甲"))


def test_the_same_key_gives_the_same_tokens_in_another_process() -> None:
    program = "from matchkit.tables.export.pseudonyms import Pseudonyms; print(Pseudonyms(bytes(range(32))).token('unit', 'U1'))"
    told = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert told.strip() == Pseudonyms(KEY).token("unit", "U1")


def test_another_key_gives_none_of_the_tokens() -> None:
    names = [f"R{number}" for number in range(1000)]
    one, other = (
        set(Pseudonyms(key).tokens("resource", names).values()) for key in (KEY, OTHER)
    )
    assert len(one) == len(other) == 1000
    assert one.isdisjoint(other)


def test_one_text_on_two_sides_has_tokens_that_share_nothing() -> None:
    sides = ("resource", "unit", "community", "demand", "requirement", "rule")
    tokens = {Pseudonyms(KEY).token(side, "X")[2:] for side in sides}
    assert len(tokens) == 6


def test_no_plain_hash_of_an_id_is_in_its_token() -> None:
    """What anybody could compute without the key: the usual digests of the id, in base32."""
    phone = "8600000000001"
    token = Pseudonyms(KEY).token("resource", phone)[2:]
    for name in ("md5", "sha1", "sha256", "sha512"):
        assert (
            token not in b32encode(hashlib.new(name, phone.encode()).digest()).decode()
        )


@pytest.mark.parametrize(
    ("key", "message"),
    [
        (b"", f"key: has 0 bytes. {pinned.text('pseudonyms.short.do', least='16')}."),
        (
            b"0" * 15,
            f"key: has 15 bytes. {pinned.text('pseudonyms.short.do', least='16')}.",
        ),
        (
            "secret words of the host",
            pinned.line("key", "argument.type", "pseudonyms.key.do", type="str"),
        ),
        (
            None,
            pinned.line("key", "argument.type", "pseudonyms.key.do", type="NoneType"),
        ),
    ],
)
def test_a_key_that_is_short_or_no_bytes_is_refused_and_not_shown(
    key: bytes, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        Pseudonyms(key)
    assert message in str(caught.value)
    assert "words" not in str(caught.value)


def test_the_key_is_neither_shown_nor_pickled_nor_found_among_the_attributes() -> None:
    held = Pseudonyms(b"words of the host")
    assert repr(held) == str(held) == f"{held}" == "Pseudonyms(key hidden)"
    assert not hasattr(held, "key") and not hasattr(held, "__dict__")
    for taken in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError, match="hold a secret key"):
            taken(held)


def test_two_ids_with_one_token_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one byte for a token, 300 ids cannot all have their own."""
    monkeypatch.setattr(pseudonyms, "BYTES", 1)
    with pinned.raises(
        InputError,
        "pseudonyms.twice",
        "pseudonyms.twice.do",
        about="tokens of the side resource",
    ):
        Pseudonyms(KEY).tokens("resource", [f"R{number}" for number in range(300)])


def test_an_unknown_side_and_an_id_that_is_no_text_are_refused() -> None:
    with pinned.raises(
        InputError,
        "argument.word",
        "argument.word.do",
        about="side",
        known=("resource", "unit", "community", "demand", "requirement", "rule"),
    ):
        Pseudonyms(KEY).token("person", "X")  # type: ignore[arg-type]
    with pinned.raises(
        InputError, "argument.type", "argument.id.do", about="resource", type="int"
    ):
        Pseudonyms(KEY).token("resource", 5)  # type: ignore[arg-type]


def test_who_holds_the_key_has_the_way_back(street: mk.Problem) -> None:
    held = Pseudonyms(KEY)
    grid = held.table(street)
    assert grid.rows[0] == ["token", "resource"]
    assert dict(grid.rows[1:]) == {
        held.token("resource", name): name for name in ("anna", "bert", "cars", "dora")
    }
    assert grid.rows[1:] == sorted(grid.rows[1:])
    assert held.table(street, "zh").rows[0] == ["代号", "资源编号"]
