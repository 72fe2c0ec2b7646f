"""All checks of a problem together, and their findings as those of tables are."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.compile.numbering import Lexicon
from matchkit.errors import InputError
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.plan.arguments import no_problem
from matchkit.tables.checks.far_values import far_values
from matchkit.tables.checks.found import CheckFinding
from matchkit.tables.checks.names import no_names, skill_names, skills_asked, two_forms
from matchkit.tables.checks.past_names import past_names
from matchkit.tables.checks.unfilled import unfilled
from matchkit.tables.findings import Findings, Notices
from matchkit.tables.location import Where


@collector_at_rest()
def check_input(problem: Problem) -> Findings:
    """What looks wrong in a problem as a whole though each record is sound: findings, each with a stable key,
    its values and its text.

    Those to confirm (``guesses``): skills asked for that nobody offers, with near ones that somebody does;
    names in two forms; skills that are several in one name, or none; ids of the history that are in no list,
    with near ones that are; numbers, places and times far from all others; demands longer than their windows.
    Those to know: skills and kinds in two letter cases, which are one, other ids of the history, and
    requirements that no resource can fill by kind, skills, mode or time, with the reason.
    docs/input_check.md defines each; ``read_problem`` does the same with tables.

    Raises InputError where ``problem`` is of another type.
    """
    InputError.raise_if(no_problem(problem))
    notices = Notices()
    for one in checked(problem):
        notices.found(one.kind, Where(record=one.record), one.message)
    return Findings(tuple(notices.findings), notices.unconfirmed, notices.to_know)


def checked(problem: Problem, cells: bool = True) -> Iterator[CheckFinding]:
    """What ``check_input`` finds; without ``cells`` not what the cells of tables are asked about as they are
    read: odd names and places.
    """
    lexicon, skills = Lexicon(problem), skill_names(problem)
    offered = {
        skill.skill for resource in problem.resources for skill in resource.skills
    }
    held = {word for name in offered for word in lexicon.above(lexicon.word(name))}
    if cells:
        yield from no_names(problem, skills)
    yield from skills_asked(problem, lexicon, offered, held)
    yield from two_forms(problem, lexicon, skills)
    yield from past_names(problem)
    yield from far_values(problem, cells)
    yield from unfilled(problem, lexicon, held)
