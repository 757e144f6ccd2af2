"""The best units of many that are alike are those that asking each of them gives."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from perron.matching.best import alike, best
from perron.matching.fit import fit
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Household, HouseholdId, Member, Need, PersonId
from perron.vocabulary.places import Feature, PlaceKind, SiteId, Unit, UnitId

TONIGHT = date(2026, 11, 25)
households = st.builds(
    lambda births, needs: Household(
        id=HouseholdId(1),
        members=tuple(Member(PersonId(index), born, None) for index, born in enumerate(births)),
        needs=frozenset(needs),
        municipality="44021",
    ),
    st.lists(st.sampled_from([PartialDate(1987), PartialDate(2016), None]), max_size=4),
    st.sets(st.sampled_from([Need.STEP_FREE, Need.COT, Need.OWN_UNIT])),
)
units = st.builds(
    lambda beds, free, shared, alone, features, town, day: {
        "beds": beds, "free": min(beds, free), "shared": shared, "minors_alone": alone,
        "features": frozenset(features), "municipality": town, "confirmed_on": day,
    },
    st.integers(1, 3), st.integers(0, 3), st.booleans(), st.booleans(),
    st.sets(st.sampled_from([Feature.STEP_FREE, Feature.COT])),
    st.sampled_from(["44021", "11002"]), st.sampled_from([TONIGHT, None]),
)  # fmt: skip


@given(households, st.lists(units, max_size=30), st.integers(1, 8))
def test_the_best_units_are_those_that_asking_each_of_them_gives(household, rows, count):
    there = [
        Unit(id=UnitId(900 - number), site=SiteId(number), name=f"Room {number}",
             kind=PlaceKind.EMERGENCY, **row)
        for number, row in enumerate(rows)
    ]  # fmt: skip
    plainly = sorted(
        (fit(household, unit, TONIGHT) for unit in there),
        key=lambda each: (not each.fits, len(each.against), -each.comfort, each.unit.id),
    )
    assert best(household, alike(there), TONIGHT, count) == tuple(plainly[:count])
