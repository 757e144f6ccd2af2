"""For which organisations a user may act, and in which role."""

from dataclasses import dataclass

from perron.vocabulary.organisations import OrganisationId, OrganisationKind, Role
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One organisation and role that a user may choose."""

    id: int
    organisation: OrganisationId
    name: str
    kind: OrganisationKind
    role: Role


def memberships(user: int) -> tuple[MembershipRow, ...]:
    """What this user may act as, by name of the organisation."""
    rows = models.Membership.objects.filter(user=user).select_related("organisation")
    return tuple(
        MembershipRow(
            id=row.pk,
            organisation=OrganisationId(row.organisation_id),
            name=row.organisation.name,
            kind=OrganisationKind(row.organisation.kind),
            role=Role(row.role),
        )
        for row in rows.order_by("organisation__name", "pk")
    )
