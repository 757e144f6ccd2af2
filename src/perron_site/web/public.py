"""Pages that belong to no desk: the first page, for whom one acts, how we work, health."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import set_language

from perron.vocabulary.organisations import Role
from perron_site.queries.health import health as how_it_is
from perron_site.web import clock, styleguide
from perron_site.web.access import public, signed_in
from perron_site.web.acting import SESSION_KEY
from perron_site.web.context import FIRST_ROOM
from perron_site.web.practice import training_address

FOR_WHOM = (
    (
        Role.REGISTRAR,
        gettext_lazy("Registers who arrives, and asks for a bed first of all."),
    ),
    (Role.DISPATCHER, gettext_lazy("Finds each household a bed for tonight.")),
    (Role.HOUSING_OFFICER, gettext_lazy("Keeps the places, and finds a home that fits.")),
    (Role.CASE_WORKER, gettext_lazy("Sees gaps first, and takes or hands over the baton.")),
    (Role.COORDINATOR, gettext_lazy("Sees how many people have nobody today.")),
    (Role.SUPERVISOR, gettext_lazy("Opens a household in an emergency, only to read.")),
    (Role.LAWYER, gettext_lazy("Enters what changes in the law; a second person approves it.")),
)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """For a stranger, what this is; for everybody else the first room of their desk."""
    if not request.user.is_authenticated:
        return render(request, "home.html", {"for_whom": FOR_WHOM})
    membership = request.__dict__["membership"]
    return redirect(FIRST_ROOM.get(membership.role, "account") if membership else "act_for")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose the organisation and the role; only one's own can be chosen."""
    there = inside(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST":
        own = {str(row.id): row.id for row in request.__dict__["memberships"]}
        if (number := own.get(request.POST.get("membership", ""))) is not None:
            request.session[SESSION_KEY] = number
            return redirect(there)
    return render(
        request, "act_for.html", {"choices": request.__dict__["memberships"], "there": there}
    )


def inside(request: HttpRequest, address: str) -> str:
    """The address if it is one of ours, else that of the first page."""
    ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else reverse("home")


@signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, how they sign in, and the way out."""
    choices, address = request.__dict__["memberships"], training_address(request)
    return render(request, "account.html", {"choices": choices, "training": address})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement and the way to complain."""
    return render(request, "accessibility.html", {"contact": settings.CONTACT})


@public
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """How personal data is handled."""
    return render(request, "data.html", {"contact": settings.CONTACT})


@public
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """Yes or no to what a watchdog asks, without details; 503 when pages cannot be served."""
    now = how_it_is(clock.now())
    answer = {"database": now.database, "migrations": now.migrations, "worker": now.worker}
    return JsonResponse({"well": now.well, **answer}, status=200 if now.well else 503)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """No page belongs in a search engine."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


urlpatterns = [
    path("", home, name="home"),
    path("act-for/", act_for, name="act_for"),
    path("account/", account, name="account"),
    path("account/", include("perron_site.web.sign_in")),
    path("language/", set_language, name="language"),
    path("styleguide/", styleguide.page, name="styleguide"),
    path("accessibility/", accessibility, name="accessibility"),
    path("data/", data, name="data"),
    path("health", health, name="health"),
    path("robots.txt", robots, name="robots"),
]
