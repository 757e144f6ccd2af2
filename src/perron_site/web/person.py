"""My line: a person reads their own line by a personal link, in their own language."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from perron.messages.notices import LANGUAGES
from perron.messages.notices import render as letter
from perron.vocabulary.errors import NotFound
from perron.vocabulary.intervals import day_in_brussels
from perron_site.queries.my_line import link_holder
from perron_site.queries.my_line import my_line as of
from perron_site.queries.notices import NoticeRow
from perron_site.records.context import as_person
from perron_site.web import clock
from perron_site.web.access import by_link


@by_link
@never_cache
@require_safe
def my_line(request: HttpRequest, token: str) -> HttpResponse:
    """The person's own page; a link that is wrong and one that has ended give the same answer."""
    on = day_in_brussels(clock.now())
    try:
        with as_person(link_holder(token, on)) as number:
            mine = of(number, on)
    except NotFound:
        return quiet(render(request, "no_line.html", status=404))
    language = mine.language
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        language = translation.get_language() or language
    with translation.override(language):
        letters = [(written(row, language), row) for row in mine.notices]
        return quiet(
            render(request, "my_line.html", {"mine": mine, "letters": letters, "token": token})
        )


def written(row: NoticeRow, language: str) -> object:
    """The text of a notice, in the language of the page where it has one."""
    params = {name: date.fromisoformat(str(day)) for name, day in row.params.items()}
    return letter(row.kind, params, language if language in LANGUAGES else row.language)


def quiet(answer: HttpResponse) -> HttpResponse:
    """Keep the address out of other sites, caches and search engines."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


urlpatterns = [path("line/<str:token>/", my_line, name="my_line")]
