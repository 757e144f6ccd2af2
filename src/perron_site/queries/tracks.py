"""Tracks with their past and their offers, loaded in a fixed number of questions to the database."""

from collections.abc import Collection

from django.db.models import Prefetch

from perron.vocabulary.tracks import HandoverState
from perron_site.records import models


def track_rows(persons: Collection[int]) -> list[models.Track]:
    """The latest track of each kind of these people, open or closed, each with its steps and open offers."""
    steps = models.TrackStep.objects.select_related("holder").order_by("pk")
    offers = models.HandoverTrack.objects.filter(
        open=True, handover__state=HandoverState.OFFERED
    ).select_related("handover__giver", "handover__receiver")
    rows = (
        models.Track.objects.filter(person__in=persons)
        .select_related("responsible")
        .prefetch_related(
            Prefetch("trackstep_set", queryset=steps),
            Prefetch("handovertrack_set", queryset=offers.order_by("pk")),
        )
        .order_by("pk")
    )
    latest = {(row.person_id, row.kind): row for row in rows}
    return list(latest.values())
