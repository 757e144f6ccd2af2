"""Lay the ground for the race of the batons: four families, their lines with six organisations, one offer open."""

import django

django.setup()

from builders import GENT, MECHELEN, a_household  # noqa: E402 - Django is set up first
from race.ground import FIRST_LOAD  # noqa: E402 - the same
from race.handing import holders  # noqa: E402 - the same

from perron_site.actions.handovers import Consented, offer_handover  # noqa: E402 - the same
from perron_site.actions.organisations import load_territory  # noqa: E402 - the same
from perron_site.actions.tracks import take_up  # noqa: E402 - the same
from perron_site.records import models  # noqa: E402 - the same


def lay() -> None:
    """Half of the lines are taken up; all lines of the first family that one organisation holds are offered."""
    load_territory(FIRST_LOAD)
    homes = [a_household(size=2, municipality=town) for town in (GENT, MECHELEN, GENT, MECHELEN)]
    desks = {by.organisation: by for by in holders()}
    for line in models.Track.objects.order_by("pk"):
        if line.pk % 2:
            take_up(desks[line.responsible_id], track_id=line.pk)
    members = models.HouseholdMember.objects.filter(household=homes[0]).values("person")
    lines = models.Track.objects.filter(person__in=members).order_by("pk")
    giver = desks[lines[0].responsible_id]
    held = lines.filter(responsible=giver.organisation).values_list("pk", flat=True)
    receiver = next(number for number in desks if number != giver.organisation)
    offer_handover(
        giver,
        household_id=homes[0],
        track_ids=tuple(held),
        receiver_id=receiver,
        why="",
        consent=True,
        consented=Consented(words="x"),
    )


if __name__ == "__main__":
    lay()
