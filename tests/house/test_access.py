"""Every address carries one rule; a page without one is a fault, and opens for nobody."""

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver

from perron_site.config.urls import urlpatterns
from perron_site.web.access import FOREIGN, AccessMiddleware, Door, rule_of

OPEN_TO_ALL = {
    "home", "styleguide", "accessibility", "data", "health", "robots", "language",
    "account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate",
    "account_change_password", "waiting_room", "interview", "law_changes",
    "other_countries", "other_countries_csv",
}  # fmt: skip


def views(patterns, prefix=""):
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from views(each.url_patterns, f"{prefix}{each.pattern}")
        elif isinstance(each, URLPattern):
            yield f"{prefix}{each.pattern}", each.name, each.callback


def without_rule(patterns):
    return [address for address, _, view in views(patterns) if rule_of(view) is None]


def test_every_address_carries_a_rule():
    assert without_rule(urlpatterns) == []
    assert len(list(views(urlpatterns))) > 40


def test_a_page_without_a_rule_is_caught_and_opens_for_nobody(db):
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpResponse
    from django.urls import path

    def forgotten(request):
        return HttpResponse("secret")

    forgotten.__module__ = "perron_site.web.new"
    assert without_rule([path("new/", forgotten)]) == ["new/"]
    request = RequestFactory().get("/new/")
    request.user = AnonymousUser()
    request.session = {}
    answer = AccessMiddleware(lambda _: HttpResponse()).process_view(request, forgotten, (), {})
    assert answer is not None
    assert answer.status_code == 403
    assert b"secret" not in answer.content


def test_what_is_open_to_all_is_named_here():
    found = {
        name
        for _, name, view in views(urlpatterns)
        if rule_of(view).door is Door.PUBLIC and not (name or "").startswith("mfa_")
    }
    assert found == OPEN_TO_ALL


def test_a_page_for_roles_names_them():
    assert [
        address
        for address, _, view in views(urlpatterns)
        if rule_of(view).door is Door.ROLES and not rule_of(view).roles
    ] == []


@pytest.mark.parametrize("foreign", FOREIGN, ids=lambda each: each.prefix)
def test_every_foreign_rule_is_used_and_says_why(foreign):
    modules = {getattr(view, "__module__", "") for _, _, view in views(urlpatterns)}
    assert foreign.because
    assert any(module.startswith(foreign.prefix) for module in modules)
