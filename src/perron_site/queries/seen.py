"""Which documents a desk has seen for what a person stated."""

from dataclasses import dataclass
from datetime import date

from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.wording import Message, in_words
from perron_site.queries.linemap import Holder
from perron_site.records import models
from perron_site.records.safety import safe_among


@dataclass(frozen=True, slots=True)
class Seen:
    """The document of a fact, the organisation that saw it, and the day."""

    fact: str
    document: Message
    by: Holder
    on: date


def seen_documents(person: int) -> tuple[Seen, ...]:
    """Every document that was seen; of who must not be found, an organisation is told by its kind only."""
    rows = list(
        models.Fact.objects.filter(person=person, seen_by__isnull=False)
        .order_by("name")
        .values_list("name", "document", "seen_by__name", "seen_by__kind", "seen_on")
    )
    hides = bool(rows and safe_among([person]))
    return tuple(
        Seen(name, in_words(document), Holder("" if hides else by, OrganisationKind(kind)), on)
        for name, document, by, kind, on in rows
        if on
    )
