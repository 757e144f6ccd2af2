"""Ahead: whose right ends, whom school or studies outlast, which files wait, who reaches five years, what lasts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from perron.vocabulary.acting import Acting
from perron.vocabulary.wording import Message, message
from perron_site.queries.ahead import (
    Line,
    counts_only,
    ending,
    five_years,
    lasting_list,
    names,
    pending_list,
    studying_list,
)
from perron_site.queries.law import SCENARIOS, Basis, bases, in_force, scenario
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.people import DESKS

ON_A_PAGE = 100
"""So many lines stand on a page."""


class AheadList(StrEnum):
    """What is asked of everybody at once."""

    ENDING = "ending"
    STUDYING = "studying"
    PENDING = "pending"
    FIVE_YEARS = "five_years"
    LASTING = "lasting"


DAYS, MOST_DAYS = 90, 1100
"""How many days are looked ahead unless somebody says, and at most."""

Row = Sequence[Any]
KEYS = {
    AheadList.ENDING: ("tp.valid_to",),
    AheadList.STUDYING: (
        "tp.valid_to", "school.period_end", "school.compulsory_age_from", "school.compulsory_age_below",
        "tpd22_23.rule_in_force_from",
    ),
    AheadList.PENDING: ("asylum.max_months",),
    AheadList.FIVE_YEARS: ("ltr.years", "count.ltr.tp_months", "tp.valid_to"),
    AheadList.LASTING: ("ltr.years", "count.ltr.tp_months"),
}  # fmt: skip
"""The values of the law on which each list rests first of all."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader asks for."""

    list: AheadList
    law: str
    days: int


def chosen(asked: QueryDict) -> Chosen:
    """What an address asks for; anything else is the first list of the law as adopted."""
    name, law, days = (asked.get(each, "") for each in ("list", "scenario", "days"))
    return Chosen(
        AheadList(name) if name in set(AheadList) else AheadList.ENDING,
        law if law in SCENARIOS else SCENARIOS[0],
        min(int(days), MOST_DAYS) if days.isdecimal() else DAYS,
    )


@for_roles(*DESKS)
@require_safe
def ahead(request: DeskRequest) -> HttpResponse:
    """One list of one scenario, with the law it rests on."""
    by, asks = request.acting, chosen(request.GET)
    context = {
        "asks": asks,
        "on": by.on,
        "lists": list(AheadList),
        "title": f"ahead.list.{asks.list}",
        "part": f"ahead/{asks.list}.html",
        "scenarios": [scenario(name) for name in SCENARIOS],
        "scenario": scenario(asks.law),
        "bases": law_of(by, asks),
        "counts_only": counts_only(by),
        "query": request.GET.urlencode(),
        **FOUND[asks.list](by, asks, request.GET.get("page")),
    }
    return render(request, "ahead.html", context)


def law_of(by: Acting, asks: Chosen) -> tuple[Basis, ...]:
    """The values on which the list rests, in the chosen scenario."""
    return bases(in_force(by.on, asks.law), *KEYS[asks.list])


Named = tuple[Line, str]


def page_of(lines: Sequence[Line] | None, number: str | None) -> dict[str, Any]:
    """A page of a list with the names of those on it."""
    found = Paginator(lines or (), ON_A_PAGE).get_page(number)
    return {"found": found, "rows": named(list(found))}


def named(lines: Sequence[Line]) -> list[Named]:
    """Each line with its name."""
    known = names([line.person for line in lines])
    return [(line, known.get(line.person, "")) for line in lines]


def found_ending(by: Acting, asks: Chosen, number: str | None) -> dict[str, Any]:
    """Whose right ends within the days."""
    told = ending(by, law=asks.law, days=asks.days)
    return {"told": told, **page_of(told.lines, number)}


def found_studying(by: Acting, asks: Chosen, number: str | None) -> dict[str, Any]:
    """Pupils first, then students."""
    told = studying_list(by, law=asks.law)
    return {"told": told, **page_of([*(told.pupils or ()), *(told.students or ())], number)}


def found_pending(by: Acting, asks: Chosen, number: str | None) -> dict[str, Any]:
    """The first list by pages, the others below it."""
    told = pending_list(by, law=asks.law)
    others = named((told.others or ())[:ON_A_PAGE])
    return {"told": told, "others": others, **page_of(told.first, number)}


def found_five_years(by: Acting, _asks: Chosen, _number: str | None) -> dict[str, Any]:
    """Counts of every scenario, by month."""
    told = five_years(by)
    months = list(zip(*(each.months for each in told), strict=True))
    return {"told": told, "months": [(each[0].on, each) for each in months]}


def found_lasting(by: Acting, asks: Chosen, _number: str | None) -> dict[str, Any]:
    """Counts alone, whoever reads them."""
    return {"told": lasting_list(by, law=asks.law)}


FOUND: dict[AheadList, Callable[[Acting, Chosen, str | None], dict[str, Any]]] = {
    AheadList.ENDING: found_ending,
    AheadList.STUDYING: found_studying,
    AheadList.PENDING: found_pending,
    AheadList.FIVE_YEARS: found_five_years,
    AheadList.LASTING: found_lasting,
}


def ending_rows(by: Acting, asks: Chosen) -> Iterator[Row]:
    """Each person with the routes of the day after; for whoever reads counts, these."""
    told = ending(by, law=asks.law, days=asks.days)
    if told.lines is None:
        yield from (
            ("", each.label, each.people, None, None, None, asks.law) for each in told.counts
        )
    for line, name in named(told.lines or ()):
        each: Any = line.entry
        yield (
            line.household, name, None, each.until, each.open, each.authority, asks.law,
        )  # fmt: skip


def studying_rows(by: Acting, asks: Chosen) -> Iterator[Row]:
    """Each pupil and student; for whoever reads counts, these of every scenario."""
    told = studying_list(by, law=asks.law)
    if counts_only(by):
        for one in told.scenarios:
            for kind, counts in (("pupil", one.pupils), ("student", one.students)):
                for count in counts:
                    yield "", "", said(kind), count.people, None, None, count.label, one.scenario.id
        return
    for kind, lines in (("pupil", told.pupils), ("student", told.students)):
        for line, name in named(lines or ()):
            each: Any = line.entry
            yield (
                line.household, name, said(kind), None, each.until, each.ends,
                message(f"ahead.next.{each.next}"), asks.law,
            )  # fmt: skip


def said(kind: str) -> Message:
    """A pupil or a student."""
    return message(f"ahead.{kind}")


def pending_rows(by: Acting, asks: Chosen) -> Iterator[Row]:
    """Each file, those of whoever cannot have temporary protection first."""
    told = pending_list(by, law=asks.law)
    if counts_only(by):
        yield from (
            ("", "", each.label, each.people, None, None) for each in (*told.groups, *told.apart)
        )
    for line, name in named([*(told.first or ()), *(told.others or ())]):
        each: Any = line.entry
        why = message(f"ahead.eligible.{each.eligible}")
        yield line.household, name, why, None, each.lodged, each.months


def five_years_rows(by: Acting, _asks: Chosen) -> Iterator[Row]:
    """Each month of each scenario."""
    for told in five_years(by):
        for month in told.months:
            yield f"{month.on:%Y-%m}", told.scenario.id, month.strict, month.broad


def lasting_rows(by: Acting, asks: Chosen) -> Iterator[Row]:
    """Each reason with its number; a small one is an empty cell."""
    for each in lasting_list(by, law=asks.law).counts:
        yield each.label, each.people, asks.law


urlpatterns = [path("my-people/ahead/", ahead, name="ahead")]
