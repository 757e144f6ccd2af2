"""Safe mode: one click from the household, for any desk that may see it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from perron.vocabulary.errors import Refused
from perron_site.actions.safety import end_safe_mode, set_safe_mode
from perron_site.queries.household import household
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.moving import DESKS, chosen


@for_roles(*DESKS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def safe(request: DeskRequest, number: int) -> HttpResponse:
    """Say who must not be found, which children go along, and why."""
    home = household(number, request.acting)
    if request.method != "POST":
        return render(request, "safe_mode.html", {"home": home})
    who = chosen(request, "person")
    if not {*who} & {person.id for person in home.people}:
        raise Refused("safety.nobody_chosen")
    new = set_safe_mode(
        request.acting,
        person_id=who[0],
        children=chosen(request, "children"),
        why=request.POST.get("why", ""),
        from_people=chosen(request, "from_people"),
        from_whom=request.POST.get("from_whom", ""),
        keeps_nights=request.POST.get("nights") == "keep",
    )
    messages.success(request, gettext("Safe mode is on, from this moment."))
    return redirect("household", number=new)


@for_roles(*DESKS)
@require_POST
def end(request: DeskRequest, number: int) -> HttpResponse:
    """End safe mode, with a reason and consent."""
    for each in chosen(request, "person"):
        end_safe_mode(
            request.acting,
            person_id=each,
            why=request.POST.get("why", ""),
            consent="consent" in request.POST,
        )
    messages.success(request, gettext("Safe mode has ended."))
    return redirect("household", number=number)


urlpatterns = [
    path("household/<int:number>/safe/", safe, name="safe_mode"),
    path("household/<int:number>/safe/end/", end, name="end_safe_mode"),
]
