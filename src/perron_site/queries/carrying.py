"""Running lines on the way to another version of the matrix: what changes for whom, and what cannot come along."""

from collections.abc import Sequence
from dataclasses import dataclass

from perron.responsibility.carrying import Carried, carried
from perron.responsibility.matrix import matrix_of
from perron.vocabulary.acting import Acting
from perron.vocabulary.tracks import Track
from perron_site.records import facts, models


@dataclass(frozen=True, slots=True)
class Preview:
    """The lines that run on another version, and those whose step the version does not know."""

    version: str
    lines: tuple[Carried, ...]
    stays_behind: tuple[Track, ...]


def preview(by: Acting, version: str) -> Preview:
    """What adopting a version changes today (NotFound for a version that does not exist)."""
    matrix_of(version)
    return sorted_out(by, version, rows_on_another(version))


def rows_on_another(version: str) -> Sequence[models.Track]:
    """The open lines that run on another version."""
    rows = models.Track.objects.filter(closed_on__isnull=True).exclude(matrix=version)
    return list(rows.select_related("responsible").order_by("pk"))


def sorted_out(by: Acting, version: str, rows: Sequence[models.Track]) -> Preview:
    """Each line as the other version has it."""
    homes = {
        row.person_id: row.household
        for row in models.HouseholdMember.objects.filter(
            person__in=[row.person_id for row in rows], end__isnull=True
        ).select_related("household__municipality")
    }
    tracks = [facts.track(row, homes[row.person_id]) for row in rows]
    found = [(track, carried(track, version, by.on)) for track in tracks]
    return Preview(
        version=version,
        lines=tuple(line for _, line in found if line is not None),
        stays_behind=tuple(track for track, line in found if line is None),
    )
