"""Invented people in invented households; what a desk would not know is left unknown."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from perron.vocabulary.intervals import PartialDate, add_months
from perron.vocabulary.people import Need, Sex
from perron.vocabulary.territory import Region
from perron_site.actions.households import NewPerson
from perron_site.commands.demonstration.dice import draw, drawn, happens, shares, tables
from perron_site.commands.demonstration.names import family_of, name, pool

MINOR, OLD, COT_UNTIL, SPEAKS_FROM = 18, 65, 2, 3
UKRAINIAN, NOT_KNOWN = "UA", "unknown"
OLD_AGE_FACTOR = 4
OF_THE_OLD = frozenset(
    {Need.STEP_FREE, Need.WHEELCHAIR, Need.GROUND_FLOOR, Need.HOSPITAL_NEAR, Need.PHARMACY_NEAR}
)


@dataclass(frozen=True, slots=True)
class InventedHousehold:
    """Who arrives, how long ago, whether a roof is asked, and where the road leads."""

    number: int
    people: tuple[NewPerson, ...]
    town: str
    verdict: str
    roof: bool = True
    days_ago: int = 0
    minutes_ago: int | None = None
    wait: int | None = None
    answer: str = ""


def households(people: int, on: date, dice: Random) -> tuple[InventedHousehold, ...]:
    """As many households as hold exactly so many people: those of every demonstration first."""
    plans: list[InventedHousehold] = []
    for listed in [*tables()["tonight"], *tables()["stories"]]:
        if len(listed["people"]) <= people - headcount(plans):
            plans.append(listed_household(len(plans), listed, on=on, dice=dice))
    while (left := people - headcount(plans)) > 0:
        size = min(left, int(draw(dice, shares("sizes"))))
        plans.append(household(len(plans), size, on=on, dice=dice))
    return tuple(plans)


def headcount(plans: list[InventedHousehold]) -> int:
    """How many people they are."""
    return sum(len(plan.people) for plan in plans)


def household(number: int, size: int, on: date, dice: Random) -> InventedHousehold:
    """One household of this size."""
    region = Region(drawn(dice, "regions"))
    people, nationality = family(size, on, dice)
    return InventedHousehold(
        number=number,
        people=people,
        town=str(dice.choice(tables()["towns"][region.value])),
        verdict=verdict(nationality, dice),
        roof=drawn(dice, "roof") == "asked",
        days_ago=dice.randint(1, shares("arrivals")["days"]),
    )


def verdict(nationality: str, dice: Random) -> str:
    """What becomes of the file; somebody else than a Ukrainian is not granted it at the desk."""
    drawn_verdict = drawn(dice, "protection")
    return "pending" if nationality != UKRAINIAN and drawn_verdict == "granted" else drawn_verdict


def listed_household(
    number: int, listed: dict[str, Any], on: date, dice: Random
) -> InventedHousehold:
    """One household that stands in the file."""
    surname = family_of(dice, UKRAINIAN)
    people = []
    for line in listed["people"]:
        age, sex, *words = line.split()
        found = {Need(word) for word in words} | ({Need.COT} if int(age) < COT_UNTIL else set())
        people.append(
            person(int(age), Sex(sex), frozenset(found), (UKRAINIAN, surname), on=on, dice=dice)
        )
    return InventedHousehold(
        number=number,
        people=tuple(people),
        town=listed["town"],
        verdict=listed.get("verdict", "granted"),
        days_ago=listed.get("days", 0),
        minutes_ago=listed.get("minutes"),
        wait=listed.get("wait"),
        answer=listed.get("answer", ""),
    )


def family(size: int, on: date, dice: Random) -> tuple[tuple[NewPerson, ...], str]:
    """People with one family name, and their nationality; children fit the youngest adult."""
    nationality = drawn(dice, "nationalities")
    surname = family_of(dice, nationality)
    minors = int(draw(dice, tables()["minors"]["values"][size]))
    adults = [adult_age(dice) for _ in range(size - minors)]
    youngest, oldest = (0, min(MINOR - 1, *(age - MINOR for age in adults))) if adults else (15, 17)
    children = [dice.randint(youngest, oldest) for _ in range(minors)]
    people = []
    for age in [*sorted(adults, reverse=True), *sorted(children, reverse=True)]:
        sex = Sex(drawn(dice, "women"))
        people.append(
            person(
                age,
                sex,
                needs(age, sex, dice),
                (nationality, surname),
                on=on,
                dice=dice,
                known=bool(children) and age >= MINOR,
            )
        )
    return tuple(people), nationality


def adult_age(dice: Random) -> int:
    """An age in one of the bands."""
    first, last = drawn(dice, "ages").split("-")
    return dice.randint(int(first), int(last))


def person(
    age: int,
    sex: Sex,
    wants: frozenset[Need],
    origin: tuple[str, str],
    *,
    on: date,
    dice: Random,
    known: bool = False,
) -> NewPerson:
    """One person; ``origin`` is nationality and family name, ``known`` that the age is."""
    nationality, surname = origin
    names = name(dice, nationality, surname, sex)
    reachable = age >= MINOR and happens(dice, 800)
    return NewPerson(
        given_name=names.given,
        family_name=names.family,
        given_name_cyrillic=names.given_cyrillic,
        family_name_cyrillic=names.family_cyrillic,
        born=birth_date(age, on, dice) or (PartialDate(on.year - age) if known else None),
        sex=sex,
        nationalities=None if nationality == NOT_KNOWN else (nationality,),
        languages=languages(nationality, dice) if age >= SPEAKS_FROM else (),
        needs=wants,
        telephone=f"+32 400 {dice.randrange(10**6):06d}" if reachable else "",
        email=f"p{dice.randrange(10**8):08d}@example.org" if reachable else "",
    )


def birth_date(age: int, on: date, dice: Random) -> PartialDate | None:
    """A birth date as far as it is known."""
    born = add_months(on, -12 * age) - timedelta(days=dice.randrange(1, 360))
    match drawn(dice, "birth_dates"):
        case "day":
            return PartialDate(born.year, born.month, born.day)
        case "month":
            return PartialDate(born.year, born.month)
        case "year":
            return PartialDate(born.year)
        case _:
            return None


def languages(nationality: str, dice: Random) -> tuple[str, ...]:
    """The languages that somebody speaks."""
    others = pool()["other_languages"].get(nationality)
    return tuple(others) if others else tuple(drawn(dice, "languages").split())


def needs(age: int, sex: Sex, dice: Random) -> frozenset[Need]:
    """What a place must have; a child under two needs a cot."""
    found = {Need.COT} if age < COT_UNTIL else set()
    for word, per_mille in shares("needs").items():
        need = Need(word)
        if need is Need.WOMEN_ONLY and (sex is not Sex.FEMALE or age < MINOR):
            continue
        if need is Need.PETS and age < MINOR:
            continue
        factor = OLD_AGE_FACTOR if age >= OLD and need in OF_THE_OLD else 1
        if happens(dice, per_mille * factor):
            found.add(need)
    return frozenset(found)
