"""Breaking the glass: the page of a supervisor, what a holder is told, and the report of the coordinator."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perron.files.table import table
from perron.vocabulary.errors import Refused
from perron.vocabulary.glass import GlassReason
from perron.vocabulary.organisations import Role
from perron_site.actions.glass import break_glass, note_glass_seen
from perron_site.queries.glass import Reported, ours, report, through_glass
from perron_site.queries.household import household
from perron_site.records.reads import Page, note_read
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.people import DESKS
from perron_site.web.practice import marked

HEADER = (
    "opened_at",
    "until",
    "organisation",
    "reason",
    "household",
    "people",
    "looks",
    "last_look",
)


@for_roles(Role.SUPERVISOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: DeskRequest) -> HttpResponse:
    """Open a household by its number, and what our organisation opened."""
    by = request.acting
    if request.method == "POST":
        number = request.POST.get("household", "").strip().upper().removeprefix("H-")
        reason = request.POST.get("reason", "")
        if not number.isascii() or not number.isdecimal() or reason not in set(GlassReason):
            raise Refused("glass.number_and_reason")
        break_glass(
            by,
            household_id=int(number[:18]),
            reason=GlassReason(reason),
            why=request.POST.get("why", ""),
        )
        messages.success(request, gettext("Open until the end of tomorrow. You can only read."))
        return redirect("opened", number=int(number))
    context = {"reasons": list(GlassReason), "rows": ours(by), "today": by.on}
    return render(request, "glass.html", context)


@for_roles(Role.SUPERVISOR)
@never_cache
@require_safe
def opened(request: DeskRequest, number: int) -> HttpResponse:
    """A household to read, and nothing to write."""
    by = request.acting
    home = household(number, by)
    note_read(by, home.numbers, Page.HOUSEHOLD)
    return render(request, "opened.html", {"home": home, "glass": through_glass(number, by)})


@for_roles(*DESKS)
@require_POST
def seen(request: DeskRequest, number: int) -> HttpResponse:
    """Say that we know that a household was opened."""
    home = note_glass_seen(request.acting, glass_id=number)
    messages.success(request, gettext("Noted."))
    return redirect("household", number=home)


@for_roles(Role.COORDINATOR)
@require_safe
def glass_report(request: DeskRequest) -> HttpResponse:
    """Every breaking of a year."""
    by = request.acting
    return render(request, "glass_report.html", {"rows": report(by), "today": by.on})


@for_roles(Role.COORDINATOR)
@require_safe
def glass_csv(request: DeskRequest) -> HttpResponse:
    """The same report as a file."""
    by = request.acting
    told = table(*marked(HEADER, lines(report(by))))
    answer = HttpResponse(told, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="glass-{by.on}.csv"'
    return answer


def lines(rows: tuple[Reported, ...]) -> Iterator[tuple[str, ...]]:
    """One line a breaking, without the reason in words."""
    for row in rows:
        it = row.broken
        yield (
            it.at.isoformat(timespec="minutes"),
            it.until.isoformat(),
            it.by.name,
            it.reason.value,
            f"H-{it.household}" if it.household else "",
            str(row.people),
            str(row.looks),
            row.last.isoformat(timespec="minutes") if row.last else "",
        )


urlpatterns = [
    path("glass/", glass, name="glass"),
    path("glass/household/<int:number>/", opened, name="opened"),
    path("glass/<int:number>/seen/", seen, name="glass_seen"),
    path("glass/report/", glass_report, name="glass_report"),
    path("glass/report.csv", glass_csv, name="glass_csv"),
]
