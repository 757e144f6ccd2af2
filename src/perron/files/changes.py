"""What a file would change of what is known, and for people: person by person, before anything is written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from perron.files.grid import folded
from perron.files.rows import PersonRow
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Need, PersonId, Sex
from perron.vocabulary.wording import Message, message

COMPARED = (
    "given_name", "family_name", "given_name_cyrillic", "family_name_cyrillic", "born", "sex",
    "nationalities", "languages", "telephone", "email", "needs", "arrived_on", "municipality",
)  # fmt: skip


class ChangeKind(StrEnum):
    """What a row would do."""

    NEW = "new"
    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as known now; ``reference``: the number under which this sender knows them, if they told it."""

    person: PersonId
    given_name: str
    family_name: str
    reference: str = ""
    given_name_cyrillic: str = ""
    family_name_cyrillic: str = ""
    born: PartialDate | None = None
    sex: Sex | None = None
    nationalities: tuple[str, ...] | None = None
    languages: tuple[str, ...] = ()
    telephone: str = ""
    email: str = ""
    needs: frozenset[Need] = frozenset()
    arrived_on: date | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, what is known, and what the file says."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class LeftAsIs:
    """One field of which the file says something else, and why it stays as it is."""

    field: str
    old: object
    new: object
    because: Message


@dataclass(frozen=True, slots=True)
class Change:
    """What one row would do: to whom or what (None: nobody yet, or unclear), which fields, and what to say of it.

    ``number``: of the person, the unit or the organisation; ``candidates``: all that it may be, where that is unclear;
    ``left``: what the row says and a file does not do.
    """

    row: int
    kind: ChangeKind
    message: Message
    number: int | None = None
    fields: tuple[FieldChange, ...] = ()
    candidates: tuple[int, ...] = ()
    left: tuple[LeftAsIs, ...] = ()


def changes(rows: Iterable[PersonRow], known: Iterable[KnownPerson]) -> tuple[Change, ...]:
    """What each row would change, in the order of the file.

    Somebody is the same by the sender's reference, else by both names and the whole birth date. A name without a
    birth date, two people who fit, or two rows for one person are unclear: a person decides. What a file leaves open
    takes nothing away.
    """
    people = tuple(known)
    found = [change_of(row, people) for row in rows]
    times = Counter(one.number for one in found if one.number is not None)
    return tuple(
        unclear(one.row, "change.two_rows_for_one", (one.number,))
        if one.number is not None and times[one.number] > 1
        else one
        for one in found
    )


def change_of(row: PersonRow, known: tuple[KnownPerson, ...]) -> Change:
    """What one row would change."""
    by_reference = tuple(
        one for one in known if row.reference and folded(one.reference) == folded(row.reference)
    )
    if len(by_reference) == 1:
        (one,) = by_reference
        if somebody_else(row, one):
            return unclear(row.row, "change.other_person", (one.person,))
        return compared(row, one)
    alike = by_reference or tuple(one for one in known if same_names(row, one) and may_be(row, one))
    certain = tuple(one for one in alike if row.born and row.born == one.born and row.born.day)
    if len(alike) == 1 and certain:
        return compared(row, alike[0])
    if alike:
        key = "change.several_fit" if len(alike) > 1 else "change.maybe_known"
        return unclear(row.row, key, tuple(one.person for one in alike))
    return Change(row.row, ChangeKind.NEW, message("change.new"))


def unclear(row: int, key: str, candidates: tuple[int, ...]) -> Change:
    """A row about which a person decides."""
    return Change(row, ChangeKind.UNCLEAR, message(key), candidates=candidates)


def same_names(row: PersonRow, one: KnownPerson) -> bool:
    """Whether both names are the same, in Latin letters or in Cyrillic, also in the other order."""
    wanted = {
        frozenset({folded(row.given_name), folded(row.family_name)}),
        frozenset({folded(row.given_name_cyrillic), folded(row.family_name_cyrillic)}),
    } - {frozenset({""})}
    have = {
        frozenset({folded(one.given_name), folded(one.family_name)}),
        frozenset({folded(one.given_name_cyrillic), folded(one.family_name_cyrillic)}),
    }
    return bool(wanted & have)


def may_be(row: PersonRow, one: KnownPerson) -> bool:
    """Whether one birth date does not rule out the other."""
    if row.born is None or one.born is None:
        return True
    return row.born.earliest <= one.born.latest and one.born.earliest <= row.born.latest


def somebody_else(row: PersonRow, one: KnownPerson) -> bool:
    """Whether a reference that is known now stands for another: neither a name nor the birth date is the same."""
    names = {folded(row.given_name), folded(row.family_name)}
    same_name = names & {folded(one.given_name), folded(one.family_name)}
    return not same_name and (row.born is None or row.born != one.born)


def compared(row: PersonRow, one: KnownPerson) -> Change:
    """What a row would change for this person."""
    found = compared_with(row, one, COMPARED)
    if not found:
        return Change(row.row, ChangeKind.SAME, message("change.same"), one.person)
    columns = ";".join(each.field for each in found)
    said = message("change.different", columns=columns)
    return Change(row.row, ChangeKind.DIFFERENT, said, one.person, found)


def compared_with(row: object, one: object, columns: Iterable[str]) -> tuple[FieldChange, ...]:
    """The columns of which a row says something else than is known."""
    return tuple(
        FieldChange(field, getattr(one, field), getattr(row, field))
        for field in columns
        if differs(field, getattr(one, field), getattr(row, field))
    )


def differs(field: str, old: object, new: object) -> bool:
    """Whether the file says something else; nothing given, or a birth date that is only less precise, does not."""
    if new is None or new in ("", frozenset()) or (new == () and field != "nationalities"):
        return False
    if isinstance(old, PartialDate) and isinstance(new, PartialDate):
        return not str(old).startswith(str(new))
    if field == "needs" and isinstance(old, frozenset) and isinstance(new, frozenset):
        return not new <= old
    return old != new
