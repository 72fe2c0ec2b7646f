"""Skills that are asked for and that nobody offers, with those near them that somebody does."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final

from matchkit.compile.numbering import Lexicon, alternatives
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.tables.checks.found import LISTED, Found
from matchkit.tables.checks.near import NearNames

SEARCHED: Final = 1_000
"""For so many skills near ones are looked for."""

Asked = tuple[str, str, str]
"""A skill that is asked for and that nobody has, nor an alternative to it: path and id of what asks, and the
name.
"""


def skills_asked(
    problem: Problem, lexicon: Lexicon, names: Set[str], held: Set[str]
) -> Iterator[Found]:
    """One finding for every skill that is asked for and that nobody offers. ``names`` are offered, ``held``
    are the words they count as.
    """
    if not problem.resources:
        return  # a list of demands alone says nothing of what is offered
    missing: dict[str, list[Asked]] = {}
    for asked in _asked(problem, lexicon, held):
        missing.setdefault(lexicon.word(asked[2]), []).append(asked)
    if missing and not names:
        first = [known[0] for known in missing.values()]
        skills = tuple(name for _, _, name in first[:LISTED])
        yield Found("odd", *first[0][:2], Message.of("check.no_skills_offered", skills=skills))
        return
    spelt = (
        name
        for skill in problem.skills
        for name in (skill.name, *skill.aliases)
        if lexicon.word(name) in held
    )
    offered = NearNames((*names, *spelt))
    for number, known in enumerate(missing.values()):
        path, owner, name = known[0]
        near = offered.of(name) if number < SEARCHED else ()
        ids = tuple(dict.fromkeys(one for _, one, _ in known))
        values = {"skill": name, "count": len(ids), "ids": ids[:LISTED]}
        said = (
            Message.of("check.skill_near", **values, near=near)
            if near
            else Message.of("check.skill_not_offered", **values)
        )
        yield Found("odd", path, owner, said)


def _asked(problem: Problem, lexicon: Lexicon, held: Set[str]) -> Iterator[Asked]:
    for at, demand in enumerate(problem.demands):
        for place, requirement in enumerate(demand.requirements):
            for need in requirement.skills:
                choices = alternatives(need)
                if not any(lexicon.word(one.skill) in held for one in choices):
                    for one in choices:
                        yield (
                            f"demands[{at}].requirements[{place}].skills",
                            requirement.id,
                            one.skill,
                        )
    for at, rule in enumerate(problem.rules):
        for field, one in rule.skill_levels():
            if lexicon.word(one.skill) not in held:
                yield f"rules[{at}].{field}", rule.id or rule.rule, one.skill
