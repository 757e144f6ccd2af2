"""What the search beyond sight shows, who holds whom it shows, and who may ask about them: texts of the database."""

# ruff: noqa: S608 - the statements are put together from constants

from perron.vocabulary.organisations import Purpose
from perron_site.records.context import ORGANISATION
from perron_site.records.models.reads import Page
from perron_site.records.spelling import AGAINST, FOR

ALIKE = "2 * n >= cardinality(wanted)"
"""Whoever has half of the keys that are sought may be meant; right answers had six in ten and more (mark D)."""
NAMED = (
    "(select count(*) from jsonb_array_elements(words) word where 3 * (select count(*) from"
    " jsonb_array_elements_text(word) key where key = any(spelled)) >= jsonb_array_length(word))"
    " >= least(2, jsonb_array_length(words))"
)
"""Two of the words that were typed are names of theirs, each by a third of its keys: a family name is not enough."""
SHOWN_ELSEWHERE = 5
HOLDER = (
    "lateral (select responsible_id from records_track t where t.person_id = {} order by t.closed_on is null desc,"
    " t.taken_up_at is not null desc, t.taken_up_at desc, t.id desc limit 1) holder"
)
MAY_BE_SHOWN = (
    "not perron_sees({0}) and exists (select from records_householdmember m where m.person_id = {0}"
    ' and m."end" is null and not exists (select from records_householdmember o join records_safemode f'
    ' on f.person_id = o.person_id and f.until is null where o.household_id = m.household_id and o."end" is null))'
)
"""Nobody whom the organisation sees anyway, nobody in a household where somebody must not be found.

And nobody who is erased, merged or in no household.
"""
NAMESAKES = (
    "with alike as materialized (select p.id, given_name, family_name, p.born, n, spelled from records_person p,"
    " lateral (select count(*) as n from unnest(p.spelled) key where key = any(wanted)) common"
    f" where told = '{Purpose.REGISTRATION}' and {ORGANISATION} is not null and p.spelled && roots and {ALIKE}"
    " and (birth is null or p.born like birth || '%' or birth like p.born || '%'"
    " or (p.born is null and jsonb_array_length(words) > 1))),"
    " found as materialized (select alike.id as found_id, given_name, family_name, left(born, 4) as year,"
    f" holder.responsible_id, {FOR} * n - {AGAINST} * cardinality(spelled) as alike"
    f" from alike, {HOLDER.format('alike.id')} where {NAMED} and {MAY_BE_SHOWN.format('alike.id')}"
    f" order by 6 desc, 1 limit {SHOWN_ELSEWHERE}),"
    " noted as (insert into records_read (at, user_id, organisation_id, purpose, person_id, page)"
    f" select moment, asker, {ORGANISATION}, told, found_id, '{Page.SEARCH}' from found where asker is not null"
    " on conflict do nothing returning id, person_id)"
    " select given_name, family_name, year, responsible_id, coalesce(noted.id, r.id) from found"
    " left join noted on noted.person_id = found_id left join records_read r on r.person_id = found_id"
    f" and r.at = moment and r.user_id = asker and r.organisation_id = {ORGANISATION} and r.page = '{Page.SEARCH}'"
    " order by found.alike desc, found_id"
)
"""The names most like the one that is sought, of people whom the organisation does not see, and who answers for each.

Each hit is noted as a look in the same statement (records_read); its number is all by which the asker can name it.
"""
HIT = (
    "select p.id, p.given_name, p.family_name, left(p.born, 4), holder.responsible_id from records_read r"
    f" join records_person p on p.id = r.person_id, {HOLDER.format('p.id')}"
    f" where r.id = hit and r.organisation_id = {ORGANISATION} and r.page = '{Page.SEARCH}' and r.at >= since"
    f" and {MAY_BE_SHOWN.format('p.id')}"
)
"""Whom a search showed to the organisation that asks, as it would still show them, and who answers for them now."""

US = f"(select {ORGANISATION})"
SIDES = f"{US} in (records_question.organisation_id, records_question.holder_id)"
FOUND = (
    "exists (select from records_read r where r.person_id = records_question.person_id"
    f" and r.organisation_id = {US} and r.page = '{Page.SEARCH}')"
)
ASKS = (
    f"records_question.holder_id = {US} or (records_question.organisation_id = {US}"
    f" and (records_question.settled_at is not null or {FOUND}))"
)
"""Whoever asks was shown the person by the search, which alone writes such a look; whoever is asked answers."""
