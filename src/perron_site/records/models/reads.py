"""Who looked at a person: written when a page with personal data is opened, never changed, gone after a year."""

from enum import StrEnum

from django.db import models

from perron.vocabulary.organisations import Purpose
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Organisation
from perron_site.records.models.people import Person
from perron_site.records.models.users import User


class Page(StrEnum):
    """What was opened; ``SEARCH``: a name was shown by the search beyond sight."""

    HOUSEHOLD = "household"
    PERSON = "person"
    EXPORT = "export"
    FILE = "file"
    SEARCH = "search"


class Read(models.Model):
    """A user opened a page about a person; ``at`` is the quarter of an hour in which they did."""

    at = models.DateTimeField()
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    purpose = word(Purpose)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    page = word(Page)

    class Meta:
        """One a person, a user, a page and a quarter of an hour."""

        ordering = ("pk",)
        constraints = (
            only("page", Page, "a_read_is_of_a_known_page"),
            models.UniqueConstraint(
                fields=("person", "at", "user", "organisation", "page"),
                name="a_read_is_noted_once_in_a_quarter_of_an_hour",
            ),
        )

    def __str__(self) -> str:
        """The number of the person only."""
        return f"read of P-{self.person_id}"
