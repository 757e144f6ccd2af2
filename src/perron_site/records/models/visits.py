"""The queue of a desk: opening hours, and visits with a number and no name."""

from django.db import models
from django.db.models import F, Q

from perron.vocabulary.visits import VisitState
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation


class OpeningHours(models.Model):
    """When an organisation receives by appointment on a weekday."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    desks = models.PositiveSmallIntegerField()

    class Meta:
        """In the order of the week."""

        ordering = ("weekday", "opens", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(weekday__lte=6, opens__lt=F("closes"), minutes__gte=1, desks__gte=1),
                name="opening_hours_open_and_close",
            ),
        )

    def __str__(self) -> str:
        """The day and the hour."""
        return f"{self.weekday} {self.opens}"


class Visit(models.Model):
    """One party at a desk on one day, by its number. Whoever they are is registered elsewhere."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    on = models.DateField()
    number = models.PositiveSmallIntegerField()
    state = word(VisitState)
    people = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, blank=True)
    interpreter = models.BooleanField(default=False)
    slot_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    desk = models.CharField(max_length=20, blank=True)

    class Meta:
        """In the order of the numbers."""

        ordering = ("on", "number")
        constraints = (
            only("state", VisitState, "a_visit_is_in_a_known_state"),
            models.UniqueConstraint(
                fields=("organisation", "on", "number"), name="a_number_is_given_once_a_day"
            ),
        )

    def __str__(self) -> str:
        """Its number."""
        return f"visit {self.number}"
