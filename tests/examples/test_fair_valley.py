"""The example of five communities prints what hand calculation gives."""

import importlib

FAIREST = "no plan that fills as much shares more fairly"


def test_the_valley_is_shared_as_worked_by_hand(capsys):
    """Only p1 can serve E, and p0 D; nobody Z; H keeps p3 and p4. So p2 goes to W, and E has p1: all others get no
    more without somebody lower getting less. By weight W has p1 as well, which is 100 more.
    """
    importlib.import_module("fair_valley").main()
    assert capsys.readouterr().out.splitlines() == [
        "Z: 0 of 1",
        "D: 1 of 3",
        "E: 1 of 2",
        "W: 1 of 2",
        "H: 2 of 2",
        "W (tier 1) gets 1 of 2 (50 %): 1 stands higher, 2 lower",
        f"tier 1: {FAIREST} between communities: 3 nested Hall sets prove all 6 steps",
        "  1. Z: nobody else could come",
        "  2. D: all that could come gives all it has to them: p0",
        "  3. E, W: all that could come gives all it has to them: p1, p2",
        "the chain holds: True",
        "0 steps: weight 700",
        "1 steps: weight 700",
        "2 steps: weight 600",
        "3 steps: weight 600",
        "6 steps: weight 600",
        "E: 0 before, 1 after",
        "W: 2 before, 1 after",
    ]
