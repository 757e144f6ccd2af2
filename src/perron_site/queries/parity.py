"""Equal treatment: how people under temporary protection fare beside others who ask for the same; no small counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from perron.rules.belgium.holding import NO_STATUS
from perron.rules.belgium.moves import Right, regions_of, right, said, subjects
from perron.vocabulary.acting import Acting
from perron.vocabulary.housing import LEAST, suppressed
from perron.vocabulary.organisations import Role
from perron.vocabulary.territory import Region
from perron.vocabulary.wording import Message, message
from perron_site.records.context import Round, as_round

# Of each group and service: how often it was asked for, had, is waited for, and in how many days it was there.
ASKED = """
with whose as (
    select b.person_id,
        case when p.step = 'protection.granted' then 'protected'
            when p.step in ('protection.to_register', 'protection.pending') then 'undecided'
            when p.step in ('protection.refused', 'protection.appealed') then 'refused'
            when p.step is not null then 'ended' else 'none' end as whose
    from records_householdmember b
    left join lateral (select step from records_track t where t.person_id = b.person_id and t.kind = 'protection'
        order by t.id desc limit 1) p on true
    where b."end" is null),
sought as (select * from (values
    ('bed', 'roof', array['roof.emergency', 'roof.home', 'roof.own']),
    ('home', 'roof', array['roof.home', 'roof.own']),
    ('card', 'municipality', array['municipality.card']),
    ('support', 'support', array['support.running', 'support.health_fund']),
    ('school', 'school', array['school.enrolled']),
    ('language', 'language', array['language.following']),
    ('care', 'care', array['care.found'])) as v (service, kind, steps)),
line as (
    select sought.service, t.person_id, t.opened_on, t.closed_on, min(s.start) as had
    from sought join records_track t on t.kind = sought.kind
    left join records_trackstep s on s.track_id = t.id and s.step = any(sought.steps)
    group by sought.service, t.id)
select service, whose, count(had), count(*) filter (where had is null and closed_on is null),
    count(*) filter (where had is null and closed_on is not null),
    percentile_disc(0.5) within group (order by had - opened_on)
from line join whose using (person_id) group by 1, 2
"""
STATUSES = ("tp", "asylum_applicant", "single_permit", NO_STATUS)
"""Whose rights are compared: as far as belgium.md §2.9 writes them."""


class Service(StrEnum):
    """What is asked for."""

    BED = "bed"
    HOME = "home"
    CARD = "card"
    SUPPORT = "support"
    SCHOOL = "school"
    LANGUAGE = "language"
    CARE = "care"


class Group(StrEnum):
    """People by where their line of protection stands."""

    PROTECTED = "protected"
    UNDECIDED = "undecided"
    REFUSED = "refused"
    ENDED = "ended"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Fared:
    """How a group fared with one service; None is a small number that is not said.

    ``recorded``: whether anybody of the group asked for it. ``days``: until half of those who had it had it, where they
    are enough; ``more``: how many days more than under temporary protection.
    """

    group: Group
    recorded: bool
    had: int | None
    waiting: int | None
    without: int | None
    days: int | None
    more: int | None

    @property
    def label(self) -> Message:
        """The group, in a few words."""
        return message(f"parity.group.{self.group}")


@dataclass(frozen=True, slots=True)
class Compared:
    """One service with every group."""

    service: Service
    groups: tuple[Fared, ...]

    @property
    def label(self) -> Message:
        """What is asked for."""
        return message(f"parity.service.{self.service}")

    @property
    def recorded(self) -> bool:
        """Whether anybody asked for it."""
        return any(each.recorded for each in self.groups)


@dataclass(frozen=True, slots=True)
class Rights:
    """One subject of the law with what each status says of it; None is not known.

    ``region``: None where the subject is the same in every Region.
    """

    subject: str
    region: Region | None
    by_status: tuple[tuple[str, Right | None], ...]

    @property
    def label(self) -> Message:
        """The subject."""
        return message(f"right.{self.subject}")

    @property
    def where(self) -> Message | None:
        """The Region."""
        return None if self.region is None else message(f"region.{self.region}")

    @property
    def told(self) -> tuple[tuple[str, Message, Right | None], ...]:
        """Each status with what is written, and where."""
        return tuple((status, said(self.subject, found), found) for status, found in self.by_status)


@dataclass(frozen=True, slots=True)
class Parity:
    """The whole page."""

    everywhere: bool
    services: tuple[Compared, ...]
    rights: tuple[Rights, ...]


Counts = tuple[int, int, int, int | None]
"""Who had it, who waits, who ended without it, and the days of the middle."""


def parity(by: Acting) -> Parity:
    """Everybody for a coordinator, whom the organisation sees for others; one question to the database."""
    everywhere = by.role is Role.COORDINATOR
    if everywhere:
        with as_round(Round.COUNT):
            found = counted()
    else:
        found = counted()
    services = tuple(compared(each, found) for each in Service)
    return Parity(everywhere, services, tuple(rights()))


def rights() -> Iterator[Rights]:
    """Every subject, a row for each Region where it differs by Region."""
    for subject in subjects():
        for region in regions_of(subject):
            yield Rights(
                subject,
                None if region is None else Region(region),
                tuple((status, right(subject, status, region)) for status in STATUSES),
            )


def counted() -> dict[tuple[str, str], Counts]:
    """The numbers by service and group, of whom the transaction may see."""
    with connection.cursor() as cursor:
        return {(row[0], row[1]): row[2:] for row in cursor.execute(ASKED)}


def compared(service: Service, found: Mapping[tuple[str, str], Counts]) -> Compared:
    """One service, each group beside temporary protection."""
    days = {each: days_of(found.get((service, each))) for each in Group}
    return Compared(
        service,
        tuple(
            fared(each, found.get((service, each)), days[each], days[Group.PROTECTED])
            for each in Group
        ),
    )


def days_of(counts: Counts | None) -> int | None:
    """The days of the middle; of few people they would tell of one."""
    return None if counts is None or counts[0] < LEAST else counts[3]


def fared(group: Group, counts: Counts | None, days: int | None, beside: int | None) -> Fared:
    """One group; the small numbers of it cannot be had from the others."""
    had, waiting, without, _ = counts or (0, 0, 0, None)
    cells, _ = suppressed({"had": had, "waiting": waiting, "without": without})
    more = None if days is None or beside is None or group is Group.PROTECTED else days - beside
    return Fared(
        group, counts is not None, cells["had"], cells["waiting"], cells["without"], days, more
    )
