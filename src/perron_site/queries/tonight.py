"""Tonight: who has no roof, which bed is proposed and why, and what is free. No status and no nationality is loaded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from perron.matching.best import alike, best
from perron.matching.fit import Fit
from perron.matching.plan import tier
from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import Interval, age
from perron.vocabulary.intervals import tonight as night_of
from perron.vocabulary.people import Household, Need
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.wording import Message, from_data
from perron_site.queries.gaps import in_sight
from perron_site.records import facts, models

STALE = timedelta(hours=24)
OTHERS, SITES = 8, 20
"""So many other beds are shown for each household, and so many sites with free beds."""
LAST_NIGHT = timedelta(days=2)
"""What was decided longer ago is not of this night."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit with what speaks for or against it; ``possible``: it only lacks something that is needed."""

    unit: int
    name: str
    telephone: str
    fits: bool
    possible: bool
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A household that asks for a roof, with the bed that is proposed; ``choices``: None while nobody asks."""

    id: int
    ages: tuple[int | None, ...]
    needs: tuple[Need, ...]
    asked_at: datetime
    proposal: int | None
    bed: str
    reasons: tuple[Message, ...]
    confirmed_at: datetime | None
    choices: tuple[Choice, ...] | None

    @property
    def possible(self) -> tuple[Choice, ...]:
        """The beds that a person may choose, with a reason."""
        return tuple(choice for choice in self.choices or () if choice.possible)

    @property
    def size(self) -> int:
        """Number of people."""
        return len(self.ages)


@dataclass(frozen=True, slots=True)
class FreeBeds:
    """A site with free beds, and when somebody last said so."""

    id: int
    name: str
    municipality: str
    telephone: str
    free: int
    confirmed_at: datetime | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class Where:
    """A site: what it is called, where it lies, and when somebody last said what is free."""

    name: str
    municipality: str
    telephone: str
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was refused, overruled or given with a reason today, and the reason."""

    household: int
    bed: str
    state: models.ProposalState
    despite: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tonight:
    """Everything that the page shows. ``version`` changes when any of it does."""

    night: date
    at: datetime
    version: str
    waiting: tuple[Waiting, ...]
    sites: int
    """How many have a free bed."""
    fresh_beds: int
    """Free beds confirmed within a day."""
    old_beds: int
    """Free beds confirmed longer ago, or never."""
    most_beds: tuple[FreeBeds, ...]
    decided: tuple[Decided, ...]

    @property
    def people(self) -> int:
        """How many people have no roof tonight."""
        return sum(row.size for row in self.waiting)

    @property
    def proposed(self) -> tuple[Waiting, ...]:
        """Households with a bed proposed, the most vulnerable first."""
        return tuple(row for row in self.waiting if row.proposal)

    @property
    def without(self) -> tuple[Waiting, ...]:
        """Households for which nothing is proposed."""
        return tuple(row for row in self.waiting if not row.proposal)


def version(night: date) -> str:
    """What changes with every act that changes the page, in one question."""
    found = models.Journal.objects.aggregate(last=Max("pk"))
    return f"{night}-{found['last'] or 0}"


def tonight(by: Acting, other: int | None = None) -> Tonight:
    """The night for which beds are sought now, in a fixed number of questions; other beds for ``other`` alone."""
    night = by.tonight
    requests = list(
        models.RoofRequest.objects.filter(state=models.RequestState.OPEN, from_night__lte=night)
        .filter(household__householdmember__person__in=in_sight(by.on, by.organisation))
        .select_related("household")
        .distinct()
        .order_by("asked_at", "pk")
    )
    nouns = facts.households(
        [row.household for row in requests], {row.household_id: row.from_night for row in requests}
    )
    proposals = proposed(nouns, night)
    asked = {row.household_id: row.asked_at for row in requests}
    found = [
        waiting(
            noun,
            asked[noun.id],
            proposals.get(noun.id),
            choices=choices(noun, night) if noun.id == other else None,
            night=night,
        )
        for noun in nouns
    ]
    order = {noun.id: (-tier(noun, night), asked[noun.id]) for noun in nouns}
    free = facts.free_beds(PlaceKind.EMERGENCY, one(night), by.at - STALE)
    return Tonight(
        night=night,
        at=by.at,
        version=version(night),
        waiting=tuple(sorted(found, key=lambda row: order[row.id])),  # type: ignore[index]  # the same numbers
        sites=len(free),
        fresh_beds=sum(each.free for each in free if each.fresh),
        old_beds=sum(each.free for each in free if not each.fresh),
        most_beds=most_beds(free),
        decided=decided_today(by),
    )


def one(night: date) -> Interval:
    """This night alone."""
    return Interval(night, night + timedelta(days=1))


def choices(noun: Household, night: date) -> tuple[Choice, ...]:
    """The beds that suit a household best, or lack least."""
    units = facts.units(PlaceKind.EMERGENCY, one(night))
    answers = best(noun, alike(unit for unit in units if unit.free), night, OTHERS)
    sites = sites_of(answer.unit.site for answer in answers)
    return tuple(choice(answer, sites) for answer in answers)


def proposed(nouns: Sequence[Household], night: date) -> dict[int, models.Proposal]:
    """What is proposed for these households for the night, by household."""
    rows = models.Proposal.objects.filter(
        state=models.ProposalState.OPEN, night=night, household__in=[noun.id for noun in nouns]
    )
    return {row.household_id: row for row in rows.select_related("unit__site")}


def waiting(
    noun: Household,
    asked_at: datetime,
    proposal: models.Proposal | None,
    *,
    choices: Sequence[Choice] | None,
    night: date,
) -> Waiting:
    """One household with its proposal and the other beds."""
    proposed = proposal.unit_id if proposal else None
    return Waiting(
        id=noun.id,
        ages=tuple(age(member.born, night) for member in noun.members),
        needs=tuple(sorted(noun.needs)),
        asked_at=asked_at,
        proposal=proposal.pk if proposal else None,
        bed=f"{proposal.unit.site.name}, {proposal.unit.name}" if proposal else "",
        reasons=why(proposal),
        confirmed_at=proposal.unit.site.confirmed_at if proposal else None,
        choices=None
        if choices is None
        else tuple(each for each in choices if each.unit != proposed),
    )


def why(proposal: models.Proposal | None) -> tuple[Message, ...]:
    """Why this bed; when it was confirmed stands beside it to the minute."""
    found = [from_data(each) for each in proposal.reasons] if proposal else []
    return tuple(each for each in found if each.key != "comfort.confirmed")


def sites_of(numbers: Iterable[int]) -> dict[int, Where]:
    """These sites, by number."""
    rows = models.Site.objects.filter(pk__in=set(numbers)).order_by("pk")
    told = rows.values_list("pk", "name", "municipality__name", "telephone", "confirmed_at")
    return {number: Where(name, town, called, at) for number, name, town, called, at in told}


def choice(answer: Fit, sites: dict[int, Where]) -> Choice:
    """A unit with what speaks for it, or against it."""
    site = sites[answer.unit.site]
    return Choice(
        unit=answer.unit.id,
        name=f"{site.name}, {answer.unit.name}",
        telephone=site.telephone,
        fits=answer.fits,
        possible=len(answer.against) == len(answer.lacking),
        reasons=answer.reasons if answer.fits else answer.against,
    )


def most_beds(free: Iterable[facts.FreeBeds]) -> tuple[FreeBeds, ...]:
    """The sites with the most free beds; the others are found by name among the places."""
    first = sorted(free, key=lambda each: (-each.free, each.name))[:SITES]
    sites = sites_of(each.site for each in first)
    return tuple(
        FreeBeds(
            id=each.site,
            name=each.name,
            municipality=sites[each.site].municipality,
            telephone=sites[each.site].telephone,
            free=each.free,
            confirmed_at=sites[each.site].confirmed_at,
            fresh=each.fresh,
        )
        for each in first
    )


def decided_today(by: Acting) -> tuple[Decided, ...]:
    """What was refused or overruled today by or to people whom this organisation may see."""
    rows = (
        models.Proposal.objects.exclude(despite="")
        .filter(unit__kind=PlaceKind.EMERGENCY, decided_at__gte=by.at - LAST_NIGHT)
        .filter(household__householdmember__person__in=in_sight(by.on, by.organisation))
        .select_related("unit__site")
        .distinct()
        .order_by("-decided_at", "-pk")[:OTHERS]
    )
    return tuple(
        Decided(
            household=row.household_id,
            bed=f"{row.unit.site.name}, {row.unit.name}",
            state=models.ProposalState(row.state),
            despite=row.despite,
            at=row.decided_at,
        )
        for row in rows
        if row.decided_at and night_of(row.decided_at) == by.tonight
    )
