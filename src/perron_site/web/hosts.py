"""Checks of hosts: the housing desk of a municipality writes yes or no down, and nobody else reads it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from perron.vocabulary.errors import Refused
from perron.vocabulary.organisations import Role
from perron.vocabulary.places import CheckOutcome, HostCheckKind
from perron_site.actions.hosts import write_host_check
from perron_site.queries.hosts import host_site_of, host_sites
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.handovers import day


@for_roles(Role.HOUSING_OFFICER)
@require_safe
def hosts(request: DeskRequest) -> HttpResponse:
    """The sites in our municipality, those that wait for somebody first."""
    return render(request, "hosts.html", {"sites": host_sites(request.acting)})


@for_roles(Role.HOUSING_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def host(request: DeskRequest, number: int) -> HttpResponse:
    """One site: what we know, and a new check."""
    if request.method == "POST":
        write(request, number)
        messages.success(request, gettext("Noted."))
        return redirect("host", number=number)
    context = {"site": host_site_of(request.acting, number), "today": request.acting.on}
    context |= {"kinds": list(HostCheckKind), "outcomes": list(CheckOutcome)}
    return render(request, "host.html", context)


def write(request: DeskRequest, number: int) -> None:
    """Write down what the form says."""
    kind, outcome = request.POST.get("kind", ""), request.POST.get("outcome", "")
    if kind not in set(HostCheckKind) or outcome not in set(CheckOutcome):
        raise Refused("host.choose_what_and_outcome")
    write_host_check(
        request.acting,
        site_id=number,
        kind=HostCheckKind(kind),
        outcome=CheckOutcome(outcome),
        on=day(request, "on") or request.acting.on,
        consented="consented" in request.POST,
        holds_until=day(request, "holds_until"),
    )


urlpatterns = [
    path("places/hosts/", hosts, name="hosts"),
    path("places/hosts/<int:number>/", host, name="host"),
]
