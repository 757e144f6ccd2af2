"""What happened, and what stood there before. The journal holds ids and codes; values stand in a revision."""

from django.db import models
from django.db.models import Q

from perron.vocabulary.events import Event
from perron.vocabulary.organisations import Purpose, Role
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Household, Person
from perron_site.records.models.users import User


class Journal(models.Model):
    """One act: who, for whom, as what, for which purpose, when, on whom. Rows are added, never changed."""

    at = models.DateTimeField()
    event = word(Event)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    role = word(Role)
    purpose = word(Purpose)
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    details = models.JSONField(default=dict)

    class Meta:
        """In the order in which it happened."""

        ordering = ("pk",)
        constraints = (only("event", Event, "a_journal_line_tells_a_known_event"),)
        indexes = (
            models.Index(fields=("household", "at"), name="journal_by_household"),
            models.Index(fields=("person", "organisation", "at"), name="journal_by_person"),
            models.Index(
                fields=("organisation",),
                condition=Q(event=Event.GLASS_SEEN),
                name="journal_of_glass_seen",
            ),
            models.Index(
                fields=("event",),
                condition=Q(event=Event.DEMONSTRATION_LOADED),
                name="journal_of_demonstration",
            ),
        )

    def __str__(self) -> str:
        """The event."""
        return str(self.event)


class Revision(models.Model):
    """An old and a new value; erasure blanks both and keeps the line."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    field = models.CharField(max_length=60)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    class Meta:
        """In the order in which it happened."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """The field."""
        return self.field
