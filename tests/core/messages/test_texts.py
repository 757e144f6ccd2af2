"""A message becomes a sentence in the reader's language."""

from datetime import date

import pytest

from perron.messages import texts as room
from perron.messages.days import LANGUAGES, MONTHS, written_out
from perron.messages.texts import say, texts
from perron.vocabulary.wording import Message, message


@pytest.fixture
def known(monkeypatch):
    """Some texts beside those of the house."""
    own = {
        "t.plain": "Your stay ends on {end}.",
        "t.beds": ("{beds} bed is free.", "{beds} beds are free.", "beds"),
        "t.lacks": "It lacks: {needs:t.need}.",
        "t.name": "{name} said yes.",
        "t.need.lift": "lift",
        "t.need.cot": "cot",
    }
    monkeypatch.setattr(room, "texts", lambda: own)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("nl", "4 maart 2027"),
        ("fr", "4 mars 2027"),
        ("de", "4. März 2027"),
        ("en", "4 March 2027"),
        ("uk", "4 березня 2027 року"),
        ("ru", "4 марта 2027 года"),
    ],
)
def test_a_day_is_written_out(language, written):
    assert written_out(date(2027, 3, 4), language) == written


def test_the_first_of_a_month_is_an_ordinal_in_french():
    assert written_out(date(2027, 8, 1), "fr") == "1er août 2027"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_has_twelve_different_months(language):
    assert len(set(MONTHS[language].split())) == 12


def test_a_date_is_said_in_words(known):
    assert say(message("t.plain", end=date(2027, 3, 4)), "en") == "Your stay ends on 4 March 2027."


def test_a_number_chooses_its_form(known):
    assert say(message("t.beds", beds=1), "en") == "1 bed is free."
    assert say(message("t.beds", beds=0), "en") == "0 beds are free."


def test_codes_are_said_in_words(known):
    assert say(message("t.lacks", needs="lift;cot"), "en") == "It lacks: lift, cot."


def test_a_name_stays_as_it_is(known):
    assert say(message("t.name", name="Олена {x}"), "uk") == "Олена {x} said yes."


def test_a_text_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError):
        say(Message("no.such.text"), "nl")


def test_a_missing_parameter_is_an_error(known):
    with pytest.raises(KeyError):
        say(Message("t.plain"), "nl")


def test_every_text_of_the_house_is_a_text():
    for key, text in texts().items():
        parts = text if isinstance(text, tuple) else (text,)
        assert all(part.strip() == part != "" for part in parts), key
