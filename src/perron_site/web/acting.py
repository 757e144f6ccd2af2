"""Who acts, for whom and when: the signed-in user, the membership they chose, and the clock."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import PURPOSE_OF
from perron_site.queries.memberships import MembershipRow, memberships
from perron_site.records.context import as_organisation
from perron_site.records.law import asked_once
from perron_site.web import clock

SESSION_KEY = "membership"
STAYS_OPEN = "used"
EVERY_MINUTES = 10
"""A session that is used ends so many hours after its last use (SESSION_COOKIE_AGE), told to the ten minutes."""


class DeskRequest(HttpRequest):
    """A request to a page for roles: behind ``for_roles`` there is always somebody who acts."""

    acting: Acting
    membership: MembershipRow
    memberships: tuple[MembershipRow, ...]


def chosen(rows: tuple[MembershipRow, ...], stored: object) -> MembershipRow | None:
    """The stored choice if it is still theirs; without a choice, the only membership there is."""
    for row in rows:
        if row.id == stored:
            return row
    return rows[0] if len(rows) == 1 else None


def acting_as(user: int, row: MembershipRow) -> Acting:
    """The user at this moment, for this organisation, in this role."""
    return Acting(
        user=user,
        organisation=row.organisation,
        role=row.role,
        purpose=PURPOSE_OF[row.role],
        at=clock.now(),
    )


def stay_open(request: HttpRequest) -> None:
    """Keep the session of whoever is signed in open; it is written only every ten minutes."""
    now = int(clock.now().timestamp()) // (EVERY_MINUTES * 60)
    if request.session.get(STAYS_OPEN) != now:
        request.session[STAYS_OPEN] = now


FAULT = 400


class ActingMiddleware:
    """Sets ``acting`` and ``membership`` (None for a stranger) and ``memberships`` on a request.

    Whoever acts does so in one transaction, in which the database shows what their organisation may see; an answer
    that is an error keeps nothing. A stranger has no such transaction and sees no row about anybody. The law is asked
    for once a request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look the choice up on each request, so that a membership that ended opens nothing."""
        user = request.user.pk if request.user.is_authenticated else None
        if user is not None:
            stay_open(request)
        rows = memberships(user) if user is not None else ()
        row = chosen(rows, request.session.get(SESSION_KEY)) if rows else None
        acting = acting_as(user, row) if user is not None and row else None
        request.__dict__.update(acting=acting, membership=row, memberships=rows)
        with asked_once():
            return self.get_response(request) if acting is None else self.within(acting, request)

    def within(self, acting: Acting, request: HttpRequest) -> HttpResponse:
        """The answer, in the transaction of whoever acts."""
        with as_organisation(acting):
            answer = self.get_response(request)
            if answer.status_code >= FAULT:
                transaction.set_rollback(True)
        return answer
