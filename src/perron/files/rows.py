"""What a file says once it is read whole: one value a row. None is not known, an empty text is not given."""

from dataclasses import dataclass
from datetime import date

from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import Need, Sex
from perron.vocabulary.places import Feature, PlaceKind
from perron.vocabulary.territory import Region


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of a file of arrivals or people.

    ``row``: its row in the file; ``reference``: the sender's own number; ``household``: the sender's word for who
    stays together (empty: the file does not say, each stands alone); ``nationalities``: codes of two letters, () for
    stateless; ``languages``: ISO 639, the best first; ``municipality``: NIS code.
    """

    row: int
    given_name: str
    family_name: str
    reference: str = ""
    household: str = ""
    given_name_cyrillic: str = ""
    family_name_cyrillic: str = ""
    born: PartialDate | None = None
    sex: Sex | None = None
    nationalities: tuple[str, ...] | None = None
    languages: tuple[str, ...] = ()
    telephone: str = ""
    email: str = ""
    needs: frozenset[Need] = frozenset()
    arrived_on: date | None = None
    municipality: str | None = None
    roof: bool | None = None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A unit of a site, with what the file says of the site.

    ``municipality``: NIS code; ``available_until`` as the file has it: whoever writes it decides about the last day.
    """

    row: int
    site: str
    municipality: str
    unit: str
    kind: PlaceKind
    beds: int
    reference: str = ""
    street: str = ""
    telephone: str = ""
    features: frozenset[Feature] = frozenset()
    available_from: date | None = None
    available_until: date | None = None
    shared: bool | None = None
    women_only: bool | None = None
    minors_alone: bool | None = None


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation with its official names. ``municipality``: NIS code."""

    row: int
    kind: OrganisationKind
    name: str
    reference: str = ""
    name_nl: str = ""
    name_fr: str = ""
    name_de: str = ""
    municipality: str | None = None
    region: Region | None = None
    telephone: str = ""


Row = PersonRow | PlaceRow | OrganisationRow
