"""Where the public instances are: the folder in MATCHKIT_DATA, else ../shared/data beside the project."""

from __future__ import annotations

import os
from pathlib import Path


def public_data(folder: str) -> Path | None:
    """The named folder of the public instances; None, after a line that says where it was looked for, without
    them.
    """
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    roots = (
        [Path(os.environ["MATCHKIT_DATA"])] if os.environ.get("MATCHKIT_DATA") else []
    )
    for root in (*roots, beside):
        if (root / folder).is_dir():
            return root / folder
    print(
        f"Skipped: the public data {folder} is neither in the folder MATCHKIT_DATA nor in "
        "../shared/data beside the project."
    )
    return None
