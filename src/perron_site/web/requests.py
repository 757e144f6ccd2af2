"""One line a request: which page, how it ended, how long it took. No address, because a personal link is one."""

from collections.abc import Callable
from time import monotonic

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("perron.request")


class RequestLogMiddleware:
    """Stands outside all others, so that it sees every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Write the line after the answer."""
        began = monotonic()
        answer = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            page=match.route if match else "",
            status=answer.status_code,
            ms=round((monotonic() - began) * 1000),
        )
        return answer
