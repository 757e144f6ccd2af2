"""Personal links: by one, a person reads their own line without an account."""

import secrets
from datetime import date, timedelta
from hashlib import sha256

from perron.responsibility.safety import may_hold_link
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron.vocabulary.intervals import ADULT_AGE, PartialDate, add_months
from perron_site.actions.households import home, locked
from perron_site.actions.representation import must_receive
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.representation import birth
from perron_site.records.safety import goes_along, safe_among
from perron_site.records.settling import act

VALID, DAY = timedelta(days=365), timedelta(days=1)
"""How long a link opens (design, mark D)."""


@act
def give_link(by: Acting, *, person_id: int, to: int | None = None) -> str:
    """Give a new link and end the old one. The token is told once; only its digest is kept.

    ``to``: who acts for the child whose link it is; it opens as long as that lasts. None is the person themself.
    """
    person = locked(by, person_id)
    must_receive(by, person_id, to)
    hidden = bool(safe_among([person_id]))
    if not may_hold_link(safe=hidden, along=goes_along(person_id)):
        raise Refused("safety.no_link_of_a_child")
    valid = models.PersonalLink.objects.filter(person=person, ended_at__isnull=True)
    valid.update(ended_at=by.at)
    token = secrets.token_urlsafe(32)
    link = models.PersonalLink.objects.create(
        person=person,
        digest=digest(token),
        given_at=by.at,
        given_by_id=by.organisation,
        given_to_id=to,
        expires_on=last_day(by.on, birth(person) if to else None),
    )
    record(by, Event.LINK_GIVEN, home(person), person, link=link.pk)
    return token


def last_day(on: date, born: PartialDate | None) -> date:
    """The last day of a link; of one that somebody else holds, the last one on which a child is certainly one."""
    until = on + VALID
    return until if born is None else min(until, add_months(born.earliest, 12 * ADULT_AGE) - DAY)


@act
def end_link(by: Acting, *, person_id: int) -> None:
    """End the valid link of a person."""
    person = locked(by, person_id)
    link = models.PersonalLink.objects.filter(person=person, ended_at__isnull=True).first()
    if link is None:
        raise Refused("link.none_is_valid")
    link.ended_at = by.at
    link.save(update_fields=["ended_at"])
    record(by, Event.LINK_ENDED, home(person), person, link=link.pk)


def digest(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()
