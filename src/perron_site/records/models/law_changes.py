"""Changes of the law: what a lawyer entered, what a second person decided, and what it was before."""

from django.db import models
from django.db.models import F, Q

from perron.vocabulary.law_changes import LawChangeState
from perron.vocabulary.verdicts import LawStatus, Mark
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.users import User


class LawChange(models.Model):
    """A dated value: ``perron.rules.entering.Entered``. The database keeps what was decided (migration 0047).

    ``before``: value, source and mark of what held on its first day when it was approved.
    """

    key = models.CharField(max_length=80)
    region = models.CharField(max_length=3, blank=True)
    value = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    takes_effect_on = models.DateField()
    status = word(LawStatus)
    mark = word(Mark)
    act = models.CharField(max_length=200)
    article = models.CharField(max_length=100)
    published_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    state = word(LawChangeState)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="law_decided"
    )
    decided_for = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="law_decided"
    )
    reason = models.CharField(max_length=500, blank=True)
    before = models.JSONField(null=True)

    class Meta:
        """In the order in which they were entered."""

        ordering = ("pk",)
        constraints = (
            only("status", LawStatus, "a_law_change_has_a_known_status"),
            only("mark", Mark, "a_law_change_has_a_known_mark"),
            only("state", LawChangeState, "a_law_change_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="a_value_of_the_law_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(act="") & ~Q(article=""), name="a_law_change_has_a_source"
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True, decided_by__isnull=True)
                | (
                    ~Q(state="pending")
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & Q(decided_for__isnull=False)
                ),
                name="a_law_change_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "withdrawn"]) | ~Q(decided_by=F("entered_by")),
                name="nobody_decides_what_they_entered",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="a_law_change_is_refused_with_a_reason",
            ),
        )
        indexes = (models.Index(fields=("state",), name="law_change_by_state"),)

    def __str__(self) -> str:
        """Its parameter."""
        return f"{self.key} from {self.valid_from}"
