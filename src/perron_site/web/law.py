"""The law desk, where a change of the law is entered and decided; and the history of the law, for anybody."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perron.rules.entering import FIELDS, MARKS, STATUSES, enterable, read, unit_of
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.law_changes import LawChangeState
from perron.vocabulary.organisations import Role
from perron.vocabulary.territory import Region
from perron.vocabulary.wording import Message
from perron_site.actions.law import (
    MOST_WORDS,
    approve_law_change,
    enter_law_change,
    refuse_law_change,
    withdraw_law_change,
)
from perron_site.queries.law_desk import (
    Filed,
    affected,
    history,
    law_change,
    law_desk,
    name_of,
    now_of,
    told,
    waiting_changes,
)
from perron_site.web import clock
from perron_site.web.access import for_roles, public
from perron_site.web.acting import DeskRequest

ON_A_PAGE = 50


@public
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Every change of the law, of the files or approved, the newest first; no log-in, and nobody's name."""
    known = history(day_in_brussels(clock.now()))
    found = Paginator(known, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(each, isinstance(each, Filed)) for each in told(found)]
    return render(request, "law/history.html", {"found": found, "rows": rows})


@for_roles(Role.LAWYER)
@require_safe
def desk(request: DeskRequest) -> HttpResponse:
    """What waits for a second person, and what was decided lately."""
    return render(request, "law/desk.html", {"found": law_desk(request.acting)})


@for_roles(Role.LAWYER)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: DeskRequest) -> HttpResponse:
    """A new change: look whom it affects, then enter it; with faults nothing is written and all is kept."""
    by = request.acting
    if request.method != "POST":
        typed = typed_in(request.GET) | {"takes_effect_on": by.on.isoformat()}
        return render(request, "law/enter.html", form(typed, {}))
    typed = typed_in(request.POST)
    change, faults = read(typed, by.on, waiting_changes())
    if change is None:
        return render(request, "law/enter.html", form(typed, faults), status=400)
    if request.POST.get("do") == "enter":
        number = enter_law_change(by, change=change)
        messages.success(request, gettext("Entered. A second person decides about it."))
        return redirect("law_change", number=number)
    context = form(typed, {}) | {
        "change": change,
        "name": name_of(change.key),
        "was": now_of(change, by.on),
        "affected": affected(by, change),
    }
    return render(request, "law/enter.html", context)


def typed_in(sent: QueryDict) -> dict[str, str]:
    """Every field of the form, as it was sent."""
    return {name: str(sent.get(name, "")) for name in FIELDS}


def form(typed: dict[str, str], faults: Mapping[str, Message]) -> dict[str, Any]:
    """What the form offers, what was typed, and what is wrong with it."""
    return {
        "typed": typed,
        "faults": {name: faults.get(name) for name in FIELDS},
        "wrong": bool(faults),
        "affected": None,
        "keys": [(key, unit_of(key), name_of(key)) for key in enterable()],
        "regions": list(Region),
        "statuses": STATUSES,
        "marks": [mark.value for mark in MARKS],
    }


@for_roles(Role.LAWYER)
@require_safe
def change(request: DeskRequest, number: int) -> HttpResponse:
    """One change: what it is, whom it affects while it waits, and the decision."""
    row = law_change(number, request.acting)
    waits = row.state is LawChangeState.PENDING
    found = affected(request.acting, row.change) if waits else None
    context = {"row": row, "waits": waits, "affected": found, "most": MOST_WORDS}
    return render(request, "law/change.html", context)


@for_roles(Role.LAWYER)
@require_POST
def approve(request: DeskRequest, number: int) -> HttpResponse:
    """A second person says yes."""
    approve_law_change(request.acting, change_id=number)
    messages.success(request, gettext("Approved. It stands in the history of the law."))
    return redirect("law_change", number=number)


@for_roles(Role.LAWYER)
@require_POST
def refuse(request: DeskRequest, number: int) -> HttpResponse:
    """A second person says no, and why."""
    refuse_law_change(request.acting, change_id=number, reason=request.POST.get("reason", ""))
    messages.success(request, gettext("Refused. Nothing changes."))
    return redirect("law_change", number=number)


@for_roles(Role.LAWYER)
@require_POST
def withdraw(request: DeskRequest, number: int) -> HttpResponse:
    """Whoever entered it takes it back."""
    withdraw_law_change(request.acting, change_id=number)
    messages.success(request, gettext("Withdrawn. Nothing changes."))
    return redirect("law_change", number=number)


urlpatterns = [
    path("law/", changes, name="law_changes"),
    path("law/desk/", desk, name="law_desk"),
    path("law/desk/new/", enter, name="enter_law_change"),
    path("law/desk/<int:number>/", change, name="law_change"),
    path("law/desk/<int:number>/approve/", approve, name="approve_law_change"),
    path("law/desk/<int:number>/refuse/", refuse, name="refuse_law_change"),
    path("law/desk/<int:number>/withdraw/", withdraw, name="withdraw_law_change"),
]
