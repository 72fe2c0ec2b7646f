"""An invented street written to a JSON file, read back and solved."""

import tempfile
from pathlib import Path

import matchkit as mk


def main() -> None:
    """Print the note that all is invented, and the plan."""
    problem = mk.datasets.city("street", seed=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.json"
        path.write_text(problem.model_dump_json(), encoding="utf-8")
        problem = mk.read_problem(path)
    print((problem.note or "").splitlines()[1])
    print(mk.solve(problem).summary())


if __name__ == "__main__":
    main()
