"""Tonight: who has no roof, a bed proposed for each, and one person who signs."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from perron.vocabulary.errors import Refused
from perron.vocabulary.organisations import Role
from perron.vocabulary.people import HouseholdId
from perron_site.actions.places import confirm_site
from perron_site.actions.roofs import (
    give_bed,
    overrule_proposal,
    propose_tonight,
    refuse_proposal,
    take_all,
    take_proposal,
)
from perron_site.queries.tonight import tonight as the_night
from perron_site.queries.tonight import version
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.places import same_page


@for_roles(Role.DISPATCHER)
@require_safe
def tonight(request: DeskRequest) -> HttpResponse:
    """The page; htmx asks for its changing part only, and gets nothing while nothing has changed."""
    if request.GET.get("since") == version(request.acting.tonight):
        return (
            HttpResponseNotModified()
            if "HX-Request" not in request.headers
            else HttpResponse(status=204)
        )
    template = "parts/tonight.html" if "HX-Request" in request.headers else "tonight.html"
    return render(request, template, {"tonight": the_night(request.acting, asked(request))})


def asked(request: DeskRequest) -> int | None:
    """The household for which somebody decides."""
    other = request.GET.get("other", "")
    return int(other) if other.isdecimal() else None


@for_roles(Role.DISPATCHER)
@require_POST
def propose(request: DeskRequest) -> HttpResponse:
    """Propose again, for everybody who waits."""
    count = propose_tonight(request.acting, night=request.acting.tonight)
    messages.success(
        request, gettext("Households with a bed proposed: %(count)s.") % {"count": count}
    )
    return redirect("tonight")


@for_roles(Role.DISPATCHER)
@require_POST
def accept_all(request: DeskRequest) -> HttpResponse:
    """Sign for every proposal that was shown."""
    shown = tuple(int(each) for each in request.POST.getlist("proposal") if each.isdecimal())
    stays = take_all(request.acting, proposal_ids=shown)
    messages.success(request, gettext("Beds given: %(count)s.") % {"count": len(stays)})
    return redirect("tonight")


@for_roles(Role.DISPATCHER)
@require_POST
def decide(request: DeskRequest, proposal: int) -> HttpResponse:
    """Accept, overrule with a reason, or note that the household said no."""
    despite = request.POST.get("despite", "")
    if "accept" in request.POST:
        take_proposal(request.acting, proposal_id=proposal)
        messages.success(request, gettext("The bed is given."))
    elif "refused" in request.POST:
        refuse_proposal(request.acting, proposal_id=proposal, despite=despite)
        messages.success(request, gettext("Noted. The household still asks for a roof."))
    else:
        unit = request.POST.get("unit", "")
        overrule_proposal(
            request.acting,
            proposal_id=proposal,
            despite=despite,
            unit_id=int(unit) if unit.isdecimal() else None,
        )
        messages.success(request, gettext("Your decision and its reason are kept."))
    return redirect("tonight")


@for_roles(Role.DISPATCHER)
@require_POST
def give(request: DeskRequest, household: int) -> HttpResponse:
    """Give a bed that lacks something, with a reason, when nothing fits."""
    unit = request.POST.get("unit", "")
    if not unit.isdecimal():
        raise Refused("roof.nothing_chosen")
    give_bed(
        request.acting,
        household_id=HouseholdId(household),
        unit_id=int(unit),
        night=request.acting.tonight,
        despite=request.POST.get("despite", ""),
    )
    messages.success(request, gettext("The bed is given, and your reason is kept."))
    return redirect("tonight")


@for_roles(Role.DISPATCHER, Role.HOUSING_OFFICER, Role.CASE_WORKER)
@require_POST
def confirm(request: DeskRequest, site: int) -> HttpResponse:
    """Confirm that the beds of a site are as shown."""
    confirm_site(request.acting, site_id=site)
    messages.success(request, gettext("Confirmed just now."))
    return same_page(request) if "page" in request.POST else redirect("tonight")


urlpatterns = [
    path("tonight/", tonight, name="tonight"),
    path("tonight/propose/", propose, name="propose_tonight"),
    path("tonight/accept/", accept_all, name="accept_all"),
    path("tonight/give/<int:household>/", give, name="give_bed"),
    path("tonight/<int:proposal>/", decide, name="decide_proposal"),
    path("places/<int:site>/confirm/", confirm, name="confirm_site"),
]
