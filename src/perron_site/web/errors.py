"""What a reader is told when something cannot be done: what happened, what was kept, what to do."""

from collections.abc import Callable, Iterable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from psycopg.errors import DeadlockDetected

from perron.messages.texts import say
from perron.messages.texts.labels import label
from perron.vocabulary.errors import (
    BadFile,
    Conflict,
    LawNotModelled,
    NotFound,
    PerronError,
    RefusedWhole,
)
from perron.vocabulary.organisations import Role

STATUS: dict[type[PerronError], int] = {
    BadFile: 400,
    NotFound: 404,
    Conflict: 409,
    LawNotModelled: 422,
}
REFUSED = 409
READS = frozenset({"GET", "HEAD"})


class ErrorMiddleware:
    """Turns what the core and the actions refuse into a page in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only errors that carry a message for the reader; anything else is a fault of ours."""
        if isinstance(error, OperationalError) and isinstance(error.__cause__, DeadlockDetected):
            error = Conflict("conflict.try_again")
        return told(request, error) if isinstance(error, PerronError) else None


def told(request: HttpRequest, error: PerronError) -> HttpResponse:
    """The page for an error of the core."""
    status, language = STATUS.get(type(error), REFUSED), get_language() or "en"
    faults = error.faults if isinstance(error, RefusedWhole) else ()
    named = [f"H-{number}: {say(fault, language)}" for number, fault in faults]
    return page(request, status, said=say(error.message, language), faults=named)


def page(
    request: HttpRequest,
    status: int,
    *,
    said: str,
    roles: Iterable[Role] = (),
    faults: Iterable[str] = (),
) -> HttpResponse:
    """The one page of all errors; where something was sent, it says what became of it."""
    context = {
        "status": status,
        "heading": heading(status),
        "said": said,
        "faults": list(faults),
        "sent": request.method not in READS,
        "back": back(request),
        "ways_in": ways_in(request, frozenset(roles)),
    }
    return render(request, "error.html", context, status=status)


def heading(status: int) -> str:
    """What happened, in a few words."""
    headings = {
        400: gettext("This cannot be read"),
        403: gettext("This page is not yours to open"),
        404: gettext("This is not here"),
        409: gettext("This was not done"),
        422: gettext("The law of that day is not known here"),
    }
    return headings[status]


def back(request: HttpRequest) -> str:
    """The page they came from, if it is one of ours; else the first page."""
    came_from = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    return came_from if ours and came_from != request.build_absolute_uri() else reverse("home")


def ways_in(request: HttpRequest, roles: frozenset[Role]) -> list[tuple[int, str, str]]:
    """Memberships of the reader that open the page: number, organisation, role in words."""
    language = get_language() or "en"
    rows = request.__dict__.get("memberships", ())
    return [(row.id, row.name, say(label(row.role), language)) for row in rows if row.role in roles]


def foreign_role(request: HttpRequest, roles: frozenset[Role]) -> HttpResponse:
    """The page belongs to another desk."""
    language = get_language() or "en"
    names = ", ".join(sorted(say(label(role), language) for role in roles))
    said = gettext("This page is for: %(roles)s.") % {"roles": names}
    return page(request, 403, said=said, roles=roles)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Handle 403 without a role that would help."""
    return page(request, 403, said=gettext("Your account does not open it."))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form that did not come from an open page of ours: mostly a page left open for long."""
    said = gettext("The page was open for too long, or cookies are switched off.")
    return page(request, 403, said=said)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Handle 404: no page has this address."""
    return page(request, 404, said=gettext("No page has this address, or it has moved."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Handle 400 without touching anything that may be broken in the request."""
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Handle 500 without the database, the session or the reader's name."""
    return HttpResponse(render_to_string("500.html"), status=500)
