"""Who may be registered twice: the newest people in sight beside everybody in sight, by what two records share.

Candidates have the day of birth (also with day and month swapped), the telephone or the e-mail in common, as written.
A name alone makes no candidate: too many people share one.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Sex
from perron.vocabulary.twice import Judgement, Known, Likeness, judge
from perron_site.queries.arrivals import visible
from perron_site.records import models

NEWEST, SHOWN = 300, 50
WHOLE_DAY = 10
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two records that may be of one person, the newer one first, and why."""

    new: models.HouseholdMember
    old: models.HouseholdMember
    judgement: Judgement

    @property
    def rows(self) -> tuple[models.HouseholdMember, models.HouseholdMember]:
        """Both, to be shown under each other."""
        return self.new, self.old


def twice(by: Acting) -> tuple[PairRow, ...]:
    """Every likely and possible pair with one of the newest people in sight, the newest first; two questions."""
    everybody = visible(by).select_related("person").order_by("-person")
    newest = list(everybody[:NEWEST])
    wanted = {key for row in newest for key in keys_of(row.person)}
    values = {name: [value for kind, value in wanted if kind == name] for name, _ in wanted}
    shared = [Q(**{f"person__{name}__in": found}) for name, found in values.items()]
    if not shared:
        return ()
    alike = shared[0]
    for each in shared[1:]:
        alike |= each
    return pairs(newest, list(everybody.filter(alike)))


def keys_of(person: models.Person) -> set[Key]:
    """What others are looked up by."""
    found = {("telephone", person.telephone), ("email", person.email)}
    born = person.born or ""
    if len(born) == WHOLE_DAY:
        year, month, day = born.split("-")
        found |= {("born", born), ("born", f"{year}-{day}-{month}")}
    return {(name, value) for name, value in found if value}


def pairs(
    newest: list[models.HouseholdMember], others: list[models.HouseholdMember]
) -> tuple[PairRow, ...]:
    """Judge each of the newest with everybody older who shares something; each pair once."""
    sharing: dict[Key, list[models.HouseholdMember]] = defaultdict(list)
    for row in others:
        for name in ("born", "telephone", "email"):
            sharing[name, getattr(row.person, name) or ""].append(row)
    found = []
    for new in newest:
        older = {
            row.person_id: row
            for key in keys_of(new.person)
            for row in sharing[key]
            if row.person_id < new.person_id
        }
        for number in sorted(older, reverse=True):
            judgement = judge(known(new), known(older[number]))
            if judgement.likeness is not Likeness.NO:
                found.append(PairRow(new, older[number], judgement))
    return tuple(found)


def known(row: models.HouseholdMember) -> Known:
    """A record as it is compared."""
    who = row.person
    return Known(
        given=who.given_name,
        family=who.family_name,
        given_cyrillic=who.given_name_cyrillic,
        family_cyrillic=who.family_name_cyrillic,
        born=PartialDate.parse(who.born) if who.born else None,
        sex=Sex(who.sex) if who.sex else None,
        telephone=who.telephone,
        email=who.email,
        household=row.household_id,
    )
