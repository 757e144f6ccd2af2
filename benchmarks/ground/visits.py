"""Visit the main pages of the database that DATABASE_URL names, and a bare list between them: JSON on standard output.

Each page is asked for several times in turns, through the whole site; the fastest time counts, in milliseconds.
"""

import json
import sys
import time
import types
from http import HTTPStatus

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after Django is set up
from django.db import connection  # noqa: E402 - the same
from django.http import HttpResponse  # noqa: E402 - the same
from django.template import engines  # noqa: E402 - the same
from django.test import Client  # noqa: E402 - the same
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402 - the same
from django.urls import include, path  # noqa: E402 - the same

from perron_site.records import models  # noqa: E402 - the same
from perron_site.records.context import Round, as_round  # noqa: E402 - the same
from perron_site.web.access import signed_in  # noqa: E402 - the same

TIMES, LONG = 7, 20
PAGES = {
    "arrivals": ("desk@dvz.demo", "/arrivals/"),
    "queue": ("desk@dvz.demo", "/queue/"),
    "tonight": ("night@fedasil.demo", "/tonight/"),
    "places": ("homes@gent.demo", "/places/"),
    "my people (a town)": ("homes@gent.demo", "/my-people/"),
    "my people (the Immigration Office)": ("desk@dvz.demo", "/my-people/"),
    "inbox": ("homes@gent.demo", "/inbox/"),
    "net": ("homes@gent.demo", "/net/"),
    "household": ("homes@gent.demo", "/household/{household}/"),
}
BEGINS_AND_ENDS = (
    "BEGIN",
    "COMMIT",
    "SAVEPOINT",
    "RELEASE",
    "select set_config",
    "select coalesce",
)
"""What every request does to be one transaction of one organisation, and what is no question to a table."""


LIST = """{% extends "base.html" %}{% block main %}<table>{% for row in rows %}
<tr><td>{{ row.pk }}</td><td>{{ row.given_name }}</td><td>{{ row.family_name }}</td><td>{{ row.born }}</td></tr>
{% endfor %}</table>{% endblock %}"""


@signed_in
def bare(request) -> HttpResponse:
    """What Django takes to show fifty people, one question and one loop, in the same frame, behind the same doors."""
    rows = models.Person.objects.order_by("-pk")[:50]
    return HttpResponse(engines["django"].from_string(LIST).render({"rows": rows}, request))


def asked(client: Client, address: str) -> tuple[float, int]:
    """How long an answer takes, and how many questions it asks."""
    with CaptureQueriesContext(connection) as told:
        begun = time.perf_counter()
        answer = client.get(address)
        took = (time.perf_counter() - begun) * 1000
    assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)
    questions = [each["sql"] for each in told.captured_queries]
    return took, sum(not each.startswith(BEGINS_AND_ENDS) for each in questions)


def main() -> None:
    """Measure everything."""
    call_command("collectstatic", interactive=False, verbosity=0)
    urls = types.ModuleType("bare_urls")
    urls.urlpatterns = [path("bare/", bare), path("", include("perron_site.config.urls"))]
    sys.modules["bare_urls"] = urls
    with as_round(Round.COMMAND):
        there = models.Household.objects.filter(municipality__name="Gent", stay__state="running")
        household = there.order_by("pk").values_list("pk", flat=True).first()
        users = {user.email: user for user in models.User.objects.all()}
    best: dict[str, tuple[float, int]] = {}
    with override_settings(ROOT_URLCONF="bare_urls", ALLOWED_HOSTS=["testserver"]):
        for _ in range(TIMES):
            for name, (email, address) in {"bare": ("homes@gent.demo", "/bare/"), **PAGES}.items():
                if name in best and best[name][0] > LONG * 1000:
                    continue
                client = Client()
                client.force_login(
                    users[email], backend="django.contrib.auth.backends.ModelBackend"
                )
                client.get("/bare/")
                best[name] = min(
                    best.get(name, (float("inf"), 0)),
                    asked(client, address.format(household=household)),
                )
    print(json.dumps(best))


if __name__ == "__main__":
    main()
