"""What the law desk reads: changes that wait, what was decided, whom a change affects; and the history for anybody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from perron.rules.affected import Archetype, Effect, days_of, effects, of_archetypes
from perron.rules.belgium.rulebook import belgium
from perron.rules.entering import Entered, enterable
from perron.rules.law import Parameter, called, replaced
from perron.rules.moments import Moment
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.housing import suppressed
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.law_changes import LawChangeState
from perron.vocabulary.territory import Region
from perron.vocabulary.verdicts import Mark, Source
from perron.vocabulary.wording import Message, in_words
from perron_site.queries.population import population
from perron_site.records import models
from perron_site.records.law import entered, from_stored, laid_over, law_in_force

LATELY = 20
"""How many decided changes a desk reads."""


@dataclass(frozen=True, slots=True)
class Was:
    """What held before, with its source; ``value`` None: it was not known."""

    value: object
    source: Source | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as it is read; ``by`` and ``decided_by`` are organisations, never people.

    ``mine``: the reader entered it. ``was``: what held on its first day, None where nothing was kept.
    """

    id: int
    state: LawChangeState
    change: Entered
    entered_at: datetime
    by: str
    decided_at: datetime | None
    decided_by: str
    reason: str
    was: Was | None
    mine: bool

    @property
    def entered_on(self) -> date:
        """The day in Brussels."""
        return day_in_brussels(self.entered_at)

    @property
    def decided_on(self) -> date | None:
        """The same; None while it waits."""
        return day_in_brussels(self.decided_at) if self.decided_at else None

    @property
    def name(self) -> Message:
        """What the parameter is in words."""
        return name_of(self.change.key)


def name_of(key: str) -> Message:
    """A parameter in words."""
    return in_words(called()[key])


def row_of(row: models.LawChange, by: Acting | None = None) -> ChangeRow:
    """A row for its reader."""
    before, change = row.before, entered(row)
    was = None
    if row.state == LawChangeState.APPROVED:
        was = Was(None, None)
        if before:
            source = Source(before["source"], Mark(before["mark"]))
            was = Was(from_stored(row.key, before["value"]), source)
    return ChangeRow(
        id=row.pk,
        state=LawChangeState(row.state),
        change=change,
        entered_at=row.entered_at,
        by=row.organisation.name,
        decided_at=row.decided_at,
        decided_by=row.decided_for.name if row.decided_for else "",
        reason=row.reason,
        was=was,
        mine=by is not None and by.user == row.entered_by_id,
    )


def rows() -> QuerySet[models.LawChange]:
    """Changes with their organisations."""
    return models.LawChange.objects.select_related("organisation", "decided_for")


@dataclass(frozen=True, slots=True)
class Filed:
    """A change that came with the files of the law: what held before, and the row that took its place."""

    was: Was
    now: Parameter

    @property
    def name(self) -> Message:
        """What the parameter is in words."""
        return name_of(self.now.key)

    @property
    def region(self) -> Region | None:
        """Where it holds, if not everywhere."""
        return Region(self.now.region) if self.now.region else None


Change = tuple[date, Filed | int]
"""A change by the day since which it is known; of the law desk by its number."""


def history(on: date) -> list[Change]:
    """What is known on a day to have changed, for anybody, the newest first; a desk's word before that of a file."""
    law = set(enterable())
    filed: list[Change] = [
        (now.known_since, Filed(Was(before.value, before.source), now))
        for before, now in replaced()
        if now.key in law and now.known_since <= on
    ]
    approved = models.LawChange.objects.filter(state=LawChangeState.APPROVED)
    decided = approved.order_by("-decided_at", "-pk").values_list("decided_at", "pk")
    entered: list[Change] = [(day_in_brussels(at), number) for at, number in decided if at]
    return sorted([*entered, *filed], key=lambda each: each[0], reverse=True)


def told(some: Iterable[Change]) -> list[ChangeRow | Filed]:
    """Changes to read, in their order."""
    shown = [each for _, each in some]
    numbers = [each for each in shown if isinstance(each, int)]
    found = {row.pk: row_of(row) for row in rows().filter(pk__in=numbers).order_by("pk")}
    return [found[each] if isinstance(each, int) else each for each in shown]


@dataclass(frozen=True, slots=True)
class DeskRows:
    """What waits for a second person, and what was decided lately."""

    waiting: tuple[ChangeRow, ...]
    decided: tuple[ChangeRow, ...]


def law_desk(by: Acting) -> DeskRows:
    """The page of the law desk."""
    waiting = rows().filter(state=LawChangeState.PENDING).order_by("pk")
    decided = rows().exclude(state=LawChangeState.PENDING).order_by("-decided_at", "-pk")
    return DeskRows(
        tuple(row_of(row, by) for row in waiting),
        tuple(row_of(row, by) for row in decided[:LATELY]),
    )


def law_change(number: int, by: Acting) -> ChangeRow:
    """One change (NotFound); while it waits, with what would hold without it."""
    row = rows().filter(pk=number).first()
    if row is None:
        raise NotFound("not_found.law_change")
    found = row_of(row, by)
    if found.state is LawChangeState.PENDING:
        return replace(found, was=now_of(found.change, by.on))
    return found


def now_of(change: Entered, on: date) -> Was:
    """What holds on the first day of a change without it."""
    law = law_in_force(max(on, change.takes_effect_on))
    row = Moment(change.valid_from, changes=law).row(change.key, change.region)
    return Was(row.value, row.source) if row else Was(None, None)


def waiting_changes() -> tuple[Entered, ...]:
    """What waits for a second person."""
    found = models.LawChange.objects.filter(state=LawChangeState.PENDING).order_by("pk")
    return tuple(entered(row) for row in found)


@dataclass(frozen=True, slots=True)
class Affected:
    """How many people of the caseload a change affects in which way, no small numbers; and of those as they come, who.

    ``total``: how many people there are, None where that would tell a small number.
    """

    since: date
    until: date
    counts: tuple[tuple[Effect, int | None], ...]
    total: int | None
    archetypes: tuple[tuple[Archetype, Effect], ...]
    cases: tuple[tuple[Effect, int], ...]


def affected(by: Acting, change: Entered) -> Affected:
    """Whom a change affects within two years of its day, beside the law that holds without it."""
    since = max(by.on, change.takes_effect_on)
    last = change.valid_to
    days = days_of(since, change.valid_from, last + timedelta(days=1) if last else None)
    law = law_in_force(since)
    then = laid_over((*law.rows, change.as_parameter(since)))
    both = Moment(since, changes=law), Moment(since, changes=then)
    found = Counter(effects(belgium(), population(by.on).people, days, both))
    counts, total = suppressed({each.value: found[each] for each in Effect})
    tried = of_archetypes(belgium(), days, both)
    cases = Counter(effect for _, effect in tried)
    return Affected(
        since,
        days[-1],
        tuple((Effect(name), size) for name, size in counts.items()),
        total,
        tuple(tried),
        tuple((each, cases[each]) for each in Effect),
    )
