"""Who acts in the demonstration: a user for each desk, some of whom can sign in."""

from dataclasses import dataclass, field
from datetime import datetime

from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import PURPOSE_OF, OrganisationId, OrganisationKind, Role
from perron_site.actions.users import add_user
from perron_site.commands.demonstration.dice import tables
from perron_site.commands.demonstration.places import desk
from perron_site.queries.organisations import names


@dataclass(slots=True)
class Desks:
    """The users by organisation and role; a desk that is not listed gets one without a password."""

    system: Acting
    users: dict[tuple[OrganisationId, Role], int] = field(default_factory=dict)
    found: dict[tuple[str, str], OrganisationId] = field(default_factory=dict)

    def of(self, kind: OrganisationKind, where: str = "") -> OrganisationId:
        """The organisation of this kind there, looked up once."""
        if (kind, where) not in self.found:
            self.found[kind, where] = desk(kind, where)
        return self.found[kind, where]

    def acting(self, organisation: OrganisationId, role: Role, at: datetime) -> Acting:
        """Somebody of this desk at this moment."""
        if (organisation, role) not in self.users:
            self.users[organisation, role] = add_user(
                self.system,
                email=f"{role.value}-{organisation}@perron.demo",
                name=names()[organisation],
                password=None,
                language="en",
                memberships=((organisation, role),),
            )
        return Acting(
            user=self.users[organisation, role],
            organisation=organisation,
            role=role,
            purpose=PURPOSE_OF[role],
            at=at,
        )


def addresses() -> tuple[str, ...]:
    """The e-mail addresses with which one can sign in."""
    return tuple(user["email"] for user in tables()["users"])


def seat_users(system: Acting, password: str) -> Desks:
    """Add the users who can sign in, all with this password."""
    desks = Desks(system)
    for listed in tables()["users"]:
        memberships = tuple((desk(kind, where), Role(role)) for kind, where, role in listed["for"])
        user = add_user(
            system,
            email=listed["email"],
            name=listed["name"],
            password=password,
            language=listed["language"],
            memberships=memberships,
        )
        desks.users |= dict.fromkeys(memberships, user)
    return desks
