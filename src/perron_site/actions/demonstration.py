"""Declare that all people, households and places of this database are invented."""

from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.settling import act


@act
def declare_demonstration(by: Acting, *, people: int, seed: int, training: bool = False) -> None:
    """Mark every row and note from how many people and which seed the caseload was made.

    ``training``: the line marks this database for good as that of the training site.
    """
    for table in (models.Person, models.Household, models.Site):
        table.objects.filter(demonstration=False).update(demonstration=True)
    record(by, Event.DEMONSTRATION_LOADED, people=people, seed=seed, training=int(training))
