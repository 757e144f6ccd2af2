"""People, households, lines and stays while their story is told."""

from dataclasses import dataclass, field
from datetime import date, datetime

from perron.vocabulary.people import Household, HouseholdId, Member, Presence
from perron.vocabulary.places import Unit
from perron.vocabulary.territory import Municipality, Region
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.households import NewPerson
from perron_site.records.models import StayState


@dataclass(slots=True)
class Page:
    """The current row of the history of a line."""

    id: int
    step: Step
    holder: int
    taken_up: bool
    start: date


@dataclass(slots=True)
class Line:
    """A line of somebody, as it stands now."""

    id: int
    kind: TrackKind
    step: Step
    since: date
    due_on: date | None
    holder: int
    opened_on: date
    matrix: str
    page: Page
    taken_up_at: datetime | None = None
    closed_on: date | None = None
    offered: bool = False


@dataclass(slots=True)
class Someone:
    """A person with all their lines, in the order in which they opened."""

    id: int
    new: NewPerson
    member: Member
    group: "Group"
    lines: list[Line] = field(default_factory=list)
    presence: Presence = Presence.HERE
    since: date | None = None

    def open_line(self, kind: TrackKind) -> Line | None:
        """The open line of this kind."""
        found = (line for line in self.lines if line.kind is kind and line.closed_on is None)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that is not shared, with its beds and whoever runs its site."""

    unit: Unit
    beds: tuple[int, ...]
    host: int
    town: Municipality


@dataclass(slots=True)
class Night:
    """A bed for a range of nights; ``person`` None: closed, nobody sleeps in it."""

    id: int
    bed: int
    person: int | None
    first: date
    end: date | None


@dataclass(slots=True)
class Stay:
    """A stay in a unit that is not shared, with its beds."""

    id: int
    unit: int
    start: date
    end: date | None
    state: StayState
    nights: list[Night]


@dataclass(frozen=True, slots=True)
class Words:
    """Why something is offered, and who consented for children alone."""

    why: str
    consented: str = ""


@dataclass(slots=True)
class Offer:
    """The roof of a household, offered by one organisation to another."""

    id: int
    giver: int
    receiver: int
    words: Words
    offered_at: datetime
    due_on: date
    read_until: date
    lines: list[tuple[int, Line]]
    answered_at: datetime | None = None


@dataclass(slots=True)
class Proposed:
    """A home that is proposed, and what was decided."""

    id: int
    unit: int
    night: date
    reasons: str
    at: datetime
    decided_at: datetime | None = None


@dataclass(slots=True)
class Group:
    """A household with its people and its stays; ``asked`` is the moment at which it asked for a roof."""

    id: int
    people: list[Someone]
    arrived_on: date
    town: Municipality | None
    asked: tuple[int, datetime, date] | None = None
    answered_at: datetime | None = None
    stays: list[Stay] = field(default_factory=list)
    offer: Offer | None = None
    proposed: Proposed | None = None

    @property
    def region(self) -> Region | None:
        """The region of its municipality."""
        return None if self.town is None else self.town.region

    @property
    def present(self) -> list[Someone]:
        """Who is not gone."""
        return [each for each in self.people if each.presence is Presence.HERE]

    def noun(self, since: date | None) -> Household:
        """The household as a place sees it; ``since`` is from when it waits."""
        here = self.present
        return Household(
            id=HouseholdId(self.id),
            members=tuple(each.member for each in here),
            needs=frozenset(need for each in here for need in each.new.needs),
            languages=frozenset(word for each in here for word in each.new.languages),
            waiting_since=since,
            municipality=self.town.nis if self.town else None,
        )
