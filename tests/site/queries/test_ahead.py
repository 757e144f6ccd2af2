"""What lies ahead of many people, on people made by hand; and the sweep beside each person asked alone."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from builders import GENT, NOW, a_person, acting, person_of, registrar, town
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perron.rules.belgium.ahead import Lasting, lasting
from perron.rules.belgium.pending import Eligible
from perron.rules.belgium.rulebook import belgium
from perron.rules.evaluate import answers
from perron.rules.moments import Moment
from perron.rules.population import months, verdicts
from perron.vocabulary.intervals import BRUSSELS
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import Presence
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.verdicts import Verdict
from perron_site.actions.households import register_household, state_facts
from perron_site.actions.presence import set_presence
from perron_site.actions.tracks import set_step, take_up_all
from perron_site.queries.ahead import (
    ending,
    five_years,
    lasting_list,
    pending_list,
    studying_list,
)
from perron_site.queries.population import population
from perron_site.queries.standing import open_lines
from perron_site.records import models
from perron_site.records.context import as_organisation

pytestmark = pytest.mark.django_db
ADOPTED, PROLONGED, NOTE = "adopted", "prolonged-2028", "note"
TODAY = NOW.date()
OF_2022 = datetime(2022, 3, 20, 10, tzinfo=BRUSSELS)


def somebody(given="Olena", born="1992-05-17", at=NOW, step=None, **facts):
    """One person at the registration desk, with what they state and where the line of protection stands."""
    by = registrar(at)
    who = a_person(given, born, nationalities=("UA",))
    home = register_household(by, people=(who,), arrived_on=by.on, municipality=GENT, roof=False)
    if step is not None:
        for line in open_lines(home, {TrackKind.PROTECTION}):
            set_step(by, track_id=line.id, step=step)
    state_facts(by, person_id=person_of(home, given), facts=facts)
    return person_of(home, given)


def card(title="single_permit", since="2025-01-01", last="2026-12-31"):
    return [{"title": title, "from": since, "to": last}]


def asked(question, by=None, **more):
    by = by or registrar()
    with as_organisation(by):
        return question(by, **more)


def known_of(person, on=TODAY):
    with as_organisation(registrar()):
        whole = population(on)
        return whole.people.person(whole.persons.index(person))


def people_of(lines):
    return [line.person for line in lines]


def test_the_line_of_protection_says_state_certificate_and_stay():
    person = somebody(at=OF_2022, step=Step.PROTECTION_GRANTED)
    known = known_of(person)
    assert known["tp_state"] == "granted"
    assert str(known["tp_certificate_on"]) == "2022-03-20"
    ((*_, title, since, last),) = [tuple(known["stay_periods"][0])]
    assert (title[1], str(since[1]), last[1]) == ("tp", "2022-03-20", "-")
    assert known["nationality"] == ("UA",)
    assert str(known["birth_date"]) == "1992-05-17"


def test_what_nobody_wrote_down_is_not_known_and_what_is_presumed_can_be_overruled():
    person, other = somebody(), somebody("Nina", born=None, permit_other_ms=True)
    known = known_of(person)
    assert not known.keys() & {"tp_state", "stay_periods", "asylum_state", "is_uam", "address_be"}
    assert known["permit_other_ms"] is False
    assert known_of(other)["permit_other_ms"] is True
    assert "birth_date" not in known_of(other)


def test_a_refusal_ends_nothing_that_was_not_granted_and_a_withdrawal_ends_the_stay():
    refused = somebody(step=Step.PROTECTION_PENDING)
    for line in open_lines_of(refused):
        set_step(registrar(), track_id=line.pk, step=Step.PROTECTION_REFUSED)
    assert known_of(refused)["tp_state"] == "refused"
    assert "stay_periods" not in known_of(refused)


def test_a_stay_that_was_stated_goes_before_that_of_the_line():
    person = somebody(at=OF_2022, step=Step.PROTECTION_GRANTED, stay_periods=card())
    assert dict(known_of(person)["stay_periods"][0])["title"] == "single_permit"


def open_lines_of(person):
    rows = models.Track.objects.filter(person=person, kind=TrackKind.PROTECTION)
    return list(rows.order_by("pk"))


def test_whose_right_ends_within_the_days_and_nobody_else():
    soon = somebody(stay_periods=card(last="2026-12-31"))
    late = somebody("Nina", stay_periods=card(last="2027-02-23"))
    somebody("Iryna", stay_periods=card(last="2027-02-24"))
    somebody("Oksana", stay_periods=card(last="-"))
    somebody("Maria", stay_periods=card(last="2026-11-24"))
    somebody("Anna")
    told = asked(ending, law=ADOPTED, days=90)
    assert sorted(people_of(told.lines)) == sorted([soon, late])
    assert {line.entry.until for line in told.lines} == {date(2026, 12, 31), date(2027, 2, 23)}


def test_a_right_that_follows_without_a_gap_goes_on():
    person = somebody(stay_periods=[*card(), *card("student", "2027-01-01", "2027-01-31")])
    (line,) = asked(ending, law=ADOPTED, days=90).lines
    assert (line.person, line.entry.until) == (person, date(2027, 1, 31))


@pytest.mark.parametrize(("law", "last"), [(ADOPTED, "2027-03-04"), (PROLONGED, "2028-03-04")])
def test_protection_lasts_as_long_as_the_scheme_of_the_scenario(law, last):
    somebody(at=OF_2022, step=Step.PROTECTION_GRANTED)
    (line,) = asked(ending, law=law, days=800).lines
    assert line.entry.until == date.fromisoformat(last)


def test_the_fewest_open_routes_come_first_and_are_those_of_the_day_after():
    richer = somebody(
        stay_periods=card("student"), health_insured=True,
        diploma_be={"level": "bachelor", "obtained_on": "2026-06-30"},
    )  # fmt: skip
    poorer = somebody("Nina", stay_periods=card())
    told = asked(ending, law=ADOPTED, days=90)
    assert people_of(told.lines) == [poorer, richer]
    for line in told.lines:
        found = answers(belgium(), facts_of(line.person), Moment(date(2027, 1, 1)), explained=False)
        for verdict, count in (
            (Verdict.YES, line.entry.open),
            (Verdict.AUTHORITY, line.entry.authority),
            (Verdict.UNKNOWN, line.entry.unknown),
        ):
            assert sum(each.verdict is verdict for each in found) == count


def facts_of(person):
    """The facts of a person as a file would hold them, put together without the population."""
    row = models.Person.objects.get(pk=person)
    found = dict(models.Fact.objects.filter(person=person).values_list("name", "value"))
    found.setdefault("nationality", row.nationalities)
    found.setdefault("birth_date", row.born)
    found.setdefault("sex", row.sex)
    steps = models.TrackStep.objects.filter(track__person=person, track__kind="protection")
    granted = [each for each in steps.order_by("pk") if each.step == Step.PROTECTION_GRANTED]
    last = steps.order_by("pk").last()
    words = {
        "granted": "granted",
        "pending": "requested",
        "refused": "refused",
        "appealed": "refused",
    }
    state = words.get(last.step.partition(".")[2]) if last else None
    if state:
        found.setdefault("tp_state", state)
    if granted:
        since = granted[0].start.isoformat()
        end = granted[-1].end
        until = "-" if end is None else (end - timedelta(days=1)).isoformat()
        found.setdefault("tp_certificate_on", since)
        found.setdefault("stay_periods", card("tp", since, until))
    return {name: value for name, value in found.items() if value is not None}


def test_pupils_and_students_by_scenario():
    """Whoever is of compulsory age on the last day, or has a line of school; that of the note hits nobody at school."""
    pupil = somebody("Danylo", "2016-03-01", OF_2022, Step.PROTECTION_GRANTED)
    somebody("Baby", "2024-01-01", OF_2022, Step.PROTECTION_GRANTED)
    grown = somebody("Grown", "2009-03-04", OF_2022, Step.PROTECTION_GRANTED)
    student = somebody(
        "Oleh", "2004-01-01", stay_periods=card("student", "2026-01-01", "2027-10-31"),
        enrolment={"institution_recognised": True, "full_time": True, "level": "bachelor",
                   "from": "2026-09-15", "to": "2028-06-30"},
    )  # fmt: skip
    told = asked(studying_list, law=ADOPTED)
    assert set(people_of(told.pupils)) == {pupil, grown}
    assert people_of(told.students) == [student]
    hits = {each.scenario.id: hit(each.pupils) for each in told.scenarios}
    assert hits == {
        ADOPTED: {Verdict.UNKNOWN: 2},
        PROLONGED: {Verdict.UNKNOWN: 2},
        NOTE: {Verdict.AUTHORITY: 2},
    }


def hit(counts):
    return {
        Verdict(each.label.key.rpartition(".")[2]): each.people for each in counts if each.people
    }


def test_waiting_files_stand_by_age_and_those_who_may_have_protection_apart():
    outside = {
        "lived_in_eu_before_20220224": True, "resided_in_ua_before_20220224": False,
        "ua_protection": "none", "family_links": [], "asylum_state": "pending",
    }  # fmt: skip
    younger = somebody("Nina", asylum_lodged_on="2025-03-01", **outside)
    oldest = somebody(asylum_lodged_on="2024-01-10", **outside)
    suspended = somebody(
        "Iryna", asylum_lodged_on="2024-08-25", **outside | {"asylum_state": "suspended"}
    )
    somebody("Maria", asylum_lodged_on="2024-01-10", **outside | {"asylum_state": "granted"})
    unknown = somebody("Anna", asylum_lodged_on="2022-05-01", asylum_state="pending")
    held = somebody(
        "Olha", at=OF_2022, step=Step.PROTECTION_GRANTED, asylum_lodged_on="2022-06-01", asylum_state="suspended",
    )  # fmt: skip
    told = asked(pending_list, law=ADOPTED)
    assert people_of(told.first) == [oldest, suspended, younger]
    assert [line.entry.months for line in told.first] == [34, 27, 20]
    assert [line.entry.too_old for line in told.first] == [True, True, False]
    assert (told.older, told.median_months) == (2, 27)
    assert {line.person: line.entry.eligible for line in told.others} == {
        unknown: Eligible.UNKNOWN, held: Eligible.HELD,
    }  # fmt: skip


def test_five_years_are_reached_only_where_protection_is_prolonged():
    for given in ("Olena", "Nina"):
        somebody(given, at=OF_2022, step=Step.PROTECTION_GRANTED)
    somebody("Iryna", stay_periods=card(since="2022-06-15", last="2028-12-31"))
    somebody("Anna")
    told = {each.scenario.id: each for each in asked(five_years)}
    months_of = {
        law: {
            (f"{month.on:%Y-%m}", month.strict, month.broad)
            for month in each.months
            if month.strict or month.broad
        }
        for law, each in told.items()
    }
    assert months_of == {
        ADOPTED: {("2027-06", 1, 1)},
        PROLONGED: {("2027-03", 0, 2), ("2027-06", 1, 1)},
        NOTE: {("2027-03", 0, 2), ("2027-06", 1, 1)},
    }
    assert {each.unknown for each in told.values()} == {1}


def test_a_lasting_route_or_none_and_why():
    somebody(at=OF_2022, step=Step.PROTECTION_GRANTED)
    somebody("Anna")
    with as_organisation(registrar()):
        people = population(TODAY).people
        assert lasting(people, Moment(TODAY)) == [Lasting.NEVER, Lasting.FACTS]
        assert lasting(people, Moment(TODAY, NOTE))[0] is Lasting.LATER


def test_small_numbers_are_never_said_of_what_lasts():
    for number in range(6):
        somebody(f"Olena {number}", at=OF_2022, step=Step.PROTECTION_GRANTED)
    somebody("Anna")
    told = asked(lasting_list, law=ADOPTED)
    said = {each.label.key: each.people for each in told.counts}
    assert said["ahead.lasting.facts"] is None
    assert said["ahead.lasting.never"] is None


def test_whoever_coordinates_has_counts_without_the_small_ones_and_no_lines():
    somebody(stay_periods=card(), asylum_state="pending", asylum_lodged_on="2024-01-10")
    by = acting(OrganisationKind.DVZ, Role.COORDINATOR)
    told = asked(ending, by, law=ADOPTED, days=90)
    assert told.lines is None
    assert [each.people for each in told.counts] == [None]
    assert asked(pending_list, by, law=ADOPTED).first is None
    assert asked(studying_list, by, law=ADOPTED).pupils is None


def test_a_foreign_organisation_gets_nothing():
    somebody(
        "Danylo",
        "2016-03-01",
        stay_periods=card(),
        asylum_state="pending",
        asylum_lodged_on="2024-01-10",
    )
    by = town("12025")
    with as_organisation(by):
        assert population(by.on).persons == ()
    assert asked(ending, by, law=ADOPTED, days=900).lines == ()
    assert asked(studying_list, by, law=ADOPTED).pupils == ()
    assert asked(pending_list, by, law=ADOPTED).first == ()
    assert {each.unknown for each in asked(five_years, by)} == {0}
    assert asked(lasting_list, by, law=ADOPTED).total == 0


def test_who_has_gone_is_in_no_list():
    person = somebody(stay_periods=card())
    lines = tuple(each.pk for each in open_lines_of(person))
    take_up_all(registrar(), track_ids=lines)
    set_presence(registrar(), person_id=person, presence=Presence.LEFT)
    assert asked(ending, law=ADOPTED, days=90).lines == ()


@pytest.mark.parametrize("size", [1, 6])
def test_there_are_always_as_many_questions(size):
    for number in range(size):
        somebody(f"Olena {number}", at=OF_2022, step=Step.PROTECTION_GRANTED, left_ua_on="2022-03")
    with as_organisation(registrar()), CaptureQueriesContext(connection) as questions:
        assert len(population(TODAY).persons) == size
    assert len(questions) == 4


def test_the_sweep_says_what_each_person_alone_is_told():
    dice = Random(7)
    for number in range(50):
        invented(dice, number)
    days = (TODAY, *months(date(2026, 12, 1), 23))
    with as_organisation(registrar()):
        whole = population(TODAY)
    for law in (ADOPTED, PROLONGED):
        alone = {
            (place, day, found.id): found.verdict
            for place, person in enumerate(whole.persons)
            for day in days[::5]
            for found in answers(belgium(), facts_of(person), Moment(day, law), explained=False)
        }
        swept = {
            (place, day, route): verdict
            for place, day, route, verdict in verdicts(
                belgium(), whole.people, days, Moment(TODAY, law)
            )
            if day in days[::5]
        }
        assert swept == alone


def invented(dice, number):
    """Somebody as the demonstration has them: some granted, some refused, some who say more."""
    at = OF_2022 + timedelta(days=dice.randrange(1600))
    step = dice.choice(
        [None, Step.PROTECTION_GRANTED, Step.PROTECTION_GRANTED, Step.PROTECTION_PENDING]
    )
    born = date(1950, 1, 1) + timedelta(days=dice.randrange(27000))
    born = dice.choice([born.isoformat(), born.isoformat()[:7], born.isoformat()[:4], None])
    said = {}
    if dice.random() < 0.6:
        said["left_ua_on"] = (at.date() - timedelta(days=dice.randrange(40))).isoformat()[:7]
        said["resided_in_ua_before_20220224"] = dice.random() < 0.9
    if dice.random() < 0.2:
        said |= {"health_insured": True, "means_month": dice.choice([900, 2500])}
    somebody(f"Olena {number}", born, at, step, **said)
