"""Take the values of a person out of every table; ids, codes and the days of acts stay. See ``retention.COLUMNS``."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, Greatest

from perron.vocabulary.events import Event
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.questions import QuestionState
from perron.vocabulary.representation import RepresentationEnd
from perron_site.records import models

GONE = "–"
"""What stands in place of a text that a rule of the database wants."""


def blank(person: models.Person, at: datetime) -> None:
    """Blank everything about this person, also the words about their households that may name them."""
    memberships = models.HouseholdMember.objects.filter(person=person)
    homes = list(memberships.order_by("pk").values_list("household", flat=True))
    handovers = models.Handover.objects.filter(household__in=homes)
    blank_words(handovers, ("why", "without_consent_because", "decline_text", "consent_words"))
    blank_words(models.Escalation.objects.filter(handover__in=handovers), ("advice",))
    blank_words(models.Contact.objects.filter(household__in=homes), ("note",))
    blank_words(models.Glass.objects.filter(household__in=homes), ("why",))
    blank_words(models.Promise.objects.filter(contact__household__in=homes), ("text",))
    proposals = models.Proposal.objects.filter(household__in=homes)
    proposals.update(reasons=[])
    blank_words(proposals, ("despite",))
    models.Revision.objects.filter(person=person).update(old=None, new=None)
    about = Q(journal__household__in=homes) | Q(journal__person=person)
    models.Moved.objects.filter(about).delete()
    hiding = models.SafeMode.objects.filter(person=person)
    blank_words(hiding, ("from_whom", "why", "ended_why"))
    said = models.TwoPeople.objects.filter(Q(person=person) | Q(other=person))
    blank_words(said, ("why",))
    said.filter(ended_at__isnull=True).update(ended_at=at)
    blank_questions(person, at)
    blank_representation(person, day_in_brussels(at))
    models.Notice.objects.filter(person=person).update(params={})
    blank_links(models.PersonalLink.objects.filter(person=person), at)
    for rows in (models.Need, models.Fact, models.Sight, models.Reference):
        rows.objects.filter(person=person).delete()
    models.WaitingFile.objects.all().delete()  # whoever is in it cannot be told; it is sent in again
    memberships.filter(end__isnull=True).update(end=day_in_brussels(at))
    models.Person.objects.filter(pk=person.pk).update(
        given_name=GONE, family_name="", given_name_cyrillic="", family_name_cyrillic="",
        born=None, sex=None, nationalities=None, languages=[], telephone="", email="",
        presence_until=None,
    )  # fmt: skip
    blank_homes(homes, person)


def blank_representation(person: models.Person, on: date) -> None:
    """Who acted for whom ends and stays as numbers and days; whoever is erased acts for nobody any more."""
    rows = models.Representation.objects.filter(Q(person=person) | Q(holder=person))
    blank_words(rows, ("name", "paper", "said_by"))
    rows.filter(end__isnull=True).update(
        end=Greatest(F("start"), Value(on)), end_because=RepresentationEnd.GONE
    )


def blank_questions(person: models.Person, at: datetime) -> None:
    """What was asked and answered in writing goes; nobody waits for an answer any more."""
    rows = models.Question.objects.filter(person=person)
    rows.filter(state=QuestionState.OPEN).update(state=QuestionState.WITHDRAWN, settled_at=at)
    blank_words(rows, ("name", "words", "answer"))
    rows.update(born="")


def blank_words(rows: QuerySet[Model], columns: Iterable[str]) -> None:
    """Take away free texts; an empty one stays empty, so that the rules about them still hold."""
    for column in columns:
        rows.exclude(**{column: ""}).update(**{column: GONE})


def blank_links(rows: QuerySet[models.PersonalLink], at: datetime) -> None:
    """End links for ever: nothing is left that a token could be compared with."""
    rows.update(
        digest=Concat(Value("blanked "), Cast(F("pk"), CharField())),
        ended_at=Coalesce(F("ended_at"), Value(at)),
    )


def blank_homes(homes: Iterable[int], last: models.Person) -> None:
    """Forget where a household lived, once nobody in it is known any more."""
    erased = models.Journal.objects.filter(event=Event.PERSON_ERASED, person__isnull=False)
    known = models.HouseholdMember.objects.exclude(person__in=erased.values("person"))
    empty = models.Household.objects.filter(pk__in=homes)
    empty.exclude(pk__in=known.exclude(person=last).values("household")).update(municipality=None)
