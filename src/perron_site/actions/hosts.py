"""Checks of hosts: the municipality writes yes or no down; a no closes the site, a later yes opens it again."""

from collections.abc import Iterable
from datetime import date

from perron.responsibility.hosts import closed
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.places import CheckOutcome, HostCheckKind, PlaceState
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.screening import host_check, screened
from perron_site.records.settling import act


@act
def write_host_check(
    by: Acting,
    *,
    site_id: int,
    kind: HostCheckKind,
    outcome: CheckOutcome,
    on: date,
    consented: bool = False,
    holds_until: date | None = None,
) -> int:
    """Write a check of a site in our municipality down. The records of adults need the consent of each of them.

    Who lives there stays until whoever holds their roof has another one.
    """
    site = screened(by).select_for_update(of=("self",)).filter(pk=site_id).first()
    if site is None:
        raise NotFound("not_found.place")
    if on > by.on:
        raise Refused("host.checked_in_the_future", day=on)
    if holds_until is not None and holds_until < on:
        raise Refused("host.ends_before_its_day", day=holds_until)
    if kind is HostCheckKind.RECORD and not consented:
        raise Refused("host.every_adult_consents_first")
    row = models.HostCheck.objects.create(
        site=site, organisation_id=by.organisation, user_id=by.user, kind=kind, outcome=outcome,
        on=on, holds_until=holds_until, written_at=by.at,
    )  # fmt: skip
    close_or_open(site, row, by.on)
    record(by, Event.HOST_CHECKED, site=site.pk, check=row.pk)
    return int(row.pk)


def close_or_open(site: models.Site, row: models.HostCheck, on: date) -> None:
    """Let the site receive nobody, or again, as all its checks say now that this one is written."""
    checks = list(models.HostCheck.objects.filter(site=site).order_by("pk"))
    if closed(host_check(each) for each in checks):
        row.withdrew = withdraw(site, on)
        row.save(update_fields=["withdrew"])
    else:
        open_again(checks)


def withdraw(site: models.Site, on: date) -> list[int]:
    """Let the site receive nobody from now on: the units that this closes."""
    rows = models.Unit.objects.filter(site=site, state=PlaceState.BOOKABLE)
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(state=PlaceState.WITHDRAWN, withdrawn_on=on)
    return numbers


def open_again(checks: Iterable[models.HostCheck]) -> None:
    """Open what these checks closed; what was withdrawn for another reason stays closed."""
    for check in checks:
        if check.withdrew:
            units = models.Unit.objects.filter(pk__in=check.withdrew, state=PlaceState.WITHDRAWN)
            units.update(state=PlaceState.BOOKABLE, withdrawn_on=None)
            check.withdrew = []
            check.save(update_fields=["withdrew"])
