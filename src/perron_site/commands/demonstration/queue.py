"""The registration desk of the demonstration: its opening hours, and a morning of visits until now."""

from datetime import datetime, time, timedelta

from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import PURPOSE_OF, OrganisationId, Role
from perron.vocabulary.visits import Party, VisitState
from perron_site.actions.visits import open_desk, set_visit, take_number

WORKDAYS = range(5)
PARTIES = (
    Party(1, "uk"), Party(3, "uk"), Party(2, "ru"), Party(4, "uk", interpreter=True), Party(1, "en"),
    Party(2, "uk"), Party(5, "uk", interpreter=True), Party(1, "ru"), Party(2), Party(3, "uk"),
)  # fmt: skip
EVERY, SERVED, TAKES = timedelta(minutes=9), 5, timedelta(minutes=14)


def play_queue(registry: OrganisationId, now: datetime) -> None:
    """Ten parties took a number, five are done, one is at a desk."""
    for day in WORKDAYS:
        for opens, closes in ((time(8, 30), time(12)), (time(13), time(16))):
            open_desk(
                at_the_desk(registry, now - timedelta(days=30)),
                weekday=day, opens=opens, closes=closes, minutes=30, desks=4,
            )  # fmt: skip
    began = now - EVERY * len(PARTIES)
    for turn, party in enumerate(PARTIES):
        came = began + EVERY * turn
        number = take_number(at_the_desk(registry, came), party=party)
        if turn > SERVED:
            continue
        called = at_the_desk(registry, came + timedelta(minutes=6))
        set_visit(called, visit_id=number, state=VisitState.CALLED, desk=str(turn % 2 + 1))
        if turn < SERVED:
            done = at_the_desk(registry, called.at + TAKES + timedelta(minutes=turn % 3))
            set_visit(done, visit_id=number, state=VisitState.SERVED)


def at_the_desk(registry: OrganisationId, at: datetime) -> Acting:
    """The registration desk at a moment."""
    role = Role.REGISTRAR
    return Acting(None, registry, role, PURPOSE_OF[role], at)
