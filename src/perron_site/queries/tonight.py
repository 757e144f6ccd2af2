"""Tonight: who has no roof, which bed is proposed and why, and what is free. No status and no nationality is loaded."""

from collections.abc import Sequence
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
from perron.vocabulary.places import PlaceKind, Unit
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
    """A household that asks for a roof, with the bed that is proposed, or with every bed that does not fit."""

    id: int
    ages: tuple[int | None, ...]
    needs: tuple[Need, ...]
    asked_at: datetime
    proposal: int | None
    bed: str
    reasons: tuple[Message, ...]
    confirmed_at: datetime | None
    choices: tuple[Choice, ...]

    @property
    def possible(self) -> tuple[Choice, ...]:
        """The beds that a person may choose, with a reason."""
        return tuple(choice for choice in self.choices if choice.possible)

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
    beds: tuple[FreeBeds, ...]
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

    @property
    def most_beds(self) -> tuple[FreeBeds, ...]:
        """The sites with the most free beds; the others are found by name among the places."""
        return self.beds[:SITES]

    @property
    def fresh_beds(self) -> int:
        """Free beds confirmed within a day."""
        return sum(row.free for row in self.beds if row.fresh)

    @property
    def old_beds(self) -> int:
        """Free beds confirmed longer ago, or never."""
        return sum(row.free for row in self.beds if not row.fresh)


def version(night: date) -> str:
    """What changes with every act that changes the page, in one question."""
    found = models.Journal.objects.aggregate(last=Max("pk"))
    return f"{night}-{found['last'] or 0}"


def tonight(by: Acting) -> Tonight:
    """The night for which beds are sought now, in a fixed number of questions."""
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
    units = facts.units(PlaceKind.EMERGENCY, Interval(night, night + timedelta(days=1)))
    sites = sites_of(units)
    proposals = proposed(nouns, night)
    asked = {row.household_id: row.asked_at for row in requests}
    groups = alike(unit for unit in units if unit.free)
    found = [
        waiting(
            noun,
            asked[noun.id],
            proposals.get(noun.id),
            answers=best(noun, groups, night, OTHERS),
            sites=sites,
            night=night,
        )
        for noun in nouns
    ]
    order = {noun.id: (-tier(noun, night), asked[noun.id]) for noun in nouns}
    return Tonight(
        night=night,
        at=by.at,
        version=version(night),
        waiting=tuple(sorted(found, key=lambda row: order[row.id])),  # type: ignore[index]  # the same numbers
        beds=free_beds(units, sites, by.at),
        decided=decided_today(by),
    )


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
    answers: Sequence[Fit],
    sites: dict[int, Where],
    night: date,
) -> Waiting:
    """One household with its proposal and the other beds."""
    return Waiting(
        id=noun.id,
        ages=tuple(age(member.born, night) for member in noun.members),
        needs=tuple(sorted(noun.needs)),
        asked_at=asked_at,
        proposal=proposal.pk if proposal else None,
        bed=f"{proposal.unit.site.name}, {proposal.unit.name}" if proposal else "",
        reasons=why(proposal),
        confirmed_at=proposal.unit.site.confirmed_at if proposal else None,
        choices=tuple(
            choice(each, sites)
            for each in answers
            if not proposal or each.unit.id != proposal.unit_id
        ),
    )


def why(proposal: models.Proposal | None) -> tuple[Message, ...]:
    """Why this bed; when it was confirmed stands beside it to the minute."""
    found = [from_data(each) for each in proposal.reasons] if proposal else []
    return tuple(each for each in found if each.key != "comfort.confirmed")


def sites_of(units: Sequence[Unit]) -> dict[int, Where]:
    """The sites of these units, by number."""
    rows = models.Site.objects.filter(pk__in={unit.site for unit in units}).order_by("pk")
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


def free_beds(units: Sequence[Unit], sites: dict[int, Where], at: datetime) -> tuple[FreeBeds, ...]:
    """The sites with free beds, most beds first; a closed exclusive unit has none."""
    free: dict[int, int] = {}
    for unit in units:
        free[unit.site] = free.get(unit.site, 0) + unit.free
    rows = [
        FreeBeds(
            id=number,
            name=sites[number].name,
            municipality=sites[number].municipality,
            telephone=sites[number].telephone,
            free=count,
            confirmed_at=sites[number].confirmed_at,
            fresh=fresh(sites[number].confirmed_at, at),
        )
        for number, count in free.items()
        if count
    ]
    return tuple(sorted(rows, key=lambda row: (-row.free, row.name)))


def fresh(confirmed_at: datetime | None, at: datetime) -> bool:
    """Whether somebody confirmed it within a day."""
    return confirmed_at is not None and at - confirmed_at < STALE


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
