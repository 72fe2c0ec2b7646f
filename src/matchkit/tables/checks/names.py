"""Names that are hardly meant as they are: skills that are asked for and that nobody offers, names of skills
that are several or none, and one name in two forms (letter cases, blanks and marks, accents, traditional and
simplified characters).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final

from matchkit.compile.numbering import Lexicon, alternatives
from matchkit.messages.message import Message
from matchkit.model import Problem, SkillLevel
from matchkit.model.text import key
from matchkit.tables.cells.lists import ANY
from matchkit.tables.cells.plain import is_tick
from matchkit.tables.cells.skill_names import joined, no_skill, none_needed, parts_of
from matchkit.tables.checks.found import LISTED, CheckFinding, requirements_of
from matchkit.tables.checks.near import NearNames, bare

SEARCHED: Final = 1_000
"""For so many skills near ones are looked for."""

AskedSkill = tuple[str, str, str]
"""A skill that is asked for and that nobody has, nor an alternative to it: path and id of what asks, and the
name.
"""
Occurrence = tuple[str, str]
"""Where a name first stands: path and id of the record."""


def skills_asked(
    problem: Problem, lexicon: Lexicon, names: Set[str], held: Set[str]
) -> Iterator[CheckFinding]:
    """One finding for every skill that is asked for and that nobody offers. ``names`` are offered, ``held``
    are the words they count as.
    """
    if not problem.resources:
        return  # a list of demands alone says nothing of what is offered
    missing: dict[str, list[AskedSkill]] = {}
    for path, owner, choices in _asked(problem):
        if not any(lexicon.word(one.skill) in held for one in choices):
            for one in choices:
                known = missing.setdefault(lexicon.word(one.skill), [])
                known.append((path, owner, one.skill))
    if missing and not names:
        first = [known[0] for known in missing.values()]
        skills = tuple(name for _, _, name in first[:LISTED])
        yield CheckFinding(
            "odd", *first[0][:2], Message.of("check.no_skills_offered", skills=skills)
        )
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
        message = (
            Message.of("check.skill_near", **values, near=near)
            if near
            else Message.of("check.skill_not_offered", **values)
        )
        yield CheckFinding("odd", path, owner, message)


def _asked(problem: Problem) -> Iterator[tuple[str, str, Sequence[SkillLevel]]]:
    """The alternatives of every need of a requirement or a rule, with path and id of what asks for them."""
    for path, requirement in requirements_of(problem):
        for need in requirement.skills:
            yield f"{path}.skills", requirement.id, alternatives(need)
    for at, rule in enumerate(problem.rules):
        for field, one in rule.skill_levels():
            yield f"rules[{at}].{field}", rule.id or rule.rule, (one,)


def no_names(
    problem: Problem, skills: Mapping[str, Occurrence]
) -> Iterator[CheckFinding]:
    """One finding for every name of a skill that hardly is one; names in the records of skills are what they
    are.

    ``skills`` is what ``skill_names`` gives.
    """
    declared = declared_skills(problem)
    found = joined(skills, declared)
    for name, (path, owner) in skills.items():
        if key(name) in declared:
            continue
        parts = (
            tuple(parts_of(name))
            if key(name) in found.several
            else found.doubted.get(key(name))
        )
        if parts:
            yield CheckFinding(
                "odd", path, owner, Message.of("check.joined", skill=name, parts=parts)
            )
        elif is_tick(name):
            yield CheckFinding("odd", path, owner, Message.of("check.tick", skill=name))
        elif no_skill(name) or none_needed(name) or name.casefold() in ANY:
            yield CheckFinding(
                "odd", path, owner, Message.of("check.no_skill", skill=name)
            )


def two_forms(
    problem: Problem, lexicon: Lexicon, skills: Mapping[str, Occurrence]
) -> Iterator[CheckFinding]:
    """One finding for every group of names that differ in their form alone.

    Names of skills and kinds that differ in letter case are one name already, which is only to be known.
    Other forms are other names, and of units and communities each form is another unit or community.
    """
    for what, names in (("skill", skills), ("kind", _kinds(problem))):
        word = lexicon.word if what == "skill" else key
        yield from _groups(what, names, {name: word(name) for name in names})
    for what, table in (("unit", "units"), ("community", "communities")):
        places: dict[str, Occurrence] = {}
        for at, record in enumerate(getattr(problem, table)):
            field = "id" if record.name is None else "name"
            places.setdefault(
                getattr(record, field), (f"{table}[{at}].{field}", record.id)
            )
        yield from _groups(
            what, places, {name: owner for name, (_, owner) in places.items()}
        )


def _groups(
    what: str, places: Mapping[str, Occurrence], same: Mapping[str, str]
) -> Iterator[CheckFinding]:
    """``same`` gives what each name is taken for: names of one group that are taken for one differ in letter
    case alone.
    """
    by_bare: dict[str, list[str]] = {}
    for name in places:
        by_bare.setdefault(bare(name), []).append(name)
    for names in by_bare.values():
        if len(names) < 2:
            continue
        path, owner = places[names[0]]
        values = {
            "what": Message.of(f"what.{what}"),
            "names": tuple(sorted(names)[:LISTED]),
            "count": len(names),
        }
        if len({same[name] for name in names}) > 1:
            yield CheckFinding(
                "odd", path, owner, Message.of("check.two_forms", **values)
            )
        elif len({key(name) for name in names}) == 1:
            yield CheckFinding(
                "note", path, owner, Message.of("check.two_cases", **values)
            )


def skill_names(problem: Problem) -> dict[str, Occurrence]:
    """Every name of a skill that a resource, a requirement or a rule holds, and where it first stands."""
    found: dict[str, Occurrence] = {}
    for at, resource in enumerate(problem.resources):
        for skill in resource.skills:
            if skill.skill not in found:  # most are: no path is made for these
                found[skill.skill] = (f"resources[{at}].skills", resource.id)
    for path, owner, choices in _asked(problem):
        for one in choices:
            found.setdefault(one.skill, (path, owner))
    return found


def declared_skills(problem: Problem) -> Set[str]:
    """The keys of the names in the records of skills, which are names whatever they look like."""
    return {
        key(name)
        for skill in problem.skills
        for name in (skill.name, *skill.aliases, *skill.parents)
    }


def _kinds(problem: Problem) -> dict[str, Occurrence]:
    found: dict[str, Occurrence] = {}
    for at, resource in enumerate(problem.resources):
        if resource.kind not in found:
            found[resource.kind] = (f"resources[{at}].kind", resource.id)
    for path, requirement in requirements_of(problem):
        found.setdefault(requirement.kind, (f"{path}.kind", requirement.id))
    return found
