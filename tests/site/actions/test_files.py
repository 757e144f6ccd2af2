"""A file of a desk: whole or not at all, compared with what is known, recognised when it comes again."""

import pytest
from builders import GENT, MECHELEN, a_household, registrar, town

from perron.files.changes import ChangeKind
from perron.files.fingerprint import Relation
from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.files import FileKind
from perron_site.actions.files import drop_file, import_file, map_file, receive_file
from perron_site.actions.merging import merge_people, undo_moving
from perron_site.queries.files import file_preview, files_of, marked_file
from perron_site.records import models
from perron_site.records.context import as_organisation

pytestmark = pytest.mark.django_db
HEAD = "Dossiernummer;Huishouden;Voornaam;Familienaam;Geboortedatum;Telefoon;Opvang nodig;Noden"
TWO = f"""{HEAD}
A1;1;Olena;Marchuk;17/05/1992;+32 499 70 07 00;ja;rolstoel
A2;1;Danylo;Marchuk;03/2017;;ja;
A3;2;Iryna;Koval;1961;;nee;
"""


def sent(text, kind=FileKind.ARRIVALS, by=None, name="lijst.csv"):
    by = by or registrar()
    with as_organisation(by):
        return receive_file(by, name=name, kind=kind, data=text.encode())


def seen(number, by=None):
    by = by or registrar()
    with as_organisation(by):
        return file_preview(by, number)


def taken_in(number, by=None, **more):
    by = by or registrar()
    with as_organisation(by):
        return import_file(by, file_id=number, **more)


def names():
    return sorted(models.Person.objects.values_list("given_name", flat=True))


def test_what_a_desk_has_goes_in_household_by_household():
    number = sent(TWO)
    preview = seen(number)
    assert preview.reading.faults == ()
    assert preview.counts[ChangeKind.NEW] == 3
    done = taken_in(number)
    assert (done.added, done.changed, done.same) == (3, 0, 0)
    homes = [row.householdmember_set.count() for row in models.Household.objects.order_by("pk")]
    assert homes == [2, 1]
    assert models.RoofRequest.objects.count() == 1
    olena = models.Person.objects.get(given_name="Olena")
    assert (olena.born, olena.telephone) == ("1992-05-17", "+32 499 70 07 00")
    assert models.Need.objects.get().need == "wheelchair"
    assert models.Reference.objects.get(person=olena).reference == "A1"
    assert not models.WaitingFile.objects.exists()
    came = models.ImportedFile.objects.get()
    assert (came.rows, came.mapping["Voornaam"]) == (3, "given_name")


def test_one_fault_and_nothing_is_written_and_the_file_comes_back_with_it():
    number = sent(TWO + "A4;3;Petro;Koval;31/02/1970;;nee;\n")
    assert len(seen(number).reading.faults) == 1
    with pytest.raises(Refused) as refused:
        taken_in(number)
    assert refused.value.message.key == "file.bad"
    assert not models.Person.objects.exists()
    with as_organisation(registrar()):
        name, back = marked_file(registrar(), number, "nl")
    assert name == "lijst.csv"
    assert "Petro" in back.decode("utf-8-sig")
    assert back.decode("utf-8-sig").splitlines()[0] != HEAD


def test_the_same_file_and_the_same_content_are_recognised_and_refused():
    taken_in(sent(TWO))
    for again in (TWO, TWO.replace(";", ",").replace("\n", "\r\n")):
        number = sent(again)
        assert seen(number).recognised.relation in {Relation.SAME_FILE, Relation.SAME_CONTENT}
        with pytest.raises(Refused) as refused:
            taken_in(number)
        assert refused.value.message.key == "file.came_in_already"
    assert len(names()) == 3


def test_a_corrected_file_follows_the_first_and_changes_only_what_is_different():
    first = taken_in(sent(TWO))
    corrected = (
        TWO.replace("17/05/1992", "18/05/1992").replace("1961", "") + "A5;2;Taras;Koval;;;;\n"
    )
    number = sent(corrected)
    preview = seen(number)
    assert (preview.recognised.relation, preview.recognised.earlier) == (
        Relation.SUCCESSOR, first.file,
    )  # fmt: skip
    kinds = {row.name: row.change.kind for row in preview.changes}
    assert kinds["Olena Marchuk"] is ChangeKind.DIFFERENT
    assert kinds["Iryna Koval"] is ChangeKind.SAME
    done = taken_in(number)
    assert (done.added, done.changed, done.same) == (1, 1, 2)
    olena = models.Person.objects.get(given_name="Olena")
    assert olena.born == "1992-05-18"
    assert models.Revision.objects.get(person=olena, field="born").old == "1992-05-17"
    assert models.Person.objects.get(given_name="Iryna").born == "1961"
    taras = models.HouseholdMember.objects.get(person__given_name="Taras", end__isnull=True)
    iryna = models.HouseholdMember.objects.get(person__given_name="Iryna", end__isnull=True)
    assert taras.household_id == iryna.household_id
    assert models.ImportedFile.objects.get(pk=done.file).follows_id == first.file


def test_who_may_be_known_already_is_decided_by_a_person():
    home = a_household()
    known = models.HouseholdMember.objects.get(household=home).person_id
    text = "given name;family name;birth date\nOlena;Marchuk;\n"
    number = sent(text, FileKind.PEOPLE)
    (row,) = seen(number).unclear
    assert [each.person for each in row.candidates] == [known]
    for wrong in ({}, {row.change.row: known + 1}):
        with pytest.raises(Refused) as refused:
            taken_in(number, decisions=wrong)
        assert refused.value.message.key == "file.decide_first"
    done = taken_in(number, decisions={row.change.row: known})
    assert (done.added, done.same) == (0, 1)
    other = sent(text.replace("Olena", "Olena "), FileKind.PEOPLE, name="2.csv")
    assert seen(other).recognised.relation is Relation.SAME_CONTENT


def test_a_stranger_of_the_same_name_is_added_when_somebody_says_so():
    a_household()
    number = sent("given name;family name\nOlena;Marchuk\n", FileKind.PEOPLE)
    (row,) = seen(number).unclear
    assert taken_in(number, decisions={row.change.row: 0}).added == 1
    assert names() == ["Olena", "Olena"]


def test_a_person_whom_another_desk_holds_is_no_candidate():
    a_household()
    by = town(MECHELEN)
    number = sent("given name;family name\nOlena;Marchuk\n", FileKind.PEOPLE, by)
    assert seen(number, by).unclear == ()


def test_a_header_that_is_not_known_is_chosen_once_and_remembered():
    text = "Wie;given name;Hoe\nMarchuk;Olena;x\n"
    number = sent(text, FileKind.PEOPLE)
    assert seen(number).reading.faults
    with as_organisation(registrar()):
        map_file(registrar(), file_id=number, mapping={"Wie": "family_name"})
    assert seen(number).reading.faults == ()
    taken_in(number)
    later = sent(text.replace("Olena", "Oksana"), FileKind.PEOPLE)
    assert seen(later).reading.faults == ()


def test_a_reference_of_somebody_who_is_out_of_sight_is_taken_and_nothing_is_written():
    taken_in(sent(TWO))
    models.Sight.objects.filter(organisation=registrar().organisation).update(until="2026-11-01")
    other = f"{HEAD}\nA1;9;Ihor;Bondar;1970;;nee;\n"
    with pytest.raises(Conflict) as refused:
        taken_in(sent(other))
    assert refused.value.message.key == "conflict.reference_is_taken"
    assert len(names()) == 3


def test_a_file_belongs_to_who_sent_it():
    number = sent(TWO)
    by = town(GENT)
    for act in (
        lambda: seen(number, by), lambda: taken_in(number, by),
        lambda: drop_file(by, file_id=number), lambda: map_file(by, file_id=number, mapping={}),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            act()
    with as_organisation(by):
        assert files_of(by) == ((), ())
        assert not models.WaitingFile.objects.exists()
    with as_organisation(registrar()):
        drop_file(registrar(), file_id=number)
    assert not models.WaitingFile.objects.exists()
    assert not models.Person.objects.exists()


PLACES = """site,street,municipality,unit,kind,beds,features
Eikenhof,Dorp 1,9000,Flat 1,home,4,lift
Eikenhof,Dorp 1,9000,Flat 2,home,2,
"""


def test_places_of_a_file_are_opened_and_a_second_one_adds_what_is_missing():
    by = town(GENT)
    assert taken_in(sent(PLACES, FileKind.PLACES, by), by).added == 2
    site = models.Site.objects.get()
    assert (site.name, site.municipality_id, site.organisation_id) == (
        "Eikenhof",
        GENT,
        by.organisation,
    )
    assert set(models.Unit.objects.values_list("state", flat=True)) == {"pledged"}
    more = PLACES + "Eikenhof,Dorp 1,9000,Flat 3,home,3,\n"
    done = taken_in(sent(more, FileKind.PLACES, by), by)
    assert (done.added, done.same) == (1, 2)
    assert models.Bed.objects.count() == 9


def test_a_merged_record_keeps_the_number_of_the_sender_and_gets_it_back():
    taken_in(sent(TWO))
    olena = models.Person.objects.get(given_name="Olena").pk
    iryna = models.Person.objects.get(given_name="Iryna").pk
    home = models.HouseholdMember.objects.get(person=iryna).household_id
    by = registrar()
    with as_organisation(by):
        merge_people(by, person_id=iryna, double_id=olena, why="Twice")
    assert set(models.Reference.objects.filter(person=iryna).values_list("reference", flat=True)) == {
        "A1", "A3",
    }  # fmt: skip
    with as_organisation(by):
        undo_moving(by, household_id=home)
    assert models.Reference.objects.get(person=olena).reference == "A1"


def test_a_corrected_file_of_places_does_what_its_preview_said_and_no_more():
    by = town(GENT)
    first = taken_in(sent(PLACES, FileKind.PLACES, by), by)
    corrected = (
        PLACES.replace("Dorp 1", "Dorp 2").replace("home,4,lift", "home,5,cot").replace("home,2,", "home,1,")
        + "Eikenhof,Dorp 2,9000,Flat 3,home,3,\n"
    )  # fmt: skip
    number = sent(corrected, FileKind.PLACES, by)
    preview = seen(number, by)
    assert preview.recognised.relation is Relation.SUCCESSOR
    assert preview.recognised.earlier == first.file
    one, two, three = preview.told
    assert [(each.field, each.old, each.new) for each in one.change.fields] == [
        ("street", "Dorp 1", "Dorp 2"), ("beds", 4, 5),
        ("features", frozenset({"lift"}), frozenset({"cot"})),
    ]  # fmt: skip
    assert [each.because.key for each in two.change.left] == ["change.beds_stay"]
    assert three.change.kind is ChangeKind.NEW
    assert models.Site.objects.get().street == "Dorp 1"
    done = taken_in(number, by)
    assert (done.added, done.changed, done.same) == (1, 1, 1)
    assert models.Site.objects.get().street == "Dorp 2"
    beds = {unit.name: unit.bed_set.count() for unit in models.Unit.objects.order_by("pk")}
    assert beds == {"Flat 1": 5, "Flat 2": 2, "Flat 3": 3}
    assert models.Unit.objects.get(name="Flat 1").features == ["cot"]
    lines = models.Journal.objects.filter(event="site:unit_corrected").order_by("pk")
    assert [line.details["fields"] for line in lines] == [["beds", "features"]]


def test_a_place_that_the_file_does_not_name_any_more_is_told_and_stays():
    by = town(GENT)
    taken_in(sent(PLACES, FileKind.PLACES, by), by)
    shorter = PLACES.replace("Eikenhof,Dorp 1,9000,Flat 2,home,2,\n", "").replace("Dorp", "Plein")
    number = sent(shorter, FileKind.PLACES, by)
    preview = seen(number, by)
    assert (preview.no_longer.rows, preview.no_longer.names) == (1, ("Eikenhof, Flat 2",))
    taken_in(number, by)
    assert models.Unit.objects.count() == 2


def test_beds_stay_where_somebody_lives():
    by = town(GENT)
    taken_in(sent(PLACES, FileKind.PLACES, by), by)
    unit = models.Unit.objects.get(name="Flat 1")
    stay = models.Stay.objects.create(
        household_id=a_household(), unit=unit, start=by.on, exclusive=True, state="running"
    )
    models.BedNight.objects.create(
        stay=stay, bed=unit.bed_set.get(number=1), nights=(by.tonight, None)
    )
    number = sent(PLACES.replace("home,4", "home,9"), FileKind.PLACES, by)
    assert [each.because.key for each in seen(number, by).told[0].change.left] == [
        "change.somebody_stays"
    ]
    taken_in(number, by)
    assert unit.bed_set.count() == 4


def test_a_foreign_site_of_the_same_name_is_neither_told_nor_changed():
    taken_in(sent(PLACES, FileKind.PLACES, town(GENT)), town(GENT))
    by = town(MECHELEN)
    number = sent(PLACES.replace("Dorp 1", "Dorp 9"), FileKind.PLACES, by)
    preview = seen(number, by)
    assert preview.counts[ChangeKind.NEW] == 2
    assert (preview.no_longer.names, [row.change.fields for row in preview.changes]) == (
        (),
        [(), ()],
    )
    taken_in(number, by)
    streets = models.Site.objects.order_by("pk").values_list("street", flat=True)
    assert list(streets) == ["Dorp 1", "Dorp 9"]


ORGANISATIONS = "kind;name;municipality;telephone\nngo;Caritas Gent;9000;+32 9 111 11 11\n"


def test_an_organisation_that_is_known_changes_and_a_town_hall_keeps_its_name():
    taken_in(sent(ORGANISATIONS, FileKind.ORGANISATIONS))
    hall = models.Organisation.objects.get(kind="municipality", municipality=GENT)
    more = (
        ORGANISATIONS.replace("111 11 11", "222 22 22") + "municipality;Gent City;9000;+32 9 333 33 33\n"
    )  # fmt: skip
    number = sent(more, FileKind.ORGANISATIONS)
    preview = seen(number)
    assert preview.recognised.relation is Relation.SUCCESSOR
    caritas, city = preview.told
    assert [(each.field, each.new) for each in caritas.change.fields] == [
        ("telephone", "+32 9 222 22 22")
    ]
    assert [each.because.key for each in city.change.left] == ["change.official_stays"]
    done = taken_in(number)
    assert (done.added, done.changed, done.same) == (0, 2, 0)
    after = models.Organisation.objects.get(pk=hall.pk)
    assert (after.name, after.telephone) == (hall.name, "+32 9 333 33 33")
    gone = sent(more.replace("ngo;Caritas Gent;9000;+32 9 222 22 22\n", ""), FileKind.ORGANISATIONS)
    assert seen(gone).no_longer.names == ("Caritas Gent",)
