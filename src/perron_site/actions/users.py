"""Let somebody sign in and act for an organisation."""

from django.db import IntegrityError, transaction

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Conflict
from perron.vocabulary.events import Event
from perron.vocabulary.organisations import OrganisationId, Role
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.settling import act


@act
def add_user(
    by: Acting,
    *,
    email: str,
    name: str,
    password: str | None,
    language: str,
    memberships: tuple[tuple[OrganisationId, Role], ...],
    staff: bool = False,
) -> int:
    """Add a user who may act for these organisations in these roles; staff may read the records too."""
    try:
        with transaction.atomic():
            user = models.User.objects.create_user(
                email,
                password,
                name=name,
                language=language,
                joined_at=by.at,
                is_staff=staff,
                is_superuser=staff,
            )
    except IntegrityError as taken:
        raise Conflict("user.email_is_taken") from taken
    models.Membership.objects.bulk_create(
        models.Membership(user=user, organisation_id=organisation, role=role)
        for organisation, role in memberships
    )
    record(by, Event.USER_ADDED, added=user.pk)
    return int(user.pk)
