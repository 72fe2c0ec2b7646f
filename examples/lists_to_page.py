"""From untidy lists to a report: what was guessed, the plan, the page and its pictures."""

from __future__ import annotations

import tempfile
from pathlib import Path

import matchkit as mk

RESOURCES = """虚构区资源清单
编号,单位,姓名,技能,可用时间
P1,虚构医院,虚构甲,护理2级,2026-05-02 08:00-12:00
P2,虚构医院,虚构乙,护理,2026-05-02 08:00-12:00
P3,虚构车队,虚构丙,驾驶,2026-05-02 08:00-18:00
"""
DEMANDS = """编号,社区,内容,所需技能,人数,时间
D1,虚构东街,义诊,护理,2-3人,2026-05-02 08:00-12:00
D2,虚构东街,送药,驾驶,１,2026-05-02 09:00-11:00
"""


def main() -> None:
    """Nothing leaves a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "资源清单.csv").write_text(RESOURCES, encoding="utf-8")
        (folder / "需求清单.csv").write_text(DEMANDS, encoding="utf-8")

        # read_problem() refuses tables with guesses until they are confirmed.
        found = mk.tables.read_tables(folder, tz="Asia/Shanghai")
        for guess in found.guesses:
            print(guess.line())
        problem = mk.read_problem(folder, tz="Asia/Shanghai", confirm=True)
        assert problem == found.problem

        plan = mk.solve(problem)
        mk.write_problem(problem, folder / "lists.xlsx", lang="zh")
        mk.write_plan(problem, plan, folder / "plan.json")
        assert mk.read_problem(folder / "lists.xlsx") == problem
        assert mk.read_plan(folder / "plan.json") == plan

        # Empty tables for the next round, a page for those who decide, and its charts one by one.
        print(*mk.tables.write_template(folder / "empty", lang="zh"))
        mk.report(problem, plan, folder / "plan.html", lang="zh")
        print(*mk.write_pictures(problem, plan, folder / "pictures", format="svg"))

    import polars

    print(
        problem.to_frames(polars.DataFrame())["requirements"].select(
            "id", "minimum", "wanted"
        )
    )


if __name__ == "__main__":
    main()
