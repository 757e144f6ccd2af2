"""What the database refuses becomes a Conflict with the name of the sentence that must stay true."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError, OperationalError, transaction

from perron.vocabulary.errors import Conflict

DEADLOCK, SERIALIZATION = "40P01", "40001"
EXPECTED = {
    "no_bed_holds_two_people": "conflict.bed_taken",
    "nobody_sleeps_in_two_places": "conflict.person_has_a_place",
    "a_household_has_one_open_roof_request": "conflict.roof_asked_already",
    "a_household_has_one_open_proposal": "conflict.proposal_open_already",
    "a_track_is_offered_once_at_a_time": "conflict.track_offered_already",
    "a_person_has_one_open_track_of_a_kind": "conflict.track_open_already",
    "a_person_is_in_safe_mode_once": "conflict.try_again",
    "a_person_is_in_one_household_at_a_time": "conflict.try_again",
    "a_person_is_named_once_at_a_time_for_a_child": "conflict.named_already",
    "an_organisation_is_named_once_at_a_time_for_a_child": "conflict.named_already",
    "a_reference_means_one_person": "conflict.reference_is_taken",
    "a_person_has_each_need_once": "conflict.need_known_already",
}


@contextmanager
def conflicts() -> Iterator[None]:
    """Turn the refusals that other desks can cause into a Conflict; any other fault stays what it is."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        name = diagnosis(refused, "constraint_name")
        if name not in EXPECTED:
            raise
        raise Conflict(EXPECTED[name]) from refused
    except OperationalError as crossed:
        if diagnosis(crossed, "sqlstate") not in {DEADLOCK, SERIALIZATION}:
            raise
        raise Conflict("conflict.try_again") from crossed


def diagnosis(error: DatabaseError, field: str) -> str:
    """One field of what PostgreSQL says about an error; empty when it says nothing."""
    diag = getattr(error.__cause__, "diag", None)
    return str(getattr(diag, field, None) or "")
