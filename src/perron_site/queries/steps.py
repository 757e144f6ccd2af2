"""Where the people of a household stand on each line, and where they may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perron.responsibility.matrix import duty
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.wording import Message, message
from perron_site.queries.linemap import Ground, Holder, holder_of, open_offer, standing_alike
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class StepRow:
    """People who stand alike on a line, where, and where they may go."""

    kind: TrackKind
    step: Step
    since: date
    tracks: tuple[tuple[int, str], ...]
    next: tuple[Step, ...]
    holder: Holder
    taken_up: bool
    ours: bool
    offered: bool
    told: tuple[Message, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether nobody has taken it up."""
        return not self.taken_up


def step_rows(
    tracks: Sequence[models.Track], ground: Ground, organisation: OrganisationId, on: date
) -> tuple[StepRow, ...]:
    """Where people stand, grouped where they stand alike; lines that ended are left out."""
    rows = []
    for alike in standing_alike([row for row in tracks if row.closed_on is None]):
        first = alike[0]
        kind, step = TrackKind(first.kind), Step(first.step)
        here = duty(kind, step, ground.region, max(on, first.since), first.matrix)
        rows.append(
            StepRow(
                kind=kind,
                step=step,
                since=first.since,
                tracks=tuple((row.pk, ground.names[row.person_id]) for row in alike),
                next=here.next,
                holder=holder_of(first.responsible),
                taken_up=first.taken_up_at is not None,
                ours=first.responsible_id == organisation,
                offered=open_offer(first) is not None,
                told=tuple(
                    message(key) for key in (here.tells.holder, here.tells.coordinator) if key
                ),
            )
        )
    return tuple(rows)
