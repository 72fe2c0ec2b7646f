"""``Live``: a plan that stays proven after every event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, NamedTuple, Unpack, cast

from matchkit.answers.apply import KINDS, apply_changes, listed_changes
from matchkit.answers.changes import Change
from matchkit.answers.comparison import Comparison
from matchkit.answers.effects import effect
from matchkit.answers.live import LiveMove, LiveMoves
from matchkit.answers.proposals import LiveEvent, Proposal
from matchkit.answers.recommend import Movers, Recommendations
from matchkit.compile.compiler import compile_problem, flow_obstacles
from matchkit.compile.instance import Instance
from matchkit.errors import (
    BudgetError,
    Complaint,
    ContradictionError,
    EngineError,
    InputError,
    MatchkitError,
    UnsupportedError,
)
from matchkit.explain.compare import compare
from matchkit.explain.conflicts import conflicts
from matchkit.explain.ranked import refuse_ranked
from matchkit.explain.vectors import minus
from matchkit.live.propose import alternatives as alternatives_to
from matchkit.live.propose import shift
from matchkit.live.recommend import recommended
from matchkit.live.session import AnewError, Session
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.model.fault import A_PROBLEM, of_another_type
from matchkit.model.rules import Forbid, Lock
from matchkit.plan import Certificate, Plan
from matchkit.solvers.flow.certificate import check_solution
from matchkit.solvers.live.search import NoPathError
from matchkit.solving.outcome import plan_of_flow
from matchkit.solving.request import Request
from matchkit.solving.solve import (
    DEFAULT,
    SolveOptions,
    solve,
    solve_from,
    with_solve_options,
)
from matchkit.verification.checks import Verifier, verify

MOST_UNDONE = 1_000
"""Events that can be taken back."""


class _Before(NamedTuple):
    """What an undo goes back to: the session and its mark, the problem at its start, the first so many of the
    changes since, and what was made of them.
    """

    session: Session | None
    mark: int
    start: Problem
    changes: list[Change]
    many: int
    known: tuple[int, Problem]
    plan: Plan | None


class Live:
    """A problem and its best plan, kept together event by event: each is one or a few searches for cheapest
    paths, after which the plan is the best of the changed problem again, with prices that prove it over all
    eligible pairs.

    What pairs are worth stays as it was at the opening: ``problem`` states the rarity of skills then. So
    ``plan`` is a best plan of ``problem``, which any solver and ``check_certificate`` can confirm; ``report``
    says what a solve with the weights of now would change, and ``publish`` goes on from there. The same
    events in the same order give the same bytes.

    Where no flow expresses the problem, each event is a search by the general engine that begins with the
    plan before it: as good a plan as the options give time for, with the bound that ``plan.outcome`` tells.

    ``plan`` is a plan of the problem; it is verified, and solved on from where it is not proven by prices;
    None: it is solved. Options are those of ``solve``, for every solve that follows. Raises UnsupportedError
    where ranks choose the plan or a worst score is a goal, BrokenPlanError for a plan that is wrong, and what
    ``solve`` raises.
    """

    @with_solve_options
    def __init__(
        self,
        problem: Problem,
        plan: Plan | None = None,
        **options: Unpack[SolveOptions],
    ) -> None:
        wrong = of_another_type("problem", problem, Problem, A_PROBLEM)
        if wrong:
            raise InputError(wrong)
        refuse_ranked(problem)
        self._options = options
        self._verifier = Verifier()
        self._open(problem, plan)

    @collector_at_rest()
    def _open(self, problem: Problem, plan: Plan | None) -> None:
        instance = Instance(problem)
        if instance.worst is not None:
            where = Message("where.objective")
            raise UnsupportedError([Complaint.of(where, "live.worst")])
        tied = bool(flow_obstacles(instance))
        base = _with_rarity(problem, rarity_of(instance))
        if plan is not None:
            verify(problem, plan).raise_if_broken()
        else:
            plan = solve(base, **self._options)
        if not base.reference:
            base = base.keeping(plan)
            if not tied and not (problem.previous and problem.objective.previous):
                plan = _keeping_itself(base, plan)
            else:
                plan = solve_from(base, plan, **self._options)
        self._begin(base, plan, tied=tied, made=plan.outcome.kept is not None)
        self._undo: list[_Before] = []
        self._events: list[LiveEvent] = []

    def _begin(
        self, base: Problem, plan: Plan, *, tied: bool, made: bool = True
    ) -> None:
        """Go on from a plan of a problem, in which pairs are ``tied`` or which is a flow; it is ``made`` for
        it, or only proven by its prices.
        """
        proven, self._session = plan.certificate, None
        if not tied:
            if not isinstance(proven, Certificate) or plan.outcome.status != "optimal":
                plan = solve_from(base, plan)
                proven = plan.certificate
            if not isinstance(proven, Certificate):
                raise EngineError(Message("defect.prices"))
            self._session = Session(base, plan, proven)
        elif not made:
            plan, made = solve_from(base, plan, **self._options), True
        self._start: Problem = base
        self._changes = list[Change]()
        self._known: tuple[int, Problem] = 0, base
        self._plan = plan if made else None

    @property
    def problem(self) -> Problem:
        """The problem as it is now, which states the rarity of skills at the opening."""
        count, problem = self._known
        if count < len(self._changes):
            problem = apply_changes(problem, self._changes[count:])
            self._known = len(self._changes), problem
        return problem

    @property
    def plan(self) -> Plan:
        """The plan as it is now: verified, and proven by its certificate if the problem is a flow."""
        if self._plan is None and self._session is not None:
            self._plan = self._made(self._session)
        return cast("Plan", self._plan)

    @collector_at_rest()
    def _made(self, session: Session) -> Plan:
        problem = self.problem
        instance = Instance(problem)
        compiled = compile_problem(instance)
        solution = session.arrays.solution(instance, compiled)
        # Units of a reference plan count by pairs, which that check knows nothing of.
        broken = compiled.first is None and check_solution(
            compiled.network, compiled.goals, solution
        )
        if broken:
            raise EngineError(Message.of("defect.plan", reason=broken))
        request = Request("auto", 0, 0.0, DEFAULT, DEFAULT.seconds, limited=False)
        plan = plan_of_flow(problem, compiled, solution, request)
        self._verifier.verify(problem, plan).raise_if_broken()
        return plan

    @property
    def events(self) -> tuple[LiveEvent, ...]:
        """All that was made since the opening (or ``publish``) and not undone, the first first."""
        return tuple(self._events)

    def apply(
        self, change: Change | Iterable[Change] | LiveEvent | Proposal
    ) -> LiveMoves:
        """Make one event, or several changes as one, and mend the plan; or what was proposed.

        Returns what it moved. An event that changes goals, or what everybody counts, is solved anew, which
        ``LiveMoves.anew`` says. Raises InputError for unknown ids and the like, and for a proposal made
        before other events, ContradictionError where locks then break other rules, and UnsupportedError where
        ranks would choose; nothing is changed then.
        """
        if isinstance(change, Proposal):
            if change.after != len(self._events):
                raise InputError([Complaint.of("proposal", "proposal.old")])
            change = change.event
        if not isinstance(change, LiveEvent):
            change = LiveEvent(changes=_listed(change))
        moves = self._event(change)
        if len(self._undo) > MOST_UNDONE:
            gone, oldest = self._undo.pop(0), self._undo[0]
            if oldest.session is not None and gone.session is oldest.session:
                oldest.session.arrays.net.forget(oldest.mark)
        return moves

    def propose(
        self,
        change: Change | Iterable[Change],
        *,
        who: str | None = None,
        when: datetime | None = None,
        why: str | None = None,
        alternatives: int = 3,
    ) -> Proposal:
        """What changes, made as one event, would bring: goals and moves, or the rules that they contradict;
        and in a flow so many ``alternatives`` for every requirement that a lock or forbid rule of them names.

        Nothing is changed. ``apply`` makes what is proposed, and ``events`` keeps ``who`` asked for it,
        ``when`` and ``why``, as stated. Raises what ``apply`` does, but for contradictions.
        """
        event = LiveEvent(changes=_listed(change), who=who, when=when, why=why)
        others = list(alternatives_to(self._session, event, Lock, alternatives))
        known: dict[str, Any] = {"event": event, "after": len(self._events)}
        session = self._session
        mark = 0 if session is None else session.arrays.net.mark()
        try:
            moves = self._event(event)
        except ContradictionError:
            found = conflicts(apply_changes(self.problem, event.changes))
            return Proposal(**known, conflicts=found, alternatives=tuple(others))
        try:
            others += alternatives_to(self._session, event, Forbid, alternatives)
            if session is None or moves.anew:
                outcome = self.plan.outcome
            else:
                net, names = session.arrays.net, session.arrays.goals
                touched = net.touched(mark)
                after = net.value(*touched)
        finally:
            self.undo()
        if session is None or moves.anew:
            goals = shift(self.plan.outcome, outcome)
        else:
            goals = effect(names, minus(after, net.value(*touched)))
        return Proposal(**known, goals=goals, moves=moves, alternatives=tuple(others))

    def _event(self, event: LiveEvent) -> LiveMoves:
        """Make an event, and keep how it is undone."""
        session = self._session
        before = _Before(
            session,
            0 if session is None else session.arrays.net.mark(),
            self._start,
            self._changes,
            len(self._changes),
            self._known,
            self._plan,
        )
        moves = (
            self._anew(event.changes)
            if session is None
            else self._mended(session, event.changes, before.mark)
        )
        self._undo.append(before)
        self._events.append(event)
        return moves

    def _mended(
        self, session: Session, changes: tuple[Change, ...], mark: int
    ) -> LiveMoves:
        """By cheapest paths, where the changes allow."""
        try:
            session.make(changes)
        except (AnewError, UnsupportedError):
            session.restore(self._start, self._changes)
            return self._anew(changes)
        except NoPathError:
            session.restore(self._start, self._changes)
            compile_problem(Instance(apply_changes(self.problem, changes)))
            raise EngineError(Message("defect.prices")) from None
        except MatchkitError:
            session.restore(self._start, self._changes)
            raise
        self._changes += changes
        self._plan = None
        return _moves(session.arrays.moves(mark), anew=False)

    def _anew(self, changes: tuple[Change, ...]) -> LiveMoves:
        """The same by a solve that begins at the prices, or with the pairs, of now."""
        plan, problem = self.plan, apply_changes(self.problem, changes)
        problem = _with_rarity(problem, self._start.objective.rarity)
        refuse_ranked(problem)
        tied = bool(flow_obstacles(Instance(problem)))
        try:
            found = solve_from(problem, plan, **self._options)
        except BudgetError:  # prices that have drifted far are no start
            found = solve(problem, **self._options)
        self._begin(problem, found, tied=tied)
        moved = dict[tuple[str, str], int]()
        for sign, one in ((-1, plan), (1, found)):
            for entry in one.assignments:
                pair = entry.resource, entry.requirement
                moved[pair] = moved.get(pair, 0) + sign * entry.quantity
        return _moves({pair: by for pair, by in sorted(moved.items()) if by}, anew=True)

    def undo(self) -> bool:
        """Take back the last event, to the byte; False where there is none, or a thousand were taken back."""
        if not self._undo:
            return False
        before = self._undo.pop()
        self._events.pop()
        self._session, self._start = before.session, before.start
        self._changes, self._known = before.changes, before.known
        del self._changes[before.many :]
        self._plan = before.plan
        if self._session is not None:
            self._session.arrays.net.undo(before.mark)
            self._session.restore(self._start, self._changes)
        return True

    def recommend(
        self,
        what: Literal["requirement", "resource"],
        name: str,
        count: int = 10,
        *,
        movers: Movers = "all",
        together: bool = False,
    ) -> Recommendations:
        """The best ``count`` resources for one unit more of a requirement (or requirements for one of a
        resource), each with the goals of a best plan that has it, less those of now.

        ``movers`` says who else may move: as many as it takes, at most ``"one"`` other resource, or nobody
        for resources that are ``"free"``; the best plan within that is meant then. ``together`` gives so many
        units at once, of which none takes away another of the same requirement (or resource). Pairs that no
        plan has more of are left out. Raises InputError for unknown ids and the like, UnsupportedError where
        no flow expresses the problem.
        """
        if self._session is None:
            raise UnsupportedError(flow_obstacles(Instance(self.problem)))
        arrays = self._session.arrays
        return recommended(arrays, what, name, count, movers, together=together)

    def report(self) -> Comparison:
        """What a full solve would change, with weights by the rarity of skills as it is now."""
        problem = _with_rarity(self.problem, None)
        best = solve_from(problem, self.plan, **self._options)
        return compare(problem, self.plan, best)

    def publish(self) -> Plan:
        """Make the plan of now the reference, with weights and prices of now; it is the one that a full solve
        gives. Nothing before it can be undone.
        """
        plan = self.plan
        problem = _with_rarity(self.problem, None).model_copy(update={"reference": ()})
        self._open(problem.keeping(plan), None)
        return self.plan


def _listed(change: Change | Iterable[Change]) -> tuple[Change, ...]:
    several = [change] if isinstance(change, KINDS) else change
    return listed_changes(cast("Iterable[Change]", several))


def _moves(moved: dict[tuple[str, str], int], *, anew: bool) -> LiveMoves:
    moves = (
        LiveMove(resource=resource, requirement=requirement, units=by)
        for (resource, requirement), by in moved.items()
    )
    return LiveMoves(moves=tuple(moves), anew=anew)


def _keeping_itself(problem: Problem, plan: Plan) -> Plan:
    """A proven plan as one of a problem that has it as its reference: its prices are 0 in what is kept."""
    stated = plan.certificate
    if not isinstance(stated, Certificate):
        return plan
    names = tuple(aim.name for aim in Instance(problem).aims)
    place = {name: number for number, name in enumerate(stated.goals)}

    def widened(price: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(price[place[name]] if name in place else 0 for name in names)

    groups = {
        group: tuple(
            one.model_copy(update={"price": widened(one.price)})
            for one in getattr(stated, group)
        )
        for group in ("resources", "requirements", "units", "communities", "shares")
    }
    return plan.model_copy(
        update={
            "certificate": stated.model_copy(
                update={"goals": names, "bound": widened(stated.bound), **groups}
            )
        }
    )


def _with_rarity(problem: Problem, rarity: Any) -> Problem:
    objective = problem.objective.model_copy(update={"rarity": rarity})
    return problem.model_copy(update={"objective": objective})


def rarity_of(instance: Instance) -> tuple[tuple[str, int], ...]:
    """The rarity of every skill of which it is not 0."""
    sides = instance.eligible.sides
    points = sides.rarity.tolist()
    return tuple(
        (word, rare) for word, rare in zip(sides.words, points, strict=True) if rare
    )
