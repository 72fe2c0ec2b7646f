"""Every figure of the generated city that was taken from somewhere, with its source beside it.

They are parameters of a generator, never facts about a population: the reported totals set how large the city
is, and the survey's shares are used as probabilities. Figures without a source are this generator's own
choice and say so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple

ScaleName = Literal["street", "district", "city"]

REPORT: Final = (
    "Lanzhou, as reported by the city's civilisation office site in October 2022"
)
SURVEY: Final = (
    "survey of cadres and community staff in the source paper (no sample size given)"
)
LISTS: Final = "published resource lists of units elsewhere"
OWN: Final = "this generator's own choice"


class Stated(NamedTuple):
    """One figure: its value, what it is used as here, and who stated it."""

    value: float
    used_as: str
    source: str


WILLING = Stated(
    0.9251,
    "probability that a person accepts this week; else their capacity is 0",
    SURVEY,
)
NEEDS_ONBOARDING = Stated(
    0.5616,
    "probability of level 1 in community work (cannot adapt to it quickly)",
    SURVEY,
)
STRAINED = Stated(
    0.3242,
    "probability of the shorter form of a weekly pattern (strain, weariness)",
    SURVEY,
)
UNFAMILIAR = Stated(
    0.7335, "probability of having neither a home nor a familiar community", SURVEY
)
BELOW_EMERGENCY_2 = Stated(
    0.4626, "probability of an emergency-response level below 2", SURVEY
)
BELOW_MEDIATION_2 = Stated(
    0.3891,
    "probability of a mediation level below 2 (no warm way with residents)",
    SURVEY,
)
PARKING_BAYS = Stated(
    1_087, "parking bays lent at night and weekends, at city scale", LISTS
)
SPORTS_HALLS = Stated(13, "sports halls lent, at city scale", LISTS)
MEETING_ROOMS = Stated(30, "meeting rooms lent, at city scale", LISTS)
LINES_OF_GOODS = Stated(74, "lines of goods offered, at city scale", LISTS)
LINES_OF_SERVICES = Stated(38, "lines of services offered, at city scale", LISTS)
MONDAY = Stated(
    20220711,
    "Monday of the generated week: the first after the wave of 2022-07-09",
    REPORT,
)

MOST_OF_AN_OFFICE = Stated(
    60, "percent of a capped office's people who may leave at once", OWN
)
RESERVE = Stated(
    10, "percent of its people that a department with a reserve keeps back", OWN
)
MOST_OF_A_COMMUNITY = Stated(
    70, "percent of all wanted that a capped community takes at once", OWN
)
FARTHEST_KM = Stated(10, "km that anybody is sent at most", OWN)
FARTHEST_KM_URGENT = Stated(3, "km for a demand that a grid called in as urgent", OWN)

STATED: Final = (
    WILLING,
    NEEDS_ONBOARDING,
    STRAINED,
    UNFAMILIAR,
    BELOW_EMERGENCY_2,
    BELOW_MEDIATION_2,
    PARKING_BAYS,
    SPORTS_HALLS,
    MEETING_ROOMS,
    LINES_OF_GOODS,
    LINES_OF_SERVICES,
    MONDAY,
    MOST_OF_AN_OFFICE,
    RESERVE,
    MOST_OF_A_COMMUNITY,
    FARTHEST_KM,
    FARTHEST_KM_URGENT,
)
"""All of the above, for pages that list them."""


@dataclass(frozen=True, slots=True)
class CityScale:
    """How large the generated city is, by counts, and where the counts come from."""

    people: int
    neighbourhoods: int
    communities: int
    streets: int
    districts: int
    source: str


SCALES: Final[dict[str, CityScale]] = {
    "street": CityScale(300, 60, 7, 1, 1, OWN),
    "district": CityScale(
        2_985,
        773,
        64,
        9,
        1,
        (
            f"{REPORT}: one mid-size district (773 committee members set the number of neighbourhood "
            f"units, 9 streets are {OWN})"
        ),
    ),
    "city": CityScale(
        14_000,
        2_791,
        362,
        50,
        4,
        (
            f"{REPORT}: four main districts, 50 streets, 362 communities, 2,791 smallest units, over "
            "14,000 cadres"
        ),
    ),
}

SOUTH, NORTH, WEST, EAST = 36.00, 36.12, 103.60, 103.95
"""The box, in degrees, that every place lies in: about 13 km by 31 km, the shape of a city in a valley. The
box is real ground; no place in it is the place of a real person, unit or community.
"""

CITY: Final[dict[str, Any]] = tomllib.loads(
    (files("matchkit.datasets") / "city.toml").read_text(encoding="utf-8")
)
"""Categories of demands and skills of people, as city.toml states them."""
