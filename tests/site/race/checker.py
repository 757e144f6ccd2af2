"""What must be true after a race, asked in plain SQL: night by night, and each row with its journal line."""

import psycopg

NIGHTS = """
    with slept as (
        select stay_id, bed_id, person_id, night::date
        from records_bednight,
        generate_series(lower(nights), coalesce(upper(nights), date '2027-03-31') - 1, interval '1 day') as night
    )
"""
DOUBLES = {
    "nobody sleeps in two places": NIGHTS
    + """
        select person_id, night, count(*) from slept where person_id is not null
        group by person_id, night having count(*) > 1""",
    "no bed holds two": NIGHTS
    + """
        select bed_id, night, count(*) from slept group by bed_id, night having count(*) > 1""",
}
LINES_OF_STATE = """
    select stay.id, stay.state from records_stay stay
    left join lateral (select event, state from line where line.stay = stay.id and event in ('stay:moved_in',
        'stay:moved_out', 'stay:no_show', 'stay:cancelled', 'stay:undone') order by id desc limit 1) last on true
    where case when exists (select 1 from line where line.stay = stay.id and event = 'stay:undone')
    then stay.state <> case last.event when 'stay:moved_in' then 'running' when 'stay:moved_out' then 'ended'
        when 'stay:undone' then last.state else replace(last.event, 'stay:', '') end
    else (stay.state in ('running', 'ended')) <> (select count(*) = 1 from line
        where line.stay = stay.id and event = 'stay:moved_in')
    or (stay.state = 'ended') <> (select count(*) = 1 from line
        where line.stay = stay.id and event = 'stay:moved_out')
    or (stay.state = 'no_show') <> (select count(*) = 1 from line
        where line.stay = stay.id and event = 'stay:no_show')
    or (stay.state = 'cancelled') <> (select count(*) = 1 from line
        where line.stay = stay.id and event = 'stay:cancelled') end"""
LINES = """
    with line as (
        select id, event, household_id, (details->>'stay')::bigint as stay, (details->>'unit')::bigint as unit,
            (details->>'proposal')::bigint as proposal, (details->>'request')::bigint as request,
            (details->>'start')::date as start, (details->>'end')::date as until, details->>'state' as state
        from records_journal
    )
"""
HALVES = {
    "each person of a stay has one bed for exactly its nights": """
        select stay.id, member.person_id from records_stay stay
        join records_householdmember member on member.household_id = stay.household_id and member."end" is null
        where (stay.state = 'booked' or (stay.state in ('running', 'ended')
            and stay.start < coalesce(stay."end", 'infinity')))
        and 1 <> (select count(*) from records_bednight night where night.stay_id = stay.id
            and night.person_id = member.person_id and night.nights = daterange(stay.start, stay."end"))""",
    "a stay holds as many beds as people, or the whole unit": """
        select stay.id from records_stay stay
        where (stay.state = 'booked' or (stay.state in ('running', 'ended')
            and stay.start < coalesce(stay."end", 'infinity')))
        and (select count(*) from records_bednight where stay_id = stay.id) <> case when exclusive
            then (select count(*) from records_bed where unit_id = stay.unit_id)
            else (select count(*) from records_householdmember member
                where member.household_id = stay.household_id and member."end" is null) end""",
    "each bed of a stay is in its unit": """
        select night.id from records_bednight night join records_bed bed on bed.id = night.bed_id
        join records_stay stay on stay.id = night.stay_id where stay.unit_id <> bed.unit_id""",
    "a stay that came to nothing holds no bed": """
        select stay.id from records_stay stay join records_bednight night on night.stay_id = stay.id
        where stay.state in ('no_show', 'cancelled') or stay.start = stay."end" """,
    "each stay was booked once, and each booking is a stay": LINES + """
        select stay.id, line.id from (select * from line where event = 'stay:booked') line
        full join records_stay stay on stay.id = line.stay and stay.unit_id = line.unit
            and stay.start = line.start and stay.household_id = line.household_id
        where stay.id is null or line.id is null""",
    "no stay was booked twice": LINES + """
        select stay from line where event = 'stay:booked' group by stay having count(*) > 1""",
    "the state of each stay is what the journal told": LINES + LINES_OF_STATE,
    "the end of a stay is what the journal told last, or its household took a home": LINES + """
        select stay.id from records_stay stay where stay.state in ('booked', 'running')
        and stay."end" is distinct from (select until from line where line.stay = stay.id
            and event in ('stay:booked', 'stay:extended') order by id desc limit 1)
        and not exists (select 1 from line where event = 'home:taken' and household_id = stay.household_id
            and line.stay <> stay.id)""",
    "each request was asked once, and each asking is a request": LINES + """
        select request.id, line.id from (select * from line where event = 'roof:asked') line
        full join records_roofrequest request
            on request.id = line.request and request.household_id = line.household_id
        where request.id is null or line.id is null""",
    "each answered request has its stay, and each roof taken its answered request": LINES + """
        select id, answered, roofs, homes from records_household household,
        lateral (select count(*) as answered from records_roofrequest
            where household_id = household.id and state = 'answered') requests,
        lateral (select count(*) filter (where event = 'roof:taken') as roofs,
            count(*) filter (where event = 'home:taken') as homes
            from line join records_stay stay on stay.id = line.stay
            where line.household_id = household.id and stay.household_id = household.id) taken
        where answered not between roofs and roofs + homes""",
    "each proposal that was taken has its line with its stay, and the other way round": LINES + """
        select proposal.id, line.id from (select * from line where event in ('roof:taken', 'home:taken')) line
        full join (select * from records_proposal where state = 'taken') proposal
            on proposal.id = line.proposal and proposal.household_id = line.household_id
        left join records_stay stay on stay.id = line.stay
            and stay.household_id = line.household_id and stay.unit_id = proposal.unit_id
        where proposal.id is null or line.id is null or stay.id is null""",
    "each proposal was told, and each one told is there": LINES + """
        select proposal.id, line.id from (select * from line where event = 'roof:proposed') line
        full join (select * from records_proposal where despite = '' or state <> 'taken') proposal
            on proposal.id = line.proposal and proposal.household_id = line.household_id
        where proposal.id is null or line.id is null""",
    "each refused proposal has its line": LINES + """
        select proposal.id from records_proposal proposal where (state = 'refused') <> (select count(*) = 1
            from line where line.proposal = proposal.id and event in ('roof:refused', 'home:refused'))""",
    "each open line stands where its history ends": """
        select track.id from records_track track where closed_on is null and 1 <> (select count(*)
            from records_trackstep step where step.track_id = track.id and step."end" is null
            and step.step = track.step and step.holder_id = track.responsible_id)""",
    "each step of a line was told": """
        select track.id from records_track track where track.step <> (select details->>'step'
            from records_journal where (details->>'track')::bigint = track.id
            and event in ('track:opened', 'track:step_set') order by id desc limit 1)""",
    "every household has a place or asks for one": """
        select id from records_household household where not exists (select 1 from records_stay
            where household_id = household.id and state in ('booked', 'running'))
        and not exists (select 1 from records_roofrequest
            where household_id = household.id and state = 'open')""",
}  # fmt: skip


def faults(link: psycopg.Connection, sentences: dict[str, str]) -> list[str]:
    """Each sentence that is not true, with the numbers of the rows that break it."""
    found = (
        (sentence, link.execute(question).fetchall()) for sentence, question in sentences.items()
    )
    return [f"{sentence}: {rows}" for sentence, rows in found if rows]
