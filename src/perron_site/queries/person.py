"""One person as an organisation that may see them sees them."""

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron_site.queries.gaps import in_sight
from perron_site.queries.members import PersonRow, person_rows
from perron_site.records import models


def person(number: int, by: Acting) -> tuple[int, PersonRow]:
    """The number of the household and the person; NotFound when they may not be seen."""
    member = membership(number, by)
    return member.household_id, person_rows([member.person], [], by.on)[0]


def membership(number: int, by: Acting) -> models.HouseholdMember:
    """The person with their household now; NotFound when they may not be seen."""
    rows = models.HouseholdMember.objects.filter(person=number, end__isnull=True)
    seen = rows.filter(person__in=in_sight(by.on, by.organisation))
    member = seen.select_related("person", "household").first()
    if member is None:
        raise NotFound("household.not_found")
    return member
