"""Files of desks as the core reads them: what came in before, and who is known that a file may mean."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from perron.files.changes import KnownPerson
from perron.files.fingerprint import Fingerprint, Received
from perron.files.grid import folded
from perron.files.rows import PersonRow
from perron.vocabulary.acting import Acting
from perron.vocabulary.files import FileKind
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Need, PersonId, Sex
from perron_site.records import models


def received(by: Acting, kind: FileKind) -> tuple[Received, ...]:
    """The files of this kind that our organisation sent in before."""
    rows = models.ImportedFile.objects.filter(organisation=by.organisation, kind=kind)
    return tuple(
        Received(
            row.pk, str(row.organisation_id), Fingerprint(kind, row.file, row.content, frozenset(row.keys))
        )
        for row in rows
    )  # fmt: skip


def mapping_of(by: Acting, kind: FileKind) -> dict[str, str]:
    """How the headers of our last file of this kind were understood."""
    last = models.ImportedFile.objects.filter(organisation=by.organisation, kind=kind).last()
    return dict(last.mapping) if last else {}


def known_people(
    by: Acting, rows: Iterable[PersonRow], seen: Collection[int]
) -> tuple[KnownPerson, ...]:
    """Whom we see of those whom a row may mean: a name, or our own reference, is the same."""
    wanted, references = set(), set()
    for row in rows:
        wanted |= {folded(name) for name in names_of(row)} - {""}
        references |= {folded(row.reference)} - {""}
    numbers = defaultdict(str)
    for each in models.Reference.objects.filter(organisation=by.organisation, person__in=seen):
        if folded(each.reference) in references:
            numbers[each.person_id] = each.reference
    people = [
        person
        for person in models.Person.objects.filter(pk__in=seen).order_by("pk")
        if person.pk in numbers or wanted & {folded(name) for name in names_of(person)}
    ]
    needs: dict[int, set[Need]] = defaultdict(set)
    for need in models.Need.objects.filter(person__in=people, end__isnull=True):
        needs[need.person_id].add(Need(need.need))
    return tuple(
        known(person, numbers.get(person.pk, ""), frozenset(needs[person.pk])) for person in people
    )


def names_of(one: PersonRow | models.Person) -> tuple[str, ...]:
    """Every name of somebody."""
    return (
        one.given_name, one.family_name, one.given_name_cyrillic, one.family_name_cyrillic,
    )  # fmt: skip


def known(person: models.Person, reference: str, needs: frozenset[Need]) -> KnownPerson:
    """Somebody as known now. When and where they came belongs to the household: a file changes neither."""
    return KnownPerson(
        person=PersonId(person.pk),
        given_name=person.given_name,
        family_name=person.family_name,
        reference=reference,
        given_name_cyrillic=person.given_name_cyrillic,
        family_name_cyrillic=person.family_name_cyrillic,
        born=PartialDate.parse(person.born) if person.born else None,
        sex=Sex(person.sex) if person.sex else None,
        nationalities=tuple(person.nationalities) if person.nationalities is not None else None,
        languages=tuple(person.languages),
        telephone=person.telephone,
        email=person.email,
        needs=needs,
    )
