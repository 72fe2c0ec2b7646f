"""Why a pair is not eligible: one rule that it fails, with the values compared."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import model_validator

from matchkit.answers.base import Answer
from matchkit.messages import spans
from matchkit.messages.message import Lang, rule_name, text_of
from matchkit.model.base import Many
from matchkit.model.fault import RecordFault

ValueKind = Literal["count", "text", "span", "spans", "levels", "zone"]
FACTS: dict[tuple[str, str], dict[str, ValueKind]] = {
    ("capacity", "capacity"): {"capacity": "count"},
    ("kind", "kind"): {"kind": "text", "needed": "text"},
    ("skill", "level"): {"skill": "text", "held": "count", "asked": "count"},
    ("skill", "any_of"): {"short": "levels"},
    ("mode", "online_only"): {},
    ("mode", "on_site_only"): {},
    ("time", "no_start"): {"minutes": "count"},
    ("time", "not_free"): {"window": "span"},
    ("time", "free"): {"free": "spans", "window": "span"},
    ("time", "free_and_more"): {"free": "spans", "more": "count", "window": "span"},
    ("time", "free_at_no_start"): {"starts": "count", "window": "span", "last": "span"},
    ("distance", "distance"): {"far": "text", "limit": "text"},
    ("distance", "distance_of_resource"): {
        "far": "text",
        "limit": "text",
        "resource": "text",
    },
    ("distance", "distance_of_demand"): {
        "far": "text",
        "limit": "text",
        "demand": "text",
    },
    ("distance", "distance_of_both"): {
        "far": "text",
        "limit": "text",
        "resource": "text",
        "demand": "text",
    },
    ("forbid", "forbid"): {"resource": "text", "requirement": "text"},
    ("load", "load"): {"dimension": "text", "has": "count", "needed": "count"},
    ("cap", "cap"): {"label": "text"},
}
"""What a reason may state: by rule and fact the fields of its values, in this order, and the kind of each."""


class Reason(Answer):
    """One rule that a pair fails: a fact of ``FACTS`` (``reason.<fact>`` of the catalogue) with exactly its
    values, by field.

    A span of time is ISO 8601 text in UTC; reasons with spans may end with ``zone``, whose clocks show them
    in a text (absent: UTC). Levels are the alternatives of a need, which all fail, as reasons themselves.
    Raises InputError for a rule or fact that there is not, and for values that are missing, surplus or of
    another kind.
    """

    rule: str
    fact: str
    values: Many[tuple[str, int | str | Many[str] | Many[Reason]]] = ()

    @model_validator(mode="after")
    def _one_of_the_facts(self) -> Self:
        fields = FACTS.get((self.rule, self.fact))
        if fields is None:
            raise RecordFault("reason_fact")
        if "window" in fields and self.values[-1:] and self.values[-1][0] == "zone":
            fields = {**fields, "zone": "zone"}
        if tuple(fields) != tuple(name for name, _ in self.values):
            raise RecordFault("reason_values", fields=tuple(fields))
        if not all(_is_of(fields[name], value) for name, value in self.values):
            raise RecordFault("reason_kinds")
        return self

    @classmethod
    def of(cls, rule: str, fact: str, **values: Any) -> Reason:
        """The reason with its values by name."""
        return cls(rule=rule, fact=fact, values=tuple(values.items()))

    def line(self, lang: Lang = "en") -> str:
        """Rule and values in one line, such as ``skill: skill nursing 1 < 2``."""
        return text_of(
            "reason", lang, rule=rule_name(self.rule, lang), fact=self.compared(lang)
        )

    def compared(self, lang: Lang = "en") -> str:
        """The values alone, such as ``skill nursing 1 < 2``, for where the rule is named already."""
        values: dict[str, Any] = dict(self.values)
        zone = values.setdefault("zone", "UTC")
        if "short" in values:
            values["short"] = text_of("reason.and", lang).join(
                other.compared(lang) for other in values["short"]
            )
        if "window" in values:
            free = values.get("free", ())
            known = {day for span in free for day in spans.days(span, zone)}
            values["free"] = [spans.span_text(span, lang, zone=zone) for span in free]
            # A window of the one day that was just told does not tell it again.
            values["window"] = spans.span_text(
                values["window"], lang, known.pop() if len(known) == 1 else "", zone
            )
        if "last" in values:
            values["last"] = spans.span_text(values["last"], lang, zone=zone)
        return text_of(f"reason.{self.fact}", lang, **values)


def _is_of(kind: ValueKind, value: object) -> bool:
    match kind:
        case "count":
            return isinstance(value, int) and value >= 0
        case "text":
            return isinstance(value, str)
        case "zone":
            return isinstance(value, str) and spans.is_zone(value)
        case "span":
            return isinstance(value, str) and spans.is_span(value)
        case "spans":
            return (
                isinstance(value, tuple)
                and bool(value)
                and all(_is_of("span", entry) for entry in value)
            )
    return (
        isinstance(value, tuple)
        and bool(value)
        and all(isinstance(entry, Reason) and entry.fact == "level" for entry in value)
    )
