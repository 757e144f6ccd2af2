"""What the net keeps, worked out anew after each act for the households that it changed (records/settling.py).

Nothing rests on these rows and no key of the database guards them: they follow from the others.
"""

from django.db import models

from perron.responsibility.net import GapKind
from perron.vocabulary.tracks import TrackKind
from perron_site.records.models.choices import word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Household, Person


class Gap(models.Model):
    """A gap that is open, or opens on a day to come if nobody does anything: ``perron.responsibility.net.Foreseen``."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_constraint=False)
    kind = word(GapKind)
    track = word(TrackKind)
    responsible = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_constraint=False)
    since = models.DateField()
    opens = models.DateField()
    closes = models.DateField(null=True)
    waited = models.PositiveSmallIntegerField()

    class Meta:
        """In the order in which they were found."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Kind and person."""
        return f"{self.kind} of P-{self.person_id}"


class Caseload(models.Model):
    """A household that is an organisation's to look at, and from which day on; None: nothing is due."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, db_constraint=False)
    urgent_on = models.DateField(null=True)

    class Meta:
        """A household once an organisation; found in the order of the days."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "household"), name="a_household_is_in_a_caseload_once"
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "urgent_on", "household"), name="caseload_by_day"),
        )

    def __str__(self) -> str:
        """Both numbers."""
        return f"H-{self.household_id} of organisation {self.organisation_id}"


class Unsettled(models.Model):
    """A household of which something changed since its gaps were worked out; the database itself writes it."""

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )

    class Meta:
        """As often as it changed."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Its household."""
        return f"H-{self.household_id}"
