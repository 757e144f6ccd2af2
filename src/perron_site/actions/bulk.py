"""The same offer for several households: refused whole, with every fault named."""

from datetime import date

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import PerronError, Refused, RefusedWhole
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.tracks import HandoverId, TrackKind
from perron.vocabulary.wording import Message
from perron_site.actions.handovers import offer_handover
from perron_site.actions.undo import remember_offers
from perron_site.records import models
from perron_site.records.settling import act


@act
def offer_households(
    by: Acting,
    *,
    household_ids: tuple[int, ...],
    kinds: frozenset[TrackKind],
    receiver_id: int,
    why: str,
    consent: bool,
    without_consent_because: str = "",
    read_until: date | None = None,
) -> tuple[HandoverId, ...]:
    """Offer these lines of several households to one organisation; all or none (RefusedWhole)."""
    if not household_ids:
        raise Refused("bulk.no_household_chosen")
    offers: list[tuple[int, HandoverId]] = []
    faults: list[tuple[int, Message]] = []
    for number in sorted(set(household_ids)):
        try:
            handover = offer_handover(  # records each
                by,
                household_id=HouseholdId(number),
                track_ids=held_lines(by, number, kinds),
                receiver_id=receiver_id,
                why=why,
                consent=consent,
                without_consent_because=without_consent_because,
                read_until=read_until,
            )
        except PerronError as refused:
            faults.append((number, refused.message))
        else:
            offers.append((number, handover))
    if faults:
        raise RefusedWhole(tuple(faults))
    remember_offers(by, offers)
    return tuple(handover for _, handover in offers)


def held_lines(by: Acting, household: int, kinds: frozenset[TrackKind]) -> tuple[int, ...]:
    """The open lines of these kinds that the acting organisation holds in the household."""
    people = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    rows = models.Track.objects.filter(
        person__in=people.values("person"),
        kind__in=kinds,
        responsible=by.organisation,
        closed_on__isnull=True,
    )
    return tuple(rows.order_by("pk").values_list("pk", flat=True))
