"""``python tests/golden/golden.py``: writes the golden files anew, ``<language>.txt`` beside this module.

Every message of the catalogue stands there once in every language, with example values; one that picks words
by a number, once for 1 and once for many. Read the difference before committing it: it is what users read.
"""

from __future__ import annotations

import json
from pathlib import Path
from string import Formatter

from matchkit.messages.message import (
    LANGUAGES,
    SOURCE,
    Begun,
    Lang,
    Message,
    Unshortened,
    number,
    templates,
    text_of,
    vector,
)

HERE = Path(__file__).parent
MANY = 2_345
"""A number that shows the separators of thousands."""
HEAD = "# Every message in this language with example values; written by tests/golden/golden.py.\n"
LONG = tuple(f"R{number}" for number in range(1, 8))
"""More members than a message shows."""
RENDERED: dict[str, tuple[str, dict[str, object]]] = {
    "a list that is cut short": ("ledger.listed", {"entries": LONG}),
    "a list shown whole": ("ledger.listed", {"entries": Unshortened(LONG)}),
    "a list of which the first are known": (
        "ledger.listed",
        {"entries": Begun(LONG[:2], 7)},
    ),
    "an empty list": ("ledger.listed", {"entries": ()}),
    "messages in a list": (
        "ledger.listed",
        {"entries": (Message("list.none"), Message("weekday.0"))},
    ),
    "a number too long to be written": ("violation.duplicate", {"times": 10**400}),
}
"""What is made of values beyond numbers and texts."""


def path(lang: Lang) -> Path:
    """The golden file of a language."""
    return HERE / f"{lang}.txt"


def golden(lang: Lang) -> str:
    """What the golden file of a language holds: a line a message, its key before it."""
    texts = [(key, text) for key in templates(SOURCE) for text in _texts(key, lang)]
    for name, (key, values) in RENDERED.items():
        texts.append((f"({name})", text_of(key, lang, **values)))
    texts.append(("(a vector)", vector((1, None, MANY), lang)))
    texts.append(("(a number)", number(MANY, lang)))
    lines = [
        f"{name}: {json.dumps(text, ensure_ascii=False)}\n" for name, text in texts
    ]
    return HEAD + "".join(lines)


def _texts(key: str, lang: Lang) -> list[str]:
    """The message with 1 in every number and with many; once where both are alike but for the number."""
    fields = {
        name: [spec for _, other, spec, _ in _parsed(key) if other == name]
        for _, name, _, _ in _parsed(key)
        if name is not None
    }
    picks = any(spec.startswith("|") for specs in fields.values() for spec in specs)
    return [
        text_of(
            key,
            lang,
            **{name: _value(name, specs, amount) for name, specs in fields.items()},
        )
        for amount in ((1, MANY) if picks else (MANY,))
    ]


def _parsed(key: str) -> list[tuple[str, str | None, str, str | None]]:
    """The parts of a template in every language: a field may be shown in one of them only."""
    return [
        (literal, name, spec or "", conversion)
        for lang in LANGUAGES
        for literal, name, spec, conversion in Formatter().parse(templates(lang)[key])
    ]


def _value(name: str, specs: list[str], amount: int) -> object:
    """A number where the template formats one, two messages where it joins them, else the field's own name."""
    if any(spec in ("and", "or") for spec in specs):
        return (Message("list.none"), Message("weekday.0"))
    if any(spec for spec in specs):
        return amount
    return f"<{name}>"


if __name__ == "__main__":
    for language in LANGUAGES:
        path(language).write_text(golden(language), encoding="utf-8")
