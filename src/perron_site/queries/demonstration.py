"""Whether the database holds a demonstration, and whether it holds anything else."""

from dataclasses import dataclass

from perron.vocabulary.events import Event
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class Demonstration:
    """From how many people and which seed a caseload was made."""

    people: int
    seed: int


def demonstration() -> Demonstration | None:
    """The demonstration that this database holds."""
    line = models.Journal.objects.filter(event=Event.DEMONSTRATION_LOADED).order_by("pk").last()
    if line is None:
        return None
    return Demonstration(people=line.details["people"], seed=line.details["seed"])


def holds_other_data() -> bool:
    """Whether there is a person, a household or a place that is not marked as invented."""
    return any(
        table.objects.filter(demonstration=False).exists()
        for table in (models.Person, models.Household, models.Site)
    )


def is_training() -> bool:
    """Whether this is the database of the training site, marked so by the line of its caseload."""
    lines = models.Journal.objects.filter(event=Event.DEMONSTRATION_LOADED, details__training=1)
    return lines.exists()


def holds_anything() -> bool:
    """Whether anybody has an account, or there is any person, household, place or caseload."""
    tables = (models.User, models.Person, models.Household, models.Site)
    return any(table.objects.exists() for table in tables)


def invented() -> bool:
    """Whether pages show invented people and places."""
    return models.Site.objects.filter(demonstration=True).exists()


def units_of(site: int) -> list[int]:
    """The numbers of the units of a site, in the order in which they were opened."""
    rows = models.Unit.objects.filter(site=site).order_by("pk")
    return list(rows.values_list("pk", flat=True))
