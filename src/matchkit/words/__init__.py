"""What matchkit says to people: one catalogue of messages, each in English and Chinese side by side."""

from matchkit.words.catalogue import MESSAGES
from matchkit.words.say import LANGUAGES, Lang, say

__all__ = ["LANGUAGES", "MESSAGES", "Lang", "say"]
