"""Questions about a plan: why, why not, what is missing, what would help, what would change."""

from matchkit.answers.reasons import Reason
from matchkit.compile import reasons as why_not
from matchkit.explain.explainer import Explainer

__all__ = ["Explainer", "Reason", "why_not"]
