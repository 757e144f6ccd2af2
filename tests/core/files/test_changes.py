"""Each change to people who are known is explained before it is made."""

from datetime import date

from perron.files.changes import ChangeKind, FieldChange, KnownPerson, changes
from perron.files.rows import PersonRow
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Need, PersonId, Sex
from perron.vocabulary.wording import message

BORN = PartialDate(1985, 3, 12)
OLENA = KnownPerson(
    PersonId(1),
    "Olena",
    "Koval",
    reference="a1",
    born=BORN,
    sex=Sex.FEMALE,
    telephone="0499",
    needs=frozenset({Need.LIFT}),
    arrived_on=date(2026, 11, 1),
)


def row(**more):
    return PersonRow(**({"row": 2, "given_name": "Olena", "family_name": "Koval"} | more))


def one(*rows, known=(OLENA,)):
    return [(each.kind, each.number, each.message.key) for each in changes(rows, known)]


def test_somebody_nobody_knows_is_new():
    assert one(row(given_name="Ivan")) == [(ChangeKind.NEW, None, "change.new")]


def test_a_reference_finds_the_person_and_only_what_differs_changes():
    (found,) = changes(
        [row(reference="A1", telephone="0488", born=PartialDate(1985), given_name="Olenka")],
        [OLENA],
    )
    assert found.kind is ChangeKind.DIFFERENT
    assert found.fields == (
        FieldChange("given_name", "Olena", "Olenka"),
        FieldChange("telephone", "0499", "0488"),
    )
    assert found.message == message("change.different", columns="given_name;telephone")


def test_what_a_file_leaves_open_takes_nothing_away():
    assert one(row(reference="a1")) == [(ChangeKind.SAME, PersonId(1), "change.same")]


def test_names_and_a_whole_birth_date_find_a_person_in_either_order_of_names():
    assert one(row(born=BORN)) == [(ChangeKind.SAME, PersonId(1), "change.same")]
    (turned,) = changes([row(given_name="KOVAL", family_name="Olena", born=BORN)], [OLENA])
    assert (turned.kind, turned.number) == (ChangeKind.DIFFERENT, PersonId(1))


def test_a_name_without_a_whole_birth_date_is_unclear():
    assert one(row()) == [(ChangeKind.UNCLEAR, None, "change.maybe_known")]
    assert one(row(born=PartialDate(1985))) == [(ChangeKind.UNCLEAR, None, "change.maybe_known")]
    assert one(row(born=PartialDate(1986))) == [(ChangeKind.NEW, None, "change.new")]


def test_two_people_who_fit_or_two_rows_for_one_are_unclear():
    twin = KnownPerson(PersonId(2), "Olena", "Koval", born=BORN)
    (found,) = changes([row(born=BORN)], [OLENA, twin])
    assert (found.kind, found.candidates) == (ChangeKind.UNCLEAR, (PersonId(1), PersonId(2)))
    both = [row(reference="a1"), row(row=3, born=BORN)]
    assert one(*both) == [(ChangeKind.UNCLEAR, None, "change.two_rows_for_one")] * 2


def test_a_reference_given_to_somebody_else_is_unclear():
    other = row(
        reference="a1", given_name="Ivan", family_name="Bondar", born=PartialDate(2001, 1, 1)
    )
    assert one(other) == [(ChangeKind.UNCLEAR, None, "change.other_person")]


def test_needs_are_added_and_never_taken_away():
    assert one(row(reference="a1", needs=frozenset({Need.LIFT}))) == [
        (ChangeKind.SAME, PersonId(1), "change.same")
    ]
    (more,) = changes([row(reference="a1", needs=frozenset({Need.COT}))], [OLENA])
    assert [each.field for each in more.fields] == ["needs"]
