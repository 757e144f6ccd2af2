"""People who must not be found by somebody: from when, from whom, why, and until when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Household, Person


class SafeMode(models.Model):
    """A person is in safe mode. ``along_with``: a child that stays with the one who must not be found.

    ``from_people``: adults of the household from whom they hide; none: from everybody who does not go along.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    along_with = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="safe_along"
    )
    from_household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT)
    from_people = ArrayField(models.BigIntegerField(), default=list)
    from_whom = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=500)
    set_by = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=500, blank=True)

    class Meta:
        """Once at a time, and its end has a reason."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(until__isnull=True),
                name="a_person_is_in_safe_mode_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | ~Q(ended_why=""),
                name="safe_mode_ends_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        """The number of the person only."""
        return f"safe mode of P-{self.person_id}"
