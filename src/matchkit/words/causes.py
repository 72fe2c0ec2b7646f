"""Why requirements lack something."""

MESSAGES: dict[str, tuple[str, str]] = {
    "reason": ("{rule}: {fact}", "{rule}：{fact}"),
}
