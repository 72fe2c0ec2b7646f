"""Why a pair is not eligible."""

from matchkit.answers.reasons import Reason
from matchkit.compile import reasons as why_not

__all__ = ["Reason", "why_not"]
