"""Homes to live in, one pair at a time: whether a household may have a home, what it is worth, and why.

This is the readable form. ``listing.py`` does the same for all pairs at once; a test holds the two together.
A place to live asks more than a bed for a night (``fit.py``, of which the rules on beds, needs, minors and women are
taken): it must be there long enough, near enough, and, for homes of the relaxed Flemish quality norm, the household
must be temporarily displaced (decree and decision of 18-03-2022, mark V). Nothing else about status counts.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from perron.matching.comfort import ACCESS, NEEDS_ACCESS
from perron.matching.fit import beds_against, lacks, meets, minors_against, women_against
from perron.matching.policy import Policy
from perron.vocabulary.people import Household, Need
from perron.vocabulary.places import Feature, Unit
from perron.vocabulary.territory import distance, points
from perron.vocabulary.wording import Message, message

RELAXED = "relaxed"
ORDINARY = "ordinary"
LEGAL_BASES = (ORDINARY, RELAXED)
"""The quality norm under which a home is let; the relaxed one is Flemish and for temporarily displaced people only."""

WITH_CHILDREN, WITHOUT_CHILDREN = "with_children", "without_children"
HOST_WISHES = (WITH_CHILDREN, WITHOUT_CHILDREN)


@dataclass(frozen=True, slots=True)
class Seeker:
    """A household that looks for a home. ``household.municipality`` is its anchor: where school, work or kin is.

    ``displaced``: temporarily displaced; None when not known. ``wishes``: municipalities they named.
    """

    name: str
    household: Household
    radius_km: int | None = None
    tier: int = 0
    group: str = ""
    refusals: int = 0
    wishes: frozenset[str] = frozenset()
    displaced: bool | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """A home; ``unit`` says what it has. ``kind`` is any word, for whoever counts homes by it."""

    name: str
    unit: Unit
    kind: str = ""
    host_languages: frozenset[str] = frozenset()
    legal_basis: str = ORDINARY
    host_wishes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """``against``: empty where they may have it. ``points``: what it is worth, 0 where they may not."""

    against: tuple[Message, ...]
    points: int
    reasons: tuple[Message, ...]
    lacking: frozenset[Need] = frozenset()


def judge(seeker: Seeker, home: Home, policy: Policy, on: date) -> Judged:
    """Whether a household may have a home that is given out on the day, and what it is worth."""
    household, unit = seeker.household, home.unit
    lacking = frozenset(need for need in household.needs if not meets(need, unit))
    against = (
        *beds_against(household, unit),
        *dates_against(unit, policy, on),
        *minors_against(household, unit, on),
        *women_against(household, unit, on),
        *(lacks(need) for need in sorted(lacking)),
        *reach_against(seeker, unit),
        *norm_against(seeker, home),
        *host_against(household, home, on),
    )
    if against:
        return Judged(against, 0, (), lacking)
    parts = (
        *points_of_household(seeker, policy, on),
        *points_of_home(home, policy, on),
        *points_of_pair(seeker, home, policy),
    )
    return Judged((), policy.base + sum(each for each, _ in parts), tuple(m for p, m in parts if p))


def dates_against(unit: Unit, policy: Policy, on: date) -> tuple[Message, ...]:
    """Free soon enough to be given now, and there long enough."""
    start = max(on, unit.available_from or on)
    if start > on + timedelta(days=policy.booked_ahead_days):
        return (message("fit.available_from", day=start),)
    until = unit.available_until
    if until is not None and until < start + timedelta(days=policy.least_stay_days):
        return (message("fit.available_until", day=until),)
    return ()


def reach_against(seeker: Seeker, unit: Unit) -> tuple[Message, ...]:
    """Near enough to school, work or kin; a distance that is not known is too far."""
    anchor, radius = seeker.household.municipality, seeker.radius_km
    if anchor is None or radius is None or anchor == unit.municipality:
        return ()
    if unit.municipality not in points():
        return (message("home.distance_not_known"),)
    km = distance(anchor, unit.municipality)
    return (message("home.too_far", km=km, most=radius),) if km > radius else ()


def norm_against(seeker: Seeker, home: Home) -> tuple[Message, ...]:
    """Homes of the relaxed quality norm are for temporarily displaced people only."""
    if home.legal_basis != RELAXED or seeker.displaced:
        return ()
    return (
        message("home.displaced_not_known" if seeker.displaced is None else "home.displaced_only"),
    )


def children(household: Household, on: date) -> bool | None:
    """Whether a minor is among them; None when only an unknown age could tell."""
    minors = [member.minor(on) for member in household.members]
    if True in minors:
        return True
    return None if None in minors else False


def host_against(household: Household, home: Home, on: date) -> tuple[Message, ...]:
    """What the host asked for; what is not known is not what was asked for."""
    there = children(household, on)
    if WITH_CHILDREN in home.host_wishes and there is not True:
        return (message("home.with_children"),)
    if WITHOUT_CHILDREN in home.host_wishes and there is not False:
        return (message("home.without_children"),)
    return ()


Points = tuple[int, Message]


def points_of_household(seeker: Seeker, policy: Policy, on: date) -> tuple[Points, ...]:
    """What any home is worth more to this household: waiting, and refusals that were accepted."""
    since = seeker.household.waiting_since
    days = min(max((on - since).days, 0), policy.waiting_days) if since else 0
    refused = min(seeker.refusals, policy.refusals)
    return (
        (policy.waiting_day * days, message("home.waiting", days=days)),
        (policy.refusal * refused, message("home.refused", times=refused)),
    )


def points_of_home(home: Home, policy: Policy, on: date) -> tuple[Points, ...]:
    """What this home is worth more to anybody: weeks that it is there, a kitchen of its own."""
    start, until = max(on, home.unit.available_from or on), home.unit.available_until
    weeks = (
        policy.stay_weeks if until is None else min((until - start).days // 7, policy.stay_weeks)
    )
    kitchen = policy.own_kitchen if Feature.OWN_KITCHEN in home.unit.features else 0
    stay = message("home.weeks", weeks=weeks) if until else message("home.no_end")
    return ((policy.stay_week * weeks, stay), (kitchen, message("home.own_kitchen")))


def points_of_pair(seeker: Seeker, home: Home, policy: Policy) -> tuple[Points, ...]:
    """What this home is worth to this household."""
    household, unit = seeker.household, home.unit
    spare = 0 if unit.shared else unit.beds - household.size
    kept = bool(household.needs & NEEDS_ACCESS) or not unit.features & ACCESS
    shared = household.languages & home.host_languages
    return (
        (policy.spare_bed * max(0, policy.spare_beds - spare), message("home.size", spare=spare)),
        (policy.step_free_kept * kept, message("home.step_free_kept")),
        *points_of_distance(household.municipality, unit.municipality, policy),
        (
            policy.language * bool(shared),
            message("home.language", languages=";".join(sorted(shared))),
        ),
        (policy.wish * (unit.municipality in seeker.wishes), message("home.wish")),
    )


def points_of_distance(anchor: str | None, there: str, policy: Policy) -> tuple[Points, ...]:
    """Near to school, work or kin."""
    if anchor is None:
        return ()
    if anchor == there:
        return ((policy.near + policy.same_municipality, message("comfort.same_municipality")),)
    if there not in points():
        return ()
    km = distance(anchor, there)
    return ((max(0, policy.near - policy.near_km * km), message("home.near", km=km)),)


def smallest_change(
    seeker: Seeker, homes: list[Home], policy: Policy, on: date
) -> frozenset[Need] | None:
    """The fewest needs without which one of the homes fits; None where needs are not what stands in the way."""
    sets = []
    for home in homes:
        lacking = judge(seeker, home, policy, on).lacking
        without = replace(seeker.household, needs=seeker.household.needs - lacking)
        if lacking and not judge(replace(seeker, household=without), home, policy, on).against:
            sets.append(lacking)
    return min(sets, key=lambda needs: (len(needs), sorted(needs)), default=None)
