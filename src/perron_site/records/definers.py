"""The few questions that an organisation may ask beyond its sight. Each runs as the owner and answers only this.

And the view in which an organisation finds its own sight: the rules of the other tables ask it.
"""

# ruff: noqa: S608 - the statements are put together from constants

from dataclasses import dataclass

from perron.vocabulary.events import Event
from perron.vocabulary.housing import HousingMoment
from perron.vocabulary.people import Presence
from perron.vocabulary.tracks import TrackKind
from perron_site.records.context import DAY, ORGANISATION, SUPERVISOR
from perron_site.records.pairing import LIKELY_ALIKE, LOOK_ALIKE, TYPED_ALIKE
from perron_site.records.searching import HIT, NAMESAKES
from perron_site.records.spelling import INDEX


@dataclass(frozen=True, slots=True)
class Definer:
    """A function of the owner, with a fixed search path; ``because`` says what it is for."""

    signature: str
    returns: str
    body: str
    because: str
    cost: int = 100
    """What the planner believes a call to cost; 100 is PostgreSQL's own."""
    settings: str = ""
    """What else is set while it runs."""
    writes: bool = False
    """Whether it leaves a trace of its own."""
    language: str = "sql"

    @property
    def made(self) -> str:
        """The statement that makes it."""
        return (
            f"create or replace function {self.signature} returns {self.returns}"
            f" language {self.language} {'volatile' if self.writes else 'stable'} security definer"
            f" cost {self.cost} set search_path = public, pg_temp{self.settings}"
            f" as $$ {self.body} $$;"
            f"revoke all on function {self.bare} from public"
        )

    @property
    def bare(self) -> str:
        """Its name with the types of its arguments only."""
        name, _, arguments = self.signature.rstrip(")").partition("(")
        types = ", ".join(word.split()[1] for word in arguments.split(",") if word.strip())
        return f"{name}({types})"


SUPERVISES = (
    "exists (select from records_membership m where m.role = 'supervisor'"
    f" and m.user_id = {SUPERVISOR} and m.organisation_id = {ORGANISATION})"
)
OPENED = (
    "select g.organisation_id, o.person_id, g.until from records_glass g join records_householdmember o"
    f' on o.household_id = g.household_id and o."end" is null where g.organisation_id = {ORGANISATION}'
    f" and g.user_id = {SUPERVISOR} and g.until >= {DAY} and {SUPERVISES} and not exists (select from"
    " records_householdmember x join records_safemode f on f.person_id = x.person_id and f.until is null"
    ' where x.household_id = g.household_id and x."end" is null)'
)
"""Who lives in the households that the supervisor opened: nobody in one where somebody must not be found."""
OWN_SIGHT = (
    "create or replace view perron_sight as select organisation_id, person_id, until from records_sight"
    f" where organisation_id = {ORGANISATION} and (until is null or until >= {DAY});"
    "revoke all on perron_sight from perron_site; grant select on perron_sight to perron_site"
)
"""Whom the organisation that asks sees on the day. A view: a list asks it once, not once a row."""
SUPERVISED = (
    f"create or replace view perron_supervised as select * from perron_sight union all {OPENED};"
    "revoke all on perron_supervised from perron_site; grant select on perron_supervised to perron_site"
)
"""The same for whoever acts as a supervisor, with the households that they opened: apart, as it is dear to a list."""

FINDS_A_PLACE = (TrackKind.ROOF, TrackKind.SUPPORT, TrackKind.CARE)
HELD = ", ".join(f"'{kind}'" for kind in FINDS_A_PLACE)
PLACES = (
    "create or replace view perron_places as select person_id from records_track"
    f" where responsible_id = {ORGANISATION} and kind in ({HELD}) and closed_on is null"
    f" union all select person_id from records_sight where organisation_id = {ORGANISATION}"
    f" and why in ('registered', 'hosts') and (until is null or until >= {DAY})"
    " union all select m.person_id from records_roofrequest r join records_householdmember m"
    ' on m.household_id = r.household_id and m."end" is null'
    f" where r.state = 'open' and {ORGANISATION} is not null"
    f" union all select person_id from ({OPENED}) opened;"
    "revoke all on perron_places from perron_site; grant select on perron_places to perron_site"
)
"""For whom the organisation that asks finds a place, supports, cares or gives shelter, now that it sees them at all."""

COUNTS = "current_setting('perron.round', true) = 'count'"
MAY_COUNT = f"({COUNTS} or p.id in (select s.person_id from perron_sight s))"
HOUSING = (
    "select f.name, f.value #>> '{}', count(*)::integer from records_fact f join records_person p on p.id = f.person_id"
    f" where f.name in ('{HousingMoment.ARRIVAL}', '{HousingMoment.EXIT}') and {MAY_COUNT} group by 1, 2"
    f" union all select '{HousingMoment.ARRIVAL}', '', count(*)::integer from records_person p"
    f" where {MAY_COUNT} and exists (select from records_householdmember m where m.person_id = p.id"
    ' and m."end" is null) and not exists (select from records_fact f'
    f" where f.person_id = p.id and f.name = '{HousingMoment.ARRIVAL}')"
    f" union all select '{HousingMoment.EXIT}', '', count(*)::integer from records_person p"
    f" where p.presence = '{Presence.LEFT}' and {MAY_COUNT} and exists (select from records_householdmember m"
    ' where m.person_id = p.id and m."end" is null) and not exists (select from records_fact f'
    f" where f.person_id = p.id and f.name = '{HousingMoment.EXIT}')"
)
"""How many said each kind of place, and of how many it is not known; a merged or erased record is nobody."""

SEES = (
    f"exists (select from records_sight where person_id = {{person}} and organisation_id = {ORGANISATION}"
    f" and (until is null or until >= {DAY}))"
)
WAITING = (
    "select (select count(*) from records_handover h where h.state = 'offered' and (h.receiver_id = {us} or exists"
    " (select from records_escalation e where e.handover_id = h.id and e.organisation_id = {us})))"
    " + (select count(*) from records_promise p where p.organisation_id = {us} and p.state = 'open'"
    f" and p.due_on <= promised and {SEES.format(person='p.person_id')})"
    " + (select count(distinct m.household_id) from records_track t join records_householdmember m"
    ' on m.person_id = t.person_id and m."end" is null where t.responsible_id = {us} and t.taken_up_at is null'
    f" and t.closed_on is null and {SEES.format(person='t.person_id')})"
    " + (select count(*) from records_glass g where g.at >= opened and exists (select from records_track t"
    ' join records_householdmember m on m.person_id = t.person_id and m."end" is null'
    " where m.household_id = g.household_id and t.responsible_id = {us} and t.closed_on is null)"
    f" and not exists (select from records_journal j where j.event = '{Event.GLASS_SEEN}'"
    " and j.organisation_id = {us} and j.details->>'glass' = g.id::text))"
    " + (select count(*) from records_question q where q.holder_id = {us} and q.state = 'open')"
    " + (select count(*) from records_question q where q.organisation_id = {us} and q.read_at is null"
    f" and (q.state = 'answered' or (q.state = 'open' and q.due_on < {DAY})))"
).replace("{us}", ORGANISATION)
"""How many rows the inbox of the organisation that asks has: offers, promises, lines, openings, questions, answers."""
NEARLY_EMPTY = 1000
"""A database with more people than this is not filled."""
ENFORCES = 180_000
"""Since this version a reference can be left unchecked for a while; before it each is checked as it comes."""
FILLS = f"""
declare
    link record;
begin
    if begins and (select count(*) from records_person) > {NEARLY_EMPTY} then
        raise exception 'only a nearly empty database is filled';
    end if;
    set constraints all immediate;
    for link in select conrelid::regclass as place, conname from pg_constraint
        where contype = 'f' and connamespace = 'public'::regnamespace
        and current_setting('server_version_num')::integer >= {ENFORCES}
    loop
        execute format('alter table %s alter constraint %I %s', link.place, link.conname,
            case when begins then 'not enforced' else 'enforced' end);
    end loop;
    if begins then drop index person_by_spelling; else {INDEX}; end if;
    set constraints all deferred;
end"""
DEFINERS = (
    Definer(
        "perron_fills(begins boolean)", "void", FILLS,
        "whoever fills an empty database has its references checked and its names indexed at the end, all at once",
        writes=True, language="plpgsql",
    ),
    Definer(
        "perron_sees(person bigint)", "boolean",
        "select " + SEES.format(person="$1"),
        "the rule of the table of sight itself, which cannot ask itself",
    ),
    Definer(
        "perron_supervises(person bigint)", "boolean",
        "select exists (select from perron_supervised where person_id = person)",
        "what a supervisor sees is asked person by person, and weighs nothing in the plan of everybody else's lists",
        cost=1,
    ),
    Definer(
        "perron_offered()",
        "table (handover_id bigint, household_id bigint, track_id bigint, person_id bigint)",
        "select h.id, h.household_id, t.id, t.person_id from records_handover h"
        " join records_handovertrack o on o.handover_id = h.id join records_track t on t.id = o.track_id"
        f" where h.state = 'offered' and (h.receiver_id = {ORGANISATION} or exists (select from"
        f" records_escalation e where e.handover_id = h.id and e.organisation_id = {ORGANISATION}))",
        "numbers that an open offer names, for whoever is asked to say yes or was brought a late answer",
    ),
    Definer(
        "perron_preview(day date)", "table (person_id bigint, born text, needs text[])",
        "select p.id, p.born, array(select need from records_need n where n.person_id = p.id and n.start <= day"
        ' and (n."end" is null or n."end" > day) order by need) from records_person p'
        " where p.id in (select person_id from perron_offered())",
        "ages and needs before the yes; no name",
    ),
    Definer(
        "perron_may_grant(person bigint)", "boolean",
        f"select {ORGANISATION} is not null and (perron_sees(person)"
        " or person in (select person_id from perron_offered())"
        " or not exists (select from records_person where id = person))",
        "sight is given by who has it, by who says yes to an offer, and at the registration of somebody new",
    ),
    Definer(
        "perron_unseen(household bigint)", "integer",
        "select count(*)::integer from records_householdmember"
        ' where household_id = household and "end" is null and not perron_sees(person_id)'
        f" and {ORGANISATION} is not null",
        "how many of a household are hidden, so that nobody acts on a part and takes it for the whole",
    ),
    Definer(
        "perron_unplaced(household bigint)", "integer",
        "select count(*)::integer from records_householdmember m"
        ' where household_id = household and "end" is null'
        " and not exists (select from perron_places p where p.person_id = m.person_id)"
        f" and {ORGANISATION} is not null",
        "nobody looks for a place without reading what it must have",
    ),
    Definer(
        "perron_taken_beds(wanted daterange, units bigint[])", "setof bigint",
        "select n.bed_id from records_bed b join records_bednight n on n.bed_id = b.id"
        " where b.unit_id = any(units) and n.nights && wanted",
        "which beds of units are free; not who sleeps in the others",
    ),
    Definer(
        "perron_promised_units()", "setof bigint",
        "select unit_id from records_proposal where state = 'open'",
        "a home that is proposed to one household is not proposed to another",
    ),
    Definer(
        "perron_safe(people bigint[])", "table (person_id bigint, along boolean)",
        "select person_id, along_with_id is not null from records_safemode"
        " where person_id = any(people) and until is null",
        "sight of somebody who must not be found is never given for long, whoever gives it",
    ),
    Definer(
        "perron_housing()", "table (moment text, situation text, people integer)", HOUSING,
        "planners count kinds of places, of whom they may see or in the whole net; the page hides small counts",
    ),
    Definer(
        "perron_elsewhere(wanted text[], roots text[], words jsonb, birth text, told text, asker bigint,"
        " moment timestamptz)",
        "table (given_name text, family_name text, born text, organisation_id bigint, hit bigint)",
        NAMESAKES,
        "whoever registers somebody asks first whether another desk knows them; no number that opens anything",
        writes=True,
    ),
    Definer(
        "perron_hit(hit bigint, since timestamptz)",
        "table (person_id bigint, given_name text, family_name text, born text, organisation_id bigint)", HIT,
        "a question in writing is about somebody whom a search showed to us, and about nobody whose number was guessed",
    ),
    Definer(
        "perron_waiting(promised date, opened timestamptz)", "bigint", WAITING,
        "how many rows the own inbox has, on every page",
    ),
    Definer(
        "perron_alike(people bigint[])", "table (one bigint, other bigint)", LOOK_ALIKE,
        "the indexes of names stand open to the owner alone; both records of a pair are in sight of who asks",
        settings=" set plan_cache_mode = force_generic_plan",  # row by row by index, for many people too
    ),
    Definer(
        "perron_likely(people bigint[])", "table (one bigint, other bigint)", LIKELY_ALIKE,
        "the same, quick enough to be counted on a page that opens all day",
        settings=" set plan_cache_mode = force_generic_plan",
    ),
    Definer(
        "perron_typed(rows jsonb)", "table (place bigint, other bigint)", TYPED_ALIKE,
        "the same of a file that waits for a yes; whom a row may mean is in sight of who sent it in",
        settings=" set plan_cache_mode = force_generic_plan",
    ),
    Definer(
        "perron_link_holder(wanted text, day date)", "bigint",
        "select person_id from records_personallink l where digest = wanted and ended_at is null"
        " and expires_on >= day and (given_to_id is null or exists (select from records_representation r"
        ' where r.id = l.given_to_id and r.start <= day and (r."end" is null or r."end" > day)))',
        "whose link this is, before anything may be seen",
    ),
)  # fmt: skip
