"""Everything that the page of a household shows, in a fixed number of questions to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.events import Event
from perron.vocabulary.people import Need
from perron.vocabulary.tracks import TrackKind
from perron.vocabulary.verdicts import Finding
from perron_site.queries.clocks import Clock, answer_clock, clocks, region_of
from perron_site.queries.contacts import ContactRow, HoldRow, contacts, holds
from perron_site.queries.covers import Undoable, lately, undoable
from perron_site.queries.gapcards import GapCard, gap_cards
from perron_site.queries.gaps import gaps, in_sight
from perron_site.queries.glass import REPORTED, Broken, to_know
from perron_site.queries.handovers import (
    HandoverRow,
    Preview,
    handover_rows,
    handovers,
    offering,
    previewed,
)
from perron_site.queries.linemap import Ground, Holder, LineMap, holder_of, linemap
from perron_site.queries.members import PersonRow, household_name, person_rows, telling, told
from perron_site.queries.notices import NoticeRow, notice_rows
from perron_site.queries.protection import Remedy, protection, remedy
from perron_site.queries.representation import ActsFor, ActsRow, acts_for
from perron_site.queries.safety import SafeRow, safe_rows
from perron_site.queries.steps import StepRow, step_rows
from perron_site.queries.story import StoryLine, last_change, story
from perron_site.queries.tracks import tracks_with
from perron_site.queries.waiting import Pending, pending
from perron_site.records import models
from perron_site.records.sight import unplaced

HOLDS_A_ROOF = (models.StayState.RUNNING, models.StayState.BOOKED)


@dataclass(frozen=True, slots=True)
class StayRow:
    """A stay, with what may be done to it."""

    id: int
    place: str
    unit: str
    municipality: str
    organisation: Holder
    start: date
    end: date | None
    state: models.StayState


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """One household as an organisation that may see it sees it."""

    id: int
    name: str
    arrived_on: date
    municipality: str
    demonstration: bool
    on: date
    people: tuple[PersonRow, ...]
    linemap: LineMap
    steps: tuple[StepRow, ...]
    pending: tuple[Pending, ...]
    gaps: tuple[GapCard, ...]
    clocks: tuple[Clock, ...]
    stays: tuple[StayRow, ...]
    roof_asked_since: date | None
    handovers: tuple[HandoverRow, ...]
    offers_to_us: tuple[Preview, ...]
    findings: tuple[tuple[PersonRow, Finding], ...]
    remedy: Remedy | None
    notices: tuple[NoticeRow, ...]
    contacts: tuple[ContactRow, ...]
    holds: tuple[HoldRow, ...]
    story: tuple[StoryLine, ...] | None
    """None: nobody asked for it."""
    undo: Event | None
    undoable: tuple[Undoable, ...]
    safe: tuple[SafeRow, ...]
    finds_a_place: bool
    acts: dict[int, ActsFor]
    opened: tuple[Broken, ...]

    @property
    def day(self) -> int:
        """How many days they are here."""
        return (self.on - self.arrived_on).days

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the people."""
        return tuple(person.id for person in self.people)

    @property
    def size(self) -> int:
        """Number of people."""
        return len(self.people)

    @property
    def ages(self) -> tuple[int | None, ...]:
        """How old they are, if known."""
        return tuple(person.age for person in self.people)

    @property
    def needs(self) -> tuple[Need, ...]:
        """What a place must have for all of them."""
        found = {need for person in self.people for need in person.needs}
        return tuple(need for need in Need if need in found)

    @property
    def held_stays(self) -> tuple[StayRow, ...]:
        """The stays that run or are booked."""
        return tuple(stay for stay in self.stays if stay.state in HOLDS_A_ROOF)

    @property
    def offers_by_us(self) -> tuple[HandoverRow, ...]:
        """Handovers that we made and that wait for an answer."""
        return tuple(row for row in self.handovers if row.waiting and row.given_by_us)

    @property
    def ours(self) -> tuple[StepRow, ...]:
        """The lines whose baton is ours, and that we may offer to another."""
        return tuple(row for row in self.steps if row.ours)

    @property
    def cards(self) -> tuple[tuple[PersonRow, ActsFor | None], ...]:
        """Each person with who may act for them; None for an adult."""
        return tuple((person, self.acts.get(person.id)) for person in self.people)

    @property
    def has_children(self) -> bool:
        """Whether somebody may have to act for one of them."""
        return any(acts.minor for acts in self.acts.values())

    @property
    def speakers(self) -> tuple[tuple[PersonRow, ActsRow], ...]:
        """Those who are named for the children, to say who agreed."""
        return tuple((person, row) for person, acts in self.cards if acts for row in acts.receivers)

    @property
    def roof(self) -> StepRow | None:
        """The line of the roof, to say that it waits for no status."""
        return next((row for row in self.steps if row.kind is TrackKind.ROOF), None)


def household(number: int, by: Acting, *, whole: bool = False) -> HouseholdPage:
    """The household as this organisation may see it; NotFound when it may not, or when there is none.

    ``whole``: with what happened to it, which costs more than most of the rest.
    """
    opened = models.Glass.objects.filter(household=number, at__gte=by.at - REPORTED)
    letters = models.Notice.objects.filter(person=OuterRef("person"))
    asked = models.RoofRequest.objects.filter(household=number, state=models.RequestState.OPEN)
    hidden = models.SafeMode.objects.filter(person=OuterRef("person"), until__isnull=True)
    members = (
        models.HouseholdMember.objects.filter(household=number, end__isnull=True)
        .filter(person__in=in_sight(by.on, by.organisation))
        .select_related("person", "household__municipality")
        .annotate(
            unplaced=unplaced(number),
            roof_asked=Subquery(asked.order_by("pk").values("from_night")[:1]),
            opened=Exists(opened),
            letters=Exists(letters),
            undoable=Exists(lately(by)),
            hides=Exists(hidden),
            **telling("person", by.on),
        )
    )
    rows = list(members.order_by("pk"))
    if not rows:
        raise NotFound("household.not_found", household=number)
    return page(rows, by, whole=whole)


def page(rows: Sequence[models.HouseholdMember], by: Acting, *, whole: bool) -> HouseholdPage:
    """Load the rest and put it together; what is rare is asked only where there is some."""
    home, once, on, hiding = rows[0].household, rows[0].__dict__, by.on, hidden(rows)
    persons, ids = [row.person for row in rows], [row.person_id for row in rows]
    given = list(handover_rows(Q(household=home) | offering(ids)))
    tracks, stays = tracks_with(ids, given), stay_rows(home)
    ground = ground_of(home, persons, stays, on)
    people = person_rows(persons, tracks, on, {row.person_id: told(row) for row in rows})
    offers = handovers(given, home.pk, by.organisation)
    found = gaps(on, Q(household=home, person__in=ids), night=by.tonight)
    return HouseholdPage(
        id=home.pk,
        name=household_name(person.family_name for person in persons),
        arrived_on=home.arrived_on,
        municipality=home.municipality.name if home.municipality else "",
        demonstration=home.demonstration,
        on=on,
        people=people,
        linemap=linemap(tracks, ground, arrived_on=home.arrived_on, on=on),
        steps=step_rows(tracks, ground, by.organisation, on),
        pending=pending(tracks, home, ground.names, on),
        gaps=gap_cards(found, tracks, ground.names, by.organisation),
        clocks=all_clocks(tracks, ground, stays, offers, on),
        stays=tuple(stay_row(stay) for stay in stays),
        roof_asked_since=once["roof_asked"],
        handovers=offers,
        offers_to_us=tuple(previewed(asked_of_us(offers), on)),
        findings=protection(people, tracks, on),
        remedy=remedy(tracks, ground.region, on),
        notices=notice_rows(ids, ground.names) if any_has(rows, "letters") else (),
        contacts=contacts(ids, ground.names, by),
        holds=holds(tracks, ground.names),
        story=story(home.pk, ground.names, by.organisation) if whole else None,
        undo=last_change(home.pk, by),
        undoable=undoable(by) if once["undoable"] else (),
        safe=safe_rows(hiding),
        finds_a_place=once["unplaced"] == 0,
        acts=acts_for(persons, tracks, {each.pk for each in hiding}, home.arrived_on, on),
        opened=to_know(by, home.pk) if once["opened"] else (),
    )


def any_has(rows: Sequence[models.HouseholdMember], what: str) -> bool:
    """Whether one of them has some."""
    return any(row.__dict__[what] for row in rows)


def hidden(rows: Sequence[models.HouseholdMember]) -> list[models.Person]:
    """Those of them who must not be found."""
    return [row.person for row in rows if row.__dict__["hides"]]


def ground_of(
    home: models.Household,
    persons: Sequence[models.Person],
    stays: Sequence[models.Stay],
    on: date,
) -> Ground:
    """What the drawing needs besides the tracks."""
    names = {person.pk: person.given_name for person in persons}
    return Ground(names, region_of(home), roof_until=roof_until(stays, on))


def asked_of_us(offers: Sequence[HandoverRow]) -> list[HandoverRow]:
    """The offers that wait for our answer, or that were brought to us."""
    return [row for row in offers if row.waiting and row.asked_of_us]


def all_clocks(
    tracks: Sequence[models.Track],
    ground: Ground,
    stays: Sequence[models.Stay],
    offers: Sequence[HandoverRow],
    on: date,
) -> tuple[Clock, ...]:
    """The clocks of the lines, and those of the answers that we owe."""
    owed = [answer_clock(row, on) for row in offers if row.waiting and row.offered_to_us]
    found = [*owed, *clocks(tracks, ground, stays, on)]
    return tuple(sorted(found, key=lambda clock: clock.until))


def stay_rows(home: models.Household) -> list[models.Stay]:
    """Every stay, the newest first."""
    rows = models.Stay.objects.filter(household=home).select_related(
        "unit__site__municipality", "unit__site__organisation"
    )
    return list(rows.order_by("-start", "-pk"))


def stay_row(stay: models.Stay) -> StayRow:
    """A stay as a value."""
    site = stay.unit.site
    return StayRow(
        id=stay.pk,
        place=site.name,
        unit=stay.unit.name,
        municipality=site.municipality.name,
        organisation=holder_of(site.organisation),
        start=stay.start,
        end=stay.end,
        state=models.StayState(stay.state),
    )


def roof_until(stays: Sequence[models.Stay], on: date) -> date | None:
    """The first day without this roof; None when there is none or its end is not known."""
    running = [stay for stay in stays if stay.state in HOLDS_A_ROOF and stay.start <= on]
    return running[0].end if running else None
