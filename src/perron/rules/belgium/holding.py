"""Which status a person has on a day, and until when; it counts through its last day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from perron.rules.belgium.stays import ONE_DAY, SCHEME_END, Period, periods, running
from perron.rules.facts import Stated
from perron.rules.moments import Moment
from perron.rules.routes import Route

PROTECTION = "tp"
NO_STATUS = "none"


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether a status is held, None for not known; ``until``: its last day where one is known."""

    holds: bool | None
    until: date | None = None


def holding(route: Route, known: Stated, moment: Moment) -> Holding:
    """Whether the person has on this day a status that the route gives."""
    if not route.holds_status:
        return Holding(holds=False)
    return held(route, periods(known, moment), known, moment)


def holding_on(route: Route, known: Stated, moment: Moment) -> Holding:
    """The same with the last day to come: where the law that is known prolongs the status, that of the prolongation."""
    here = holding(route, known, moment)
    after = here
    while after.holds and (until := after.until) is not None:
        here = after
        after = holding(route, known, replace(moment, on=until + ONE_DAY))
    return after if after.holds else here


def held(route: Route, found: Sequence[Period] | None, known: Stated, moment: Moment) -> Holding:
    """The same of a route that gives a status, where the periods of stay are in order already."""
    if found is not None:
        here = [
            last
            for title, first, last in found
            if title in route.holds_status and first <= moment.on <= last
        ]
        if here:
            last = max(here)
            return Holding(holds=True, until=None if last == date.max else last)
    if PROTECTION in route.holds_status and known.get("tp_state") is not None:
        return protection(known, moment)
    return Holding(holds=None if found is None else False)


def protection(known: Stated, moment: Moment) -> Holding:
    """Temporary protection by its state: granted, it lasts as long as the scheme."""
    end = moment.value(SCHEME_END)
    if known["tp_state"] != "granted" or end is None:
        return Holding(holds=False)
    return Holding(holds=moment.on <= end, until=end)


def title_now(known: Stated, moment: Moment) -> str | None:
    """The title under which somebody stays on a day, ``none`` for none; None where it is not known, or several run."""
    found = periods(known, moment)
    here = running(found or (), moment.on)
    if not here and known.get("tp_state") is not None and protection(known, moment).holds:
        return PROTECTION
    if here or found is None:
        return min(here) if len(here) == 1 else None
    return NO_STATUS
