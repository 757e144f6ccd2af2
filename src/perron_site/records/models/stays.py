"""Stays and nights in beds. Two constraints keep that nobody sleeps in two places and no bed holds two."""

from enum import StrEnum

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import BigIntegerField, F, Func, Q, Value

from perron_site.records.models.choices import only, word
from perron_site.records.models.people import Household, Person
from perron_site.records.models.places import Bed, Unit


class StayState(StrEnum):
    """Booked ahead, running, or over; a cancelled stay holds no bed."""

    BOOKED = "booked"
    RUNNING = "running"
    ENDED = "ended"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class RequestState(StrEnum):
    """Whether a roof asked for has been given."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class ProposalState(StrEnum):
    """What became of a proposed place: a person decides."""

    OPEN = "open"
    TAKEN = "taken"
    OVERRULED = "overruled"
    REFUSED = "refused"
    LAPSED = "lapsed"


def only_this(column: str) -> Func:
    """A number as a range of one, so that a plain GiST index can compare it without an extension."""
    return Func(
        F(column), F(column), Value("[]"), function="int8range", output_field=BigIntegerField()
    )


class RoofRequest(models.Model):
    """A household asks for a roof, from a night on. Nothing about status is asked (note A1b)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    from_night = models.DateField()
    state = word(RequestState)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """One open request a household."""

        ordering = ("asked_at", "pk")
        constraints = (
            only("state", RequestState, "a_roof_request_is_in_a_known_state"),
            models.UniqueConstraint(
                fields=("household",),
                condition=Q(state="open"),
                name="a_household_has_one_open_roof_request",
            ),
        )

    def __str__(self) -> str:
        """Its household."""
        return f"request of H-{self.household_id}"


class Proposal(models.Model):
    """A place proposed by the engine for a household, with its reasons as data, and what a person decided."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    night = models.DateField()
    state = word(ProposalState)
    reasons = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    despite = models.CharField(max_length=500, blank=True)

    class Meta:
        """One open proposal a household."""

        ordering = ("proposed_at", "pk")
        constraints = (
            only("state", ProposalState, "a_proposal_is_in_a_known_state"),
            models.UniqueConstraint(
                fields=("household",),
                condition=Q(state="open"),
                name="a_household_has_one_open_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("overruled", "refused")) | ~Q(despite=""),
                name="overruling_a_proposal_needs_a_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=("decided_at",), condition=~Q(despite=""), name="proposals_decided_otherwise"
            ),
        )

    def __str__(self) -> str:
        """Its household."""
        return f"proposal for H-{self.household_id}"


class Stay(models.Model):
    """A household in a unit from its first night up to, not including, ``end``; an end of None is not known yet."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    start = models.DateField()
    end = models.DateField(null=True)
    exclusive = models.BooleanField()
    state = word(StayState)

    class Meta:
        """In order of their first night."""

        ordering = ("start", "pk")
        constraints = (
            only("state", StayState, "a_stay_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="a_stay_begins_before_it_ends",
            ),
        )

    def __str__(self) -> str:
        """Its household."""
        return f"stay of H-{self.household_id}"


class BedNight(models.Model):
    """A bed is taken for a range of nights, by a person, or by nobody where an exclusive stay closes it."""

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT)
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    nights = DateRangeField()

    class Meta:
        """The two sentences that must always be true."""

        ordering = ("pk",)
        constraints = (
            ExclusionConstraint(
                name="no_bed_holds_two_people",
                expressions=((only_this("bed_id"), "&&"), ("nights", "&&")),
            ),
            ExclusionConstraint(
                name="nobody_sleeps_in_two_places",
                expressions=((only_this("person_id"), "&&"), ("nights", "&&")),
                condition=Q(person__isnull=False),
            ),
        )

    def __str__(self) -> str:
        """Its bed."""
        return f"nights in bed {self.bed_id}"
