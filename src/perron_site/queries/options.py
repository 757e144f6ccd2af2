"""Options: every route of residence law for one person, from what the records hold of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from perron.responsibility.undo import UNDO_WITHIN
from perron.rules.belgium.courses import in_each_course
from perron.rules.belgium.holding import title_now
from perron.rules.belgium.rulebook import belgium
from perron.rules.evaluate import answer
from perron.rules.facts import stated
from perron.rules.interview import Question, next_question
from perron.rules.routes import bind
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.tracks import TrackKind
from perron.vocabulary.verdicts import Finding, Verdict
from perron_site.queries.clocks import region_of
from perron_site.queries.depending import Depending, depending
from perron_site.queries.gaps import in_sight
from perron_site.queries.interview import SENSITIVE, Opening, Result, result_of
from perron_site.queries.known import ON_THE_PERSON, Known, Member, known
from perron_site.queries.law import SCENARIOS, in_force
from perron_site.queries.linemap import Holder, holder_of
from perron_site.queries.members import PersonRow, person_rows
from perron_site.queries.my_line import language_of
from perron_site.queries.paths import (
    Names,
    Path,
    Presumed,
    Turn,
    paths_of,
    presumed_of,
    turns_of,
)
from perron_site.queries.seen import Seen, seen_documents
from perron_site.records import models
from perron_site.records.statements import Statements, statements


@dataclass(frozen=True, slots=True)
class Said:
    """A fact that counts: its value, since when, who wrote it down, or the line it was read off.

    ``seen``: the document that a desk has seen for it.
    """

    name: str
    value: object
    since: date | None
    line: TrackKind | None
    by: Holder | None = None
    colleague: str = ""
    seen: Seen | None = None

    @property
    def recorded(self) -> bool:
        """Whether the record itself holds it: entered with the person, or read off a line."""
        return self.line is not None or self.name in ON_THE_PERSON


@dataclass(frozen=True, slots=True)
class Latest:
    """What the reader has just written down, what it changed, and until when it can be taken back.

    ``showed``: whether it said anew which document was seen.
    """

    line: int
    name: str
    value: object
    was_known: bool
    was: object
    showed: bool
    until: datetime
    changes: tuple[tuple[Names, Verdict, Verdict], ...]


@dataclass(frozen=True, slots=True)
class Options:
    """The whole page; ``title``: under which the person stays now, None where that is not known."""

    person: PersonRow
    household: int
    language: str
    on: date
    title: str | None
    result: Result
    paths: tuple[Path, ...]
    turns: tuple[Turn, ...]
    said: tuple[Said, ...]
    presumed: tuple[Presumed, ...]
    question: Question | None
    private: bool
    depending: tuple[Depending, ...]
    latest: Latest | None

    @property
    def facts(self) -> dict[str, object]:
        """The facts by name."""
        return {row.name: row.value for row in self.said}

    @property
    def groups(self) -> tuple[tuple[Opening, tuple[Path, ...]], ...]:
        """The routes that stand alike, as adopted."""
        return tuple(
            (each, tuple(path for path in self.paths if path.here.opening is each))
            for each in Opening
        )

    @property
    def turns_on(self) -> tuple[Names, ...]:
        """The routes that turn on the next question."""
        routes = self.question.routes if self.question else ()
        return tuple(path.names for path in self.paths if path.here.id in routes)


def options(
    number: int, by: Acting, later: Collection[str] = (), *, private: bool = False
) -> Options:
    """The page of a person in sight (NotFound).

    ``later``: facts that are left open for now. ``private``: also ask what is asked only by choice.
    """
    seen = models.Person.objects.filter(pk__in=in_sight(by.on, by.organisation))
    return page(number, seen, by.on, by, {*later, *(() if private else SENSITIVE)})


def my_options(number: int, on: date) -> Options:
    """The same for the person alone, by their link: nothing of the others of the household (NotFound)."""
    return page(number, models.Person.objects.filter(pk=number), on, None, SENSITIVE)


def page(
    number: int,
    seen: QuerySet[models.Person],
    on: date,
    by: Acting | None,
    left_open: Collection[str],
) -> Options:
    """Load the records, ask the law, and put the page together."""
    home, people = household_of(number, seen, on)
    here = next(place for place, each in enumerate(people) if each.id == number)
    held = known([member(each, home.pk) for each in people], on)
    facts = held.of(here)
    by_course = in_each_course(belgium(), facts, [in_force(on, name) for name in SCENARIOS])
    result = result_of(facts, on, by_course)
    title = title_now(stated(facts), in_force(on))
    paths = paths_of(result, by_course, facts, title, region_of(home))
    journal = statements(number)
    own = people[here]
    question = question_of(by_course, left_open)
    return Options(
        person=own,
        household=home.pk,
        language=language_of(own.languages),
        on=on,
        title=title,
        result=result,
        paths=paths,
        turns=turns_of(paths, result.scenarios),
        said=said_of(own, held, here, journal, by),
        presumed=presumed_of(paths),
        question=question,
        private=question is None and question_of(by_course, ()) is not None,
        depending=tuple(
            depending(own, each, held.of(place), paths, on)
            for place, each in enumerate(people)
            if place != here
        ),
        latest=latest_of(journal, facts, paths, by) if by else None,
    )


def household_of(
    number: int, seen: QuerySet[models.Person], on: date
) -> tuple[models.Household, tuple[PersonRow, ...]]:
    """The household of a person, and those of it who are in sight (NotFound)."""
    there = models.HouseholdMember.objects.filter(end__isnull=True)
    home = there.filter(person=number).order_by().values("household")
    members = list(
        there.filter(household__in=home, person__in=seen.order_by().values("pk"))
        .select_related("person", "household__municipality")
        .order_by("pk")
    )
    if number not in {row.person_id for row in members}:
        raise NotFound("household.not_found")
    return members[0].household, person_rows([row.person for row in members], (), on)


def question_of(
    by_course: Sequence[tuple[Finding, ...]], left_open: Collection[str]
) -> Question | None:
    """The next question of the law as adopted, else of the next course."""
    found = (next_question(each, left_open) for each in by_course)
    return next((each for each in found if each), None)


def member(person: PersonRow, household: int) -> Member:
    """A person as the mapping of the records takes one."""
    born = None if person.born is None else str(person.born)
    nationalities = None if person.nationalities is None else list(person.nationalities)
    return person.id, household, born, person.sex, nationalities


def said_of(
    person: PersonRow, held: Known, place: int, journal: Statements, by: Acting | None
) -> tuple[Said, ...]:
    """Every fact that counts, with whoever wrote it down where it was stated."""
    days = {fact.name: fact.stated_on for fact in person.facts}
    seen = {each.fact: each for each in seen_documents(person.id)}
    found = []
    for name, value in sorted(held.of(place).items()):
        off = held.lines.get(name, {}).get(place)
        line = None if off else journal.last(name)
        since = off[1] if off else None if name in ON_THE_PERSON else days.get(name)
        shown = None if off or name in ON_THE_PERSON else seen.get(name)
        wrote = writer(line, by)
        found.append(Said(name, value, since, off[2] if off else None, *wrote, shown))
    return tuple(found)


def writer(line: models.Journal | None, by: Acting | None) -> tuple[Holder | None, str]:
    """Whoever wrote a statement down; a colleague is named to the own organisation only."""
    if line is None or by is None:
        return None, ""
    ours = line.user if line.organisation_id == by.organisation else None
    return holder_of(line.organisation), ours.name if ours else ""


def latest_of(
    journal: Statements, facts: Mapping[str, object], paths: Sequence[Path], by: Acting
) -> Latest | None:
    """What this user wrote down last, while it can be taken back."""
    last = journal.lines[-1] if journal.lines else None
    if last is None or (last.user_id, last.organisation_id) != (by.user, by.organisation):
        return None
    name = str(last.details["fact"])
    if last.pk in journal.undone or by.at - last.at > UNDO_WITHIN or name not in facts:
        return None
    known, was = journal.before(last, facts[name])
    showed = journal.showed(last)
    if known and was == facts[name] and not showed:
        return None
    before = {each: value for each, value in facts.items() if each != name}
    if known:
        before[name] = was
    changes = changed(before, name, paths, by.on)
    until = last.at + UNDO_WITHIN
    return Latest(last.pk, name, facts[name], known, was, showed, until, changes)


def changed(
    before: Mapping[str, object], name: str, paths: Sequence[Path], on: date
) -> tuple[tuple[Names, Verdict, Verdict], ...]:
    """The routes whose answer, as adopted, was another before a fact was stated."""
    moment, known = in_force(on), stated(before)
    routes = {each.id: each for each in belgium().on(on)}
    found = []
    for path in paths:
        route = routes[path.here.id]
        asks = {each.partition(".")[0] for each in bind(route, moment).facts}
        if name in asks:
            was = answer(route, known, moment, belgium(), explained=False).verdict
            if was is not path.here.finding.verdict:
                found.append((path.names, was, path.here.finding.verdict))
    return tuple(found)
