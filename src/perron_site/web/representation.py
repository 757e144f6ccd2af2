"""Who may act for a child: read it, name somebody, end it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from perron.vocabulary.errors import Refused
from perron.vocabulary.representation import RepresentationEnd, RepresentationKind
from perron_site.actions.representation import Somebody, end_representation, name_representative
from perron_site.queries.representation import representation as page
from perron_site.records.reads import Page, note_read
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.handovers import day
from perron_site.web.people import DESKS


@for_roles(*DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def representation(request: DeskRequest, number: int) -> HttpResponse:
    """Everybody who was ever named for the child, and a form to name somebody."""
    by = request.acting
    if request.method != "POST":
        child = page(number, by)
        note_read(by, [number], Page.PERSON)
        context = {
            "child": child,
            "kinds": list(RepresentationKind),
            "ends": list(RepresentationEnd),
        }
        return render(request, "representation.html", context)
    kind = request.POST.get("kind", "")
    if kind not in set(RepresentationKind):
        raise Refused("representation.name_somebody")
    name_representative(
        by,
        child_id=number,
        who=somebody(request),
        kind=RepresentationKind(kind),
        said_by=request.POST.get("said_by", ""),
        start=day(request, "start") or by.on,
        end=day(request, "end"),
        paper=request.POST.get("paper", ""),
    )
    messages.success(request, gettext("Written down who may act."))
    return redirect("representation", number=number)


def somebody(request: DeskRequest) -> Somebody:
    """Who is named: the choice of a form, a number of a person, or a name."""
    what, _, chosen = request.POST.get("who", "").partition(":")
    typed = request.POST.get("name", "").strip()
    if what == "person" and chosen.isdecimal():
        return Somebody(person=int(chosen), name=typed)
    if what == "organisation" and chosen.isdecimal():
        return Somebody(organisation=int(chosen), name=typed)
    number = typed.upper().removeprefix("P-")
    return Somebody(person=int(number)) if number.isdecimal() else Somebody(name=typed)


@for_roles(*DESKS)
@require_POST
def end(request: DeskRequest, number: int) -> HttpResponse:
    """Somebody does not act for the child any more."""
    because, row = request.POST.get("because", ""), request.POST.get("row", "")
    if because not in set(RepresentationEnd) or not row.isdecimal():
        raise Refused("safety.say_why")
    end_representation(
        request.acting,
        child_id=number,
        representation_id=int(row),
        because=RepresentationEnd(because),
    )
    messages.success(request, gettext("Ended. A link that rested on it has stopped."))
    return redirect("representation", number=number)


urlpatterns = [
    path("people/<int:number>/acting/", representation, name="representation"),
    path("people/<int:number>/acting/end/", end, name="end_representation"),
]
