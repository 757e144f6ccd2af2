"""Notices written to people, to be shown in their own language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from perron.vocabulary.intervals import day_in_brussels
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice: its text is built from kind, language and parameters; without parameters it was blanked.

    ``law``: the version of the law by which it was written, empty where nobody noted it.
    """

    id: int
    who: str
    kind: str
    language: str
    params: Mapping[str, object]
    law: str
    written_on: date
    about_on: date
    read_on: date | None


def notice_rows(persons: Sequence[int], names: Mapping[int, str]) -> tuple[NoticeRow, ...]:
    """The notices of these people, the newest first; a blanked one has nothing left to say."""
    rows = models.Notice.objects.filter(person__in=persons).exclude(params={})
    rows = rows.order_by("-written_at", "-pk")
    return tuple(
        NoticeRow(
            id=row.pk,
            who=names[row.person_id],
            kind=row.kind,
            language=row.language,
            params=row.params,
            law=row.law,
            written_on=day_in_brussels(row.written_at),
            about_on=row.about_on,
            read_on=day_in_brussels(row.read_at) if row.read_at else None,
        )
        for row in rows
    )
