"""A desk acts on a family that another desk has locked, and that is out of its sight when its turn comes."""

import json
import sys
import time
from threading import Thread

import django

django.setup()

from builders import MECHELEN  # noqa: E402 - Django is set up first
from databases import superuser  # noqa: E402 - the same
from django.db import connection  # noqa: E402 - the same
from race.desk import Asking  # noqa: E402 - the same
from race.handing import act, holders  # noqa: E402 - the same

from perron.vocabulary.people import Presence  # noqa: E402 - the same
from perron.vocabulary.tracks import Step, TrackKind  # noqa: E402 - the same
from perron_site.actions.handovers import (  # noqa: E402 - the same
    Consented,
    offer_handover,
    withdraw_handover,
)
from perron_site.actions.households import correct_person  # noqa: E402 - the same
from perron_site.actions.moving import move_household, split_household  # noqa: E402 - the same
from perron_site.actions.presence import set_presence  # noqa: E402 - the same
from perron_site.actions.roofs import ask_for_roof  # noqa: E402 - the same
from perron_site.actions.tracks import open_track, set_step  # noqa: E402 - the same
from perron_site.records import models  # noqa: E402 - the same

SAID = {"why": "", "consent": True, "consented": Consented(words="x")}
WAITING = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = %s"
HIDE = "update records_sight set until = '2000-01-01' where organisation_id = %s"
SHOW = "update records_sight set until = null"


def acts_on(offer):
    """What the giver of an offer may do with its family: by name, each a verb and what it is told."""
    home = {"household_id": offer.household_id}
    here = models.HouseholdMember.objects.filter(household=offer.household_id).order_by("pk")
    person = {"person_id": here.first().person_id}
    line = models.Track.objects.filter(**person, kind=TrackKind.PROTECTION).get()
    other = models.Organisation.objects.exclude(pk=offer.giver_id).first()
    return {
        "move": (move_household, home | SAID | {"municipality": MECHELEN}),
        "split": (split_household, home | {"person_ids": (here.last().person_id,), "keeps_nights": True}),
        "ask": (ask_for_roof, home),
        "correct": (correct_person, person | {"changes": {"given_name": "Iryna"}}),
        "presence": (set_presence, person | {"presence": Presence.LEFT}),
        "step": (set_step, {"track_id": line.pk, "step": Step.PROTECTION_PENDING}),
        "open": (open_track, person | {"kind": TrackKind.CARE}),
        "offer": (offer_handover, home | SAID | {"track_ids": (line.pk,), "receiver_id": other.pk}),
        "withdraw": (withdraw_handover, {"handover_id": offer.pk}),
    }  # fmt: skip


def too_late(name, by, verb, told):
    """How the act ends: it has begun, waits for the lock, and meanwhile its organisation sees nobody any more."""
    answers = []

    def acting():
        try:
            answers.append(Asking().do(lambda: act(verb, by, **told)))
        except Exception as fault:  # noqa: BLE001 - every other error is what is looked for
            answers.append(f"error {fault!r}")
        connection.close()

    desk = Thread(target=acting)
    with superuser(name) as link, superuser(name) as watch:
        with link.transaction():
            link.execute("select from records_household for update")
            link.execute("select from records_person for update")
            desk.start()
            until = time.monotonic() + 30
            while watch.execute(WAITING, [name]).fetchone() is None:
                assert time.monotonic() < until, "the act asks for no lock"
                time.sleep(0.01)
            link.execute(HIDE, [by.organisation])
        desk.join()
        link.execute(SHOW)
    return answers[0]


if __name__ == "__main__":
    offer = models.Handover.objects.get()
    giver = next(by for by in holders() if by.organisation == offer.giver_id)
    sys.stdout.write(
        json.dumps(
            {each: too_late(sys.argv[1], giver, *what) for each, what in acts_on(offer).items()}
        )
    )
