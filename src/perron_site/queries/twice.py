"""Who may be registered twice: people in sight beside older records in sight, found by index, judged by the core.

Nobody is compared with everybody: ``perron_alike`` (records/definers.py) gives the few that share something.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Sex
from perron.vocabulary.twice import Judgement, Known, Likeness, judge, that_stays
from perron_site.queries.members import PersonRow
from perron_site.records import models

LOOKED, SHOWN, STEP = 2000, 50, 500
"""So many people are looked through for a page, so many pairs shown, in steps of so many people."""
NAMES = "given_name, family_name, given_name_cyrillic, family_name_cyrillic, born, sex, telephone, email"
NEWER, OLDER = (
    f"{side}.id, {side}_home.household_id, " + ", ".join(f"{side}.{name}" for name in NAMES.split(", "))
    for side in ("newer", "older")
)  # fmt: skip
WITH_NEWER, WITH_OLDER = (
    f"join records_person {side} on {side}.id = alike.{which}"
    f' join records_householdmember {side}_home on {side}_home.person_id = {side}.id and {side}_home."end" is null'
    for side, which in (("newer", "one"), ("older", "other"))
)
WIDTH = 10
IN_SIGHT = (
    "select distinct person_id from perron_sight where person_id < %s order by person_id desc limit %s"
)  # fmt: skip
BOTH = f"select {NEWER}, {OLDER} from {{}} alike {WITH_NEWER} {WITH_OLDER} order by 1 desc, 11 desc"  # noqa: S608 - constants
OF_THESE = BOTH.format("perron_alike(%s)")
OF_THE_NEWEST = BOTH.format(f"perron_likely(array({IN_SIGHT}))")
OF_TYPED = f"select alike.place, {OLDER} from perron_typed(%s) alike {WITH_OLDER} order by 1, 2"  # noqa: S608 - constants
NEWEST = 100
"""Among so many of the newest people likely pairs are counted on Arrivals."""
EVERYBODY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Record:
    """A person as they are shown and compared."""

    person: int
    household: int
    given: str
    family: str
    given_cyrillic: str
    family_cyrillic: str
    born: str | None
    sex: str | None
    telephone: str
    email: str

    @property
    def known(self) -> Known:
        """What the core compares."""
        return Known(
            given=self.given,
            family=self.family,
            given_cyrillic=self.given_cyrillic,
            family_cyrillic=self.family_cyrillic,
            born=PartialDate.parse(self.born) if self.born else None,
            sex=Sex(self.sex) if self.sex else None,
            telephone=self.telephone,
            email=self.email,
            household=self.household,
        )


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two records that may be of one person, the newer one first, and why."""

    new: Record
    old: Record
    judgement: Judgement

    @property
    def rows(self) -> tuple[Record, Record]:
        """Both, to be shown under each other."""
        return self.new, self.old


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row that is no record yet, somebody who may be meant by it, and why."""

    place: int
    old: Record
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of a page, how many people were looked through for it, and before whom the next page begins."""

    rows: tuple[PairRow, ...]
    looked: int
    before: int | None


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Two records of which somebody said that they are two people."""

    id: int
    people: tuple[models.Person, models.Person]
    organisation: str
    user: str
    why: str
    at: datetime
    ended_at: datetime | None


def twice(before: int | None = None) -> Pairs:
    """The next pairs in sight, the newest people first; at most five questions. The database knows who asks."""
    with connection.cursor() as cursor:
        cursor.execute(IN_SIGHT, [before or EVERYBODY, LOOKED + 1])
        people = [number for (number,) in cursor.fetchall()]
    found: list[PairRow] = []
    looked = 0
    while looked < min(len(people), LOOKED) and len(found) < SHOWN:
        step = people[looked : min(looked + STEP, LOOKED)]
        found += pairs(step)
        looked += len(step)
    if len(found) > SHOWN:
        last = found[SHOWN - 1].new.person
        found = [pair for pair in found if pair.new.person >= last]
        looked = people.index(last) + 1
    return Pairs(tuple(found), looked, people[looked - 1] if looked < len(people) else None)


def pairs(people: Collection[int]) -> list[PairRow]:
    """Ask, and keep what the core takes for one person, likely or possibly."""
    judged = judged_pairs(OF_THESE, [list(people)])
    return [pair for pair in judged if pair.judgement.likeness is not Likeness.NO]


def judged_pairs(question: str, asked: Sequence[int | list[int]]) -> list[PairRow]:
    """What a question finds, judged by the core."""
    with connection.cursor() as cursor:
        cursor.execute(question, asked)
        both = [(Record(*row[:WIDTH]), Record(*row[WIDTH:])) for row in cursor.fetchall()]
    return [PairRow(new, old, judge(new.known, old.known)) for new, old in both]


def likely_now() -> int:
    """How many likely pairs there are of the newest people in sight and older ones; one question."""
    judged = judged_pairs(OF_THE_NEWEST, [EVERYBODY, NEWEST])
    return sum(pair.judgement.likeness is Likeness.LIKELY for pair in judged)


def typed_twice(typed: Mapping[int, Known]) -> list[TypedRow]:
    """Who in sight may be meant by what somebody typed and did not write yet; one question."""
    said = [
        {
            "row": place, "names": " ".join(names(each)), "born": str(each.born) if each.born else None,
            "telephone": each.telephone, "email": each.email.strip(),
        }
        for place, each in typed.items()
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(OF_TYPED, [json.dumps(said)])
        found = [(place, Record(*row)) for place, *row in cursor.fetchall()]
    judged = [TypedRow(place, old, judge(typed[place], old.known)) for place, old in found]
    return [row for row in judged if row.judgement.likeness is not Likeness.NO]


def first_choice(home: Sequence[PersonRow], other: Sequence[PersonRow]) -> tuple[int, int] | None:
    """The likeliest pair of two households, the record that stays first; None where nobody is like anybody."""
    found = [
        (list(Likeness).index(said.likeness), one.id, another.id)
        for one in home
        for another in other
        if one.id != another.id
        if (said := judge(known_of(one), known_of(another))).likeness is not Likeness.NO
    ]
    if not found:
        return None
    _, one, another = min(found)
    lines = models.Track.objects.filter(person__in=(one, another), closed_on__isnull=True)
    taken_up = lines.filter(taken_up_at__isnull=False).order_by("pk")
    stays = that_stays(one, another, taken_up.values_list("person_id", flat=True))
    return stays, another if stays == one else one


def known_of(row: PersonRow) -> Known:
    """What the core compares of somebody of a household; whether they live together says nothing here."""
    return Known(
        row.given_name, row.family_name, row.given_name_cyrillic, row.family_name_cyrillic,
        row.born, row.sex, row.telephone, row.email,
    )  # fmt: skip


def names(known: Known) -> tuple[str, ...]:
    """Every name of somebody."""
    return known.given, known.family, known.given_cyrillic, known.family_cyrillic


def two_people() -> tuple[SaidRow, ...]:
    """What was said of pairs in sight, the newest first, also what was taken back; one question."""
    rows = models.TwoPeople.objects.select_related("person", "other", "organisation", "user")
    return tuple(
        SaidRow(
            id=row.pk,
            people=(row.person, row.other),
            organisation=row.organisation.name,
            user=row.user.name if row.user else "",
            why=row.why,
            at=row.at,
            ended_at=row.ended_at,
        )
        for row in rows.order_by("-pk")[:SHOWN]
    )
