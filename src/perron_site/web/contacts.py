"""The contact log and its promises."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from perron.vocabulary.contacts import ContactOutcome, ContactWay, PromiseState
from perron.vocabulary.errors import Refused
from perron_site.actions.contacts import (
    NewPromise,
    correct_contact,
    settle_promise,
    write_contact,
)
from perron_site.queries.contacts import contact, contact_home
from perron_site.queries.person import person
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.handovers import day
from perron_site.web.people import DESKS


def way_and_outcome(request: DeskRequest) -> tuple[ContactWay, ContactOutcome]:
    """How they were contacted and what came of it, as a form says."""
    way, outcome = request.POST.get("way", ""), request.POST.get("outcome", "")
    if way not in set(ContactWay) or outcome not in set(ContactOutcome):
        raise Refused("contact.choose_way_and_outcome")
    return ContactWay(way), ContactOutcome(outcome)


@for_roles(*DESKS)
@require_POST
def write(request: DeskRequest) -> HttpResponse:
    """Write a contact down, with what was promised."""
    who = request.POST.get("person", "")
    number = int(who) if who.isdecimal() else 0
    home, _ = person(number, request.acting)
    way, outcome = way_and_outcome(request)
    text, due = request.POST.get("promise", "").strip(), day(request, "promise_due")
    if text and due is None:
        raise Refused("promise.say_until_when")
    write_contact(
        request.acting,
        person_id=number,
        on=day(request, "on") or request.acting.on,
        way=way,
        outcome=outcome,
        note=request.POST.get("note", ""),
        promise=NewPromise(text, due) if text and due else None,
    )
    messages.success(request, gettext("Written down in the contact log."))
    return redirect("household", number=home)


@for_roles(*DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: DeskRequest, number: int) -> HttpResponse:
    """Correct a contact that we wrote; what stood there before is kept."""
    by = request.acting
    if request.method == "POST":
        way, outcome = way_and_outcome(request)
        changes: dict[str, object] = {
            "on": day(request, "on") or by.on,
            "way": way,
            "outcome": outcome,
            "note": request.POST.get("note", "").strip(),
        }
        correct_contact(by, contact_id=number, changes=changes)
        messages.success(request, gettext("Corrected. What stood there before is kept."))
        return redirect("household", number=contact_home(number, by))
    context = {"row": contact(number, by), "home": contact_home(number, by)}
    context |= {"ways": list(ContactWay), "outcomes": list(ContactOutcome), "today": by.on}
    return render(request, "correct_contact.html", context)


@for_roles(*DESKS)
@require_POST
def settle(request: DeskRequest, number: int) -> HttpResponse:
    """Say whether a promise was kept or broken."""
    kept = PromiseState.KEPT if "kept" in request.POST else PromiseState.BROKEN
    settle_promise(request.acting, promise_id=number, state=kept)
    messages.success(request, gettext("Noted."))
    return redirect("inbox")


urlpatterns = [
    path("contacts/new/", write, name="write_contact"),
    path("contacts/<int:number>/", correct, name="correct_contact"),
    path("promises/<int:number>/", settle, name="settle_promise"),
]
