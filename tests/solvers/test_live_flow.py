"""A flow that is kept optimal while its network changes, against full solves."""

from __future__ import annotations

from live_campaign import campaign


def test_every_event_leaves_the_value_of_a_full_solve_and_prices_that_prove_it() -> (
    None
):
    seen = campaign(0, 25, 10)
    assert seen["undo"] >= 25, seen
    for kind in (
        "left",
        "wanted",
        "cap",
        "pair",
        "lock",
        "unlock",
        "new left",
        "new right",
        "other pairs",
    ):
        assert seen[kind] >= 1, seen
    assert seen["impossible lock"] >= 1, seen
    assert seen["by prices alone"] <= 5, seen


def test_the_same_in_numbers_without_end(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("matchkit.solvers.live.fold.ALLOWED", ())
    seen = campaign(40, 46, 10)
    assert seen["large"] == 6, seen
