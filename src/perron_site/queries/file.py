"""The file of one person: everything the database holds of them, and nothing of anybody else (GDPR art. 15, 20)."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from perron.responsibility.safety import shows_place
from perron.vocabulary.acting import Acting
from perron.vocabulary.contacts import ContactOutcome, ContactWay
from perron.vocabulary.errors import NotFound
from perron.vocabulary.events import Event
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.tracks import HandoverState, Step, TrackKind
from perron_site.queries.erasure import answer
from perron_site.queries.gaps import in_sight
from perron_site.queries.members import PersonRow, person_rows
from perron_site.queries.my_line import link_holder
from perron_site.queries.questions import Asked, asked_about
from perron_site.queries.seen import Seen, seen_documents
from perron_site.records import models
from perron_site.records.context import Round, as_round
from perron_site.records.safety import safe_among


@dataclass(frozen=True, slots=True)
class Period:
    """Something of the person from a day until a day; None is not known, or not over."""

    what: str
    where: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A step of a line, and who held it."""

    kind: TrackKind
    step: Step
    holder: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A handover of a line of this person; the words of staff stay out where they may name others."""

    giver: str
    receiver: str
    state: HandoverState
    on: date
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A value that was corrected."""

    field: str
    old: object
    new: object
    on: date


@dataclass(frozen=True, slots=True)
class Looks:
    """An organisation that may look, and until when."""

    organisation: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, by which organisation; the names of staff stay out."""

    event: Event
    organisation: str
    on: date


@dataclass(frozen=True, slots=True)
class Written:
    """One contact: who wrote it, how it went, in which words, and what was promised until when."""

    on: date
    organisation: str
    way: ContactWay
    outcome: ContactOutcome
    note: str
    promises: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What was last asked or answered about erasing these data, and in which words it was declined."""

    what: Event
    on: date
    because: str


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything, in the order in which it is read."""

    number: int
    person: PersonRow
    documents: tuple[Seen, ...]
    households: tuple[Period, ...]
    stays: tuple[Period, ...]
    steps: tuple[Passed, ...]
    handovers: tuple[Offered, ...]
    notices: tuple[Period, ...]
    acting: tuple[Period, ...]
    corrections: tuple[Corrected, ...]
    written: tuple[Written, ...]
    asked: tuple[Asked, ...]
    sights: tuple[Looks, ...]
    acts: tuple[Act, ...]
    erasure: Request | None


def file_for(number: int, by: Acting) -> PersonFile:
    """The file of a person whom the acting organisation may see, with what it may read of it (NotFound)."""
    if number not in in_sight(by.on, by.organisation).filter(person=number):
        raise NotFound("household.not_found")
    found, own = whole_file(number, by.on), models.Person.objects.get(pk=number)
    return replace(
        found,
        person=person_rows([own], [], by.on)[0],
        corrections=corrections(own),
        written=written(own) if found.written else (),
        asked=asked_about(own.pk, words=False) if found.asked else (),
    )


def file_by_link(token: str, on: date) -> PersonFile:
    """The file of the person to whom the link was given (NotFound)."""
    return whole_file(link_holder(token, on), on)


def whole_file(number: int, on: date) -> PersonFile:
    """Load as the system: who sees less would also not see whom the words of staff might name."""
    with as_round(Round.COMMAND):
        return file_of(models.Person.objects.get(pk=number), on)


def file_of(person: models.Person, on: date) -> PersonFile:
    """Load this person alone; of somebody who must not be found, the file names no place."""
    found = PersonFile(
        number=person.pk,
        person=person_rows([person], [], on)[0],
        documents=seen_documents(person.pk),
        households=households(person),
        stays=own_whereabouts(person),
        steps=steps(person),
        handovers=handovers(person),
        notices=notices(person),
        acting=acting(person),
        corrections=corrections(person),
        written=written(person),
        asked=asked_about(person.pk, words=not shared_homes(person)),
        sights=sights(person),
        acts=acts(person),
        erasure=request(person),
    )
    return found if shows_place(safe=bool(safe_among([person.pk]))) else without_place(found)


def without_place(file: PersonFile) -> PersonFile:
    """The same file, without what says where the person is: also an organisation's name can say it."""
    return replace(
        file,
        households=tuple(replace(row, where="") for row in file.households),
        stays=(),
        steps=tuple(replace(row, holder="") for row in file.steps),
        handovers=(),
        written=(),
        asked=(),
        sights=(),
        acts=tuple(
            replace(row, organisation="")
            for row in file.acts
            if row.event is not Event.SAFE_MODE_SET
        ),
    )


def households(person: models.Person) -> tuple[Period, ...]:
    """The households of the person by number; who else is in them stays out."""
    rows = models.HouseholdMember.objects.filter(person=person).order_by("start", "pk")
    return tuple(
        Period(f"H-{row.household_id}", town.name if (town := row.household.municipality) else "",
               row.start, row.end)
        for row in rows.select_related("household__municipality")
    )  # fmt: skip


def own_whereabouts(person: models.Person) -> tuple[Period, ...]:
    """Where this person slept. The one place of whereabouts in a file: nights of others are never read here."""
    rows = models.BedNight.objects.filter(person=person).order_by("nights", "pk")
    return tuple(
        Period(f"{row.stay.unit.site.name}, {row.stay.unit.name}", row.stay.unit.site.municipality.name,
               row.nights.lower, row.nights.upper)
        for row in rows.select_related("stay__unit__site__municipality")
    )  # fmt: skip


def steps(person: models.Person) -> tuple[Passed, ...]:
    """Every step of every line."""
    rows = models.TrackStep.objects.filter(track__person=person).order_by("start", "pk")
    return tuple(
        Passed(TrackKind(row.track.kind), Step(row.step), row.holder.name, row.start, row.end)
        for row in rows.select_related("track", "holder")
    )


def handovers(person: models.Person) -> tuple[Offered, ...]:
    """Every offer of a line of the person; free words only where the household is this person alone."""
    rows = models.Handover.objects.filter(handovertrack__track__person=person).distinct()
    shared = shared_homes(person)
    return tuple(
        Offered(row.giver.name, row.receiver.name, HandoverState(row.state), day_in_brussels(row.offered_at),
                () if row.household_id in shared else
                tuple(filter(None, (row.why, row.without_consent_because, row.decline_text))))
        for row in rows.select_related("giver", "receiver").order_by("offered_at", "pk")
    )  # fmt: skip


def shared_homes(person: models.Person) -> set[int]:
    """The households of this person to which others belong or belonged: free words there may say something of them."""
    homes = models.HouseholdMember.objects.filter(person=person).values("household")
    others = models.HouseholdMember.objects.filter(household__in=homes).exclude(person=person)
    return set(others.order_by("pk").values_list("household", flat=True))


def notices(person: models.Person) -> tuple[Period, ...]:
    """Letters that were written to the person."""
    rows = models.Notice.objects.filter(person=person).order_by("written_at", "pk")
    return tuple(
        Period(row.kind, row.language, day_in_brussels(row.written_at), row.about_on)
        for row in rows
    )


def acting(person: models.Person) -> tuple[Period, ...]:
    """In which quality others act for the person, and the person for others; neither a name nor a paper."""
    rows = models.Representation.objects.filter(Q(person=person) | Q(holder=person))
    return tuple(
        Period(f"representation.{row.kind}", "", row.start, row.end)
        for row in rows.order_by("start", "pk")
    )


def corrections(person: models.Person) -> tuple[Corrected, ...]:
    """What stood there before."""
    rows = models.Revision.objects.filter(person=person).select_related("journal").order_by("pk")
    return tuple(
        Corrected(row.field, row.old, row.new, day_in_brussels(row.journal.at)) for row in rows
    )


def written(person: models.Person) -> tuple[Written, ...]:
    """The contact log about this person; free words only where the household is this person alone."""
    shared = shared_homes(person)
    rows = models.Contact.objects.filter(person=person).select_related("organisation")
    return tuple(
        Written(row.on, row.organisation.name, ContactWay(row.way), ContactOutcome(row.outcome),
                "" if row.household_id in shared else row.note,
                tuple((each.text, each.due_on) for each in row.promise_set.all() if row.household_id not in shared))
        for row in rows.prefetch_related("promise_set").order_by("on", "pk")
    )  # fmt: skip


def sights(person: models.Person) -> tuple[Looks, ...]:
    """Which organisations may look, and until when."""
    rows = models.Sight.objects.filter(person=person).select_related("organisation").order_by("pk")
    return tuple(Looks(row.organisation.name, row.until) for row in rows)


def request(person: models.Person) -> Request | None:
    """Whether erasure is asked for, declined or done."""
    found = answer(person.pk)
    return Request(found[0], found[1].on, found[2]) if found else None


def acts(person: models.Person) -> tuple[Act, ...]:
    """Every line of the journal about this person alone."""
    rows = models.Journal.objects.filter(person=person).select_related("organisation")
    return tuple(
        Act(Event(row.event), row.organisation.name, day_in_brussels(row.at))
        for row in rows.order_by("pk")
    )
