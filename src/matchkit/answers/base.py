"""What all answers share: they are records, and they can be said in a line or in full, in English and
Chinese.
"""

from __future__ import annotations

from matchkit.messages.message import Lang
from matchkit.messages.view import View
from matchkit.model.base import Record


class Answer(Record):
    """An answer to a question about a plan. Its text never holds a personal field: ids, names of skills and
    numbers only.
    """

    def line(self, lang: Lang = "en") -> str:
        """The answer in one line."""
        raise NotImplementedError

    def text(self, lang: Lang = "en") -> str:
        """The whole answer, in as many lines as it takes; the first is ``line``."""
        return self.line(lang)

    def to_json(self) -> str:
        """The answer as JSON, one key order, the same bytes for the same answer."""
        return self.model_dump_json(indent=1) + "\n"

    def __str__(self) -> str:
        """The whole answer in English."""
        return self.text()

    def _repr_html_(self) -> str:
        """What a notebook shows: the answer in lines."""
        return View.of_text(self.text()).html()
