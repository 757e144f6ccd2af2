from datetime import date

import builders
import pytest
from builders import (
    GENT,
    MECHELEN,
    NOW,
    a_family_of_four,
    a_household,
    acting,
    dispatcher,
    later,
    previews_for,
    town,
    tracks_of,
)
from django.db.models import Q

from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import Need
from perron.vocabulary.tracks import DeclineReason, Step, TrackKind
from perron_site.actions.handovers import (
    accept_handover,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from perron_site.actions.tracks import set_step, take_up
from perron_site.queries.handovers import handover_rows, handovers
from perron_site.queries.organisations import organisation
from perron_site.records import models

pytestmark = pytest.mark.django_db


def offer(household, nis=GENT, by=None, **more):
    return offer_handover(
        by or dispatcher(),
        household_id=household,
        track_ids=tuple(track.pk for track in tracks_of(household, TrackKind.ROOF)),
        receiver_id=organisation(OrganisationKind.MUNICIPALITY, nis),
        why="A home is free in this town",
        consent=True,
        **more,
    )


def holders(household):
    return {track.responsible.name for track in tracks_of(household, TrackKind.ROOF)}


def sees(nis, household):
    people = models.HouseholdMember.objects.filter(household=household).values("person")
    return models.Sight.objects.filter(
        organisation=organisation(OrganisationKind.MUNICIPALITY, nis), person__in=people
    ).exists()


def test_gent_says_no_mechelen_says_yes_and_fedasil_holds_it_until_then():
    household = a_family_of_four()
    asked = offer(household, GENT)
    assert holders(household) == {"Fedasil"}
    assert not sees(GENT, household)
    decline_handover(town(GENT), handover_id=asked, reason=DeclineReason.NO_PLACE, text="Full")
    row = models.Handover.objects.get(pk=asked)
    assert (row.state, row.decline_reason, row.decline_text) == ("declined", "no_place", "Full")
    assert holders(household) == {"Fedasil"}
    again = offer(household, MECHELEN)
    accept_handover(town(MECHELEN), handover_id=again)
    (holder,) = holders(household)
    assert "Mechelen" in holder
    assert sees(MECHELEN, household)
    assert not sees(GENT, household)
    assert all(t.taken_up_at == NOW for t in tracks_of(household, TrackKind.ROOF))


def test_the_giver_may_read_until_a_set_day():
    household = a_household()
    accept_handover(town(), handover_id=offer(household))
    gave = models.Sight.objects.get(why="gave")
    assert gave.until == date(2027, 2, 23)


def test_an_offer_is_due_after_two_working_days():
    asked = offer(a_household())
    assert models.Handover.objects.get(pk=asked).due_on == date(2026, 11, 27)


def test_a_line_is_offered_to_one_organisation_at_a_time():
    household = a_household()
    offer(household, GENT)
    with pytest.raises(Conflict):
        offer(household, MECHELEN)
    assert models.Handover.objects.count() == 1


def test_withdrawing_is_not_declining():
    household = a_household()
    asked = offer(household)
    with pytest.raises(Refused):
        withdraw_handover(town(), handover_id=asked)
    withdraw_handover(dispatcher(), handover_id=asked)
    row = models.Handover.objects.get(pk=asked)
    assert (row.state, row.decline_reason) == ("withdrawn", "")
    with pytest.raises(Refused):
        accept_handover(town(), handover_id=asked)


def test_only_the_holder_offers_and_only_the_receiver_answers():
    household = a_household()
    with pytest.raises(NotFound):
        offer(household, MECHELEN, by=town(GENT))
    asked = offer(household, GENT)
    with pytest.raises(NotFound):
        accept_handover(town(MECHELEN), handover_id=asked)
    with pytest.raises(Refused):
        accept_handover(dispatcher(), handover_id=asked)


def test_without_consent_a_reason_is_recorded():
    household = a_household()
    numbers = tuple(track.pk for track in tracks_of(household, TrackKind.ROOF))
    receiver = organisation(OrganisationKind.MUNICIPALITY, GENT)
    with pytest.raises(Refused):
        offer_handover(
            dispatcher(), household_id=household, track_ids=numbers, receiver_id=receiver, why="", consent=False
        )  # fmt: skip


def test_the_history_tells_who_held_it_when():
    household = a_household()
    (roof,) = tracks_of(household, TrackKind.ROOF)
    take_up(dispatcher(), track_id=roof.pk)
    accept_handover(town(at=later(days=1)), handover_id=offer(household))
    rows = models.TrackStep.objects.filter(track=roof).order_by("pk")
    assert [(row.holder.kind, row.taken_up, row.end is None) for row in rows] == [
        ("fedasil", False, False),
        ("fedasil", True, False),
        ("municipality", True, True),
    ]


def test_a_decline_of_another_kind_needs_words():
    asked = offer(a_household())
    with pytest.raises(Refused):
        decline_handover(builders.town(), handover_id=asked, reason=DeclineReason.OTHER)


def test_the_giver_sets_until_when_it_reads_and_it_must_be_within_a_year():
    household = a_household()
    with pytest.raises(Refused):
        offer(household, read_until=date(2027, 11, 26))
    asked = offer(household, read_until=date(2026, 12, 31))
    accept_handover(town(), handover_id=asked)
    assert models.Sight.objects.get(why="gave").until == date(2026, 12, 31)
    (row,) = handovers(handover_rows(Q()), household, town().organisation)
    assert row.read_until == date(2026, 12, 31)


def test_part_of_a_household_is_offered_and_only_these_people_are_previewed_and_moved():
    household = a_family_of_four()
    people = {row.given_name: row.pk for row in models.Person.objects.order_by("pk")}
    offer(household, people=frozenset({people["Nina"], people["Sofiia"]}))
    (seen,) = previews_for(household, town())
    assert (seen.size, seen.ages, seen.needs) == (2, (1, None), (Need.WHEELCHAIR, Need.COT))
    accept_handover(town(), handover_id=seen.offer.id)
    held = {
        row.person.given_name: row.responsible.kind for row in tracks_of(household, TrackKind.ROOF)
    }
    assert held == {
        "Olena": "fedasil", "Nina": "municipality", "Danylo": "fedasil", "Sofiia": "municipality",
    }  # fmt: skip
    seen_now = models.Sight.objects.filter(organisation=town().organisation, until__isnull=True)
    assert {row.person.given_name for row in seen_now} == {"Nina", "Sofiia"}


def test_an_offer_for_nobody_is_refused():
    with pytest.raises(Refused):
        offer(a_household(), people=frozenset({0}))


def test_a_handover_ends_only_at_an_organisation_that_exists():
    household = a_household()
    closed = models.Organisation.objects.create(
        kind="ngo", name="Gone", valid_from=date(2022, 3, 4), valid_until=date(2026, 1, 1)
    )
    for receiver in (closed.pk, 10**6):
        with pytest.raises(NotFound):
            offer_handover(
                dispatcher(),
                household_id=household,
                track_ids=tuple(each.pk for each in tracks_of(household, TrackKind.ROOF)),
                receiver_id=receiver,
                why="",
                consent=True,
            )


def test_a_line_that_ends_is_offered_to_nobody_any_more():
    home = a_household(size=1, municipality=GENT, roof=False)
    aid = acting(OrganisationKind.OCMW, Role.CASE_WORKER, GENT)
    (line,) = tracks_of(home, TrackKind.SUPPORT)
    take_up(aid, track_id=line.pk)
    offer = offer_handover(
        aid, household_id=home, receiver_id=town(MECHELEN).organisation, track_ids=(line.pk,),
        why="x", consent=True,
    )  # fmt: skip
    set_step(aid, track_id=line.pk, step=Step.SUPPORT_NOT_NEEDED)
    assert models.Handover.objects.get(pk=offer).state == "withdrawn"
    with pytest.raises(Refused):
        accept_handover(town(MECHELEN), handover_id=offer)
