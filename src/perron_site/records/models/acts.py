"""Acts on several rows that can be taken back for a while."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from perron.vocabulary.people import Presence
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Household, Person
from perron_site.records.models.tracks import Handover, Track, TrackStep
from perron_site.records.models.users import User


class BulkKind(StrEnum):
    """What was done to several rows at once."""

    TAKEN_UP = "taken_up"
    STEP_SET = "step_set"
    OFFERED = "offered"
    LEFT = "left"


class BulkAct(models.Model):
    """One act on several rows by one user; undone at most once. ``person`` left all lines, and was there as ``was``."""

    kind = word(BulkKind)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    was = word(Presence, blank=True)
    was_since = models.DateField(null=True)

    class Meta:
        """In the order in which they came."""

        ordering = ("pk",)
        constraints = (only("kind", BulkKind, "a_bulk_act_is_of_a_known_kind"),)

    def __str__(self) -> str:
        """Its kind."""
        return str(self.kind)


class BulkRow(models.Model):
    """A line or an offer that a bulk act changed: how the line stood before, and where the act left it."""

    act = models.ForeignKey(BulkAct, on_delete=models.PROTECT)
    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    track = models.ForeignKey(Track, null=True, on_delete=models.PROTECT)
    left_at = models.ForeignKey(TrackStep, null=True, on_delete=models.PROTECT)
    before = models.JSONField(default=dict)
    handover = models.ForeignKey(Handover, null=True, on_delete=models.PROTECT)

    class Meta:
        """A line or an offer."""

        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(track__isnull=True) ^ Q(handover__isnull=True),
                name="a_bulk_act_changes_a_line_or_an_offer",
            ),
        )

    def __str__(self) -> str:
        """The number of the household only."""
        return f"row of H-{self.household_id}"
