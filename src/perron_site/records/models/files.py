"""Files of desks: one that waits for a yes, those that came in, and under which number a sender knows somebody."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from perron.vocabulary.files import FileKind
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Person
from perron_site.records.models.users import User


class WaitingFile(models.Model):
    """A file as it was sent, until somebody says yes or no to what it would do; the retention run forgets it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    kind = word(FileKind)
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    mapping = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        """The oldest first."""

        ordering = ("pk",)
        constraints = (only("kind", FileKind, "a_waiting_file_is_of_a_known_kind"),)

    def __str__(self) -> str:
        """Its number only."""
        return f"file {self.pk}"


class ImportedFile(models.Model):
    """A file that came in: how its headers were understood, and what it is recognised by. No row of it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    kind = word(FileKind)
    name = models.CharField(max_length=200)
    mapping = models.JSONField(default=dict)
    file = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    keys = ArrayField(models.CharField(max_length=64), default=list)
    rows = models.PositiveIntegerField()
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        """The oldest first."""

        ordering = ("pk",)
        constraints = (only("kind", FileKind, "an_imported_file_is_of_a_known_kind"),)

    def __str__(self) -> str:
        """Its number only."""
        return f"file {self.pk}"


class Reference(models.Model):
    """The number under which an organisation knows somebody in its own files."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    reference = models.CharField(max_length=80)

    class Meta:
        """One number means one person."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "reference"), name="a_reference_means_one_person"
            ),
        )

    def __str__(self) -> str:
        """The number of the person only."""
        return f"reference of P-{self.person_id}"
