"""Handovers of a household: those that wait for an answer, those that were answered, and a preview before yes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.intervals import PartialDate, age, day_in_brussels
from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron.vocabulary.people import Need
from perron.vocabulary.tracks import DeclineReason, EscalationStage, HandoverState, TrackKind
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """A late answer was brought to an organisation on a day; ``advice`` is what its coordinator tells the giver."""

    stage: EscalationStage
    organisation: OrganisationId
    to: Holder
    on: date
    advice: str
    advised_on: date | None


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One handover as both sides may read it. ``brought_to_us``: the last stage at which it came to our desk."""

    id: int
    household: int
    kinds: tuple[TrackKind, ...]
    persons: tuple[int, ...]
    giver: Holder
    receiver: Holder
    state: HandoverState
    why: str
    consent: bool
    without_consent_because: str
    consent_words: str
    offered_on: date
    due_on: date
    read_until: date
    answered_on: date | None
    decline_reason: DeclineReason | None
    decline_text: str
    given_by_us: bool
    offered_to_us: bool
    escalations: tuple[EscalationRow, ...]
    brought_to_us: EscalationStage | None

    @property
    def people(self) -> int:
        """How many people it is about."""
        return len(self.persons)

    @property
    def asked_of_us(self) -> bool:
        """Whether it was made, or brought, to us."""
        return self.offered_to_us or self.brought_to_us is not None

    @property
    def waiting(self) -> bool:
        """Whether an answer is still awaited."""
        return self.state is HandoverState.OFFERED


@dataclass(frozen=True, slots=True)
class Preview:
    """What an organisation sees before its yes: how many, how old, what a place must have. No names.

    Only of the people whose lines are offered.
    """

    offer: HandoverRow
    ages: tuple[int | None, ...]
    needs: tuple[Need, ...]

    @property
    def size(self) -> int:
        """How many people are offered."""
        return len(self.ages)


def handovers(
    rows: Iterable[models.Handover], household: int, organisation: OrganisationId
) -> tuple[HandoverRow, ...]:
    """All handovers of a household among these, the newest first."""
    own = [row for row in rows if row.household_id == household]
    own.sort(key=lambda row: (row.offered_at, row.pk), reverse=True)
    return tuple(handover_row(row, organisation) for row in own)


def handover_rows(condition: Q) -> QuerySet[models.Handover]:
    """Handovers with both organisations, their lines, and to whom they were brought; one question to the database."""
    tracks = models.HandoverTrack.objects.filter(handover=OuterRef("pk")).order_by("pk")
    line = JSONObject(track="track_id", kind="track__kind", person="track__person_id", open="open")
    brought = models.Escalation.objects.filter(handover=OuterRef("pk")).order_by("pk")
    step = JSONObject(
        stage="stage", organisation="organisation_id", name="organisation__name",
        kind="organisation__kind", on="on", advice="advice", advised_on="advised_on",
    )  # fmt: skip
    return (
        models.Handover.objects.filter(condition)
        .select_related("giver", "receiver")
        .annotate(
            lines=ArraySubquery(tracks.values(line=line)),
            brought=ArraySubquery(brought.values(step=step)),
        )
        .order_by("due_on", "pk")
    )


def handover_row(row: models.Handover, organisation: OrganisationId) -> HandoverRow:
    """One handover as a value."""
    lines = row.__dict__["lines"]
    kinds = {line["kind"] for line in lines}
    brought = escalations(row)
    ours = [each.stage for each in brought if each.organisation == organisation]
    return HandoverRow(
        id=row.pk,
        household=row.household_id,
        kinds=tuple(kind for kind in TrackKind if kind in kinds),
        persons=tuple(sorted({line["person"] for line in lines})),
        giver=holder_of(row.giver),
        receiver=holder_of(row.receiver),
        state=HandoverState(row.state),
        why=row.why,
        consent=row.consent,
        without_consent_because=row.without_consent_because,
        consent_words=row.consent_words,
        offered_on=day_in_brussels(row.offered_at),
        due_on=row.due_on,
        read_until=row.read_until,
        answered_on=day_in_brussels(row.answered_at) if row.answered_at else None,
        decline_reason=DeclineReason(row.decline_reason) if row.decline_reason else None,
        decline_text=row.decline_text,
        given_by_us=row.giver_id == organisation,
        offered_to_us=row.receiver_id == organisation,
        escalations=brought,
        brought_to_us=ours[-1] if ours else None,
    )


def escalations(row: models.Handover) -> tuple[EscalationRow, ...]:
    """To whom a handover was brought, as ``handover_rows`` loads it, the first one first."""
    return tuple(
        EscalationRow(
            stage=EscalationStage(each["stage"]),
            organisation=OrganisationId(each["organisation"]),
            to=Holder(each["name"], OrganisationKind(each["kind"])),
            on=date.fromisoformat(each["on"]),
            advice=each["advice"],
            advised_on=date.fromisoformat(each["advised_on"]) if each["advised_on"] else None,
        )
        for each in row.__dict__["brought"]
    )


def open_offers(rows: Iterable[models.Handover]) -> dict[int, models.Handover]:
    """By the number of a line the offer of it that waits for an answer, of rows of ``handover_rows``."""
    return {
        line["track"]: row
        for row in rows
        if row.state == HandoverState.OFFERED
        for line in row.__dict__["lines"]
        if line["open"]
    }


def offering(persons: Collection[int]) -> Q:
    """Offers of a line of these people that wait for an answer."""
    lines = models.HandoverTrack.objects.filter(open=True, track__person__in=persons)
    return Q(state=HandoverState.OFFERED, pk__in=lines.order_by().values("handover"))


def asked(organisation: OrganisationId) -> Q:
    """Offers that wait for an answer and were made, or brought, to this organisation."""
    brought = models.Escalation.objects.filter(organisation=organisation)
    ours = Q(receiver=organisation) | Q(pk__in=brought.order_by().values("handover"))
    return Q(state=HandoverState.OFFERED) & ours


def previews(household: int, organisation: OrganisationId, on: date) -> tuple[Preview, ...]:
    """What this organisation was asked about a household and may read before yes, without names."""
    rows = handover_rows(asked(organisation) & Q(household=household))
    return tuple(previewed([handover_row(row, organisation) for row in rows], on))


def late_answer(number: int, by: Acting) -> Preview:
    """An offer whose late answer was brought to this desk to be answered for."""
    rows = handover_rows(asked(by.organisation) & Q(pk=number))
    offers = [handover_row(row, by.organisation) for row in rows]
    if not offers or offers[0].brought_to_us is not EscalationStage.DESK:
        raise NotFound("not_found.handover")
    return previewed(offers, by.on)[0]


@dataclass(frozen=True, slots=True)
class Previewed:
    """What may be known of a person who is offered: how old, what a place must have."""

    age: int | None
    needs: frozenset[str]


def in_preview(on: date) -> dict[int, Previewed]:
    """Everybody whom an open offer to the current organisation names; asked beyond its sight, without names."""
    with connection.cursor() as cursor:
        rows = cursor.execute("select * from perron_preview(%s)", [on]).fetchall()
    return {
        person: Previewed(age(PartialDate.parse(born) if born else None, on), frozenset(needs))
        for person, born, needs in rows
    }


def previewed(offers: Sequence[HandoverRow], on: date) -> list[Preview]:
    """Each offer with the ages and needs of its people, the oldest first, the unknown last."""
    known = in_preview(on) if offers else {}
    return [
        Preview(
            offer=offer,
            ages=tuple(
                sorted((each.age for each in people), key=lambda age: (age is None, -(age or 0)))
            ),
            needs=tuple(need for need in Need if any(need in each.needs for each in people)),
        )
        for offer in offers
        for people in ([known[person] for person in offer.persons if person in known],)
    ]
