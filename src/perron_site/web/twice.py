"""Likely the same person: pairs side by side with reasons; the page of two households makes one record of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from perron.vocabulary.organisations import Role
from perron_site.queries.twice import NEWEST, SHOWN, twice
from perron_site.records.reads import Page, note_read
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest

DESKS = (Role.REGISTRAR, Role.CASE_WORKER, Role.HOUSING_OFFICER)


@for_roles(*DESKS)
@require_safe
def same_people(request: DeskRequest) -> HttpResponse:
    """The pairs with the newest people, and how many there are."""
    found = twice(request.acting)
    shown = found[:SHOWN]
    people = {number for pair in shown for number in (pair.new.person_id, pair.old.person_id)}
    note_read(request.acting, people, Page.PERSON)
    context = {"pairs": shown, "count": len(found), "newest": NEWEST}
    return render(request, "twice.html", context)


urlpatterns = [path("people/twice/", same_people, name="twice")]
