"""The caseload: whose work a household is, and from which day on."""

from collections.abc import Collection, Iterable
from datetime import date

from perron.responsibility.gaps import ended
from perron.responsibility.net import Foreseen, Situation
from perron.vocabulary.organisations import OrganisationId


def caseload(
    members: Collection[Situation],
    found: Iterable[Foreseen],
    awaited: Collection[tuple[OrganisationId, date]],
    on: date,
) -> dict[OrganisationId, date | None]:
    """Each organisation that holds an open line in a household, or that is awaited there, with its first day.

    ``found`` are the gaps of the members that are not over on the day; ``awaited`` says who must answer by when, and
    to whom a no came back on which day. The first day is the earliest of these, of a gap that opens and of a clock
    that ends, as far as they are the organisation's own; None: nothing of it is due.
    """
    tracks = [track for each in members for track in each.tracks]
    first: dict[OrganisationId, date | None] = dict.fromkeys(
        [*(track.responsible for track in tracks), *(each for each, _ in awaited)]
    )
    days = [*awaited, *((gap.responsible, gap.opens) for gap in found)]
    days += [
        (track.responsible, track.due_on)
        for track in tracks
        if track.due_on is not None and not ended(track, on)
    ]
    for organisation, day in days:
        if organisation in first:
            first[organisation] = min(day, first[organisation] or day)
    return first
