"""Every list as a file: CSV and XLSX, with what the page shows to the same desk and nothing more."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpResponse, QueryDict
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from perron.files.table import Cell, table, workbook
from perron.messages.texts import say
from perron.messages.texts.labels import label
from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import Role
from perron.vocabulary.wording import Message, message
from perron_site.queries import arrivals
from perron_site.queries.figures import figures
from perron_site.queries.hosts import host_sites
from perron_site.queries.housing import housing
from perron_site.queries.inbox import inbox, named
from perron_site.queries.my_people import caseload, my_people
from perron_site.queries.net import net
from perron_site.queries.paper import OnPaper, paper
from perron_site.queries.parity import parity
from perron_site.queries.places import rooms, sites
from perron_site.queries.tonight import tonight
from perron_site.queries.visits import desk_queue
from perron_site.web import ahead
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.people import DESKS
from perron_site.web.places import KEEPERS
from perron_site.web.practice import marked

Row = Sequence[Cell | Message | StrEnum | Sequence[StrEnum]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: who may have it, its columns, and its rows for whoever asks, and for what is asked."""

    name: str
    roles: tuple[Role, ...]
    columns: tuple[str, ...]
    rows: Callable[..., Iterator[Row]]
    asks: Callable[[QueryDict], object] | None = None
    """How an address says what to list; None: a list has one form."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the search of a page asks for; empty: everything."""

    words: str
    kind: str


def asked(query: QueryDict) -> Asked:
    """The words and the kind in an address."""
    return Asked(query.get("q", "").strip(), query.get("kind", ""))


def arrivals_rows(by: Acting) -> Iterator[Row]:
    """Who arrived today."""
    for row in arrivals.today(by):
        people = ", ".join(row.people)
        yield (
            row.id,
            people,
            len(row.people),
            row.arrived_on,
            row.asked_at,
            row.roof,
            row.roof_until,
        )


def people_rows(by: Acting) -> Iterator[Row]:
    """Our households, in the order of the page."""
    for row in my_people(by, list(caseload(by))):
        gaps = "; ".join(say(gap.message, reader()) for gap in row.gaps)
        yield (
            row.id, row.name, row.size, row.municipality, row.arrived_on, row.holds, gaps, row.next,
            row.next_by,
        )  # fmt: skip


def places_rows(by: Acting, asked: Asked) -> Iterator[Row]:
    """The units of our sites, or those that were searched for."""
    for site in sites(by, rooms(by, asked.words)):
        for unit in site.units:
            yield (
                site.name, site.street, site.municipality, site.telephone, unit.name, unit.kind,
                unit.state, unit.beds, unit.free, unit.features, unit.available_until, site.confirmed_at,
            )  # fmt: skip


def tonight_rows(by: Acting) -> Iterator[Row]:
    """Who asks for a roof, and the bed that is proposed."""
    for row in tonight(by).waiting:
        ages = ", ".join("?" if age is None else str(age) for age in row.ages)
        yield row.id, row.size, ages, row.needs, row.asked_at, row.bed


def inbox_rows(by: Acting, asked: Asked) -> Iterator[Row]:
    """What waits for us, or what was searched for."""
    for row in named(inbox(by, asked.words, asked.kind).rows, by):
        yield row.label, row.household, row.name, row.what, row.kinds, row.about, row.due_on


def net_rows(by: Acting) -> Iterator[Row]:
    """People with a gap, by line and by who must act."""
    for row in net(by).rows:
        yield row.kind_label, row.track, row.organisation, row.all


def queue_rows(by: Acting) -> Iterator[Row]:
    """The visits of the day."""
    day = desk_queue(by)
    for row in (*day.called, *day.waiting, *day.expected, *day.over):
        yield row.number, row.state, row.people, row.language, row.slot_at, row.desk, row.minutes


def host_rows(by: Acting) -> Iterator[Row]:
    """The last check of each kind of the sites in our municipality."""
    for site in host_sites(by):
        for check in site.standing:
            yield site.name, site.street, check.kind, check.outcome, check.on, check.holds_until


def beds_rows(by: Acting) -> Iterator[Row]:
    """Who sleeps where tonight, and who waits."""
    told = paper(by)
    yield from (paper_row(row) for row in (*told.asleep, *told.waiting))


def figures_rows(by: Acting) -> Iterator[Row]:
    """What is published, and the demonstration beside it."""
    for row in figures(by):
        found = None if row.found is None else round(row.found, 1)
        yield (
            row.name, row.of, round(row.value, 1), round(row.expected, 1), found, row.source, row.mark,
        )  # fmt: skip


def housing_rows(by: Acting) -> Iterator[Row]:
    """Kinds of places; a small count is an empty cell."""
    for row in housing(by).rows:
        yield row.situation or message("housing.not_asked"), row.category, row.before, row.after


def parity_rows(by: Acting) -> Iterator[Row]:
    """Each service and group; a small count is an empty cell, and so is what nobody recorded."""
    for service in parity(by).services:
        for row in service.groups:
            counts = (row.had, row.waiting, row.without) if row.recorded else (None, None, None)
            yield service.label, row.label, *counts, row.days


def paper_row(row: OnPaper) -> Row:
    """A household of a list on paper."""
    return (
        row.household,
        ", ".join(row.people),
        row.size,
        row.place,
        row.until,
        ", ".join(row.telephones),
    )


LISTS = (
    Listed(
        "arrivals", (Role.REGISTRAR,),
        ("household", "people", "size", "arrived_on", "asked_at", "place", "until"), arrivals_rows,
    ),
    Listed(
        "my_people", DESKS,
        ("household", "name", "size", "municipality", "arrived_on", "holds", "gaps", "next", "due_on"),
        people_rows,
    ),
    Listed(
        "places", KEEPERS,
        ("site", "street", "municipality", "telephone", "unit", "kind", "state", "beds", "free_tonight",
         "features", "available_until", "confirmed_at"),
        places_rows, asked,
    ),
    Listed(
        "tonight", (Role.DISPATCHER,),
        ("household", "size", "ages", "needs", "asked_at", "place"), tonight_rows,
    ),
    Listed(
        "inbox", DESKS,
        ("kind", "household", "name", "what", "lines", "about", "due_on"), inbox_rows, asked,
    ),
    Listed("net", DESKS, ("gaps", "lines", "organisation", "size"), net_rows),
    Listed(
        "queue", (Role.REGISTRAR,),
        ("number", "state", "size", "languages", "slot_at", "desk", "minutes"), queue_rows,
    ),
    Listed(
        "hosts", (Role.HOUSING_OFFICER,),
        ("site", "street", "kind", "outcome", "on", "until"), host_rows,
    ),
    Listed(
        "paper", DESKS,
        ("household", "people", "size", "place", "until", "telephone"), beds_rows,
    ),
    Listed(
        "figures", DESKS,
        ("what", "of", "published", "expected", "demonstration", "source", "mark"), figures_rows,
    ),
    Listed("parity", DESKS, ("what", "of", "had", "waiting", "without", "days"), parity_rows),
    Listed("housing", DESKS, ("what", "category", "before", "after"), housing_rows),
    Listed(
        "ahead_ending", DESKS,
        ("household", "person", "size", "until", "open_routes", "authority", "scenario"),
        ahead.ending_rows, ahead.chosen,
    ),
    Listed(
        "ahead_studying", DESKS,
        ("household", "person", "kind", "size", "until", "study_ends", "next", "scenario"),
        ahead.studying_rows, ahead.chosen,
    ),
    Listed(
        "ahead_pending", DESKS,
        ("household", "person", "state", "size", "lodged_on", "months"),
        ahead.pending_rows, ahead.chosen,
    ),
    Listed(
        "ahead_five_years", DESKS,
        ("month", "scenario", "strict", "broad"), ahead.five_years_rows, ahead.chosen,
    ),
    Listed(
        "ahead_lasting", DESKS, ("what", "size", "scenario"), ahead.lasting_rows, ahead.chosen,
    ),
)  # fmt: skip


def reader() -> str:
    """The language of the reader."""
    return get_language() or "en"


def said(cell: object) -> Cell:
    """A cell in the reader's language."""
    if isinstance(cell, Message):
        return say(cell, reader())
    if isinstance(cell, StrEnum):
        return say(label(cell), reader())
    if isinstance(cell, tuple):
        return ", ".join(str(said(each)) for each in cell)
    return cell  # type: ignore[return-value]  # nothing else stands in a row


def answer(listed: Listed, form: str, request: DeskRequest) -> HttpResponse:
    """The list as a file with this ending."""
    by = request.acting
    told = (listed.asks(request.GET),) if listed.asks else ()
    header = [say(message(f"list.{name}"), reader()) for name in listed.columns]
    rows = [[said(cell) for cell in row] for row in listed.rows(by, *told)]
    made = (
        HttpResponse(workbook(*marked(header, rows)), content_type=XLSX)
        if form == "xlsx"
        else HttpResponse(
            "\ufeff" + table(*marked(header, rows)), content_type="text/csv; charset=utf-8"
        )
    )
    made["Content-Disposition"] = f'attachment; filename="{listed.name}-{by.on}.{form}"'
    return made


def page(listed: Listed, form: str) -> URLPattern:
    """The address of a list in one form, with the rule of its roles."""

    @for_roles(*listed.roles)
    @require_safe
    def view(request: DeskRequest) -> HttpResponse:
        return answer(listed, form, request)

    return path(f"lists/{listed.name}.{form}", view, name=f"{listed.name}_{form}")


urlpatterns = [page(listed, form) for listed in LISTS for form in ("csv", "xlsx")]
