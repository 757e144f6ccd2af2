"""Questions in writing: a desk that found somebody beyond its sight asks the organisation that holds them."""

from django.db import models
from django.db.models import F, Q

from perron.vocabulary.questions import QuestionPurpose, QuestionState
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Person
from perron_site.records.models.users import User


class Question(models.Model):
    """``organisation`` asks ``holder`` about a person of whom it knows ``name`` and ``born``, and nothing else."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="asked")
    name = models.CharField(max_length=250)
    born = models.CharField(max_length=4, blank=True)
    purpose = word(QuestionPurpose)
    words = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = word(QuestionState)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="answered"
    )
    settled_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        """The oldest first."""

        ordering = ("pk",)
        constraints = (
            only("purpose", QuestionPurpose, "a_question_has_a_known_purpose"),
            only("state", QuestionState, "a_question_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~Q(organisation=F("holder")), name="nobody_asks_themselves"
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True, answer="")
                | Q(state="withdrawn", settled_at__isnull=False, answer="")
                | (Q(state="answered", settled_at__isnull=False) & ~Q(answer="")),
                name="a_question_is_answered_in_words",
            ),
        )
        indexes = (
            models.Index(fields=("holder",), condition=Q(state="open"), name="question_to_answer"),
            models.Index(
                fields=("organisation",),
                condition=Q(read_at__isnull=True) & ~Q(state="withdrawn"),
                name="question_of_ours",
            ),
        )

    def __str__(self) -> str:
        """The number of the person only."""
        return f"question about P-{self.person_id}"
