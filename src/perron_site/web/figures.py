"""The demonstration beside what is published."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from perron_site.queries.figures import figures as all_figures
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.people import DESKS


@for_roles(*DESKS)
@require_safe
def figures(request: DeskRequest) -> HttpResponse:
    """Every published figure with its source, and how the invented people compare."""
    return render(request, "figures.html", {"figures": all_figures(request.acting)})


urlpatterns = [path("figures/", figures, name="figures")]
