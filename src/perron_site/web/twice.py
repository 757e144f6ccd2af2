"""Likely the same person: pairs side by side with reasons; one record is made of them, or they are two people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from perron.vocabulary.organisations import Role
from perron_site.actions.twice import say_two_people, take_back_two_people
from perron_site.queries.twice import twice, two_people
from perron_site.records.reads import Page, note_read
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest

DESKS = (Role.REGISTRAR, Role.CASE_WORKER, Role.HOUSING_OFFICER)
DIGITS = 18


@for_roles(*DESKS)
@require_safe
def same_people(request: DeskRequest) -> HttpResponse:
    """The next pairs, the newest people first, and what was said of others."""
    found = twice(number(request.GET.get("before", "")))
    said = two_people()
    people = {each.person for pair in found.rows for each in pair.rows}
    note_read(request.acting, people | {who.pk for row in said for who in row.people}, Page.PERSON)
    return render(request, "twice.html", {"pairs": found, "said": said})


@for_roles(*DESKS)
@require_POST
def two(request: DeskRequest) -> HttpResponse:
    """These are two people."""
    say_two_people(
        request.acting,
        person_id=number(request.POST.get("person", "")) or 0,
        other_id=number(request.POST.get("other", "")) or 0,
        why=request.POST.get("why", ""),
    )
    messages.success(request, gettext("Noted: two people. The pair stands below, with the reason."))
    return redirect("twice")


@for_roles(*DESKS)
@require_POST
def take_back(request: DeskRequest, said: int) -> HttpResponse:
    """They may be one person after all."""
    take_back_two_people(request.acting, said_id=said)
    messages.success(request, gettext("Taken back. The pair is proposed again."))
    return redirect("twice")


def number(words: str) -> int | None:
    """The number that a form or an address names."""
    return int(words) if words.isdecimal() and len(words) <= DIGITS else None


urlpatterns = [
    path("people/twice/", same_people, name="twice"),
    path("people/twice/two/", two, name="two_people"),
    path("people/twice/<int:said>/take-back/", take_back, name="take_back_two_people"),
]
