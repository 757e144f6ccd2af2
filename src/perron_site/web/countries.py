"""Member states side by side, for anybody: as a page, and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from perron.files.table import table
from perron.messages.texts import say
from perron.messages.texts.labels import label
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.wording import message
from perron_site.queries.countries import comparison
from perron_site.web import clock
from perron_site.web.access import public
from perron_site.web.practice import marked

COLUMNS = ("country", "what", "value", "regions", "as_of", "source", "mark")


@public
@require_safe
def other_countries(request: HttpRequest) -> HttpResponse:
    """What is sourced of each member state; what is not is not known."""
    found = comparison(day_in_brussels(clock.now()))
    return render(request, "law/countries.html", {"found": found})


@public
@require_safe
def as_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The same as CSV, a line a country and field."""
    on, reader = day_in_brussels(clock.now()), get_language() or "en"
    header = [say(message(f"list.{name}"), reader) for name in COLUMNS]
    rows = [
        (
            country.names[reader],
            say(entry.name, reader),
            say(entry.message, reader),
            ", ".join(say(label(region), reader) for region in entry.regions),
            str(entry.as_of or ""),
            entry.source.text if entry.source else "",
            entry.source.mark if entry.source else "",
        )
        for country in comparison(on).countries
        for entry in country.entries
    ]
    text = "\ufeff" + table(*marked(header, rows))
    made = HttpResponse(text, content_type="text/csv; charset=utf-8")
    made["Content-Disposition"] = f'attachment; filename="countries-{on}.csv"'
    return made


urlpatterns = [
    path("law/other-countries/", other_countries, name="other_countries"),
    path("law/other-countries.csv", as_file, name="other_countries_csv"),
]
