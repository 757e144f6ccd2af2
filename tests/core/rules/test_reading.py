"""A person as a file: what is read, what is written, and what is refused."""

import pytest

from perron.rules.facts import facts
from perron.rules.reading import read_answers, read_person, write_answers
from perron.vocabulary.errors import BadFile
from perron.vocabulary.intervals import PartialDate

ANSWERS = {
    "sex": None,
    "birth_date": "1990-05",
    "nationality": ["NO", "UA"],
    "stay_periods": [{"title": "tp", "from": "2022-03-20", "to": "-"}],
    "absences": [],
    "job_offer": "-",
    "means_month": 1250.5,
    "is_uam": False,
}


def test_what_is_written_is_read_as_the_same_in_the_same_order():
    assert list(read_answers(write_answers(ANSWERS), "file").items()) == list(ANSWERS.items())
    assert read_answers(write_answers({}), "file") == {}


def test_a_question_that_was_left_open_is_an_answer_but_no_fact():
    assert "sex" in read_answers("sex: null", "file")
    assert read_person(write_answers(ANSWERS), "file") == {
        name: value for name, value in ANSWERS.items() if value is not None
    }


@pytest.mark.parametrize("text", ["1987-00", "1987-00-05", "1987-05-00", "0-01-01"])
def test_a_month_or_day_of_zero_is_no_date(text):
    with pytest.raises(ValueError, match=r"must be in|out of range"):
        PartialDate.parse(text)
    with pytest.raises(BadFile):
        read_answers(f"birth_date: {text}", "file")


def test_the_table_says_why_each_fact_is_asked_and_what_it_is_called_that_there_is_none():
    for fact in facts().values():
        assert fact.why in fact.sayings
        assert bool(fact.none) == fact.may_be_none
