"""Families that change: part goes on alone, two become one, a household lives in another municipality."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from perron.vocabulary.organisations import Role
from perron.vocabulary.people import HouseholdId
from perron_site.actions.merging import merge_households, merge_people, undo_moving
from perron_site.actions.moving import move_household, split_household
from perron_site.queries.arrivals import search
from perron_site.queries.household import household
from perron_site.queries.moving import moving, towns
from perron_site.queries.person import person
from perron_site.queries.twice import first_choice
from perron_site.records.reads import Page, note_read
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.handovers import consented

DESKS = (
    Role.CASE_WORKER, Role.HOUSING_OFFICER, Role.REGISTRAR, Role.DISPATCHER, Role.COORDINATOR,
)  # fmt: skip


def chosen(request: DeskRequest, name: str) -> tuple[int, ...]:
    """The numbers that a form names."""
    return tuple(int(each) for each in request.POST.getlist(name) if each.isdecimal())


@for_roles(*DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: DeskRequest, number: int) -> HttpResponse:
    """Choose who goes on alone."""
    home = household(number, request.acting)
    if request.method != "POST":
        return render(request, "split.html", {"home": home})
    new = split_household(
        request.acting,
        household_id=HouseholdId(number),
        person_ids=chosen(request, "people"),
        keeps_nights=request.POST.get("nights") == "keep",
        why=request.POST.get("why", ""),
    )
    messages.success(request, gettext("They go on as a household of their own."))
    return redirect("household", number=new)


@for_roles(*DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: DeskRequest, number: int) -> HttpResponse:
    """Find the municipality, see what would change, and decide."""
    if request.method == "POST":
        move_household(
            request.acting,
            household_id=HouseholdId(number),
            municipality=request.POST.get("to", ""),
            why=request.POST.get("why", ""),
            consent="consent" in request.POST,
            without_consent_because=request.POST.get("without_consent_because", ""),
            consented=consented(request),
        )
        messages.success(request, gettext("Moved. Whoever holds a line keeps it until the yes."))
        return redirect("household", number=number)
    words, to = request.GET.get("q", "").strip(), request.GET.get("to", "")
    name, rows = moving(number, to, request.acting) if to else ("", ())
    context = {
        "home": household(number, request.acting),
        "words": words,
        "found": towns(words),
        "to": to,
        "town": name,
        "rows": rows,
    }
    return render(request, "move.html", context)


@for_roles(*DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: DeskRequest, number: int) -> HttpResponse:
    """Find the other household, see both side by side, and decide."""
    by = request.acting
    if request.method == "POST":
        other = HouseholdId(one(request.POST.get("other", "")))
        merge_households(by, household_id=HouseholdId(number), other_id=other)
        messages.success(request, gettext("The two households are one now."))
        return redirect("household", number=number)
    words, to = request.GET.get("q", "").strip(), one(request.GET.get("other", ""))
    home = household(number, by)
    beside = household(to, by) if to else None
    both = [each for each in (home, beside) if each is not None]
    note_read(by, {person for each in both for person in each.numbers}, Page.HOUSEHOLD)
    context = {
        "home": home,
        "other": beside,
        "both": both if to != number else both[:1],
        "words": words,
        "found": search(by, words) if words else (),
        "chosen": first_choice(home.people, beside.people) if beside else None,
    }
    return render(request, "merge.html", context)


@for_roles(*DESKS)
@require_POST
def same(request: DeskRequest, number: int) -> HttpResponse:  # noqa: ARG001 - where it was asked
    """Let two records of one person become one."""
    stays = one(request.POST.get("person", ""))
    merge_people(
        request.acting,
        person_id=stays,
        double_id=one(request.POST.get("double", "")),
        why=request.POST.get("why", ""),
    )
    messages.success(request, gettext("The two records are one now."))
    here, _ = person(stays, request.acting)
    return redirect("household", number=here)


@for_roles(*DESKS)
@require_POST
def undo(request: DeskRequest, number: int) -> HttpResponse:
    """Undo the last split, move or merge."""
    back = undo_moving(request.acting, household_id=HouseholdId(number))
    messages.success(request, gettext("Undone. Everything is as it was before."))
    return redirect("household", number=back)


def one(words: str) -> int:
    """The number that a form or an address names; 0 is nobody."""
    return int(words) if words.isdecimal() else 0


urlpatterns = [
    path("household/<int:number>/merge/", merge, name="merge"),
    path("household/<int:number>/same/", same, name="merge_people"),
    path("household/<int:number>/undo/", undo, name="undo_moving"),
    path("household/<int:number>/split/", split, name="split"),
    path("household/<int:number>/move/", move, name="move"),
]
