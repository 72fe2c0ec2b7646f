"""Public instances as problems, from record to plan: the known optimum is found and proven. Skipped where the
files are not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _benchmarks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks.public_data import folder
    from benchmarks.registry import SkippedError

    try:
        folder("smptsp", "optima.csv")
        folder("strsp", "min_team_size.csv")
    except SkippedError as reason:
        pytest.skip(str(reason))


def test_an_instance_of_personnel_tasks_is_read_whole() -> None:
    """The names say how many workers and jobs there are: data_NUMBER_WORKERS_JOBS_SKILL."""
    from benchmarks.suite.smptsp import instance, names

    for name in names():
        given = instance(name)
        _, _, workers, jobs, _ = name.split("_")
        assert (len(given.workers), len(given.jobs)) == (int(workers), int(jobs))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_fewest_workers_for_all_jobs_are_found_and_proven(number: int) -> None:
    from benchmarks.suite.smptsp import bounds, instance, matchkit, names

    name = names()[number - 1]
    assert matchkit(instance(name)) == (bounds(name)[1], True)


def test_the_smallest_team_is_found_for_tasks_of_every_known_size() -> None:
    from benchmarks.suite.strsp import known, matchkit, tasks, technicians

    file = "C101_5x4_Team.txt"
    team, sizes = technicians(file), known()
    by_size = {sizes[file, task.number]: task for task in tasks(file)}
    assert sorted(by_size) == [1, 2, 3, 4, 5]
    assert {size: matchkit(task, team) for size, task in by_size.items()} == {
        size: size for size in by_size
    }


def test_every_task_of_every_file_is_read() -> None:
    """Each file has a depot and 100 customers."""
    from benchmarks.suite.strsp import files, tasks

    assert [len(tasks(file)) for file in files()] == [100] * 24
