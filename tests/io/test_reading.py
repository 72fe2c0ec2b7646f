"""What is read is bounded and refused in words; no message holds the folders of a path."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pinned
import pytest

from matchkit.errors import BudgetError, InputError, MatchkitError, StorageError
from matchkit.messages.message import Unshortened
from matchkit.model import Problem
from matchkit.tables.plans import read_plan
from matchkit.tables.problems import read_problem, write_problem

Sound = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    secret = tmp_path / "home-of-somebody"
    secret.mkdir()
    return secret


def test_a_problem_comes_back_as_it_was_written(folder: Path, sound: Sound) -> None:
    problem = Problem.from_json(json.dumps(sound))
    write_problem(problem, folder / "p.json")
    assert read_problem(folder / "p.json") == problem


def test_the_text_of_a_problem_is_the_same_each_time_and_from_any_layout(
    sound: Sound,
) -> None:
    plain, spaced = (
        Problem.from_json(json.dumps(sound)),
        Problem.from_json(json.dumps(dict(reversed(sound.items())), indent=7)),
    )
    assert (
        plain.to_json()
        == spaced.to_json()
        == Problem.from_json(plain.to_json()).to_json()
    )


def test_moments_are_written_in_utc(sound: Sound) -> None:
    data = json.loads(Problem.from_json(json.dumps(sound)).to_json())
    assert data["demands"][0]["windows"] == [
        {"start": "2026-05-02T00:00:00Z", "end": "2026-05-02T04:00:00Z"}
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_part_of_the_text(
    folder: Path, sound: Sound, mark: bytes
) -> None:
    (folder / "p.json").write_bytes(
        mark + json.dumps(sound, ensure_ascii=False).encode()
    )
    assert read_problem(folder / "p.json") == Problem.from_json(json.dumps(sound))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "latin-1"])
def test_another_encoding_is_refused_not_guessed(folder: Path, encoding: str) -> None:
    (folder / "p.json").write_bytes(
        '{"note":"é你好"}'.encode(encoding, errors="replace")
    )
    with pinned.raises(InputError, "json.utf8"):
        read_problem(folder / "p.json")


def _refusal(path: Path, kind: type[MatchkitError] = InputError) -> str:
    for reader in (read_problem, read_plan):
        with pytest.raises(kind) as caught:
            reader(path)
    assert "home-of-somebody" not in str(caught.value)
    return str(caught.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    assert pinned.line("p.json", "file.missing", "file.missing.do") in _refusal(
        folder / "p.json"
    )
    assert f"p.json: {pinned.text('file.missing')}." in _refusal(
        folder / "no" / "p.json"
    )
    (folder / "file").touch()
    assert f"p.json: {pinned.text('file.missing')}." in _refusal(
        folder / "file" / "p.json"
    )


def test_a_missing_file_of_any_kind_is_told_in_chinese_too(folder: Path) -> None:
    (folder / "t.csv").write_text("id,kind\nR1,person\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_problem(folder / "t.csv", mapping=folder / "m.toml")
    assert caught.value.complaints[0].line("zh") == pinned.line(
        "m.toml", "file.missing", "file.missing.do", lang="zh"
    )
    with pytest.raises(InputError) as caught:
        read_problem(folder / "p.json")
    assert caught.value.complaints[0].line("zh") == pinned.line(
        "p.json", "file.missing", "file.missing.do", lang="zh"
    )


@pytest.mark.parametrize("name", ["p.json", "t.csv"])
def test_a_file_that_may_not_be_read_is_told_in_chinese_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (folder / name).touch()

    def denied(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "the system's words")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(StorageError) as caught:
        read_problem(folder / name)
    assert caught.value.text("zh") == pinned.text(
        "file.unreadable", "zh", name=name, reason="Permission denied"
    )


@pytest.mark.parametrize(
    ("settings", "names", "chinese"),
    [
        ({"first": "2026-05-01"}, "first", "first"),
        (
            {"mapping": {}, "day_first": False},
            "mapping, day_first",
            "mapping、day_first",
        ),
    ],
)
def test_json_says_everything_itself_so_that_settings_for_tables_are_refused(
    folder: Path, sound: Sound, settings: dict[str, Any], names: str, chinese: str
) -> None:
    (folder / "p.json").write_text(json.dumps(sound), "utf-8")
    with pytest.raises(InputError) as caught:
        read_problem(folder / "p.json", **settings)
    [complaint] = caught.value.complaints
    assert str(complaint) == pinned.line(
        "p.json", "file.says_all", "file.says_all.do", names=Unshortened([names])
    )
    assert complaint.line("zh") == pinned.line(
        "p.json",
        "file.says_all",
        "file.says_all.do",
        lang="zh",
        names=Unshortened([chinese]),
    )


def test_another_kind_of_file_is_named(folder: Path) -> None:
    (folder / "p.xlsx").touch()
    assert pinned.line(
        "p.xlsx", "file.other_kind", "file.other_kind.do", suffix=".json"
    ) in _refusal(folder / "p.xlsx")


def test_a_folder_and_a_pipe_are_no_files_and_nothing_waits_for_them(
    folder: Path,
) -> None:
    (folder / "d.json").mkdir()
    assert pinned.line("d.json", "file.none", "file.none.do") in _refusal(
        folder / "d.json"
    )
    os.mkfifo(folder / "pipe.json")
    assert f"pipe.json: {pinned.text('file.none')}." in _refusal(folder / "pipe.json")


def test_a_link_in_a_circle_is_an_error_of_matchkit(folder: Path) -> None:
    (folder / "p.json").symlink_to(folder / "p.json")
    assert pinned.text(
        "file.unreadable", name="p.json", reason="Too many levels of symbolic links"
    ) in _refusal(folder / "p.json", MatchkitError)


def test_a_file_of_more_than_512_mb_is_refused_unopened(folder: Path) -> None:
    with (folder / "p.json").open("wb") as file:
        file.truncate(512 * 1024 * 1024 + 1)  # a sparse file: it takes no room
    assert (
        "p.json holds 536,870,913 bytes; at most 536,870,912 are read. Split it."
        in _refusal(folder / "p.json", BudgetError)
    )


def test_a_name_is_shown_so_that_no_terminal_obeys_it(folder: Path) -> None:
    told = _refusal(folder / "\x1b[2Jp.json")
    assert "\x1b" not in told
    assert "\\x1b[2Jp.json" in told


def test_a_null_character_in_a_name_is_an_error_of_matchkit(folder: Path) -> None:
    assert pinned.text("file.no_name") in _refusal(folder / "\0.json")
