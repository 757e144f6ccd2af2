"""The homes that an organisation may promise: nobody gives away what another keeps."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from perron.matching.best import alike, best
from perron.matching.fit import Fit
from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import Interval
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import Household
from perron.vocabulary.places import PlaceKind, Unit
from perron.vocabulary.wording import Message
from perron_site.records import facts, models

OTHERS = 6
OF_A_TOWN = (OrganisationKind.MUNICIPALITY, OrganisationKind.OCMW)


@dataclass(frozen=True, slots=True)
class HomeFit:
    """A home with what speaks for or against it for one household."""

    unit: int
    name: str
    fits: bool
    reasons: tuple[Message, ...]


def home_sites(by: Acting) -> dict[int, str]:
    """The names of the sites that it keeps, or that lie in its municipality, or in its region."""
    acts = models.Organisation.objects.filter(pk=by.organisation).order_by()
    towns = acts.filter(kind__in=OF_A_TOWN).values("municipality")
    regions = acts.filter(kind=OrganisationKind.REGION).values("region")
    there = Q(organisation=by.organisation) | Q(municipality__in=towns)
    sites = models.Site.objects.filter(there | Q(municipality__region__in=regions))
    return dict(sites.order_by("pk").values_list("pk", "name"))


def homes(sites: Collection[int], by: Acting) -> tuple[Unit, ...]:
    """The bookable homes of these sites."""
    return facts.units(PlaceKind.HOME, Interval(by.on), Q(site__in=sites))


def home_fits(nouns: Iterable[Household], by: Acting) -> dict[int, tuple[HomeFit, ...]]:
    """For each household the homes, those that fit first, then those with the fewest reasons against."""
    names = home_sites(by)
    units = homes(names, by)
    found: dict[int, tuple[HomeFit, ...]] = {}
    groups = alike(units)
    for noun in nouns:
        answers = best(noun, groups, by.on, OTHERS)
        found[noun.id] = tuple(home_fit(each, names) for each in answers)
    return found


def home_fit(answer: Fit, sites: dict[int, str]) -> HomeFit:
    """A home with its reasons."""
    return HomeFit(
        unit=answer.unit.id,
        name=f"{sites[answer.unit.site]}, {answer.unit.name}",
        fits=answer.fits,
        reasons=answer.reasons if answer.fits else answer.against,
    )
