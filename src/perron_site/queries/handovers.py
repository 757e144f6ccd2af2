"""Handovers of a household: those that wait for an answer, those that were answered, and a preview before yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.intervals import PartialDate, age, day_in_brussels
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.people import Need
from perron.vocabulary.tracks import DeclineReason, EscalationStage, HandoverState, TrackKind
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """A late answer was brought to an organisation on a day; ``advice`` is what its coordinator tells the giver."""

    stage: EscalationStage
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


def handovers(household: int, organisation: OrganisationId) -> tuple[HandoverRow, ...]:
    """All handovers of a household, the newest first."""
    rows = handover_rows(Q(household=household)).order_by("-offered_at", "-pk")
    return tuple(handover_row(row, organisation) for row in rows)


def handover_rows(condition: Q) -> QuerySet[models.Handover]:
    """Handovers with both organisations, their tracks and escalations; three questions to the database."""
    tracks = models.HandoverTrack.objects.select_related("track").order_by("pk")
    brought = models.Escalation.objects.select_related("organisation").order_by("pk")
    return (
        models.Handover.objects.filter(condition)
        .select_related("giver", "receiver")
        .prefetch_related(
            Prefetch("handovertrack_set", queryset=tracks),
            Prefetch("escalation_set", queryset=brought),
        )
        .order_by("due_on", "pk")
    )


def handover_row(row: models.Handover, organisation: OrganisationId) -> HandoverRow:
    """One handover as a value."""
    tracks = [item.track for item in row.handovertrack_set.all()]
    kinds = {track.kind for track in tracks}
    brought = list(row.escalation_set.all())
    ours = [EscalationStage(each.stage) for each in brought if each.organisation_id == organisation]
    return HandoverRow(
        id=row.pk,
        household=row.household_id,
        kinds=tuple(kind for kind in TrackKind if kind in kinds),
        persons=tuple(sorted({track.person_id for track in tracks})),
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
        escalations=tuple(escalation_row(each) for each in brought),
        brought_to_us=ours[-1] if ours else None,
    )


def escalation_row(row: models.Escalation) -> EscalationRow:
    """One escalation as a value."""
    return EscalationRow(
        stage=EscalationStage(row.stage),
        to=holder_of(row.organisation),
        on=row.on,
        advice=row.advice,
        advised_on=row.advised_on,
    )


def asked(organisation: OrganisationId) -> Q:
    """Offers that wait for an answer and were made, or brought, to this organisation."""
    ours = Q(receiver=organisation) | Q(escalation__organisation=organisation)
    return Q(state=HandoverState.OFFERED) & ours


def previews(household: int, organisation: OrganisationId, on: date) -> tuple[Preview, ...]:
    """What this organisation was asked about a household and may read before yes, without names."""
    rows = handover_rows(asked(organisation) & Q(household=household)).distinct()
    return tuple(previewed([handover_row(row, organisation) for row in rows], on))


def late_answer(number: int, by: Acting) -> Preview:
    """An offer whose late answer was brought to this desk to be answered for."""
    rows = handover_rows(asked(by.organisation) & Q(pk=number)).distinct()
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
    known = in_preview(on)
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
