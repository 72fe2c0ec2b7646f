"""``matchkit why-not`` in both languages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pinned

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_reasons_are_told_in_the_language_asked_for(
    run: Run, tmp_path: Path, sound: dict[str, Any]
) -> None:
    given = {
        **sound,
        "resources": [
            *sound["resources"],
            {
                "id": "场地",
                "unit": sound["units"][0]["id"],
                "kind": "venue",
                "capacity": 0,
            },
        ],
    }
    (tmp_path / "p.json").write_text(json.dumps(given), encoding="utf-8")
    need = sound["demands"][0]["requirements"][0]["id"]
    english, chinese = (
        run("why-not", "p.json", "场地", need, "--lang", lang).stdout.splitlines()
        for lang in ("en", "zh")
    )
    assert english[:2] == [
        "capacity: capacity 0 < 1",
        "kind: kind venue, needed person",
    ]
    assert chinese[:2] == [
        "容量：容量 0 < 1",
        f"类别：{pinned.text('reason.kind', 'zh', kind='venue', needed='person')}",
    ]
    assert len(english) == len(chinese)


def test_an_eligible_pair_is_told_in_chinese(run: Run, problem: Path) -> None:
    assert run("why-not", problem, "R1", "Q1", "--lang", "zh").stdout == "\n".join(
        [pinned.text("eligible", "zh"), ""]
    )


def test_another_language_is_a_usage_error(run: Run, problem: Path) -> None:
    done = run("why-not", problem, "R1", "Q1", "--lang", "fr")
    assert done.returncode == 2
    assert "'fr' is not one of 'en', 'zh'" in done.stderr.replace("\n", " ")
