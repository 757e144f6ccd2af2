"""Which lines a household that lives elsewhere leaves behind, and who there is asked to take them over."""

from dataclasses import dataclass
from datetime import date

from perron.vocabulary.organisations import ONE_A_PLACE
from perron.vocabulary.tracks import Step
from perron_site.records import models
from perron_site.records.lines import default_holder, duty_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A line, and for whom it is in the new municipality: ``asked`` whoever holds it must get a yes first."""

    track: models.Track
    receiver: models.Organisation
    asked: bool


def passages(household: models.Household, on: date) -> tuple[Passage, ...]:
    """The open lines that stand with an organisation of another municipality than the household's."""
    people = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    offered = models.HandoverTrack.objects.filter(open=True).values("track")
    lines = (
        models.Track.objects.filter(person__in=people.values("person"), closed_on__isnull=True)
        .exclude(pk__in=offered)
        .select_related("responsible", "person")
        .order_by("kind", "pk")
    )
    found = []
    for line in lines:
        receiver = receiver_of(household, line, on)
        if receiver is not None and receiver.pk != line.responsible_id:
            found.append(Passage(line, receiver, asked=line.taken_up_at is not None))
    return tuple(found)


def receiver_of(
    household: models.Household, line: models.Track, on: date
) -> models.Organisation | None:
    """Who does there what the holder does here; whom the matrix names where nobody has said yes."""
    holder = line.responsible
    if line.taken_up_at is None:
        return default_holder(household, duty_of(household, line, Step(line.step), on))
    if holder.municipality_id in {None, household.municipality_id}:
        return None
    if holder.kind in ONE_A_PLACE:
        there = models.Organisation.objects.filter(kind=holder.kind, valid_until__isnull=True)
        return there.filter(municipality=household.municipality).order_by("pk").first()
    return default_holder(household, duty_of(household, line, Step(line.step), on))
