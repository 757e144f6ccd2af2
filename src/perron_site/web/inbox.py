"""The inbox of an organisation, who covers for whom, offers for several households, and undo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perron.responsibility.handover import usual_reading
from perron.vocabulary.errors import Refused
from perron.vocabulary.tracks import TrackKind
from perron_site.actions.bulk import offer_households
from perron_site.actions.covers import end_absence, name_desk_cover, set_absence
from perron_site.actions.undo import undo
from perron_site.queries.covers import absences, closed_desks, colleagues, undoable
from perron_site.queries.directory import directory
from perron_site.queries.inbox import inbox as waiting
from perron_site.queries.inbox import named
from perron_site.queries.my_people import caseload, my_people
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.handovers import chosen, day, receiver
from perron_site.web.people import DESKS, ON_A_PAGE


@for_roles(*DESKS)
@require_safe
def inbox(request: DeskRequest) -> HttpResponse:
    """What waits for us: questions and answers first, then the oldest clock."""
    by = request.acting
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    found = waiting(by, words, kind)
    page = Paginator(found.rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inbox": found,
        "rows": named(page, by),
        "page": page,
        "words": words,
        "kind": kind,
        "undoable": undoable(by),
        "absences": absences(by),
        "closed": closed_desks(by),
    }
    return render(request, "inbox.html", context)


@for_roles(*DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: DeskRequest) -> HttpResponse:
    """Say when we are away and who covers, or which desk is told while ours is closed."""
    by = request.acting
    if request.method == "POST":
        start, end = day(request, "start"), day(request, "end")
        if start is None or end is None:
            raise Refused("stay.not_a_day")
        if "desk" in request.POST:
            name_desk_cover(by, cover_id=receiver(request), start=start, end=end)
        else:
            cover = request.POST.get("cover", "")
            number = int(cover) if cover.isdecimal() else 0
            set_absence(by, cover_id=number, start=start, end=end)
        messages.success(request, gettext("Noted."))
        return redirect("inbox")
    words = request.GET.get("q", "").strip()
    context = {
        "colleagues": colleagues(by),
        "words": words,
        "found": directory(words, by.on, besides=by.organisation) if words else (),
        "today": by.on,
    }
    return render(request, "away.html", context)


@for_roles(*DESKS)
@require_POST
def back_early(request: DeskRequest, number: int) -> HttpResponse:
    """We are back before the day that we had set."""
    end_absence(request.acting, absence_id=number)
    messages.success(request, gettext("Noted."))
    return redirect("inbox")


@for_roles(*DESKS)
@require_POST
def undo_act(request: DeskRequest, number: int) -> HttpResponse:
    """Take an act on several rows back."""
    undo(request.acting, act_id=number)
    messages.success(request, gettext("Undone. Everything stands as it stood."))
    return redirect("my_people")


@for_roles(*DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def offer_many(request: DeskRequest) -> HttpResponse:
    """Offer the same lines of several households to one organisation."""
    by = request.acting
    if request.method == "POST":
        ticked = request.POST.getlist("kinds")
        offer_households(
            by,
            household_ids=tuple(chosen(request, "household") or ()),
            kinds=frozenset(kind for kind in TrackKind if kind in ticked),
            receiver_id=receiver(request),
            why=request.POST.get("why", ""),
            consent="consent" in request.POST,
            without_consent_because=request.POST.get("without_consent_because", ""),
            read_until=day(request, "read_until"),
        )
        messages.success(request, gettext("Offered. You keep the baton until they say yes."))
        return redirect("my_people")
    asked = {int(each) for each in request.GET.getlist("household") if each.isdecimal()}
    ours = caseload(by).filter(household__in=asked)
    rows = [row for row in my_people(by, list(ours)) if row.holds]
    if not rows:
        raise Refused("bulk.no_household_chosen")
    words = request.GET.get("q", "").strip()
    context = {
        "rows": rows,
        "kinds": [kind for kind in TrackKind if any(kind in row.holds for row in rows)],
        "words": words,
        "found": directory(words, by.on, besides=by.organisation),
        "read_until": usual_reading(by.on),
    }
    return render(request, "offer_many.html", context)


urlpatterns = [
    path("inbox/", inbox, name="inbox"),
    path("inbox/away/", away, name="away"),
    path("inbox/away/<int:number>/back/", back_early, name="back_early"),
    path("acts/<int:number>/undo/", undo_act, name="undo_act"),
    path("my-people/offer/", offer_many, name="offer_many"),
]
