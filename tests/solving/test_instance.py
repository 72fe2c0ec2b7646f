"""A problem is worked out of its records once for an answer, however many questions are asked about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

import matchkit as mk
from matchkit.compile.eligible import EligiblePairs
from matchkit.compile.instance import Instance
from matchkit.compile.numbering import Numbering


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often numberings and eligibilities are made."""
    found: Counter[str] = Counter()

    def counted(kind: type, name: str) -> Callable[..., None]:
        begin = kind.__init__

        def init(*given: object, **named: object) -> None:
            found[name] += 1
            begin(*given, **named)

        return init

    for kind in (Numbering, EligiblePairs):
        monkeypatch.setattr(kind, "__init__", counted(kind, kind.__name__))
    return found


def street(*rules: mk.rules.Rest) -> mk.Problem:
    problem = mk.datasets.city("street", 3)
    return problem.model_copy(update={"rules": (*problem.rules, *rules)})


@pytest.mark.parametrize(
    "rules", [(), (mk.rules.Rest(minutes=60),)], ids=["flow", "general"]
)
def test_solving_and_explaining_compile_a_problem_once_each(
    made: Counter[str], rules: tuple[mk.rules.Rest, ...]
) -> None:
    problem = street(*rules)
    plan = mk.solve(problem)
    assert plan.outcome.engine == ("cpsat" if rules else "flow")
    assert made == {"Numbering": 1, "EligiblePairs": 1}
    made.clear()
    explainer = mk.Explainer(problem, plan)
    assert len(explainer.shortages().shortages) > 10
    for pair in plan.assignments[:20]:
        explainer.why(pair.resource, pair.requirement)
    assert made == {"Numbering": 1, "EligiblePairs": 1}


def test_parts_of_an_instance_are_made_when_they_are_asked_for(
    made: Counter[str],
) -> None:
    instance = Instance(street())
    assert made == {}
    assert instance.lists is instance.lists and made == {"Numbering": 1}
    assert len(instance.left) == len(instance.weight) > 0
    assert instance.first[-1] == len(instance.right) and made == {
        "Numbering": 1,
        "EligiblePairs": 1,
    }
