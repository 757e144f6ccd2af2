"""Files of desks: sent in, shown as they were understood, then taken in whole or not at all."""

from collections.abc import Iterator
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.files import FileKind
from perron.vocabulary.organisations import Role
from perron_site.actions.files import drop_file, import_file, map_file, receive_file
from perron_site.queries.files import file_preview, files_of, marked_file
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.lists import Listed, Row, answer
from perron_site.web.templatetags.perron import column, plainly

PEOPLE = (FileKind.ARRIVALS, FileKind.PEOPLE)
KINDS = {
    Role.REGISTRAR: PEOPLE,
    Role.CASE_WORKER: PEOPLE,
    Role.DISPATCHER: (FileKind.PLACES,),
    Role.HOUSING_OFFICER: (FileKind.PLACES,),
}
"""What each desk may send in; organisations come by the command line."""

MOST = 10_000_000
CHANGES = ("row", "name", "what", "column", "known", "said", "because")


@for_roles(*KINDS)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: DeskRequest) -> HttpResponse:
    """Send a file in, and what came in before."""
    by, kinds = request.acting, KINDS[request.acting.role]
    if request.method == "POST":
        sent, kind = request.FILES.get("file"), request.POST.get("kind", "")
        if sent is None or kind not in kinds:
            raise Refused("file.choose_kind")
        if (sent.size or 0) > MOST:
            raise Refused("file.too_large", megabytes=MOST // 1_000_000)
        number = receive_file(by, name=sent.name or "", kind=FileKind(kind), data=sent.read())
        return redirect("file", number=number)
    waiting, came = files_of(by)
    return render(request, "files.html", {"kinds": kinds, "waiting": waiting, "came": came})


@for_roles(*KINDS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: DeskRequest, number: int) -> HttpResponse:
    """What was understood and what would change; say yes, no, or what a column means."""
    by = request.acting
    if request.method != "POST":
        return render(request, "file.html", {"preview": file_preview(by, number)})
    if "no" in request.POST:
        drop_file(by, file_id=number)
        messages.success(request, gettext("Nothing of the file was kept."))
        return redirect("files")
    if "columns" in request.POST:
        chosen = zip(request.POST.getlist("header"), request.POST.getlist("column"), strict=False)
        map_file(by, file_id=number, mapping=dict(chosen))
        return redirect("file", number=number)
    done = import_file(by, file_id=number, decisions=decisions(request))
    told = gettext("Taken in. New: %(added)s, changed: %(changed)s, as they were: %(same)s.")
    counted = {"added": done.added, "changed": done.changed, "same": done.same}
    messages.success(request, told % counted)
    return redirect("files")


def decisions(request: DeskRequest) -> dict[int, int]:
    """Who is meant, by row, as the form says."""
    return {
        int(name.removeprefix("row-")): int(str(chosen))
        for name, chosen in request.POST.items()
        if name.startswith("row-") and name[4:].isdecimal() and str(chosen).isdecimal()
    }


@for_roles(*KINDS)
@require_safe
def faults(request: DeskRequest, number: int) -> HttpResponse:
    """The same file with its faults marked."""
    name, data = marked_file(request.acting, number, get_language() or "en")
    packed = data.startswith(b"PK")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(data, content_type=kind if packed else "text/csv; charset=utf-8")
    stem = name.rsplit(".", 1)[0].replace('"', "") or "file"
    plain = stem.encode("ascii", "replace").decode().replace("?", "-")
    end = "xlsx" if packed else "csv"
    answer["Content-Disposition"] = f'attachment; filename="{plain}-faults.{end}"'
    return answer


@for_roles(*KINDS)
@require_safe
def changes(request: DeskRequest, number: int, form: str) -> HttpResponse:
    """Every row of a file, and what it would do, as a list to read or to send back before anybody says yes."""
    listed = Listed("file-changes", tuple(KINDS), CHANGES, partial(change_cells, number=number))
    return answer(listed, form, request)


def change_cells(by: Acting, number: int) -> Iterator[Row]:
    """A line for each value that a row would change or that stays as it is; one for a row without any."""
    for row in file_preview(by, number).changes:
        head = row.change.row, row.name, row.change.message
        for field in row.change.fields:
            yield (*head, column(field.field), plainly(field.old), plainly(field.new), "")
        for left in row.change.left:
            known, said = plainly(left.old), plainly(left.new)
            yield (*head, column(left.field), known, said, left.because)
        if not (row.change.fields or row.change.left):
            yield (*head, "", "", "", "")


urlpatterns = [
    path("files/", files, name="files"),
    path("files/<int:number>/", one, name="file"),
    path("files/<int:number>/faults/", faults, name="file_faults"),
    *(
        path(f"files/<int:number>/changes.{form}", changes, {"form": form}, f"file_changes_{form}")
        for form in ("csv", "xlsx")
    ),
]
