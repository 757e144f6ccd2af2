"""The ten invariants of the house, asked of the database in plain SQL, and of the law for one person."""

import json
from datetime import date, timedelta
from functools import cache

import psycopg
import pytest
from race.checker import DOUBLES, HALVES

from perron.messages.notices import LANGUAGES, render
from perron.rules.belgium.temporary_protection import presumed, scope
from perron.rules.law import MODELLED_FROM
from perron.vocabulary.errors import LawNotModelled
from perron.vocabulary.events import DETAILS
from perron.vocabulary.verdicts import Finding, Verdict

BATON = {
    "whoever holds an open line may look": """
        select track.id from records_track track where closed_on is null and not exists (
            select 1 from records_sight sight where sight.person_id = track.person_id
            and sight.organisation_id = track.responsible_id
            and (sight.until is null or sight.until >= %(today)s))""",
    "whoever holds no line of a person any more looks until a day": """
        select sight.id from records_sight sight where why = 'responsible' and until is null
        and not exists (select 1 from records_track track where track.person_id = sight.person_id
            and track.responsible_id = sight.organisation_id and track.closed_on is null)""",
    "an open line stands where its history ends, with the same holder": """
        select track.id from records_track track where closed_on is null and 1 <> (
            select count(*) from records_trackstep step where step.track_id = track.id
            and step."end" is null and step.step = track.step
            and step.holder_id = track.responsible_id
            and step.taken_up = (track.taken_up_at is not null))""",
    "what is offered is an open line that its giver holds": """
        select item.id from records_handovertrack item
        join records_handover offer on offer.id = item.handover_id
        join records_track track on track.id = item.track_id
        where item.open and (offer.state <> 'offered' or track.closed_on is not null
            or track.responsible_id <> offer.giver_id)""",
    "an offer that waits offers something": """
        select offer.id from records_handover offer where state = 'offered' and not exists (
            select 1 from records_handovertrack where handover_id = offer.id and open)""",
    "a baton that somebody held moves only by a yes": """
        with page as (select *, lag(holder_id) over turn as before, lag(taken_up) over turn as held
            from records_trackstep window turn as (partition by track_id order by id))
        select page.id from page where held and before <> holder_id and not exists (
            select 1 from records_handovertrack item
            join records_handover offer on offer.id = item.handover_id
            where item.track_id = page.track_id and offer.state = 'accepted'
            and offer.giver_id = page.before and offer.receiver_id = page.holder_id)""",
}  # fmt: skip
"""1: one holder, who may look; the giver keeps the baton until the yes."""

ROOFS = (
    DOUBLES
    | {
        sentence: HALVES[sentence]
        for sentence in (
            "a stay that came to nothing holds no bed",
            "the state of each stay is what the journal told",
        )
    }
    | {
        "a bed is held for nights of its stay": """
        select night.id from records_bednight night join records_stay stay on stay.id = night.stay_id
        where not night.nights <@ daterange(stay.start, stay."end")""",
        "a stay that is held holds a bed until its end": """
        select stay.id from records_stay stay where state in ('booked', 'running') and not exists (
            select 1 from records_bednight night where night.stay_id = stay.id
            and night.person_id is not null and upper(nights) is not distinct from stay."end")""",
        "whoever has a bed to come belongs to the household of the stay": """
        select night.id from records_bednight night join records_stay stay on stay.id = night.stay_id
        where stay.state in ('booked', 'running') and night.person_id is not null
        and (stay."end" is null or stay."end" > %(today)s)
        and upper(night.nights) is not distinct from stay."end" and not exists (
            select 1 from records_householdmember member where member.household_id = stay.household_id
            and member.person_id = night.person_id and member."end" is null)""",
        "whoever belongs to one household has a bed there or asks for one": """
        select member.person_id from records_householdmember member
        join records_track track on track.person_id = member.person_id and track.kind = 'roof'
            and track.closed_on is null and track.step <> 'roof.ended'
        join records_person person on person.id = member.person_id and person.presence = 'here'
        where member."end" is null and not exists (select 1 from records_roofrequest
            where household_id = member.household_id and state = 'open')
        and not exists (select 1 from records_bednight night join records_stay stay
            on stay.id = night.stay_id where night.person_id = member.person_id
            and stay.household_id = member.household_id and stay.state in ('booked', 'running'))""",
        "whoever asks for a roof and has none is asked for": """
        select track.id from records_track track
        join records_householdmember member on member.person_id = track.person_id
            and member."end" is null
        join records_person person on person.id = member.person_id and person.presence = 'here'
        where track.step = 'roof.asked' and track.closed_on is null
        and not exists (select 1 from records_stay where household_id = member.household_id
            and state in ('booked', 'running'))
        and not exists (select 1 from records_roofrequest
            where household_id = member.household_id and state = 'open')""",
    }
)
"""2: nobody sleeps in two places, no bed holds two; and nobody without a place is forgotten."""

GONE = {
    "whoever is gone has no open line, and nothing is offered of them": """
        select track.id from records_track track join records_person person on person.id = track.person_id
        where person.presence in ('left', 'untraceable', 'died') and track.closed_on is null""",
    "whoever is gone holds no bed to come": """
        select night.id from records_bednight night join records_stay stay on stay.id = night.stay_id
        join records_person person on person.id = night.person_id
        where person.presence in ('left', 'untraceable', 'died')
        and stay.state in ('booked', 'running') and (upper_inf(nights) or upper(nights) > %(today)s)""",
    "whoever is abroad says when they should be back": """
        select id from records_person where presence = 'abroad' and presence_until is null""",
}  # fmt: skip
"""Who left, died or cannot be found is nobody's open case by accident, and whoever is away is expected back."""

TOLD = {
    "each act says for whom and for which purpose": """
        select id from records_journal where organisation_id is null or purpose = '' or role = ''
        or at is null""",
    "each offer was told once, and each answer": """
        select offer.id from records_handover offer, lateral (
            select count(*) filter (where event = 'handover:offered') as offered,
                count(*) filter (where event = 'handover:' || offer.state) as answered, count(*) as all
            from records_journal where (details->>'handover')::bigint = offer.id
            and event in ('handover:offered', 'handover:accepted', 'handover:declined',
                'handover:withdrawn')) told
        where told.offered <> 1 or told.answered <> 1
            or told.all <> case offer.state when 'offered' then 1 else 2 end""",
    "each line was opened once": """
        select track.id from records_track track where 1 <> (select count(*) from records_journal
            where event = 'track:opened' and (details->>'track')::bigint = track.id)""",
    "each step of a line was told": HALVES["each step of a line was told"],
}  # fmt: skip
"""3: no write without who, for whom, for which purpose, when."""

DECIDED = {
    "a person decides: nothing is booked by the system": """
        select id from records_journal where role = 'system'
        and event in ('stay:booked', 'roof:taken', 'home:taken', 'handover:accepted')""",
    "whoever overrules says why, and that stays": """
        select id from records_proposal where state in ('overruled', 'refused') and despite = ''
        union all select id from records_handover where state = 'declined' and decline_reason = ''
        union all select id from records_handover
            where not consent and without_consent_because = '' """,
}
"""8: the engine proposes, a person decides."""

CODES = {
    "the journal holds no name": """
        select line.id from records_journal line, records_person person
        where line.details::text ilike '%%' || person.family_name || '%%'
        or line.details::text ilike '%%' || person.telephone || '%%' and person.telephone <> '' """,
}
"""10: the journal holds ids and codes."""


NAMED = ", ".join(f"'{event} {key}'" for event, keys in DETAILS.items() for key in keys)
DETAILED = {
    "the details of each event are those that the vocabulary names": f"""
        select event, key from records_journal, jsonb_object_keys(details) key
        where event || ' ' || key not in ({NAMED}) group by event, key"""
}  # fmt: skip
SENTENCES = BATON | ROOFS | GONE | TOLD | DECIDED | CODES | DETAILED


def broken(link: psycopg.Cursor, today: date) -> list[str]:
    """Each sentence about the rows that is not true today, with the rows that break it."""
    found = []
    for sentence, question in SENTENCES.items():
        link.execute(question, {"today": today})
        found += [f"{sentence}: {rows}"] if (rows := link.fetchall()) else []
    return found


def broken_at_once() -> str:
    """A function of the database that asks all sentences: planned once, and above the policies."""
    asked = "\n".join(
        f"return query select '{sentence}: ' || string_agg(broken::text, ' ')"
        f" from ({question.replace('%(today)s', '$1').replace('%%', '%')}) broken"
        " having count(*) > 0;"
        for sentence, question in SENTENCES.items()
    )
    return (
        "create function broken(today date) returns setof text language plpgsql security definer"
        f" set plan_cache_mode = force_generic_plan as $broken$ begin {asked} end $broken$"
    )


@cache
def answered(facts: str, on: date) -> Finding:
    """What the law says of these facts, as JSON, on the day; asked twice, and once before there was a law."""
    stated = json.loads(facts)
    answer = scope(stated, on)
    assert answer == scope(dict(reversed(stated.items())), on)
    with pytest.raises(LawNotModelled):
        scope(stated, MODELLED_FROM - timedelta(days=1))
    return answer


def lawful(facts: dict[str, object], on: date) -> None:
    """4 to 7, for one person: a source, unknown stays unknown, no law before the law, twice the same."""
    answer = answered(json.dumps(facts), on)
    assert answer.on == on
    assert answer.law_known_until
    for reason in answer.because:
        assert reason.source.text
        assert reason.source.mark
    for name in set(facts) - set(presumed()):
        fewer = {key: each for key, each in facts.items() if key != name}
        forgotten = answered(json.dumps(fewer), on)
        assert forgotten.verdict in {Verdict.UNKNOWN, answer.verdict}, name


def in_six_languages(kind: str, params: dict[str, str]) -> None:
    """9: a notice exists in every language, and each says its own days."""
    days = {name: date.fromisoformat(day) for name, day in params.items()}
    letters = {render(kind, days, language) for language in LANGUAGES}
    assert len(letters) == len(LANGUAGES)
    for day in days.values():
        assert all(str(day.year) in str(letter) for letter in letters)
