"""What a desk needs on paper when the power fails: who sleeps where tonight, who waits, who came, whom to call."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import PURPOSE_OF, OrganisationId, Role
from perron_site.queries.gaps import in_sight
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models
from perron_site.records.safety import safe_among

CAME_LATELY = timedelta(days=2)
"""Arrivals of today and so many days before stand on the list."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A household with its people; the names of who must not be found are left out."""

    household: int
    people: tuple[str, ...]
    size: int
    telephones: tuple[str, ...]
    place: str = ""
    until: date | None = None
    since: datetime | date | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """Whom to call."""

    name: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Paper:
    """All lists of one organisation at one moment."""

    at: datetime
    night: date
    desk: Holder
    asleep: tuple[OnPaper, ...]
    waiting: tuple[OnPaper, ...]
    arrived: tuple[OnPaper, ...]
    organisations: tuple[Number, ...]
    sites: tuple[Number, ...]

    @property
    def households(self) -> int:
        """How many households stand on it."""
        lists = (self.asleep, self.waiting, self.arrived)
        return len({row.household for rows in lists for row in rows})


def desks(at: datetime) -> tuple[tuple[Acting, str], ...]:
    """Every organisation in which somebody can sign in, as it acts by the clock, and the language of most of them."""
    rows = (
        models.Membership.objects.filter(user__is_active=True)
        .values_list("organisation", "user__language")
        .annotate(many=Count("user", distinct=True))
        .order_by("organisation", "-many", "user__language")
    )
    found: dict[int, str] = {}
    for organisation, language, _ in rows:
        found.setdefault(organisation, language)
    return tuple(
        (Acting(None, OrganisationId(number), Role.SYSTEM, PURPOSE_OF[Role.SYSTEM], at), language)
        for number, language in found.items()
    )


Homes = Mapping[int, list[models.Person]]


def paper(by: Acting) -> Paper:
    """The lists of the organisation that is acting, of people whom it may see; a fixed number of questions."""
    homes = homes_seen(by)
    safe = safe_among([person.pk for people in homes.values() for person in people])
    held = holders_of(homes)
    return Paper(
        at=by.at,
        night=by.tonight,
        desk=holder_of(models.Organisation.objects.get(pk=by.organisation)),
        asleep=asleep(by, homes, safe),
        waiting=waiting(by, homes, safe),
        arrived=arrived(by, homes, safe),
        organisations=held,
        sites=site_numbers(),
    )


def homes_seen(by: Acting) -> dict[int, list[models.Person]]:
    """Who lives together of the people whom we see, and who sleeps with us, waits or came lately."""
    night = Q(bednight__nights__contains=by.tonight)
    lately = Q(householdmember__household__arrived_on__gte=by.on - CAME_LATELY)
    asks = models.RoofRequest.objects.filter(state=models.RequestState.OPEN).values("household")
    rows = (
        models.HouseholdMember.objects.filter(
            end__isnull=True, person__in=in_sight(by.on, by.organisation)
        )
        .filter(
            Q(person__in=models.Person.objects.filter(night | lately).values("pk"))
            | Q(household__in=asks)
        )
        .select_related("person")
        .order_by("household", "pk")
    )
    found: dict[int, list[models.Person]] = {}
    for row in rows:
        found.setdefault(row.household_id, []).append(row.person)
    return found


def on_paper(
    number: int, people: list[models.Person], safe: Collection[int], **more: object
) -> OnPaper:
    """One household; a name that must not be found is left out, the number stays."""
    told = [person for person in people if person.pk not in safe]
    return OnPaper(
        household=number,
        people=tuple(f"{person.given_name} {person.family_name}" for person in told),
        size=len(people),
        telephones=tuple(person.telephone for person in told if person.telephone),
        **more,  # type: ignore[arg-type]  # place, until and since of each list
    )


def asleep(by: Acting, homes: Homes, safe: Collection[int]) -> tuple[OnPaper, ...]:
    """Who sleeps in which place tonight, by place."""
    nights = (
        models.BedNight.objects.filter(
            nights__contains=by.tonight,
            person__in=[each.pk for row in homes.values() for each in row],
        )
        .select_related("bed__unit__site", "stay")
        .order_by("pk")
    )
    places: dict[tuple[int, str], tuple[set[int], date | None]] = {}
    for night in nights:
        unit = night.bed.unit
        key = (night.stay.household_id, f"{unit.site.name}, {unit.name}")
        places.setdefault(key, (set(), night.stay.end))[0].add(night.person_id or 0)
    rows = [
        on_paper(
            number, [each for each in homes[number] if each.pk in people], safe,
            place=place, until=until,
        )
        for (number, place), (people, until) in places.items()
        if number in homes
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.place, row.household)))


def waiting(by: Acting, homes: Homes, safe: Collection[int]) -> tuple[OnPaper, ...]:
    """Who asks for a roof tonight, who asked first comes first."""
    rows = models.RoofRequest.objects.filter(
        state=models.RequestState.OPEN, from_night__lte=by.tonight, household__in=homes
    ).order_by("asked_at", "pk")
    return tuple(
        on_paper(row.household_id, homes[row.household_id], safe, since=row.asked_at)
        for row in rows
    )


def arrived(by: Acting, homes: Homes, safe: Collection[int]) -> tuple[OnPaper, ...]:
    """Who came lately, the newest first."""
    rows = models.Household.objects.filter(pk__in=homes, arrived_on__gte=by.on - CAME_LATELY)
    return tuple(
        on_paper(row.pk, homes[row.pk], safe, since=row.arrived_on)
        for row in rows.order_by("-arrived_on", "-pk")
    )


def holders_of(homes: Homes) -> tuple[Number, ...]:
    """The organisations that hold an open line of these people and have a telephone."""
    people = [person.pk for row in homes.values() for person in row]
    lines = models.Track.objects.filter(person__in=people, closed_on__isnull=True)
    rows = models.Organisation.objects.filter(pk__in=lines.values("responsible"))
    return tuple(
        Number(row.name, row.telephone) for row in rows.exclude(telephone="").order_by("name")
    )


def site_numbers() -> tuple[Number, ...]:
    """The telephones of the sites."""
    rows = models.Site.objects.exclude(telephone="").order_by("name", "pk")
    return tuple(Number(row.name, row.telephone) for row in rows)
