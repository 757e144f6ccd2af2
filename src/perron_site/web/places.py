"""Places: sites, who comes and goes, and a home for each household whose roof is ours to find."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from perron.vocabulary.errors import Refused
from perron.vocabulary.organisations import Role
from perron.vocabulary.people import HouseholdId
from perron_site.actions.homes import propose_home, refuse_home, take_home
from perron_site.actions.leaving import move_out
from perron_site.actions.stays import cancel_stay, extend_stay, move_in, no_show
from perron_site.queries.places import rooms, seekers, sites, without_home
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.forms.housing import read_situation

KEEPERS = (Role.HOUSING_OFFICER, Role.DISPATCHER, Role.CASE_WORKER)
ON_A_PAGE, SHOWN = 25, 20
"""So many units stand on a page, and so many households that wait for a home."""
SEEKERS = (Role.HOUSING_OFFICER, Role.CASE_WORKER)


@for_roles(*KEEPERS)
@require_safe
def places(request: DeskRequest) -> HttpResponse:
    """The sites, so many units at a time or those sought by name, and the households that wait for a home."""
    by, words = request.acting, request.GET.get("q", "").strip()
    found = Paginator(rooms(by, words), ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = without_home(by) if by.role in SEEKERS and not words else []
    context = {
        "words": words,
        "sites": sites(by, list(found)),
        "found": found,
        "seekers": seekers(by, waiting[:SHOWN]) if waiting else (),
        "waiting": len(waiting),
        "today": by.on,
        "screens": by.role is Role.HOUSING_OFFICER,
    }
    return render(request, "places.html", context)


@for_roles(*KEEPERS)
@require_POST
def stay(request: DeskRequest, number: int) -> HttpResponse:
    """The household came, did not come, leaves, or stays longer."""
    by, act = request.acting, request.POST.get("act", "")
    if act == "in":
        move_in(by, stay_id=number)
    elif act == "out":
        lives = read_situation(request.POST.get("lives", ""))
        move_out(by, stay_id=number, on=by.tonight, lives=lives)
    elif act == "no_show":
        no_show(by, stay_id=number)
    elif act == "cancel":
        cancel_stay(by, stay_id=number)
    else:
        extend_stay(by, stay_id=number, end=day(request.POST.get("end", "")))
    messages.success(request, gettext("Noted."))
    return same_page(request)


def same_page(request: DeskRequest) -> HttpResponse:
    """The page of the sites from which an act was sent."""
    page, words = request.POST.get("page", ""), request.POST.get("q", "")
    query = {"q": words} if words else {}
    return redirect(reverse("places", query=query | ({"page": page} if page.isdecimal() else {})))


def day(text: str) -> date | None:
    """A day from a date field; nothing typed is not known yet (Refused for anything else)."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Refused("stay.not_a_day") from wrong


@for_roles(*SEEKERS)
@require_POST
def home(request: DeskRequest, household: int) -> HttpResponse:
    """Propose a home to a household: the one chosen, else the best that fits."""
    unit = request.POST.get("unit", "")
    propose_home(
        request.acting,
        household_id=HouseholdId(household),
        unit_id=int(unit) if unit.isdecimal() else None,
    )
    messages.success(request, gettext("Proposed. Ask the household, and note its answer here."))
    return redirect("places")


@for_roles(*SEEKERS)
@require_POST
def answer_home(request: DeskRequest, proposal: int) -> HttpResponse:
    """The household says yes from a day on, or no."""
    if "refused" in request.POST:
        refuse_home(request.acting, proposal_id=proposal, despite=request.POST.get("despite", ""))
    else:
        start = day(request.POST.get("start", "")) or request.acting.on
        take_home(request.acting, proposal_id=proposal, start=start)
    messages.success(request, gettext("Noted."))
    return redirect("places")


urlpatterns = [
    path("places/", places, name="places"),
    path("places/stays/<int:number>/", stay, name="stay"),
    path("places/homes/<int:household>/", home, name="propose_home"),
    path("places/homes/answer/<int:proposal>/", answer_home, name="answer_home"),
]
