"""The file comes back with its faults marked; the same file, and a corrected one, are recognised."""

import io

import openpyxl
import pytest

from perron.files.fingerprint import Received, Recognised, Relation, fingerprint, recognise
from perron.files.marked import marked
from perron.messages.texts import say
from perron.vocabulary.files import FileKind

ROWS = [
    ["Ref", "Voornaam", "Achternaam", "Geboortedatum", "Telefoon", "Opmerking"],
    ["a1", "Olena", "Koval", "12/03/1985", "+32 499 12 34 56", "=HYPERLINK(1)"],
    ["a2", "Ivan", "Bondar", "31/02/1990", "bel Jan", ""],
]
LANGUAGES = ("nl", "fr", "de", "en", "uk", "ru")


def dutch(message):
    return say(message, "nl")


def test_csv_comes_back_with_a_column_of_faults_and_nothing_that_runs(text, read):
    data = text(ROWS).encode()
    back = marked(data, read(data), dutch).decode("utf-8-sig").splitlines()
    assert back[0] == "Ref;Voornaam;Achternaam;Geboortedatum;Telefoon;Opmerking;Fouten"
    assert back[1] == "a1;Olena;Koval;12/03/1985;+32 499 12 34 56;'=HYPERLINK(1);"
    assert back[2].endswith(
        ";D Geboortedatum: Die dag bestaat niet • E Telefoon: Dit is geen telefoonnummer"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_came_back_can_be_sent_again_and_the_column_of_faults_does_not_grow(
    text, read, wrong, language
):
    def spoken(message):
        return say(message, language)

    data = text(ROWS).encode()
    once = marked(data, read(data), spoken)
    again = read(once)
    assert wrong(again) == wrong(read(data))
    assert marked(once, again, spoken) == once


def test_xlsx_comes_back_with_comments_colours_and_a_column_of_faults(book, read, wrong):
    data = book(
        [
            ["Lijst"],
            [],
            *ROWS[:1],
            ["=1+1", "Olena", "Koval", "12/03/1985", "0499123456"],
            *ROWS[2:],
        ]
    )
    reading = read(data, "a.xlsx")
    assert wrong(reading) == [
        (4, "A", "file.formula_without_value"),
        (5, "D", "file.no_such_day"),
        (5, "E", "file.not_a_phone"),
    ]
    back = marked(data, reading, dutch)
    sheet = openpyxl.load_workbook(io.BytesIO(back)).active
    assert sheet["D5"].comment.text == "Die dag bestaat niet"
    assert sheet["D5"].fill.fgColor.rgb == "FFFFD9D9"
    assert sheet["A4"].value == "=1+1"
    assert sheet["G3"].value == "Fouten"
    assert (
        sheet["G5"].value
        == "D Geboortedatum: Die dag bestaat niet • E Telefoon: Dit is geen telefoonnummer"
    )
    again = read(back, "a.xlsx")
    assert wrong(again) == wrong(reading)
    twice = openpyxl.load_workbook(io.BytesIO(marked(back, again, dutch))).active
    assert twice.max_column == sheet.max_column


def test_a_fault_in_a_cell_merged_over_two_rows_is_marked_in_both(book, read, wrong):
    rows = [
        ["Voornaam", "Achternaam", "Gemeente"],
        ["Olena", "Koval", "Nergens"],
        ["Ivan", "Koval", None],
    ]
    data = book(rows, edit=lambda sheet: sheet.merge_cells("C2:C3"))
    reading = read(data, "a.xlsx")
    assert wrong(reading) == [
        (2, "C", "file.municipality_unknown"),
        (3, "C", "file.municipality_unknown"),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(marked(data, reading, dutch))).active
    assert sheet["C2"].comment is not None
    assert sheet["D2"].value == sheet["D3"].value is not None


def test_a_file_that_is_no_table_comes_back_as_it_is(read):
    assert marked(b"%PDF", read(b"%PDF"), dutch) == b"%PDF"


def test_each_fault_and_note_can_be_said_in_each_language(text, book, read):
    rows = [
        [
            "Gezin",
            "Ref",
            "Voornam",
            "Achternaam",
            "Geboortedatum",
            "Telefoon",
            "Gemeente",
            "Noden",
            "Talen",
            "Geslacht",
        ],
        [
            "1",
            "a",
            "Olena",
            "Koval",
            "1-2-20",
            "3,2E+10",
            "Gennt",
            "rolstoell",
            "Oekrains",
            "vrouwlijk",
        ],
        ["", "a", "", "Koval", "05/13/1990", "499123456", "9000", "xyzzy", "", "q"],
    ]
    reading = read(text(rows).encode())
    assert len(reading.faults) >= 10
    for remark in (*reading.faults, *reading.understood.told):
        for language in LANGUAGES:
            assert say(remark.message, language)


def good(rows=ROWS):
    return [rows[0], rows[1], ["a2", "Ivan", "Bondar", "28/02/1990", "0488123456", ""]]


def test_the_same_file_and_the_same_content_in_another_program_are_recognised(text, book, read):
    as_csv, as_book = text(good()).encode(), book(good())
    first = fingerprint(as_csv, read(as_csv))
    received = [Received(7, "Fedasil", first)]
    assert recognise(first, "Fedasil", received) == Recognised(Relation.SAME_FILE, 7)
    other = fingerprint(as_book, read(as_book, "a.xlsx"))
    assert other.content == first.content
    assert recognise(other, "anybody", received) == Recognised(Relation.SAME_CONTENT, 7)
    head, one, two = good()
    turned = [[row[2], row[1], *row[3:], row[0]] for row in (head, two, one)]
    turned[0] = ["Nom de famille", "Prénom", "Né(e) le", "Téléphone", "Remarque", "Référence"]
    in_french = text(turned, ",").encode("utf-16")
    assert fingerprint(in_french, read(in_french)).content == first.content


def test_a_corrected_file_follows_the_one_with_faults(text, read):
    bad, corrected = text(ROWS).encode(), text(good()).encode()
    earlier = fingerprint(bad, read(bad))
    assert earlier.content == ""
    received = [Received(3, "Fedasil", earlier), Received(4, "Caritas", earlier)]
    later = fingerprint(corrected, read(corrected))
    assert recognise(later, "Fedasil", received) == Recognised(Relation.SUCCESSOR, 3)
    assert recognise(later, "Gent", received) == Recognised(Relation.NEW)
    others = text([ROWS[0], ["b1", "Petro", "Melnyk", "1970", "", ""]]).encode()
    assert recognise(fingerprint(others, read(others)), "Fedasil", received) == Recognised(
        Relation.NEW
    )
    as_people = fingerprint(corrected, read(corrected, kind=FileKind.PEOPLE))
    assert recognise(as_people, "Fedasil", received) == Recognised(Relation.NEW)


def test_a_remembered_mapping_goes_before_what_is_known_and_comes_out_as_it_went_in(text, read):
    data = text([["Wie", "Wat", "Naam", "Extra"], ["Olena", "Koval", "x", "y"]]).encode()
    mapping = {"Wie": "given_name", "wat": "family_name", "Naam": ""}
    reading = read(data, mapping=mapping)
    assert [(row.given_name, row.family_name) for row in reading.rows] == [("Olena", "Koval")]
    assert reading.understood.mapping == {
        "Wie": "given_name",
        "Wat": "family_name",
        "Naam": "",
        "Extra": "",
    }
    assert read(data, mapping=reading.understood.mapping).rows == reading.rows
    with pytest.raises(ValueError, match="no column"):
        read(data, mapping={"Wie": "shoe_size"})
