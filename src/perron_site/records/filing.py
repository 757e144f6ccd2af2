"""Files of desks as the core reads them: what came in before, and who is known that a file may mean."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count, Q
from django.db.models.expressions import RawSQL

from perron.files.changes import KnownPerson
from perron.files.fingerprint import Fingerprint, Received
from perron.files.grid import folded
from perron.files.organisations import KnownOrganisation
from perron.files.places import KnownUnit
from perron.files.rows import PersonRow
from perron.vocabulary.acting import Acting
from perron.vocabulary.files import FileKind
from perron.vocabulary.intervals import Interval, PartialDate
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import Need, PersonId, Sex
from perron.vocabulary.places import Feature, PlaceKind
from perron.vocabulary.territory import Region
from perron_site.records import models
from perron_site.records.facts import taken_beds

FROM_A_FILE = "file"
"""The source of an organisation that a file named; any other came with the installation."""


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


def known_units(by: Acting) -> tuple[KnownUnit, ...]:
    """Every unit of our organisation as it stands now."""
    rows = models.Unit.objects.filter(site__organisation=by.organisation).select_related("site")
    counted = rows.annotate(beds=Count("bed")).order_by("site__name", "site", "name", "pk")
    in_use = Q(bed__in=taken_beds(Interval(by.tonight, None), rows)) | Q(
        pk__in=RawSQL("select perron_promised_units()", ())
    )
    taken = set(rows.filter(in_use).order_by("pk").values_list("pk", flat=True))
    return tuple(
        KnownUnit(
            site=row.site_id, unit=row.pk, site_name=row.site.name, municipality=row.site.municipality_id,
            name=row.name, kind=PlaceKind(row.kind), beds=row.beds, street=row.site.street,
            telephone=row.site.telephone, features=frozenset(map(Feature, row.features)),
            available_from=row.available_from, available_until=row.available_until, shared=row.shared,
            women_only=row.women_only, minors_alone=row.minors_alone, taken=row.pk in taken,
        )
        for row in counted
    )  # fmt: skip


def known_organisations(by: Acting) -> tuple[KnownOrganisation, ...]:
    """Every organisation that exists on the day."""
    gone = Q(valid_until__isnull=False, valid_until__lte=by.on)
    return tuple(
        KnownOrganisation(
            number=row.pk, kind=OrganisationKind(row.kind), name=row.name, name_nl=row.name_nl,
            name_fr=row.name_fr, name_de=row.name_de, municipality=row.municipality_id,
            region=Region(row.region) if row.region else None, telephone=row.telephone,
            official=row.source != FROM_A_FILE,
        )
        for row in models.Organisation.objects.exclude(gone).order_by("name", "pk")
    )  # fmt: skip
