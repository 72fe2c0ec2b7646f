"""A plan as a workbook, a public notice, a pseudonymous copy, data frames and a graph."""

from __future__ import annotations

import tempfile
from pathlib import Path

import matchkit as mk


def main() -> None:
    """An invented street's plan in every form. In earnest the key is drawn once by
    ``secrets.token_bytes(32)`` and kept by the host.
    """
    street = mk.datasets.city("street")
    plan = mk.solve(street)
    key = mk.tables.Pseudonyms(bytes(range(32)))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)

        # All tables in one workbook, in Chinese; one unit's part as text files; a notice that names nobody.
        mk.write_plan(street, plan, folder / "plan.xlsx", lang="zh")
        mk.write_plan(street, plan, folder / "U00", unit="U00")
        mk.write_plan(
            street,
            plan,
            folder / "notice.xlsx",
            lang="zh",
            sheets=["notice"],
            pseudonyms=key,
        )
        mk.write_plan(street, plan, folder / "plan.graphml")
        print(
            *sorted(
                str(path.relative_to(folder))
                for path in folder.rglob("*")
                if path.is_file()
            )
        )

    # The project list, as people read it.
    [projects] = mk.tables.plan_grids(street, plan, lang="zh", sheets=["projects"])
    first = dict(zip(projects.rows[0], projects.rows[1], strict=True))
    print(
        first["需求编号"],
        first["内容"],
        first["承接单位"],
        first["成员"],
        first["开始时间（Asia/Shanghai）"],
    )

    # The notice holds ids or tokens and no names.
    notice = mk.tables.notice_grid(street, plan, pseudonyms=key)
    print(notice.rows[0])
    print(
        len(notice.rows) - 1,
        "lines, the first resource is",
        notice.rows[1][notice.rows[0].index("resource")],
    )

    # A copy with tokens is a problem and a plan like any other: rules are kept and the proof holds.
    hidden, shown = mk.tables.pseudonymize(street, plan, key)
    print(
        mk.verify(hidden, shown).ok,
        mk.check_certificate(hidden, shown).ok,
        shown.outcome.value == plan.outcome.value,
    )

    # Programs take frames of the kind they live with, and a networkx graph.
    import polars

    found = mk.tables.plan_frames(
        street, plan, polars.DataFrame(), sheets=["assignments"]
    )
    print(found["assignments"].select("quantity", "points").sum().row(0))
    print(mk.tables.plan_graph(street, plan))


if __name__ == "__main__":
    main()
