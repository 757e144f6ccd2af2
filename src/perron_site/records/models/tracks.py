"""Tracks, the steps they passed, and handovers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from perron.vocabulary.tracks import DeclineReason, EscalationStage, HandoverState, Step, TrackKind
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Household, Person


class Track(models.Model):
    """One line of one person. ``taken_up_at`` None: the default holder of the matrix has not said yes yet."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = word(TrackKind)
    step = word(Step)
    since = models.DateField()
    due_on = models.DateField(null=True)
    responsible = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    taken_up_at = models.DateTimeField(null=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    matrix = models.CharField(max_length=20)

    class Meta:
        """One open track of a kind a person; each has exactly one responsible organisation."""

        ordering = ("pk",)
        constraints = (
            only("kind", TrackKind, "a_track_is_of_a_known_kind"),
            only("step", Step, "a_track_stands_at_a_known_step"),
            models.UniqueConstraint(
                fields=("person", "kind"),
                condition=Q(closed_on__isnull=True),
                name="a_person_has_one_open_track_of_a_kind",
            ),
        )
        indexes = (
            models.Index(
                fields=("responsible", "person"),
                condition=Q(closed_on__isnull=True, taken_up_at__isnull=True),
                name="tracks_nobody_took_up",
            ),
        )

    def __str__(self) -> str:
        """Kind and person."""
        return f"{self.kind} of P-{self.person_id}"


class TrackStep(models.Model):
    """A step that a track passed or stands at, and who held it: one row for each step and each holder."""

    track = models.ForeignKey(Track, on_delete=models.PROTECT)
    step = word(Step)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    taken_up = models.BooleanField(default=False)
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        """In the order in which they came."""

        ordering = ("pk",)
        constraints = (
            only("step", Step, "a_passed_step_is_a_known_step"),
            models.UniqueConstraint(
                fields=("track",),
                condition=Q(end__isnull=True),
                name="a_track_stands_at_one_step_with_one_holder",
            ),
        )

    def __str__(self) -> str:
        """Step and track."""
        return f"{self.step} on {self.track_id}"


class Handover(models.Model):
    """An offer of tracks of a household from one organisation to another.

    Who consented for children: ``consent_by`` are those named for them, ``consent_words`` anybody else.
    """

    giver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="handovers_given"
    )
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="handovers_received"
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    state = word(HandoverState)
    why = models.CharField(max_length=500)
    consent = models.BooleanField()
    without_consent_because = models.CharField(max_length=500, blank=True)
    consent_by = ArrayField(models.BigIntegerField(), default=list)
    consent_words = models.CharField(max_length=200, blank=True)
    offered_at = models.DateTimeField()
    due_on = models.DateField()
    read_until = models.DateField()
    answered_at = models.DateTimeField(null=True)
    decline_reason = word(DeclineReason, blank=True)
    decline_text = models.CharField(max_length=500, blank=True)

    class Meta:
        """An answer has a moment; a decline has a reason."""

        ordering = ("offered_at", "pk")
        constraints = (
            only("state", HandoverState, "a_handover_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state="offered", answered_at__isnull=True)
                | (~Q(state="offered") & Q(answered_at__isnull=False)),
                name="an_answered_handover_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""),
                name="a_declined_handover_says_why",
            ),
            models.CheckConstraint(
                condition=Q(consent=True) | ~Q(without_consent_because=""),
                name="a_handover_without_consent_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(giver=models.F("receiver")),
                name="nobody_hands_over_to_themselves",
            ),
        )
        indexes = (
            models.Index(
                fields=("receiver",), condition=Q(state="offered"), name="offers_that_wait"
            ),
        )

    def __str__(self) -> str:
        """Its household."""
        return f"handover of H-{self.household_id}"


class Escalation(models.Model):
    """An offer without an answer was brought to an organisation; ``advice`` is what a coordinator tells the giver."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT)
    stage = word(EscalationStage)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    on = models.DateField()
    advice = models.CharField(max_length=500, blank=True)
    advised_on = models.DateField(null=True)

    class Meta:
        """Each stage once."""

        ordering = ("pk",)
        constraints = (
            only("stage", EscalationStage, "an_escalation_has_a_known_stage"),
            models.UniqueConstraint(
                fields=("handover", "stage"), name="a_handover_is_escalated_once_to_a_stage"
            ),
        )

    def __str__(self) -> str:
        """Its stage and handover."""
        return f"{self.stage} of handover {self.handover_id}"


class HandoverTrack(models.Model):
    """A track that is offered; ``open`` while the handover waits for an answer."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT)
    track = models.ForeignKey(Track, on_delete=models.PROTECT)
    open = models.BooleanField(default=True)

    class Meta:
        """A track is offered to one organisation at a time."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("track",),
                condition=Q(open=True),
                name="a_track_is_offered_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        """Both numbers."""
        return f"track {self.track_id} in handover {self.handover_id}"
