"""The stage on which histories play: many stories at once, told in the order of their moments."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import BRUSSELS, day_in_brussels
from perron.vocabulary.organisations import OrganisationId, Role
from perron_site.commands.demonstration.desks import Desks

Story = Iterator[datetime]
"""What happens to somebody: each yield says at which moment it goes on."""

FRIDAY = 4


@dataclass(slots=True)
class Stage:
    """Who can act, which moment is now, and the stories that wait for their next moment."""

    desks: Desks
    dispatch: OrganisationId
    registry: OrganisationId
    now: datetime
    seed: int
    waiting: list[tuple[datetime, int, Story]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)
    at: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Before the first story it is now."""
        self.at = self.now

    @property
    def today(self) -> date:
        """The legal day of now."""
        return day_in_brussels(self.now)

    def dice(self, number: int) -> Random:
        """Dice of one household, so that one story does not change another."""
        return Random(f"{self.seed}-{number}")  # noqa: S311 - invented people, no secrets

    def begin(self, story: Story) -> None:
        """Let a story begin: it says itself when."""
        self.go_on(story)

    def play(self, tick: Callable[[datetime], None]) -> None:
        """Tell all stories until now; what would come later does not happen."""
        while self.waiting:
            self.at, _, story = heapq.heappop(self.waiting)
            tick(self.at)
            self.go_on(story)

    def go_on(self, story: Story) -> None:
        """Tell a story up to its next moment."""
        moment = next(story, None)
        if moment is not None and moment <= self.now:
            heapq.heappush(self.waiting, (moment, next(self.order), story))

    def desk(self, organisation: OrganisationId, role: Role) -> Acting:
        """Somebody of this desk at the moment that is being told."""
        return self.desks.acting(organisation, role, self.at)

    def day(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment so many days after the one that is being told, on a working day."""
        return office_hour(day_in_brussels(self.at) + timedelta(days=days), hour, minute)


def office_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of that day, or of the Monday after a weekend."""
    weekend = max(day.weekday() - FRIDAY, 0)
    if weekend:
        day += timedelta(days=3 - weekend)
    return datetime.combine(day, time(hour, minute), BRUSSELS)
