"""Lay the ground for a race: few beds, more households than fit, some of them already on their way."""

import django

django.setup()

from datetime import UTC, datetime, timedelta  # noqa: E402 - Django is set up first

from builders import (  # noqa: E402 - the same
    NOW,
    a_home,
    a_household,
    a_site,
    an_emergency_room,
    dispatcher,
)

from perron.vocabulary.acting import Acting  # noqa: E402 - the same
from perron.vocabulary.organisations import Purpose, Role  # noqa: E402 - the same
from perron_site.actions.homes import propose_home, take_home  # noqa: E402 - the same
from perron_site.actions.organisations import NOBODY_YET, load_territory  # noqa: E402 - the same
from perron_site.actions.roofs import EMERGENCY_NIGHTS, give_bed, propose_tonight  # noqa: E402 - the same
from perron_site.actions.stays import move_in  # noqa: E402 - the same
from perron_site.records import models  # noqa: E402 - the same

TONIGHT = NOW.date()
FIRST_LOAD = Acting(
    None, NOBODY_YET, Role.SYSTEM, Purpose.DAILY_ROUND, datetime(2026, 11, 25, tzinfo=UTC)
)


def lay() -> None:
    """Twelve households; one bed that all could take, a few others, three homes, four stays."""
    load_territory(FIRST_LOAD)
    by = dispatcher()
    a_site(
        by,
        an_emergency_room(1, "Last bed"),
        an_emergency_room(4, "Dormitory"),
        an_emergency_room(2, "Family room", shared=False),
        *(a_home(beds, f"Flat {beds}") for beds in (1, 2, 3)),
    )
    dormitory = models.Unit.objects.get(name="Dormitory").pk
    first, second, third, ahead, *_ = [a_household(size=n) for n in (1, 1, 2, *(1, 1, 2) * 3)]
    given = {"unit_id": dormitory, "despite": "First come"}
    for household in (first, second, third):
        stay = give_bed(by, household_id=household, night=TONIGHT, **given)
        move_in(by, stay_id=stay)
    then = TONIGHT + timedelta(days=EMERGENCY_NIGHTS)
    give_bed(by, household_id=ahead, night=then, **given)
    home = propose_home(by, household_id=second)
    take_home(by, proposal_id=home, start=then)
    propose_home(by, household_id=third)
    propose_tonight(by, night=TONIGHT)


if __name__ == "__main__":
    lay()
