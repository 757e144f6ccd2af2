"""The net: how many people have nobody today, where, since when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from perron.vocabulary.organisations import Role
from perron_site.queries.net import net as whole
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest


@for_roles(
    Role.COORDINATOR, Role.DISPATCHER, Role.REGISTRAR, Role.HOUSING_OFFICER, Role.CASE_WORKER
)
@require_safe
def net(request: DeskRequest) -> HttpResponse:
    """The whole net for the coordinator; for others what their organisation must close."""
    return render(request, "net.html", {"net": whole(request.acting, weeks="weeks" in request.GET)})


urlpatterns = [path("net/", net, name="net")]
