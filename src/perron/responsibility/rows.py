"""The rows of the matrix as values."""

from dataclasses import dataclass
from datetime import date

from perron.vocabulary.organisations import OrganisationKind, Role, findable
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.verdicts import Source
from perron.vocabulary.wording import Message, message

FIRST_DAY = date(2022, 3, 4)
"""Decision (EU) 2022/382 (V): the first day of temporary protection, and of the matrix."""

EVERYWHERE: tuple[Region | None, ...] = (*Region, None)


@dataclass(frozen=True, slots=True)
class Wait:
    """One line waits here until another has passed a step: only where a source says so."""

    step: Step
    source: Source


@dataclass(frozen=True, slots=True)
class Clock:
    """So many days from the day the step began."""

    days: int
    working_days: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Opening:
    """Another line that opens when a line comes to a step, for people of these ages.

    ``until_age`` is the first age no longer meant; ``alone``: only where no adult of the household
    is known; ``days_before_end``: only so many days before the protection ends.
    """

    line: TrackKind
    source: Source
    from_age: int | None = None
    until_age: int | None = None
    alone: bool = False
    days_before_end: int | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told to whom at a step, as keys of texts; empty: nothing."""

    person: str = ""
    holder: str = ""
    coordinator: str = ""


NOTHING = Telling()


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who is asked when nothing happens: of each list the first that can be found in the region.

    ``remind``: so many working days before the clock runs out the holder is reminded.
    """

    remind: int
    fallback: tuple[OrganisationKind, ...]
    coordinator: tuple[OrganisationKind, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as its file has it; what a faulty matrix leaves out is None: ``check`` says so."""

    track: TrackKind
    step: Step
    regions: tuple[Region | None, ...]
    start: date
    end: date | None
    organisation: OrganisationKind | None
    clock: Clock | None
    no_clock: str
    next: tuple[Step, ...]
    source: Source | None
    first: bool = False
    closing: bool = False
    resting: bool = False
    waits_for: tuple[Wait, ...] = ()
    roles: frozenset[Role] = frozenset()
    opens: tuple[Opening, ...] = ()
    tells: Telling = NOTHING
    escalation: Escalation | None = None

    def holds(self, region: Region | None, on: date) -> bool:
        """Whether the row is about this region and day."""
        return region in self.regions and self.start <= on and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must act at a step, by when, and what may follow, the usual step first.

    ``days`` None: no clock runs, and ``no_clock`` says why. ``resting``: the line may stay here.
    ``roles``: who may act there; empty: anybody of the organisation.
    """

    track: TrackKind
    step: Step
    region: Region | None
    organisation: OrganisationKind
    days: int | None
    working_days: bool
    next: tuple[Step, ...]
    closing: bool
    source: Source
    version: str
    resting: bool = False
    clock_source: Source | None = None
    no_clock: Message | None = None
    waits_for: tuple[Wait, ...] = ()
    roles: frozenset[Role] = frozenset()
    opens: tuple[Opening, ...] = ()
    tells: Telling = NOTHING
    escalation: Escalation | None = None


def escalation(duty: Duty) -> tuple[OrganisationKind, ...]:
    """Who gets it when the clock runs out and nothing happens: the fallback, then the coordinator."""
    if duty.escalation is None:
        return ()
    return chain(duty.escalation, duty.organisation, duty.region)


def chain(
    escalation: Escalation, silent: OrganisationKind, region: Region | None
) -> tuple[OrganisationKind, ...]:
    """The desks that can be found there, without the one that is silent."""
    steps = (escalation.fallback, escalation.coordinator)
    known = (
        [kind for kind in kinds if kind is not silent and findable(kind, region)] for kinds in steps
    )
    return tuple(dict.fromkeys(kinds[0] for kinds in known if kinds))


@dataclass(frozen=True, slots=True)
class Matrix:
    """All rows of one version."""

    version: str
    rows: tuple[Row, ...]

    def duties(self, step: Step, region: Region | None, on: date) -> tuple[Duty, ...]:
        """What the rows say there; a sound matrix has exactly one for each step, region and day."""
        return tuple(
            Duty(
                track=row.track,
                step=row.step,
                region=region,
                organisation=row.organisation,
                days=row.clock.days if row.clock else None,
                working_days=bool(row.clock and row.clock.working_days),
                next=row.next,
                closing=row.closing,
                source=row.source,
                version=self.version,
                resting=row.resting,
                clock_source=row.clock.source if row.clock else None,
                no_clock=message(f"clock.none.{row.no_clock}") if row.no_clock else None,
                waits_for=row.waits_for,
                roles=row.roles,
                opens=row.opens,
                tells=row.tells,
                escalation=row.escalation,
            )
            for row in self.rows
            if row.step is step and row.holds(region, on) and row.organisation and row.source
        )
