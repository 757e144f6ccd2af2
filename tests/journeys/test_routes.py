"""Thirteen people ask what they can do, an adviser looks with six of them: each story ends in a route or a named gap.

What they say is in spec/stories.py. The site answers on one day, so that a story says the same in every year.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import stories
from playwright.sync_api import expect
from serving import environment, free_port, until_open
from walking import DVZ

from perron.rules.reading import write_answers

HERE = Path(__file__).parent
NOW, AUTHORITY = "Open now", "An authority decides freely"
DEPENDS, CLOSED = "Depends on what is not known", "Not open"
NEVER = "As things are, no lasting route opens"
TP, ASYLUM, NINE_BIS = (
    "Temporary protection",
    "Refugee or subsidiary protection",
    "Regularisation in Belgium (9bis)",
)
PERMIT, FAMILY = "Single permit (employee)", "Family of a limited-stay holder"
FINISH = "Stay after temporary protection for compelling, health or school reasons"
HELD = (NOW, "You have this status until 4 March 2027.", "It closes after 4 March 2027.")
FEAR = (AUTHORITY, "Are you afraid of persecution or serious harm if you go back?")
ADDRESS = (AUTHORITY, "There is an address in Belgium where the person really lives")
NO_PAPER = (DEPENDS, "It depends on:Which identity document can you show?")
OVER = (CLOSED, "Not so: Temporary protection was given and is over")
ENDED = {TP: ("not open", "open", "open"), FINISH: ("cannot tell", "not open", "not open")}
"""The day after the last day of protection, as adopted, as prolonged to 2028, and as in the note."""


@dataclass(frozen=True)
class Story:
    """Who says what; ``ways``: group and words of a route; those open or with an authority are all told, with no other.

    ``today``, ``after``: the routes on which the three courses of the law differ, today and after 4 March 2027.
    """

    who: str
    said: dict
    ways: dict
    today: dict = field(default_factory=dict)
    after: dict = field(default_factory=lambda: ENDED)
    warned: str = ""


FIVE_GROUPS = (
    Story(
        "a Roma mother of five, who is asked no origin",
        stories.MOTHER_OF_FIVE,
        {TP: HELD, ASYLUM: FEAR, NINE_BIS: ADDRESS, FINISH: OVER},
    ),
    Story(
        "a child alone, until the day before eighteen",
        stories.CHILD_ALONE,
        {
            TP: HELD, ASYLUM: FEAR, NINE_BIS: ADDRESS,
            "Durable solution for an unaccompanied minor": (
                AUTHORITY, "It closes after 14 June 2028.", "Guardianship Service has assigned a guardian in Belgium",
            ),
            "Belgian nationality by declaration": (CLOSED, "At least 18 years old"),
        },
    ),
    Story(
        "a man on dialysis, while his certificate is three months old",
        stories.ON_DIALYSIS,
        {
            TP: HELD, ASYLUM: FEAR, NINE_BIS: ADDRESS,
            "Medical regularisation": (
                AUTHORITY, "It closes after 10 January 2027.", "an expired passport is accepted",
            ),
        },
    ),
    Story(
        "an Afghan with a permanent permit in Ukraine",
        stories.AFGHAN,
        {TP: (AUTHORITY, "the Immigration Office decides after an interview"), ASYLUM: FEAR, NINE_BIS: ADDRESS},
        today={TP: ("an authority decides", "cannot tell", "an authority decides")},
        after={TP: ("not open", "cannot tell", "an authority decides")},
    ),
    Story(
        "a Georgian wife of a protected Ukrainian",
        stories.GEORGIAN_WIFE,
        {
            TP: (*HELD, "Close family of somebody who is displaced from Ukraine and protected"), ASYLUM: FEAR,
            "Stay as a stateless person": (AUTHORITY, "law of 2024"),
            NINE_BIS: NO_PAPER,
        },
        after={**ENDED, "Family of somebody under temporary protection": ("not open", "cannot tell", "cannot tell")},
    ),
    Story(
        "a man who was here before the war",
        stories.HERE_BEFORE,
        {TP: (CLOSED, "lived in the European Union before 24 February 2022: another"),
            ASYLUM: FEAR, NINE_BIS: ADDRESS, PERMIT: (CLOSED, "Not so: There is a job offer")},
        after={},
    ),
)  # fmt: skip
OTHERS = (
    Story(
        "a pupil whose right ends in March, with a law unknown and a law that lets her finish",
        stories.PUPIL,
        {TP: HELD, ASYLUM: FEAR, NINE_BIS: NO_PAPER},
    ),
    Story(
        "a student in the second of three years, whose means the law does not name yet",
        stories.STUDENT,
        {
            TP: HELD, ASYLUM: FEAR, "Stay as a stateless person": (AUTHORITY, "law of 2024"),
            "Student in higher education": (
                DEPENDS, "Not known yet: The income reaches the amount for students of this school year",
                "It also depends on law that is not known yet. No answer of yours can settle that.",
            ),
            "Search year after studies": (DEPENDS, "Which diploma did you get in Belgium, and when?"),
        },
    ),
    Story(
        "a worker who leaves protection, and what he loses",
        stories.WORKER,
        {
            TP: HELD, ASYLUM: FEAR, "Stay as a stateless person": (AUTHORITY, "law of 2024"),
            PERMIT: (
                NOW, "gross wage reaches the lowest wage that the Region sets", "Work: Any work, without a permit →",
                "Recognition of a diploma: Free of charge → The normal fee (Lost)",
                "Whether there is a way back to temporary protection is not known",
            ),
        },
    ),
    Story(
        "a man who cannot renew his passport",
        stories.WITHOUT_PASSPORT,
        {
            TP: HELD, ASYLUM: FEAR, NINE_BIS: ADDRESS,
            PERMIT: (CLOSED, "Not so: The passport is valid until the contract ends"),
        },
        warned="A passport that cannot be renewed stops files for work, family and nationality",
    ),
    Story(
        "a refused applicant",
        stories.REFUSED,
        {
            TP: (CLOSED, "Not Ukrainian: a temporary Ukrainian permit does not open temporary protection in Belgium"),
            ASYLUM: FEAR, NINE_BIS: ADDRESS,
        },
        after={},
    ),
    Story(
        "a wife whose husband holds the permit",
        stories.WIFE_OF_A_WORKER,
        {
            TP: HELD, ASYLUM: FEAR, NINE_BIS: ADDRESS,
            FAMILY: (DEPENDS, "It also depends on law that is not known yet."),
        },
    ),
    Story(
        "a man who left on holiday in January 2022",
        stories.ON_HOLIDAY,
        {
            TP: (AUTHORITY, "It closes after 4 March 2027."), ASYLUM: FEAR,
            "Stay as a stateless person": (AUTHORITY, "law of 2024"),
            NINE_BIS: NO_PAPER,
        },
        today={TP: ("an authority decides", "cannot tell", "an authority decides")},
        after={TP: ("not open", "cannot tell", "an authority decides")},
    ),
)  # fmt: skip
HUSBAND = {
    **stories.UKRAINIAN, "birth_date": "1988-01-01", "tp_state": "ended",
    "stay_periods": [{"title": "tp", "from": "2022-03-20", "to": "2025-01-09", "card": "A"},
                     {"title": "single_permit", "from": "2025-01-10", "to": "2027-01-09", "card": "A"}],
}  # fmt: skip
HOUSEHOLDS = (
    {"Nadiia Uchnivska": stories.PUPIL},
    {"Oleh Studentenko": stories.STUDENT},
    {"Taras Robotiuk": stories.WORKER},
    {"Ivan Pasportenko": stories.WITHOUT_PASSPORT},
    {"Chidi Vidmova": stories.REFUSED},
    {"Marta Podruzhzhia": stories.WIFE_OF_A_WORKER, "Roman Podruzhzhia": HUSBAND},
)
RESULT = """() => {
  const said = e => e.textContent.replace(/\\s+/g, ' ').trim();
  return {
    ways: Object.fromEntries([...document.querySelectorAll('main article.finding:not(#return *)')].map(way =>
      [said(way.querySelector('h3')), [said(way.closest('section').querySelector('h2')), said(way)]])),
    courses: [...document.querySelectorAll('#courses ~ h3')].map(day => Object.fromEntries(
      [...day.nextElementSibling.querySelectorAll('tbody tr')].map(row => {
        const [name, ...courses] = [...row.cells].map(said); return [name, courses]; }))),
    all: said(document.querySelector('main')),
  };
}"""


@pytest.fixture(scope="module")
def dated(site):
    """The site once more, on the day of ``on_a_day``."""
    port = free_port()
    words = ("gunicorn", "on_a_day", "--bind", f"127.0.0.1:{port}", "--threads", "4")
    here = ("--no-control-socket", "--pythonpath", str(HERE))
    log = site.home / "dated.log"
    with log.open("w") as out:
        line = [sys.executable, "-m", *words, *here]
        program = subprocess.Popen(line, env=environment(site.home), stdout=out, stderr=out)
        try:
            until_open(f"http://127.0.0.1:{port}", program, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            program.terminate()
            program.wait(timeout=60)


@pytest.fixture(scope="module")
def page(browser, dated):
    """One page in English; nobody is signed in."""
    context = browser.new_context(base_url=dated, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("told", [*FIVE_GROUPS, *OTHERS], ids=lambda told: told.who)
def test_who_takes_the_file_of_what_they_said_along_is_told(page, told):
    mine = {
        "name": "mine.yaml",
        "mimeType": "text/yaml",
        "buffer": write_answers(told.said).encode(),
    }
    page.goto("/what-can-i-do/")
    page.locator("input[type=file]").set_input_files(mine)
    page.get_by_role("button", name="Go on with this file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your ways")
    found = page.evaluate(RESULT)
    for name, (group, *words) in told.ways.items():
        assert found["ways"][name][0] == group, name
        assert [each for each in words if each not in found["ways"][name][1]] == [], name
    for group in (NOW, "Open later", AUTHORITY):
        here = {name for name, (where, _) in found["ways"].items() if where == group}
        assert here == {name for name, (where, *_) in told.ways.items() if where == group}
    today, after = ({name: tuple(row) for name, row in each.items()} for each in found["courses"])
    assert (today, after) == (told.today, told.after)
    assert NEVER in found["all"]
    assert told.warned in found["all"]


@pytest.fixture(scope="module")
def adviser(browser, dated, site, signed_in):
    """``adviser("Taras Robotiuk")`` is the page of that person's options, at the desk that registered them."""
    line = [sys.executable, HERE / "registering.py", json.dumps(HOUSEHOLDS)]
    ran = subprocess.run(
        line, env=environment(site.home), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    numbers = dict(line.split("|") for line in ran.stdout.splitlines())
    context = browser.new_context(base_url=dated, locale="en-GB")
    page = context.new_page()
    signed_in(page, DVZ)

    def options_of(name):
        page.goto(f"/people/{numbers[name]}/options/")
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Options of {name}")
        return page

    yield options_of
    context.close()


def course(page, way, place=0):
    """A way of the table in a course of the law: as adopted, as prolonged to 2028, or as in the note."""
    return page.locator(f"#way-{way} > td").nth(place)


def turns(page):
    """Each day on which something opens or closes, as it is said."""
    rows = page.locator("section[aria-labelledby=turns] li").all_text_contents()
    return [" ".join(row.split()) for row in rows]


def move(page, way):
    """What changes with a way: what, now, then and how, without the sources."""
    rows = course(page, way).locator("table tbody tr")
    return rows.evaluate_all(
        "rows => Object.fromEntries(rows.map(row => [...row.cells].map(cell => cell.firstChild.textContent || "
        "cell.textContent.trim())).map(([what, ...said]) => [what, said]))"
    )


PROLONGED = "Prolonged to 4 March 2028 with a narrower scope"
IN_THREE_COURSES = [
    "4 March 2027 · Temporary protection: last day · As adopted",
    "20 March 2027 · Unlimited stay (B card): opens · The note's proposal",
    f"4 March 2028 · Temporary protection: last day · {PROLONGED}, The note's proposal",
    "4 March 2028 · Unlimited stay (B card): last day · The note's proposal",
    f"5 March 2028 · {FINISH}: opens · The note's proposal",
]
"""Nothing lasting opens as adopted; in the note's course five years under protection do open it."""


def test_pupil_and_student_lose_their_right_before_they_finish_and_the_note_lets_the_pupil_finish(
    adviser,
):
    page = adviser("Oleh Studentenko")
    expect(course(page, "student")).to_contain_text(
        "The income reaches the amount for students of this school year"
    )
    expect(course(page, "student")).to_contain_text(
        "law that is not known yet. No answer of yours can settle that."
    )
    assert turns(adviser("Nadiia Uchnivska")) == IN_THREE_COURSES
    expect(page.locator("main")).to_contain_text(f"{NEVER}.")
    rows = {}
    for law in ("adopted", "prolonged-2028", "note"):
        page.goto(f"/my-people/ahead/?list=studying&scenario={law}")
        for name in ("Nadiia Uchnivska", "Oleh Studentenko"):
            row = page.locator("tr", has=page.get_by_role("link", name=name)).locator("td")
            rows[name, law] = tuple(row.all_text_contents())
    unknown = "Not known whether they can finish"
    assert rows == {
        ("Nadiia Uchnivska", "adopted"): ("4 March 2027", "30 June 2027", unknown),
        ("Nadiia Uchnivska", "prolonged-2028"): ("4 March 2028", "30 June 2028", unknown),
        ("Nadiia Uchnivska", "note"): (
            "4 March 2028",
            "30 June 2028",
            "An authority may let them finish",
        ),
        ("Oleh Studentenko", "adopted"): ("4 March 2027", "30 June 2028", unknown),
        ("Oleh Studentenko", "prolonged-2028"): ("4 March 2028", "30 June 2028", unknown),
        ("Oleh Studentenko", "note"): ("4 March 2028", "30 June 2028", unknown),
    }


def test_a_worker_sees_what_he_loses_that_protection_ends_and_that_no_way_back_is_known(adviser):
    page = adviser("Taras Robotiuk")
    permit = course(page, "single_permit")
    expect(permit).to_contain_text("Yes, the conditions are met")
    told = move(page, "single_permit")
    assert told["Work"] == [
        "Any work, without a permit",
        "Only for this employer and in this Region",
        "Lost",
    ]
    assert told["Recognition of a diploma"] == ["Free of charge", "The normal fee", "Lost"]
    assert told["Civic integration course"] == ["Not known", "Not known", "Not known"]
    expect(permit).to_contain_text("Temporary protection ends with it.")
    expect(permit).to_contain_text(
        "Whether there is a way back to temporary protection is not known: no rule was found."
    )
    expect(permit).to_contain_text("employer files through Working in Belgium, since 30-12-2022")
    assert turns(page) == IN_THREE_COURSES


def test_seven_months_away_break_the_years_and_what_protection_says_of_it_is_not_known(adviser):
    page = adviser("Taras Robotiuk")
    for name, day in (("left_on", ("10", "1", "2027")), ("back_on", ("10", "8", "2027"))):
        for part, value in zip(("d", "m", "y"), day, strict=True):
            field = page.locator(f"#away [name='away.{name}.{part}']")
            field.select_option(value) if part == "m" else field.fill(value)
    page.get_by_role("button", name="What would happen?").click()
    expect(page.locator("#away tbody tr")).to_have_count(4)
    rows = page.locator("#away tbody tr").evaluate_all(
        "rows => rows.map(row => [row.cells[0].textContent, row.cells[2].textContent, row.cells[3].textContent])"
    )
    assert rows == [
        ["EU long-term resident", "kept", "broken"],
        ["EU long-term resident", "kept", "kept"],
        ["Belgian nationality by declaration", "kept", "broken"],
        ["Belgian nationality by declaration", "kept", "kept"],
    ]
    away = page.locator("#away")
    expect(away).to_contain_text("How many days may one be away? Unknown")
    expect(away).to_contain_text("4 March 2027 · Temporary protection: last day · As adopted")
    page.get_by_role("link", name="Write earlier absences down").click()
    expect(page.locator("#asked")).to_have_text("Which periods were you outside Belgium?")
    assert "2027" not in page.url


def test_a_man_without_a_passport_is_warned_and_shown_what_stays_open(adviser):
    page = adviser("Ivan Pasportenko")
    warning = page.locator(".notice.gapped")
    expect(warning).to_contain_text(
        "A passport that cannot be renewed stops files for work, family and nationality"
    )
    expect(warning.locator(".source")).to_contain_text("belgium.md §2.4 Verified")
    expect(course(page, "single_permit")).to_contain_text(
        "Not so: The passport is valid until the contract ends"
    )
    expect(course(page, "humanitarian_9bis")).to_contain_text("A person at the authority decides")
    assert turns(page) == IN_THREE_COURSES


def test_a_refused_man_is_told_why_what_stays_open_and_that_no_day_can_be_named(adviser):
    page = adviser("Chidi Vidmova")
    refused = course(page, "tp")
    expect(refused).to_contain_text(
        "Not Ukrainian: a temporary Ukrainian permit does not open temporary protection in Belgium"
    )
    expect(refused).to_contain_text("30 days. It does not stop the refusal by itself.")
    for place in (1, 2):
        expect(course(page, "tp", place)).to_contain_text("The same as adopted")
    for way in ("international_protection", "humanitarian_9bis"):
        expect(course(page, way)).to_contain_text("A person at the authority decides")
    assert turns(page) == []
    expect(
        page.get_by_text("No day can be named yet on which something opens or closes.")
    ).to_be_visible()


def test_a_wife_hangs_on_her_husbands_permit_and_his_page_says_what_his_moves_do_to_her(adviser):
    page = adviser("Marta Podruzhzhia")
    family = course(page, "family_tcn_limited")
    expect(family).to_contain_text("Cannot tell yet")
    expect(family).to_contain_text("law that is not known yet")
    page = adviser("Roman Podruzhzhia")
    assert turns(page)[0] == "9 January 2027 · Single permit (employee): last day"
    her = page.locator("section[aria-labelledby=depending] article", has_text="Marta Podruzhzhia")
    closes = "Family of a limited-stay holder: not known yet → no"
    for way in ("Regularisation in Belgium (9bis)", "Medical regularisation", "Self-employed"):
        expect(her.locator("li", has_text=way).first).to_contain_text(closes)
    expect(her.locator("li", has_text="EU Blue Card")).to_contain_text("changes no answer")
