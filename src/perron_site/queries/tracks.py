"""Tracks with their past and their offers, loaded in a fixed number of questions to the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from perron_site.queries.handovers import handover_rows, offering, open_offers
from perron_site.records import models


def track_rows(persons: Collection[int]) -> list[models.Track]:
    """The latest track of each kind of these people, open or closed, each with its steps and open offer."""
    return tracks_with(persons, handover_rows(offering(persons)))


def tracks_with(persons: Collection[int], offers: Iterable[models.Handover]) -> list[models.Track]:
    """The same, where the offers are loaded already; one question: a track stands at a step from its first day."""
    steps: dict[int, list[models.TrackStep]] = defaultdict(list)
    rows = models.TrackStep.objects.filter(track__person__in=persons)
    for row in rows.select_related("track__responsible", "holder").order_by("track_id", "pk"):
        steps[row.track_id].append(row)
    tracks = {track: held[0].track for track, held in steps.items()}
    offered = open_offers(offers)
    for number, track in tracks.items():
        track.__dict__.update(steps=steps[number], offer=offered.get(number))
    latest = {(row.person_id, row.kind): row for row in tracks.values()}
    return list(latest.values())
