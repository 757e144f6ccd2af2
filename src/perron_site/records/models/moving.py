"""What an act on households changed, for as long as it can be undone."""

from django.db import models

from perron_site.records.models.journal import Journal


class Moved(models.Model):
    """The rows that an act made, changed and took away: ids, codes and days, never a name or a text."""

    journal = models.OneToOneField(Journal, on_delete=models.PROTECT)
    rows = models.JSONField()

    class Meta:
        """In the order in which it happened."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """The number of the line of the journal."""
        return f"moved by {self.journal_id}"
