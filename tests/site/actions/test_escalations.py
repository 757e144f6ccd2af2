"""An answer that does not come: reminded, shown to the next organisation, brought to the coordinator; never closed."""

from datetime import date, datetime, timedelta

import pytest
from builders import (
    GENT,
    MECHELEN,
    NOW,
    a_household,
    acting,
    dispatcher,
    previews_for,
    town,
    tracks_of,
)
from django.db.models import Q

from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.intervals import BRUSSELS
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.tracks import TrackKind
from perron_site.actions.day import run_day
from perron_site.actions.escalations import advise_giver, escalate_handovers, reassign_handover
from perron_site.actions.handovers import accept_handover, decline_handover, offer_handover
from perron_site.queries.handovers import handover_rows, handovers, late_answer
from perron_site.queries.net import net
from perron_site.queries.organisations import organisation, the_system
from perron_site.records import models
from perron_site.records.context import as_organisation

pytestmark = pytest.mark.django_db
REMINDED = datetime(2026, 11, 30, 9, tzinfo=BRUSSELS)
SHOWN = datetime(2026, 12, 2, 9, tzinfo=BRUSSELS)
AT_THE_DESK = datetime(2026, 12, 4, 9, tzinfo=BRUSSELS)


def coordinator(at=AT_THE_DESK):
    by = acting(OrganisationKind.FEDASIL, Role.COORDINATOR, at=at)
    region = models.Organisation.objects.get(kind="region", region="VLG")
    return type(by)(None, region.pk, by.role, by.purpose, at)


def offered(household, receiver=MECHELEN, by=None, kind=TrackKind.ROOF):
    return offer_handover(
        by or dispatcher(),
        household_id=household,
        track_ids=tuple(each.pk for each in tracks_of(household, kind)),
        receiver_id=organisation(OrganisationKind.MUNICIPALITY, receiver),
        why="",
        consent=True,
    )


def round_of(moment):
    return run_day(the_system(moment), on=moment.date())


@pytest.fixture
def late():
    """A household in Gent; its roof is offered to Mechelen on 25 November, to be answered by the 27th."""
    household = a_household(municipality=GENT)
    return household, offered(household)


def stages(handover):
    rows = models.Escalation.objects.filter(handover=handover).select_related("organisation")
    return [(row.stage, row.organisation.name, row.on) for row in rows.order_by("pk")]


def test_an_answer_that_does_not_come_is_brought_further_and_the_giver_keeps_the_baton(late):
    household, number = late
    for moment in (NOW, REMINDED, SHOWN, AT_THE_DESK, AT_THE_DESK + timedelta(days=60)):
        round_of(moment)
        assert {row.responsible.name for row in tracks_of(household, TrackKind.ROOF)} == {"Fedasil"}
        assert models.Handover.objects.get(pk=number).state == "offered"
    assert stages(number) == [
        ("reminder", "Stad Mechelen", date(2026, 11, 30)),
        ("fallback", "Stad Gent", date(2026, 12, 2)),
        ("desk", "Vlaamse taskforce Oekraïne", date(2026, 12, 4)),
    ]


def test_the_round_finds_a_desk_for_every_household_wherever_it_is_and_whoever_was_asked():
    nowhere = a_household()
    to_a_town = offered(nowhere, GENT)
    elsewhere = a_household()
    to_nobody_near = offer_handover(
        dispatcher(),
        household_id=elsewhere,
        track_ids=tuple(each.pk for each in tracks_of(elsewhere, TrackKind.ROOF)),
        receiver_id=organisation(OrganisationKind.CGVS),
        why="",
        consent=True,
    )
    round_of(AT_THE_DESK)
    assert [name for _, name, _ in stages(to_a_town)] == [
        "Stad Gent", "OCMW Gent", "Vlaamse taskforce Oekraïne",
    ]  # fmt: skip
    assert [name for _, name, _ in stages(to_nobody_near)][1:] == ["DVZ / OE", "Fedasil"]


def test_each_stage_is_written_and_journalled_once_however_often_the_round_is_done(late):
    _, number = late
    for _ in range(3):
        round_of(AT_THE_DESK)
    lines = models.Journal.objects.filter(event="handover:escalated").order_by("pk")
    assert [line.details["stage"] for line in lines] == ["reminder", "fallback", "desk"]
    assert len(stages(number)) == 3


def test_an_answer_stops_the_clock(late):
    _, number = late
    accept_handover(town(MECHELEN), handover_id=number)
    assert escalate_handovers(the_system(AT_THE_DESK), on=AT_THE_DESK.date()) == 0


def test_giver_receiver_and_coordinator_read_each_stage(late):
    household, _ = late
    round_of(AT_THE_DESK)
    (row,) = handovers(handover_rows(Q()), household, dispatcher().organisation)
    assert [each.stage for each in row.escalations] == ["reminder", "fallback", "desk"]
    (theirs,) = previews_for(household, town(MECHELEN, at=AT_THE_DESK))
    assert len(theirs.offer.escalations) == 3
    (at_the_desk,) = net(coordinator()).handovers
    assert at_the_desk.household == household
    assert at_the_desk.offer.brought_to_us == "desk"


def test_the_next_organisation_sees_sizes_before_it_may_say_yes_in_the_place_of_the_receiver(late):
    household, number = late
    gent = town(GENT, at=SHOWN)
    with pytest.raises(NotFound):
        accept_handover(gent, handover_id=number)
    assert previews_for(household, gent) == ()
    round_of(SHOWN)
    (seen,) = previews_for(household, gent)
    assert (seen.size, seen.offer.brought_to_us) == (1, "fallback")
    with pytest.raises(Refused):
        decline_handover(gent, handover_id=number, reason="no_place")
    with as_organisation(gent):
        accept_handover(gent, handover_id=number)
    (roof,) = tracks_of(household, TrackKind.ROOF)
    assert roof.responsible.name == "Stad Gent"
    assert models.Handover.objects.get(pk=number).receiver.name == "Stad Gent"
    silent = town(MECHELEN).organisation
    assert not models.Sight.objects.filter(organisation=silent, person=roof.person).exists()


def test_the_coordinator_asks_another_organisation_which_must_still_say_yes(late):
    household, number = late
    aalst = models.Organisation.objects.get(kind="municipality", municipality="41002").pk
    with pytest.raises(NotFound):
        reassign_handover(coordinator(), handover_id=number, receiver_id=aalst)
    round_of(AT_THE_DESK)
    with as_organisation(coordinator()):
        again = reassign_handover(coordinator(), handover_id=number, receiver_id=aalst)
    assert models.Handover.objects.get(pk=number).state == "reassigned"
    (roof,) = tracks_of(household, TrackKind.ROOF)
    assert roof.responsible.name == "Fedasil"
    asked = models.Handover.objects.get(pk=again)
    assert (asked.giver.name, asked.due_on) == ("Fedasil", date(2026, 12, 8))
    with pytest.raises(NotFound):
        accept_handover(coordinator(), handover_id=again)
    accept_handover(town("41002", at=AT_THE_DESK), handover_id=again)
    roof.refresh_from_db()
    assert roof.responsible_id == aalst


def test_the_coordinator_tells_the_giver_what_to_do(late):
    household, number = late
    round_of(AT_THE_DESK)
    with pytest.raises(Refused):
        advise_giver(coordinator(), handover_id=number, advice=" ")
    advise_giver(coordinator(), handover_id=number, advice="Call Aalst first")
    (row,) = handovers(handover_rows(Q()), household, dispatcher().organisation)
    assert row.escalations[-1].advice == "Call Aalst first"
    assert row.waiting


def test_only_the_desk_to_which_it_was_brought_answers_for_it(late):
    _, number = late
    round_of(SHOWN)
    for by in (coordinator(), town(GENT, at=SHOWN), dispatcher()):
        with pytest.raises((Refused, NotFound)):
            advise_giver(by, handover_id=number, advice="x")
        with pytest.raises(NotFound):
            late_answer(number, by)


def test_a_line_stays_offered_to_one_organisation_while_it_is_late(late):
    household, _ = late
    round_of(AT_THE_DESK)
    with pytest.raises(Conflict):
        offered(household, GENT)
