"""Notices written to people, and the personal links by which they read their own line."""

from django.db import models
from django.db.models import Q

from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Person
from perron_site.records.models.representation import Representation


class Notice(models.Model):
    """A notice to a person. Its text is built from kind, language and parameters; blanked when its day has come.

    ``law``: the version of the law by which it was written, as known on that day; empty where nobody noted it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    params = models.JSONField(default=dict)
    law = models.CharField(max_length=60, blank=True, default="")
    written_at = models.DateTimeField()
    about_on = models.DateField()
    blank_on = models.DateField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        """A person gets a notice about a day once."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind", "about_on"), name="a_notice_is_written_once"
            ),
        )

    def __str__(self) -> str:
        """Its kind."""
        return self.kind


class PersonalLink(models.Model):
    """A link by which one person reads their own line. Only a digest of the token is kept.

    ``given_to``: who acts for the child whose link it is; None was given to the person themself.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    digest = models.CharField(max_length=64, unique=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    given_to = models.ForeignKey(Representation, null=True, on_delete=models.PROTECT)
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One valid link a person."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(ended_at__isnull=True),
                name="a_person_has_one_valid_link",
            ),
        )

    def __str__(self) -> str:
        """Its person."""
        return f"link of P-{self.person_id}"
