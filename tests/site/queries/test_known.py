"""What the records say of people is one thing: Options of one person and Ahead of everybody rest on the same facts."""

from datetime import date, timedelta
from random import Random

import pytest
from builders import GENT, NOW, a_person, person_of, registrar
from caseload import anybody

from perron.rules.facts import presumptions, stated
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.households import register_household
from perron_site.queries.known import ON_THE_PERSON
from perron_site.queries.options import options
from perron_site.queries.population import population
from perron_site.records import models
from perron_site.records.context import as_organisation

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
BORN = {"Olena": "1992-05-17", "Danylo": "2017-03", "Nina": "2009"}
LINES = {
    TrackKind.PROTECTION: (Step.PROTECTION_TO_REGISTER, Step.PROTECTION_PENDING, Step.PROTECTION_GRANTED,
                           Step.PROTECTION_REFUSED, Step.PROTECTION_APPEALED, Step.PROTECTION_WITHDRAWN,
                           Step.PROTECTION_ENDED),
    TrackKind.MUNICIPALITY: (Step.MUNICIPALITY_ANNEX_15, Step.MUNICIPALITY_CARD),
    TrackKind.GUARDIAN: (Step.GUARDIAN_TO_REPORT, Step.GUARDIAN_WORKING),
    TrackKind.SCHOOL: (Step.SCHOOL_WAITING, Step.SCHOOL_ENROLLED),
}  # fmt: skip


def days_ago(number):
    return TODAY - timedelta(days=number)


def home(*given, municipality=GENT):
    people = tuple(a_person(each, BORN[each], nationalities=("UA",)) for each in given)
    return register_household(
        registrar(), people=people, arrived_on=TODAY, municipality=municipality, roof=False
    )


def line(person, kind, *passed, closed=None):
    """A line as desks noted it: steps with their first days, the last of them open unless the line is closed."""
    models.TrackStep.objects.filter(track__person=person, track__kind=kind).delete()
    models.Track.objects.filter(person=person, kind=kind).delete()
    organisation = registrar().organisation
    step, since = passed[-1]
    track = models.Track.objects.create(
        person_id=person, kind=kind, step=step, since=since, responsible_id=organisation,
        opened_on=passed[0][1], closed_on=closed, matrix="2026-11-25",
    )  # fmt: skip
    ends = [each for _, each in passed[1:]] + [closed]
    for (step, start), end in zip(passed, ends, strict=True):
        models.TrackStep.objects.create(
            track=track, step=step, holder_id=organisation, start=start, end=end
        )
    return track


def state(person, on=TODAY, **facts):
    for name, value in facts.items():
        models.Fact.objects.create(person_id=person, name=name, value=value, stated_on=on)


def of_options(person):
    """The facts of the page of one person."""
    return options(person, registrar()).facts


def of_ahead():
    """The facts of everybody, by person, without what is presumed."""
    with as_organisation(registrar()):
        whole = population(TODAY)
    return {
        person: {
            name: value
            for name, value in whole.people.person(place).items()
            if presumptions().get(name) is not value
        }
        for place, person in enumerate(whole.persons)
    }


def invented(dice, person):
    """What desks and a person said in some order: lines that went on or ended, statements before and after them."""
    for kind, steps in LINES.items():
        if dice.random() < 0.6:
            first = dice.randrange(len(steps))
            walked = steps[first : first + dice.randrange(1, 4)]
            began = sorted(days_ago(dice.randrange(900)) for _ in walked)
            over = TODAY if dice.random() < 0.2 else None
            line(person, kind, *zip(walked, began, strict=True), closed=over)
    said = anybody(dice, known=dice.choice((0.1, 0.4, 0.9)))
    said |= {"tp_state": "requested"} if dice.random() < 0.3 else {}
    for name, value in said.items():
        if value is not None:
            state(person, days_ago(dice.randrange(900)), **{name: value})


@pytest.mark.parametrize("seed", range(3))
def test_options_and_ahead_say_the_same_of_each_person(seed):
    dice = Random(seed)
    for _ in range(5):
        family = dice.sample(sorted(BORN), dice.randrange(1, 4))
        household = home(*family)
        for given in family:
            invented(dice, person_of(household, given))
    ahead = of_ahead()
    assert len(ahead) > 4
    assert sum(len(facts) for facts in ahead.values()) > 40
    for person, facts in ahead.items():
        alone = stated(of_options(person))
        assert {
            name: value for name, value in alone.items() if presumptions().get(name) is not value
        } == facts


def both(person):
    """What both pages say of a person, which is the same."""
    alone = of_options(person)
    shared = of_ahead()[person]
    assert {name: shared[name] for name in alone if name in shared} == {
        name: value for name, value in stated(alone).items() if name in alone and name in shared
    }
    return alone


def test_the_later_word_counts_whether_a_line_or_the_person_says_it():
    olena, danylo = (person_of(home(given), given) for given in ("Olena", "Danylo"))
    for person, day in ((olena, days_ago(20)), (danylo, days_ago(40))):
        line(
            person,
            TrackKind.PROTECTION,
            (Step.PROTECTION_PENDING, days_ago(50)),
            (Step.PROTECTION_REFUSED, days_ago(30)),
        )
        state(person, day, tp_state="granted")
    assert (both(olena)["tp_state"], both(danylo)["tp_state"]) == ("granted", "refused")


def test_another_holder_of_the_same_step_is_no_later_word():
    olena = person_of(home("Olena"))
    track = line(olena, TrackKind.PROTECTION, (Step.PROTECTION_PENDING, days_ago(50)))
    models.TrackStep.objects.filter(track=track).update(end=days_ago(5))
    models.TrackStep.objects.create(
        track=track, step=track.step, holder=track.responsible, start=days_ago(5)
    )
    state(olena, days_ago(20), tp_state="granted")
    assert both(olena)["tp_state"] == "granted"


def test_a_day_that_was_stated_goes_before_the_day_of_a_later_step():
    olena = person_of(home("Olena"))
    line(olena, TrackKind.PROTECTION, (Step.PROTECTION_GRANTED, days_ago(10)))
    stays = [{"title": "single_permit", "from": "2025-01-01", "to": "2026-12-31"}]
    state(olena, days_ago(90), tp_certificate_on="2022-03-20", stay_periods=stays)
    told = both(olena)
    assert (told["tp_certificate_on"], told["stay_periods"]) == ("2022-03-20", stays)
    assert told["tp_state"] == "granted"


def test_a_day_of_a_line_is_said_as_one_where_nobody_stated_it():
    olena = person_of(home("Olena"))
    line(
        olena,
        TrackKind.PROTECTION,
        (Step.PROTECTION_GRANTED, date(2022, 3, 20)),
        (Step.PROTECTION_WITHDRAWN, date(2025, 6, 1)),
    )
    said = {each.name: (each.value, each.line) for each in options(olena, registrar()).said}
    assert said["tp_certificate_on"] == ("2022-03-20", "protection")
    stays = [{"title": "tp", "from": "2022-03-20", "to": "2025-05-31"}]
    assert said["stay_periods"] == (stays, "protection")
    assert both(olena)["tp_state"] == "withdrawn"


def test_what_stands_with_the_person_is_not_replaced_by_a_statement():
    olena = person_of(home("Olena"))
    state(olena, birth_date="1980", nationality=["PL"], sex="m")
    told = both(olena)
    assert (told["birth_date"], told["nationality"]) == ("1992-05-17", ["UA"])
    assert told["sex"] == "m"
    assert set(ON_THE_PERSON) <= set(told)


def test_a_child_at_school_says_it_for_the_household_and_a_line_that_is_over_says_nothing():
    household = home("Olena", "Danylo")
    olena, danylo = person_of(household), person_of(household, "Danylo")
    line(danylo, TrackKind.SCHOOL, (Step.SCHOOL_ENROLLED, days_ago(80)))
    line(olena, TrackKind.MUNICIPALITY, (Step.MUNICIPALITY_CARD, days_ago(80)))
    assert both(olena)["minor_in_school"] is both(danylo)["minor_in_school"] is True
    assert both(olena)["address_be"] is True
    line(danylo, TrackKind.SCHOOL, (Step.SCHOOL_ENROLLED, days_ago(80)), closed=days_ago(3))
    line(
        olena,
        TrackKind.MUNICIPALITY,
        (Step.MUNICIPALITY_CARD, days_ago(80)),
        (Step.MUNICIPALITY_MOVED, days_ago(9)),
    )
    assert not both(olena).keys() & {"minor_in_school", "address_be"}


def test_a_guardian_at_work_says_a_child_alone_and_since_when():
    danylo = person_of(home("Danylo"), "Danylo")
    line(
        danylo,
        TrackKind.GUARDIAN,
        (Step.GUARDIAN_TO_REPORT, days_ago(60)),
        (Step.GUARDIAN_WORKING, days_ago(40)),
    )
    told = both(danylo)
    assert told["is_uam"] is True
    assert told["guardian_assigned_on"] == days_ago(40).isoformat()
