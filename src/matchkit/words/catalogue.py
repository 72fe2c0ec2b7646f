"""All messages together. A message has a key, and one template a language in the order of ``LANGUAGES``."""

from __future__ import annotations

from collections.abc import Mapping

from matchkit.words import (
    advice,
    audit,
    causes,
    cells,
    changes,
    checks,
    columns,
    comparison,
    conflicts,
    files,
    ledgers,
    names,
    outcome,
    pairs,
    reasons,
    records,
    repairs,
    report,
    sheets,
    tables,
    unseen,
    views,
    violations,
    witness,
)

Messages = Mapping[str, tuple[str, str]]

MESSAGES: Messages = {
    **advice.MESSAGES,
    **audit.MESSAGES,
    **causes.MESSAGES,
    **cells.MESSAGES,
    **changes.MESSAGES,
    **checks.MESSAGES,
    **columns.MESSAGES,
    **comparison.MESSAGES,
    **conflicts.MESSAGES,
    **files.MESSAGES,
    **ledgers.MESSAGES,
    **names.MESSAGES,
    **outcome.MESSAGES,
    **pairs.MESSAGES,
    **reasons.MESSAGES,
    **records.MESSAGES,
    **repairs.MESSAGES,
    **report.MESSAGES,
    **sheets.MESSAGES,
    **tables.MESSAGES,
    **unseen.MESSAGES,
    **views.MESSAGES,
    **violations.MESSAGES,
    **witness.MESSAGES,
}
