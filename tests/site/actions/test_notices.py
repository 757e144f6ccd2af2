from datetime import timedelta

import pytest
from builders import a_person, acting, later, registrar, tracks_of

from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.tracks import Step
from perron_site.actions.households import register_household
from perron_site.actions.notices import write_notices
from perron_site.actions.tracks import set_step, take_up
from perron_site.records import models

pytestmark = pytest.mark.django_db


def refused():
    """Somebody whose protection was refused today; the line."""
    by = registrar()
    person = a_person()
    home = register_household(by, people=(person,), arrived_on=by.on)
    (line,) = tracks_of(home, "protection")
    take_up(by, track_id=line.pk)
    set_step(by, track_id=line.pk, step=Step.PROTECTION_REFUSED)
    line.refresh_from_db()
    return line


def test_somebody_who_was_refused_is_told_once_of_the_last_day_to_appeal():
    line = refused()
    by = acting(OrganisationKind.FEDASIL, Role.DISPATCHER)
    assert line.due_on == by.on + timedelta(days=30)
    assert write_notices(by, on=by.on) == 1
    notice = models.Notice.objects.get(person=line.person_id)
    assert (notice.kind, notice.about_on) == ("protection_refused", line.due_on)
    assert notice.params == {"end": line.due_on.isoformat()}
    assert notice.language == "uk"
    assert write_notices(by, on=by.on) == 0


def test_after_the_last_day_nobody_is_told_of_an_appeal_any_more():
    refused()
    by = registrar(later(days=31))
    assert write_notices(by, on=by.on) == 0


def test_a_second_refusal_with_another_last_day_is_told_again():
    line = refused()
    by = registrar()
    write_notices(by, on=by.on)
    set_step(by, track_id=line.pk, step=Step.PROTECTION_PENDING)
    then = registrar(later(days=5))
    set_step(then, track_id=line.pk, step=Step.PROTECTION_REFUSED)
    assert write_notices(then, on=then.on) == 1
    assert models.Notice.objects.filter(person=line.person_id).count() == 2
