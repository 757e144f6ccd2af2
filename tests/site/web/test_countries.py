"""Member states side by side on a public page: what is sourced, and Belgium by the law in force."""

import csv
import html
import io
import re
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from perron.rules.countries import FIELDS, LANGUAGES
from perron.vocabulary.intervals import BRUSSELS
from perron_site.web import clock

pytestmark = pytest.mark.django_db
ACT = "Council Implementing Decision (EU) 2026/9999"
CHANGE = {
    "key": "tp.valid_to", "value": "2028-03-04", "valid_from": "2027-03-05", "valid_to": "2028-03-04",
    "takes_effect_on": "2026-12-01", "status": "adopted", "mark": "V", "act": ACT, "article": "art. 1",
    "published_on": "2026-11-25", "do": "enter",
}  # fmt: skip
PAGE, FILE = "/law/other-countries/", "/law/other-countries.csv"
NOT_KNOWN = {
    "en": "Not known", "nl": "Niet bekend", "fr": "Pas connu", "de": "Nicht bekannt", "uk": "Невідомо",
    "ru": "Неизвестно",
}  # fmt: skip


def anybody(language="en"):
    return Client(headers={"accept-language": language})


def said(answer):
    return html.unescape(answer.content.decode())


def cells(page):
    """Each cell without its marks, by the row and the column that name it."""
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[1:]:
        name = re.search(r'<th scope="row">(.*?)</th>', row)[1]
        for country, words in re.findall(r'<td data-label="(.*?)">(.*?)</td>', row, re.DOTALL):
            found[name, country] = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", words).split()))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_anybody_reads_what_is_sourced_and_that_the_rest_is_not_known(language):
    with CaptureQueriesContext(connection) as questions:
        answer = anybody(language).get(PAGE)
    found = list(cells(said(answer)).values())
    assert len(found) == 3 * len(FIELDS)
    dutch = found[2::3]
    assert dutch[-1].startswith("59 % belgium.md §3.3")
    assert "2024-11" in dutch[-1]
    assert set(dutch[:-1]) == {NOT_KNOWN[language]}
    assert "25" in re.search(r'class="notice">(.*?)</p>', said(answer))[1]
    assert len(questions) == 2, "the law in force, and whether all is invented"
    assert not answer.cookies.keys() - {"csrftoken"}
    assert all("INSERT" not in each["sql"] for each in questions)


def test_belgium_changes_on_its_day_when_a_change_of_the_law_is_approved(desk, monkeypatch):
    def last_days(on):
        monkeypatch.setattr(clock, "now", lambda: datetime(*on, 8, tzinfo=BRUSSELS))
        found = cells(said(anybody().get(PAGE)))
        row = "How long temporary protection lasts"
        return [found[row, each] for each in ("All member states", "Belgium", "Netherlands")]

    entered = desk("lawyer").post("/law/desk/new/", CHANGE)
    assert desk("second").post(f"{entered['Location']}approve/").status_code == 302
    before, after = last_days((2026, 11, 30)), last_days((2026, 12, 1))
    assert [each[:18] for each in before[:2]] == ["Until 4 March 2027"] * 2
    assert [each[:18] for each in after[:2]] == ["Until 4 March 2028"] * 2
    assert ACT in after[1]
    assert "as of 1 December 2026" in after[1]
    assert before[2] == after[2] == "Not known"


def test_the_page_as_a_file_holds_what_it_shows():
    answer = anybody("nl").get(FILE)
    assert answer["Content-Disposition"].startswith('attachment; filename="countries-')
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[:3] == ["lidstaat", "wat", "waarde"]
    shown = cells(said(anybody("nl").get(PAGE)))
    assert {(what, country): value for country, what, value, *_ in rows}.keys() == shown.keys()
    assert all(shown[what, country].startswith(value) for country, what, value, *_ in rows)
    (work,) = [row for row in rows if row[2] == "59 %"]
    assert work[0] == "Nederland"
    assert work[-3:] == ["2024-11", "belgium.md §3.3", "P"]


def test_the_history_of_the_law_and_the_comparison_lead_to_each_other():
    assert f'href="{PAGE}"' in said(anybody().get("/law/"))
    page = said(anybody().get(PAGE)).split("<footer")[0]
    assert 'href="/law/"' in page
    assert f'href="{FILE}"' in page
