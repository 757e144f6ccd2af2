"""The contact log: who was contacted, how, with which outcome, and what was promised until when."""

from django.db import models
from django.db.models import Q

from perron.vocabulary.contacts import ContactOutcome, ContactWay, PromiseState
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Household, Person
from perron_site.records.models.users import User


class Contact(models.Model):
    """One contact with a person. Correctable, never deleted; the old value stands in a revision."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    on = models.DateField()
    way = word(ContactWay)
    outcome = word(ContactOutcome)
    note = models.CharField(max_length=1000, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        """In the order in which they were written."""

        ordering = ("pk",)
        constraints = (
            only("way", ContactWay, "a_contact_has_a_known_way"),
            only("outcome", ContactOutcome, "a_contact_has_a_known_outcome"),
        )
        indexes = (models.Index(fields=("household", "on"), name="contact_by_household"),)

    def __str__(self) -> str:
        """The number of the person only."""
        return f"contact with P-{self.person_id}"


class Promise(models.Model):
    """What an organisation promised to do, until which day, and what became of it."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    state = word(PromiseState)
    settled_on = models.DateField(null=True)

    class Meta:
        """A promise that is kept or broken says when."""

        ordering = ("due_on", "pk")
        constraints = (
            only("state", PromiseState, "a_promise_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state="open", settled_on__isnull=True)
                | (~Q(state="open") & Q(settled_on__isnull=False)),
                name="a_settled_promise_says_when",
            ),
        )
        indexes = (
            models.Index(
                fields=("organisation", "due_on"), condition=Q(state="open"), name="promise_open"
            ),
        )

    def __str__(self) -> str:
        """The number of the person only."""
        return f"promise to P-{self.person_id}"
