"""Makes the spreadsheets that the tests read, as Excel, LibreOffice and people at desks make them."""

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest

from perron.files.reading import read_file
from perron.vocabulary.files import FileKind

ON = date(2026, 11, 26)


def make_book(rows, sheet="Blad1", edit=None, more=()):
    """XLSX of rows; ``edit`` changes the first sheet; ``more``: further sheets with their rows."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for title, others in more:
        other = book.create_sheet(title)
        for row in others:
            other.append(row)
    if edit:
        edit(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_text(rows, delimiter=";", newline="\r\n"):
    """CSV of rows."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue()


def change_part(data, part, old, new):
    """The same XLSX with a text changed in one part, as another program would have written it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for each in before.namelist():
            content = before.read(each)
            if each == part:
                assert old in content
                content = content.replace(old, new)
            after.writestr(each, content)
    return out.getvalue()


@pytest.fixture(scope="session")
def book():
    return make_book


@pytest.fixture(scope="session")
def text():
    return make_text


@pytest.fixture(scope="session")
def changed():
    return change_part


@pytest.fixture(scope="session")
def read():
    """Read on one day; the kind is arrivals unless said."""

    def reading(data, name="file.csv", kind=FileKind.ARRIVALS, mapping=None):
        return read_file(data, name, kind, on=ON, mapping=mapping)

    return reading


@pytest.fixture(scope="session")
def wrong():
    """The faults of a reading, short: row, column, key."""

    def faults(reading):
        return [(each.row, each.column, each.message.key) for each in reading.faults]

    return faults


@pytest.fixture(scope="session")
def told():
    """What a reading tells, short: row, column, key."""

    def notes(reading):
        return [(each.row, each.column, each.message.key) for each in reading.understood.told]

    return notes
