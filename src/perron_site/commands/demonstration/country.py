"""A whole country since March 2022: who arrived when, where a place was found for them, and who left again."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from perron.vocabulary.intervals import BRUSSELS
from perron.vocabulary.people import Sex
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.published import (
    FIRST,
    PER_CENT,
    Month,
    arrivals,
    certificates,
    of_year,
    published,
    region_shares,
    removed_until,
    towns,
)
from perron.vocabulary.territory import Municipality
from perron_site.actions.households import NewPerson
from perron_site.commands.demonstration.dice import draw, drawn
from perron_site.commands.demonstration.housing import Housing
from perron_site.commands.demonstration.names import family_of
from perron_site.commands.demonstration.people import MINOR, UKRAINIAN, adult_age, needs, person

TWELVE, YOUNGEST_ALONE, PER_MILLE = 12, 15, 1000
SETTLED = timedelta(days=90)
"""Who is counted as removed had lived here so long."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A household at the desk: who, when, where it is sent, and what becomes of it."""

    number: int
    at: datetime
    people: tuple[NewPerson, ...]
    town: Municipality
    refused: bool
    roof: bool
    nights: int = 0
    bed: int | None = None
    home: int | None = None
    leaves: date | None = None
    died: bool = False


def households(people: int, until: date, dice: Random) -> list[Arrival]:
    """As many households as hold so many people, in the order in which they arrive."""
    found: list[Arrival] = []
    over = {False: 0, True: 0}
    for (month, refused), quota in arrivals(people, until).items():
        left = quota - over[refused]
        while left > 0:
            found.append(household(month, refused, dice, most=left))
            left -= len(found[-1].people)
        over[refused] = -left
    found.sort(key=lambda each: each.at)
    return [replace(each, number=number) for number, each in enumerate(found)]


def household(month: Month, refused: bool, dice: Random, most: int) -> Arrival:  # noqa: FBT001
    """One household that arrives in a month, of no more than so many people."""
    day = month.first + timedelta(days=dice.randrange((month.last - month.first).days + 1))
    at = datetime.combine(day, time(dice.randrange(9, 15), dice.randrange(60)), BRUSSELS)
    region = draw(dice, region_shares())
    there, weights = towns(region)
    alone = dice.random() < alone_share() * mean_size()
    size = 1 if alone else min(most, int(draw(dice, published()["sizes"]["values"])))
    return Arrival(
        number=0,
        at=at,
        people=lonely(day, dice) if alone else family(size, refused, day, dice),
        town=dice.choices(there, weights)[0],
        refused=refused,
        roof=dice.randrange(PER_CENT) < of_year("shelter", day.year),
        nights=dice.randint(1, 4),
    )


def lonely(on: date, dice: Random) -> tuple[NewPerson, ...]:
    """A child without an adult."""
    origin = (UKRAINIAN, family_of(dice, UKRAINIAN))
    return (member(dice.randint(YOUNGEST_ALONE, MINOR - 1), origin, on, dice),)


def family(size: int, refused: bool, on: date, dice: Random) -> tuple[NewPerson, ...]:  # noqa: FBT001
    """People with one family name, by the shares of the year in which they arrive; one of them at least is an adult."""
    nationality = drawn(dice, "nationalities") if refused else UKRAINIAN
    origin = (nationality, family_of(dice, nationality))
    minors = (of_year("minors", on.year) / PER_CENT - alone_share()) / (1 - alone_share())
    child = minors * mean_size() / (mean_size() - 1)
    children = sum(dice.random() < child for _ in range(size - 1))
    adults = sorted((adult_age(dice) for _ in range(size - children)), reverse=True)
    oldest = min(MINOR - 1, adults[-1] - MINOR)
    young = sorted((child_age(oldest, dice) for _ in range(children)), reverse=True)
    return tuple(member(age, origin, on, dice) for age in [*adults, *young])


def alone_share() -> float:
    """The share of minors without an adult among all people."""
    return float(published()["alone"]["value"] / PER_MILLE)


def mean_size() -> float:
    """People per household, by the shares of the sizes."""
    sizes: dict[int, int] = published()["sizes"]["values"]
    return sum(size * share for size, share in sizes.items()) / sum(sizes.values())


def child_age(oldest: int, dice: Random) -> int:
    """An age that fits the youngest adult; four in five of those who may be twelve are younger."""
    young = published()["under_twelve"][0]["value"] / published()["minors"][0]["value"]
    if oldest < TWELVE or dice.random() < young:
        return dice.randint(0, min(oldest, TWELVE - 1))
    return dice.randint(TWELVE, oldest)


def member(age: int, origin: tuple[str, str], on: date, dice: Random) -> NewPerson:
    """One person; half of the children are girls, and so many of the adults are women that the year's share is met."""
    women, minors = (of_year(table, on.year) / PER_CENT for table in ("women", "minors"))
    share = 0.5 if age < MINOR else (women - minors / 2) / (1 - minors)
    sex = Sex.FEMALE if dice.random() < share else Sex.MALE
    return person(age, sex, needs(age, sex, dice), origin, on=on, dice=dice, known=True)


def leaving(found: list[Arrival], until: date, dice: Random) -> list[Arrival]:
    """The same households, with those who are taken off the registers, a few of them because they died."""
    people = sum(len(each.people) for each in found if not each.refused)
    scale = people / sum(certificates(until).values())
    deaths = published()["deaths"]["value"] / removed_until(published()["deaths"]["until"])
    plans, here, gone, died, coming = list(found), [], 0, 0, 0
    for day in (FIRST + timedelta(days=n) for n in range((until - FIRST).days + 1)):
        while coming < len(found) and found[coming].at.date() + SETTLED <= day:
            if not found[coming].refused:
                here.append(coming)
            coming += 1
        while here and gone < int(removed_until(day) * scale):
            place = dice.randrange(len(here))
            here[place], here[-1] = here[-1], here[place]
            number = here.pop()
            dies = len(plans[number].people) == 1 and died < int(gone * deaths)
            plans[number] = replace(plans[number], leaves=day, died=dies)
            gone, died = gone + len(plans[number].people), died + dies
    return plans


def housed(plans: list[Arrival], housing: Housing) -> list[Arrival]:
    """The same households; whoever asks for a roof gets a bed for some nights and then a home, where one is right."""
    found = []
    for plan in plans:
        night = plan.at.date()
        bed = home = None
        if plan.roof:
            bed = housing.find(PlaceKind.EMERGENCY, plan.people, plan.town, night)
        if bed is not None:
            start = night + timedelta(days=plan.nights)
            housing.leave(bed, start)
            home = housing.find(PlaceKind.HOME, plan.people, plan.town, start)
            if home is not None and plan.leaves is not None:
                housing.leave(home, plan.leaves)
        roof = bed is not None and home is not None
        found.append(replace(plan, roof=roof, bed=bed if roof else None, home=home))
    return found
