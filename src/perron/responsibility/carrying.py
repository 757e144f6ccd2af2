"""What changes for a running line when it is carried over to another version of the matrix."""

from dataclasses import dataclass
from datetime import date

from perron.responsibility.matrix import due_on, duty, matrix_of
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.tracks import Step, Track


@dataclass(frozen=True, slots=True)
class Carried:
    """One line in the other version. ``holder`` None: it stays with the organisation that has it."""

    track: Track
    holder: OrganisationKind | None
    due_on: date | None
    next: tuple[Step, ...]
    changes_clock: bool
    changes_next: bool


def carried(track: Track, version: str, on: date) -> Carried | None:
    """The line as the other version has it; None when that does not know the step."""
    if all(row.step is not track.step for row in matrix_of(version).rows):
        return None
    day = max(on, track.since)
    here = duty(track.kind, track.step, track.region, day, track.matrix)
    there = duty(track.kind, track.step, track.region, day, version)
    waits = track.taken_up_at is None and there.organisation is not track.responsible_kind
    due = due_on(there, track.since)
    return Carried(
        track=track,
        holder=there.organisation if waits else None,
        due_on=due,
        next=there.next,
        changes_clock=due != track.due_on,
        changes_next=set(there.next) != set(here.next),
    )
