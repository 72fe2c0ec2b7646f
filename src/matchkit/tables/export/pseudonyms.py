"""Tokens in place of ids: the same for the same key, without a trace of the id for anybody who does not hold
it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from typing import Any, Literal, NoReturn, get_args

from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Lang, Message, text_of
from matchkit.model import Problem
from matchkit.model.fault import A_PROBLEM, AN_ID, of_another_type
from matchkit.tables.formats.grid import Grid
from matchkit.tables.given import not_among

NumberedSide = Literal["resource", "unit", "community", "demand", "requirement", "rule"]
"""What an id is of. One text as the id of a resource and of a unit gives two tokens that nobody can link."""

SHORTEST_KEY = 16
"""Fewest bytes of a key."""
BYTES = 10
"""Bytes of the digest that a token shows: 80 bits, so that among a million ids two meet once in a trillion
exports.
"""
_DOMAIN = b"matchkit pseudonym 1"
_LETTER: dict[NumberedSide, str] = {
    "resource": "R",
    "unit": "U",
    "community": "C",
    "demand": "D",
    "requirement": "Q",
    "rule": "L",
}


class Pseudonyms:
    """Tokens for ids by HMAC-SHA-256 under a key that the host keeps (RFC 2104, FIPS 198-1).

    A plain hash of an id or a telephone number is no pseudonym: all numbers of a country are tried within
    hours. Without the key there is nothing to try. The same key gives the same tokens in every run, so that
    exports can be compared; another key gives tokens that nobody can link with them. Draw it once
    (``secrets.token_bytes(32)``), keep it away from what is exported.

    Raises InputError for a key that is no bytes or has fewer than 16. The key is never shown, and never
    pickled.
    """

    __slots__ = ("__key",)

    def __init__(self, key: bytes) -> None:
        faults = of_another_type("key", key, bytes, Message("pseudonyms.key.do"))
        if not faults and len(key) < SHORTEST_KEY:
            advice = Message.of("pseudonyms.short.do", least=SHORTEST_KEY)
            faults = [Complaint("key", Message.of("pseudonyms.short", count=len(key)), advice)]
        if faults:
            raise InputError(faults)
        self.__key = key

    def __repr__(self) -> str:
        return "Pseudonyms(key hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "Pseudonyms hold a secret key and are not pickled; hand the key over by a safe way and "
            "make them again"
        )

    def token(self, side: NumberedSide, name: str) -> str:
        """The token of an id: a letter for its side, a hyphen and 16 letters and digits, such as
        ``R-AB2C...``.
        """
        if side not in get_args(NumberedSide):
            raise InputError(not_among("side", side, get_args(NumberedSide)))
        if not isinstance(name, str):
            raise InputError(of_another_type(side, name, str, AN_ID))
        # Lengths are fixed or fenced off by a zero byte, which no id can hold: no two questions give one
        # message.
        told = b"\0".join((_DOMAIN, side.encode(), name.encode()))
        digest = hmac.new(self.__key, told, hashlib.sha256).digest()
        return f"{_LETTER[side]}-{base64.b32encode(digest[:BYTES]).decode()}"

    def tokens(self, side: NumberedSide, names: Iterable[str]) -> dict[str, str]:
        """The token of every id. Raises InputError where two ids would get one token: then take another
        key.
        """
        found = {name: self.token(side, name) for name in names}
        if len(set(found.values())) < len(found):
            raise InputError(
                [
                    Complaint(
                        Message.of("pseudonyms.where", side=side),
                        Message("pseudonyms.twice"),
                        Message("pseudonyms.twice.do"),
                    )
                ]
            )
        return found

    def table(self, problem: Problem, lang: Lang = "en") -> Grid:
        """The way back, for those who hold the key: every resource's token beside its id, by token. Keep it
        as safe as the key.
        """
        if not isinstance(problem, Problem):
            raise InputError(of_another_type("problem", problem, Problem, A_PROBLEM))
        found = self.tokens("resource", (resource.id for resource in problem.resources))
        rows: list[list[Any]] = [
            [text_of(f"ledger.column.{name}", lang) for name in ("token", "resource")]
        ]
        rows += sorted([token, name] for name, token in found.items())
        return Grid(text_of("ledger.sheet.tokens", lang), rows)


def no_pseudonyms(given: object) -> list[Complaint]:
    """One complaint where the argument is no Pseudonyms, else none."""
    return of_another_type("pseudonyms", given, Pseudonyms, Message("pseudonyms.do"))
