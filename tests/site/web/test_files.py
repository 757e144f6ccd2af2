"""The pages of files: shown first, written on yes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from perron_site.records import models

pytestmark = pytest.mark.django_db
TEXT = "Voornaam;Familienaam;Geboortedatum;Hoe\nOlena;Marchuk;17/05/1992;x\nIryna;Koval;1961;\n"


def send(client, text=TEXT, kind="arrivals", name="lijst.csv"):
    sent = SimpleUploadedFile(name, text.encode(), content_type="text/csv")
    return client.post("/files/", {"file": sent, "kind": kind}, follow=True)


def test_a_file_is_shown_then_taken_in(desk):
    client = desk("registrar")
    text = send(client).content.decode()
    assert "2 rows" in text
    assert "New: 2. Changed: 0" in text
    assert "birth date" in text
    assert not models.Person.objects.exists()
    number = models.WaitingFile.objects.get().pk
    answer = client.post(f"/files/{number}/", {"yes": "1"}, follow=True)
    assert "Taken in. New: 2, changed: 0, as they were: 0." in answer.content.decode()
    assert models.Person.objects.count() == 2
    again = send(client).content.decode()
    assert "This came in already as number" in again
    assert "Take it in" not in again


def test_a_fault_is_shown_by_row_and_column_and_the_file_comes_back_marked(desk):
    client = desk("registrar")
    text = send(client, TEXT.replace("1961", "31/02/1961")).content.decode()
    assert "1 fault. Nothing is written." in text
    assert "C Geboortedatum" in text
    number = models.WaitingFile.objects.get().pk
    back = client.get(f"/files/{number}/faults/")
    assert back.headers["content-disposition"] == 'attachment; filename="lijst-faults.csv"'
    assert "31/02/1961" in back.content.decode("utf-8-sig")
    assert client.post(f"/files/{number}/", {"yes": "1"}).status_code == 409
    assert not models.Person.objects.exists()
    gone = client.post(f"/files/{number}/", {"no": "1"}, follow=True)
    assert "Nothing of the file was kept." in gone.content.decode()
    assert not models.WaitingFile.objects.exists()


def test_a_column_is_chosen_by_hand(desk):
    client = desk("registrar")
    send(client, TEXT.replace("Familienaam", "Wie"))
    number = models.WaitingFile.objects.get().pk
    chosen = {"columns": "1", "header": ["Wie"], "column": ["family_name"]}
    text = client.post(f"/files/{number}/", chosen, follow=True).content.decode()
    assert "New: 2." in text
    wrong = {"columns": "1", "header": ["Wie"], "column": ["password"]}
    assert client.post(f"/files/{number}/", wrong).status_code == 409


@pytest.mark.parametrize(
    ("who", "kind"), [("registrar", "places"), ("gent", "people"), ("registrar", ""), ("gent", "x")]
)
def test_a_desk_sends_in_only_what_it_keeps(desk, who, kind):
    answer = send(desk(who), kind=kind)
    assert answer.status_code == 409
    assert not models.WaitingFile.objects.exists()


def test_a_foreign_file_is_not_there_and_who_keeps_nothing_sends_nothing(desk):
    send(desk("registrar"))
    number = models.WaitingFile.objects.get().pk
    other = desk("ocmw_gent")
    for address in (f"/files/{number}/", f"/files/{number}/faults/"):
        assert other.get(address).status_code == 404
    assert other.post(f"/files/{number}/", {"yes": "1"}).status_code == 404
    assert "lijst.csv" not in other.get("/files/").content.decode()
    assert desk("supervisor").get("/files/").status_code == 403


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"]
)
def test_what_is_no_table_is_said_and_harms_nothing(desk, data):
    client = desk("registrar")
    sent = SimpleUploadedFile("x.xlsx", data or b" ", content_type="application/x")
    answer = client.post("/files/", {"file": sent, "kind": "people"}, follow=True)
    assert answer.status_code == 200
    assert "Nothing is written." in answer.content.decode()
    number = models.WaitingFile.objects.get().pk
    assert client.get(f"/files/{number}/faults/").status_code == 200


def test_what_a_file_changes_of_places_is_shown_before_the_yes(desk):
    client = desk("gent")
    text = "site,municipality,unit,kind,beds\nEikenhof,9000,Flat 1,home,4\nEikenhof,9000,Flat 2,home,2\n"
    send(client, text, "places", "1.csv")
    client.post(f"/files/{models.WaitingFile.objects.get().pk}/", {"yes": "1"})
    other = "site,municipality,unit,kind,beds,shared\nEikenhof,9000,Flat 1,home,6,yes\n"
    page = send(client, other, "places", "2.csv").content.decode()
    assert "New: 0. Changed: 1. As they are: 0." in page
    assert "beds: 4 → <strong>6</strong>" in page
    assert "shared: no → <strong>yes</strong>" in page
    assert "1 is known here and not named in this file: it stays" in page
    assert "Eikenhof, Flat 2" in page
    assert models.Bed.objects.count() == 6


def test_every_row_and_what_it_would_do_is_a_list_to_take_along(desk):
    client = desk("gent")
    text = "site,municipality,unit,kind,beds\nEikenhof,9000,Flat 1,home,4\nEikenhof,9000,Flat 2,home,2\n"
    send(client, text, "places", "1.csv")
    client.post(f"/files/{models.WaitingFile.objects.get().pk}/", {"yes": "1"})
    other = text.replace("1,home,4", "1,home,6") + "Eikenhof,9000,Flat 3,home,1\n"
    page = send(client, other, "places", "2.csv").content.decode()
    number = models.WaitingFile.objects.get().pk
    assert f'href="/files/{number}/changes.csv"' in page
    listed = client.get(f"/files/{number}/changes.csv").content.decode("utf-8-sig").splitlines()
    assert listed[0] == "row,name,what,column,known so far,the file says,why it stays"
    assert [line.split(",")[0] for line in listed[1:]] == ["2", "3", "4"]
    assert listed[1].endswith(",beds,4,6,")
    assert client.get(f"/files/{number}/changes.xlsx").content.startswith(b"PK")
    assert desk("registrar").get(f"/files/{number}/changes.csv").status_code == 404


def test_it_is_said_how_many_new_rows_were_looked_up(desk, monkeypatch):
    client = desk("registrar")
    assert "was looked up for the first" not in send(client).content.decode()
    monkeypatch.setattr("perron_site.queries.files.COMPARED", 1)
    assert (
        "was looked up for the first 1 of 2 new rows" in send(client, name="2.csv").content.decode()
    )
