"""Two records that look alike and are of two people: who said so, when and why."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Person
from perron_site.records.models.users import User


class TwoPeople(models.Model):
    """``person`` and ``other`` are two people, until it is taken back; in which order makes no difference."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="is_not")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Said once at a time of a pair, never without a reason."""

        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(person=F("other")), name="nobody_is_somebody_else_than_themselves"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="two_people_are_told_with_a_reason"),
            models.UniqueConstraint(
                Least("person", "other"),
                Greatest("person", "other"),
                condition=Q(ended_at__isnull=True),
                name="a_pair_is_two_people_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        """Both numbers."""
        return f"P-{self.person_id} is not P-{self.other_id}"
