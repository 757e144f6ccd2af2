"""My people and the page of one household: gaps first, then by clock; steps, facts, links."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from perron.vocabulary.contacts import ContactOutcome, ContactWay
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.housing import HousingMoment
from perron.vocabulary.organisations import Role
from perron.vocabulary.people import HEALTH_NEEDS, HouseholdId, Need, Presence, Tried
from perron.vocabulary.tracks import DeclineReason, Step, TrackKind
from perron_site.actions.households import state_facts
from perron_site.actions.links import give_link
from perron_site.actions.presence import set_presence
from perron_site.actions.roofs import ask_for_roof
from perron_site.actions.tracks import open_track, set_step_of_all, take_up_all
from perron_site.queries.covers import undoable
from perron_site.queries.handovers import previews
from perron_site.queries.household import household as whole
from perron_site.queries.my_people import caseload
from perron_site.queries.my_people import my_people as list_of
from perron_site.queries.person import person
from perron_site.records.reads import Page, note_read
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.forms.facts import ASKED, read_fact
from perron_site.web.forms.housing import read_situation
from perron_site.web.places import day
from perron_site.web.squares import square

DESKS = (
    Role.CASE_WORKER, Role.HOUSING_OFFICER, Role.REGISTRAR, Role.DISPATCHER, Role.COORDINATOR,
)  # fmt: skip
ADVISERS = (Role.REGISTRAR, Role.CASE_WORKER)
"""Who looks at the routes of residence law with a person."""
ON_A_PAGE = 50
BY_HAND = tuple(kind for kind in TrackKind if kind is not TrackKind.ROOF)
"""The roof opens when somebody asks for a bed."""


@for_roles(*DESKS)
@require_safe
def my_people(request: DeskRequest) -> HttpResponse:
    """Households for which we hold a line, or were asked to take one over."""
    by = request.acting
    found = Paginator(caseload(by), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": list_of(by, list(found)), "found": found, "undoable": undoable(by)}
    return render(request, "my_people.html", context)


@for_roles(*DESKS)
@require_safe
def household(request: DeskRequest, number: int) -> HttpResponse:
    """The whole page for who may see it; sizes, ages and needs for who was only asked."""
    by = request.acting
    try:
        home = whole(number, by, whole="story" in request.GET)
    except NotFound:
        limited = previews(number, by.organisation, by.on)
        if not limited:
            raise
        asked = {"number": number, "previews": limited, "reasons": list(DeclineReason)}
        return render(request, "preview.html", asked)
    context = {
        "home": home,
        "reasons": list(DeclineReason),
        "asked": ASKED,
        "advises": by.role in ADVISERS,
        "wanted": [need for need in Need if home.finds_a_place or need not in HEALTH_NEEDS],
        "tried": list(Tried),
        "kinds": BY_HAND,
        "moments": list(HousingMoment),
        "ways": list(ContactWay),
        "outcomes": list(ContactOutcome),
    }
    note_read(by, home.numbers, Page.HOUSEHOLD)
    return render(request, "household.html", context)


@for_roles(*DESKS)
@require_POST
def take(request: DeskRequest, number: int) -> HttpResponse:
    """Take up lines that wait for us."""
    take_up_all(request.acting, track_ids=numbers(request))
    messages.success(request, gettext("Taken up: you hold the baton now."))
    return redirect("household", number=number)


@for_roles(*DESKS)
@require_POST
def step(request: DeskRequest, number: int) -> HttpResponse:
    """Bring a line of one or more people to its next step."""
    wanted = request.POST.get("step", "")
    if wanted not in set(Step):
        raise Refused("track.step_does_not_follow")
    set_step_of_all(request.acting, track_ids=numbers(request), step=Step(wanted))
    messages.success(request, gettext("The line moved to its next step."))
    return redirect("household", number=number)


def numbers(request: DeskRequest) -> tuple[int, ...]:
    """The lines that a form names."""
    given = [each for group in request.POST.getlist("tracks") for each in group.split(",")]
    return tuple(int(each) for each in given if each.isdecimal())


@for_roles(*DESKS)
@require_POST
def presence(request: DeskRequest, number: int) -> HttpResponse:
    """Note that a person is abroad, gone, not to be found, died, or here again."""
    home, _ = person(number, request.acting)
    wanted = request.POST.get("presence", "")
    if wanted not in set(Presence):
        raise Refused("presence.does_not_follow")
    tried = {Tried(word) for word in request.POST.getlist("tried") if word in set(Tried)}
    set_presence(
        request.acting,
        person_id=number,
        presence=Presence(wanted),
        tried=tried,
        until=day(request.POST.get("until", "")) if wanted == Presence.ABROAD else None,
        keeps_bed="gives_up_bed" not in request.POST,
        lives=read_situation(request.POST.get("lives", "")),
    )
    messages.success(request, gettext("Noted for all lines of this person."))
    return redirect("household", number=home)


@for_roles(*DESKS)
@require_POST
def new_line(request: DeskRequest, number: int) -> HttpResponse:
    """Open a line that did not open by itself."""
    home, _ = person(number, request.acting)
    wanted = request.POST.get("kind", "")
    if wanted not in set(TrackKind):
        raise Refused("track.step_of_another_line")
    open_track(request.acting, person_id=number, kind=TrackKind(wanted))
    messages.success(request, gettext("The line is open."))
    return redirect("household", number=home)


@for_roles(*DESKS)
@require_POST
def fact(request: DeskRequest, number: int) -> HttpResponse:
    """Write down what a person says; left open stays unknown."""
    home, _ = person(number, request.acting)
    answers = {name: read_fact(name, request.POST.get(name, "")) for name in ASKED}
    said = {name: value for name, value in answers.items() if value is not None}
    state_facts(request.acting, person_id=number, facts=said)
    messages.success(request, gettext("Written down. What you left open stays unknown."))
    return redirect("household", number=home)


@for_roles(*DESKS)
@never_cache
@require_POST
def link(request: DeskRequest, number: int) -> HttpResponse:
    """Give a personal link, of a child also to who may act for it; it is shown this once."""
    home, row = person(number, request.acting)
    token = give_link(request.acting, person_id=number, to=receiver_of(request))
    address = request.build_absolute_uri(reverse("my_line", kwargs={"token": token}))
    context = {"address": address, "picture": square(address), "person": row, "home": home}
    return render(request, "link.html", context)


def receiver_of(request: DeskRequest) -> int | None:
    """To whom what is a child's is given; None is the child."""
    to = request.POST.get("to", "")
    return int(to) if to.isdecimal() else None


@for_roles(*DESKS)
@require_POST
def ask(request: DeskRequest, number: int) -> HttpResponse:
    """Ask for a roof tonight for the whole household."""
    ask_for_roof(request.acting, household_id=HouseholdId(number))
    messages.success(request, gettext("A roof is asked for, from tonight on."))
    return redirect("household", number=number)


urlpatterns = [
    path("my-people/", my_people, name="my_people"),
    path("household/<int:number>/", household, name="household"),
    path("household/<int:number>/roof/", ask, name="ask_for_roof"),
    path("household/<int:number>/take-up/", take, name="take_up"),
    path("household/<int:number>/step/", step, name="set_step"),
    path("people/<int:number>/presence/", presence, name="set_presence"),
    path("people/<int:number>/line/", new_line, name="open_line"),
    path("people/<int:number>/facts/", fact, name="state_fact"),
    path("people/<int:number>/link/", link, name="give_link"),
]
