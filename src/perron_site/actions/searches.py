"""Look whether another organisation knows somebody, before they are registered once more."""

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron.vocabulary.organisations import Purpose
from perron.vocabulary.sought import sought
from perron_site.queries.namesakes import ElsewhereRow, elsewhere
from perron_site.records.journal import record
from perron_site.records.settling import act


@act
def look_elsewhere(by: Acting, *, words: str) -> tuple[ElsewhereRow, ...]:
    """Name, year of birth and holder of at most five people whom others hold; the line about it holds no word of it.

    Only to register somebody, and only where one person is named: by two names, or a name and a day of birth.
    """
    if by.purpose is not Purpose.REGISTRATION:
        raise Refused("search.only_to_register")
    asked = sought(words)
    if not asked.names_one_person:
        return ()
    found = elsewhere(by, asked)
    record(by, Event.PERSON_SOUGHT, hits=len(found))
    return found
