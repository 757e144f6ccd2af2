"""Options: an adviser and a person look at every route together; the person reads the same by link or in a letter."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from perron.rules.belgium.away import away
from perron.rules.facts import facts
from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.wording import Message, in_words, message
from perron_site.actions.households import correct_person, state_fact
from perron_site.actions.statements import take_back_statement
from perron_site.queries.interview import SENSITIVE
from perron_site.queries.known import ON_THE_PERSON
from perron_site.queries.law import in_force
from perron_site.queries.my_line import link_holder
from perron_site.queries.options import Options, Said, my_options, options
from perron_site.queries.seen import Seen
from perron_site.records.context import as_person
from perron_site.records.reads import Page, note_read
from perron_site.web import clock
from perron_site.web.access import by_link, for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.forms.asking import ANSWER, Reading, typed_of
from perron_site.web.forms.inputs import input_of, spoken
from perron_site.web.forms.trip import read_trip, trip_inputs
from perron_site.web.people import ADVISERS
from perron_site.web.person import quiet

FIRST = 6
"""How many missing facts are shown at once."""

DOCUMENT, AS_IT_STANDS = "document", "as-it-stands"
"""The field that says which document was seen, and how it says that nothing changes."""

Papers = list[tuple[str, list[Message], Said | None]]
"""Facts with the papers that show them, and what is known of each."""


@for_roles(*ADVISERS)
@require_safe
def of_person(request: DeskRequest, number: int) -> HttpResponse:
    """Every route of a person in sight, with the next question or the one that was chosen."""
    later, private = request.GET.getlist("later"), "private" in request.GET
    found = options(number, request.acting, later, private=private)
    note_read(request.acting, [number], Page.PERSON)
    asked = request.GET.get("ask") or (found.question.fact if found.question else "")
    return shown(request, found, asked if asked in facts() else "")


@for_roles(*ADVISERS)
@require_POST
def answer(request: DeskRequest, number: int) -> HttpResponse:
    """Write down what the person says to one question, or say what cannot be read; nothing is replaced unseen."""
    name = request.POST.get("asked", "")
    if name not in facts():
        raise Refused("fact.no_such_fact")
    found = options(number, request.acting)
    typed = {key: list(each) for key, each in request.POST.lists()}
    if request.POST.get("do") == "row":
        return shown(request, found, name, typed, more=1)
    reading = Reading(typed)
    value, document = reading.value(facts()[name]), document_said(request)
    if value is None and not reading.faults:
        reading.faults[ANSWER] = message("asked.choose")
    if reading.faults:
        return shown(request, found, name, typed, reading.faults)
    if request.POST.get("was") != stood(found, name):
        raise Conflict("fact.changed_meanwhile")
    if value != found.facts.get(name) or document or (document == "" and seen(found, name)):
        write_down(request, number, name, value, document)
    messages.success(request, gettext("Written down. The answers below count with it."))
    return redirect(f"{reverse('options', args=[number])}#latest")


def document_said(request: DeskRequest) -> str | None:
    """Which document was seen; None: as it stands."""
    said = request.POST.get(DOCUMENT, AS_IT_STANDS)
    return None if said == AS_IT_STANDS else said


def seen(found: Options, name: str) -> Seen | None:
    """The document that was seen for a fact."""
    return next((row.seen for row in found.said if row.name == name), None)


def write_down(
    request: DeskRequest, number: int, name: str, value: object, document: str | None
) -> None:
    """What stands with the person is corrected there; anything else is stated."""
    if name in ON_THE_PERSON:
        correct_person(request.acting, person_id=number, changes={ON_THE_PERSON[name]: value})
    else:
        state_fact(request.acting, person_id=number, name=name, value=value, document=document)


def stood(found: Options, name: str) -> str:
    """What a form showed of a fact; another value or document there by now is told, and not replaced."""
    said, shown_ = json.dumps(found.facts.get(name), sort_keys=True), seen(found, name)
    return f"{said} {shown_.document.key} {shown_.on}" if shown_ else said


def shown(
    request: DeskRequest,
    found: Options,
    name: str,
    typed: Mapping[str, list[str]] | None = None,
    faults: Mapping[str, Message] | None = None,
    *,
    more: int = 0,
    absent: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The page with one question, and what was typed there; ``absent``: what an absence would do."""
    context: dict[str, Any] = {
        "options": found,
        **about(found),
        **(absent or {"trip": trip_inputs({}, {}), "trip_wrong": False, "away": None}),
        "chosen": "ask" in request.GET,
        "fact": None,
        "read_only": False,
    }
    if name:
        fact = facts()[name]
        if typed is None:
            typed = typed_of(fact, found.facts.get(name))
        context |= {
            "fact": fact,
            "input": input_of(fact, typed, faults or {}, more=more),
            "why": in_words(fact.why),
            "was": stood(found, name),
            "seen": seen(found, name),
            "documents": documents_of(name, (typed or {}).get(DOCUMENT, [""])[0]),
            "private": name in SENSITIVE,
            "wrong": bool(faults),
            "later": urlencode({"later": [*request.GET.getlist("later"), name]}, doseq=True),
        }
    if request.method == "POST":
        there = reverse("options", args=[found.person.id])
        context["here"] = f"{there}#away" if absent else f"{there}?{urlencode({'ask': name})}#ask"
    wrong = faults or context["trip_wrong"]
    return render(request, "options.html", context, status=400 if wrong else 200)


def documents_of(name: str, typed: str) -> list[tuple[str, Message, bool]]:
    """What one can have seen that proves a fact, as choices; what stands with the person says so itself."""
    offered = () if name in ON_THE_PERSON else facts()[name].documents
    return [(each, in_words(each), each == typed) for each in offered]


@for_roles(*ADVISERS)
@require_POST
def of_absence(request: DeskRequest, number: int) -> HttpResponse:
    """What would happen to each right if the person were away; nothing of it is written down, nor in an address."""
    found = options(number, request.acting)
    note_read(request.acting, [number], Page.PERSON)
    typed = {key: list(each) for key, each in request.POST.lists()}
    days, faults = read_trip(typed)
    told: dict[str, object] = {
        "trip": trip_inputs(typed, faults),
        "trip_wrong": bool(faults),
        "away": None,
    }
    if days:
        names = {path.here.id: path.names for path in found.paths}
        absence = away(found.facts, found.title, *days, in_force(request.acting.on).changes)
        told |= {
            "away": absence,
            "counted": [(names[each.route], each) for each in absence.counted],
            "meanwhile": [turn for turn in found.turns if days[0] <= turn.day <= days[1]],
        }
    return shown(request, found, found.question.fact if found.question else "", absent=told)


@dataclass(frozen=True, slots=True)
class Missing:
    """What an answer turns on, each with the papers that show it: a few first; what is private apart."""

    first: Papers
    rest: Papers
    private: Papers

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return bool(self.first or self.private)


def about(found: Options) -> dict[str, Any]:
    """What page and letter say of the facts, in the reader's language."""
    missing, latest = found.result.missing, found.latest
    known = {row.name: row for row in found.said}
    open_ = papers(name for name in missing if name not in SENSITIVE)
    return {
        "said": [(row, said_of(row.name, row.value)) for row in found.said],
        "presumed": [(row, said_of(row.name, row.value)) for row in found.presumed],
        "proofs": papers((name for name in found.result.rests_on if name not in missing), known),
        "missing": Missing(
            open_[:FIRST], open_[FIRST:], papers(name for name in missing if name in SENSITIVE)
        ),
        "latest": latest
        and (
            latest,
            said_of(latest.name, latest.value),
            said_of(latest.name, latest.was),
            seen(found, latest.name),
        ),
    }


def papers(names: Iterable[str], known: Mapping[str, Said] = MappingProxyType({})) -> Papers:
    """Facts with the papers that show them, and what is ``known`` of them."""
    return [
        (name, [in_words(each) for each in facts()[name].proof], known.get(name)) for name in names
    ]


def said_of(name: str, value: object) -> tuple[str, ...]:
    """A value of a fact in words."""
    return spoken(facts()[name], value)


@for_roles(*ADVISERS)
@require_POST
def take_back(request: DeskRequest, number: int) -> HttpResponse:
    """Take back what was written down a moment ago."""
    line = request.POST.get("line", "")
    if not line.isdecimal():
        raise NotFound("not_found.act")
    take_back_statement(request.acting, person_id=number, line_id=int(line))
    messages.success(request, gettext("Undone."))
    return redirect("options", number=number)


@for_roles(*ADVISERS)
@require_safe
def letter(request: DeskRequest, number: int) -> HttpResponse:
    """The same as a text to print, in the language that is asked for, else in that of the person where it is ours."""
    found = options(number, request.acting)
    note_read(request.acting, [number], Page.PERSON)
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else found.language
    with translation.override(language or get_language()):
        return render(request, "options_letter.html", as_letter(found, number=number))


def as_letter(found: Options, *, number: int = 0, token: str = "") -> dict[str, Any]:
    """What stands in the letter; ``number`` leads a desk back, ``token`` the person."""
    said = about(found)
    missing = said["missing"]
    proofs = [*said["proofs"], *missing.first, *missing.rest]
    return {
        "options": found, **said, "proofs": proofs, "read_only": True, "number": number, "token": token,
    }  # fmt: skip


@by_link
@never_cache
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """My options: the person reads the same; a link that is wrong and one that has ended give the same answer."""
    on = day_in_brussels(clock.now())
    try:
        with as_person(link_holder(token, on)) as number:
            found = my_options(number, on)
    except NotFound:
        return quiet(render(request, "no_line.html", status=404))
    language = found.language
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        language = get_language() or language
    with translation.override(language or get_language()):
        return quiet(render(request, "options_letter.html", as_letter(found, token=token)))


urlpatterns = [
    path("people/<int:number>/options/", of_person, name="options"),
    path("people/<int:number>/options/away/", of_absence, name="away_option"),
    path("people/<int:number>/options/answer/", answer, name="answer_option"),
    path("people/<int:number>/options/undo/", take_back, name="take_back_statement"),
    path("people/<int:number>/options/letter/", letter, name="options_letter"),
    path("line/<str:token>/options/", mine, name="my_options"),
]
