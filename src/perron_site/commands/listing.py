"""What ``perron ahead`` prints: each list of what lies ahead as rows, as CSV or as one JSON document."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import datetime

from perron.cli.command import Exit, in_json
from perron.files.table import Cell, table
from perron.rules.belgium.ahead import Lasting, endings, lasting, reached
from perron.rules.belgium.pending import pending
from perron.rules.belgium.studying import studying
from perron.rules.moments import Moment
from perron.vocabulary.housing import suppressed
from perron.vocabulary.intervals import day_in_brussels
from perron_site.queries.population import Population, population
from perron_site.records.context import Round, as_round
from perron_site.records.law import law_in_force

Row = dict[str, Cell]


def tell_ahead(now: datetime, args: Namespace) -> int:
    """Print one list over the whole database."""
    today = day_in_brussels(now)
    with as_round(Round.COMMAND):
        moment = Moment(args.on or today, args.scenario, changes=law_in_force(today))
        whole = population(moment.on)
    rows = [{"scenario": moment.scenario, **row} for row in ROWS[args.list](whole, moment, args)]
    if args.json:
        print(in_json(rows))
    else:
        columns = ("scenario", *COLUMNS[args.list])
        print(table(columns, ([row[name] for name in columns] for row in rows)), end="")
    return Exit.DONE


def who(whole: Population, place: int) -> Row:
    """Somebody by their numbers."""
    return {"household": f"H-{whole.households[place]}", "person": f"P-{whole.persons[place]}"}


def ending_rows(whole: Population, moment: Moment, args: Namespace) -> Iterator[Row]:
    """Whose right ends within the days."""
    for each in endings(whole.people, moment, args.days):
        counts = {"open": each.open, "authority": each.authority, "unknown": each.unknown}
        yield {**who(whole, each.person), "until": each.until.isoformat(), **counts}


def studying_rows(whole: Population, moment: Moment, _args: Namespace) -> Iterator[Row]:
    """Whose right ends before school or studies do."""
    found = studying(whole.people, moment, at_school=whole.at_school)
    for kind, those in (("pupil", found.pupils), ("student", found.students)):
        for each in those:
            days = {"until": each.until.isoformat(), "ends": each.ends.isoformat()}
            yield {**who(whole, each.person), "kind": kind, **days, "next": each.next.value}


def pending_rows(whole: Population, moment: Moment, _args: Namespace) -> Iterator[Row]:
    """The files of those who cannot have temporary protection, then the others."""
    found = pending(whole.people, moment)
    for each in (*found.first, *found.apart):
        age: Row = {"lodged_on": each.lodged.isoformat(), "months": each.months}
        yield {**who(whole, each.person), **age, "protection": each.eligible.value}


def five_years_rows(whole: Population, moment: Moment, _args: Namespace) -> Iterator[Row]:
    """Each month; small numbers stay empty."""
    found = reached(whole.people, moment)
    names = [f"{day:%Y-%m}" for day in found.months]
    strict, broad = (
        suppressed(dict(zip(names, counts, strict=True)))[0]
        for counts in (found.strict, found.broad)
    )
    for name in names:
        yield {"month": name, "strict": strict[name], "broad": broad[name]}


def lasting_rows(whole: Population, moment: Moment, _args: Namespace) -> Iterator[Row]:
    """Each reason; small numbers stay empty."""
    found = lasting(whole.people, moment)
    counts, _ = suppressed({each.value: found.count(each) for each in Lasting})
    for name, size in counts.items():
        yield {"lasting": name, "people": size}


ROWS: dict[str, Callable[[Population, Moment, Namespace], Iterator[Row]]] = {
    "ending": ending_rows,
    "studying": studying_rows,
    "pending": pending_rows,
    "five-years": five_years_rows,
    "lasting": lasting_rows,
}

WHO = ("household", "person")
COLUMNS: dict[str, tuple[str, ...]] = {
    "ending": (*WHO, "until", "open", "authority", "unknown"),
    "studying": (*WHO, "kind", "until", "ends", "next"),
    "pending": (*WHO, "lodged_on", "months", "protection"),
    "five-years": ("month", "strict", "broad"),
    "lasting": ("lasting", "people"),
}
