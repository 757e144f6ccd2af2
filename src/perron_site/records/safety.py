"""Who is in safe mode now: asked wherever sight is given, and before a place is shown, whatever the asker may see."""

from collections.abc import Collection

from django.db import connection


def safe_among(people: Collection[int]) -> set[int]:
    """Those of these people who are in safe mode."""
    return set(safe_now(people))


def goes_along(person: int) -> bool:
    """Whether this is a child that stays with somebody who must not be found."""
    return safe_now([person]).get(person, False)


def safe_now(people: Collection[int]) -> dict[int, bool]:
    """Those in safe mode, and whether each goes along with somebody; the database answers beyond sight."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, along from perron_safe(%s)", [sorted(people)])
        return dict(cursor.fetchall())
