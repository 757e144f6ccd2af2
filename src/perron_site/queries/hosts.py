"""Checks of hosts: the sites that a municipality screens, and what it found out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from perron.responsibility.hosts import closed, latest, to_renew
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.places import CheckOutcome, HostCheckKind
from perron_site.records import models
from perron_site.records.screening import host_check, screened


@dataclass(frozen=True, slots=True)
class Checked:
    """One check as the page shows it."""

    kind: HostCheckKind
    outcome: CheckOutcome
    on: date
    holds_until: date | None
    to_renew: bool
    colleague: str = ""


@dataclass(frozen=True, slots=True)
class HostSite:
    """A site that we screen: the last check of each kind, all of them the newest first, and how it stands."""

    id: int
    name: str
    street: str
    keeper: str
    closed: bool
    standing: tuple[Checked, ...]
    missing: tuple[HostCheckKind, ...]
    history: tuple[Checked, ...]


def host_sites(by: Acting) -> tuple[HostSite, ...]:
    """The sites in our municipality, those that are closed or wait for a check first. Two questions."""
    rows = list(screened(by).select_related("organisation").order_by("name", "pk"))
    checks: dict[int, list[models.HostCheck]] = defaultdict(list)
    for check in models.HostCheck.objects.filter(site__in=rows).select_related("user"):
        checks[check.site_id].append(check)
    found = [host_site(row, checks[row.pk], by) for row in rows]
    return tuple(sorted(found, key=waits, reverse=True))


def waits(site: HostSite) -> tuple[bool, bool, int]:
    """How much a site asks for somebody: closed, to be renewed, never checked."""
    return site.closed, any(each.to_renew for each in site.standing), len(site.missing)


def host_site_of(by: Acting, number: int) -> HostSite:
    """One of them."""
    row = screened(by).select_related("organisation").filter(pk=number).first()
    if row is None:
        raise NotFound("not_found.place")
    checks = list(models.HostCheck.objects.filter(site=row).select_related("user").order_by("pk"))
    return host_site(row, checks, by)


def host_site(row: models.Site, rows: list[models.HostCheck], by: Acting) -> HostSite:
    """A site with its checks."""
    nouns = [host_check(each) for each in rows]
    standing = latest(nouns)
    known = {each.kind for each in standing}
    return HostSite(
        id=row.pk,
        name=row.name,
        street=row.street,
        keeper=row.organisation.name,
        closed=closed(nouns),
        standing=tuple(
            Checked(each.kind, each.outcome, each.on, each.holds_until, to_renew(each, by.on))
            for each in standing
        ),
        missing=tuple(kind for kind in HostCheckKind if kind not in known),
        history=tuple(
            Checked(
                noun.kind, noun.outcome, noun.on, noun.holds_until, to_renew(noun, by.on),
                check.user.name if check.user else "",
            )
            for noun, check in reversed(list(zip(nouns, rows, strict=True)))
        ),
    )  # fmt: skip
