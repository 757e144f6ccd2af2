"""Ten thousand damaged files: each is read whole or refused whole, and none stops the program."""

import io
import random
import zipfile
from contextlib import suppress

import pytest

from perron.files.grid import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from perron.files.marked import marked
from perron.files.reading import Reading
from perron.messages.texts import say
from perron.vocabulary.errors import Refused
from perron.vocabulary.files import FileKind

HEADER = [
    "Gezin",
    "Ref",
    "Voornaam",
    "Achternaam",
    "Geboortedatum",
    "M/V",
    "Nationaliteit",
    "Talen",
    "GSM",
    "Gemeente",
    "Aankomst",
    "Noden",
]
PEOPLE = [
    HEADER,
    [
        "1",
        "a1",
        "Olena",
        "Koval",
        "12/03/1985",
        "v",
        "Oekraïense",
        "uk, ru",
        "0499 12 34 56",
        "9000 Gent",
        "20/11/2026",
        "rolstoel",
    ],
    ["1", "a2", "Іван", "Коваль", "2015", "m", "UA", "Oekraïens", "", "Gent", "2026-11-20", ""],
    [
        "2",
        "a3",
        "Jürgen",
        "Müller",
        "00/00/1970",
        "m",
        "Duitsland",
        "de",
        "+32 2 123 45 67",
        "Eupen",
        "",
        "lift; kinderbed",
    ],
]
NASTY = [
    "=1+1",
    "''",
    '"',
    ";",
    ",",
    "\t",
    "\r",
    "\n",
    "\x00",
    "\ufeff",
    "#REF!",
    "1E+99",
    "99999",
    "0",
    "-1",
    "31/02/2020",
    "١٢/٠٣/١٩٨٥",
    "²",
    "½",
    "x" * 3000,
    "Voornaam",
    "Totaal",
    "é" * 50,
    "\ud7ff",
    "𝔘",
    "nan",
    "inf",
    "1/1/0000",
    "9999-12-31",
    "<!DOCTYPE",
    "&#0;",
    "ß",
]
CSV_FILES, BOOKS, PACKED = 7_600, 1_600, 800
KINDS = tuple(FileKind)


def damaged(data, chance):
    """Bytes changed, taken out, put in, doubled or cut off."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(found) + 1)
        match chance.randrange(6):
            case 0:
                found[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[place : place + chance.randint(1, 30)]
            case 2:
                found[place:place] = chance.choice(NASTY).encode("utf-8", "replace")
            case 3:
                found[place:place] = found[place : place + 60]
            case 4:
                found[place:place] = chance.randbytes(chance.randint(1, 8))
            case _:
                del found[place + chance.randrange(200) :]
    return bytes(found)


def other_cells(chance):
    """The rows with cells that are nasty, moved, or gone."""
    rows = [list(row) for row in PEOPLE]
    for _ in range(chance.randint(1, 5)):
        row = chance.choice(rows)
        match chance.randrange(4):
            case 0:
                row[chance.randrange(len(row))] = chance.choice(NASTY)
            case 1:
                row.insert(chance.randrange(len(row)), chance.choice(NASTY))
            case 2:
                rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))
            case _:
                one, other = chance.choice(rows), chance.choice(rows)
                one[chance.randrange(12)], other[chance.randrange(12)] = other[0], one[-1]
    return rows


def repacked(data, chance):
    """XLSX of which one part is damaged, lost or doubled, packed anew so that its sums are right."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        names = before.namelist()
        hit = chance.choice([*names, *["xl/worksheets/sheet1.xml"] * 8])
        for name in names:
            content = before.read(name)
            if name != hit:
                after.writestr(name, content)
            elif chance.random() < 0.9:
                after.writestr(name, damaged(content, chance))
    return out.getvalue()


def whole_or_refused(read, data, name, chance):
    """Read as one of the kinds; the reading never has rows and faults, and always one of them."""
    reading = read(data, name, chance.choice(KINDS) if chance.random() < 0.3 else FileKind.ARRIVALS)
    assert isinstance(reading, Reading)
    assert bool(reading.rows) != bool(reading.faults)
    assert len(reading.rows) in (0, reading.understood.rows)
    if chance.random() < 0.05:
        for fault in reading.faults:
            assert say(fault.message, "nl")
        with suppress(Refused):
            assert marked(data, reading, lambda message: say(message, "nl"))
    return bool(reading.rows)


@pytest.mark.parametrize("part", range(4))
def test_damaged_csv_is_read_whole_or_refused_whole(text, read, part):
    chance = random.Random(part)
    encodings = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1251")
    came_in = 0
    for _ in range(CSV_FILES // 4):
        rows = other_cells(chance) if chance.random() < 0.5 else PEOPLE
        said = text(rows, chance.choice(";,\t|"), chance.choice(("\r\n", "\n", "\r")))
        data = said.encode(chance.choice(encodings), "replace")
        came_in += whole_or_refused(
            read, damaged(data, chance) if chance.random() < 0.7 else data, "a.csv", chance
        )
    assert 0 < came_in < CSV_FILES // 4


def test_damaged_xlsx_is_read_whole_or_refused_whole(book, read):
    chance, came_in = random.Random(5), 0
    sound = book(PEOPLE)
    for _ in range(PACKED):
        came_in += whole_or_refused(read, damaged(sound, chance), "a.xlsx", chance)
    for number in range(BOOKS):
        came_in += whole_or_refused(read, repacked(sound, chance), "a.xlsx", chance)
        if number % 100 == 0:
            rows = [[cell.replace("\x00", "") for cell in row] for row in other_cells(chance)]
            came_in += whole_or_refused(read, book(rows), "a.xlsx", chance)
    assert 0 < came_in < BOOKS + PACKED


def test_what_is_too_large_is_refused_before_it_is_unpacked(book, read, wrong, changed, text):
    assert wrong(read(b"a;" * (MOST_BYTES // 2 + 1))) == [(0, "", "file.too_large")]
    many = text([["Voornaam", "Achternaam"], *[["Olena", "Koval"]] * MOST_ROWS]).encode()
    assert wrong(read(many)) == [(0, "", "file.too_many_rows")]
    wide = text([["Voornaam", "Achternaam", *["x"] * MOST_COLUMNS]]).encode()
    assert wrong(read(wide)) == [(0, "", "file.too_many_columns")]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in range(7):
            packed.writestr(f"xl/worksheets/sheet{part}.xml", b" " * 9_000_000)
    assert wrong(read(out.getvalue(), "bom.xlsx")) == [(0, "", "file.unpacks_too_large")]


def test_a_spreadsheet_that_spreads_one_cell_or_declares_entities_is_refused(
    book, read, wrong, changed
):
    sound, sheet = (
        book([["Voornaam", "Achternaam"], ["Olena", "Koval"]]),
        "xl/worksheets/sheet1.xml",
    )
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576" /></mergeCells>'
    assert wrong(read(changed(sound, sheet, b"</sheetData>", merged), "a.xlsx")) == [
        (0, "", "file.merged_too_wide")
    ]
    far = changed(
        sound,
        sheet,
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )
    assert wrong(read(far, "a.xlsx")) == [(0, "", "file.too_many_rows")]
    entity = changed(sound, sheet, b"<worksheet ", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet ')
    assert wrong(read(entity, "a.xlsx")) == [(0, "", "file.not_xlsx")]
