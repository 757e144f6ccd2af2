"""The units of sites that were opened just now, as the book keeps them."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from perron.vocabulary.intervals import Interval, day_in_brussels
from perron.vocabulary.places import PlaceKind, SiteId
from perron.vocabulary.territory import municipalities
from perron_site.actions.ledger.book import Book
from perron_site.actions.ledger.nouns import Place
from perron_site.records import facts, models


def places_of(book: Book, sites: Collection[SiteId]) -> dict[int, Place]:
    """Every unit of these sites by its number; nobody stays there yet."""
    here = models.Site.objects.filter(pk__in=sites)
    hosts = {row.pk: row.organisation_id for row in here}
    towns = {town.nis: town for town in municipalities()}
    beds: dict[int, list[int]] = defaultdict(list)
    rows = models.Bed.objects.filter(unit__site__in=sites).order_by("pk")
    for number, unit in rows.values_list("pk", "unit"):
        beds[unit].append(number)
    first = min((row.confirmed_at for row in here if row.confirmed_at), default=None)
    nights = Interval(day_in_brussels(first)) if first else None
    found: dict[int, Place] = {
        unit.id: Place(unit, tuple(beds[unit.id]), hosts[unit.site], towns[unit.municipality])
        for kind in PlaceKind
        if nights is not None
        for unit in facts.units(kind, nights, Q(site__in=sites))
    }
    book.places |= found
    return found
