"""matchkit invitations and backups say what the functions say."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import matchkit as mk

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_invitations_on_the_command_line(run: Run) -> None:
    done = run("invitations", "20", "--accepts", "0.9251", "--assurance", "0.99")
    told = mk.invitations(20, accepts="0.9251", assurance="0.99")
    assert (done.returncode, done.stdout) == (0, told.text() + "\n")
    shown = run("invitations", "20", "--accepts", "0.9251", "--json").stdout
    assert mk.results.Invitations.model_validate_json(shown).count == 24
    assert run("invitations", "20", "--accepts", "1.5").returncode == 2
    assert run("invitations", "20", "--accepts", "0").returncode == 2


def test_backups_on_the_command_line(run: Run, tmp_path: Path) -> None:
    street = mk.datasets.city("street")
    plan = mk.solve(street)
    mk.write_problem(street, tmp_path / "street.json")
    mk.write_plan(street, plan, tmp_path / "plan.json")
    named = mk.backups(street, plan, ["D0001"])
    done = run("backups", "street.json", "plan.json", "--demand", "D0001", "--losses", "1", "--lang", "zh")  # fmt: skip
    worst = mk.losses(street, plan, backups=named, top=1)
    assert (done.returncode, done.stdout) == (0, f"{named.text('zh')}\n{worst.text('zh')}\n")  # fmt: skip
    assert run("backups", "street.json", "plan.json", "--demand", "night").returncode == 2  # fmt: skip
