"""``perron import``: data from files of desks, or everything that an export wrote."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perron.cli.command import Exit, in_json
from perron.files.fingerprint import Relation
from perron.messages.texts import say
from perron.vocabulary.acting import Acting
from perron.vocabulary.files import FileKind
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.organisations import OrganisationId
from perron_site.commands.opening import migrate, now, open_as_owner, open_database
from perron_site.commands.progress import working_on

if TYPE_CHECKING:
    from perron_site.queries.files import ChangeRow, FilePreview

ALL, SHOWN = "all", 50
ABOUT = """\
arrivals, people, places, organisations: a CSV or XLSX file of a desk, with Dutch, French, German or English
headers. It is read whole: with one fault nothing is written, every fault is named by row and column, and
--marked gives the file back with the faults in it. --dry-run says row by row what is new, what changes from
what to what, and what the file does not name any more (that stays); it writes nothing. --for says for which
organisation, by a few letters of its name: people and arrivals go to the registration desk, places to Fedasil
when it is left out.

all: a folder that `perron export all` wrote, into an empty database of the same version. Everything or
nothing: one transaction, every rule of the database checked, every fault named as FILE:LINE:CELL.
Accounts come without passwords: give each a new one before they can sign in.

examples:
  perron import arrivals lijst.xlsx --dry-run
  perron import people people.csv --for "OCMW Gent" --marked people-faults.csv
  perron import places places.csv --json
  perron import all /var/backups/perron-2026-11-25"""


@dataclass(frozen=True, slots=True)
class Import:
    """Files of desks, and everything that an export wrote."""

    name: str = "import"
    help: str = (
        "take in arrivals, people, places or organisations from a file, or all that an export wrote"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is imported, and from where."""
        parser.epilog = ABOUT
        parser.add_argument("what", choices=[ALL, *FileKind], help="what the file is about")
        parser.add_argument("path", type=Path, metavar="FILE", help="the file; for all: the folder")
        parser.add_argument("--for", dest="organisation", help="a few letters of the organisation")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what it would do, write nothing"
        )
        parser.add_argument(
            "--marked", type=Path, metavar="FILE", help="where the file with its faults goes"
        )
        parser.add_argument("--json", action="store_true", help="one JSON document as the answer")

    def run(self, args: Namespace) -> int:
        """Take it in and say how much it was."""
        if args.what == ALL:
            return everything(args)
        open_database()
        return one_file(args)


def everything(args: Namespace) -> int:
    """Take in what an export wrote."""
    migrate()
    open_as_owner()
    from perron_site.records.restoring import restore  # noqa: PLC0415 - needs Django set up

    rows = restore(args.path, working_on, day_in_brussels(now()))
    working_on("")
    print(in_json({"rows": rows}) if args.json else f"{rows} rows are in the database.")
    return Exit.DONE


def one_file(args: Namespace) -> int:
    """Take in the file of a desk, or name every fault."""
    from perron_site.actions.files import drop_file, import_file, receive_file  # noqa: PLC0415 - needs Django set up
    from perron_site.queries.files import file_preview, marked_file  # noqa: PLC0415 - the same
    from perron_site.records.context import as_organisation  # noqa: PLC0415 - the same

    by, kind = sender(args), FileKind(args.what)
    data = args.path.read_bytes()
    with as_organisation(by):
        number = receive_file(by, name=args.path.name, kind=kind, data=data)
        preview = file_preview(by, number)
        again = preview.recognised.relation in {Relation.SAME_FILE, Relation.SAME_CONTENT}
        undecided = preview.reading.faults or (preview.unclear and not again)
        if args.marked is not None and preview.reading.faults:
            args.marked.write_bytes(marked_file(by, number, args.language)[1])
        if undecided or args.dry_run:
            drop_file(by, file_id=number)
            told = would(preview, args.language)
        else:
            done = import_file(by, file_id=number)
            told = {
                "file": done.file,
                "added": done.added,
                "changed": done.changed,
                "same": done.same,
            }
    print(in_json(told) if args.json else in_words(told))
    if preview.reading.faults:
        return Exit.BAD_INPUT
    return Exit.BAD_NEWS if preview.unclear else Exit.DONE


def sender(args: Namespace) -> Acting:
    """For whom the file is taken in."""
    from perron_site.queries.directory import the_one  # noqa: PLC0415 - needs Django set up
    from perron_site.queries.organisations import takes_in, the_system  # noqa: PLC0415 - the same

    system = the_system(now())
    if args.organisation is None:
        return replace(system, organisation=takes_in(FileKind(args.what)))
    return replace(system, organisation=OrganisationId(the_one(args.organisation, system.on).id))


def would(preview: "FilePreview", language: str) -> dict[str, object]:
    """What a file would do, or why it cannot: the faults and the unclear rows, each with its row and column."""
    reading = preview.reading
    faults = [
        {
            "row": one.row,
            "column": one.column,
            "header": one.header,
            "message": say(one.message, language),
        }
        for one in reading.faults
    ]
    unclear = [
        {"row": row.change.row, "message": say(row.change.message, language),
         "candidates": list(row.change.candidates)}
        for row in preview.unclear
    ]  # fmt: skip
    counts = {kind.value: many for kind, many in preview.counts.items()}
    left_out = preview.no_longer
    return {
        "rows": reading.understood.rows, "faults": faults, "unclear": unclear, "would": counts,
        "changes": [explained(row, language) for row in preview.told],
        "not_named": {"rows": left_out.rows, "names": list(left_out.names)},
        "follows": preview.recognised.earlier,
    }  # fmt: skip


def explained(row: "ChangeRow", language: str) -> dict[str, object]:
    """What a row would change, and what it says that stays as it is."""
    return {
        "row": row.change.row, "name": row.name, "does": row.change.kind.value,
        "message": say(row.change.message, language),
        "fields": [
            {"field": each.field, "old": simple(each.old), "new": simple(each.new)}
            for each in row.change.fields
        ],
        "stays": [
            {"field": each.field, "old": simple(each.old), "new": simple(each.new),
             "because": say(each.because, language)}
            for each in row.change.left
        ],
    }  # fmt: skip


def simple(value: object) -> object:
    """A value as JSON has it: numbers, yes and no, lists, else its text."""
    if isinstance(value, tuple | frozenset):
        return sorted(str(each) for each in value)
    return value if value is None or isinstance(value, bool | int) else str(value)


def in_words(told: dict[str, Any]) -> str:
    """The answer as sentences."""
    if "added" in told:
        counts = f"New: {told['added']}, changed: {told['changed']}, as they were: {told['same']}."
        return f"Taken in as file {told['file']}. {counts}"
    lines = [f"{told['rows']} rows read. Nothing was written."]
    for name in ("faults", "unclear"):
        lines += first(list(map(place_in_words, told[name])))
    if not told["faults"]:
        lines.append(f"It would do: {told['would']}")
        lines += first([line for each in told["changes"] for line in change_in_words(each)])
        lines += first([f"  not named, stays: {name}" for name in told["not_named"]["names"]])
        if told["not_named"]["rows"]:
            lines.append(
                f"  {told['not_named']['rows']} rows of the earlier file are not in this one"
            )
    return "\n".join(lines)


def first(lines: list[str]) -> list[str]:
    """The first lines, and how many more there are."""
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], f"  and {more} more; --json names all"] if more > 0 else lines


def place_in_words(each: dict[str, Any]) -> str:
    """A fault, or what is unclear, with its row and column."""
    where = f"row {each['row']}" if each["row"] else "the file"
    column = f", column {each['column']} {each['header']}" if each.get("column") else ""
    return f"  {where}{column}: {each['message']}"


def change_in_words(each: dict[str, Any]) -> list[str]:
    """A row, then a line for each field: what is known and what the file says."""
    lines = [f"  row {each['row']}, {each['name']}: {each['message']}"]
    lines += [f"    {one['field']}: {one['old']} -> {one['new']}" for one in each["fields"]]
    lines += [
        f"    {one['field']} stays {one['old']}, the file says {one['new']}: {one['because']}"
        for one in each["stays"]
    ]
    return lines


command = Import()
