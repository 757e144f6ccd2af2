"""Pairs of records to be judged, found by index: texts of the database (records/definers.py)."""

# ruff: noqa: S608 - the statements are put together from constants

from perron.vocabulary.spelling import ROOT

FEW_DIGITS = "regexp_replace({}.telephone, '[^0-9]', '', 'g')"
HERE_NOW = (
    'exists (select from records_householdmember m where m.person_id = {}.id and m."end" is null)'
)
OLDER = "select n.id as one, o.id as other from newer n join records_person o on o.id < n.id"
ANYBODY = "select n.id as one, o.id as other from newer n join records_person o on true"
BY_BIRTH = (
    "{0} and o.born = n.born and length(o.born) = 10 and o.spelled && n.roots"
    " union {0} and length(o.born) = 10 and o.spelled && n.roots"
    " and o.born = left(n.born, 5) || right(n.born, 2) || '-' || substr(n.born, 6, 2)"
    " union {0} and n.digits <> '' and o.telephone <> '' and "
    + FEW_DIGITS.format("o")
    + " = n.digits"
    " union {0} and n.email <> '' and o.email <> '' and lower(o.email) = n.email"
)
"""The day of birth, also with day and month swapped, the telephone or the e-mail in common."""
BY_NAME = (
    " union {0} and cardinality(n.roots) > 0 and o.spelled @> n.roots"
    " and (o.born is null or n.born is null or left(o.born, 4) = left(n.born, 4)"
    " or substr(o.born, 5) = substr(n.born, 5))"
)
"""All roots of the name, and the year or the day."""
IN_SIGHT = (
    " select a.one, a.other from alike a join records_person o on o.id = a.other"
    f" where perron_sees(o.id) and {HERE_NOW.format('o')}"
)
UNLESS_SAID = (
    " and not exists (select from records_twopeople t where least(t.person_id, t.other_id) = a.other"
    " and greatest(t.person_id, t.other_id) = a.one and t.ended_at is null)"
)
"""That two are two people and not one was said of none of them."""
NEWER = (
    f"with newer as materialized (select p.id, p.born, lower(p.email) as email, {FEW_DIGITS.format('p')} as digits,"
    f" array(select key from unnest(p.spelled) key where key like '{ROOT}%') as roots from records_person p"
    f" where p.id = any(people) and perron_sees(p.id) and {HERE_NOW.format('p')}),"
)
TYPED = (
    "with newer as materialized (select (t.said->>'row')::bigint as id, t.said->>'born' as born,"
    " lower(t.said->>'email') as email, regexp_replace(t.said->>'telephone', '[^0-9]', '', 'g') as digits,"
    f" array(select key from unnest(spelling_keys(t.said->>'names')) key where key like '{ROOT}%') as roots"
    " from jsonb_array_elements(rows) as t(said)),"
)

LOOK_ALIKE = (
    f"{NEWER} alike as ({BY_BIRTH.format(OLDER)}{BY_NAME.format(OLDER)}){IN_SIGHT}{UNLESS_SAID}"
)
"""Pairs of a given record and an older one, both in sight."""
LIKELY_ALIKE = f"{NEWER} alike as ({BY_BIRTH.format(OLDER)}){IN_SIGHT}{UNLESS_SAID}"
"""The same without those that have only a name in common: every pair that the core may take for likely."""
TYPED_ALIKE = f"{TYPED} alike as ({BY_BIRTH.format(ANYBODY)}{BY_NAME.format(ANYBODY)}){IN_SIGHT}"
"""Rows that somebody typed and that are no records yet, beside the records in sight."""
