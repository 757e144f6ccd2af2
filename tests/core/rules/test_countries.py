"""Member states side by side: nothing without a source and a mark, nothing invented, a broken file refused whole."""

from datetime import date

import pytest

from perron.messages.texts import say
from perron.rules.countries import (
    FIELDS,
    LANGUAGES,
    MEMBER_STATES,
    compared,
    countries,
    read_countries,
    unsourced,
)
from perron.rules.law import series
from perron.rules.moments import Moment
from perron.vocabulary.errors import BadFile
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.verdicts import Mark, Source

TODAY = Moment(date(2026, 11, 27))
NAMES = "  name: {en: A, nl: A, fr: A, de: A, uk: A, ru: A}\n"
NOT_KNOWN = {
    "en": "Not known", "nl": "Niet bekend", "fr": "Pas connu", "de": "Nicht bekannt", "uk": "Невідомо",
    "ru": "Неизвестно",
}  # fmt: skip


def cell(code, field, moment=TODAY):
    country = next(each for each in compared(moment) if each.code == code)
    return next(each for each in country.entries if each.field == field)


def faults(text):
    with pytest.raises(BadFile) as refused:
        read_countries(text, "countries.yaml")
    assert {fault.file for fault in refused.value.faults} == {"countries.yaml"}
    return [say(fault.message, "en") for fault in refused.value.faults]


def of(code, *fields):
    return f"{code}:\n{NAMES}  fields:\n" + "".join(f"    {each}\n" for each in fields)


def test_each_entry_has_a_source_and_a_mark_and_each_value_a_day():
    for country in compared(TODAY):
        assert set(country.names) == set(LANGUAGES)
        assert [entry.field for entry in country.entries] == list(FIELDS)
        for entry in country.entries:
            assert (entry.source is None) <= (entry.value is None), entry
            assert (entry.as_of is None) <= (entry.value is None), entry
            if entry.source:
                assert entry.source.text
                assert (entry.source.mark is Mark.UNKNOWN) == (entry.value is None), entry


def test_of_other_member_states_only_what_is_sourced_stands_there():
    others = [each for each in compared(TODAY) if each.code not in {"EU", "BE"}]
    said = {
        (each.code, entry.field): (entry.value, str(entry.as_of), entry.source)
        for each in others
        for entry in each.entries
        if entry.source or entry.value is not None
    }
    assert said == {("NL", "share_at_work"): (59, "2024-11", Source("belgium.md §3.3", Mark.PRESS))}
    assert unsourced() == len(MEMBER_STATES) - 2 == 25
    assert cell("EU", "take_back").value is False


def test_belgium_is_read_from_the_law_and_not_written_again():
    belgium = next(each for each in countries() if each.code == "BE")
    own = [each.field for each in belgium.entries if each.source and each.refers is None]
    assert own == ["share_at_work"], "looked for and not found"
    last = cell("BE", "protection_until")
    (row,) = [each for each in series()[0]["tp.valid_to"] if each.value == last.value]
    assert (last.source, last.as_of) == (row.source, PartialDate.parse(str(row.known_since)))
    assert cell("BE", "absence").source.mark is Mark.UNKNOWN
    assert say(cell("BE", "work").message, "en") == "Any work, without a permit"
    assert [str(each) for each in cell("BE", "integration").regions] == ["VLG", "BRU", "WAL"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_sourced_reads_not_known_in_each_language(language):
    empty = cell("NL", "protection_until")
    assert empty.source is None
    assert say(empty.message, language) == NOT_KNOWN[language]
    for country in compared(TODAY):
        for entry in country.entries:
            assert say(entry.name, language)
            assert say(entry.message, language)


def test_a_value_without_source_mark_or_day_is_refused_by_file_country_and_field():
    blank = 'work: {value: unlimited, as_of: 2025, source: " ", mark: V}'
    assert faults(of("PL", "absence: {value: 30}") + of("DE", blank)) == [
        "PL, absence: source is missing", "PL, absence: mark is missing", "PL, absence: as_of is missing",
        "DE, work: source is missing",
    ]  # fmt: skip


def test_a_broken_file_is_refused_with_every_fault_named():
    text = (
        of("UK", "absence: {value: 30, as_of: 2025, source: x, mark: V}")
        + of(
            "PL",
            "abscence: {value: 30, as_of: 2025, source: x, mark: V}",
            "absence: {value: 30, as_of: 2025, source: x, mark: U}",
            "way_back: {value: null, source: x, mark: V}",
            "work: {value: everything, as_of: 2025-13, source: x, mark: W}",
            "protection_until: {law: tp.valid_to}",
        )
        + of("BE", "work: {right: labour}", "way_back: {law: tp.reentry_allowed, mark: V}")
    )
    assert faults(text) == [
        "UK is no member state",
        "PL: there is no field abscence",
        "PL, absence: U, and no other mark, is for what is not known",
        "PL, way_back: U, and no other mark, is for what is not known",
        "Found W, expected V, P, M+, M, M-, U, D",
        "Found everything, expected unlimited, bound, blue_card, hours_20, after_four_months, per_card, none",
        "Found 2025-13, expected 2024, 2024-11, 2024-11-23",
        "PL, protection_until: tp.valid_to is of the law of Belgium",
        "BE, work: the law has no labour",
        "BE, way_back: mark stands beside what is read from the law",
    ]


def test_a_country_twice_or_without_a_name_in_each_language_is_refused():
    entry = "absence: {value: 30, as_of: 2025, source: x, mark: V}"
    assert faults(of("PL", entry) + of("PL", entry)) != []
    assert len(faults(of("PL", entry).replace(", uk: A, ru: A", ""))) == 2
    (good,) = read_countries(of("PL", entry), "countries.yaml")
    assert [each.value for each in good.entries if each.source] == [30]
