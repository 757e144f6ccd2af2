"""The queue of the registration desk, its appointments, and what hangs in the waiting room."""

from datetime import date, datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perron.vocabulary.errors import Refused
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.organisations import Role
from perron.vocabulary.visits import Party, VisitState
from perron_site.actions.visits import (
    MOST_PEOPLE,
    book_visit,
    close_desk,
    open_desk,
    set_visit,
    take_number,
)
from perron_site.queries.visits import (
    desk_queue,
    free_slots,
    open_days,
    opening_hours,
    visit_of,
    waiting_room,
)
from perron_site.web import clock
from perron_site.web.access import for_roles, public
from perron_site.web.acting import DeskRequest
from perron_site.web.forms.people import LANGUAGES
from perron_site.web.squares import square

DESK = "desk_name"
MONDAY = date(2026, 11, 30)
WEEK = [date.fromordinal(MONDAY.toordinal() + day) for day in range(7)]
"""Seven days to be named: a template says the weekday of each."""


@for_roles(Role.REGISTRAR)
@require_safe
def desk(request: DeskRequest) -> HttpResponse:
    """Who is called, who waits, who is expected."""
    context = {"queue": desk_queue(request.acting), "languages": LANGUAGES, "most": MOST_PEOPLE}
    context |= {
        "desk_name": request.session.get(DESK, ""),
        "organisation": request.acting.organisation,
    }
    return render(request, "queue.html", context)


@for_roles(Role.REGISTRAR)
@require_POST
def number(request: DeskRequest) -> HttpResponse:
    """Give a number."""
    given = take_number(request.acting, party=party(request))
    return redirect("ticket", number=given)


def party(request: DeskRequest) -> Party:
    """How many come, what they speak and whether somebody must interpret, as a form says."""
    people, language = request.POST.get("people", ""), request.POST.get("language", "")
    return Party(
        int(people) if people.isdecimal() else 0,
        language if language in dict(LANGUAGES) else "",
        "interpreter" in request.POST,
    )


@for_roles(Role.REGISTRAR)
@require_safe
def ticket(request: DeskRequest, number: int) -> HttpResponse:
    """The number on paper."""
    room = request.build_absolute_uri(reverse("waiting_room", args=[request.acting.organisation]))
    context = {"visit": visit_of(request.acting, number), "address": room, "picture": square(room)}
    return render(request, "ticket.html", context)


@for_roles(Role.REGISTRAR)
@require_POST
def go_on(request: DeskRequest, number: int) -> HttpResponse:
    """Say how far a visit is."""
    to = request.POST.get("state", "")
    if to not in set(VisitState):
        raise Refused("visit.choose_what_happened")
    name = request.POST.get("desk", "").strip()[:20]
    if name:
        request.session[DESK] = name
    set_visit(request.acting, visit_id=number, state=VisitState(to), desk=name)
    return redirect("queue")


@for_roles(Role.REGISTRAR)
@require_http_methods(["GET", "HEAD", "POST"])
def appointments(request: DeskRequest) -> HttpResponse:
    """Choose a day, then a moment that is free."""
    by = request.acting
    if request.method == "POST":
        return booked(request)
    days = open_days(by)
    asked = parsed_day(request.GET.get("on", ""))
    day = asked or next(iter(days), by.on)
    context = {"days": days, "day": day, "slots": free_slots(by, day), "languages": LANGUAGES}
    context |= {"most": MOST_PEOPLE, "hours": opening_hours(by), "week": WEEK}
    return render(request, "appointments.html", context)


def booked(request: DeskRequest) -> HttpResponse:
    """Book the moment that was chosen."""
    try:
        at = parse_datetime(request.POST.get("slot", ""))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Refused("visit.choose_a_moment")
    given = book_visit(request.acting, slot_at=at, party=party(request))
    return redirect("ticket", number=given)


def parsed_day(text: str) -> date | None:
    """A day of an address; None for anything else."""
    try:
        return parse_date(text)
    except ValueError:
        return None


@for_roles(Role.REGISTRAR)
@require_POST
def hours(request: DeskRequest) -> HttpResponse:
    """Open on a weekday, or no longer."""
    ended = request.POST.get("ended", "")
    if ended:
        close_desk(request.acting, hours_id=int(ended) if ended.isdecimal() else 0)
    else:
        numbers = {
            name: int(text) if (text := request.POST.get(name, "")).isdecimal() else -1
            for name in ("weekday", "minutes", "desks")
        }
        open_desk(
            request.acting,
            opens=moment(request, "opens"),
            closes=moment(request, "closes"),
            **numbers,
        )
    messages.success(request, gettext("Noted."))
    return redirect("appointments")


def moment(request: DeskRequest, field: str) -> time:
    """An hour of a form (Refused for anything else)."""
    try:
        read = parse_time(request.POST.get(field, ""))
    except ValueError:
        read = None
    if read is None:
        raise Refused("visit.hours_open_and_close")
    return read


@public
@require_safe
def room(request: HttpRequest, organisation: int) -> HttpResponse:
    """Which numbers are called, how many wait and how long: for everybody in the room."""
    now: datetime = clock.now()
    context = {"room": waiting_room(organisation, now, day_in_brussels(now)), "now": now}
    part = "HX-Request" in request.headers
    return render(request, "parts/waiting_room.html" if part else "waiting_room.html", context)


urlpatterns = [
    path("queue/", desk, name="queue"),
    path("queue/number/", number, name="take_number"),
    path("queue/<int:number>/", go_on, name="visit"),
    path("queue/<int:number>/ticket/", ticket, name="ticket"),
    path("queue/appointments/", appointments, name="appointments"),
    path("queue/hours/", hours, name="opening_hours"),
    path("waiting/<int:organisation>/", room, name="waiting_room"),
]
