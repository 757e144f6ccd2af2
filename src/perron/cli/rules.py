"""``perron rules``: what the law says, for one person, for many, and about itself."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass

from perron.cli.audit import add_audit
from perron.cli.options import add_options
from perron.cli.parameters import add_parameters
from perron.cli.population import add_compare, add_population

EXAMPLES = """\
examples:
  perron rules options person.yaml --on 2026-11-23
  perron rules population people.csv --from 2026-12 --months 24 --out counts.csv
  perron rules compare people.csv --scenario adopted --scenario note
  perron rules audit
  perron rules parameters --name valid_to"""


@dataclass(frozen=True, slots=True)
class Rules:
    """The law, asked."""

    name: str = "rules"
    help: str = (
        "what the law says: for one person, for many, and its dated values with their sources"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is asked of the law."""
        parser.epilog = EXAMPLES
        inside = parser.add_subparsers(metavar="WHAT", required=True)
        for add in (add_options, add_population, add_compare, add_audit, add_parameters):
            add(inside)

    def run(self, args: Namespace) -> int:
        """Answer."""
        return int(args.answer(args))


command = Rules()
