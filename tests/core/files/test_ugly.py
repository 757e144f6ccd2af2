"""Twenty ugly spreadsheets of real life: each comes in right, or is refused with every fault named."""

from datetime import date, datetime

from openpyxl.styles import numbers

from perron.files.rows import OrganisationRow, PersonRow, PlaceRow
from perron.vocabulary.files import FileKind
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import Need, Sex
from perron.vocabulary.places import Feature, PlaceKind

GENT, NAMUR, EUPEN, IXELLES = "44021", "92094", "63023", "21009"
OLENA = PersonRow(
    row=2,
    given_name="Olena",
    family_name="Shevchenko",
    household="1",
    born=PartialDate(1985, 3, 12),
    sex=Sex.FEMALE,
    nationalities=("UA",),
    languages=("uk", "ru"),
    telephone="0499 12 34 56",
    needs=frozenset({Need.WHEELCHAIR, Need.LIFT}),
    arrived_on=date(2026, 11, 20),
    municipality=GENT,
    roof=True,
)


def test_1_excel_in_dutch_saves_csv_with_semicolons_in_windows_1252_with_blank_rows_and_a_total(
    read, told
):
    data = (
        "Gezin;Naam;Voornaam;Geboortedatum (dd/mm/jjjj);M/V;Nationaliteit;Talen;GSM;"
        "Gemeente;Aankomst;Opvang nodig;Noden;;\r\n"
        "1;Shevchenko;Olena;12/03/1985;v;Oekraïense;Oekraïens, Russisch;0499 12 34 56;"
        "Gent;20/11/2026;ja;rolstoel, lift;;\r\n"
        ";;;;;;;;;;;;;\r\n;;;;;;;;;;;;;\r\nTotaal;1;;;;;;;;;;;;\r\n"
    ).encode("cp1252")
    reading = read(data)
    assert reading.faults == ()
    assert reading.rows == (OLENA,)
    said = reading.understood
    assert (said.encoding, said.delimiter, said.header, said.rows, said.blank) == (
        "windows-1252",
        ";",
        (1, 1),
        1,
        2,
    )
    assert told(reading) == [(1, "B", "file.name_means"), (5, "", "file.total_left_out")]


def test_2_excel_in_french_with_a_byte_order_mark_and_a_line_that_names_the_separator(read):
    data = (
        "\ufeffsep=;\r\nMénage;Nom;Prénom;Date de naissance;Sexe;Nationalité;Commune\r\n"
        "7;Koval;Iryna;1990;F;Ukraine;Ville-Inconnue\r\n"
    )
    good = data.replace("Ville-Inconnue", "5000 Namur").encode()
    assert read(good).rows == (
        PersonRow(
            row=2,
            given_name="Iryna",
            family_name="Koval",
            household="7",
            born=PartialDate(1990),
            sex=Sex.FEMALE,
            nationalities=("UA",),
            municipality=NAMUR,
        ),
    )
    bad = read(data.encode())
    assert bad.rows == ()
    assert [
        (each.row, each.column, each.header, each.text, each.message.key) for each in bad.faults
    ] == [(2, "G", "Commune", "Ville-Inconnue", "file.municipality_unknown")]


def test_3_libreoffice_saves_utf16_with_tabs(read):
    data = "Familienname\tVorname\tGeburtsdatum\tGeschlecht\tGemeinde\nMüller\tJürgen\t1.2.1980\tMann\tEupen\n".encode(
        "utf-16"
    )
    reading = read(data)
    assert (reading.understood.encoding, reading.understood.delimiter) == ("utf-16", "\t")
    assert reading.rows == (
        PersonRow(
            row=2,
            given_name="Jürgen",
            family_name="Müller",
            born=PartialDate(1980, 2, 1),
            sex=Sex.MALE,
            municipality=EUPEN,
        ),
    )


def test_4_an_old_program_saves_cyrillic_in_windows_1251(read):
    data = "Прізвище;Ім'я;Дата народження;Стать;Громадянство\r\nШевченко;Олена;12.03.1985;жін;Україна\r\n".encode(
        "cp1251"
    )
    reading = read(data)
    assert reading.understood.encoding == "windows-1251"
    assert reading.rows == (
        PersonRow(
            row=2,
            given_name="Олена",
            family_name="Шевченко",
            given_name_cyrillic="Олена",
            family_name_cyrillic="Шевченко",
            born=PartialDate(1985, 3, 12),
            sex=Sex.FEMALE,
            nationalities=("UA",),
        ),
    )


def test_5_latin_and_cyrillic_names_stand_side_by_side(read):
    data = "Achternaam,Voornaam,Прізвище,Ім’я\nKoval,Ivan,Коваль,Іван\n".encode()
    (row,) = read(data).rows
    assert (row.family_name, row.given_name) == ("Koval", "Ivan")
    assert (row.family_name_cyrillic, row.given_name_cyrillic) == ("Коваль", "Іван")


def test_6_excel_with_a_title_real_dates_numbers_and_hidden_rows_and_columns(book, read, told):
    rows = [
        ["Lijst aankomsten november 2026"],
        [],
        ["Dossiernummer", "Achternaam", "Voornaam", "Geboren", "GSM", "Aankomst"],
        [
            1001,
            "Shevchenko",
            "Olena",
            date(1985, 3, 12),
            499123456,
            datetime(2026, 11, 20, 14, 30),  # noqa: DTZ001 - a spreadsheet knows no zone
        ],
        [1002, "Koval", "Ivan", 31118, 380501234567, date(2026, 11, 21)],
    ]

    def hide(sheet):
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["E"].hidden = True

    reading = read(book(rows, edit=hide), "lijst.xlsx")
    assert reading.faults == ()
    assert reading.rows == (
        PersonRow(
            row=4,
            given_name="Olena",
            family_name="Shevchenko",
            reference="1001",
            born=PartialDate(1985, 3, 12),
            telephone="0499123456",
            arrived_on=date(2026, 11, 20),
        ),
        PersonRow(
            row=5,
            given_name="Ivan",
            family_name="Koval",
            reference="1002",
            born=PartialDate(1985, 3, 12),
            telephone="+380501234567",
            arrived_on=date(2026, 11, 21),
        ),
    )
    assert reading.understood.header == (3, 3)
    assert told(reading) == [
        (0, "", "file.rows_hidden"),
        (0, "", "file.columns_hidden"),
        (4, "E", "file.zero_put_back"),
        (4, "F", "file.time_left_out"),
        (5, "D", "file.serial_date"),
        (5, "E", "file.plus_put_back"),
    ]


def test_7_merged_headers_on_two_rows_and_a_household_merged_over_its_members(book, read):
    rows = [
        ["Gezin", "Naam", None, "Geboorte", "Contact", None],
        [None, "Voornaam", "Familienaam", "datum", "Telefoon", "E-mail"],
        [1, "Olena", "Koval", "12/03/1985", "0499 12 34 56", "olena@example.org"],
        [None, "Ivan", "Koval", "2015", None, None],
        [2, "Petro", "Bondar", "00/00/1970", None, None],
    ]

    def merge(sheet):
        for area in ("A1:A2", "B1:C1", "E1:F1", "A3:A4"):
            sheet.merge_cells(area)

    reading = read(book(rows, edit=merge), "gezinnen.xlsx")
    assert reading.faults == ()
    assert reading.understood.header == (1, 2)
    assert [
        (row.household, row.given_name, row.family_name, str(row.born)) for row in reading.rows
    ] == [
        ("1", "Olena", "Koval", "1985-03-12"),
        ("1", "Ivan", "Koval", "2015"),
        ("2", "Petro", "Bondar", "1970"),
    ]
    assert reading.rows[0].email == "olena@example.org"


def test_8_dates_that_can_be_read_in_two_ways_or_not_at_all(text, read, wrong):
    born = [
        "05/13/1990",
        "31/02/1990",
        "1-2-20",
        "01/02/85",
        "32/01/1990",
        "1/1/2030",
        "12 maart 1985",
        "1800",
        "gisteren",
        "12031985",
    ]
    rows = [
        ["Voornaam", "Achternaam", "Geboortedatum"],
        *([f"A{chr(97 + i)}", "Koval", day] for i, day in enumerate(born)),
    ]
    reading = read(text(rows).encode())
    assert reading.rows == ()
    assert wrong(reading) == [
        (2, "C", "file.month_first"),
        (3, "C", "file.no_such_day"),
        (4, "C", "file.century_unclear"),
        (6, "C", "file.no_such_day"),
        (7, "C", "file.in_the_future"),
        (9, "C", "file.too_long_ago"),
        (10, "C", "file.not_a_day"),
        (11, "C", "file.not_a_day"),
    ]


def test_9_telephones_that_the_spreadsheet_took_for_numbers(text, read, wrong):
    phones = [
        "3,2499E+10",
        "3.2499E+10",
        "499123456",
        "32499123456",
        "12345678",
        "0499 12 34 56 / 0488 12 34 56",
        "bel Jan",
        "+32 499 12 34 56",
    ]
    rows = [
        ["Voornaam", "Achternaam", "Telefoon"],
        *([f"A{chr(97 + i)}", "Koval", each] for i, each in enumerate(phones)),
    ]
    assert wrong(read(text(rows).encode())) == [
        (2, "C", "file.phone_digits_lost"),
        (3, "C", "file.phone_digits_lost"),
        (6, "C", "file.phone_without_zero"),
        (7, "C", "file.two_phones"),
        (8, "C", "file.not_a_phone"),
    ]


def test_10_formulas_without_a_result_and_cells_with_an_error(book, read, wrong, changed):
    rows = [
        ["Prénom", "Nom", "Référence"],
        ["Olena", "Koval", '=CONCAT("A",1)'],
        ["Ivan", "Bondar", "#REF!"],
    ]
    data = book(rows)
    reading = read(data, "liste.xlsx")
    assert reading.rows == ()
    assert wrong(reading) == [(2, "C", "file.formula_without_value"), (3, "C", "file.cell_error")]
    kept = changed(data, "xl/worksheets/sheet1.xml", b"</f><v />", b"</f><v>7</v>")
    assert wrong(read(kept, "liste.xlsx")) == [(3, "C", "file.cell_error")]


def test_11_one_column_for_the_whole_name(text, read, wrong, told):
    good = read(text([["Naam", "Geboortedatum"], ["Koval, Olena", "1985"]]).encode())
    assert [(row.family_name, row.given_name) for row in good.rows] == [("Koval", "Olena")]
    assert told(good) == [(1, "A", "file.name_means")]
    bad = read(text([["Naam", "Geboortedatum"], ["Olena Koval", "1985"], ["", "1990"]]).encode())
    assert wrong(bad) == [(2, "A", "file.name_cannot_be_split"), (3, "A", "file.needed")]


def test_a_whole_name_beside_its_two_parts_is_not_needed(text, read):
    rows = [
        ["N°", "Nom", "Prénom", "Nom complet"],
        ["1", "Koval", "Olena", "Olena Koval"],
        ["TOTAL: 1"],
    ]
    assert [(row.family_name, row.given_name) for row in read(text(rows).encode()).rows] == [
        ("Koval", "Olena")
    ]


def test_12_a_comma_without_quotes_shifts_the_row(read, wrong):
    data = b"Voornaam,Achternaam,Noden\nOlena,Koval,lift\nIvan,Bondar,lift,rolstoel\n"
    assert wrong(read(data)) == [(3, "D", "file.cells")]


def test_13_two_sheets_of_which_one_is_meant_and_two_that_could_be(book, read, wrong):
    people = [["Voornaam", "Achternaam"], ["Olena", "Koval"]]
    notes = [["Opmerkingen"], ["Bel Jan terug"]]
    one = read(book(notes, "Uitleg", more=[("Aankomsten", people)]), "a.xlsx")
    assert (one.understood.sheet, len(one.rows)) == ("Aankomsten", 1)
    two = read(book(people, "Week 1", more=[("Week 2", people)]), "a.xlsx")
    assert wrong(two) == [(0, "", "file.two_sheets")]
    assert dict(two.faults[0].message.params)["sheets"] == "Week 1; Week 2"


def test_14_what_is_no_spreadsheet_is_refused_and_says_what_to_do(book, read, wrong):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    assert wrong(read(ole, "oud.xls")) == [(0, "", "file.old_xls")]
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    assert wrong(read(locked, "geheim.xlsx")) == [(0, "", "file.password")]
    assert wrong(read(b"<html><table></table></html>", "lijst.xlsx")) == [(0, "", "file.not_xlsx")]
    assert wrong(read(book([["a"]])[:-300], "half.xlsx")) == [(0, "", "file.not_xlsx")]
    assert wrong(read(b"%PDF-1.7\n\x00\x01\x02", "lijst.pdf")) == [(0, "", "file.not_text")]
    assert wrong(read(b"  \r\n ", "leeg.csv")) == [(0, "", "file.empty")]
    assert wrong(read(b"Voornaam;Achternaam\r\n", "kop.csv")) == [(0, "", "file.no_rows")]
    assert wrong(read(b"a;b\r\n1;2\r\n", "kop.csv")) == [(0, "", "file.no_header")]


def test_15_letters_that_were_lost_or_garbled_on_their_way(text, read, wrong):
    rows = [
        ["Voornaam", "Achternaam"],
        ["?????", "Koval"],
        ["AndrÃ©", "Koval"],
        ["Oлена", "Bondar"],
        ["Olena2", "Bondar"],
        ["£ukasz", "Bondar"],
        ["#REF!", "Bondar"],
        ["Мар`яна", "О’Брайен"],
    ]
    assert wrong(read(text(rows).encode())) == [
        (2, "A", "file.letters_lost"),
        (3, "A", "file.garbled"),
        (4, "A", "file.mixed_scripts"),
        (5, "A", "file.digit_in_name"),
        (6, "A", "file.garbled"),
        (7, "A", "file.cell_error"),
    ]
    assert wrong(read("Prénom;Nom\r\nAndré;Koval\r\n".encode("cp850"))) == [
        (0, "", "file.encoding_unclear")
    ]


def test_16_households_that_do_not_agree_and_people_who_stand_there_twice(text, read, wrong):
    rows = [
        ["Gezin", "Ref", "Voornaam", "Achternaam", "Geboortedatum", "Gemeente"],
        ["1", "a", "Olena", "Koval", "12/03/1985", "Gent"],
        ["1", "b", "Ivan", "Koval", "2015", "Gand"],
        ["1", "c", "Petro", "Koval", "2016", "Namen"],
        ["2", "a", "Iryna", "Bondar", "1990", "Elsene / Ixelles"],
        ["3", "e", "OLENA", "KOVAL", "1985-03-12", "5000"],
        ["", "f", "Anna", "Bondar", "1991", "Ixelles"],
    ]
    assert wrong(read(text(rows).encode())) == [
        (4, "F", "file.differs_from_row"),
        (5, "B", "file.row_twice"),
        (6, "D", "file.row_twice"),
        (7, "A", "file.household_needed"),
    ]


def test_a_column_of_households_in_which_nothing_stands_says_nothing(text, read):
    rows = [["Gezin", "Voornaam", "Achternaam"], ["", "Olena", "Koval"], ["", "Ivan", "Bondar"]]
    assert [row.household for row in read(text(rows).encode()).rows] == ["", ""]


def test_17_a_quote_that_does_not_close_swallows_nothing(read, wrong):
    data = b'Voornaam;Achternaam\r\nOlena;"Koval\r\nIvan;Bondar\r\n'
    assert wrong(read(data)) == [(0, "", "file.quotes_broken")]
    whole = (
        b'Voornaam;Achternaam;Telefoon;Opmerking\rOlena;Koval;;"bel\rvoor tien"\rIvan;Bondar;;\r'
    )
    reading = read(whole)
    assert [row.row for row in reading.rows] == [2, 3]
    assert [each.text for each in reading.understood.left_out] == ["Opmerking"]


def test_18_headers_with_typing_errors_twice_and_missing(text, read, wrong, told):
    near = read(
        text([["Voornam", "Achternaam", "Nationalitiet"], ["Olena", "Koval", "UKR"]]).encode()
    )
    assert near.rows[0].nationalities == ("UA",)
    assert told(near) == [(1, "A", "file.header_near"), (1, "C", "file.header_near")]
    twice = read(text([["Voornaam", "Prénom", "Naam"], ["Olena", "Olena", "Koval"]]).encode())
    assert wrong(twice) == [(1, "B", "file.header_twice")]
    missing = read(text([["Voornaam", "Geboortedatum"], ["Olena", "1985"]]).encode())
    assert (1, "", "file.column_needed") in wrong(missing)


def test_19_places_of_a_municipality(book, read, wrong):
    rows = [
        ["Inventaris"],
        [
            "Locatie",
            "Straat",
            "Postcode",
            "Gemeente",
            "Kamer",
            "Type",
            "Aantal bedden",
            "Kenmerken",
            "Vanaf",
            "Tot",
            "Gedeeld",
            "Enkel vrouwen",
        ],
        [
            "Hof",
            "Kerkstraat 1",
            9000,
            "Gent",
            101,
            "noodopvang",
            4.0,
            "lift; eigen keuken",
            date(2026, 12, 1),
            "31/12/2026",
            True,
            "nee",
        ],
        ["Hof", "Kerkstraat 1", 9000, "Gent", "102", "woning", "2", None, None, None, None, None],
        ["Totaal", None, None, None, None, None, 6],
    ]
    reading = read(book(rows), "plaatsen.xlsx", FileKind.PLACES)
    assert reading.faults == ()
    assert reading.rows[0] == PlaceRow(
        row=3,
        site="Hof",
        municipality=GENT,
        unit="101",
        kind=PlaceKind.EMERGENCY,
        beds=4,
        street="Kerkstraat 1",
        features=frozenset({Feature.LIFT, Feature.OWN_KITCHEN}),
        available_from=date(2026, 12, 1),
        available_until=date(2026, 12, 31),
        shared=True,
        women_only=False,
    )
    rows[3][4], rows[3][6], rows[3][5], rows[2][2], rows[2][9] = (
        101,
        "2+1",
        "wonning",
        5000,
        "1/11/2026",
    )
    assert wrong(read(book(rows), "plaatsen.xlsx", FileKind.PLACES)) == [
        (3, "C", "file.postal_code_elsewhere"),
        (3, "J", "file.ends_before_it_starts"),
        (4, "F", "file.place_kind_near"),
        (4, "G", "file.not_a_count"),
    ]


def test_20_organisations_in_three_languages_and_formulas_that_would_run(text, read, wrong):
    rows = [
        ["Art", "Name", "Name (fr)", "Gemeinde", "Telefon"],
        ["ÖSHZ", "ÖSHZ Eupen", "", "Eupen", "+32 87 12 34 56"],
        ["vzw", "'=Samen", "", "Elsene/Ixelles", "'+32 2 123 45 67"],
    ]
    reading = read(text(rows, ",").encode(), kind=FileKind.ORGANISATIONS)
    assert reading.rows == (
        OrganisationRow(
            row=2,
            kind=OrganisationKind.OCMW,
            name="ÖSHZ Eupen",
            municipality=EUPEN,
            telephone="+32 87 12 34 56",
        ),
        OrganisationRow(
            row=3,
            kind=OrganisationKind.NGO,
            name="=Samen",
            municipality=IXELLES,
            telephone="+32 2 123 45 67",
        ),
    )
    rows.append(["school", "ÖSHZ Eupen", "", "Neverland", ""])
    rows.append(["cpas", "Öshz  EUPEN", "", "4700", ""])
    assert wrong(read(text(rows, ",").encode(), kind=FileKind.ORGANISATIONS)) == [
        (4, "D", "file.municipality_unknown"),
        (5, "B", "file.row_twice"),
    ]


def test_percentages_and_styles_do_not_change_a_text(book, read):
    def style(sheet):
        sheet["C2"].number_format = numbers.FORMAT_PERCENTAGE

    data = book([["Voornaam", "Achternaam", "Ref"], ["Olena", "Koval", 0.5]], edit=style)
    assert read(data, "a.xlsx").rows[0].reference == "50 %"
