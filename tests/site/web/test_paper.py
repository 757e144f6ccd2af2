"""On paper: the lists of a desk, the hourly files, and slips that are typed in later."""

import stat
from datetime import timedelta

import pytest
from builders import (
    GENT,
    NOW,
    a_household,
    a_person,
    a_site,
    an_emergency_room,
    dispatcher,
    registrar,
    town,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Need
from perron_site.actions.households import register_household
from perron_site.actions.paper import forget_paper, write_paper
from perron_site.actions.roofs import propose_tonight, take_proposal
from perron_site.actions.safety import set_safe_mode
from perron_site.queries.paper import desks, paper
from perron_site.records import models
from perron_site.records.context import as_organisation

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def lists(by):
    with as_organisation(by):
        return paper(by)


def numbers(rows):
    return [row.household for row in rows]


@pytest.fixture
def night():
    """One household has a bed, one waits, one came a week ago and has a roof."""
    a_site(None, an_emergency_room(1))
    slept = a_household()
    propose_tonight(dispatcher(), night=TODAY)
    take_proposal(dispatcher(), proposal_id=models.Proposal.objects.get().pk)
    waits = register_household(
        registrar(),
        people=(a_person("Iryna", telephone="+32499111222"),),
        arrived_on=TODAY,
        roof=True,
    )
    week = NOW - timedelta(days=7)
    long_ago = a_household(registrar(week), roof=False)
    return slept, waits, long_ago


def test_a_desk_reads_who_sleeps_where_who_waits_and_who_came_lately(night):
    slept, waits, _ = night
    told = lists(dispatcher())
    assert numbers(told.asleep) == [slept]
    assert told.asleep[0].place == "Ariane, Room 1"
    assert told.asleep[0].until == TODAY + timedelta(days=5)
    assert numbers(told.waiting) == [waits]
    assert told.waiting[0].telephones == ("+32499111222",)
    assert numbers(told.arrived) == [waits, slept]
    assert told.households == 2


def test_a_foreign_desk_reads_of_nobody(night):
    told = lists(town(GENT))
    assert (told.asleep, told.waiting, told.arrived, told.organisations) == ((), (), (), ())


def test_who_must_not_be_found_stands_there_by_number_only(night):
    slept, *_ = night
    person = models.HouseholdMember.objects.get(household=slept).person_id
    by = dispatcher()
    with as_organisation(by):
        set_safe_mode(by, person_id=person, why="x")
    told = lists(by)
    row = next(row for row in told.asleep if row.household == slept)
    assert (row.people, row.telephones, row.size) == ((), (), 1)
    assert "Olena" not in repr(told)


def test_the_page_is_for_desks(desk, night):
    client = desk("registrar")
    text = client.get("/paper/").content.decode()
    assert "Iryna Marchuk" in text
    assert "Slip to write on" in text
    assert desk("supervisor").get("/paper/").status_code == 403


def test_each_desk_has_a_file_in_its_language_that_only_the_owner_reads(desk, night, tmp_path):
    desk("dispatcher"), desk("gent")
    folder = tmp_path / "paper"
    found = dict(desks(NOW))
    assert {by.organisation for by in found} == {dispatcher().organisation, town(GENT).organisation}
    written = set()
    for by in found:
        with as_organisation(by):
            written.add(write_paper(by, folder=folder, language="nl"))
    ours = folder / f"{dispatcher().organisation}.html"
    assert "Iryna Marchuk" in ours.read_text("utf-8")
    assert "Wie slaapt waar" in ours.read_text("utf-8")
    foreign = folder / f"{town(GENT).organisation}.html"
    assert "Iryna" not in foreign.read_text("utf-8")
    assert stat.S_IMODE(ours.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert forget_paper(folder, {ours}) == 1
    assert [each.name for each in folder.iterdir()] == [ours.name]


NAMES = st.text("ABCabcéїЖ' -", min_size=1, max_size=20).filter(
    lambda text: text.strip() == text != ""
)
SLIP = st.fixed_dictionaries({
    "given_name": NAMES, "family_name": NAMES,
    "born": st.sampled_from(["", "1987", "03/1987", "10/03/1987", "2025-08-30"]),
    "needs": st.lists(st.sampled_from([each.value for each in Need]), unique=True, max_size=3),
    "telephone": st.sampled_from(["", "+32499700700"]),
})  # fmt: skip


@settings(
    max_examples=25, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    people=st.lists(SLIP, min_size=1, max_size=6),
    roof=st.sampled_from(["yes", "no"]),
    days=st.integers(0, 31),
)
def test_what_was_written_on_slips_is_typed_in_later_and_nothing_is_lost(
    registration, people, roof, days
):
    came = TODAY - timedelta(days=days)
    form = {"form-TOTAL_FORMS": str(len(people)), "form-INITIAL_FORMS": "0", "roof": roof}
    form |= {
        f"form-{n}-{name}": value for n, slip in enumerate(people) for name, value in slip.items()
    }
    answer = registration.post("/arrivals/new/", form | {"arrived_on": came.isoformat()})
    assert answer.status_code == 302
    home = models.Household.objects.get(pk=int(answer.headers["location"].split("/")[2]))
    assert home.arrived_on == came
    kept = [
        row.person for row in models.HouseholdMember.objects.filter(household=home).order_by("pk")
    ]
    assert [(each.given_name, each.family_name, each.telephone) for each in kept] == [
        (slip["given_name"], slip["family_name"], slip["telephone"]) for slip in people
    ]
    for person, slip in zip(kept, people, strict=True):
        needs = models.Need.objects.filter(person=person)
        assert sorted(needs.values_list("need", flat=True)) == sorted(slip["needs"])
        assert bool(person.born) is bool(slip["born"])
        assert not person.born or str(PartialDate.parse(person.born).year) in slip["born"]
    assert models.RoofRequest.objects.filter(household=home).exists() is (roof == "yes")


@pytest.fixture
def registration(desk):
    return desk("registrar")


@pytest.mark.parametrize("day", ["2026-11-26", "2026-10-24", "yesterday", "2026-02-30"])
def test_a_day_that_cannot_be_is_said_and_what_was_typed_is_kept(registration, day):
    form = {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "roof": "yes", "form-0-given_name": "Olena",
        "form-0-family_name": "Marchuk", "arrived_on": day,
    }  # fmt: skip
    answer = registration.post("/arrivals/new/", form)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "is no day of the last month" in text
    assert 'value="Olena"' in text
    assert not models.Household.objects.exists()
