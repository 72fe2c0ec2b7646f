"""One name in two forms: letter cases, blanks and marks, accents, traditional and simplified characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from matchkit.compile.numbering import Lexicon, alternatives
from matchkit.messages.message import Message
from matchkit.model import Community, Problem, Unit
from matchkit.model.text import key
from matchkit.tables.checks.found import LISTED, Found
from matchkit.tables.checks.near import bare

Occurrence = tuple[str, str]
"""Where a name first stands: path and id of the record."""


def two_forms(
    problem: Problem, lexicon: Lexicon, skills: Mapping[str, Occurrence]
) -> Iterator[Found]:
    """One finding for every group of names that differ in their form alone.

    Names of skills and kinds that differ in letter case are one name already, which is only to be known.
    Other forms are other names, and of units and communities each form is another unit or community.
    """
    lexicon = Lexicon(problem)
    for what, names in (("skill", skills), ("kind", _kinds(problem))):
        yield from _groups(
            what,
            names,
            {name: lexicon.word(name) if what == "skill" else key(name) for name in names},
            "note",
        )
    nodes: tuple[tuple[str, str, tuple[Unit | Community, ...]], ...] = (
        ("unit", "units", problem.units),
        ("community", "communities", problem.communities),
    )
    for what, table, records in nodes:
        places: dict[str, Occurrence] = {}
        owners: dict[str, str] = {}
        for at, record in enumerate(records):
            name = record.name if record.name is not None else record.id
            places.setdefault(
                name, (f"{table}[{at}].{'id' if record.name is None else 'name'}", record.id)
            )
            owners.setdefault(name, record.id)
        yield from _groups(what, places, owners, "odd")


def _groups(
    what: str, places: Mapping[str, Occurrence], same: Mapping[str, str], cases: str
) -> Iterator[Found]:
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
            yield Found("odd", path, owner, Message.of("check.two_forms", **values))
        elif cases == "note" and len({key(name) for name in names}) == 1:
            yield Found("note", path, owner, Message.of("check.two_cases", **values))


def skill_names(problem: Problem) -> dict[str, Occurrence]:
    """Every name of a skill that a resource, a requirement or a rule holds, and where it first stands."""
    found: dict[str, Occurrence] = {}
    for at, resource in enumerate(problem.resources):
        for skill in resource.skills:
            if skill.skill not in found:
                found[skill.skill] = (f"resources[{at}].skills", resource.id)
    for at, demand in enumerate(problem.demands):
        for place, requirement in enumerate(demand.requirements):
            for need in requirement.skills:
                for one in alternatives(need):
                    if one.skill not in found:
                        found[one.skill] = (
                            f"demands[{at}].requirements[{place}].skills",
                            requirement.id,
                        )
    for at, rule in enumerate(problem.rules):
        for field, one in rule.skill_levels():
            found.setdefault(one.skill, (f"rules[{at}].{field}", rule.id or rule.rule))
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
    for at, demand in enumerate(problem.demands):
        for place, requirement in enumerate(demand.requirements):
            if requirement.kind not in found:
                found[requirement.kind] = (
                    f"demands[{at}].requirements[{place}].kind",
                    requirement.id,
                )
    return found
