"""What matchkit says to people: one catalogue of messages, each in English and Chinese side by side."""

from matchkit.words.catalogue import MESSAGES
from matchkit.words.say import LANGUAGES, Begun, Lang, Whole, joined, rule_name, say
from matchkit.words.told import told

__all__ = ["LANGUAGES", "MESSAGES", "Begun", "Lang", "Whole", "joined", "rule_name", "say", "told"]
