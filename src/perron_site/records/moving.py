"""What an act on households changes, row by row: remembered for some minutes, and put back."""

# ruff: noqa: S608 - the statements are put together from the names in this file and of columns

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from perron.responsibility.undo import UNDO_WITHIN
from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron.vocabulary.tracks import HandoverState
from perron_site.records import models
from perron_site.records.context import Round, as_round
from perron_site.records.journal import record

HOMES, PEOPLE = "household_id = any(%(homes)s)", "person_id = any(%(people)s)"
ROWS = {
    "household": "id = any(%(homes)s)",
    "person": "id = any(%(people)s)",
    "householdmember": f"{HOMES} or {PEOPLE}",
    "track": PEOPLE,
    "trackstep": f"track_id in (select id from records_track where {PEOPLE})",
    "handover": HOMES,
    "handovertrack": f"handover_id in (select id from records_handover where {HOMES})",
    "roofrequest": HOMES,
    "proposal": HOMES,
    "stay": HOMES,
    "bednight": f"{PEOPLE} or stay_id in (select id from records_stay where {HOMES})",
    "sight": PEOPLE,
    "fact": PEOPLE,
    "need": PEOPLE,
    "notice": PEOPLE,
    "representation": f"{PEOPLE} or holder_id = any(%(people)s)",
    "twopeople": f"{PEOPLE} or other_id = any(%(people)s)",
    "personallink": PEOPLE,
    "contact": PEOPLE,
    "promise": PEOPLE,
    "reference": PEOPLE,
    "question": PEOPLE,
}
"""The tables whose rows go with people, and which rows those are."""

STAY_AS_THEY_ARE = {"household", "handover", "handovertrack", "sight"}
"""Rows that are not taken away: somebody has seen them. An offer is withdrawn, sight ends."""

Row = dict[str, object]
Snapshot = dict[tuple[str, int], Row]


def snapshot(homes: Collection[int], people: Collection[int]) -> Snapshot:
    """Every row of these households and people."""
    found: Snapshot = {}
    about = {"homes": list(homes), "people": list(people)}
    with as_round(Round.COMMAND), connection.cursor() as cursor:  # also what this desk may not read
        for table, whose in ROWS.items():
            cursor.execute(
                f"select to_jsonb(t)::text from records_{table} t where {whose} order by id", about
            )
            for (text,) in cursor.fetchall():
                row = json.loads(text)
                found[table, row["id"]] = row
    return found


def remember(
    line: models.Journal, before: Snapshot, homes: Collection[int], people: list[int]
) -> None:
    """Keep what changed since, with the last line of the act; the retention run forgets it again."""
    after = snapshot(homes, people)
    changed = []
    for (table, number), row in after.items():
        was = before.get((table, number), row)
        columns = [column for column in row if row[column] != was[column]]
        if columns:
            pair = ({name: each[name] for name in columns} for each in (was, row))
            changed.append([table, number, *pair])
    models.Moved.objects.create(
        journal=line,
        rows={
            "homes": list(homes),
            "people": people,
            "made": [list(key) for key in after if key not in before],
            "changed": changed,
            "gone": [[key[0], row] for key, row in before.items() if key not in after],
        },
    )


def forget_moves(at: datetime) -> None:
    """What can no longer be undone need not be remembered."""
    models.Moved.objects.filter(journal__at__lt=at - UNDO_WITHIN).delete()


def acted_since(moved: models.Moved) -> bool:
    """Whether anybody wrote a line about these households or people since, or changed one of the rows."""
    rows = moved.rows
    later = models.Journal.objects.filter(pk__gt=moved.journal_id)
    about = later.filter(household__in=rows["homes"]) | later.filter(person__in=rows["people"])
    if about.exists():
        return True
    now = snapshot(rows["homes"], rows["people"])
    made = all((table, number) in now for table, number in rows["made"])
    same = all(
        (table, number) in now and now[table, number] | new == now[table, number]
        for table, number, _, new in rows["changed"]
    )
    return not (made and same)


def put_back(by: Acting, moved: models.Moved) -> None:
    """Take away what the act made, then let rows belong where they belonged, then say what they said."""
    with as_round(Round.COMMAND):  # also what this desk may not read
        write_back(by, moved.rows)


def write_back(by: Acting, rows: dict[str, list[Any]]) -> None:
    """Row by row, as it was remembered."""
    made = [(table, number) for table, number in rows["made"] if table not in STAY_AS_THEY_ARE]
    with connection.cursor() as cursor:
        for table, number in sorted(made, key=lambda key: list(ROWS).index(key[0]), reverse=True):
            cursor.execute(f"delete from records_{table} where id = %s", [number])
        for belongs in (True, False):
            for table, number, old, _ in rows["changed"]:
                names = [name for name in old if name.endswith("_id") is belongs]
                if names and not answered(table, old):
                    write(table, number, {name: old[name] for name in names})
        for table, row in rows["gone"]:
            cursor.execute(
                f"insert into records_{table} select * from jsonb_populate_record(null::records_{table}, %s)",
                [json.dumps(row)],
            )
    take_back(by, rows["made"])
    for table, number, old, new in rows["changed"]:
        if table == "track" and "step" in old:
            tell_step(by, number, old["step"], new["step"])
        elif table == "stay" and "state" in old:
            stay = models.Stay.objects.select_related("household").get(pk=number)
            record(by, Event.STAY_UNDONE, stay.household, stay=number, state=old["state"])


def write(table: str, number: int, values: Row) -> None:
    """Write these columns of one row."""
    names = [f'"{name}"' for name in values]
    new = ", ".join(f"r.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"update records_{table} t set ({', '.join(names)}) = row({new})"
            f" from jsonb_populate_record(null::records_{table}, %s) r where t.id = %s",
            [json.dumps(values), number],
        )


def answered(table: str, old: Row) -> bool:
    """Whether this is an offer that was withdrawn: it stays so."""
    return (table == "handover" and "state" in old) or (table == "handovertrack" and "open" in old)


def take_back(by: Acting, made: list[tuple[str, int]]) -> None:
    """Withdraw the offers that the act made, and end the sight that it gave."""
    numbers = {
        table: [number for name, number in made if name == table] for table in STAY_AS_THEY_ARE
    }
    models.Sight.objects.filter(pk__in=numbers["sight"]).update(until=by.on - timedelta(days=1))
    models.HandoverTrack.objects.filter(pk__in=numbers["handovertrack"]).update(open=False)
    offers = models.Handover.objects.filter(pk__in=numbers["handover"]).select_related("household")
    for offer in offers.order_by("pk"):
        offer.state, offer.answered_at = HandoverState.WITHDRAWN, by.at
        offer.save(update_fields=["state", "answered_at"])
        record(by, Event.HANDOVER_WITHDRAWN, offer.household, handover=offer.pk)


def tell_step(by: Acting, number: int, step: str, was: str) -> None:
    """A line that stands at its former step again says so."""
    track = models.Track.objects.select_related("person").get(pk=number)
    member = models.HouseholdMember.objects.select_related("household").get(
        person=track.person_id, end__isnull=True
    )
    record(
        by, Event.TRACK_STEP_SET, member.household, track.person, track=number, step=step, was=was
    )
