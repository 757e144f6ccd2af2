"""The database marks each household of which something changes that the net rests on (records/settling.py).

A trigger a statement, as the owner, whoever writes and however. ``tests/site/test_histories.py`` compares what is
kept with what the whole house says after each act; without one of these triggers it fails.
"""

# ruff: noqa: S608 - the statements are put together from constants

from dataclasses import dataclass

INSERT, UPDATE, DELETE = "insert", "update", "delete"
ALL = (INSERT, UPDATE, DELETE)
OWNER = "security definer set search_path = public, pg_temp"
NOT_IN_BULK = "when (current_setting('perron.bulk', true) is distinct from 'on')"
HOME = 'm.person_id = {} and m."end" is null'


@dataclass(frozen=True, slots=True)
class Change:
    """What marks: a change of this table, and the households, asked of the rows ``changed`` (before or after).

    ``bulk``: also what is loaded in bulk. It is all of people who are new, so that their membership is enough.
    """

    table: str
    households: str
    events: tuple[str, ...] = ALL
    bulk: bool = False

    @property
    def function(self) -> str:
        """The name of its function."""
        return f"marks_{self.table.removeprefix('records_')}"

    @property
    def made(self) -> str:
        """The statements that make the function and its triggers."""
        body = (
            "begin insert into records_unsettled (household_id)"
            f" select distinct household from ({self.households}) homes (household)"
            " where household is not null; return null; end"
        )
        made = [
            f"create or replace function {self.function}() returns trigger language plpgsql {OWNER} as $$ {body} $$",
            f"revoke all on function {self.function}() from public",
        ]
        does = f"execute function {self.function}()"
        for name, event, rows in self.triggers:
            when = "" if self.bulk else NOT_IN_BULK
            made += [
                f"drop trigger if exists {name} on {self.table}",
                f"create trigger {name} after {event} on {self.table} referencing {rows} {when} {does}",
            ]
        return ";".join(made)

    @property
    def triggers(self) -> tuple[tuple[str, str, str], ...]:
        """The name, the event and the rows of each trigger; an update marks for the rows before and after."""
        rows = {
            INSERT: (("", "new table as changed"),),
            DELETE: (("", "old table as changed"),),
            UPDATE: (("_before", "old table as changed"), ("_after", "new table as changed")),
        }
        return tuple(
            (f"{self.function}_{event}{which}", event, told)
            for event in self.events
            for which, told in rows[event]
        )


def of_people(column: str = "person_id") -> str:
    """The households of the people that the rows name."""
    return f"select m.household_id from changed join records_householdmember m on {HOME.format('changed.' + column)}"


def of_track(joins: str) -> str:
    """The households of the lines that the rows lead to."""
    return (
        f"select m.household_id from changed {joins}"
        f" join records_householdmember m on {HOME.format('t.person_id')}"
    )


OF_HOUSEHOLD = "select household_id from changed"
OF_HANDOVER = (
    "select h.household_id from changed join records_handover h on h.id = changed.handover_id"
)
OF_UNIT = (
    "select m.household_id from changed join records_bed b on b.unit_id = changed.id"
    f" join records_bednight n on n.bed_id = b.id join records_householdmember m on {HOME.format('n.person_id')}"
    " where changed.withdrawn_on is not null and not exists (select from records_gap g"
    " where g.person_id = n.person_id and g.kind = 'place_withdrawn' and g.since = changed.withdrawn_on)"
    " or changed.withdrawn_on is null and exists (select from records_gap g"
    " where g.person_id = n.person_id and g.kind = 'place_withdrawn')"
)
MANNED = (
    "exists (select from records_membership s join records_user u on u.id = s.user_id and u.is_active"
    " where s.organisation_id = t.responsible_id)"
)
KNOWN_UNMANNED = (
    "exists (select from records_gap g where g.person_id = t.person_id and g.track = t.kind"
    " and g.kind = 'holder_without_user')"
)
OTHERWISE = f"t.closed_on is null and t.taken_up_at is not null and {KNOWN_UNMANNED} = {MANNED}"
"""The lines of whose holder the net says that nobody can sign in while somebody can, or the other way round."""
OF_HOLDER = of_track(
    f"join records_track t on t.responsible_id = changed.organisation_id and {OTHERWISE}"
)
OF_USER = of_track(
    "join records_membership w on w.user_id = changed.id"
    f" join records_track t on t.responsible_id = w.organisation_id and {OTHERWISE}"
)

CHANGES = (
    Change("records_householdmember", OF_HOUSEHOLD, bulk=True),
    Change("records_household", "select id from changed", (UPDATE,)),
    Change("records_person", of_people("id"), (UPDATE,)),
    Change("records_track", of_people()),
    Change("records_bednight", of_people()),
    Change("records_roofrequest", OF_HOUSEHOLD),
    Change("records_promise", of_people()),
    Change("records_journal", of_people(), (INSERT,)),
    Change("records_handover", OF_HOUSEHOLD),
    Change("records_handovertrack", OF_HANDOVER),
    Change("records_escalation", OF_HANDOVER),
    Change("records_unit", OF_UNIT, (UPDATE,)),
    Change("records_membership", OF_HOLDER),
    Change("records_user", OF_USER, (UPDATE,)),
)
EVERYBODY = (
    "insert into records_unsettled (household_id)"
    ' select distinct household_id from records_householdmember where "end" is null'
)
"""Mark every household: for a migration after which the same facts give other gaps."""


def marks() -> str:
    """Make every function and trigger."""
    return ";".join(each.made for each in CHANGES)
