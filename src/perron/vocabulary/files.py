"""Files that desks send in."""

from enum import StrEnum


class FileKind(StrEnum):
    """What a file is about."""

    ARRIVALS = "arrivals"
    PEOPLE = "people"
    PLACES = "places"
    ORGANISATIONS = "organisations"
