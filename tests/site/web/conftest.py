"""Pages through Django's client, on the real database, at the clock of the tests."""

import builders
import pytest
from django.test import Client

from perron.vocabulary.organisations import OrganisationKind, Role
from perron_site.actions.users import add_user
from perron_site.queries.organisations import organisation, the_system
from perron_site.web import clock

DESKS = {
    "registrar": (OrganisationKind.DVZ, Role.REGISTRAR, None),
    "dispatcher": (OrganisationKind.FEDASIL, Role.DISPATCHER, None),
    "coordinator": (OrganisationKind.FEDASIL, Role.COORDINATOR, None),
    "gent": (OrganisationKind.MUNICIPALITY, Role.HOUSING_OFFICER, builders.GENT),
    "mechelen": (OrganisationKind.MUNICIPALITY, Role.HOUSING_OFFICER, builders.MECHELEN),
    "supervisor": (OrganisationKind.OCMW, Role.SUPERVISOR, builders.MECHELEN),
    "lawyer": (OrganisationKind.DVZ, Role.LAWYER, None),
    "second": (OrganisationKind.CGVS, Role.LAWYER, None),
    "ocmw_gent": (OrganisationKind.OCMW, Role.CASE_WORKER, builders.GENT),
}


@pytest.fixture(autouse=True)
def at_the_clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: builders.NOW)


@pytest.fixture
def desk(db):
    """``desk("gent")`` is a client signed in at that desk; errors are pages, not exceptions."""

    def sign_in(name):
        kind, role, town = DESKS[name]
        user = add_user(
            the_system(builders.NOW),
            email=f"{name}@example.org",
            name=name,
            password=None,
            language="en",
            memberships=((organisation(kind, town), role),),
        )
        from django.contrib.auth import get_user_model

        client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        client.force_login(
            get_user_model().objects.get(pk=user),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    return sign_in
