"""People whom no condition can tell apart on any of the days are asked once, and nobody else is."""

from datetime import date, timedelta
from random import Random

import pytest

from perron.rules.belgium.rulebook import belgium
from perron.rules.columns import People, people, told
from perron.rules.evaluate import answers
from perron.rules.moments import Moment
from perron.rules.population import months, verdicts

DAYS = (date(2026, 11, 27), *months(date(2026, 12, 1), 23))
OFTEN = DAYS[::6]
LAWS = ("adopted", "prolonged-2028", "note")


def day(dice, first, last):
    return first + timedelta(days=dice.randrange((last - first).days))


def known_in_part(dice, one):
    return dice.choice([one.isoformat(), one.isoformat(), one.isoformat()[:7], one.isoformat()[:4]])


def somebody(dice):
    """Dates around what the law compares them with: five years back, ages at exit, the day the war began."""
    start = day(dice, date(2021, 11, 1), date(2024, 2, 1))
    found = {
        "nationality": ["UA"],
        "sex": "m",
        "birth_date": known_in_part(dice, day(dice, date(1960, 1, 1), date(2012, 1, 1))),
        "left_ua_on": known_in_part(dice, day(dice, date(2021, 11, 1), date(2022, 6, 1))),
        "resided_in_ua_before_20220224": True,
        "exit_permit_valid": dice.choice([True, False, None]),
        "on_reserve_list": dice.choice([True, False, None]),
        "asylum_state": dice.choice(["granted", "none", None]),
        "stay_periods": [stay(dice, start)] + ([stay(dice, start)] if dice.random() < 0.2 else []),
        "asylum_lodged_on": known_in_part(dice, start) if dice.random() < 0.3 else None,
    }
    return {
        name: value for name, value in found.items() if value is not None and dice.random() < 0.85
    }


def stay(dice, start):
    titles = [
        "tp",
        "tp",
        "tp",
        "refugee",
        "single_permit",
        "student",
        "asylum_applicant",
        "family_tcn",
    ]
    last = dice.choice(["-", "-", day(dice, date(2026, 6, 1), date(2028, 12, 1)).isoformat()])
    record = {"title": dice.choice(titles), "from": known_in_part(dice, start), "to": last}
    if dice.random() < 0.1:
        del record["to"]
    return record


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("seed", range(3))
def test_who_is_asked_for_others_has_their_verdicts(law, seed):
    dice = Random(seed)
    rows = [somebody(dice) for _ in range(120)]
    swept = {
        (place, day, route): verdict
        for place, day, route, verdict in verdicts(
            belgium(), people(rows), DAYS, Moment(DAYS[0], law)
        )
        if day in OFTEN and place % 8 == 0
    }
    alone = {
        (place, day, found.id): found.verdict
        for place, row in enumerate(rows)
        if place % 8 == 0
        for day in OFTEN
        for found in answers(belgium(), row, Moment(day, law), explained=False)
    }
    assert swept == alone


def test_people_who_differ_only_in_days_that_nothing_compares_are_one_question():
    rows = [
        {"stay_periods": [{"title": "tp", "from": f"2022-04-{number:02}", "to": "-"}]}
        for number in range(2, 30)
    ]
    whole = people(rows)
    list(verdicts(belgium(), whole, DAYS, Moment(DAYS[0], "prolonged-2028")))
    groups = [
        len(found[1])
        for sign, found in whole.memory.items()
        if sign[0] == "computed" and "stay_periods" in sign[1]
    ]
    assert groups
    assert set(groups) == {1}


def test_nobody_at_all_is_counted_as_nobody():
    assert list(verdicts(belgium(), told(0, {}), DAYS[:1], Moment(DAYS[0]))) == []


def test_what_is_told_by_fact_is_what_is_told_by_person():
    dice = Random(3)
    rows = [somebody(dice) for _ in range(40)]
    by_fact: dict[str, dict[int, object]] = {}
    for place, row in enumerate(rows):
        for name, value in row.items():
            by_fact.setdefault(name, {})[place] = value
    one, other = told(len(rows), by_fact), people(rows)
    assert [one.person(n) for n in range(40)] == [other.person(n) for n in range(40)]
    some = one.some([7, 3, 3])
    assert isinstance(some, People)
    assert [some.person(n) for n in range(3)] == [one.person(n) for n in (7, 3, 3)]
