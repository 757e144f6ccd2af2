"""Housing by ETHOS Light: what people say when they come and when they leave, and the counts for planners."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from perron.vocabulary.errors import Refused
from perron.vocabulary.housing import HousingMoment
from perron_site.actions.households import state_living
from perron_site.queries.housing import housing
from perron_site.queries.person import person
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.forms.housing import read_situation
from perron_site.web.people import DESKS


@for_roles(*DESKS)
@require_safe
def counts(request: DeskRequest) -> HttpResponse:
    """How many people lived and live in which kind of place."""
    return render(request, "housing.html", {"housing": housing(request.acting)})


@for_roles(*DESKS)
@require_POST
def say(request: DeskRequest, number: int) -> HttpResponse:
    """Write down in which kind of place a person lived before, or lives after."""
    home, _ = person(number, request.acting)
    moment = request.POST.get("moment", "")
    situation = read_situation(request.POST.get("situation", ""))
    if moment not in set(HousingMoment) or situation is None:
        raise Refused("housing.choose_one")
    state_living(
        request.acting, person_id=number, moment=HousingMoment(moment), situation=situation
    )
    messages.success(request, gettext("Written down."))
    return redirect("household", number=home)


urlpatterns = [
    path("net/housing/", counts, name="housing"),
    path("people/<int:number>/housing/", say, name="state_living"),
]
