"""``perron user``: an account for somebody who works with Perron."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from secrets import token_urlsafe

from perron.cli.command import Exit
from perron.vocabulary.organisations import OrganisationId, Role
from perron_site.commands.opening import load_organisations, migrate, now, open_database

ROLES = [role.value for role in Role if role is not Role.SYSTEM]


@dataclass(frozen=True, slots=True)
class User:
    """Makes the account; nobody can make their own."""

    name: str = "user"
    help: str = "make an account for a colleague"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who it is, for whom they act, and as what."""
        parser.epilog = (
            'examples:\n  perron user an@gent.be --name "An Peeters" --for "OCMW Gent" --role case_worker\n'
            '  perron user it@fedasil.be --name "Jo Claes" --for Fedasil --role dispatcher --staff'
        )
        parser.add_argument("email", help="the address with which they sign in")
        parser.add_argument("--name", required=True, help="as colleagues see it")
        parser.add_argument(
            "--for", required=True, dest="organisation", help="a few letters of the organisation"
        )
        parser.add_argument("--role", required=True, choices=ROLES, help="what they do there")
        parser.add_argument(
            "--language", default="en", choices=("nl", "fr", "de", "en", "uk", "ru")
        )
        parser.add_argument("--staff", action="store_true", help="may read the records at /admin/")

    def run(self, args: Namespace) -> int:
        """Make the account and print its first password, once."""
        migrate()
        open_database()
        from perron_site.actions.users import add_user  # noqa: PLC0415 - needs Django set up
        from perron_site.queries.directory import the_one  # noqa: PLC0415 - the same
        from perron_site.queries.organisations import the_system  # noqa: PLC0415 - the same
        from perron_site.records.context import Round, as_round  # noqa: PLC0415 - the same

        load_organisations(now())
        system = the_system(now())
        found = the_one(args.organisation, system.on)
        password = token_urlsafe(12)
        with as_round(Round.COMMAND):
            add_user(
                system,
                email=args.email,
                name=args.name,
                password=password,
                language=args.language,
                memberships=((OrganisationId(found.id), Role(args.role)),),
                staff=args.staff,
            )
        print(f"{args.email} acts for {found.name} as {args.role}.")
        print(f"The first password, shown this once: {password}")
        return Exit.DONE


command = User()
