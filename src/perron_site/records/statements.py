"""What somebody stated, line by line of the journal, and what stood there before."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from perron.vocabulary.events import Event
from perron_site.records.models import Fact, Journal, Revision

STATEMENT = "fact"
"""The kind under which a statement that was taken back stands in the journal."""

Seen = dict[str, str | int]
"""The document of a statement as a revision keeps it: which one, seen by which organisation, on which day."""


def document_of(name: str) -> str:
    """The field under which a revision keeps the document that was seen for a fact."""
    return f"{name}.document"


def seen_for(row: Fact) -> Seen | None:
    """The document that was seen for a statement; None: nobody has seen one."""
    if row.seen_on is None or row.seen_by_id is None:
        return None
    return {"document": row.document, "by": row.seen_by_id, "on": row.seen_on.isoformat()}


def columns_of(seen: Seen | None) -> dict[str, str | int | None]:
    """The same as columns of the statement."""
    kept = seen or {}
    return {
        "document": kept.get("document", ""),
        "seen_by_id": kept.get("by"),
        "seen_on": kept.get("on"),
    }


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements about one person, oldest first; ``undone``: those taken back; ``replaced``: by line and field."""

    lines: tuple[Journal, ...]
    undone: frozenset[int]
    replaced: dict[tuple[int, str], Any]

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

    def before(self, line: Journal, now: object) -> tuple[bool, Any]:
        """Whether something was known before a statement, and what; ``now``: what was stated."""
        return self.stood(line, str(line.details["fact"]), now)

    def seen_before(self, line: Journal, now: Seen | None) -> Seen | None:
        """The document that had been seen before a statement; ``now``: the one that stands since."""
        found: Seen | None = self.stood(line, document_of(str(line.details["fact"])), now)[1]
        return found

    def showed(self, line: Journal) -> bool:
        """Whether a statement said anew which document was seen."""
        return (line.pk, document_of(str(line.details["fact"]))) in self.replaced

    def stood(self, line: Journal, field: str, now: object) -> tuple[bool, Any]:
        """What stood in a field before a line, and whether anything did.

        A revision keeps what a statement replaced. Without one nothing was known before, or the same was said again.
        """
        if (line.pk, field) in self.replaced:
            return True, self.replaced[line.pk, field]
        earlier = [each for each in self.of(line.details["fact"]) if each.pk < line.pk]
        if not earlier:
            return False, None
        last = earlier[-1]
        return self.stood(last, field, now) if last.pk in self.undone else (True, now)


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
    replaced = kept.order_by("pk").values_list("journal_id", "field", "old")
    return Statements(
        lines,
        frozenset(row.details["act"] for row in rows if row.event == Event.ACT_UNDONE),
        {(line, field): old for line, field, old in replaced},
    )
