"""My data: the file of one person to read and take along; asking for erasure, and deciding about it."""

import json
from dataclasses import asdict, dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from perron.vocabulary.erasure import ErasureGround, Hold
from perron.vocabulary.errors import NotFound
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.organisations import Role
from perron_site.actions.erasure import (
    ask_erasure,
    decline_erasure,
    erase_person,
    withdraw_erasure,
)
from perron_site.actions.exports import note_person_export
from perron_site.queries.erasure import Erasure, asked, asked_by, holds
from perron_site.queries.file import PersonFile, file_by_link, file_for
from perron_site.queries.my_line import language_of
from perron_site.queries.organisations import the_system
from perron_site.queries.representation import representation
from perron_site.queries.retention import retention_runs
from perron_site.records.context import Round, as_round
from perron_site.records.reads import Page, note_read
from perron_site.web import clock
from perron_site.web.access import by_link, for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.people import receiver_of
from perron_site.web.person import quiet
from perron_site.web.practice import mark

DESKS = (Role.REGISTRAR, Role.DISPATCHER, Role.HOUSING_OFFICER, Role.CASE_WORKER)
READ_AND_TAKE = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An erasure that waits for a decision, with what still needs the data."""

    asked: Erasure
    holds: tuple[Hold, ...]

    @property
    def free(self) -> bool:
        """Whether nothing binding is left."""
        return not any(hold.binding for hold in self.holds)


@by_link
@never_cache
@require_http_methods(READ_AND_TAKE)
def my_data(request: HttpRequest, token: str) -> HttpResponse:
    """The person's own file: read it here, take it along as a file."""
    now = clock.now()
    try:
        mine = file_by_link(token, day_in_brussels(now))
    except NotFound:
        return quiet(render(request, "no_line.html", status=404))
    if request.method == "POST":
        with as_round(Round.COMMAND):
            note_person_export(the_system(now), person_id=mine.number)
        return quiet(as_zip(mine))
    language = language_of(mine.person.languages)
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        language = translation.get_language() or language
    with translation.override(language or translation.get_language()):
        context = {"file": mine, "token": token, "grounds": (), "acts": None, "withdraw": False}
        return quiet(render(request, "my_data.html", context))


@for_roles(*DESKS)
@never_cache
@require_http_methods(READ_AND_TAKE)
def person_file(request: DeskRequest, number: int) -> HttpResponse:
    """The same file for a desk that may see the person, to print or hand over."""
    found = file_for(number, request.acting)
    if request.method == "POST":
        note_person_export(request.acting, person_id=number, to=receiver_of(request))
        return as_zip(found)
    acts = representation(number, request.acting).acts
    note_read(request.acting, [number], Page.PERSON)
    withdraw = asked_by(number, request.acting.organisation)
    grounds = () if withdraw else tuple(ErasureGround)
    context = {"file": found, "token": "", "grounds": grounds, "acts": acts, "withdraw": withdraw}
    return render(request, "my_data.html", context)


@for_roles(*DESKS)
@require_POST
def ask(request: DeskRequest, number: int) -> HttpResponse:
    """Ask for the erasure of a person's data, or ask no more."""
    if "withdraw" in request.POST:
        withdraw_erasure(request.acting, person_id=number)
        messages.success(request, gettext("Erasure is not asked for any more."))
        return redirect("person_file", number=number)
    known = {ground.value: ground for ground in ErasureGround}
    ground = known.get(request.POST.get("ground", ""), ErasureGround.ASKED)
    ask_erasure(request.acting, person_id=number, ground=ground)
    messages.success(request, gettext("Erasure is asked for. A coordinator decides."))
    return redirect("person_file", number=number)


@for_roles(Role.COORDINATOR)
@require_http_methods(READ_AND_TAKE)
def erasures(request: DeskRequest) -> HttpResponse:
    """What is asked for, by number; deciding; and the last retention runs."""
    number = request.POST.get("person", "")
    if request.method == "POST" and number.isdecimal() and "decline" in request.POST:
        because = request.POST.get("because", "")
        decline_erasure(request.acting, person_id=int(number), because=because)
        messages.success(request, gettext("Declined, with your reason. The person can read it."))
        return redirect("erasures")
    if request.method == "POST" and number.isdecimal():
        done = erase_person(request.acting, person_id=int(number))
        said = gettext("The data are erased.") if done else gettext("They were erased before.")
        messages.success(request, said)
        return redirect("erasures")
    with as_round(Round.COMMAND):  # numbers and counts of people whom no coordinator sees
        rows = [Waiting(each, holds(each.person)) for each in asked(request.acting.organisation)]
    return render(request, "erasures.html", {"rows": rows, "runs": retention_runs()})


def as_zip(found: PersonFile) -> HttpResponse:
    """The file as JSON in a zip, for people and programs."""
    said = {"practice": mark()} if mark() else {}
    text = json.dumps(said | asdict(found), ensure_ascii=False, indent=2, default=str)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", text)
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="P-{found.number}.zip"'
    return answer


urlpatterns = [
    path("line/<str:token>/data/", my_data, name="my_data"),
    path("people/<int:number>/file/", person_file, name="person_file"),
    path("people/<int:number>/erase/", ask, name="ask_erasure"),
    path("erasures/", erasures, name="erasures"),
]
