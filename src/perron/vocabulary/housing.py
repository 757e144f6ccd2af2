"""In which kind of place somebody lives, by ETHOS Light, and counts of it that point at nobody.

ETHOS Light: the European typology of homelessness and housing exclusion in its short form for statistics, six
operational categories with twelve living situations (FEANTSA, edition of 2017; the list is from memory, mark M).
A kind of place, never an address.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

Kind = TypeVar("Kind", bound=str)


class HousingCategory(StrEnum):
    """The six operational categories, in their order."""

    ROUGH = "rough"
    EMERGENCY = "emergency"
    HOMELESS_ACCOMMODATION = "homeless_accommodation"
    INSTITUTION = "institution"
    NON_CONVENTIONAL = "non_conventional"
    FAMILY_AND_FRIENDS = "family_and_friends"


class LivingSituation(StrEnum):
    """The twelve living situations in their order; then a home, and an answer that nobody has. Absent: not asked."""

    PUBLIC_SPACE = "public_space"
    OVERNIGHT_SHELTER = "overnight_shelter"
    HOMELESS_HOSTEL = "homeless_hostel"
    TEMPORARY_ACCOMMODATION = "temporary_accommodation"
    TRANSITIONAL_SUPPORTED = "transitional_supported"
    WOMENS_SHELTER = "womens_shelter"
    HEALTH_INSTITUTION = "health_institution"
    PENAL_INSTITUTION = "penal_institution"
    MOBILE_HOME = "mobile_home"
    NON_CONVENTIONAL_BUILDING = "non_conventional_building"
    TEMPORARY_STRUCTURE = "temporary_structure"
    WITH_FAMILY_OR_FRIENDS = "with_family_or_friends"
    NOT_HOMELESS = "not_homeless"
    UNKNOWN = "unknown"


class HousingMoment(StrEnum):
    """When it is asked: where they lived before they came, where they live after they leave. A name of a fact each."""

    ARRIVAL = "lived_before"
    EXIT = "lives_after"


CATEGORY: Mapping[LivingSituation, HousingCategory] = {
    LivingSituation.PUBLIC_SPACE: HousingCategory.ROUGH,
    LivingSituation.OVERNIGHT_SHELTER: HousingCategory.EMERGENCY,
    LivingSituation.HOMELESS_HOSTEL: HousingCategory.HOMELESS_ACCOMMODATION,
    LivingSituation.TEMPORARY_ACCOMMODATION: HousingCategory.HOMELESS_ACCOMMODATION,
    LivingSituation.TRANSITIONAL_SUPPORTED: HousingCategory.HOMELESS_ACCOMMODATION,
    LivingSituation.WOMENS_SHELTER: HousingCategory.HOMELESS_ACCOMMODATION,
    LivingSituation.HEALTH_INSTITUTION: HousingCategory.INSTITUTION,
    LivingSituation.PENAL_INSTITUTION: HousingCategory.INSTITUTION,
    LivingSituation.MOBILE_HOME: HousingCategory.NON_CONVENTIONAL,
    LivingSituation.NON_CONVENTIONAL_BUILDING: HousingCategory.NON_CONVENTIONAL,
    LivingSituation.TEMPORARY_STRUCTURE: HousingCategory.NON_CONVENTIONAL,
    LivingSituation.WITH_FAMILY_OR_FRIENDS: HousingCategory.FAMILY_AND_FRIENDS,
}
"""Whoever is in one of these is homeless by ETHOS Light; the other answers stand in no category."""

LEAST = 5
"""Fewer people than this in a cell may be known by name to a reader: it is not said how many (design, mark D)."""


def suppressed(counts: Mapping[Kind, int]) -> tuple[dict[Kind, int | None], int | None]:
    """The counts without those that are small, and the total; None is not said, 0 stays.

    One hidden cell could be had from the total, and so could several ones: the smallest of the others goes with them,
    or where none is left the total.
    """
    order = sorted((each for each in counts if counts[each]), key=lambda each: counts[each])
    hidden = {each for each in order if counts[each] < LEAST}
    if hidden and (len(hidden) == 1 or sum(counts[each] for each in hidden) < LEAST):
        hidden |= set(order[len(hidden) : len(hidden) + 1])
    cells = {each: None if each in hidden else count for each, count in counts.items()}
    tells = hidden and (len(hidden) == 1 or sum(counts[each] for each in hidden) < LEAST)
    return cells, None if tells else sum(counts.values())
