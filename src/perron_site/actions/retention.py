"""The retention run: what is past its term goes, whoever might be is counted, and a dated line says so."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from perron.rules.law import parameter
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron_site.records import models
from perron_site.records.blanking import blank_links
from perron_site.records.journal import record
from perron_site.records.moving import forget_moves
from perron_site.records.reads import forget_reads
from perron_site.records.settling import act


@dataclass(frozen=True, slots=True)
class RetentionReport:
    """How many notices and links were blanked, and how many people a person must look at.

    And how many rights to look, looks, checks of hosts, unanswered files and questions were forgotten.
    """

    notices: int
    links: int
    sights: int
    reads: int
    checks: int
    files: int
    questions: int
    people: int


@act
def run_retention(by: Acting, *, on: date, dry_run: bool = False) -> RetentionReport:
    """Do what the terms of the day ask for; twice on a day does nothing twice. A dry run keeps nothing.

    Nobody is erased by it: while the term of a person's file is not known (mark U), people are only counted.
    """
    if on > by.on and not dry_run:
        raise Refused("day.lies_in_the_future", day=on)
    notices = models.Notice.objects.filter(blank_on__lte=on).exclude(params={}).update(params={})
    links = models.PersonalLink.objects.filter(expires_on__lt=on)
    links = links.exclude(digest__startswith="blanked ")
    ended = links.count()
    blank_links(links, by.at)
    kept = timedelta(days=parameter("keeping.sight_after_end", on).value)
    sights, _ = models.Sight.objects.filter(until__lt=on - kept).delete()
    reads = forget_reads(by.at)
    forget_moves(by.at)
    checks, _ = past_host_checks(on).delete()
    unanswered = timedelta(days=parameter("keeping.waiting_file", on).value)
    files, _ = models.WaitingFile.objects.filter(at__lt=by.at - unanswered).delete()
    asked = timedelta(days=parameter("keeping.questions", on).value)
    questions, _ = models.Question.objects.filter(asked_at__lt=by.at - asked).delete()
    people = without_a_line(on).count()
    report = RetentionReport(notices, ended, sights, reads, checks, files, questions, people)
    if notices or ended or sights or reads or checks or files or questions:
        record(by, Event.RETENTION_DONE, on=on.isoformat(), **asdict(report))
    transaction.set_rollback(dry_run)
    return report


def past_host_checks(on: date) -> QuerySet[models.HostCheck]:
    """Checks of sites where nobody has stayed for the term, and that are older; not a no that keeps units closed."""
    last = on - timedelta(days=parameter("keeping.host_check_after_placement", on).value)
    stays = models.Stay.objects.filter(unit__site=OuterRef("site"))
    lately = stays.filter(Q(end__isnull=True) | Q(end__gt=last))
    old = models.HostCheck.objects.filter(on__lt=last, withdrew=[])
    return old.exclude(Exists(lately))


def without_a_line(on: date) -> QuerySet[models.Person]:
    """People whose every line has ended, and longer ago than the term where one is known; not those erased."""
    term = parameter("keeping.person_after_last_line", on).value
    erased = models.Journal.objects.filter(event=Event.PERSON_ERASED, person__isnull=False)
    people = models.Person.objects.exclude(pk__in=erased.values("person"))
    people = people.annotate(last=Max("track__closed_on"))
    people = people.filter(last__lte=on - timedelta(days=term or 0))
    return people.exclude(Q(track__closed_on__isnull=True))
