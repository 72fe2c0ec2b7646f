"""The answer: a plan in the user's own ids, with what is missing, how good it is and the proof."""

from matchkit.plan.certificate import (
    BlockCertificate,
    BlockCut,
    BlockPrice,
    Certificate,
    FloorCertificate,
    FloorProof,
    PairId,
    Price,
    SharePrice,
)
from matchkit.plan.outcome import (
    BlockingPair,
    ChosenBy,
    Goal,
    KeptUnits,
    Outcome,
    StoredMessage,
)
from matchkit.plan.plan import (
    PLAN_SCHEMA_VERSION,
    Assignment,
    Payment,
    Plan,
    Shortfall,
    Terms,
)

__all__ = [
    "PLAN_SCHEMA_VERSION",
    "Assignment",
    "BlockCertificate",
    "BlockCut",
    "BlockPrice",
    "BlockingPair",
    "Certificate",
    "ChosenBy",
    "FloorCertificate",
    "FloorProof",
    "Goal",
    "KeptUnits",
    "Outcome",
    "PairId",
    "Payment",
    "Plan",
    "Price",
    "SharePrice",
    "Shortfall",
    "StoredMessage",
    "Terms",
]
