"""Questions about a plan: why, why not, what is missing, what would help, what would change."""

from matchkit.answers.reasons import Reason
from matchkit.compile import reasons as why_not
from matchkit.explain.advice import advice
from matchkit.explain.audit import audit
from matchkit.explain.compare import compare
from matchkit.explain.conflicts import conflicts
from matchkit.explain.explainer import Explainer
from matchkit.explain.repairs import repairs
from matchkit.explain.trade_off import trade_off
from matchkit.explain.weight_range import weight_range
from matchkit.explain.what_if import what_if

__all__ = [
    "Explainer",
    "Reason",
    "advice",
    "audit",
    "compare",
    "conflicts",
    "repairs",
    "trade_off",
    "weight_range",
    "what_if",
    "why_not",
]
