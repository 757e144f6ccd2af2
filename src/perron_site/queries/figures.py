"""The demonstration beside what is published: invented people only, counted and never named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection

from perron.vocabulary.acting import Acting
from perron.vocabulary.published import (
    PER_CENT,
    certificates,
    published,
    removed_until,
)
from perron.vocabulary.territory import Region
from perron.vocabulary.wording import Message, message
from perron_site.queries.demonstration import demonstration
from perron_site.records.context import Round, as_round

# Of each invented person: month of arrival, and what is known of them. Ages are those on the day of arrival.
PEOPLE = """
with one as (
    select p.id, h.arrived_on, m.region, p.sex, p.presence, p.presence_since,
        extract(year from age(h.arrived_on, rpad(p.born, 10, '-01-01')::date)) years,
        exists (select from records_track t where t.person_id = p.id and t.kind = 'roof') roof,
        (select t.step from records_track t where t.person_id = p.id and t.kind = 'protection'
            order by t.id desc limit 1) step
    from records_person p
    join records_householdmember b on b.person_id = p.id and b."end" is null
    join records_household h on h.id = b.household_id
    left join records_municipality m on m.nis = h.municipality_id
    where p.demonstration)
select to_char(arrived_on, 'YYYY-MM'), region, count(*),
    count(*) filter (where step = 'protection.granted'),
    count(*) filter (where step in ('protection.refused', 'protection.appealed')),
    count(*) filter (where sex = 'f'), count(sex),
    count(*) filter (where years < 18), count(*) filter (where years < 12),
    count(*) filter (where years between 18 and 34), count(years),
    count(*) filter (where roof),
    count(*) filter (where presence in ('left', 'died') and presence_since <= %s),
    count(*) filter (where presence in ('left', 'died') and presence_since <= %s),
    count(*) filter (where presence = 'died' and presence_since <= %s)
from one group by 1, 2
"""


class Topic(StrEnum):
    """What is published."""

    CERTIFICATES = "certificates"
    REFUSALS = "refusals"
    MINORS = "minors"
    UNDER_TWELVE = "under_twelve"
    YOUNG_ADULTS = "young_adults"
    WOMEN = "women"
    SHELTER = "shelter"
    REMOVALS = "removals"
    DEATHS = "deaths"
    REGIONS = "regions"


IN_PEOPLE = frozenset({Topic.CERTIFICATES, Topic.REMOVALS, Topic.DEATHS})
"""Counted in people; the others are shares, in per cent."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure beside that of the demonstration.

    ``expected`` is the published one for as many people as the demonstration holds; ``found`` None: nobody to count.
    """

    topic: Topic
    of: str
    value: float
    expected: float
    found: float | None
    source: str
    mark: str

    @property
    def name(self) -> Message:
        """What it counts, in a few words."""
        return message(f"figure.{self.topic}")

    @property
    def region(self) -> Region | None:
        """The region of which it is."""
        return Region(self.of) if self.topic is Topic.REGIONS else None

    @property
    def in_people(self) -> bool:
        """Whether it counts people; else it is a share in per cent."""
        return self.topic in IN_PEOPLE


@dataclass(slots=True)
class Counted:
    """Some people of the demonstration, added up."""

    all: int = 0
    granted: int = 0
    refused: int = 0
    women: int = 0
    of_known_sex: int = 0
    minors: int = 0
    under_twelve: int = 0
    young_adults: int = 0
    of_known_age: int = 0
    roof: int = 0
    removed_first: int = 0
    removed_then: int = 0
    died: int = 0


Counts = dict[tuple[str, str | None], Counted]


def figures(by: Acting) -> tuple[Figure, ...]:
    """Every published figure with that of the demonstration; nothing where there is none."""
    if demonstration() is None:
        return ()
    first, then = (row["until"] for row in published()["removals"] if "until" in row)
    with as_round(Round.COMMAND), connection.cursor() as cursor:
        rows = cursor.execute(PEOPLE, [first, then, first]).fetchall()
    counts: Counts = {(row[0], row[1]): Counted(*row[2:]) for row in rows}
    return (
        *of_months(counts, by.on),
        *of_years(counts),
        *of_removals(total(counts), by.on),
        *of_regions(counts),
    )


def total(counts: Counts, prefix: str = "") -> Counted:
    """The sum of some months: of a year, or of all."""
    found = Counted()
    for (month, _), each in counts.items():
        if month.startswith(prefix):
            for name in Counted.__slots__:
                setattr(found, name, getattr(found, name) + getattr(each, name))
    return found


def of_months(counts: Counts, on: date) -> Iterator[Figure]:
    """Certificates by month: what is known, and what is left of a year shared by its other months."""
    scale = total(counts).granted / sum(certificates(on).values())
    known = {row["month"]: row for row in published()["certificates"]["months"]}
    years = {row["year"]: row for row in published()["certificates"]["years"]}
    priors = published()["certificates"]
    for month, value in certificates(on).items():
        year = month.first.year
        prior = (
            "between" if year in priors["between"] else "equally" if year in years else "afterwards"
        )
        row = known.get(month.name) or priors[prior]
        found = total(counts, month.name).granted
        yield Figure(
            Topic.CERTIFICATES, month.name, value, value * scale, found, row["source"], row["mark"]
        )


def share(part: int, whole: int) -> float | None:
    """In per cent; None of nobody."""
    return PER_CENT * part / whole if whole else None


def of_years(counts: Counts) -> Iterator[Figure]:
    """Shares by year of arrival."""
    for topic in (
        Topic.REFUSALS, Topic.MINORS, Topic.UNDER_TWELVE, Topic.YOUNG_ADULTS, Topic.WOMEN, Topic.SHELTER,
    ):  # fmt: skip
        for row in published()[topic]:
            of_it = total(counts, str(row["year"]))
            found = {
                Topic.REFUSALS: share(of_it.refused, of_it.granted + of_it.refused),
                Topic.MINORS: share(of_it.minors, of_it.of_known_age),
                Topic.UNDER_TWELVE: share(of_it.under_twelve, of_it.of_known_age),
                Topic.YOUNG_ADULTS: share(of_it.young_adults, of_it.of_known_age),
                Topic.WOMEN: share(of_it.women, of_it.of_known_sex),
                Topic.SHELTER: share(of_it.roof, of_it.all),
            }[topic]
            value = float(row["value"])
            yield Figure(topic, str(row["year"]), value, value, found, row["source"], row["mark"])


def of_removals(all_of_them: Counted, on: date) -> Iterator[Figure]:
    """People taken off the registers, and those who died."""
    scale = all_of_them.granted / sum(certificates(on).values())
    for row, found in zip(
        published()["removals"], (all_of_them.removed_first, all_of_them.removed_then), strict=False
    ):
        value = removed_until(row["until"])
        day = row["until"].isoformat()
        yield Figure(Topic.REMOVALS, day, value, value * scale, found, row["source"], row["mark"])
    row = published()["deaths"]
    day, value = row["until"].isoformat(), float(row["value"])
    yield Figure(
        Topic.DEATHS, day, value, value * scale, all_of_them.died, row["source"], row["mark"]
    )


def of_regions(counts: Counts) -> Iterator[Figure]:
    """The spread over the regions; the German-speaking municipalities with the Walloon ones, as published."""
    placed = {region: sum(each.all for (_, where), each in counts.items() if where in names)
              for region, names in {"VLG": {"VLG"}, "BRU": {"BRU"}, "WAL": {"WAL", "DG"}}.items()}  # fmt: skip
    for row in published()["regions"]:
        found = share(placed[row["region"]], sum(placed.values()))
        value = float(row["value"])
        yield Figure(Topic.REGIONS, row["region"], value, value, found, row["source"], row["mark"])
