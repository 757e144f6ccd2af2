"""What a file would change of organisations that are known, row by row, before anything is written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from perron.files.changes import Change, ChangeKind, LeftAsIs, compared_with, unclear
from perron.files.grid import folded
from perron.files.rows import OrganisationRow
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.territory import Region
from perron.vocabulary.wording import message

COMPARED = ("name", "name_nl", "name_fr", "name_de", "region", "telephone")
ONE_A_TOWN = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.OCMW})


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation as known now. ``official``: its names came with the installation, not from a file."""

    number: int
    kind: OrganisationKind
    name: str
    name_nl: str = ""
    name_fr: str = ""
    name_de: str = ""
    municipality: str | None = None
    region: Region | None = None
    telephone: str = ""
    official: bool = False


def organisation_changes(
    rows: Iterable[OrganisationRow], known: Iterable[KnownOrganisation]
) -> tuple[Change, ...]:
    """What each row would change, in the order of the file; ``number`` is that of the organisation.

    A municipality has one town hall and one social welfare centre; any other is the same by kind, municipality and one
    of its names. Without a municipality in the row, several that fit are unclear. Official names stay official: of an
    organisation that came with the installation a file changes the telephone alone.
    """
    there = tuple(known)
    found = [change_of(row, there) for row in rows]
    times = Counter(one.number for one in found if one.number is not None)
    return tuple(
        unclear(one.row, "change.two_rows_one_organisation", (one.number,))
        if one.number is not None and times[one.number] > 1
        else one
        for one in found
    )


def change_of(row: OrganisationRow, known: tuple[KnownOrganisation, ...]) -> Change:
    """What one row would change."""
    fitting = tuple(one for one in known if same(row, one))
    exact = tuple(one for one in fitting if one.municipality == row.municipality) or fitting
    if len(exact) > 1:
        numbers = tuple(one.number for one in exact)
        return unclear(row.row, "change.several_organisations", numbers)
    if not exact:
        return Change(row.row, ChangeKind.NEW, message("change.new"))
    return compared(row, exact[0])


def same(row: OrganisationRow, one: KnownOrganisation) -> bool:
    """Whether the row may mean this organisation."""
    if row.kind is not one.kind or row.municipality not in (None, one.municipality):
        return False
    if row.kind in ONE_A_TOWN and row.municipality is not None:
        return True
    names = {folded(name) for name in (one.name, one.name_nl, one.name_fr, one.name_de) if name}
    return folded(row.name) in names


def compared(row: OrganisationRow, one: KnownOrganisation) -> Change:
    """What a row would change of this organisation."""
    every = compared_with(row, one, COMPARED)
    if folded(row.name) in {folded(one.name_nl), folded(one.name_fr), folded(one.name_de)}:
        every = tuple(each for each in every if each.field != "name")
    fields = tuple(each for each in every if each.field == "telephone" or not one.official)
    left = tuple(
        LeftAsIs(each.field, each.old, each.new, message("change.official_stays"))
        for each in every
        if each not in fields
    )
    if not fields:
        return Change(row.row, ChangeKind.SAME, message("change.same"), one.number, left=left)
    said = message("change.different", columns=";".join(each.field for each in fields))
    return Change(row.row, ChangeKind.DIFFERENT, said, one.number, fields, left=left)
