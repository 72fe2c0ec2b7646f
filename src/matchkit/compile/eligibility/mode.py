"""Eligibility ``mode``: an on-site demand takes nobody who is online only, an online one nobody who is on
site only.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matchkit.answers.reasons import Reason
from matchkit.arrays import Intp, Mask
from matchkit.compile.numbering import Numbering, RequirementAtStart
from matchkit.model import Resource

NUMBERS = {"on_site": 0, "online": 1, "both": 2}
"""Modes as the arrays hold them."""


def reasons(
    _lists: Numbering, resource: Resource, slot: RequirementAtStart
) -> Iterator[Reason]:
    """Why the modes do not meet."""
    if resource.mode not in ("both", slot.demand.mode):
        yield Reason.of("mode", f"{resource.mode}_only")


def holds(offered: Intp, asked: Intp) -> Mask:
    """Whether modes, by number (intp (pairs,) both), meet (bool (pairs,)); ``asked`` is never both."""
    return np.asarray((offered == asked) | (offered == NUMBERS["both"]))
