"""Why requirements lack something: one cause each, with a witness that matchkit.check_witness
can check.
"""

from matchkit.explain.shortages.causes import Causes

__all__ = ["Causes"]
