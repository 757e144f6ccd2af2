"""Who may open a page: each view carries one rule, and a view without one opens for nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from perron.vocabulary.organisations import Role
from perron_site.web import errors

View = TypeVar("View", bound=Callable[..., HttpResponse])


class Door(StrEnum):
    """How a page is opened."""

    PUBLIC = "public"
    BY_LINK = "by_link"
    SIGNED_IN = "signed_in"
    ROLES = "roles"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of a view; ``roles`` only where the door asks for one."""

    door: Door
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Foreign:
    """Views that others wrote and that cannot carry a rule: what holds for them, and why."""

    prefix: str
    rule: Rule
    because: str


FOREIGN = (
    Foreign("allauth.", Rule(Door.PUBLIC), "allauth guards its own pages, sign-in first of all"),
    Foreign("django.contrib.admin.", Rule(Door.STAFF), "read-only, for staff, behind our sign-in"),
    Foreign(
        "django.contrib.contenttypes.", Rule(Door.STAFF), "the admin's way from a row to its page"
    ),
    Foreign(
        "django.views.generic.base", Rule(Door.STAFF), "the admin's own redirects; we have none"
    ),
    Foreign("django.views.i18n", Rule(Door.PUBLIC), "a language is chosen before anybody signs in"),
)


def _ruled(rule: Rule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.__dict__["access"] = rule
        return view

    return mark


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Open for users who act in one of these roles."""
    return _ruled(Rule(Door.ROLES, frozenset(roles)))


def public(view: View) -> View:
    """Open for anybody."""
    return _ruled(Rule(Door.PUBLIC))(view)


def by_link(view: View) -> View:
    """Open for whoever holds the personal link; the view itself looks the token up."""
    return _ruled(Rule(Door.BY_LINK))(view)


def signed_in(view: View) -> View:
    """Open for any user, whatever their role."""
    return _ruled(Rule(Door.SIGNED_IN))(view)


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule of a view: its own, or that of the foreign room it comes from."""
    own: Rule | None = getattr(view, "access", None)
    if own is not None:
        return own
    module = getattr(view, "__module__", "")
    return next((foreign.rule for foreign in FOREIGN if module.startswith(foreign.prefix)), None)


class AccessMiddleware:
    """Asks the rule of each view before the view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],  # noqa: ARG002 - Django's signature
        kwargs: dict[str, object],  # noqa: ARG002 - Django's signature
    ) -> HttpResponse | None:
        """None lets the view run; anything else is the answer."""
        rule = rule_of(view)
        if rule is None:
            return errors.forbidden(request)
        if rule.door in {Door.PUBLIC, Door.BY_LINK}:
            return None
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if rule.door is Door.STAFF:
            return None if request.user.is_staff else errors.forbidden(request)
        return None if rule.door is Door.SIGNED_IN else refusal(request, rule.roles)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in first; afterwards the page comes that was asked for, but no act is repeated."""
    there = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("home")
    return redirect_to_login(there)


def refusal(request: HttpRequest, roles: frozenset[Role]) -> HttpResponse | None:
    """None for these roles; otherwise a choice of roles, or a page that says what to do."""
    acting = request.__dict__["acting"]
    if acting is None:
        there = request.get_full_path() if request.method == "GET" else reverse("home")
        return redirect(f"{reverse('act_for')}?{urlencode({'next': there})}")
    return None if acting.role in roles else errors.foreign_role(request, roles)
