"""The contact log: written, corrected with the old value kept, never deleted; a promise past its day is a gap."""

import re
from datetime import date
from pathlib import Path

import pytest
from builders import GENT, MECHELEN, NOW, a_household, dispatcher, later, town

import perron_site
from perron.responsibility.net import GapKind
from perron.vocabulary.contacts import ContactOutcome, ContactWay, PromiseState
from perron.vocabulary.errors import NotFound, Refused
from perron_site.actions.contacts import NewPromise, correct_contact, settle_promise, write_contact
from perron_site.queries.contacts import contacts
from perron_site.queries.gaps import gaps
from perron_site.records import models

pytestmark = pytest.mark.django_db
TODAY, FRIDAY = NOW.date(), date(2026, 11, 27)


@pytest.fixture
def person():
    return models.HouseholdMember.objects.get(household=a_household()).person_id


def called(person, by=None, promise=None, **more):
    return write_contact(
        by or dispatcher(),
        person_id=person,
        on=more.pop("on", TODAY),
        way=ContactWay.PHONE,
        outcome=ContactOutcome.CALL_BACK,
        note="Asks about school",
        promise=promise,
    )


def test_a_contact_stands_in_the_log_with_who_how_when_and_the_outcome(person):
    called(person)
    (row,) = contacts([person], {person: "Olena"}, dispatcher())
    assert (row.who, row.on, row.way, row.outcome, row.note, row.by.name) == (
        "Olena", TODAY, "phone", "call_back", "Asks about school", "Fedasil",
    )  # fmt: skip


def test_a_correction_keeps_the_old_value(person):
    number = called(person)
    correct_contact(
        dispatcher(),
        contact_id=number,
        changes={"note": "Asks about work", "on": date(2026, 11, 24), "way": ContactWay.PHONE},
    )
    kept = {row.field: (row.old, row.new) for row in models.Revision.objects.order_by("pk")}
    assert kept == {
        "contact.note": ("Asks about school", "Asks about work"),
        "contact.on": ("2026-11-25", "2026-11-24"),
    }
    with pytest.raises(Refused):
        correct_contact(dispatcher(), contact_id=number, changes={"person": 1})


def test_only_who_wrote_it_corrects_it_and_nobody_who_does_not_see_the_person_writes(person):
    number = called(person)
    with pytest.raises(NotFound):
        correct_contact(town(GENT), contact_id=number, changes={"note": "x"})
    with pytest.raises(NotFound):
        called(person, by=town(MECHELEN))


def test_a_contact_is_not_written_ahead(person):
    with pytest.raises(Refused):
        called(person, on=FRIDAY)


def promised(person):
    called(person, promise=NewPromise("We call about the school", FRIDAY))
    return models.Promise.objects.get().pk


def kinds(on):
    return [gap.kind for gap in gaps(on) if gap.kind is GapKind.PROMISE_BROKEN]


def test_a_promise_past_its_day_is_a_gap_until_somebody_says_what_became_of_it(person):
    number = promised(person)
    assert kinds(FRIDAY) == []
    assert kinds(date(2026, 11, 28)) == [GapKind.PROMISE_BROKEN]
    settle_promise(dispatcher(at=later(days=3)), promise_id=number, state=PromiseState.KEPT)
    assert kinds(date(2026, 11, 28)) == []
    assert models.Promise.objects.get().settled_on == date(2026, 11, 28)


def test_whoever_promised_must_close_the_gap(person):
    promised(person)
    (gap,) = [each for each in gaps(date(2026, 11, 28)) if each.kind is GapKind.PROMISE_BROKEN]
    assert gap.responsible == dispatcher().organisation


def test_a_promise_is_settled_once_by_who_made_it(person):
    number = promised(person)
    with pytest.raises(NotFound):
        settle_promise(town(), promise_id=number, state=PromiseState.KEPT)
    settle_promise(dispatcher(), promise_id=number, state=PromiseState.BROKEN)
    with pytest.raises(Refused):
        settle_promise(dispatcher(), promise_id=number, state=PromiseState.KEPT)


@pytest.mark.parametrize("promise", [NewPromise(" ", FRIDAY), NewPromise("x", date(2026, 11, 24))])
def test_a_promise_says_what_and_lies_ahead(person, promise):
    with pytest.raises(Refused):
        called(person, promise=promise)
    assert models.Promise.objects.count() == 0


def test_no_code_deletes_a_contact_or_a_promise():
    source = Path(perron_site.__file__).parent
    found = [
        path.name
        for path in source.rglob("*.py")
        if re.search(r"(Contact|Promise)\.objects[^\n]*\.delete\(", path.read_text("utf-8"))
    ]
    assert found == []
