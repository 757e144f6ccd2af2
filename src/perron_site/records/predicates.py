"""Who asks, and what must hold for a row to be seen or written: pieces of SQL for the rules of records/rows.py."""

from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import HEALTH_NEEDS
from perron.vocabulary.tracks import TrackKind

SYSTEM = "(select current_setting('perron.round', true)) in ('day', 'worker', 'command', 'settle')"
TODAY = "(select nullif(current_setting('perron.on', true), '')::date)"
COUNTS = "(select current_setting('perron.round', true)) = 'count'"
ORGANISATION = "(select nullif(current_setting('perron.organisation', true), '')::bigint)"
SUPERVISOR = "(select nullif(current_setting('perron.supervisor', true), '')::bigint)"
MYSELF = "(select nullif(current_setting('perron.person', true), '')::bigint)"


def seen(person: str) -> str:
    """The person is in sight of the organisation on the day, or was opened by whoever acts as a supervisor."""
    own = f"exists (select from perron_sight s where s.person_id = {person})"
    return f"(case when {SUPERVISOR} is null then {own} else perron_supervises({person}) end)"


def of_health(need: str, person: str) -> str:
    """A need says nothing of health, or the organisation finds a place for the person, supports or cares."""
    words = ", ".join(f"'{each}'" for each in sorted(HEALTH_NEEDS))
    return (
        f"({need} not in ({words})"
        f" or exists (select from perron_places p where p.person_id = {person}))"
    )


def told_to(organisation: str, person: str) -> str:
    """What a social welfare centre wrote is read by itself and by the one that said yes to the line of support.

    Its professional secrecy: OCMW Act art. 36 and Penal Code art. 458, remembered and not verified
    (mark M+, belgium.md §5.1).
    """
    centre = f"o.kind = '{OrganisationKind.OCMW}'"
    support = (
        f"t.kind = '{TrackKind.SUPPORT}' and t.closed_on is null and t.taken_up_at is not null"
    )
    centres = f"from records_organisation o where o.id = {organisation} and {centre}"
    held = (
        f"from records_track t join records_organisation o on o.id = t.responsible_id and {centre}"
    )
    ours = f"where t.person_id = {person} and t.responsible_id = {ORGANISATION} and {support}"
    return (
        f"({organisation} = {ORGANISATION} or not exists (select {centres})"
        f" or exists (select {held} {ours}))"
    )


def screens(site: str) -> str:
    """The site lies in the municipality of the organisation that asks, which screens the hosts there.

    Circular of 18-03-2022 (mark V): a designated officer of the mayor; others hear whether the place receives people.
    """
    there = (
        f"s.id = {site} and o.id = {ORGANISATION} and o.kind = '{OrganisationKind.MUNICIPALITY}'"
    )
    return (
        "exists (select from records_site s join records_organisation o"
        f" on o.municipality_id = s.municipality_id where {there})"
    )


def offered(column: str, value: str) -> str:
    """What an open offer to the organisation names."""
    return f"{value} in (select {column} from perron_offered())"  # noqa: S608 - names of columns


def through(table: str, column: str, value: str) -> str:
    """The row of another table to which this one belongs may be seen."""
    return f"exists (select from {table} t where t.{column} = {value})"
