"""benchmarks/digests.py: the same answers give the same digests, under old names too, and another answer
gives another one.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import digests


@pytest.mark.parametrize("kind", digests.COUNTS)
def test_a_seed_gives_the_same_digests_twice(kind: str) -> None:
    lines = [digests.part(kind, digests.FIRST_SEED + 1, 1) for _ in range(2)]
    assert lines[0] == lines[1]
    assert {"kind", "seed", "problem"} < set(lines[0][0])


def test_a_renamed_key_keeps_its_digest_and_a_changed_value_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = digests.digest({"goals": [{"name": "weight", "value": 3}]})
    monkeypatch.setattr(digests, "renamed", lambda: {"reached": "value"})
    assert digests.digest({"goals": [{"name": "weight", "reached": 3}]}) == before
    assert digests.digest({"goals": [{"name": "weight", "reached": 4}]}) != before


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="Path has no canonical form"):
        digests.digest([Path("here")])


def test_a_comparison_names_the_aspect_and_the_seed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    line = {"kind": "flow", "seed": 7, "plan": "1", "page": "2"}
    before.write_text(json.dumps(line) + "\n", "utf-8")
    after.write_text(json.dumps({**line, "page": "3"}) + "\n", "utf-8")
    assert digests.compare(before, before) == 0
    assert digests.compare(before, after) == 1
    assert "flow: page differs for 1 seeds, as 7" in capsys.readouterr().out
