"""From a problem to arrays and back: eligible pairs, weights, trees and goals; and the plan's records from the answer."""

from matchkit.compile.candidates import ProblemCandidates
from matchkit.compile.compiled import Compiled
from matchkit.compile.compiler import compile_problem
from matchkit.compile.decode import Eligibility, certificate, count_eligible, decode, goal_values, terms_of
from matchkit.compile.rules.lock import Locked
from matchkit.compile.why_not import reasons

__all__ = [
    "Compiled",
    "Eligibility",
    "Locked",
    "ProblemCandidates",
    "certificate",
    "compile_problem",
    "count_eligible",
    "decode",
    "goal_values",
    "reasons",
    "terms_of",
]
