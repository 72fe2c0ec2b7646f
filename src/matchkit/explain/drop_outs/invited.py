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
    wrong = _arguments_refused(wanted, order)
    asked = _chance("assurance", assurance, wrong)
    chances = [
        come * (1 - away)
        for come, away in zip(
            _chances("accepts", accepts, order, wrong),
            _chances("no_show", no_show, order, wrong),
            strict=True,
        )
    ]
    if order is None and not wrong and (asked == 1 > chances[0] or not chances[0]):
        where, fact = Message("invitations.never"), Message("invitations.never.do")
        wrong.append(Complaint("assurance", where, fact))
    if wrong:
        raise InputError(wrong)
    people: Iterable[Fraction] = repeat(chances[0]) if order is None else chances
    steps = _chances_of_enough(wanted, people)
    count, before, reached = 0, (0, 1), (0, 1)
    while not (
        enough := reached[0] * asked.denominator >= asked.numerator * reached[1]
    ):
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
        enough=enough,
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
            raise BudgetError(
                Message.of("budget.invitations", wanted=wanted, most=MOST_STEPS)
            )
        comes, of = chance.numerator, chance.denominator
        few = [
            (of - comes) * here + comes * below
            for here, below in zip(few, [0, *few], strict=False)
        ]
        whole *= of
        yield (whole - sum(few) if number >= wanted else 0), whole


def _decimal(millionths: int) -> str:
    return f"{millionths // SCALE}.{millionths % SCALE:06d}"


def _arguments_refused(wanted: object, order: object) -> list[Complaint]:
    wrong = []
    if not is_whole(wanted, 1, MOST_WANTED):
        fact = Message.of("argument.whole", least=1, most=MOST_WANTED)
        wrong.append(Complaint("wanted", fact, Message("invitations.wanted.do")))
    if order is None:
        return wrong
    advice = Message("invitations.order.do")
    if not isinstance(order, Sequence) or not all(
        isinstance(one, Resource) for one in order
    ):
        raise InputError([another_type("order", order, advice)])
    if len({one.id for one in order}) < len(order):
        wrong.append(Complaint("order", Message("invitations.twice"), advice))
    return wrong


def _chances(
    name: str,
    given: Chances,
    order: Sequence[Resource] | None,
    wrong: list[Complaint],
) -> list[Fraction]:
    """The chance of each person of the order, or the one of all."""
    if not isinstance(given, Mapping):
        return [_chance(name, given, wrong)] * (1 if order is None else len(order))
    if order is None:
        raise InputError([another_type(name, given, Message("invitations.chance.do"))])
    known = {key: _chance(name, one, wrong) for key, one in given.items()}
    found = []
    for one in order:
        key = one.id if one.id in known else one.unit
        if key not in known:
            where = Message.of("where.resource", id=one.id)
            fact = Message.of("invitations.no_chance", name=name, unit=one.unit)
            wrong.append(Complaint(where, fact, Message("invitations.no_chance.do")))
        found.append(known.get(key, Fraction(0)))
    return found


def _chance(name: str, given: object, wrong: list[Complaint]) -> Fraction:
    try:
        found = Fraction(_RATIO.validate_python(given))
    except ValidationError:
        found = Fraction(2)
    if found <= 1:
        return found
    fact, advice = Message("invitations.chance"), Message("invitations.chance.do")
    wrong.append(Complaint(name, fact, advice))
    return Fraction(0)
