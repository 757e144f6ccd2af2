"""Where people lived before they came and live after they left, counted by ETHOS Light; small counts are not said."""

from dataclasses import dataclass

from django.db import connection

from perron.vocabulary.acting import Acting
from perron.vocabulary.housing import (
    CATEGORY,
    HousingCategory,
    HousingMoment,
    LivingSituation,
    suppressed,
)
from perron.vocabulary.organisations import Role
from perron_site.records.context import Round, as_round

HOMELESS, NOT_ASKED = "homeless", ""


@dataclass(frozen=True, slots=True)
class HousingRow:
    """A living situation, in its category, and how many said it of each moment; None is a small count."""

    situation: LivingSituation | None
    category: HousingCategory | None
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Housing:
    """The rows in the order of the typology, the last one those who were not asked, and the totals."""

    everywhere: bool
    rows: tuple[HousingRow, ...]
    before: int | None
    after: int | None


def housing(by: Acting) -> Housing:
    """Everybody for a coordinator, whom the organisation sees for others; who left is asked of the exit alone."""
    everywhere = by.role is Role.COORDINATOR
    if everywhere:
        with as_round(Round.COUNT):
            return counted(everywhere=True)
    return counted(everywhere=False)


def counted(*, everywhere: bool) -> Housing:
    """One question to the database."""
    kinds: tuple[str, ...] = (*LivingSituation, NOT_ASKED)
    counts = {moment: dict.fromkeys(kinds, 0) for moment in HousingMoment}
    with connection.cursor() as cursor:
        for moment, situation, people in cursor.execute("select * from perron_housing()"):
            counts[HousingMoment(moment)][situation] = people
    before, all_before = suppressed(counts[HousingMoment.ARRIVAL])
    after, all_after = suppressed(counts[HousingMoment.EXIT])
    rows = tuple(
        HousingRow(
            situation=LivingSituation(kind) if kind else None,
            category=CATEGORY.get(LivingSituation(kind)) if kind else None,
            before=before[kind],
            after=after[kind],
        )
        for kind in kinds
    )
    return Housing(everywhere, rows, all_before, all_after)
