"""What the commands say: as one JSON document for programs, as a few lines for people."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from perron.cli.command import Exit, in_json
from perron.messages.texts import say
from perron.responsibility.net import Gap
from perron.vocabulary.intervals import day_in_brussels, tonight
from perron.vocabulary.organisations import OrganisationId
from perron_site.actions.day import DayReport, run_day
from perron_site.queries.gaps import gaps
from perron_site.queries.organisations import names, the_system
from perron_site.records.context import Round, as_round

Names = Mapping[OrganisationId, str]
Row = dict[str, object]


def tell_day(now: datetime, on: date | None, *, dry_run: bool, as_json: bool) -> int:
    """Do the round of the day and say what it did."""
    by = the_system(now)
    with as_round(Round.DAY):
        report = run_day(by, on=on or by.on, dry_run=dry_run)
    if as_json:
        print(in_json(day_as_json(report, names(), dry_run=dry_run)))
    else:
        print(day_as_text(report, names(), dry_run=dry_run))
    return Exit.DONE


def tell_gaps(now: datetime, on: date | None, *, fail: bool, as_json: bool) -> int:
    """List the gaps of the day, the oldest first; with ``fail`` a gap is bad news."""
    with as_round(Round.COUNT):
        found = gaps(on or day_in_brussels(now), night=on or tonight(now))
    print(in_json(gaps_as_json(found, names())) if as_json else gaps_as_text(found, names()))
    return Exit.BAD_NEWS if found and fail else Exit.DONE


def gaps_as_json(found: Sequence[Gap], known: Names) -> list[Row]:
    """One record a gap, as the contracts of the command line name its keys."""
    return [
        {
            "household": f"H-{gap.household}",
            "person": f"P-{gap.person}",
            "track": gap.track.value,
            "kind": gap.kind.value,
            "since": gap.since.isoformat(),
            "responsible": known[gap.responsible],
            "responsible_id": str(gap.responsible),
            "days_open": gap.days_open,
        }
        for gap in found
    ]


def gaps_as_text(found: Sequence[Gap], known: Names) -> str:
    """One line a gap, after a line that counts them."""
    people, households = {gap.person for gap in found}, {gap.household for gap in found}
    lines = [f"{len(found)} gaps, of {len(people)} people in {len(households)} households"]
    lines += [
        f"H-{gap.household:<6} P-{gap.person:<6} {gap.since}  {gap.days_open:>3} days  "
        f"{known[gap.responsible]}: {say(gap.message, 'en')}"
        for gap in found
    ]
    return "\n".join(lines)


def day_as_json(report: DayReport, known: Names, *, dry_run: bool) -> Row:
    """Build the whole report as one document."""
    return {
        "on": report.on.isoformat(),
        "dry_run": dry_run,
        "done_before": report.done_before,
        "proposals": report.proposals,
        "notices": report.notices,
        "escalated": report.escalated,
        "overdue": [
            {
                "handover": str(late.handover),
                "household": f"H-{late.household}",
                "giver": known[late.giver],
                "receiver": known[late.receiver],
                "due_on": late.due_on.isoformat(),
                "days_late": late.days_late,
            }
            for late in report.overdue
        ],
        "gaps": gaps_as_json(report.gaps, known),
    }


def day_as_text(report: DayReport, known: Names, *, dry_run: bool) -> str:
    """Say in a few lines what was done and what is open."""
    head = f"Round of {report.on}"
    if dry_run:
        head += ", nothing is kept"
    elif report.done_before:
        head += ", done before: only what came in since"
    lines = [
        head,
        f"  roofs proposed for tonight  {report.proposals:>5}",
        f"  notices written             {report.notices:>5}",
        f"  late answers brought on     {report.escalated:>5}",
        f"  answers that are late       {len(report.overdue):>5}",
        f"  gaps in the net             {len(report.gaps):>5}",
    ]
    lines += [
        f"  late {late.days_late:>3} days: H-{late.household}, from {known[late.giver]} "
        f"to {known[late.receiver]}"
        for late in report.overdue
    ]
    return "\n".join(lines)
