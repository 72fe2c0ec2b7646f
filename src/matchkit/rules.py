"""``mk.rules``: the rules of a problem. ``Soft`` lets a rule be broken at a price, ``SkillCount`` is a part
of ``Cover``; ``ramp`` makes rules for newcomers.

docs/rules.md defines each of them exactly.
"""

from matchkit.model import rules as _rules
from matchkit.model.ramp import ramp
from matchkit.model.rules import *  # noqa: F403 - a new rule is listed in one place

__all__ = [*_rules.__all__, "ramp"]
