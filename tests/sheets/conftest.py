"""What the tests of tables share: workbooks built by hand, part by part, so that each can be spoilt in one
place.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from matchkit.errors import BudgetError, InputError
from matchkit.tables.formats import read_grids

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def refusal(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Gives the message that these bytes, as a file of this name, are refused with."""

    def refused(
        content: bytes, name: str = "t.xlsx", error: type[Exception] = InputError
    ) -> str:
        (tmp_path / name).write_bytes(content)
        with pytest.raises((InputError, BudgetError)) as caught:
            read_grids(tmp_path / name)
        assert type(caught.value) is error
        return str(caught.value)

    return refused
