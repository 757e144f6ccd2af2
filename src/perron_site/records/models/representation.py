"""Who may act for a child: from when until when, in which quality, on which paper, and who said so."""

from django.db import models
from django.db.models import F, Q

from perron.vocabulary.representation import RepresentationEnd, RepresentationKind
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Person


class Representation(models.Model):
    """Somebody acts for ``person``: a registered ``holder``, an organisation, or a name outside the system."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    holder = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="represents"
    )
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=120, blank=True)
    kind = word(RepresentationKind)
    start = models.DateField()
    end = models.DateField(null=True)
    end_because = word(RepresentationEnd, blank=True)
    paper = models.CharField(max_length=200, blank=True)
    said_by = models.CharField(max_length=120)
    set_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="named_representatives"
    )

    class Meta:
        """One somebody a row, once at a time, and its end has a reason."""

        ordering = ("pk",)
        constraints = (
            only("kind", RepresentationKind, "somebody_acts_for_a_child_in_a_known_quality"),
            models.CheckConstraint(
                condition=(
                    Q(holder__isnull=False, organisation__isnull=True, name="")
                    | Q(holder__isnull=True, organisation__isnull=False, name="")
                    | (Q(holder__isnull=True, organisation__isnull=True) & ~Q(name=""))
                ),
                name="a_person_an_organisation_or_a_name_acts_for_a_child",
            ),
            models.CheckConstraint(
                condition=Q(holder__isnull=True) | ~Q(holder=F("person")),
                name="no_child_acts_for_itself",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True, end_because="")
                | Q(
                    end__gte=F("start"), end_because__in=[each.value for each in RepresentationEnd]
                ),
                name="acting_for_a_child_ends_after_it_began_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=("person", "holder"),
                condition=Q(end__isnull=True),
                name="a_person_is_named_once_at_a_time_for_a_child",
            ),
            models.UniqueConstraint(
                fields=("person", "organisation"),
                condition=Q(end__isnull=True),
                name="an_organisation_is_named_once_at_a_time_for_a_child",
            ),
        )

    def __str__(self) -> str:
        """The number of the child only."""
        return f"somebody acts for P-{self.person_id}"
