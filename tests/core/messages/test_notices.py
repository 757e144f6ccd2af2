import re
from datetime import date

import pytest

from perron.messages.notices import CATALOGUE, LANGUAGES, due, language_for, refusal, render
from perron.rules.law import protection_end

END = date(2027, 3, 4)
NOTICES = sorted(path.name for path in CATALOGUE.iterdir())
SCRIPT = {"uk": "іїєґ", "ru": "ыэёъ"}


def text(notice, language):
    return (CATALOGUE / notice / f"{language}.md").read_text(encoding="utf-8")


def test_a_person_is_told_half_a_year_ahead_until_the_last_day():
    assert due(END, date(2026, 9, 4)) == ()
    assert [notice.about_on for notice in due(END, date(2026, 9, 5))] == [END]
    assert due(END, END) != ()
    assert due(END, date(2027, 3, 5)) == ()
    assert due(None, END) == ()


def test_somebody_who_was_refused_is_told_of_the_appeal_until_its_last_day():
    (notice,) = refusal(END, END)
    assert (notice.kind, notice.about_on) == ("protection_refused", END)
    assert refusal(END, date(2027, 3, 5)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_told_with_its_four_ways_and_without_frightening_about_the_bed(language):
    (ways,) = [
        part for part in letter("protection_refused", language).parts if isinstance(part, tuple)
    ]
    assert len(ways) == 4
    assert len(letter("protection_refused", language).parts[1]) < 70


def test_the_end_that_is_told_is_the_adopted_one():
    assert protection_end(date(2026, 11, 25)).value == END


def test_a_person_reads_the_first_language_that_exists():
    assert language_for(("ka", "ru", "uk")) == "ru"
    assert language_for(("ka",)) == "en"


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_exists_in_all_its_languages_with_the_same_places_and_parts(notice, language):
    english, here = text(notice, "en"), text(notice, language)
    assert sorted(re.findall(r"{\w+}", here)) == sorted(re.findall(r"{\w+}", english))
    shape = [len(part) if isinstance(part, tuple) else 0 for part in letter(notice, language).parts]
    assert shape == [
        len(part) if isinstance(part, tuple) else 0 for part in letter(notice, "en").parts
    ]


def letter(notice, language):
    return render(notice, {"end": END}, language)


@pytest.mark.parametrize("notice", NOTICES)
def test_each_language_is_written_in_its_own_script(notice):
    for language in LANGUAGES:
        cyrillic = len(re.findall("[а-яіїєґ]", text(notice, language).lower()))
        assert (cyrillic > 200) == (language in SCRIPT)
    assert not set(SCRIPT["ru"]) & set(text(notice, "uk").lower())
    assert not set(SCRIPT["uk"]) & set(text(notice, "ru").lower())


def test_the_days_are_written_out():
    assert (
        letter("protection_ends", "uk").title == "Ваш тимчасовий захист діє до 4 березня 2027 року"
    )
    assert "4 maart 2027" in letter("protection_ends", "nl").title
    assert "{" not in str(letter("protection_ends", "fr"))


def test_a_proposal_is_never_told_as_law():
    assert "only been proposed" in text("protection_ends", "en")
    assert "2028" not in text("protection_ends", "en")
