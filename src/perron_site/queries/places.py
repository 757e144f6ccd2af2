"""Places: sites and units, who stays there as far as one may see, and homes for households that wait."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import Interval, age
from perron.vocabulary.organisations import Role
from perron.vocabulary.people import Household, Need
from perron.vocabulary.places import Feature, PlaceKind, PlaceState
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.wording import Message, from_data
from perron_site.queries.gaps import in_sight
from perron_site.queries.homes import HomeFit, home_fits
from perron_site.queries.members import household_name
from perron_site.queries.words import folded, sought
from perron_site.records import facts, models

HELD = (models.StayState.BOOKED, models.StayState.RUNNING)


@dataclass(frozen=True, slots=True)
class StayHere:
    """A household in a unit; without sight its name is empty and nothing can be done."""

    id: int
    household: int | None
    name: str
    start: date
    end: date | None
    state: models.StayState


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its beds."""

    id: int
    name: str
    kind: PlaceKind
    state: PlaceState
    beds: int
    free: int
    shared: bool
    features: tuple[Feature, ...]
    available_until: date | None
    stays: tuple[StayHere, ...]


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site with the units that are shown, and its beds, of which some are free tonight."""

    id: int
    name: str
    street: str
    municipality: str
    telephone: str
    confirmed_at: datetime | None
    ours: bool
    beds: int
    free: int
    units: tuple[UnitRow, ...]


@dataclass(frozen=True, slots=True)
class Seeker:
    """A household whose roof is ours to find: the home that is proposed, or those that fit best."""

    id: int
    name: str
    ages: tuple[int | None, ...]
    needs: tuple[Need, ...]
    days: int
    proposal: int | None
    home: str
    reasons: tuple[Message, ...]
    homes: tuple[HomeFit, ...]

    @property
    def others(self) -> tuple[HomeFit, ...]:
        """The homes beside the proposed one."""
        return tuple(each for each in self.homes if each.name != self.home)

    @property
    def fits_somewhere(self) -> bool:
        """Whether any home fits."""
        return any(each.fits for each in self.homes)


NAMES = (
    "name", "unit__name", "municipality__name", "municipality__name_nl", "municipality__name_fr",
    "municipality__name_de",
)  # fmt: skip


def rooms(by: Acting, words: str = "") -> list[tuple[int, int | None]]:
    """The sites with each of their units, by name: our own; for the dispatcher every site with beds for a night.

    With words those whose name, or the name of whose municipality, has them all, or nearly.
    """
    rows = models.Site.objects.order_by("name", "pk", "unit__name", "unit__pk")
    if by.role is Role.DISPATCHER:
        beds = models.Unit.objects.filter(kind=PlaceKind.EMERGENCY)
        rows = rows.filter(Q(organisation=by.organisation) | Q(pk__in=beds.values("site")))
    else:
        rows = rows.filter(organisation=by.organisation)
    if not words:
        return list(rows.values_list("pk", "unit__pk"))
    told = rows.values_list("pk", "unit__pk", *NAMES)
    return sought(
        words,
        (((site, unit), folded(" ".join(filter(None, names)))) for site, unit, *names in told),
    )


def sites(by: Acting, shown: Sequence[tuple[int, int | None]]) -> tuple[SiteRow, ...]:
    """These sites by name, with these units and who stays there. A fixed number of questions."""
    numbers, on_the_page = {site for site, _ in shown}, {unit for _, unit in shown if unit}
    rows = models.Site.objects.filter(pk__in=numbers).select_related("municipality")
    units = unit_rows(numbers, on_the_page, by)
    return tuple(
        SiteRow(
            id=site.pk,
            name=site.name,
            street=site.street,
            municipality=site.municipality.name,
            telephone=site.telephone,
            confirmed_at=site.confirmed_at,
            ours=site.organisation_id == by.organisation,
            beds=sum(unit.beds for unit in units[site.pk]),
            free=sum(unit.free for unit in units[site.pk]),
            units=tuple(unit for unit in units[site.pk] if unit.id in on_the_page),
        )
        for site in rows.order_by("name", "pk")
    )


def unit_rows(
    sites: Collection[int], shown: Collection[int], by: Acting
) -> dict[int, list[UnitRow]]:
    """The units of these sites with what is free tonight, and who stays in those that are shown."""
    night = Interval(by.tonight, by.tonight + timedelta(days=1))
    there = models.Unit.objects.filter(site__in=sites)
    tonight = Q(bed__in=facts.taken_beds(night, there))
    rows = there.annotate(
        all_beds=Count("bed", distinct=True), taken=Count("bed", filter=tonight, distinct=True)
    )
    stays = stays_in(shown, by)
    found: dict[int, list[UnitRow]] = defaultdict(list)
    for row in rows.order_by("name", "pk"):
        beds, taken = int(row.__dict__["all_beds"]), int(row.__dict__["taken"])
        found[row.site_id].append(
            UnitRow(
                id=row.pk,
                name=row.name,
                kind=PlaceKind(row.kind),
                state=PlaceState(row.state),
                beds=beds,
                free=beds - taken,
                shared=row.shared,
                features=tuple(Feature(word) for word in row.features),
                available_until=row.available_until,
                stays=tuple(stays[row.pk]),
            )
        )
    return found


def stays_in(units: Collection[int], by: Acting) -> dict[int, list[StayHere]]:
    """Booked and running stays by unit; names only of people whom we may see."""
    rows = list(models.Stay.objects.filter(unit__in=units, state__in=HELD).order_by("start", "pk"))
    sight = in_sight(by.on, by.organisation).filter(person=OuterRef("person"))
    there = models.HouseholdMember.objects.filter(
        household__in={row.household_id for row in rows}, end__isnull=True
    ).annotate(seen=Exists(sight))
    people: dict[int, list[models.HouseholdMember]] = defaultdict(list)
    for member in there.select_related("person").order_by("pk"):
        people[member.household_id].append(member)
    found: dict[int, list[StayHere]] = defaultdict(list)
    for row in rows:
        members = people[row.household_id]
        here = [member.person for member in members]
        seen = bool(here) and all(member.__dict__["seen"] for member in members)
        found[row.unit_id].append(
            StayHere(
                id=row.pk,
                household=row.household_id if seen else None,
                name=household_name(person.family_name for person in here) if seen else "",
                start=row.start,
                end=row.end,
                state=models.StayState(row.state),
            )
        )
    return found


def seekers(by: Acting, rows: Sequence[models.Household]) -> tuple[Seeker, ...]:
    """These of the households that ``without_home`` finds, each with its home or those that fit best."""
    arrived = {home.pk: home.arrived_on for home in rows}
    people = facts.members(arrived)
    nouns = facts.households(rows, arrived, people)
    proposals = {
        row.household_id: row
        for row in models.Proposal.objects.filter(
            state=models.ProposalState.OPEN, unit__kind=PlaceKind.HOME, household__in=rows
        ).select_related("unit__site")
    }
    offers = home_fits(nouns, by)
    return tuple(
        seeker(
            noun,
            name=household_name(person.family_name for person in people[noun.id]),
            arrived_on=arrived[noun.id],
            proposal=proposals.get(noun.id),
            homes=offers[noun.id],
            on=by.on,
        )
        for noun in nouns
    )


def without_home(by: Acting) -> list[models.Household]:
    """Households whose roof we hold and that neither have nor booked a home.

    Those whose answer to a proposed home is awaited first, then the longest waiting.
    """
    tracks = models.Track.objects.filter(
        kind=TrackKind.ROOF,
        closed_on__isnull=True,
        responsible=by.organisation,
        step__in=(Step.ROOF_ASKED, Step.ROOF_EMERGENCY, Step.ROOF_HOME_PROPOSED),
    )
    members = models.HouseholdMember.objects.filter(
        end__isnull=True, person__in=tracks.values("person")
    ).filter(person__in=in_sight(by.on, by.organisation))
    moving = models.Stay.objects.filter(
        household=OuterRef("pk"), unit__kind=PlaceKind.HOME, state__in=HELD
    )
    homes = models.Household.objects.filter(pk__in=members.values("household"))
    waiting = homes.filter(~Exists(moving))
    proposed = models.Proposal.objects.filter(
        household=OuterRef("pk"), state=models.ProposalState.OPEN, unit__kind=PlaceKind.HOME
    )
    return list(waiting.order_by(Exists(proposed).desc(), "arrived_on", "pk"))


def seeker(
    noun: Household,
    *,
    name: str,
    arrived_on: date,
    proposal: models.Proposal | None,
    homes: tuple[HomeFit, ...],
    on: date,
) -> Seeker:
    """One household that seeks a home."""
    return Seeker(
        id=noun.id,
        name=name,
        ages=tuple(age(member.born, on) for member in noun.members),
        needs=tuple(sorted(noun.needs)),
        days=(on - arrived_on).days,
        proposal=proposal.pk if proposal else None,
        home=f"{proposal.unit.site.name}, {proposal.unit.name}" if proposal else "",
        reasons=tuple(from_data(each) for each in proposal.reasons) if proposal else (),
        homes=homes,
    )
