"""The command ``perron``: finds its commands, runs one, and says plainly what went wrong."""

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points, version
from importlib.util import find_spec
from itertools import pairwise

from perron.cli.command import Command, Exit
from perron.messages.texts import say
from perron.vocabulary.errors import BadFile, PerronError

GROUP = "perron.commands"
LANGUAGES = ("nl", "fr", "de", "en", "uk", "ru")
OF_THE_SITE = (
    "ahead", "user", "serve", "demo", "day", "gaps", "export", "import", "matrix", "erasures", "retain", "paper",
    "training",
)  # fmt: skip
DATABASE_ERRORS = {"OperationalError", "InterfaceError"}
STOPPED = 130
INSTALL = 'pip install "perron[site]"'
EXAMPLES = """\
examples:
  perron responsibility check
  perron rules parameters --name valid_to --on 2026-11-23
  perron gaps
  perron serve --demo

Every command explains itself: perron COMMAND --help
Ends with 0 (done), 1 (bad news), 2 (bad input) or 3 (the surroundings failed)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return how it ended; see ``Exit``."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    found = {point.name: point for point in entry_points(group=GROUP)}
    word = next((item for item in words if not item.startswith("-")), None)
    commands, missing = load(found, word)
    absent = word in OF_THE_SITE and word not in found and find_spec("django") is None
    if word in missing or absent:
        print(f"perron {word} needs the site. Install it: {INSTALL}", file=sys.stderr)
        return Exit.SURROUNDINGS
    spoken = language(words)
    return run(parser_of(commands).parse_args(words, Namespace(language=spoken)), spoken)


def load(found: dict[str, EntryPoint], word: str | None) -> tuple[dict[str, Command], set[str]]:
    """Load the command that is asked for, or all; without the site its commands are missing."""
    commands: dict[str, Command] = {}
    missing = set()
    for name in [word] if word in found else sorted(found):
        try:
            commands[name] = found[name].load()
        except ModuleNotFoundError:
            if name not in OF_THE_SITE:
                raise
            missing.add(name)
    return commands, missing


def parser_of(commands: dict[str, Command]) -> ArgumentParser:
    """Build the parser over these commands."""
    parser = ArgumentParser(
        prog="perron",
        description="Reception of displaced people, from the first night to a lasting home.",
        epilog=EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"perron {version('perron')}")
    inside = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, command in sorted(commands.items()):
        sub = inside.add_parser(
            name,
            help=command.help,
            description=command.help,
            formatter_class=RawDescriptionHelpFormatter,
        )
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return parser


def language(words: Sequence[str]) -> str:
    """The language for what goes wrong: ``--lang``, else LANG, else English."""
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    asked.append(os.environ.get("LC_ALL") or os.environ.get("LANG", ""))
    return next((item[:2].lower() for item in asked if item[:2].lower() in LANGUAGES), "en")


def run(args: Namespace, spoken: str) -> int:
    """Run the chosen command; whatever ends it early is told in one plain line a fault."""
    try:
        ended = int(args.run(args))
        sys.stdout.flush()
    except BadFile as bad:
        for fault in bad.faults:
            place = f"{fault.file}:{fault.line}:{fault.column}"
            print(f"{place}: {say(fault.message, spoken)}", file=sys.stderr)
        return Exit.BAD_INPUT
    except PerronError as error:
        print(f"perron: {say(error.message, spoken)}", file=sys.stderr)
        return Exit.BAD_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:
        if not isinstance(error, OSError) and not of_the_database(error):
            raise
        print(f"perron: {plainly(error)}", file=sys.stderr)
        return Exit.SURROUNDINGS
    return ended


def of_the_database(error: Exception) -> bool:
    """Whether the database could not be reached; its drivers are no part of the core."""
    return bool(DATABASE_ERRORS & {kind.__name__ for kind in type(error).__mro__})


def plainly(error: Exception) -> str:
    """What the surroundings refused, with the file where there is one."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(str(error).split()) or type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
