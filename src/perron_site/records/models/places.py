"""Sites, units and beds."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from perron.vocabulary.places import CheckOutcome, HostCheckKind, PlaceKind, PlaceState
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Municipality, Organisation
from perron_site.records.models.users import User


class Site(models.Model):
    """A building or address where people can stay, run by one organisation."""

    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    street = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        """Sorted by name."""

        ordering = ("name", "pk")

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Unit(models.Model):
    """A room, flat or house. Not shared: one household takes all its beds."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    kind = word(PlaceKind)
    state = word(PlaceState)
    withdrawn_on = models.DateField(null=True)
    shared = models.BooleanField(default=False)
    women_only = models.BooleanField(default=False)
    minors_alone = models.BooleanField(default=False)
    features = ArrayField(models.CharField(max_length=40), default=list)
    available_from = models.DateField(null=True)
    available_until = models.DateField(null=True)

    class Meta:
        """Sorted by name."""

        ordering = ("name", "pk")
        constraints = (
            only("kind", PlaceKind, "a_unit_is_for_a_night_or_a_home"),
            only("state", PlaceState, "a_unit_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(state=PlaceState.WITHDRAWN),
                name="only_a_withdrawn_unit_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(available_until__isnull=True)
                | Q(available_from__isnull=True)
                | Q(available_until__gt=F("available_from")),
                name="a_unit_is_available_before_it_ends",
            ),
        )

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Bed(models.Model):
    """One bed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()

    class Meta:
        """Numbered within its unit."""

        ordering = ("unit", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "number"), name="a_bed_number_is_used_once_in_a_unit"
            ),
        )

    def __str__(self) -> str:
        """Its number."""
        return f"bed {self.number}"


class HostCheck(models.Model):
    """What the municipality found out about a host or a dwelling: yes or no, and the day. No name, no paper.

    ``withdrew`` are the units that it closed and that a later yes opens again.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    kind = word(HostCheckKind)
    outcome = word(CheckOutcome)
    on = models.DateField()
    holds_until = models.DateField(null=True)
    withdrew = ArrayField(models.BigIntegerField(), default=list)
    written_at = models.DateTimeField()

    class Meta:
        """In the order in which they were written."""

        ordering = ("pk",)
        constraints = (
            only("kind", HostCheckKind, "a_host_check_is_of_a_known_kind"),
            only("outcome", CheckOutcome, "a_host_check_says_yes_or_no"),
            models.CheckConstraint(
                condition=Q(holds_until__isnull=True) | Q(holds_until__gte=F("on")),
                name="a_host_check_holds_after_its_day",
            ),
        )

    def __str__(self) -> str:
        """The number of the site only."""
        return f"check of site {self.site_id}"
