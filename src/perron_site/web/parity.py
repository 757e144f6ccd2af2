"""Equal treatment: people under temporary protection beside others, for planners."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from perron_site.queries.parity import STATUSES, parity
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.people import DESKS


@for_roles(*DESKS)
@require_safe
def compared(request: DeskRequest) -> HttpResponse:
    """How each group fared with each service, and what the law gives each status."""
    return render(request, "parity.html", {"parity": parity(request.acting), "statuses": STATUSES})


urlpatterns = [path("net/equal-treatment/", compared, name="parity")]
