"""Register people, open their lines, take them up, and bring them on: the twin of households, tracks and lines."""

from collections.abc import Collection, Iterable
from datetime import date

from perron.responsibility.matrix import adopted, due_on, duty, first_step
from perron.responsibility.openings import meant
from perron.responsibility.rows import Duty
from perron.rules.law import protection_end
from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron.vocabulary.people import Member, PersonId
from perron.vocabulary.territory import Municipality
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.households import NewPerson
from perron_site.actions.ledger.book import Book
from perron_site.actions.ledger.nouns import Group, Line, Page, Someone
from perron_site.records.bulkload import as_json
from perron_site.records.law import law_in_force
from perron_site.records.models import SightReason
from perron_site.records.sight import AFTERWARDS


def register(
    book: Book,
    by: Acting,
    people: Iterable[NewPerson],
    town: Municipality | None,
    *,
    arrived_on: date,
    roof: bool,
) -> Group:
    """Register people who stay together; a roof is asked for when needed."""
    group = Group(book.households.number(), [], arrived_on, town)
    book.groups.append(group)
    for new in people:
        number = book.persons.number()
        person = Someone(number, new, Member(PersonId(number), new.born, new.sex), group)
        book.see(by.organisation, person, SightReason.REGISTERED, by.on + AFTERWARDS)
        book.members.put(group.id, number, group.arrived_on)
        group.people.append(person)
    book.record(by, Event.HOUSEHOLD_REGISTERED, group, size=len(group.people))
    for person in group.people:
        book.record(by, Event.PERSON_ADDED, group, person)
        for need in sorted(person.new.needs):
            book.needs.put(person.id, need, by.on)
            book.record(by, Event.NEED_SET, group, person, need=need)
    for person in group.people:
        open_line(book, by, person, first_step(TrackKind.PROTECTION))
    if roof:
        ask_for_roof(book, by, group)
    return group


def ask_for_roof(book: Book, by: Acting, group: Group) -> None:
    """Ask for a roof from tonight on; nobody of a household that registers has a roof line yet."""
    number = book.requests.number()
    group.asked = (number, by.at, by.tonight)
    for person in group.people:
        open_line(book, by, person, first_step(TrackKind.ROOF))
    night = by.tonight.isoformat()
    book.record(by, Event.ROOF_ASKED, group, night=night, request=number)


def state_fact(book: Book, by: Acting, person: Someone, name: str, value: object) -> None:
    """Write down what a person says, for the first time."""
    book.facts.put(person.id, name, as_json(value), by.on, "")
    book.record(by, Event.FACT_STATED, person.group, person, fact=name)


def duty_of(group: Group, line: Line, step: Step, on: date) -> Duty:
    """What the matrix on which the line runs says of a step."""
    return duty(line.kind, step, group.region, on, line.matrix)


def open_line(book: Book, by: Acting, person: Someone, step: Step) -> None:
    """Open a line at a step with the default holder, who sees the person but has not said yes."""
    kind, group = TrackKind(step.value.partition(".")[0]), person.group
    here = duty(kind, step, group.region, by.on)
    holder = book.holder(here.organisation, group.town)
    page = Page(book.pages.number(), step, holder, taken_up=False, start=by.on)
    line = Line(
        book.tracks.number(), kind, step, by.on, due_on(here, by.on), holder, by.on, here.version, page
    )  # fmt: skip
    person.lines.append(line)
    book.see(holder, person, SightReason.RESPONSIBLE)
    book.record(by, Event.TRACK_OPENED, group, person, track=line.id, kind=kind, step=step)
    open_next(book, by, person, here)


def open_next(book: Book, by: Acting, person: Someone, here: Duty) -> None:
    """Open what the matrix opens at this step, for this person, unless there was such a line before."""
    if not here.opens:
        return
    people = [each.member for each in person.group.present]
    end = protection_end(by.on, changes=law_in_force(by.on)).value
    last = end if isinstance(end, date) else None
    had = {
        line.kind
        for line in person.lines
        if line.closed_on is None or duty_of(person.group, line, line.step, by.on).closing
    }
    for opening in here.opens:
        if opening.line not in had and meant(opening, person.member, people, by.on, last):
            open_line(book, by, person, first_step(opening.line))


def stand(book: Book, by: Acting, person: Someone, line: Line, step: Step) -> None:
    """Bring a line to a step. Whoever said yes, offers or ends it keeps the baton; else the matrix names the holder."""
    group = person.group
    here = duty_of(group, line, step, by.on)
    was, before = line.step, line.holder
    if line.taken_up_at is None and not line.offered and not here.closing:
        line.holder = book.holder(here.organisation, group.town)
        book.see(line.holder, person, SightReason.RESPONSIBLE)
    line.step, line.since, line.due_on = step, by.on, due_on(here, by.on)
    if here.closing:
        if line.offered:
            raise NotImplementedError("a line that is offered ends")
        line.closed_on = by.on
    if line.closed_on is not None or line.holder != before:
        book.let_go(by, before, person)
    turn_page(book, by, line)
    book.record(by, Event.TRACK_STEP_SET, group, person, track=line.id, step=step, was=was)
    open_next(book, by, person, here)


def turn_page(book: Book, by: Acting, line: Line) -> None:
    """Close the current row of the history and begin the next one."""
    book.put_page(line, by.on)
    taken_up = line.taken_up_at is not None
    line.page = Page(book.pages.number(), line.step, line.holder, taken_up, by.on)
    if line.closed_on is not None:
        book.put_page(line, line.closed_on)


def take(book: Book, by: Acting, person: Someone, line: Line, holder: int) -> None:
    """Let an organisation say yes to a line: from now on it holds the baton."""
    line.holder, line.taken_up_at = holder, by.at
    book.see(holder, person, SightReason.RESPONSIBLE)
    turn_page(book, by, line)


def take_up(book: Book, by: Acting, group: Group, kind: TrackKind) -> None:
    """The holder that the matrix names says yes to the lines of this kind, one after the other."""
    for person, line in held(by, group, kind):
        take(book, by, person, line, by.organisation)
        book.record(by, Event.TRACK_TAKEN_UP, group, person, track=line.id)


def set_step(book: Book, by: Acting, group: Group, step: Step) -> None:
    """Bring the lines of this kind to a step, one after the other."""
    for person, line in held(by, group, TrackKind(step.value.partition(".")[0])):
        stand(book, by, person, line, step)


def held(by: Acting, group: Group, kind: TrackKind) -> Collection[tuple[Someone, Line]]:
    """The open lines of this kind, which whoever acts must hold."""
    found = [(each, line) for each in group.people if (line := each.open_line(kind)) is not None]
    if any(line.holder != by.organisation for _, line in found):
        raise ValueError(f"{by.organisation} does not hold every {kind} line of H-{group.id}")
    return found


def settle(book: Book, by: Acting, group: Group, town: Municipality) -> None:
    """The household lives there now, and nowhere before: the matrix names anew who holds what nobody took up."""
    group.town = town
    loose = [
        (line.id, line, each)
        for each in group.people
        for line in each.lines
        if line.closed_on is None and line.taken_up_at is None and not line.offered
    ]
    for _, line, person in sorted(loose, key=lambda row: row[0]):
        was = line.holder
        line.holder = book.holder(duty_of(group, line, line.step, by.on).organisation, group.town)
        if line.holder != was:
            book.see(line.holder, person, SightReason.RESPONSIBLE)
            book.let_go(by, was, person)
            turn_page(book, by, line)
    book.record(by, Event.HOUSEHOLD_SETTLED, group, municipality=town.nis)


def open_what_is_due(book: Book, by: Acting) -> None:
    """Open the lines that open some days before the protection ends, for whom the day has come."""
    for row in adopted().rows:
        for opening in row.opens:
            if opening.days_before_end:
                open_at(book, by, row.step, opening.line)


def open_at(book: Book, by: Acting, step: Step, kind: TrackKind) -> None:
    """Open what is due for everybody who stands at a step and never had such a line."""
    there = [
        (line.id, line, person)
        for group in book.groups
        for person in group.people
        for line in person.lines
        if line.step is step and line.closed_on is None
        if all(each.kind is not kind for each in person.lines)
    ]
    for _, line, person in sorted(there, key=lambda row: row[0]):
        open_next(book, by, person, duty_of(person.group, line, step, by.on))
