"""Gaps as cards: one card for people who share it, with who must close it and what we may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from perron.responsibility.net import Gap, GapKind
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.tracks import TrackKind
from perron.vocabulary.wording import Message
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class GapCard:
    """One gap of one or more people. ``tracks`` are the lines that we may take up, empty when they are not ours."""

    kind: GapKind
    track: TrackKind
    message: Message
    who: str
    since: date
    days_open: int
    holder: Holder
    ours: bool
    tracks: tuple[int, ...]


def gap_cards(
    gaps: Sequence[Gap],
    tracks: Sequence[models.Track],
    names: Mapping[int, str],
    organisation: OrganisationId,
) -> tuple[GapCard, ...]:
    """Cards, the oldest gap first; ``who`` is empty when everybody of the household shares it."""
    rows = {(row.person_id, row.kind): row for row in tracks}
    shared: dict[tuple[object, ...], list[Gap]] = {}
    for gap in sorted(gaps, key=lambda gap: (gap.since, list(TrackKind).index(gap.track))):
        alike = (gap.kind, gap.track, gap.since, gap.responsible, gap.message)
        shared.setdefault(alike, []).append(gap)
    return tuple(gap_card(group, rows, names, organisation) for group in shared.values())


def gap_card(
    group: list[Gap],
    rows: Mapping[tuple[int, str], models.Track],
    names: Mapping[int, str],
    organisation: OrganisationId,
) -> GapCard:
    """One card."""
    first = group[0]
    held = [rows[gap.person, gap.track.value] for gap in group]
    ours = first.responsible == organisation
    takeable = ours and first.kind is GapKind.NOT_TAKEN_UP
    return GapCard(
        kind=first.kind,
        track=first.track,
        message=first.message,
        who="" if len(group) == len(names) else ", ".join(names[gap.person] for gap in group),
        since=first.since,
        days_open=first.days_open,
        holder=holder_of(held[0].responsible),
        ours=ours,
        tracks=tuple(row.pk for row in held) if takeable else (),
    )
