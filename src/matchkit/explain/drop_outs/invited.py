"""How many to invite, so that enough come: the Poisson-binomial distribution in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from typing import Final

from pydantic import TypeAdapter, ValidationError

from matchkit.answers.drop_outs import Invitations
from matchkit.arguments import is_whole
from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.messages.message import Message
from matchkit.model import Resource
from matchkit.model.fault import another_type
from matchkit.model.history import Ratio

MOST_WANTED: Final = 1_000
MOST_STEPS: Final = 2_000_000
"""Most of the number wanted times the number invited."""
SCALE: Final = 10**6
_RATIO: TypeAdapter[str] = TypeAdapter(Ratio)
Chances = str | int | float | Mapping[str, str | int | float]


def invitations(
    wanted: int,
    order: Sequence[Resource] | None = None,
    *,
    accepts: Chances = "1",
    no_show: Chances = "0",
    assurance: str | float = "0.95",
) -> Invitations:
    """The fewest to invite so that at least ``wanted`` come, with a chance of at least ``assurance``.

    Whoever is invited comes with the chance ``accepts`` times (1 - ``no_show``), independently of all others.
    Chances are numbers from 0 to 1 as text, a decimal or a fraction ("0.9251", "11/12"): one for all, or a
    mapping by ids: of the resource, else of the unit that it names. Those of ``order`` are invited from the
    first on, each counting one; without it any number of people, all with the same chance. All is worked out
    in whole numbers: Poisson-binomial, one person after another (docs/mathematics.md), which is binomial for
    equal chances.

    Raises InputError for a number that is no chance, for a resource without one, and where no number of
    people gives the assurance; BudgetError where ``wanted`` times the number invited exceeds 2,000,000.
    """
    wrong = []
    if not is_whole(wanted, 1, MOST_WANTED):
        fact = Message.of("argument.whole", least=1, most=MOST_WANTED)
        wrong.append(Complaint("wanted", fact, Message("invitations.wanted.do")))
    people = [None] if order is None else order
    advice = Message("invitations.order.do")
    if not isinstance(people, Sequence) or not all(
        isinstance(one, Resource) for one in order or ()
    ):
        raise InputError([*wrong, another_type("order", order, advice)])
    if len({one and one.id for one in people}) < len(people):
        wrong.append(Complaint("order", Message("invitations.twice"), advice))
    asked = _chance("assurance", assurance, wrong)
    come, away = (
        [_chance(name, _given(name, chances, one, wrong), wrong) for one in people]
        for name, chances in (("accepts", accepts), ("no_show", no_show))
    )
    chances = [one * (1 - other) for one, other in zip(come, away, strict=True)]
    if order is None and not wrong and (asked == 1 > chances[0] or not chances[0]):
        wrong.append(Complaint.of("assurance", "invitations.never"))
    if wrong:
        raise InputError(list(dict.fromkeys(wrong)))
    steps = _chances_of_enough(wanted, repeat(chances[0]) if order is None else chances)
    count, before, reached = 0, (0, 1), (0, 1)
    while short := reached[0] * asked.denominator < asked.numerator * reached[1]:
        following = next(steps, None)
        if following is None:
            break
        count, before, reached = count + 1, reached, following
    return Invitations(
        wanted=int(wanted),
        assurance=str(asked),
        count=count,
        invited=tuple(one.id for one in (order or ())[:count]),
        reached=_decimal(reached[0] * SCALE // reached[1]),
        one_fewer=_decimal(-(-before[0] * SCALE // before[1])),
        enough=not short,
    )


def _chances_of_enough(
    wanted: int, chances: Iterable[Fraction]
) -> Iterator[tuple[int, int]]:
    """With one person more each time, the chance that at least ``wanted`` come, as numerator and denominator.

    ``few[k]`` over ``whole`` is the chance that exactly k come, for k below ``wanted``; what passes the last
    of them has come for good.
    """
    few, whole = [1] + [0] * (wanted - 1), 1
    for number, chance in enumerate(chances, 1):
        if wanted * number > MOST_STEPS:
            values = {"wanted": wanted, "most": MOST_STEPS}
            raise BudgetError(Message.of("budget.invitations", **values))
        comes, of = chance.numerator, chance.denominator
        both = zip(few, [0, *few], strict=False)
        few = [(of - comes) * here + comes * below for here, below in both]
        whole *= of
        yield (whole - sum(few) if number >= wanted else 0), whole


def _decimal(millionths: int) -> str:
    return f"{millionths // SCALE}.{millionths % SCALE:06d}"


def _given(
    name: str, chances: Chances, who: Resource | None, wrong: list[Complaint]
) -> object:
    """The chance that somebody is given, by id or unit; of all, for None."""
    if not isinstance(chances, Mapping) or who is None:
        return chances
    found = chances.get(who.id, chances.get(who.unit))
    if found is None:
        where = Message.of("where.resource", id=who.id)
        wrong.append(
            Complaint.of(where, "invitations.no_chance", name=name, unit=who.unit)
        )
    return 0 if found is None else found


def _chance(name: str, given: object, wrong: list[Complaint]) -> Fraction:
    try:
        found = Fraction(_RATIO.validate_python(given))
    except ValidationError:
        found = Fraction(2)
    if found > 1:
        wrong.append(Complaint.of(name, "invitations.chance"))
    return min(found, Fraction(1))
