"""Handing over: the offer, its answer, and what a coordinator does about an answer that does not come."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perron.responsibility.handover import usual_reading
from perron.vocabulary.errors import Refused
from perron.vocabulary.organisations import Role
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.tracks import DeclineReason, HandoverId
from perron_site.actions.escalations import advise_giver, reassign_handover
from perron_site.actions.handovers import (
    Consented,
    accept_handover,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from perron_site.queries.directory import directory
from perron_site.queries.handovers import late_answer as late
from perron_site.queries.household import household as whole
from perron_site.records.reads import Page, note_read
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.people import DESKS, numbers


@for_roles(*DESKS)
@require_safe
def offer(request: DeskRequest, number: int) -> HttpResponse:
    """Choose the lines and find the organisation."""
    by = request.acting
    words = request.GET.get("q", "").strip()
    found = directory(words, by.on, besides=by.organisation)
    home = whole(number, by)
    note_read(by, home.numbers, Page.HOUSEHOLD)
    context = {
        "home": home,
        "words": words,
        "found": found,
        "read_until": usual_reading(by.on),
    }
    return render(request, "offer.html", context)


@for_roles(*DESKS)
@require_POST
def send_offer(request: DeskRequest, number: int) -> HttpResponse:
    """Offer the chosen lines to the chosen organisation."""
    offer_handover(
        request.acting,
        household_id=HouseholdId(number),
        track_ids=numbers(request),
        receiver_id=receiver(request),
        why=request.POST.get("why", ""),
        consent="consent" in request.POST,
        without_consent_because=request.POST.get("without_consent_because", ""),
        people=chosen(request, "people"),
        read_until=day(request, "read_until"),
        consented=consented(request),
    )
    messages.success(request, gettext("Offered. You keep the baton until they say yes."))
    return redirect("household", number=number)


@for_roles(*DESKS)
@require_POST
def answer(request: DeskRequest, number: int, handover: int) -> HttpResponse:
    """Accept, decline with a typed reason, or withdraw."""
    by, offered = request.acting, HandoverId(handover)
    if "accept" in request.POST:
        accept_handover(by, handover_id=offered)
        messages.success(request, gettext("You said yes: you hold the baton now."))
        return redirect("household", number=number)
    if "withdraw" in request.POST:
        withdraw_handover(by, handover_id=offered)
        messages.success(request, gettext("Withdrawn. You keep the baton."))
        return redirect("household", number=number)
    reason = request.POST.get("reason", "")
    if reason not in set(DeclineReason):
        raise Refused("handover.decline_needs_a_reason")
    decline_handover(
        by, handover_id=offered, reason=DeclineReason(reason), text=request.POST.get("text", "")
    )
    messages.success(request, gettext("Declined, with your reason."))
    return redirect("my_people")


def consented(request: DeskRequest) -> Consented:
    """Who said yes for children."""
    by = sorted(chosen(request, "consent_by") or ())
    return Consented(tuple(by), request.POST.get("consent_words", ""))


def receiver(request: DeskRequest) -> int:
    """The organisation that a form names."""
    chosen_one = request.POST.get("receiver", "")
    if not chosen_one.isdecimal():
        raise Refused("handover.nobody_chosen")
    return int(chosen_one)


def chosen(request: DeskRequest, field: str) -> frozenset[int] | None:
    """The numbers ticked in a form; None when the form does not ask."""
    ticked = frozenset(int(each) for each in request.POST.getlist(field) if each.isdecimal())
    return ticked or None


def day(request: DeskRequest, field: str) -> date | None:
    """A day of a form; None when it is left open."""
    given = request.POST.get(field, "").strip()
    if not given:
        return None
    try:
        read = parse_date(given)
    except ValueError:
        read = None
    if read is None:
        raise Refused("stay.not_a_day")
    return read


@for_roles(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def late_answer(request: DeskRequest, handover: int) -> HttpResponse:
    """Ask another organisation, or tell the giver what to do."""
    by, offered = request.acting, HandoverId(handover)
    if "reassign" in request.POST:
        reassign_handover(by, handover_id=offered, receiver_id=receiver(request))
        messages.success(request, gettext("Asked. The giver keeps the baton until they say yes."))
        return redirect("net")
    if "tell" in request.POST:
        advise_giver(by, handover_id=offered, advice=request.POST.get("advice", ""))
        messages.success(request, gettext("The giver reads it on the page of the household."))
        return redirect("late_answer", handover=handover)
    words = request.GET.get("q", "").strip()
    found = directory(words, by.on, besides=None)
    context = {"asked": late(handover, by), "words": words, "found": found}
    return render(request, "late_answer.html", context)


urlpatterns = [
    path("household/<int:number>/offer/", offer, name="offer"),
    path("household/<int:number>/offer/send/", send_offer, name="send_offer"),
    path("household/<int:number>/handover/<int:handover>/", answer, name="answer_handover"),
    path("handover/<int:handover>/late/", late_answer, name="late_answer"),
]
