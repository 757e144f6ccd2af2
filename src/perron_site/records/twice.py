"""What was said of two records that look alike follows when one of them becomes part of a third."""

from django.db.models import Q

from perron.vocabulary.acting import Acting
from perron_site.records import models


def between(one: int, other: int) -> Q:
    """That these two, in either order, are two people, and that nobody took it back."""
    pair = Q(person=one, other=other) | Q(person=other, other=one)
    return pair & Q(ended_at__isnull=True)


def two_people_of_one(by: Acting, person: int, double: int) -> None:
    """Who is not the second record is not the first one either; what was said of both is said once."""
    open_rows = models.TwoPeople.objects.filter(ended_at__isnull=True)
    for row in open_rows.filter(Q(person=double) | Q(other=double)).order_by("pk"):
        third = row.other_id if row.person_id == double else row.person_id
        said = models.TwoPeople.objects.filter(between(person, third)).exists()
        if said or third == person:
            row.ended_at = by.at
        elif row.person_id == double:
            row.person_id = person
        else:
            row.other_id = person
        row.save(update_fields=["person", "other", "ended_at"])
