"""Which rows the site's role may see and write: one rule for each table that says something of people.

``secure_rows`` makes functions and policies anew from this list; the last operation of a migration that adds or
changes such a table calls it. A table that a rule names and that does not exist yet stays closed until it does.
"""

from dataclasses import dataclass

from django.apps.registry import Apps
from django.db import DatabaseError, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from perron.responsibility.net import GapKind
from perron.vocabulary.events import Event
from perron_site.records.definers import DEFINERS, OWN_SIGHT, PLACES, SUPERVISED, SUPERVISES
from perron_site.records.predicates import (
    COUNTS,
    MYSELF,
    ORGANISATION,
    SUPERVISOR,
    SYSTEM,
    TODAY,
    of_health,
    offered,
    screens,
    seen,
    through,
    told_to,
)
from perron_site.records.searching import ASKS, SIDES


@dataclass(frozen=True, slots=True)
class Rows:
    """The rule of a table: what may be seen and written, what of it a person may read by their own link.

    ``write`` only where it differs from ``see``; ``counted``: it holds no name, and the net may count it.
    """

    see: str
    write: str = ""
    mine: str = ""
    counted: bool = False


def of_person(table: str, *, counted: bool = False) -> Rows:
    """Rows that belong to a person."""
    return Rows(seen(f"{table}.person_id"), mine="person_id", counted=counted)


def of_household(table: str, *, counted: bool = False) -> Rows:
    """Rows that belong to a household of which somebody is seen."""
    return Rows(
        through("records_householdmember", "household_id", f"{table}.household_id"), counted=counted
    )


def written_about(table: str) -> Rows:
    """What an organisation wrote down about a person."""
    told = told_to(f"{table}.organisation_id", f"{table}.person_id")
    return Rows(f"{seen(f'{table}.person_id')} and {told}", mine="person_id")


PARTY = f"{ORGANISATION} in (records_handover.giver_id, records_handover.receiver_id)"
LOOKED = f"records_read.organisation_id = {ORGANISATION}"
MOVED = through("records_journal", "id", "records_moved.journal_id")
OWN = f"records_journal.organisation_id = {ORGANISATION}"
NAMED_NEED = "records_journal.details->>'need'"
NEEDED = (
    f"(records_journal.event not in ('{Event.NEED_SET}', '{Event.NEED_ENDED}')"
    f" or {of_health(NAMED_NEED, 'records_journal.person_id')})"
)
WRITTEN = (
    "exists (select from records_journal j where j.id = records_revision.journal_id"
    f" and (j.event <> '{Event.CONTACT_CORRECTED}'"
    f" or {told_to('j.organisation_id', 'records_revision.person_id')}))"
)

TABLES: dict[str, Rows] = {
    "records_person": Rows(seen("records_person.id"), mine="id"),
    "records_need": Rows(
        f"{seen('records_need.person_id')} and {of_health('records_need.need', 'records_need.person_id')}",
        mine="person_id",
    ),
    "records_fact": of_person("records_fact"),
    "records_safemode": of_person("records_safemode"),
    "records_representation": Rows(
        f"{seen('records_representation.person_id')}"
        f" or records_representation.holder_id = {MYSELF}",
        write=seen("records_representation.person_id"),
        mine="person_id",
    ),
    "records_twopeople": Rows(
        f"{seen('records_twopeople.person_id')} and {seen('records_twopeople.other_id')}"
    ),
    "records_notice": of_person("records_notice"),
    "records_personallink": of_person("records_personallink"),
    "records_contact": written_about("records_contact"),
    "records_promise": written_about("records_promise"),
    "records_reference": Rows(
        f"{seen('records_reference.person_id')} and records_reference.organisation_id = {ORGANISATION}",
        mine="person_id",
    ),
    "records_waitingfile": Rows(f"records_waitingfile.organisation_id = {ORGANISATION}"),
    "records_importedfile": Rows(f"records_importedfile.organisation_id = {ORGANISATION}"),
    "records_hostcheck": Rows(screens("records_hostcheck.site_id")),
    "records_bulkact": Rows(f"records_bulkact.organisation_id = {ORGANISATION}"),
    "records_bulkrow": Rows(through("records_bulkact", "id", "records_bulkrow.act_id")),
    "records_escalation": Rows(
        through("records_handover", "id", "records_escalation.handover_id"), counted=True
    ),
    "records_revision": Rows(
        f"{seen('records_revision.person_id')} and {WRITTEN}", mine="person_id"
    ),
    "records_householdmember": Rows(
        f"{seen('records_householdmember.person_id')}"
        f" or {offered('person_id', 'records_householdmember.person_id')}",
        mine="person_id",
        counted=True,
    ),
    "records_household": Rows(
        through("records_householdmember", "household_id", "records_household.id"), counted=True
    ),
    "records_roofrequest": of_household("records_roofrequest", counted=True),
    "records_proposal": of_household("records_proposal"),
    "records_stay": of_household("records_stay", counted=True),
    "records_bednight": Rows(
        f"{seen('records_bednight.person_id')} or (records_bednight.person_id is null"
        f" and {through('records_stay', 'id', 'records_bednight.stay_id')})",
        mine="person_id",
        counted=True,
    ),
    "records_track": Rows(
        f"{seen('records_track.person_id')} or {offered('track_id', 'records_track.id')}",
        mine="person_id",
        counted=True,
    ),
    "records_trackstep": Rows(
        through("records_track", "id", "records_trackstep.track_id"), counted=True
    ),
    "records_handover": Rows(
        f"{PARTY} or {offered('handover_id', 'records_handover.id')}"
        f" or {through('records_householdmember', 'household_id', 'records_handover.household_id')}",
        counted=True,
    ),
    "records_handovertrack": Rows(
        through("records_handover", "id", "records_handovertrack.handover_id"), counted=True
    ),
    "records_gap": Rows(
        f"{seen('records_gap.person_id')} and (records_gap.kind <> '{GapKind.PROMISE_BROKEN}'"
        f" or {told_to('records_gap.responsible_id', 'records_gap.person_id')})",
        counted=True,
    ),
    "records_caseload": Rows(f"records_caseload.organisation_id = {ORGANISATION}"),
    "records_unsettled": Rows("false"),
    "records_sight": Rows(
        f"records_sight.organisation_id = {ORGANISATION} or perron_sees(records_sight.person_id)",
        write="perron_may_grant(records_sight.person_id)",
        counted=True,
    ),
    "records_read": Rows(
        LOOKED, write=f"{LOOKED} and {seen('records_read.person_id')}", mine="person_id"
    ),
    "records_question": Rows(SIDES, write=ASKS, mine="person_id"),
    "records_glass": Rows(
        f"records_glass.organisation_id = {ORGANISATION}"
        " or exists (select from records_householdmember m"
        f" where m.household_id = records_glass.household_id and {seen('m.person_id')})",
        write=f"records_glass.organisation_id = {ORGANISATION} and records_glass.user_id = {SUPERVISOR}"
        f" and {SUPERVISES} and records_glass.until - {TODAY} in (0, 1)",
    ),
    "records_moved": Rows(MOVED),
    "records_journal": Rows(
        f"{OWN} or ({ORGANISATION} is not null and household_id is null and person_id is null)"
        f" or ({NEEDED} and ({through('records_householdmember', 'household_id', 'records_journal.household_id')}"
        f" or {seen('records_journal.person_id')}))",
        write=OWN,
        counted=True,
    ),
}
"""Every table with a person or a household in it, those that hang on one, and the checks of hosts.

tests/house/test_rows.py knows more.
"""


def secure_rows(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - for RunPython
    """Make every function and policy as this list says, as the owner of the tables."""
    with editor.connection.cursor() as cursor:
        cursor.execute("set local check_function_bodies = off")
        for definer in DEFINERS:
            attempt(editor, definer.made)
        for view in (OWN_SIGHT, SUPERVISED, PLACES):
            attempt(editor, view)
        for table in TABLES:
            attempt(editor, f"alter table {table} enable row level security;{dropped(table)}")
        for table, rows in TABLES.items():
            for policy in policies(table, rows):
                attempt(editor, policy)


def attempt(editor: BaseDatabaseSchemaEditor, statement: str) -> None:
    """Do it, unless it names a table or column that a later migration makes: closed until then."""
    try:
        with transaction.atomic(editor.connection.alias), editor.connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", "") not in {"42P01", "42703", "42883"}:
            raise


def dropped(table: str) -> str:
    """Take away what an earlier list made."""
    return "".join(f"drop policy if exists {name} on {table};" for name in NAMES)


LOOKS_ONLY = {
    "looks_and_adds_nothing": "for insert with check",
    "looks_and_changes_nothing": "for update using",
    "looks_and_deletes_nothing": "for delete using",
}
SUPERVISOR_WRITES = ("records_glass", "records_read", "records_journal")
"""All that a supervisor leaves: that they opened it, that they looked, and the line about it."""
NAMES = (*LOOKS_ONLY, "seen", "written", "changed", "mine", "counted", "the_system")


def policies(table: str, rows: Rows) -> tuple[str, ...]:
    """The policies of a table; one that allows is enough, and whoever acts as a supervisor only looks."""
    made = [f"create policy the_system on {table} using ({SYSTEM}) with check ({SYSTEM})"]
    if rows.write:
        made += [
            f"create policy seen on {table} for select using ({rows.see})",
            f"create policy written on {table} for insert with check ({rows.write})",
        ]
        made.append(
            f"create policy changed on {table} for update using ({rows.see}) with check ({rows.write})"
        )
    else:
        made.append(f"create policy seen on {table} using ({rows.see}) with check ({rows.see})")
    if rows.mine:
        mine = f"{table}.{rows.mine} = {MYSELF}"
        made.append(f"create policy mine on {table} for select using ({mine})")
    if rows.counted:
        made.append(f"create policy counted on {table} for select using ({COUNTS})")
    if table not in SUPERVISOR_WRITES:
        made += [
            f"create policy {name} on {table} as restrictive {how} ({SUPERVISOR} is null)"
            for name, how in LOOKS_ONLY.items()
        ]
    return tuple(made)
