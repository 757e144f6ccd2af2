"""What somebody stated, line by line of the journal, and what stood there before."""

from dataclasses import dataclass

from django.db.models import Q

from perron.vocabulary.events import Event
from perron_site.records.models import Journal, Revision

STATEMENT = "fact"
"""The kind under which a statement that was taken back stands in the journal."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements about one person, oldest first; ``undone``: those taken back; ``replaced``: values by line."""

    lines: tuple[Journal, ...]
    undone: frozenset[int]
    replaced: dict[int, object]

    def of(self, name: object) -> tuple[Journal, ...]:
        """The statements of one fact."""
        return tuple(line for line in self.lines if line.details["fact"] == name)

    def last(self, name: str) -> Journal | None:
        """The statement of a fact that stands."""
        kept = [line for line in self.of(name) if line.pk not in self.undone]
        return kept[-1] if kept else None

    def again_since(self, line: Journal) -> bool:
        """Whether the same fact was stated again after a statement."""
        return self.of(line.details["fact"])[-1].pk != line.pk

    def before(self, line: Journal, now: object) -> tuple[bool, object]:
        """Whether something was known before a statement, and what; ``now``: what was stated.

        A revision keeps what a statement replaced. Without one nothing was known before, or the same was said again.
        """
        if line.pk in self.replaced:
            return True, self.replaced[line.pk]
        earlier = [each for each in self.of(line.details["fact"]) if each.pk < line.pk]
        if not earlier:
            return False, None
        return self.before(earlier[-1], now) if earlier[-1].pk in self.undone else (True, now)


def statements(person: int) -> Statements:
    """Everything stated about a person, in two questions to the database."""
    rows = list(
        Journal.objects.filter(person=person)
        .filter(Q(event=Event.FACT_STATED) | Q(event=Event.ACT_UNDONE, details__kind=STATEMENT))
        .select_related("organisation", "user")
        .order_by("pk")
    )
    lines = tuple(row for row in rows if row.event == Event.FACT_STATED)
    kept = Revision.objects.filter(journal__in=[line.pk for line in lines], person=person)
    return Statements(
        lines,
        frozenset(row.details["act"] for row in rows if row.event == Event.ACT_UNDONE),
        dict(kept.order_by("pk").values_list("journal_id", "old")),
    )
