"""Two households that become one, and two records of one person that become one: what goes along, what ends."""

from perron.responsibility.presence import of_one
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.people import Presence
from perron.vocabulary.tracks import HandoverState
from perron_site.records import models
from perron_site.records.context import Round, as_round
from perron_site.records.lines import end_line, let_go, name_anew, settle, take_offer_back
from perron_site.records.passing import passages
from perron_site.records.regrouping import HELD, join, nights_part, part_offers
from perron_site.records.representation import named_for_one
from perron_site.records.sight import see
from perron_site.records.twice import two_people_of_one


def hiding(people: list[int]) -> list[bool | None]:
    """For each of these people in safe mode and each other one: whether they hide from them. None: not known."""
    rows = models.SafeMode.objects.filter(person__in=people, until__isnull=True).order_by("pk")
    safe = {row.person_id: row.along_with_id or row.person_id for row in rows}
    lived = models.HouseholdMember.objects.filter(
        person__in=people, household__in=[row.from_household_id for row in rows]
    )
    mates = set(lived.order_by("pk").values_list("person_id", "household_id"))
    return [
        True
        if other in row.from_people
        or (not row.from_people and (other, row.from_household_id) in mates)
        else (None if row.from_household_id is None or row.from_whom else False)
        for row in rows
        for other in people
        if other != row.person_id and safe.get(other) != safe[row.person_id]
    ]


def join_households(by: Acting, home: models.Household, other: models.Household) -> list[int]:
    """Let everybody of the other household belong to this one; who sleeps where does not change. Who came."""
    there = models.HouseholdMember.objects.filter(household=other, end__isnull=True)
    people = list(there.order_by("person_id").values_list("person_id", flat=True))
    join(by, home, people)
    models.Stay.objects.filter(household=other, state__in=HELD).update(household=home)
    models.Handover.objects.filter(household=other, state=HandoverState.OFFERED).update(
        household=home
    )
    leave_nothing(by, home, other)
    if home.municipality is None and other.municipality is not None:
        settle(by, home, other.municipality)
    elif home.municipality is not None:
        for each in passages(home, by.on):
            if not each.asked:
                name_anew(by, home, each.track)
    return people


def leave_nothing(by: Acting, home: models.Household, other: models.Household) -> None:
    """The other household is empty: what it asked for is asked for here, and no proposal is for the right people."""
    models.Proposal.objects.filter(
        household__in=(home, other), state=models.ProposalState.OPEN
    ).update(state=models.ProposalState.LAPSED, decided_at=by.at)
    asked = models.RoofRequest.objects.filter(state=models.RequestState.OPEN)
    theirs = asked.filter(household=other)
    if asked.filter(household=home).exists():
        theirs.update(state=models.RequestState.WITHDRAWN, answered_at=by.at)
    else:
        theirs.update(household=home)


def one_person(
    by: Acting, home: models.Household, person: int, other: models.Household, double: int
) -> list[int]:
    """Let everything of a second record belong to the first one. The lines that ended: one of each kind goes on."""
    presence_of_one(person, double)
    nights_of_one(by, home, person, other, double)
    ended = lines_of_one(by, person, double)
    if other.pk != home.pk:
        part_offers(by, other, home, [double])
    models.HouseholdMember.objects.filter(person=double, end__isnull=True).update(end=by.on)
    if not models.HouseholdMember.objects.filter(household=other, end__isnull=True).exists():
        leave_nothing(by, home, other)
    models.Track.objects.filter(person=double).update(person=person)
    named_for_one(by, person, double)
    file_of_one(by, person, double)
    sight_of_one(by, person, double)
    for line in ended:
        let_go(by, line.responsible_id, person)
    return [line.pk for line in ended]


def presence_of_one(person: int, double: int) -> None:
    """Where they are, with since when and until when, as the record says that knows it."""
    rows = models.Person.objects.select_for_update().in_bulk([person, double])
    first, second = rows[person], rows[double]
    now = of_one(Presence(first.presence), Presence(second.presence))
    if now is None:
        raise Refused("moving.one_record_says_died")
    if now != first.presence:
        first.presence = now
        first.presence_since, first.presence_until = second.presence_since, second.presence_until
        first.save(update_fields=["presence", "presence_since", "presence_until"])


def nights_of_one(
    by: Acting, home: models.Household, person: int, other: models.Household, double: int
) -> None:
    """The nights of both, where no night is there twice."""
    rows = models.BedNight.objects.filter(person=double)
    for row in rows.order_by("pk"):
        if models.BedNight.objects.filter(person=person, nights__overlap=row.nights).exists():
            raise Refused("moving.sleeps_in_two_places")
    if other.pk != home.pk:
        held = models.Stay.objects.filter(household=other, state__in=HELD).select_related("unit")
        for stay in held.order_by("pk"):
            nights_part(by, stay, home, [double], keeps=True)
    rows.update(person=person)


def lines_of_one(by: Acting, person: int, double: int) -> list[models.Track]:
    """Where both have an open line of a kind, the one that somebody took up goes on; the other one ends."""
    rows = models.Track.objects.select_for_update().filter(closed_on__isnull=True)
    lines = list(rows.filter(person__in=(person, double)).order_by("pk"))
    theirs = {line.kind: line for line in lines if line.person_id == double}
    ended = []
    for mine in (line for line in lines if line.person_id == person and line.kind in theirs):
        twin = theirs[mine.kind]
        goes = mine if mine.taken_up_at is None and twin.taken_up_at is not None else twin
        take_offer_back(by, goes)
        end_line(by, goes)
        ended.append(goes)
    return ended


def file_of_one(by: Acting, person: int, double: int) -> None:
    """What was stated, needed and written goes along where the first record has nothing; links end."""
    with as_round(Round.COMMAND):  # also what this desk may not read
        carry_over(person, double)
        two_people_of_one(by, person, double)
    models.PersonalLink.objects.filter(person=double, ended_at__isnull=True).update(ended_at=by.at)


def carry_over(person: int, double: int) -> None:
    """The rows of the double belong to the first record."""
    stated = models.Fact.objects.filter(person=person).order_by().values("name")
    models.Fact.objects.filter(person=double).exclude(
        name__in=list(stated.values_list("name", flat=True))
    ).update(person=person)
    needs = models.Need.objects.filter(person=person, end__isnull=True).order_by()
    known = list(needs.values_list("need", flat=True))
    models.Need.objects.filter(person=double).exclude(need__in=known).update(person=person)
    models.Contact.objects.filter(person=double).update(person=person)
    models.Promise.objects.filter(person=double).update(person=person)
    models.Notice.objects.filter(person=double).update(person=person)
    models.Reference.objects.filter(person=double).update(person=person)
    models.Question.objects.filter(person=double).update(person=person)


def sight_of_one(by: Acting, person: int, double: int) -> None:
    """Whoever saw the second record sees the first one, as long; the second one is seen until tonight."""
    rows = models.Sight.objects.filter(person=person).order_by("pk")
    until = {(row.organisation_id, row.why): row.until for row in rows}
    for row in models.Sight.objects.filter(person=double).order_by("pk"):
        last = until.get((row.organisation_id, row.why), by.on)
        if last is not None and (row.until is None or row.until > last):
            see(row.organisation_id, [person], models.SightReason(row.why), row.until)
        if row.until is None or row.until > by.on:
            row.until = by.on
            row.save(update_fields=["until"])
