"""Who may look: written by registration and by the handover, read by every query."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from perron.vocabulary.glass import GlassReason
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Household, Person
from perron_site.records.models.users import User


class SightReason(StrEnum):
    """Why an organisation may see a person."""

    RESPONSIBLE = "responsible"
    GAVE = "gave"
    REGISTERED = "registered"
    HOSTS = "hosts"


class Sight(models.Model):
    """An organisation may see a person until a day; None means as long as the reason holds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    until = models.DateField(null=True)
    why = word(SightReason)

    class Meta:
        """Each reason once."""

        ordering = ("pk",)
        constraints = (
            only("why", SightReason, "sight_has_a_known_reason"),
            models.UniqueConstraint(
                fields=("organisation", "person", "why"), name="sight_is_given_once_for_a_reason"
            ),
        )
        indexes = (
            models.Index(
                fields=("organisation", "person"),
                include=("until",),
                name="sight_of_an_organisation",
            ),
            models.Index(
                fields=("person", "organisation"),
                condition=Q(until__isnull=True),
                name="sight_without_end_by_person",
            ),
        )

    def __str__(self) -> str:
        """Both numbers."""
        return f"organisation {self.organisation_id} sees P-{self.person_id}"


class Glass(models.Model):
    """A supervisor opened a household that their organisation does not see: only to read, until the end of a day.

    ``perron_sight`` shows it to that user alone, while they act as supervisor (records/definers.py). It does not stop
    whoever lies about the reason; it shows them to the holders, to the coordinator and to the people themselves.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    reason = word(GlassReason)
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    until = models.DateField()

    class Meta:
        """Never without a reason in words."""

        ordering = ("pk",)
        constraints = (
            only("reason", GlassReason, "the_glass_is_broken_for_a_known_reason"),
            models.CheckConstraint(
                condition=~Q(why=""), name="the_glass_is_broken_with_a_reason_in_words"
            ),
        )

    def __str__(self) -> str:
        """The number of the household only."""
        return f"H-{self.household_id} was opened"


class SeenByUs(models.Model):
    """Whom the organisation that asks sees today: a view of the owner (records/definers.py)."""

    person = models.BigIntegerField(primary_key=True, db_column="person_id")
    organisation = models.BigIntegerField(db_column="organisation_id")
    until = models.DateField(null=True)

    class Meta:
        """Only read."""

        abstract = True
        managed = False

    def __str__(self) -> str:
        """Both numbers."""
        return f"organisation {self.organisation} sees P-{self.person}"


class OwnSight(SeenByUs):
    """By its own sight alone."""

    class Meta:
        """Only read."""

        managed = False
        db_table = "perron_sight"


class SupervisedSight(SeenByUs):
    """And what whoever acts as its supervisor has opened."""

    class Meta:
        """Only read."""

        managed = False
        db_table = "perron_supervised"
