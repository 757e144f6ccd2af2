"""On paper: the lists of a desk, and a slip to write on, to be printed before the power fails."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from perron_site.queries.paper import paper
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.people import DESKS


@for_roles(*DESKS)
@require_safe
def on_paper(request: DeskRequest) -> HttpResponse:
    """Who sleeps where, who waits, who came, whom to call."""
    return render(request, "paper.html", {"paper": paper(request.acting)})


urlpatterns = [path("paper/", on_paper, name="paper")]
