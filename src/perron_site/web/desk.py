"""Arrivals: search first, then a household in one page; a bed is asked for before anything about status."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from perron.vocabulary.organisations import Role
from perron.vocabulary.people import Need
from perron.vocabulary.sought import sought
from perron_site.actions.households import correct_person, end_need, register_household, set_need
from perron_site.actions.searches import look_elsewhere, look_for_doubles
from perron_site.queries import arrivals as waiting
from perron_site.queries.household import household
from perron_site.queries.members import PersonRow
from perron_site.queries.person import person
from perron_site.queries.twice import likely_now, pairs
from perron_site.records.reads import Page, note_read
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.forms.housing import read_situation
from perron_site.web.forms.people import People, PersonForm
from perron_site.web.squares import square

CORRECT = (Role.REGISTRAR, Role.CASE_WORKER, Role.HOUSING_OFFICER, Role.DISPATCHER)
MOST = 10
LAST = "registered"
"""In the session: the number of the household that was registered last."""
A_MONTH = timedelta(days=31)


@for_roles(Role.REGISTRAR)
@require_safe
def arrivals(request: DeskRequest) -> HttpResponse:
    """The search, and who arrived today."""
    words = request.GET.get("q", "").strip()
    context = {
        "words": words,
        "found": waiting.search(request.acting, words) if words else (),
        "elsewhere": look_elsewhere(request.acting, words=words) if words else (),
        "looked_elsewhere": sought(words).names_one_person,
        "today": waiting.today(request.acting),
        "likely": likely_now(),
    }
    return render(request, "arrivals.html", context)


@for_roles(Role.REGISTRAR)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: DeskRequest) -> HttpResponse:
    """Register people who stay together; "Add a person" keeps what was typed."""
    if request.method != "POST":
        return form_page(request, People(), roof="")
    roof = request.POST.get("roof", "")
    if "add" in request.POST:
        return form_page(request, one_more(request), roof=roof)
    people, came = People(request.POST), came_on(request)
    if not people.is_valid() or roof not in {"yes", "no"} or came is None:
        return form_page(
            request,
            people,
            roof=roof,
            missing_roof=roof not in {"yes", "no"},
            wrong_day=came is None,
        )
    number = register_household(
        request.acting,
        people=people.people(),  # type: ignore[attr-defined]  # the factory hides our formset
        arrived_on=came,
        roof=roof == "yes",
        lived=read_situation(request.POST.get("lived", "")),
    )
    messages.success(request, gettext("Registered as H-%(number)s.") % {"number": number})
    request.session[LAST] = number
    return redirect("slip", number=number)


def came_on(request: DeskRequest) -> date | None:
    """The day on which a slip was written; today where it is left open, None for no day of the last month."""
    given, today = request.POST.get("arrived_on", "").strip(), request.acting.on
    if not given:
        return today
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if today - A_MONTH <= day <= today else None


def one_more(request: HttpRequest) -> "People":  # type: ignore[valid-type]  # made by a factory
    """The same form with a row more, and nothing checked yet."""
    data = request.POST.copy()
    count = min(int(data.get("form-TOTAL_FORMS", "1") or 1) + 1, MOST)
    fields = list(PersonForm.base_fields)
    initial = [
        {
            name: (data.getlist if name in {"needs", "languages"} else data.get)(
                f"form-{row}-{name}"
            )
            for name in fields
        }
        for row in range(count)
    ]
    return People(initial=initial)


def form_page(
    request: HttpRequest,
    people: object,
    *,
    roof: str,
    missing_roof: bool = False,
    wrong_day: bool = False,
) -> HttpResponse:
    """The page of the form; with faults it answers 422 and lists them at the top."""
    faults = missing_roof or bool(getattr(people, "is_bound", False))
    arrived = request.POST.get("arrived_on", "")
    context = {"people": people, "roof": roof, "missing_roof": missing_roof, "faults": faults}
    context |= {"arrived": arrived, "wrong_day": arrived if wrong_day else ""}
    context["lived"] = request.POST.get("lived", "")
    return render(request, "register_household.html", context, status=422 if faults else 200)


@for_roles(Role.REGISTRAR)
@require_safe
def slip(request: DeskRequest, number: int) -> HttpResponse:
    """What the household takes along on paper; on the screen beside it, who may be registered twice.

    Of the household that was registered last, others are asked too.
    """
    by, home = request.acting, household(number, request.acting)
    note_read(by, home.numbers, Page.HOUSEHOLD)
    new = request.session.get(LAST) == number
    context = {
        "home": home,
        "picture": square(request.build_absolute_uri(reverse("household", args=[number]))),
        "pairs": pairs(home.numbers),
        "elsewhere": look_for_doubles(by, person_ids=home.numbers) if new else (),
    }
    return render(request, "slip.html", context)


@for_roles(*CORRECT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: DeskRequest, number: int) -> HttpResponse:
    """Correct what was entered; the old value is kept."""
    home, row = person(number, request.acting)
    form = PersonForm(request.POST or None, initial=typed(row))
    form.fields.pop("needs")
    if request.method == "POST" and form.is_valid():
        form.cleaned_data["needs"] = []
        changed = correct_person(request.acting, person_id=number, changes=form.changes())
        messages.success(
            request, gettext("Corrected.") if changed else gettext("Nothing was different.")
        )
        return redirect("household", number=home)
    note_read(request.acting, [number], Page.PERSON)
    return render(request, "correct_person.html", {"form": form, "person": row, "home": home})


def typed(row: PersonRow) -> dict[str, object]:
    """What stands in the form before anything is corrected."""
    return {
        "given_name": row.given_name,
        "family_name": row.family_name,
        "given_name_cyrillic": row.given_name_cyrillic,
        "family_name_cyrillic": row.family_name_cyrillic,
        "born": str(row.born) if row.born else "",
        "sex": row.sex.value if row.sex else "",
        "languages": list(row.languages),
        "telephone": row.telephone,
        "email": row.email,
        "nationalities": " ".join(row.nationalities or ()),
    }


@for_roles(*CORRECT)
@require_http_methods(["POST"])
def change_need(request: DeskRequest, number: int) -> HttpResponse:
    """Add or end one need of a person."""
    home, row = person(number, request.acting)
    wanted = request.POST.get("need", "")
    known = {need.value: need for need in Need}
    if wanted in known:
        act = end_need if known[wanted] in row.needs else set_need
        act(request.acting, person_id=number, need=known[wanted])
    return redirect("household", number=home)


urlpatterns = [
    path("arrivals/", arrivals, name="arrivals"),
    path("arrivals/new/", register, name="register_household"),
    path("arrivals/<int:number>/slip/", slip, name="slip"),
    path("people/<int:number>/correct/", correct, name="correct_person"),
    path("people/<int:number>/need/", change_need, name="change_need"),
]
