"""The one line that is hashed for a draw, and that replays it: the lottery's digest, the number of the draw
and the public seed.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import NamedTuple

from matchkit.arguments import is_whole
from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message

LONGEST_SEED = 200
LAST_DRAW = 2**53
LINE = re.compile(
    r"matchkit draw 1: lottery ([0-9a-f]{64}), draw (0|[1-9][0-9]{0,15}), seed (\"[ -~]*\")"
)


class DrawLine(NamedTuple):
    """What a line says: SHA-256 of the published text of the lottery, number of the draw, seed."""

    digest: str
    draw: int
    seed: str

    @property
    def text(self) -> str:
        """The line: ASCII, the seed in quotes as JSON writes it."""
        seed = json.dumps(self.seed)
        return f"matchkit draw 1: lottery {self.digest}, draw {self.draw}, seed {seed}"

    def number(self, bits: int) -> int:
        """The plan drawn, 0 to ``2**bits - 1``: the first bits of the SHA-256 of the line."""
        found = hashlib.sha256(self.text.encode("ascii")).digest()
        return int.from_bytes(found, "big") >> (8 * len(found) - bits)

    @classmethod
    def of(cls, digest: str, draw: int, seed: str) -> DrawLine:
        """As ``draw`` is asked. Raises InputError for a seed or number that no line can hold."""
        found = []
        if not isinstance(seed, str) or not (
            0 < len(seed) <= LONGEST_SEED
            and seed.isprintable()
            and unicodedata.is_normalized("NFC", seed)
        ):
            found.append(Complaint.of("seed", "lottery.seed", most=LONGEST_SEED))
        if not is_whole(draw, 0, LAST_DRAW):
            found.append(Complaint.of("draw", "lottery.draw", most=LAST_DRAW))
        InputError.raise_if(found)
        return cls(digest, int(draw), seed)

    @classmethod
    def read(cls, text: str, digest: str) -> DrawLine:
        """The line that was written for the lottery with this digest. Raises InputError for any other."""
        match = LINE.fullmatch(text) if isinstance(text, str) else None
        seed = None
        if match is not None:
            try:
                seed = json.loads(match[3])
            except ValueError:
                match = None
        if match is None or not isinstance(seed, str):
            fact, do = Message("lottery.line"), Message("lottery.line.do")
        elif match[1] != digest:
            fact = Message.of("lottery.line_other", digest=match[1], own=digest)
            do = Message("lottery.line_other.do")
        else:
            line = cls.of(digest, int(match[2]), seed)
            if line.text == text:
                return line
            fact, do = Message("lottery.line"), Message("lottery.line.do")
        raise InputError([Complaint("text", fact, do)])
