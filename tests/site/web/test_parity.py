"""Equal treatment: each group beside people under temporary protection; unknown is no zero, no small count is said."""

from datetime import timedelta

import pytest
from builders import GENT, NOW, a_person, acting, person_of, registrar, town
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from perron.rules.belgium.moves import subjects
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.households import register_household
from perron_site.queries.parity import STATUSES, Group, Service, parity
from perron_site.records import models
from perron_site.records.context import as_organisation

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def somebody(step, days=None, sought=Step.SUPPORT_RUNNING, *, over=False):
    """One person whose protection stands there, and who asked for support: after how many days they had it."""
    by = registrar()
    home = register_household(
        by, people=(a_person("Olena", "1992"),), arrived_on=TODAY, municipality=GENT, roof=False
    )
    person, began = person_of(home), TODAY - timedelta(days=100)
    models.Track.objects.filter(person=person, kind=TrackKind.PROTECTION).update(step=step)
    models.TrackStep.objects.filter(track__person=person, track__kind=TrackKind.SUPPORT).delete()
    models.Track.objects.filter(person=person, kind=TrackKind.SUPPORT).delete()
    had = None if days is None else began + timedelta(days=days)
    line = models.Track.objects.create(
        person_id=person, kind=TrackKind.SUPPORT, step=sought if had else Step.SUPPORT_TO_ASK,
        since=had or began, responsible_id=by.organisation, opened_on=began, matrix="2026-11-25",
        closed_on=TODAY if over else None,
    )  # fmt: skip
    models.TrackStep.objects.create(
        track=line, step=Step.SUPPORT_TO_ASK, holder_id=by.organisation, start=began, end=had
    )
    if had:
        models.TrackStep.objects.create(
            track=line, step=sought, holder_id=by.organisation, start=had
        )


def everybody():
    for days in (10, 20, 20, 30, 40, 50):
        somebody(Step.PROTECTION_GRANTED, days)
    for days in (30, 40, 45, 50, 60):
        somebody(Step.PROTECTION_PENDING, days)
    for _ in range(7):
        somebody(Step.PROTECTION_REFUSED)
    somebody(Step.PROTECTION_APPEALED, over=True)
    somebody(Step.PROTECTION_ENDED, 5)


def asked(by):
    with as_organisation(by):
        return parity(by)


def of(told, service):
    (found,) = (each for each in told.services if each.service is service)
    return {each.group: each for each in found.groups}


COORDINATOR = (OrganisationKind.DVZ, Role.COORDINATOR)


def test_who_has_support_and_who_still_waits_stands_by_where_protection_stands():
    everybody()
    for by in (acting(*COORDINATOR), registrar()):
        found = of(asked(by), Service.SUPPORT)
        protected, undecided = found[Group.PROTECTED], found[Group.UNDECIDED]
        assert (protected.had, protected.waiting, protected.days, protected.more) == (
            6,
            0,
            20,
            None,
        )
        assert (undecided.had, undecided.days, undecided.more) == (5, 45, 25)
        assert found[Group.REFUSED].had == 0


def test_a_small_number_is_not_said_nor_to_be_had_from_the_next_nor_the_days_of_few():
    everybody()
    found = of(asked(acting(*COORDINATOR)), Service.SUPPORT)
    refused, ended = found[Group.REFUSED], found[Group.ENDED]
    assert (refused.waiting, refused.without) == (None, None)
    assert (ended.had, ended.days, ended.more) == (None, None, None)


def test_what_nobody_recorded_is_unknown_and_no_zero(desk):
    everybody()
    found = of(asked(acting(*COORDINATOR)), Service.CARE)
    assert {each.recorded for each in found.values()} == {False}
    client = desk("coordinator")
    text = client.get(reverse("parity")).content.decode()
    assert "Nothing is recorded." in text
    rows = client.get(reverse("parity_csv")).content.decode("utf-8-sig").splitlines()
    assert "Care,Under temporary protection,,,," in rows
    assert "Support from the OCMW/CPAS,Under temporary protection,6,0,0,20" in rows


def test_an_organisation_counts_whom_it_sees():
    everybody()
    found = of(asked(town("12025")), Service.SUPPORT)
    assert not any(each.recorded for each in found.values())


def test_each_right_of_the_law_stands_with_source_and_mark_or_as_not_known():
    told = asked(registrar()).rights
    assert list(dict.fromkeys(each.subject for each in told)) == list(subjects())
    duty = {
        row.region: {status: words.key for status, words, _ in row.told}
        for row in told
        if row.subject == "integration"
    }
    assert set(duty) == {"VLG", "BRU", "WAL"}
    for told_there in duty.values():
        assert told_there["tp"] == "right.integration.right_only"
        assert told_there["single_permit"] == "right.integration.duty_unless_exempt"
    for row in told:
        assert tuple(status for status, _, _ in row.told) == STATUSES
        for _, words, found in row.told:
            assert (words.key == "right.unknown") is (found is None)
            assert found is None or (found.source.text and found.source.mark)
    work = {
        status: words.key
        for row in told
        if row.subject == "labour_market"
        for status, words, _ in row.told
    }
    assert work["tp"] == "right.labour_market.unlimited"
    assert work["none"] == "right.labour_market.none"


def test_the_page_asks_a_fixed_number_of_questions(desk):
    client = desk("coordinator")
    client.get(reverse("parity"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("parity"))
    everybody()
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("parity"))
    assert len(many) == len(few)
