"""Places in two courses by lot: odds with a cap for one club, published first, then drawn and checked."""

import matchkit as mk

EAST, WEST = ["ana", "bo", "cy", "di"], ["ed", "flo", "gus", "hal"]
PARTS = 8


def build() -> mk.Problem:
    """Eight people of two clubs, equal in all respects, and two courses with two places each."""
    return mk.Problem(
        zone="Asia/Shanghai",
        units=[mk.Unit(id="east"), mk.Unit(id="west")],
        communities=[mk.Community(id="school")],
        resources=[
            mk.Resource(id=person, unit=club)
            for club, members in (("east", EAST), ("west", WEST))
            for person in members
        ],
        demands=[
            mk.Demand(
                id=course,
                community="school",
                requirements=[mk.Requirement(id=f"{course} place", wanted=2)],
            )
            for course in ("morning", "evening")
        ],
    )


def main() -> None:
    """Publish the odds, draw with numbers that nobody could know, check the draw, and write the notice."""
    problem = build()
    # East organises the courses, and is to have half a place in each on average.
    lottery: mk.results.ProblemLottery = mk.lottery(
        problem, parts=PARTS, unit_cap={"east": 0.5}, perturbation=0.1
    )
    for person in (*EAST, *WEST):
        odds = [
            lottery.probability(person, f"{course} place") * PARTS
            for course in ("morning", "evening")
        ]
        print(f"{person}: {odds[0]:.0f} and {odds[1]:.0f} of {PARTS} draws")
    print(f"published first: {len(lottery.text)} characters")
    plan = lottery.draw("numbers drawn on 24 December 2026: 4 8 15 16 23 42")
    line = plan.outcome.drawn or ""
    print(f"{sum(one.quantity for one in plan.assignments)} places are drawn")
    checked = mk.check_draw(lottery.text, line, plan, problem=problem)
    print(f"the draw is what its line and the records say: {checked.ok}")
    again = mk.results.ProblemLottery.read(problem, lottery.text).replay(line)
    print(f"drawn again from one line: {again == plan}")
    notice = mk.tables.notice_grid(problem, plan, lottery=lottery.text)
    print(f"the notice has {len(notice.rows) - 2} people and courses, and the line")


if __name__ == "__main__":
    main()
