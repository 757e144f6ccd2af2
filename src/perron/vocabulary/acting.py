"""Who acts, for whom, for which purpose and when: the first argument of every action."""

from dataclasses import dataclass
from datetime import date, datetime

from perron.vocabulary.intervals import day_in_brussels, tonight
from perron.vocabulary.organisations import OrganisationId, Purpose, Role


@dataclass(frozen=True, slots=True)
class Acting:
    """One person acting for one organisation; ``user`` None is the system itself. ``at`` is timezone-aware."""

    user: int | None
    organisation: OrganisationId
    role: Role
    purpose: Purpose
    at: datetime

    @property
    def on(self) -> date:
        """The legal day of the act, in Brussels."""
        return day_in_brussels(self.at)

    @property
    def tonight(self) -> date:
        """The night for which a bed is sought at this moment."""
        return tonight(self.at)
