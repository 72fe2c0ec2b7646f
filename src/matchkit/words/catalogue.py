"""All messages together. A message has a key, and one template a language in the order of ``LANGUAGES``."""

from __future__ import annotations

from collections.abc import Mapping

from matchkit.words import causes, changes, reasons, violations

Messages = Mapping[str, tuple[str, str]]

MESSAGES: Messages = {**causes.MESSAGES, **changes.MESSAGES, **reasons.MESSAGES, **violations.MESSAGES}
