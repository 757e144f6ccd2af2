"""A supervisor opens in an emergency what their organisation does not see: alone, only to read, for a day, reported."""

from contextlib import suppress
from datetime import timedelta

import builders
import pytest
import walk
from builders import NOW, a_household, acting, dispatcher, later, registrar
from django.apps import apps
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.glass import GlassReason
from perron.vocabulary.organisations import PURPOSE_OF, OrganisationKind, Role
from perron_site.actions.glass import break_glass
from perron_site.actions.households import correct_person
from perron_site.actions.links import give_link
from perron_site.actions.safety import set_safe_mode
from perron_site.actions.tracks import take_up_all
from perron_site.actions.users import add_user
from perron_site.queries.organisations import organisation, the_system
from perron_site.records import models
from perron_site.records.context import as_organisation
from perron_site.records.rows import SUPERVISOR_WRITES, TABLES
from perron_site.records.sight import see
from perron_site.web import clock

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SAID = "She called that he is at the door"


def supervisor(email="s@example.org", role=Role.SUPERVISOR, at=NOW):
    """Somebody of the centre of Mechelen, with a user of their own."""
    number = organisation(OrganisationKind.OCMW, builders.MECHELEN)
    found = models.User.objects.filter(email=email).first()
    user = found.pk if found else add_user(
        the_system(NOW), email=email, name="S", password=None, language="en", memberships=((number, role),),
    )  # fmt: skip
    return builders.Acting(user, number, role, PURPOSE_OF[role], at)


def opened(household, by=None, why=SAID):
    by = by or supervisor()
    with as_organisation(by):
        break_glass(by, household_id=household, reason=GlassReason.DANGER, why=why)
    return by


def people_seen(by):
    with as_organisation(by):
        return models.Person.objects.count()


def post(client, number, **more):
    words = {"household": f"h-{number}", "reason": "danger", "why": SAID} | more
    return client.post(reverse("glass"), words, follow=True)


def test_a_supervisor_finds_a_household_by_its_number_and_reads_it(desk):
    household = a_household(size=2)
    client = desk("supervisor")
    assert client.get(reverse("opened", args=[household])).status_code == 404
    text = post(client, household).content.decode()
    assert "Olena Marchuk" in text
    assert SAID in text
    assert "<form" not in text.split("<main")[1]


def test_without_a_reason_words_or_a_number_that_exists_nothing_opens(desk):
    household = a_household()
    client = desk("supervisor")
    for more in (
        {"reason": "other"},
        {"why": " "},
        {"household": "Marchuk"},
        {"household": "999999"},
    ):
        assert "Olena" not in post(client, household, **more).content.decode()
    assert models.Glass.objects.count() == 0
    assert client.get(reverse("opened", args=[household])).status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR, Role.SYSTEM}))
def test_no_other_role_breaks_the_glass(role):
    household = a_household()
    by = supervisor(f"{role}@example.org", role)
    with pytest.raises(Refused, match="supervisors_only"):
        opened(household, by)
    with as_organisation(by), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        write_glass(by, household)


def write_glass(by, household, until=TODAY):
    models.Glass.objects.create(
        organisation_id=by.organisation, user_id=by.user, household_id=household, reason="danger",
        why="x", at=by.at, until=until,
    )  # fmt: skip


def test_the_database_allows_no_longer_than_until_the_end_of_tomorrow():
    household, by = a_household(), supervisor()
    for days in (-1, 2):
        with (
            as_organisation(by),
            pytest.raises(DatabaseError, match="row-level"),
            transaction.atomic(),
        ):
            write_glass(by, household, NOW.date() + timedelta(days=days))


def test_it_closes_at_the_end_of_the_next_day():
    household = a_household(size=3)
    opened(household)
    assert [people_seen(supervisor(at=later(days=days))) for days in (0, 1, 2)] == [3, 3, 0]


def test_only_who_opened_it_reads_and_only_as_a_supervisor():
    household = a_household(size=2)
    by = opened(household)
    assert people_seen(by) == 2
    assert people_seen(supervisor("colleague@example.org")) == 0
    assert people_seen(supervisor("worker@example.org", Role.CASE_WORKER)) == 0
    models.Membership.objects.filter(user=by.user).update(role=Role.CASE_WORKER)
    assert people_seen(by) == 0


def test_what_is_seen_already_is_not_opened():
    household, by = a_household(), supervisor()
    see(by.organisation, members(household), models.SightReason.GAVE)
    with pytest.raises(Refused, match="not_needed"):
        opened(household, by)


def members(household):
    rows = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    return tuple(rows.order_by("pk").values_list("person_id", flat=True))


def test_the_glass_opens_nobody_who_must_not_be_found_whenever_safe_mode_began():
    family = a_household(size=3)
    she, child, he = members(family)
    opened(family)
    assert people_seen(supervisor()) == 3
    with as_organisation(registrar()):
        new = set_safe_mode(registrar(), person_id=she, children=(child,), why="x")
    with as_organisation(supervisor()):
        assert list(models.Person.objects.order_by("pk").values_list("pk", flat=True)) == [he]
        assert not models.Stay.objects.filter(household=new).exists()
    with pytest.raises(NotFound, match="no_such_household"):
        opened(new)
    assert models.Glass.objects.count() == 1


def test_the_answer_about_her_is_the_answer_about_a_number_that_does_not_exist(desk):
    alone = a_household()
    with as_organisation(registrar()):
        set_safe_mode(registrar(), person_id=members(alone)[0], why="x")
    client = desk("supervisor")
    hers, nobodys = (post(client, number) for number in (alone, 999_999))
    assert hers.status_code == nobodys.status_code
    assert main(hers) == main(nobodys)


def main(answer):
    return answer.content.decode().split("<main")[1]


def test_whoever_broke_the_glass_writes_nothing_about_these_people():
    household = a_household(size=2, needs=[builders.Need.COT])
    by = opened(household)
    with as_organisation(by):
        for model in apps.get_app_config("records").get_models():
            if model._meta.db_table not in TABLES or model._meta.db_table in SUPERVISOR_WRITES:
                continue
            with transaction.atomic():
                some = model.objects.order_by("pk").first()
                if some is None:
                    continue
                assert list(model.objects.select_for_update(of=("self",)).order_by("pk")) == [], (
                    model
                )
                name = next(f.name for f in model._meta.concrete_fields if not f.primary_key)
                assert model.objects.order_by("pk").update(**{name: getattr(some, name)}) == 0, (
                    model
                )
            some.pk, some._state.adding = None, True
            refused = pytest.raises(DatabaseError, match="row-level security")
            with refused, transaction.atomic():
                some.save(force_insert=True)
        with pytest.raises(NotFound):
            correct_person(by, person_id=members(household)[0], changes={"given_name": "X"})


def test_every_act_of_every_page_is_refused_behind_broken_glass(desk):
    household = a_household(size=2)
    client = desk("supervisor")
    assert post(client, household).status_code == 200
    before = standing()
    words = walk.EVERYTHING | {"household": str(household), "person": str(members(household)[0])}
    answers = {}
    for route, pattern in walk.addresses():
        for number in (household, *members(household)):
            address = route
            for each in pattern.pattern.converters:
                address = address.replace(f"<int:{each}>", str(number))
            if "<" not in address and not address.startswith(("/admin/", "/language", "/act-for")):
                answers[route] = client.post(address, words).status_code
    assert standing() == before
    assert len(answers) > 40
    assert answers["/household/<int:number>/split/"] == 403


def standing():
    return {
        model: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("records").get_models()
        if model._meta.db_table in set(TABLES) - {"records_read"}
    }


def test_a_broken_glass_is_not_mended():
    by = opened(a_household())
    row = models.Glass.objects.get()
    with as_organisation(by):
        for change in (
            row.delete,
            lambda: models.Glass.objects.update(why="y"),
            lambda: models.Glass.objects.update(reason="complaint"),
        ):
            with suppress(DatabaseError), transaction.atomic():
                change()
    with pytest.raises(DatabaseError, match="stays broken"), transaction.atomic():
        models.Glass.objects.update(reason="complaint")
    assert models.Glass.objects.filter(why=SAID, reason="danger").count() == 1


def test_it_is_a_line_in_the_journal_with_its_reason_and_without_its_words():
    household = a_household(size=2)
    opened(household)
    line = models.Journal.objects.get(event="glass:broken")
    assert (line.household_id, line.details["reason"], line.details["people"]) == (
        household,
        "danger",
        2,
    )
    assert SAID not in str(line.details)


def test_the_holder_is_told_until_they_say_that_they_know_it(desk):
    household = a_household()
    take_up_all(
        dispatcher(),
        track_ids=[row.pk for row in models.Track.objects.filter(responsible=dispatcher().organisation)],
    )  # fmt: skip
    post(desk("supervisor"), household)
    holder = desk("dispatcher")
    inbox, page = reverse("inbox"), reverse("household", args=[household])
    assert "opened this household" in holder.get(inbox).content.decode()
    assert SAID in holder.get(page).content.decode()
    row = models.Glass.objects.get()
    assert desk("gent").post(reverse("glass_seen", args=[row.pk])).status_code == 404
    assert holder.post(reverse("glass_seen", args=[row.pk])).status_code == 302
    assert "opened this household" not in holder.get(inbox).content.decode()
    assert SAID not in holder.get(page).content.decode()
    assert "opened this household" in desk("registrar").get(inbox).content.decode()


def test_the_coordinator_has_a_report_with_the_reason_and_what_was_looked_at(desk, monkeypatch):
    household = a_household(size=2)
    client = desk("supervisor")
    post(client, household)
    monkeypatch.setattr(clock, "now", lambda: later(minutes=40))
    client.get(reverse("opened", args=[household]))
    coordinator = desk("coordinator")
    text = coordinator.get(reverse("glass_report")).content.decode()
    assert "Danger to life or health" in text
    told = coordinator.get(reverse("glass_csv")).content.decode()
    assert told.splitlines()[1].split(",")[3:7] == ["danger", told_number(household), "2", "2"]
    assert desk("gent").get(reverse("glass_report")).status_code == 403


def told_number(household):
    """Fedasil holds the roof of these people, so its coordinator may know which household it is."""
    return f"H-{household}"


def test_a_coordinator_elsewhere_reads_no_number_and_no_words(desk):
    household = a_household()
    opened(household)
    by = acting(OrganisationKind.MUNICIPALITY, Role.COORDINATOR, builders.GENT)
    from perron_site.queries.glass import report

    with as_organisation(by):
        (row,) = report(by)
    assert (row.broken.household, row.broken.why, row.broken.user) == (None, "", "")
    assert row.people == 1


def test_the_person_reads_that_it_was_opened_in_an_emergency(desk):
    household = a_household()
    post(desk("supervisor"), household)
    token = give_link(registrar(), person_id=members(household)[0])
    from django.test import Client

    reader = Client()
    reader.cookies["django_language"] = "en"
    text = reader.get(reverse("my_line", args=[token])).content.decode()
    assert "opened in an emergency" in text.split("Who looked at your data")[1]
