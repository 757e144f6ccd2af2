"""What can I do? An interview for anybody that stores nothing: the answers travel with the form alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import activate, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from perron.rules.facts import facts
from perron.rules.reading import read_answers, write_answers
from perron.vocabulary.errors import BadFile, Fault
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.wording import Message, in_words, message
from perron_site.queries.interview import SENSITIVE, Opening, Step, result, step
from perron_site.web import clock
from perron_site.web.access import public
from perron_site.web.forms.asking import ANSWER, Reading, most_rows, typed_of
from perron_site.web.forms.inputs import input_of, spoken
from perron_site.web.practice import mark

MOST_BYTES = 60_000
"""A file of answers is a few hundred bytes; forty stays and forty family members stay far below this."""
FILE = "perron-answers.yaml"
YES = "yes"

Typed = dict[str, list[str]]


@dataclass(slots=True)
class Interview:
    """What came with the form: all answers so far, and how they want to go on.

    ``sensitive``: they chose to answer questions that are asked only then. ``ready``: they have seen the result, and a
    change brings them back to it.
    """

    request: HttpRequest
    answers: dict[str, Any] = field(default_factory=dict)
    sensitive: bool = False
    ready: bool = False

    def page(self, template: str, status: int = 200, **context: object) -> HttpResponse:
        """A page that carries the answers on; ``here`` is what a change of language shows again."""
        carried = {
            "carried": write_answers(self.answers),
            "sensitive": self.sensitive,
            "ready": self.ready,
            "read_only": False,
            "given": [(name, spoken(facts()[name], value)) for name, value in self.answers.items()],
        }
        return render(self.request, f"interview/{template}.html", carried | context, status=status)


def nothing_stays(
    view: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Neither the browser nor anything between keeps the page, and no other page learns where they come from."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        answer = view(request)
        answer["Cache-Control"] = "no-store"
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    return answered


@public
@csrf_exempt  # the form changes nothing and nobody acts by it: a forged one would only show somebody a page
@never_cache
@nothing_stays
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: HttpRequest) -> HttpResponse:
    """The first page, the next question, or the result; whatever is said stays in the form."""
    if request.method != "POST":
        return begin(Interview(request))
    if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * MOST_BYTES:
        return begin(Interview(request), [Fault(FILE, 1, 1, message("interview.too_large"))])
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return answered(request)
    activate(language)
    answer = answered(request)
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    return answer


def answered(request: HttpRequest) -> HttpResponse:
    """What comes after a form."""
    sent = request.POST
    now = Interview(request, sensitive=sent.get("sensitive") == YES, ready=sent.get("ready") == YES)
    try:
        now.answers = read(sent.get("carried") or "{}")
        if sent.get("do") == "load":
            file = request.FILES.get("file")
            return loaded(now, file.read() if file else None)
    except BadFile as error:
        return begin(now, error.faults)
    if sent.get("ask") in facts():
        return question(now, sent["ask"])
    if sent.get("asked") in facts() and sent.get("do") != "begin":
        return of_question(now, sent["asked"])
    return of_page(now, sent.get("do") or sent.get("here", ""))


def of_page(now: Interview, wish: str) -> HttpResponse:
    """What comes after the first page and after the result."""
    if wish == "save":
        return saved(now)
    if wish == "result":
        return outcome(now)
    if wish in {"next", "sensitive"}:
        now.ready, now.sensitive = False, now.sensitive or wish == "sensitive"
        return onward(now)
    return begin(now)


def of_question(now: Interview, name: str) -> HttpResponse:
    """What comes after a question: an answer, not knowing, one record more, the result, or another language."""
    wish, fact = now.request.POST.get("do"), facts()[name]
    typed = {key: list(each) for key, each in now.request.POST.lists()}
    if wish == "result":
        return outcome(now)
    if wish == "unknown":
        now.answers[name] = None
        return onward(now)
    if wish != "answer":
        return question(now, name, typed, more=1 if wish == "row" else 0)
    reading = Reading(typed)
    value = reading.value(fact)
    if value is None and not reading.faults:
        reading.faults[ANSWER] = message("asked.choose")
    if reading.faults:
        return question(now, name, typed, reading.faults)
    now.answers[name] = value
    return onward(now)


def onward(now: Interview) -> HttpResponse:
    """The next question; the result when none is left, or when a change was made from there."""
    if now.ready:
        return outcome(now)
    after = step(now.answers, today(), sensitive=now.sensitive)
    return question(now, after.fact, after=after) if after.fact else outcome(now)


def question(
    now: Interview,
    name: str,
    typed: Typed | None = None,
    faults: Mapping[str, Message] | None = None,
    *,
    more: int = 0,
    after: Step | None = None,
) -> HttpResponse:
    """One question, with what was typed or answered before."""
    fact, asked = facts()[name], list(now.answers)
    place = asked.index(name) if name in asked else len(asked)
    if typed is None:
        typed = typed_of(fact, now.answers.get(name))
    shown = input_of(fact, typed, faults or {}, more=more)
    return now.page(
        "question",
        fact=fact,
        input=shown,
        why=in_words(fact.why),
        number=place + 1,
        previous=asked[place - 1] if place else None,
        after=after,
        private=name in SENSITIVE,
        typed=[(key, one) for key, each in typed.items() if key.startswith(ANSWER) for one in each],
        wrong=bool(faults),
    )


def outcome(now: Interview) -> HttpResponse:
    """Every route, and what it rests on."""
    now.ready = True
    found = result(now.answers, today())
    return now.page(
        "result",
        result=found,
        groups=[(each, found.those(each)) for each in Opening],
        courses=[
            (
                each.on,
                [(names, list(zip(found.scenarios, row, strict=True))) for names, row in each.rows],
            )
            for each in found.courses
        ],
        presumed=[
            (name, *spoken(facts()[name], facts()[name].presumed)) for name in found.presumed
        ],
        proofs=[
            (name, [in_words(each) for each in facts()[name].proof])
            for name in (*found.missing, *(n for n in found.rests_on if n not in found.missing))
        ],
    )


def today() -> date:
    """The day in Brussels."""
    return day_in_brussels(clock.now())


def read(text: str) -> dict[str, Any]:
    """The answers in a text (BadFile): also refused where there are more than anybody has."""
    if len(text.encode()) > MOST_BYTES:
        raise BadFile((Fault(FILE, 1, 1, message("interview.too_large")),))
    found = read_answers(text, FILE)
    long = [
        name
        for name, value in found.items()
        if isinstance(value, list) and len(value) > most_rows(facts()[name])
    ]
    if long:
        faults = (message("interview.too_many", fact=name) for name in long)
        raise BadFile(tuple(Fault(FILE, 1, 1, each) for each in faults))
    return found


def loaded(now: Interview, content: bytes | None) -> HttpResponse:
    """Go on with the answers of a file, or say all that is wrong with it (BadFile)."""
    if content is None:
        raise BadFile((Fault(FILE, 1, 1, message("interview.no_file")),))
    try:
        now.answers = read(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadFile((Fault(FILE, 1, 1, message("interview.no_text")),)) from error
    return outcome(now)


def begin(now: Interview, faults: Sequence[Fault] = ()) -> HttpResponse:
    """The first page; with what is wrong with a file, after which the answers so far go on."""
    status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    return now.page("start", status=status, faults=faults)


def saved(now: Interview) -> HttpResponse:
    """The answers as a file that ``perron rules options`` reads, and this page again."""
    title = gettext("What can I do?")
    head = f"# {title} · Perron · {today()}\n"
    if said := mark():
        head += f"# {said}\n"
    how = f"# perron rules options {FILE} --on {today()}\n"
    answer = HttpResponse(
        head + how + write_answers(now.answers), content_type="application/yaml; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return answer


urlpatterns = [path("what-can-i-do/", interview, name="interview")]
